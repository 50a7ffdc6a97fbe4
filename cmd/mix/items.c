/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups in the order of the result, with their shares of the whole. */
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/mix/mix.h"

int32_t items_year_before(int32_t period, enum cohort_unit unit)
{
	static const int32_t a_year[] = {[COHORT_WEEK] = 52,
					 [COHORT_MONTH] = 12,
					 [COHORT_QUARTER] = 4,
					 [COHORT_YEAR] = 1};
	return period - a_year[unit];
}

money_wide measured(const struct plan *p, const struct mix_group *g)
{
	switch (p->o->measure) {
	case AMOUNTS:
		return g->amount;
	case PURCHASES:
		return (money_wide)g->purchases;
	case CUSTOMERS:
		return (money_wide)g->customers;
	case DISTINCT:
		return (money_wide)g->distinct;
	default:
		return (money_wide)g->rows;
	}
}

/* ---- places ---- */

/* Sums by label and period, to be asked for one by one. */
struct places {
	const struct plan *p;
	const struct settled *s;
	int32_t first_day; /* of the data */
	struct group *at; /* of struct where; entries: uint64_t, the
			   * number of the sum */
};

struct where {
	uint32_t label;
	int32_t span, period;
};

static struct text where_key(const struct where *w)
{
	return (struct text){ (const char *)w, sizeof(*w) };
}

static const struct mix_group *sum_of(const struct places *x, struct where w)
{
	static const struct mix_group none;
	size_t i = group_find(x->at, where_key(&w));
	const uint64_t *number;

	if (i == SIZE_MAX)
		return &none;
	number = group_entry(x->at, i);
	return &x->s->sum[*number];
}

static struct places places_of(const struct plan *p, const struct settled *s,
			       int32_t first_day, struct group *labels)
{
	struct places x = { p, s, first_day,
			    group_new(sizeof(uint64_t), 0, NULL, NULL) };

	for (size_t i = 0; i < s->n; i++) {
		struct text label;
		struct place at = fold_place(p, s->sum[i].key, &label);
		struct where w = { .span = at.span, .period = at.period };
		uint64_t *number;

		w.label = (uint32_t)group_intern(labels, label);
		number = group_entry(x.at, group_intern(x.at, where_key(&w)));
		*number = i;
	}
	return x;
}

/* ---- items ---- */

static int32_t last_day(const struct plan *p, struct where w)
{
	if (!p->o->trend)
		return p->range[w.span].last;
	return cohort_period_start(w.period + 1, plan_unit(p)) - 1;
}

/* A period in which nothing was sold is 0; one that ends before the data
 * begin is not known. */
static const struct mix_group *compared(const struct places *x, struct where w,
					int span)
{
	const struct plan *p = x->p;

	if (!p->o->trend)
		w.span = span;
	else if (span == BEFORE)
		w.period--;
	else if (span == YEAR_BEFORE)
		w.period = items_year_before(w.period, plan_unit(p));
	if (span != NOW &&
	    (x->first_day == DAY_NONE || last_day(p, w) < x->first_day))
		return NULL;
	return sum_of(x, w);
}

static void add_item(const struct places *x, struct items *all, uint32_t label,
		     int32_t period)
{
	int spans = x->p->o->compare ? SPANS : 1;
	struct item it = { .label = group_key(all->labels, label),
			  .rank = label,
			  .period = period};

	for (int s = 0; s < spans; s++)
		it.span[s] = compared(
			x, (struct where){ label, NOW, period }, s);
	all->at = mem_grow(all->at, all->n, &all->cap, sizeof(*all->at));
	all->at[all->n++] = it;
}

/* The periods from the first to the last that have rows, or of the range. */
static void period_bounds(const struct plan *p, const struct settled *s,
			  int32_t *first, int32_t *last)
{
	struct day_range range = p->range[NOW];

	*first = INT32_MAX;
	*last = INT32_MIN;
	for (size_t i = 0; i < s->n; i++) {
		struct text label;
		int32_t period = fold_place(p, s->sum[i].key, &label).period;

		*first = period < *first ? period : *first;
		*last = period > *last ? period : *last;
	}
	if (range.first != DAY_MIN)
		*first = p->first_period;
	if (range.last != DAY_MAX)
		*last = cohort_period(range.last, plan_unit(p));
}

/* A period without rows is a row of zeros. Without --by and --trend there is
 * always one row. */
static void add_items(const struct places *x, struct items *all)
{
	int32_t first = 0, last = 0;

	if (x->p->o->trend)
		period_bounds(x->p, x->s, &first, &last);
	if (!x->p->dims.n)
		group_intern(all->labels, (struct text){ 0 });
	for (uint32_t l = 0; l < group_count(all->labels); l++)
		for (int32_t period = first; period <= last; period++)
			add_item(x, all, l, period);
}

static int by_size(const void *a, const void *b, void *ctx)
{
	const struct item *x = a, *y = b;
	const struct plan *p = ctx;
	money_wide vx = measured(p, x->span[NOW]);
	money_wide vy = measured(p, y->span[NOW]);

	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	if (!p->o->trend && vx != vy)
		return vx > vy ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* In time's order for a trend, else the largest first. */
static void sort_items(const struct plan *p, struct items *all)
{
	uint32_t *order = group_sorted(all->labels);
	size_t n = group_count(all->labels);
	size_t *rank = mem_alloc(n, sizeof(*rank));
	union {
		const struct plan *in;
		void *out;
	} ctx = { p };

	for (size_t i = 0; i < n; i++)
		rank[order[i]] = i;
	for (size_t i = 0; i < all->n; i++)
		all->at[i].rank = rank[all->at[i].rank];
	if (all->n)
		qsort_r(all->at, all->n, sizeof(*all->at), by_size, ctx.out);
	free(order);
	free(rank);
}

static void add_shares(const struct plan *p, struct items *all)
{
	money_wide *value = mem_alloc(all->n, sizeof(*value));
	int64_t *share = mem_alloc(all->n, sizeof(*share)), sum = 0;

	for (size_t i = 0; i < all->n; i++)
		value[i] = measured(p, all->at[i].span[NOW]);
	all->shared = mix_shares(value, all->n, 1000000, share);
	for (size_t i = 0; i < all->n && all->shared; i++) {
		sum += share[i];
		all->at[i].share = share[i];
		all->at[i].cum_share = sum;
	}
	mix_shares(value, all->n, 1000, share);
	for (size_t i = 0; i < all->n && all->shared; i++)
		all->at[i].tenths = share[i];
	free(value);
	free(share);
}

struct items items_make(const struct plan *p, const struct settled *s,
			int32_t first_day)
{
	struct items all = { .labels = group_new(0, 0, NULL, NULL) };
	struct places x = places_of(p, s, first_day, all.labels);

	add_items(&x, &all);
	sort_items(p, &all);
	add_shares(p, &all);
	group_free(x.at);
	return all;
}

void items_release(struct items *all)
{
	group_free(all->labels);
	free(all->at);
}
