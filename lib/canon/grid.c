/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of a file of delimited text. */
#include <stdlib.h>

#include "base/mem.h"
#include "canon/grid.h"
#include "stream/csv_in.h"

size_t grid_add(struct grid *g, size_t width)
{
	if (g->rows == g->cap) {
		g->cap = g->cap * 2 + 32;
		g->cell = mem_resize(g->cell, g->cap, sizeof(*g->cell));
		g->width = mem_resize(g->width, g->cap, sizeof(*g->width));
		g->line = mem_resize(g->line, g->cap, sizeof(*g->line));
		g->raw = mem_resize(g->raw, g->cap, sizeof(*g->raw));
	}
	g->cell[g->rows] = arena_alloc(&g->hold, width * sizeof(struct text));
	g->width[g->rows] = width;
	return g->rows++;
}

/* A value that stands in the head itself is borrowed, else copied. */
static struct text hold(struct grid *g, struct text value, struct text head)
{
	if (value.n == 0 ||
	    (value.p >= head.p && value.p + value.n <= head.p + head.n))
		return value;
	return (struct text){ arena_copy(&g->hold, value.p, value.n),
			      value.n };
}

void grid_fill(struct grid *g, struct text head, bool whole, char delimiter,
	       uint64_t from, size_t max)
{
	struct csvin *csv = csvin_new(delimiter);
	struct frames f = { .by_row = g->by_row };

	frame_csv(&f, head.p, head.n, delimiter, whole);
	for (size_t i = 0; i < f.n && g->rows < max; i++) {
		const struct framed *rec = &f.rec[i];

		if (rec->fault || (uint64_t)rec->line + 1 < from)
			continue;
		grid_add(g, rec->fields);
		g->line[g->rows - 1] = rec->line + 1;
		g->raw[g->rows - 1] = (struct text){ head.p + rec->start,
						     rec->stop - rec->start };
		csvin_begin(csv, rec->stop - rec->start);
		for (size_t k = 0; k < rec->fields; k++) {
			struct text value = { 0 };

			csvin_value(csv, csvin_raw(&f, rec, head.p, k), &value);
			g->cell[g->rows - 1][k] = hold(g, value, head);
		}
	}
	frames_release(&f);
	csvin_free(csv);
}

void grid_release(struct grid *g)
{
	free(g->cell);
	free(g->width);
	free(g->line);
	free(g->raw);
	arena_release(&g->hold);
	*g = (struct grid){ 0 };
}
