/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV cells out. */
#include <csv.h>
#include <string.h>

#include "stream/csv_out.h"

bool csvout_needs_quotes(struct text t, char delimiter)
{
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (c == delimiter || c == '"' || c == '\n' || c == '\r')
			return true;
	}
	return false;
}

void csvout_quoted(struct sink *s, struct text t)
{
	/* Each byte may become two, and two quotes stand around them. */
	size_t room = 2 * t.n + 2;

	sink_wrote(s, csv_write2(sink_room(s, room), room, t.p, t.n, '"'));
}

void csvout_cell(struct sink *s, struct text t, char delimiter)
{
	if (csvout_needs_quotes(t, delimiter))
		csvout_quoted(s, t);
	else
		sink_put(s, t.p, t.n);
}

/* What spreadsheets take for the start of a formula, full-width forms too. */
static bool is_formula(struct text t)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	if (t.n && strchr("=+-@\t\r\n", t.p[0]))
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (text_starts(t, wide[i]))
			return true;
	return false;
}

void csvout_spreadsheet_cell(struct sink *s, struct text t, char delimiter)
{
	struct buf safe = { 0 };

	if (!is_formula(t)) {
		csvout_cell(s, t, delimiter);
		return;
	}
	buf_addc(&safe, '\'');
	buf_addt(&safe, t);
	csvout_cell(s, buf_text(&safe), delimiter);
	buf_release(&safe);
}
