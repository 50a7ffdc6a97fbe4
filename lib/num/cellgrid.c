/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts in the cells of a fixed grid, by the page. */
#include "num/cellgrid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"

#define BITS 9			/* of the fraction that tell cells apart */
#define CELLS (1 << BITS)	/* a page */
#define PAGES 8192

struct page {
	uint64_t count[CELLS];
};

struct cellgrid {
	uint16_t number[PAGES];	/* of the page, from 1; 0: nothing there */
	struct page **page;
	size_t n, cap;
};

struct cellgrid *cellgrid_new(void)
{
	return mem_zalloc(1, sizeof(struct cellgrid));
}

void cellgrid_free(struct cellgrid *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->n; i++)
		free(g->page[i]);
	free(g->page);
	free(g);
}

static struct page *new_page(struct cellgrid *g, size_t at)
{
	if (at >= PAGES)
		bug("a cell beyond the grid");
	g->page = mem_grow(g->page, g->n, &g->cap, sizeof(struct page *));
	g->page[g->n] = mem_zalloc(1, sizeof(struct page));
	g->number[at] = (uint16_t)++g->n;
	return g->page[g->n - 1];
}

void cellgrid_add(struct cellgrid *g, int32_t cell, uint64_t times)
{
	uint32_t place = (uint32_t)(cell - CELLGRID_FIRST);
	size_t at = place >> BITS;
	struct page *p = at < PAGES && g->number[at] ?
				 g->page[g->number[at] - 1] :
				 new_page(g, at);

	p->count[place & (CELLS - 1)] += times;
}

void cellgrid_join(struct cellgrid *g, const struct cellgrid *from)
{
	uint64_t count;

	for (int32_t cell = CELLGRID_FIRST; cellgrid_next(from, &cell, &count);
	     cell++)
		cellgrid_add(g, cell, count);
}

bool cellgrid_next(const struct cellgrid *g, int32_t *cell, uint64_t *count)
{
	size_t place = (uint32_t)(*cell - CELLGRID_FIRST);

	while (place >> BITS < PAGES) {
		size_t at = place >> BITS;
		const struct page *p = g->number[at] ?
					       g->page[g->number[at] - 1] :
					       NULL;

		for (; p && place >> BITS == at; place++)
			if (p->count[place & (CELLS - 1)]) {
				*cell = (int32_t)place + CELLGRID_FIRST;
				*count = p->count[place & (CELLS - 1)];
				return true;
			}
		if (!p)
			place = (at + 1) << BITS;
	}
	return false;
}

int32_t cellgrid_cell(double x)
{
	uint64_t bits;
	int32_t cell;

	if (x == 0)
		return 0;
	memcpy(&bits, &x, sizeof(bits));
	cell = (int32_t)(bits << 1 >> 1 >> (52 - BITS)) + 1;
	/* The last cell of all holds what is beyond a double too. */
	if (cell > 1 << 20)
		cell = 1 << 20;
	return x < 0 ? -cell : cell;
}

static double end_of(int32_t cell)
{
	uint64_t bits = (uint64_t)cell << (52 - BITS);
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

void cellgrid_ends(int32_t cell, double *low, double *high)
{
	int32_t size = cell < 0 ? -cell : cell;

	*low = *high = 0;
	if (!cell)
		return;
	*low = end_of(size - 1);
	*high = end_of(size);
	if (cell < 0) {
		*low = -*low;
		*high = -*high;
	}
}
