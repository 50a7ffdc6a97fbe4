/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure of consumption: rows by group, with what is distinct in each
 * group counted once (purchases, customers, whatever the caller names).
 * Memory is in proportion to the distinct pairs of group and customer.
 */
#ifndef MODEL_MIX_H
#define MODEL_MIX_H

#include "base/money.h"

struct mix_line {
	uint64_t group;		/* whatever the caller tells groups apart by */
	struct text customer;	/* empty: unknown, not counted */
	struct text purchase;	/* within the customer; empty: none was made */
	struct text distinct;	/* what else is counted; empty: nothing */
	int64_t fen;
};

struct mix_group {
	uint64_t group;
	uint64_t rows;
	uint64_t customers, purchases, distinct;	/* distinct ones */
	money_wide amount;
};

struct mix;

struct mix *mix_new(void);
void mix_free(struct mix *);
void mix_add(struct mix *, const struct mix_line *);
/* Groups in the order in which they were first seen. */
size_t mix_groups(const struct mix *);
struct mix_group mix_group(const struct mix *, size_t i);

/*
 * Shares of a whole that add up to exactly `units` (1000000 for six decimals,
 * 1000 for tenths of a percent): each is rounded down, and what is left over
 * goes to the largest remainders, the earlier one first (the method of
 * Hamilton). False when the sum is not positive; then nothing is written.
 */
bool mix_shares(const money_wide *value, size_t n, int64_t units,
		int64_t *share);

#endif
