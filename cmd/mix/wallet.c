/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix --share-of-customer: what part of what customers spend they spend
 * here; by customer, by group, or in total. Rows that say `competitor` yes
 * are purchases elsewhere.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cmd/mix/sides.h"
#include "model/market.h"
#include "stream/lanes.h"

enum { DATE, CUSTOMER, AMOUNT, RIVAL, COLUMNS };

/* Bits that purses have met. */
enum { RECORDED = 1 };

struct reading {
	const struct mix_options *o;
	struct dims dims;
	struct input_column columns[COLUMNS + DIMS_COLUMNS];
	int32_t last; /* --as-of */
};

/* The state of one thread. */
struct lane {
	const struct reading *r;
	struct purses *purses;
	struct dims_memory *memory;
	struct buf label;
};

static struct input *open_rows(struct reading *r, struct common *common,
			       char *const *files, size_t nfiles)
{
	static const struct input_column c[COLUMNS] = {
		[DATE] = {"date", COL_DAY, INPUT_FILLED},
		[CUSTOMER] = {"customer_id", COL_TEXT, INPUT_FILLED},
		[AMOUNT] = {"amount", COL_MONEY, INPUT_FILLED},
		[RIVAL] = {"competitor", COL_TEXT, INPUT_REQUIRED},
	};
	size_t n = COLUMNS;
	struct input *in;

	memcpy(r->columns, c, sizeof(c));
	dims_split(&r->dims, common->by, NULL);
	dims_columns(&r->dims, r->columns, &n);
	r->last = common->as_of == DAY_NONE ? DAY_MAX : common->as_of;
	in = input_open(common, schema_find(TEXT("transactions")), r->columns,
			n, files, nfiles);
	dims_settle(&r->dims, in);
	results_refuse_late(&r->dims, "--share-of-customer");
	return in;
}

/* ---- rows ---- */

static void *begin(void *ctx)
{
	struct lane *l = mem_zalloc(1, sizeof(*l));

	l->r = ctx;
	l->purses = purses_new();
	l->memory = dims_memory_new();
	return l;
}

static void take(struct lane *l, const struct cell *c, bool rival)
{
	buf_clear(&l->label);
	dims_label(&l->r->dims, l->memory, c, c[DATE].day, &l->label);
	purses_add(l->purses, buf_text(&l->label), c[CUSTOMER].text, rival,
		   c[AMOUNT].fen, rival ? RECORDED : 0);
}

static void fold(struct input *in, void *state)
{
	struct lane *l = state;
	struct row row;
	bool rival;

	while (input_next(in, &row)) {
		if (!results_rival(in, row.cell, RIVAL, &rival))
			continue;
		if (row.cell[DATE].day > l->r->last)
			input_skip(in);
		else
			take(l, row.cell, rival);
	}
}

static void release(struct lane *l)
{
	purses_free(l->purses);
	dims_memory_free(l->memory);
	buf_release(&l->label);
	free(l);
}

static void join(void *into, void *from)
{
	struct lane *l = into, *other = from;

	purses_join(l->purses, other->purses);
	release(other);
}

static const struct lanes_job job = {begin, fold, join};

/* ---- results ---- */

static struct wallet wallet_of(const struct purse *p)
{
	return (struct wallet){p->fen[0], p->fen[1], p->met & RECORDED};
}

static void put_share(const struct wallet *w, bool whole, struct output *out)
{
	money_wide numerator, denominator;

	if (wallet_share(w, whole, &numerator, &denominator))
		output_share(out, numerator, denominator);
	else
		output_empty(out);
}

/* One line of either result, by what it is sorted. */
struct standing {
	money_wide elsewhere, own;
	size_t at;
	size_t rank; /* bytewise */
};

/* Those who buy most elsewhere, then those who buy most here. */
static int by_elsewhere(const void *a, const void *b)
{
	const struct standing *x = a, *y = b;

	if (x->elsewhere != y->elsewhere)
		return x->elsewhere > y->elsewhere ? -1 : 1;
	if (x->own != y->own)
		return x->own > y->own ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static void sort(struct standing *place, size_t n)
{
	if (n)
		qsort(place, n, sizeof(*place), by_elsewhere);
}

static struct output *open_customers(const struct common *common)
{
	static const struct output_column columns[] = {
		{"customer_id", COL_TEXT},
		{"own", COL_MONEY},
		{"competitor", COL_MONEY},
		{"share", COL_SHARE},
	};

	return output_open(common, columns, NELEMS(columns));
}

static void write_customers(const struct purses *all, bool whole,
			    struct output *out)
{
	size_t n = purses_count(all);
	struct standing *place = mem_alloc(n, sizeof(*place));
	uint32_t *sorted = purses_sorted(all);

	for (size_t i = 0; i < n; i++) {
		struct purse p = purses_at(all, sorted[i]);
		place[i] = (struct standing){p.fen[1], p.fen[0], sorted[i], i};
	}
	sort(place, n);
	for (size_t i = 0; i < n; i++) {
		struct purse p = purses_at(all, place[i].at);
		struct wallet w = wallet_of(&p);

		output_text(out, p.customer);
		output_money_wide(out, w.own);
		if (w.recorded)
			output_money_wide(out, w.elsewhere);
		else
			output_empty(out);
		put_share(&w, whole, out);
		output_end(out);
	}
	free(place);
	free(sorted);
}

static struct output *open_groups(const struct common *common,
				  const struct dims *d)
{
	static const struct output_column columns[] = {
		{"customers", COL_INT},	      {"recorded", COL_INT},
		{"own", COL_MONEY},	      {"recorded_own", COL_MONEY},
		{"competitor", COL_MONEY},    {"share", COL_SHARE},
		{"share_at_most", COL_SHARE},
	};

	return results_open(common, d, NULL, 0, columns, NELEMS(columns));
}

static void write_group(const struct dims *d, struct text label,
			const struct wallet_total *t, bool whole,
			struct output *out)
{
	struct wallet known = {t->recorded_own, t->elsewhere, t->recorded > 0};
	struct wallet all = {t->own, t->elsewhere, true};

	results_put_label(d, label, out);
	output_int(out, (int64_t)t->customers);
	output_int(out, (int64_t)t->recorded);
	output_money_wide(out, t->own);
	output_money_wide(out, t->recorded_own);
	output_money_wide(out, t->elsewhere);
	put_share(whole ? &all : &known, whole, out);
	put_share(&all, true, out);
	output_end(out);
}

static struct wallet_total *add_groups(const struct purses *all,
				       struct group *labels)
{
	struct wallet_total *total;

	for (size_t i = 0; i < purses_count(all); i++)
		group_intern(labels, purses_at(all, i).label);
	total = mem_zalloc(group_count(labels), sizeof(*total));
	for (size_t i = 0; i < purses_count(all); i++) {
		struct purse p = purses_at(all, i);
		struct wallet w = wallet_of(&p);

		wallet_add(&total[group_find(labels, p.label)], &w);
	}
	return total;
}

static void write_groups(const struct purses *all, const struct dims *d,
			 bool whole, struct output *out)
{
	struct group *labels = group_new(0, 0, NULL, NULL);
	struct wallet_total *total;
	struct standing *place;
	uint32_t *sorted;
	size_t n;

	if (!d->n)
		group_intern(labels, (struct text){0});
	total = add_groups(all, labels);
	n = group_count(labels);
	place = mem_alloc(n, sizeof(*place));
	sorted = group_sorted(labels);
	for (size_t i = 0; i < n; i++) {
		const struct wallet_total *t = &total[sorted[i]];
		place[i] =
			(struct standing){t->elsewhere, t->own, sorted[i], i};
	}
	sort(place, n);
	for (size_t i = 0; i < n; i++)
		write_group(d, group_key(labels, place[i].at),
			    &total[place[i].at], whole, out);
	group_free(labels);
	free(total);
	free(place);
	free(sorted);
}

int wallet_run(struct mix_options *o, char **files, size_t nfiles)
{
	struct reading r = {.o = o};
	bool each = !o->total && !o->common.by;
	struct input *in;
	struct output *out;
	struct lane *l;

	results_check(o, "--share-of-customer", false);
	if (o->total && o->common.by)
		die_usage("--total is of all customers; it goes without --by");
	in = open_rows(&r, &o->common, files, nfiles);
	out = each ? open_customers(&o->common)
		   : open_groups(&o->common, &r.dims);
	l = lanes_fold(in, &job, &r);
	purses_finish(l->purses);
	if (each)
		write_customers(l->purses, o->no_rival, out);
	else
		write_groups(l->purses, &r.dims, o->no_rival, out);
	input_close(in, output_rows(out));
	release(l);
	dims_release(&r.dims);
	return output_close(out);
}
