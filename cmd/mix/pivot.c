/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --pivot: a cross table of one measure. The word of --pivot is the last of
 * the labels; its values become columns, what is before it rows.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/mix/pivot.h"


/* More columns than this are no table to look at. */
#define COLUMNS_MAX 256

/* ---- rows and columns ---- */

/* A label's last part and what is before it. */
static struct text last_part(struct text *label, size_t parts)
{
	struct text rest = *label, part = { 0 };

	for (size_t i = 0; i < parts; i++)
		dims_part(&rest, &part);
	label->n = parts > 1 ? (size_t)(part.p - label->p) - 1 : 0;
	return part;
}

static void split_keys(struct pivot *v, const struct plan *p)
{
	struct buf key = { 0 };

	v->row = mem_alloc(v->s->n, sizeof(*v->row));
	v->column = mem_alloc(v->s->n, sizeof(*v->column));
	for (size_t i = 0; i < v->s->n; i++) {
		struct text label;
		struct place at = fold_place(p, v->s->sum[i].key, &label);
		struct text value = last_part(&label, p->dims.n);

		at.start = 0;
		buf_clear(&key);
		fold_key(p, at, &key);
		buf_addt(&key, label);
		v->row[i] = (uint32_t)group_intern(v->row_keys,
						   buf_text(&key));
		v->column[i] = (uint32_t)group_intern(v->column_keys, value);
	}
	buf_release(&key);
	v->columns = group_count(v->column_keys);
	if (v->columns > COLUMNS_MAX)
		die("--pivot %s: %zu different values, and a table has at "
		    "most %d columns; --where leaves some out, --by makes "
		    "them rows", p->o->pivot, v->columns, COLUMNS_MAX);
}

/* The totals of rows, of columns, and of all. */
static void sum_up(struct pivot *v)
{
	size_t rows = group_count(v->row_keys);
	uint32_t *all = mem_zalloc(v->s->n, sizeof(*all));

	v->row_sums = (struct settled){ .n = rows };
	v->row_sums.sum = mem_zalloc(rows, sizeof(*v->row_sums.sum));
	for (size_t i = 0; i < rows; i++)
		v->row_sums.sum[i].key = group_key(v->row_keys, i);
	settled_rollup(v->s, v->row, rows, v->row_sums.sum);
	v->column_sum = mem_zalloc(v->columns, sizeof(*v->column_sum));
	settled_rollup(v->s, v->column, v->columns, v->column_sum);
	settled_rollup(v->s, all, 1, &v->whole);
	free(all);
}

/* Which row of the result each row is. */
static void place_rows(struct pivot *v)
{
	struct buf key = { 0 };

	v->row_place = mem_zalloc(group_count(v->row_keys),
				  sizeof(*v->row_place));
	for (size_t i = 0; i < v->items.n; i++) {
		const struct item *it = &v->items.at[i];
		size_t row;

		buf_clear(&key);
		fold_key(&v->rows, (struct place){ .period = it->period },
			 &key);
		buf_addt(&key, it->label);
		row = group_find(v->row_keys, buf_text(&key));
		if (row != SIZE_MAX)
			v->row_place[row] = (uint32_t)i;
	}
	buf_release(&key);
}

/* ---- cells ---- */

static void make_cells(struct pivot *v)
{
	uint32_t *place = mem_alloc(v->columns, sizeof(*place));

	v->column_order = group_sorted(v->column_keys);
	for (size_t i = 0; i < v->columns; i++)
		place[v->column_order[i]] = (uint32_t)i;
	v->cells = v->s->n;
	v->cell = mem_alloc(v->cells, sizeof(*v->cell));
	for (size_t i = 0; i < v->cells; i++)
		v->cell[i] = (struct cell_at){
			.row = v->row_place[v->row[i]],
			.column = place[v->column[i]],
			.value = measured(&v->rows, &v->s->sum[i]),
		};
	qsort(v->cell, v->cells, sizeof(*v->cell), pivot_by_place);
	free(place);
}

/* ---- writing ---- */

/* A value that is the name of another column is told by its own name too. */
static const char *column_name(struct pivot *v, struct text value,
			       const struct output_column *before, size_t n,
			       struct arena *names)
{
	struct buf longer = { 0 };
	bool taken = text_is(value, "total");
	const char *name;

	for (size_t i = 0; i < n; i++)
		taken |= text_is(value, before[i].name);
	if (!value.n)
		value = TEXT("(none)");
	if (taken)
		buf_addf(&longer, "%s=", v->rows.o->pivot);
	buf_addt(&longer, value);
	name = arena_strdup(names, longer.p, longer.n);
	buf_release(&longer);
	return name;
}

static struct output *open_output(struct pivot *v)
{
	const struct mix_options *o = v->rows.o;
	enum col_type type = o->pivot_share ? COL_REAL :
			     o->measure == AMOUNTS ? COL_MONEY : COL_INT;
	struct output_column *c =
		mem_alloc(DIMS_MAX + 2 + v->columns, sizeof(*c));
	size_t labels = columns_labels(&v->rows, c, 0), n = labels;
	struct arena names = { 0 };
	struct output *out;

	for (size_t i = 0; i < v->columns; i++) {
		struct text value = group_key(v->column_keys,
					      v->column_order[i]);
		const char *name = column_name(v, value, c, labels, &names);
		c[n++] = (struct output_column){ name, type };
	}
	c[n++] = (struct output_column){ "total", type };
	out = output_open(&o->common, c, n);
	arena_release(&names);
	free(c);
	return out;
}

static void put_value(const struct pivot *v, struct output *out,
		      money_wide value, struct line share)
{
	if (v->rows.o->pivot_share && !share.shared)
		output_empty(out);
	else if (v->rows.o->pivot_share)
		output_tenths(out, share.tenths);
	else if (v->rows.o->measure == AMOUNTS)
		output_money_wide(out, value);
	else
		output_int(out, (int64_t)value);
}

static bool has_share(const struct pivot *v, size_t row, size_t column)
{
	return v->rows.o->pivot_share == OF_COLUMN ?
		       v->column_total[column].shared :
		       v->row_total[row].shared;
}

/* The cells of row i begin at `from`; gives where the next row's do. */
static size_t put_row(const struct pivot *v, struct output *out, size_t i,
		      size_t from)
{
	const struct item *it = &v->items.at[i];

	columns_put_labels(&v->rows, it, out);
	for (size_t k = 0; k < v->columns; k++) {
		struct cell_at c = { 0 };

		if (from < v->cells && v->cell[from].row == i &&
		    v->cell[from].column == k)
			c = v->cell[from++];
		put_value(v, out, c.value,
			  (struct line){ has_share(v, i, k), c.tenths });
	}
	put_value(v, out, measured(&v->rows, it->span[NOW]),
		  v->row_total[i]);
	output_end(out);
	return from;
}

/* The last row; `total` stands in its first label. */
static void put_totals(const struct pivot *v, struct output *out)
{
	size_t labels = v->rows.dims.n + (v->rows.o->trend != 0);

	for (size_t i = 0; i < labels; i++)
		output_str(out, i ? NULL : "total");
	for (size_t k = 0; k < v->columns; k++) {
		const struct mix_group *g = &v->column_sum[v->column_order[k]];

		put_value(v, out, measured(&v->rows, g), v->column_total[k]);
	}
	put_value(v, out, measured(&v->rows, &v->whole), v->corner);
	output_end(out);
}

static struct output *write_table(struct pivot *v)
{
	struct output *out = open_output(v);
	size_t at = 0;

	for (size_t i = 0; i < v->items.n; i++)
		at = put_row(v, out, i, at);
	/* without labels the only row is the total */
	if (v->rows.dims.n || v->rows.o->trend)
		put_totals(v, out);
	return out;
}

static void release(struct pivot *v)
{
	items_release(&v->items);
	group_free(v->row_keys);
	group_free(v->column_keys);
	free(v->row_sums.sum);
	free(v->column_sum);
	free(v->column_order);
	free(v->row_total);
	free(v->column_total);
	free(v->row);
	free(v->column);
	free(v->row_place);
	free(v->cell);
}

int pivot_run(struct mix_options *o, char **files, size_t nfiles)
{
	struct plan p = plan_make(o);
	struct input *in = fold_open(&p, files, nfiles);
	struct mix *mix = fold_rows(&p, in);
	struct settled sums = late_settle(&p, mix);
	struct pivot v = { .rows = p, .s = &sums };
	struct output *out;

	v.rows.dims.n--;
	v.row_keys = group_new(0, 0, NULL, NULL);
	v.column_keys = group_new(0, 0, NULL, NULL);
	split_keys(&v, &p);
	sum_up(&v);
	v.items = items_make(&v.rows, &v.row_sums, DAY_NONE);
	place_rows(&v);
	make_cells(&v);
	pivot_shares(&v);
	out = write_table(&v);
	input_close(in, output_rows(out));
	release(&v);
	settled_release(&sums);
	mix_free(mix);
	plan_release(&p);
	return output_close(out);
}
