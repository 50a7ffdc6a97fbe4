/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Platinum, gold, iron and lead customers: profit against the resources spent
 * on them (seed 004, "by the relation of the number of customers, their
 * profit and the resources put in"; the four metals are those of Zeithaml,
 * Rust and Lemon, "The Customer Pyramid", California Management Review 43:4,
 * 2001).
 *
 * p is the profit, amount less cost; r what serving the customer cost. Lead
 * is p < r: who costs more than he brings. The others pay their way and are
 * cut by rank into platinum, gold and iron, at ceil(n * share) of those n who
 * pay. The seed says no shares; 5, 15 and 80 % are ours, after the pyramid's
 * 1 + 4, 15 and 80.
 *
 * The rank is by p - r (default): what is left over. Or by p / r, what a yuan
 * of service brings; it favours those who are hardly served at all, and whoever
 * cost nothing has no finite one, so it is not the default.
 */
#ifndef MODEL_METAL_H
#define MODEL_METAL_H

#include "base/group.h"
#include "base/money.h"
#include "model/tier.h"

struct metal {
	int64_t profit, cost;	/* fen; cost >= 0, |profit - cost| fits */
	uint32_t who;		/* entry number in the group table */
};

enum metal_by { METAL_NET, METAL_RETURN };

/* Of those who pay their way. */
extern const struct tier_scheme metal_tiers;

static inline bool metal_pays(const struct metal *m)
{
	return m->profit >= m->cost;
}

/*
 * Sorts by p - r or p / r descending, equal ones by p - r, then by their keys
 * bytewise. p / r of r = 0 stands above all others, unless p = r = 0, which
 * is 1. Either way all who pay come before all who do not. Returns how many
 * pay.
 */
size_t metal_order(struct metal *, size_t n, enum metal_by,
		   const struct group *keys);

struct metal_total {
	size_t customers;
	money_wide profit, cost;
};

static inline void metal_add(struct metal_total *t, const struct metal *m)
{
	t->customers++;
	t->profit += m->profit;
	t->cost += m->cost;
}

/* total[] has scheme.n + 1 elements, the last one for those who do not pay. */
void metal_totals(const struct tier_scheme *, const struct metal *, size_t n,
		  size_t paying, struct metal_total *total);

#endif
