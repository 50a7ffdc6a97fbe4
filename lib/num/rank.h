/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranking by value, ties by key, so that the order of input never shows. */
#ifndef NUM_RANK_H
#define NUM_RANK_H

#include "base/group.h"

struct ranked {
	int64_t value;
	uint32_t who;		/* entry number in the group table */
};

/* Sorts by value descending, equal values by their keys bytewise. */
void rank_descending(struct ranked *, size_t n, const struct group *keys);

/* Sorts by key bytewise, whatever the values. */
void rank_by_key(struct ranked *, size_t n, const struct group *keys);

/* How many of n a cumulative share cuts off: ceil(n * ppm / 1e6) in integers,
 * ppm being millionths, 0..1000000. */
size_t rank_cut(size_t n, int64_t ppm);

#endif
