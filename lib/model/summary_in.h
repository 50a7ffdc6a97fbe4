/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a summary, for the files that make it: summary.c folds, joins
 * and finishes, summary_days.c goes through the purchase days that were noted.
 */
#ifndef MODEL_SUMMARY_IN_H
#define MODEL_SUMMARY_IN_H

#include <stdatomic.h>

#include "model/summary.h"

/* Days from a start before all days, so that 0 in a fresh entry means none. */
#define DAY_BIAS 1000000

struct entry {
	/* 96 bits wide (money_carry()): calibration, its first day, holdout */
	uint64_t fen, first_fen, holdout_fen;
	int32_t fen_high, first_high, holdout_high;
	int32_t first, last;		/* biased; 0: none */
	int32_t holdout_last;
	uint32_t days, holdout_days;
};

/* A customer (upper half) bought on a day (lower half). */
struct notes {
	uint64_t *at;
	size_t n, cap;
};

struct refund {
	uint32_t who;
	int32_t day;
	int64_t fen;
};

struct summary {
	struct group *customers;
	int32_t end;			/* biased, or INT32_MAX */
	_Atomic bool disorder;		/* somebody's days are not in order */
	struct notes notes;
	struct notes *joined;		/* those of other lanes */
	size_t njoined, joined_cap;
	struct refund *refund;
	size_t refunds, refunds_cap;
	uint32_t *order;		/* observed customers, by id */
	size_t count;
	uint64_t days;
	bool good;			/* all sums fit into 64 bits */
	bool keep;			/* the days themselves are wanted */
	int32_t *day;			/* of one customer after the other */
	size_t *day_end;		/* where customer c's end; c: entry */
};

/* Notes of this lane, then those of the others. */
static inline const struct notes *notes_of(const struct summary *s, size_t list)
{
	return list ? &s->joined[list - 1] : &s->notes;
}

/* Counts everybody's distinct days again, by the notes. */
void summary_recount(struct summary *);
/* The days themselves, of one customer after the other: day, day_end. */
void summary_gather(struct summary *);

#endif
