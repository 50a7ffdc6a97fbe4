/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells in percent of their row, of their column, or of all. */
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/mix/pivot.h"

/* All, in tenths of a percent. */
#define WHOLE 1000

int pivot_by_place(const void *a, const void *b)
{
	const struct cell_at *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int by_column(const void *a, const void *b)
{
	const struct cell_at *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Shares of what n cells are together; cells that are not there are nothing,
 * and get nothing. False: they have no shares. */
static bool share_run(struct cell_at *cell, size_t n)
{
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *share = mem_zalloc(n, sizeof(*share));
	bool shared;

	for (size_t i = 0; i < n; i++)
		value[i] = cell[i].value;
	shared = mix_shares(value, n, WHOLE, share);
	for (size_t i = 0; i < n; i++)
		cell[i].tenths = share[i];
	free(value);
	free(share);
	return shared;
}

/* The totals of n lines as shares of their own sum. */
static struct line share_totals(const money_wide *value, size_t n,
				struct line *total)
{
	int64_t *share = mem_zalloc(n, sizeof(*share));
	struct line whole = { mix_shares(value, n, WHOLE, share), WHOLE };

	for (size_t i = 0; i < n; i++)
		total[i] = (struct line){ whole.shared, share[i] };
	free(share);
	return whole;
}

/* Cells that are sorted by row, or by column: one line after the other. */
static void share_lines(struct pivot *v, bool rows, struct line *total)
{
	for (size_t from = 0, i = 1; i <= v->cells; i++) {
		const struct cell_at *a = &v->cell[from], *b = &v->cell[i];

		if (i < v->cells &&
		    (rows ? a->row == b->row : a->column == b->column))
			continue;
		total[rows ? a->row : a->column] = (struct line){
			share_run(v->cell + from, i - from), WHOLE
		};
		from = i;
	}
}

static void share_rows(struct pivot *v)
{
	money_wide *value = mem_alloc(v->columns, sizeof(*value));

	for (size_t i = 0; i < v->columns; i++)
		value[i] = measured(&v->rows,
				    &v->column_sum[v->column_order[i]]);
	share_lines(v, true, v->row_total);
	v->corner = share_totals(value, v->columns, v->column_total);
	free(value);
}

static void share_columns(struct pivot *v)
{
	money_wide *value = mem_alloc(v->items.n, sizeof(*value));

	for (size_t i = 0; i < v->items.n; i++)
		value[i] = measured(&v->rows, v->items.at[i].span[NOW]);
	qsort(v->cell, v->cells, sizeof(*v->cell), by_column);
	share_lines(v, false, v->column_total);
	qsort(v->cell, v->cells, sizeof(*v->cell), pivot_by_place);
	v->corner = share_totals(value, v->items.n, v->row_total);
	free(value);
}

static void share_all(struct pivot *v)
{
	v->corner = (struct line){ share_run(v->cell, v->cells), WHOLE };
	for (size_t i = 0; i < v->items.n; i++)
		v->row_total[i].shared = v->corner.shared;
	for (size_t i = 0; i < v->columns; i++)
		v->column_total[i].shared = v->corner.shared;
	for (size_t i = 0; i < v->cells; i++) {
		const struct cell_at *c = &v->cell[i];

		v->row_total[c->row].tenths += c->tenths;
		v->column_total[c->column].tenths += c->tenths;
	}
}

void pivot_shares(struct pivot *v)
{
	static void (*const make[])(struct pivot *) = {
		[OF_ROW] = share_rows,
		[OF_COLUMN] = share_columns,
		[OF_ALL] = share_all,
	};

	v->row_total = mem_zalloc(v->items.n, sizeof(*v->row_total));
	v->column_total = mem_zalloc(v->columns, sizeof(*v->column_total));
	if (v->rows.o->pivot_share)
		make[v->rows.o->pivot_share](v);
}
