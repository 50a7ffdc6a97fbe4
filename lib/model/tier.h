/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tiers by rank: the customer pyramid (seed 004: VIP the top 1 %, large the
 * next 4 %, medium the next 15 %, small the other 80 % of the customers with
 * a past deal) and cuts of one's own.
 *
 * Customers are ranked by value descending, equal values by id bytewise, and
 * cut at ceil(n * p) of the cumulative shares p, in integers. So every n has
 * tiers: of one customer that one is the VIP, of ten one is VIP, none large
 * (ceil(.05 * 10) is 1 as well), one medium, eight small.
 */
#ifndef MODEL_TIER_H
#define MODEL_TIER_H

#include "base/money.h"
#include "num/rank.h"

#define TIER_CUTS_MAX 16

struct tier_scheme {
	size_t n;
	int64_t ppm[TIER_CUTS_MAX];	/* cumulative, millionths, ascending */
	struct text name[TIER_CUTS_MAX];
};

extern const struct tier_scheme tier_pyramid;

/* A percentage, 0 to 100 with up to four decimals, as millionths: exact. */
bool tier_percent(struct text, int64_t *ppm);

/*
 * Reads "1,5,20,100" (percent, cumulative, up to four decimals, ascending,
 * the last 100) and "a,b,c,d". Returns NULL, or what is wrong.
 */
const char *tier_parse(struct tier_scheme *, const char *cuts,
		       const char *names);

/* Which tier the rank (1-based, of n) falls in. Ranks are asked in order, so
 * the caller keeps `tier` from call to call, 0 at first. */
size_t tier_of(const struct tier_scheme *, size_t n, size_t rank, size_t tier);

/* One tier's customers and their value. */
struct tier_total {
	size_t customers;
	money_wide value;
};

/* total[] has scheme.n elements; r is ranked. */
void tier_totals(const struct tier_scheme *, const struct ranked *r, size_t n,
		 struct tier_total *total);

#endif
