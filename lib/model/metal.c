/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranking by what is left over, or by what a yuan of service brings. */
#include <stdlib.h>

#include "model/metal.h"

const struct tier_scheme metal_tiers = {
	.n = 3,
	.ppm = { 50000, 200000, 1000000 },
	.name = { { "platinum", 8 }, { "gold", 4 }, { "iron", 4 } },
};

struct order {
	enum metal_by by;
	const struct group *keys;
};

static int descending(money_wide a, money_wide b)
{
	return (a < b) - (a > b);
}

/* The return as a fraction. One of no cost is that of 1 / 0, 1 / 1 (nothing
 * for nothing) or -1 / 0. */
static void fraction(const struct metal *m, int64_t *p, int64_t *r)
{
	*p = m->profit;
	*r = m->cost;
	if (m->cost == 0) {
		*p = m->profit < 0 ? -1 : 1;
		*r = m->profit == 0;
	}
}

static int by_return(const struct metal *a, const struct metal *b)
{
	int64_t pa, ra, pb, rb;

	fraction(a, &pa, &ra);
	fraction(b, &pb, &rb);
	return ra == 0 && rb == 0 ? descending(pa, pb) :
				    descending((money_wide)pa * rb,
					       (money_wide)pb * ra);
}

static int compare(const void *left, const void *right, void *ctx)
{
	const struct metal *a = left, *b = right;
	const struct order *order = ctx;
	int c = order->by == METAL_RETURN ? by_return(a, b) : 0;

	if (c == 0)
		c = descending((money_wide)a->profit - a->cost,
			       (money_wide)b->profit - b->cost);
	return c ? c :
		   text_cmp(group_key(order->keys, a->who),
			    group_key(order->keys, b->who));
}

size_t metal_order(struct metal *m, size_t n, enum metal_by by,
		   const struct group *keys)
{
	struct order order = { by, keys };
	size_t paying = 0;

	qsort_r(m, n, sizeof(*m), compare, &order);
	while (paying < n && metal_pays(&m[paying]))
		paying++;
	return paying;
}

void metal_totals(const struct tier_scheme *s, const struct metal *m, size_t n,
		  size_t paying, struct metal_total *total)
{
	size_t tier = 0;

	for (size_t t = 0; t <= s->n; t++)
		total[t] = (struct metal_total){ 0 };
	for (size_t i = 0; i < n; i++) {
		if (i < paying)
			tier = tier_of(s, paying, i + 1, tier);
		else
			tier = s->n;
		metal_add(&total[tier], &m[i]);
	}
}
