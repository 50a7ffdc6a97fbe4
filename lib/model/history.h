/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What models of repeat buying know of a customer: x, t_x and T, and z.
 * Customers with the same three numbers are one history with a count, so that
 * the cost of a likelihood depends on distinct histories, not on customers.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

/* One customer, times in any unit. */
struct buyer {
	double x;		/* frequency: purchase days after the first */
	double t_x;		/* recency: last less first purchase day */
	double T;		/* age: end of observation less first day */
	double z;		/* mean spend of the repeat days; 0 without */
};

/* True when x is whole and >= 0 and 0 <= t_x <= T, t_x = 0 when x = 0 and
 * only then. */
bool buyer_is_sound(const struct buyer *);

struct history {
	double x, t_x, T;
	double count;
};

struct frequency {
	double x, count;
};

struct histories {
	struct history *at;		/* by T, then x, then t_x */
	size_t n;
	struct frequency *frequency;	/* distinct x, ascending */
	size_t frequencies;
	double customers, purchases, time;	/* sums of count, x, T */
	/* Sum of the logarithms of all gaps between purchases: for the caller
	 * to set, where it is known; else NAN. */
	double log_gaps;
};

/* Sums up n buyers, whose order does not matter. The caller releases. */
struct histories histories_of(const struct buyer *, size_t n);
void histories_release(struct histories *);

/* Why no model of so many parameters can be fitted to them; NULL: it can. */
const char *histories_refusal(const struct histories *, size_t parameters);

/* Every k-th history with its count, k >= 1: a sample spread evenly over the
 * order above. The caller releases. */
struct histories histories_sample(const struct histories *, size_t k);

#endif
