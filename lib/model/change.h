/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why what a customer brings has changed: more or fewer purchases, or dearer
 * or cheaper ones. Value is purchases times mean ticket, V = n t, and the
 * change falls into two parts whose sum it is, each weighted with the mean of
 * the other factor (Bennet, The Theory of Measurement of Changes in Cost of
 * Living, J. Royal Statistical Society 83, 1920):
 *
 *	V1 - V0 = (n1 - n0) (t0 + t1) / 2 + (t1 - t0) (n0 + n1) / 2
 */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include "base/money.h"

struct change {
	money_wide by_count, by_ticket;
};

/*
 * Of values v0, v1 (any unit) and numbers of purchases n0, n1 (>= 0, below
 * 2^31). The part of the count is rounded to the unit, the ticket's is the
 * rest: together they are v1 - v0 exactly. Where there were purchases on one
 * side only, all is due to their number; where there were none on either
 * (money given back), to the ticket.
 */
struct change change_split(int64_t v0, int64_t n0, int64_t v1, int64_t n1);

/* "count" or "ticket", whichever part is the larger (count when they are
 * equal); NULL when both are 0. */
const char *change_why(const struct change *);

#endif
