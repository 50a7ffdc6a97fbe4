/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows to codes. */
#include "canon/codes_csv.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "stream/input.h"

enum {
	KIND, CODE, ZH, EN, SEVERITY, NOTE, SOURCE, NOTE_ZH, UNDER, ALSO,
	COLUMNS
};

static const struct input_column columns[COLUMNS] = {
	[KIND] = { "kind", COL_TEXT, INPUT_FILLED },
	[CODE] = { "code", COL_TEXT, INPUT_FILLED },
	[ZH] = { "zh", COL_TEXT, INPUT_OPTIONAL },
	[EN] = { "en", COL_TEXT, INPUT_OPTIONAL },
	[SEVERITY] = { "severity", COL_INT, INPUT_OPTIONAL },
	[NOTE] = { "note", COL_TEXT, INPUT_OPTIONAL },
	[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
	[NOTE_ZH] = { "note_zh", COL_TEXT, INPUT_OPTIONAL },
	[UNDER] = { "under", COL_TEXT, INPUT_OPTIONAL },
	[ALSO] = { "also", COL_TEXT, INPUT_OPTIONAL },
};

static _Noreturn void refuse(const struct row *row, const char *why)
{
	die("%s:%llu: %s", row->file, (unsigned long long)row->line, why);
}

static int severity_of(const struct row *row)
{
	const struct cell *cell = &row->cell[SEVERITY];

	if (!cell->known)
		return 0;
	if (cell->whole < 1 || cell->whole > 5)
		refuse(row, "a severity that is not 1 to 5");
	return (int)cell->whole;
}

static void take(struct codes *codes, const struct row *row)
{
	const struct cell *cell = row->cell;
	const struct code code = {
		.kind = cell[KIND].text, .code = cell[CODE].text,
		.zh = cell[ZH].text, .en = cell[EN].text,
		.severity = severity_of(row), .note = cell[NOTE].text,
		.source = cell[SOURCE].text, .note_zh = cell[NOTE_ZH].text,
		.under = cell[UNDER].text,
	};
	size_t i = codes_add(codes, &code);
	struct text rest = cell[ALSO].text, word;

	if (i == CODES_NONE)
		refuse(row, "a code twice, or a word that stands for another "
			    "code of its kind");
	while (text_split(&rest, '|', &word))
		if (!codes_also(codes, i, word))
			refuse(row, "a word that stands for another code of "
				    "its kind");
}

struct codes *codes_csv_read(const char *path)
{
	struct codes *codes = codes_new();
	char *own = path ? mem_strdup(path) : share_path("complaint-codes.csv");
	char *files[] = { own, NULL };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, COLUMNS, files, 1);
	while (input_next(in, &row))
		take(codes, &row);
	input_close(in, 0);
	free(own);
	return codes;
}
