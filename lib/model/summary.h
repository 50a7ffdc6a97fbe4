/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The purchase history of each customer in four numbers, as models of repeat
 * buying want them (Fader, Hardie & Lee 2005; Fader & Hardie, note 025, 2013):
 *
 *	frequency	days with a purchase after the first one
 *	recency		last purchase day less the first
 *	T		end of observation less the first purchase day
 *	money		of the repeat days, in sum: all money less the first
 *			day's
 *
 * Purchases on one day count once. Money given back (a refund) makes no
 * purchase day and lessens the money of the day it fell on; what falls before
 * the first purchase counts with the first day. The order of rows does not
 * matter. With a calibration end, later days are the holdout, and a customer
 * whose first purchase is later is not observed at all.
 */
#ifndef MODEL_SUMMARY_H
#define MODEL_SUMMARY_H

#include "base/group.h"

struct summary;

struct summary_row {
	struct text customer;		/* borrowed from the summary */
	int32_t first, last;		/* days of calibration */
	uint32_t frequency;
	int64_t repeat_fen;		/* money of the repeat days, in sum */
	int64_t fen;			/* of all days of calibration */
	uint32_t holdout_frequency;	/* purchase days after calibration */
	int64_t holdout_fen;
};

/* calibration_end: last day of calibration; INT32_MAX: all is calibration. */
struct summary *summary_new(int32_t calibration_end);
void summary_add(struct summary *, struct text customer, int32_t day,
		 int64_t fen, bool refund);
/* Brings the rows of `from` into `into` and frees `from`: neither is finished,
 * and both have the same calibration end. */
void summary_join(struct summary *into, struct summary *from);
/* For summary_purchase_days(): before the first row. 4 bytes a day more. */
void summary_keep_days(struct summary *);
/* After the last row. False when some sum of money exceeds 64 bits. */
bool summary_finish(struct summary *);
/* Customers with a purchase in calibration, numbered in bytewise order of
 * their ids. */
size_t summary_count(const struct summary *);
struct summary_row summary_row(const struct summary *, size_t i);
/* The n distinct purchase days of row i, ascending, those of the holdout
 * too. Borrowed; the days must have been kept. */
const int32_t *summary_purchase_days(const struct summary *, size_t i,
				     size_t *n);
/* Purchase days in all, and rows that fell on a purchase day already met. */
uint64_t summary_days(const struct summary *);
void summary_free(struct summary *);

#endif
