/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a stream on their way out: which are asked for, what is filled in
 * once all is read, and the rows that go out as the lines they came as. */
#ifndef CMD_IMPORT_WRITER_H
#define CMD_IMPORT_WRITER_H

#include "base/group.h"
#include "cmd/import/import.h"
#include "stream/output.h"
#include "stream/pick.h"

#define WRITER_NONE SIZE_MAX

/* What the output is made of. */
struct writer {
	struct import *run;
	const struct schema *schema;
	struct identity *identity;
	struct shelf *shelf;
	struct project_column *column;
	size_t columns;
	struct text *cell;
	/* columns that are filled in here, WRITER_NONE where there is none */
	size_t customer_id, id_kind, line_no, flags;
	size_t doubt[9];	/* as in struct reading_doubts */
	struct buf flag_text, numbers, others;
	bool by_lines;		/* rows go out as lines where they can */
	struct group *lines;	/* document -> lines numbered so far */
	size_t lines_entry;	/* of the unit of the row before */
	uint32_t lines_unit;
	char line[20];

	struct condition *condition;
	size_t *condition_column;
	size_t conditions, date;
	struct day_range range;
};

/* Finds the columns, and what --where and a period ask for; once the plans
 * are made. */
void writer_open(struct writer *);
void writer_close(struct writer *);
/* The place of a column, WRITER_NONE when there is none. */
size_t writer_column(const struct writer *, struct text name);
struct output *writer_output(const struct writer *);

/* cell[] is the row's with customer, phones and flags filled in. */
void writer_dress(struct writer *, const struct shelf_row *);
/* The number of a line that has none. */
void writer_fill_line(struct writer *, const struct shelf_row *);

/* Before the rows of a shelf go out; `out` may be NULL. */
void writer_begin(struct writer *, struct output *out);
/* Writes row i of the shelf, when it is asked for. */
bool writer_row(struct writer *, size_t i, struct shelf_row *, struct output *);

#endif
