/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Most valuable customers, second-tier customers and those below zero (seed
 * 004: by strategic value, actual value and cost of service; the three names
 * are those of Peppers and Rogers, "Enterprise One to One", 1997).
 *
 * A is the actual value, what the customer brought (amount less cost); C the
 * cost of serving him; S the strategic value, what he could be worth.
 *	below zero	A < C
 *	most valuable	of the m others, the ceil(m * top) of greatest A
 *	second tier	of the rest, those of greatest gap S - A > 0, at most
 *			ceil(m * second) of them
 *	ordinary	all others; the seed leaves them without a name, this
 *			one is ours
 * The two shares are not in the seed: 20 % each are ours, after its "20 % of
 * the customers bring 80 % of the business".
 */
#ifndef MODEL_MVC_H
#define MODEL_MVC_H

#include "base/group.h"

enum mvc_class {
	MVC_MOST_VALUABLE,
	MVC_SECOND_TIER,
	MVC_ORDINARY,
	MVC_BELOW_ZERO,
	MVC_CLASSES
};

#define MVC_CLASS_WORDS "most_valuable|second_tier|ordinary|below_zero"

struct mvc {
	int64_t actual, cost;	/* fen */
	int64_t strategic;	/* fen; only where `known` */
	uint32_t who;		/* entry number in the group table */
	bool known;		/* the strategic value; no gap without it */
	enum mvc_class class;	/* set by mvc_classify() */
};

/*
 * Sorts by A descending, equal ones by their keys bytewise, and sets each
 * one's class. Shares are millionths. False when some S - A does not fit in
 * 64 bits.
 */
bool mvc_classify(struct mvc *, size_t n, int64_t top_ppm, int64_t second_ppm,
		  const struct group *keys);

#endif
