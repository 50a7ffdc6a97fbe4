/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cross table under way: pivot.c makes and writes it, pivot_share.c works
 * out the shares of --pivot-share. */
#ifndef CMD_MIX_PIVOT_H
#define CMD_MIX_PIVOT_H

#include "cmd/mix/mix.h"

/* Where rows and columns meet. */
struct cell_at {
	uint32_t row, column;	/* in the order of the result */
	money_wide value;
	int64_t tenths;		/* of a percent, of the share asked for */
};

/* Shares of a line of values, which are there when their sum is positive. */
struct line {
	bool shared;
	int64_t tenths;		/* of the line's total where it stands */
};

struct pivot {
	struct plan rows;	/* the plan without the word of --pivot */
	const struct settled *s;
	struct group *row_keys, *column_keys;
	uint32_t *row, *column;	/* of each settled group */
	uint32_t *row_place;	/* in the order of the result, of each row */
	uint32_t *column_order;
	struct settled row_sums;
	struct items items;	/* the rows in order, and their totals */
	struct mix_group *column_sum, whole;
	struct cell_at *cell;
	size_t cells, columns;
	/* with --pivot-share, what stands in the totals */
	struct line *row_total, *column_total, corner;
};

/* For qsort: cells row by row. */
int pivot_by_place(const void *, const void *);
/* Shares of --pivot-share, in the cells and the totals; the cells are sorted
 * by place. */
void pivot_shares(struct pivot *);

#endif
