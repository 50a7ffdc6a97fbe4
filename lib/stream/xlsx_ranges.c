/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References, and the ranges in mergeCells. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "stream/sheet_csv.h"
#include "stream/xlsx_part.h"
#include "stream/xlsx_ranges.h"

bool xlsx_reference(const char *s, const char **rest, uint32_t *column,
		    uint64_t *row)
{
	uint32_t c = 0;
	uint64_t r = 0;

	s += *s == '$';
	for (; (*s | 32) >= 'a' && (*s | 32) <= 'z' && c < SHEET_COLUMNS; s++)
		c = c * 26 + (uint32_t)((*s | 32) - 'a' + 1);
	s += *s == '$';
	for (; ascii_is_digit(*s) && r <= SHEET_ROWS; s++)
		r = r * 10 + (uint64_t)(*s - '0');
	*column = c - 1;
	*row = r;
	*rest = s;
	return c > 0;
}

struct range_reader {
	struct xlsx_ranges *to;
	struct buf *why;
};

static void on_range(struct range_reader *r, const char *ref)
{
	struct xlsx_ranges *to = r->to;
	uint32_t column, last_column;
	uint64_t row, last_row;

	if (!ref || !xlsx_reference(ref, &ref, &column, &row) || *ref != ':' ||
	    !xlsx_reference(ref + 1, &ref, &last_column, &last_row) || *ref ||
	    row == 0 || last_row < row || last_row > SHEET_ROWS ||
	    last_column < column || last_column >= SHEET_COLUMNS) {
		if (r->why->n == 0)
			buf_adds(r->why, "a range of merged cells that is not "
					 "understood");
		return;
	}
	if (to->n == XLSX_RANGES) {
		if (r->why->n == 0)
			buf_adds(r->why, "more than 1048576 ranges of merged "
					 "cells");
		return;
	}
	to->range = mem_grow(to->range, to->n, &to->cap, sizeof(*to->range));
	to->range[to->n++] =
		(struct xlsx_range){ (uint32_t)row, (uint32_t)last_row,
				     (uint16_t)column, (uint16_t)last_column };
}

static void range_start(void *ctx, const char *name, const char **a)
{
	if (strcmp(name, "mergeCell") == 0)
		on_range(ctx, xml_attribute(a, "ref"));
}

static void range_end(void *ctx, const char *name)
{
	(void)ctx, (void)name;
}

static void range_text(void *ctx, const char *p, int n)
{
	(void)ctx, (void)p, (void)n;
}

static int by_place(const void *a, const void *b)
{
	const struct xlsx_range *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

bool xlsx_ranges_read(struct xlsx_ranges *ranges, struct zip_part *zip,
		      struct buf *why)
{
	static const struct xml_handlers handlers = { range_start, range_end,
						      range_text };
	struct range_reader r = { ranges, why };
	bool good = xlsx_part_parse(zip, &handlers, &r, why);

	if (ranges->n)
		qsort(ranges->range, ranges->n, sizeof(*ranges->range),
		      by_place);
	return good;
}

void xlsx_ranges_release(struct xlsx_ranges *ranges)
{
	free(ranges->range);
	*ranges = (struct xlsx_ranges){ 0 };
}
