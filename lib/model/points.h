/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The points ledger: what customers earned, spent and lost, from its entries
 * alone. Points come in lots, each with its last day; whatever is taken comes
 * out of the lot that lapses first (lots of one day: the one earned first).
 * A balance is never negative:
 *
 *	earn	adds a lot
 *	redeem	takes points that are good on that day; refused when there are
 *		fewer
 *	expire	puts on record that points lapsed. They stopped to count on
 *		their last day, with or without this entry. With `ref` those of
 *		one lot; else the lapsed ones that have been so the longest,
 *		then lots without a last day, for ledgers that do not know it
 *	reverse	undoes, wholly or in part, the earn or redeem that `ref` names;
 *		without `ref`, earns that nobody can name (a refund's).
 *		An earn is taken back out of its own lot, then out of others;
 *		what the customer has spent already is owed, and is kept back
 *		from what comes in next. So buying, redeeming and giving back
 *		leaves nothing in hand. A redeem gives the points back to their
 *		lots, last days as they were, those that lapse last first
 *
 * For every customer, on every day:
 *	available = earned - reversed + owed - redeemed + returned - lapsed
 *		    - expired
 *
 * The rules are ours; the handbook asks for points that are exchanged and
 * names no more. Entries of one customer come in the order of time, those of
 * different customers in any. Memory is in proportion to the entries, since
 * any of them may be reversed.
 */
#ifndef MODEL_POINTS_H
#define MODEL_POINTS_H

#include "base/day.h"
#include "base/money.h"

#define POINTS_NEVER INT32_MAX	/* a lot without a last day */
#define POINTS_MAX INT64_C(1000000000)	/* of one entry */

enum points_kind {
	POINTS_EARN, POINTS_REDEEM, POINTS_EXPIRE, POINTS_REVERSE,
	POINTS_KINDS
};

extern const char *const points_kind_names[POINTS_KINDS];

struct points_entry {
	struct text entry_id, customer_id;
	struct text ref;	/* may be empty */
	enum points_kind kind;
	int64_t at;		/* instant of base/day.h */
	int32_t day;		/* of `at` where the shop is */
	int64_t points;		/* 1..POINTS_MAX */
	int32_t expires_on;	/* of an earn: the last day; POINTS_NEVER */
};

enum points_verdict {
	POINTS_FINE,
	POINTS_AMOUNT,		/* not 1..POINTS_MAX */
	POINTS_AGAIN,		/* the very entry is there already */
	POINTS_REPEATED,	/* another entry has that id */
	POINTS_BACKWARDS,	/* earlier than the customer's last entry */
	POINTS_LATE,		/* earned after its own last day */
	POINTS_TOO_FEW,		/* not so many points are there to be taken */
	POINTS_NOT_LAPSED,	/* the lot is good still */
	POINTS_NO_REF,		/* no such entry of this customer */
	POINTS_FINAL,		/* `ref` is an entry that cannot be undone (by
				 * `expire`: that is no earn) */
	POINTS_UNDONE,		/* not so much of it is left to undo */
	POINTS_VERDICTS
};

/* The whole points that an amount is worth, one for every `per` (> 0) of it,
 * whatever its sign; 0 when it is not negative and less than `minimum`. More
 * than POINTS_MAX are no entry. */
int64_t points_worth(money_wide fen, int64_t per, int64_t minimum);

struct points;

struct points *points_new(void);
void points_free(struct points *);

/* Takes an entry; when the verdict is not POINTS_FINE nothing has changed.
 * Its texts must not be the ledger's own, which move. */
enum points_verdict points_add(struct points *, const struct points_entry *);

struct points_balance {
	uint64_t entries;
	/* Sums of the entries. */
	int64_t earned, redeemed, expired;
	int64_t reversed;	/* of earns */
	int64_t returned;	/* of redeems */
	/* As of the day that is asked for. */
	int64_t available;
	int64_t lapsed;		/* past their last day, not put on record */
	int64_t owed;
	int64_t last_at;
};

/* Customers are numbered from 0 in the order of their first entries. */
size_t points_count(const struct points *);
struct text points_customer(const struct points *, size_t i);
/* SIZE_MAX when there is no such customer. */
size_t points_find(const struct points *, struct text customer_id);
/* Whether there is an entry of that id. */
bool points_has(const struct points *, struct text entry_id);
/* Customer numbers in bytewise order of their ids; the caller frees. */
uint32_t *points_sorted(const struct points *);
struct points_balance points_balance(const struct points *, size_t i,
				     int32_t day);
/* What lapses next, and on which last day; POINTS_NEVER: nothing. Asked for
 * itself: as long as there are lots of that day. */
struct points_next {
	int64_t points;
	int32_t day;
};
struct points_next points_next(const struct points *, size_t i, int32_t day);

/*
 * The lots of a customer that have lapsed by the day and are not on record:
 * what `expire` entries are to be written. Returns their number; the first
 * `max` are written to `lot`, those that lapsed first before the others.
 */
struct points_lapsed {
	struct text entry_id;	/* of the earn; valid until the next add */
	int64_t points;
	int32_t expires_on;
};
size_t points_lapsed(const struct points *, size_t i, int32_t day,
		     struct points_lapsed *lot, size_t max);

#endif
