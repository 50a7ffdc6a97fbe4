/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure of consumption: rows by group, with what is distinct in each
 * group counted once (customers, purchases, whatever the caller names).
 *
 *	struct mix *m = mix_new(MIX_PLAIN);
 *	mix_add(m, &line);			for each row
 *	mix_join(m, other);			rows folded elsewhere
 *	mix_finish(m, 1);
 *	for (i = 0; i < mix_groups(m); i++)
 *		use(mix_group(m, i));
 *
 * Sums, sets, first and last days only: the order of rows, and into how many
 * states they were folded before these were joined, makes no difference but
 * to the order of groups. Memory is in proportion to the distinct customers
 * and the distinct pairs of group and purchase. Keys are exact, no hashes.
 */
#ifndef MODEL_MIX_H
#define MODEL_MIX_H

#include "base/day.h"
#include "base/group.h"
#include "base/money.h"

struct mix_line {
	struct text group;	/* any bytes, by which groups are told apart */
	struct text customer;	/* empty: unknown, not counted */
	struct text purchase;	/* within the customer; empty: none was made */
	struct text distinct;	/* what else is counted; empty: nothing */
	int64_t fen;
	int32_t day;		/* DAY_NONE: unknown; matters to MIX_CELLS */
	bool absent;		/* the row makes nobody one of the customers */
	bool back;		/* money given back keeps nobody active */
};

struct mix_group {
	struct text key;	/* borrowed from the mix */
	uint64_t rows;
	uint64_t customers, purchases, distinct;	/* distinct ones */
	money_wide amount;
};

/* MIX_PLAIN: a group for each key. MIX_CELLS: one for each key and customer,
 * for whatever is known of a customer at the end only: mix_rollup() then
 * makes groups of them. Every line must have a customer then. */
enum mix_kind { MIX_PLAIN, MIX_CELLS };

struct mix;

struct mix *mix_new(enum mix_kind);
void mix_free(struct mix *);
void mix_add(struct mix *, const struct mix_line *);
/* A purchase that is not summed up, but makes the customer known from that
 * day on (MIX_CELLS). */
void mix_seen(struct mix *, struct text customer, int32_t day);
/* Adds what `from` holds, which is of the same kind and of which nothing is
 * left but to be freed. Neither may be finished. */
void mix_join(struct mix *into, struct mix *from);
/* After the last line, before anything below; again: nothing is done. Counts
 * in so many threads, now and in mix_rollup(). */
void mix_finish(struct mix *, unsigned threads);

/* Groups in the order in which they were first seen, and their keys. */
size_t mix_groups(const struct mix *);
struct text mix_key(const struct mix *, size_t i);
/* Of MIX_PLAIN. */
struct mix_group mix_group(const struct mix *, size_t i);

/* Of MIX_CELLS: what group i is. */
struct mix_cell {
	struct text key;
	uint32_t who;		/* number of the customer */
	int32_t last_day;	/* of a line; DAY_NONE: unknown */
	int32_t active_day;	/* of one that gave no money back */
	money_wide amount;
};

struct mix_cell mix_cell(const struct mix *, size_t i);
/* All customers, by number. */
const struct group *mix_customers(const struct mix *);
/* Of the first purchase, counted or only seen; DAY_NONE: there was none. */
int32_t mix_first_day(const struct mix *, size_t who);

/*
 * Coarser groups: group i becomes part of to[i] < n, or of none (MIX_NOWHERE),
 * and sum[0..n-1], all of which is written but the keys, is what one mix of
 * those groups would have counted: what is distinct in a coarse group counts
 * once, however many of its parts have it.
 */
#define MIX_NOWHERE UINT32_MAX
void mix_rollup(const struct mix *, const uint32_t *to, size_t n,
		struct mix_group *sum);

/*
 * Shares of a whole that add up to exactly `units` (1000000 for six decimals,
 * 1000 for tenths of a percent): each is rounded down, and what is left over
 * goes to the largest remainders, the earlier one first (the method of
 * Hamilton). False when the sum is not positive; then nothing is written.
 */
bool mix_shares(const money_wide *value, size_t n, int64_t units,
		int64_t *share);

#endif
