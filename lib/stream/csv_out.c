/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV cells out. */
#include <csv.h>
#include <string.h>

#include "base/hash.h"
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

/* Does a word hold this byte? (Alan Mycroft's test for a zero byte.) */
static inline uint64_t holds(uint64_t word, unsigned char byte)
{
	uint64_t x = word ^ 0x0101010101010101u * byte;

	return (x - 0x0101010101010101u) & ~x & 0x8080808080808080u;
}

static inline uint64_t holds_sign(uint64_t word, unsigned char delimiter)
{
	return holds(word, delimiter) | holds(word, '"') |
	       holds(word, '\n') | holds(word, '\r');
}

/* Any cell, into room for it. */
static char *put_any(char *to, struct text t, char delimiter)
{
	if (csvout_needs_quotes(t, delimiter))
		return to + csv_write2(to, 2 * t.n + 2, t.p, t.n, '"');
	return text_put(to, t);
}

/* Most cells are short and plain: two words in, two words out, of which as
 * many bytes count as the cell has. */
static inline char *put_cell(char *to, struct text t, char delimiter)
{
	uint64_t word[2], odd;

	if (t.n == 0)
		return to;
	if (t.n > HASH_WORDS)
		return put_any(to, t, delimiter);
	hash_load(t.p, t.n, word);
	odd = holds_sign(word[0], (unsigned char)delimiter);
	if (t.n > 8)
		odd |= holds_sign(word[1], (unsigned char)delimiter);
	if (odd)
		return put_any(to, t, delimiter);
	memcpy(to, word, sizeof(word));
	return to + t.n;
}

void csvout_next(struct sink *s, struct text t, char delimiter, bool first,
		 bool bare)
{
	char *start = sink_room(s, 2 * t.n + 3 + HASH_WORDS), *to = start;

	*to = delimiter;
	to += !first;
	to = bare ? text_put(to, t) : put_cell(to, t, delimiter);
	sink_wrote(s, (size_t)(to - start));
}

void csvout_end(struct sink *s)
{
	*sink_room(s, 1) = '\n';
	sink_wrote(s, 1);
}

void csvout_row(struct sink *s, const struct text *cell, size_t n,
		char delimiter)
{
	size_t room = HASH_WORDS;
	char *row, *to;

	for (size_t i = 0; i < n; i++)
		room += 2 * cell[i].n + 3;
	row = to = sink_room(s, room);
	for (size_t i = 0; i < n; i++) {
		to = put_cell(to, cell[i], delimiter);
		*to++ = i + 1 < n ? delimiter : '\n';
	}
	sink_wrote(s, (size_t)(to - row));
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
