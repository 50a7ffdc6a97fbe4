/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields written as they come, merged values kept by the column. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/frame.h"
#include "stream/sheet_csv.h"

/* A merged range that reaches into this row or later ones. */
struct sheet_span {
	uint32_t first_row;
	uint32_t last_row;	/* 0: none */
	uint32_t first;		/* column whose value it has */
	struct buf value;	/* of that column alone, as CSV */
};

static bool refuse(struct sheet_csv *s, const char *what)
{
	if (s->why->n == 0)
		buf_addf(s->why, "row %u: %s", s->row, what);
	return false;
}

void sheet_csv_release(struct sheet_csv *s)
{
	for (uint32_t i = 0; s->span && i < SHEET_COLUMNS; i++)
		buf_release(&s->span[i].value);
	free(s->span);
	buf_release(&s->out);
	*s = (struct sheet_csv){ 0 };
}

void sheet_csv_rewind(struct sheet_csv *s)
{
	struct sheet_csv again = { .why = s->why,
				   .fill = s->fill,
				   .width = s->width };

	sheet_csv_release(s);
	*s = again;
}

bool sheet_csv_row(struct sheet_csv *s, uint64_t row)
{
	if (row > SHEET_ROWS || row <= s->row) {
		bool far = row > SHEET_ROWS;

		return refuse(s, far ? "after it comes one beyond the "
				       "1048576th, the last that a sheet has" :
				       "after it comes one that is not below "
				       "it");
	}
	/* Rows that are not there; a merged value fills those, too. */
	while (s->row + 1 < row) {
		s->row++;
		s->column = 0;
		s->fields = 0;
		s->bytes = 0;
		if (!sheet_csv_end(s))
			return false;
		if (s->out.n > SHEET_HELD)
			return refuse(s, "merged cells repeat their values to "
					 "more than 64 MiB over rows that are "
					 "not there");
	}
	s->row = (uint32_t)row;
	s->column = 0;
	s->fields = 0;
	s->bytes = 0;
	return true;
}

/* Separators up to field `column`, which comes next. */
static bool pad(struct sheet_csv *s, uint32_t column)
{
	uint32_t empty = column - s->fields;
	uint32_t n = empty + (s->fields > 0);

	if ((s->padding += empty) > SHEET_PADDING)
		return refuse(s, "more than 1073741824 empty cells between "
				 "those that hold something");
	memset(buf_room(&s->out, n), ',', n);
	s->out.n += n;
	s->bytes += n;
	s->fields = column + 1;
	return true;
}

static bool put(struct sheet_csv *s, uint32_t column, struct text csv)
{
	if (csv.n == 0)
		return true;
	if (!pad(s, column))
		return false;
	/* Separators may follow it up to the sheet's width. */
	if (csv.n + s->bytes > ROW_LIMIT - SHEET_COLUMNS)
		return refuse(s, "longer than the 16 MiB that a row may have");
	s->bytes += (uint32_t)csv.n;
	buf_addt(&s->out, csv);
	return true;
}

/* ---- merged cells ---- */

/* Values that reach into the columns from s->column up to `until`. */
static bool fill_up_to(struct sheet_csv *s, uint32_t until)
{
	if (until > s->spans)
		until = s->spans;
	for (uint32_t i = s->column; s->fill && i < until; i++) {
		const struct sheet_span *span = &s->span[i];
		struct text value;

		if (span->last_row < s->row)
			continue;
		value = buf_text(&s->span[span->first].value);
		if ((s->filling += value.n) > SHEET_FILLING)
			return refuse(s, "merged cells repeat their values to "
					 "more than 1 GiB");
		if (!put(s, i, value))
			return false;
	}
	return true;
}

/* Keeps the value for the cells that it fills. */
static bool hold(struct sheet_csv *s, struct sheet_span *span, struct text csv)
{
	s->held -= span->value.n;
	buf_clear(&span->value);
	if (!s->fill)
		return true;
	s->held += csv.n;
	if (s->held > SHEET_HELD)
		return refuse(s, "the values of merged cells take more than "
				 "64 MiB");
	buf_addt(&span->value, csv);
	return true;
}

bool sheet_csv_merge(struct sheet_csv *s, uint32_t column, uint32_t columns,
		     uint64_t rows)
{
	uint64_t last = s->row + rows - 1;

	if (column >= SHEET_COLUMNS || columns > SHEET_COLUMNS - column)
		return refuse(s, "merged cells beyond column XFD");
	if (last > SHEET_ROWS)
		last = SHEET_ROWS;
	if (!s->span)
		s->span = mem_zalloc(SHEET_COLUMNS, sizeof(*s->span));
	if (s->spans < column + columns)
		s->spans = column + columns;
	for (uint32_t i = column; i < column + columns; i++) {
		if (s->span[i].last_row >= s->row)
			return refuse(s, "merged cells that overlap");
		s->span[i].first_row = s->row;
		s->span[i].last_row = (uint32_t)last;
		s->span[i].first = column;
	}
	return hold(s, &s->span[column], (struct text){ 0 });
}

uint32_t sheet_csv_free(const struct sheet_csv *s, uint32_t column)
{
	while (column < s->spans && s->span[column].last_row >= s->row)
		column++;
	return column;
}

/* ---- cells ---- */

bool sheet_csv_cell(struct sheet_csv *s, uint32_t column, struct text csv)
{
	if (column >= SHEET_COLUMNS)
		return refuse(s, "a cell beyond column XFD, the last that a "
				 "sheet has");
	if (column < s->column)
		return refuse(s, "a cell that is not right of the one before "
				 "it");
	if (s->spans && s->fill) {
		struct sheet_span *span = &s->span[column];
		bool merged = column < s->spans && span->last_row >= s->row;

		if (merged && span->first == column &&
		    span->first_row == s->row && !hold(s, span, csv))
			return false;
		/* Below or right of its first cell a range is empty. */
		if (merged && csv.n == 0)
			return true;
		if (!fill_up_to(s, column))
			return false;
	}
	s->column = column + 1;
	return put(s, column, csv);
}

bool sheet_csv_end(struct sheet_csv *s)
{
	if (s->spans && !fill_up_to(s, s->spans))
		return false;
	if (s->fields) {
		s->rows++;
		if (s->fields > s->widest && s->rows <= SHEET_SAMPLE)
			s->widest = s->fields;
		if (s->fields < s->width && !pad(s, s->width - 1))
			return false;
	}
	buf_addc(&s->out, '\n');
	return true;
}

void sheet_csv_quote(struct buf *b, struct text value)
{
	bool plain = true;
	char *to;

	for (size_t i = 0; i < value.n && plain; i++) {
		char c = value.p[i];

		plain = c != '"' && c != ',' && c != '\n' && c != '\r';
	}
	if (plain) {
		buf_addt(b, value);
		return;
	}
	to = buf_room(b, 2 * value.n + 2);
	*to++ = '"';
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '"')
			*to++ = '"';
		*to++ = value.p[i];
	}
	*to++ = '"';
	b->n = (size_t)(to - b->p);
	buf_add(b, "", 0);
}

void sheet_csv_letters(uint32_t column, char to[4])
{
	char back[4];
	size_t n = 0;

	for (uint32_t i = column + 1; i && n < 3; i = (i - 1) / 26)
		back[n++] = (char)('A' + (i - 1) % 26);
	for (size_t i = 0; i < n; i++)
		to[i] = back[n - 1 - i];
	to[n] = '\0';
}
