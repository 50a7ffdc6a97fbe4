/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a customer is worth by closed forms, and whether a programme pays that
 * keeps customers longer: a margin each period as long as the customer stays.
 *
 * Two timings, which differ by a whole margin: `start`, each period's margin
 * comes at its start, the first one at once; `end`, at the end of each period
 * that the customer stays through (Gupta & Lehmann, Customers as Assets, J.
 * of Interactive Marketing 17 (2003) 9-24: m r / (1 + i - r)).
 */
#ifndef MODEL_RETAIN_H
#define MODEL_RETAIN_H

#include <stdbool.h>

enum retain_timing { RETAIN_START, RETAIN_END };

/* How customers leave: each at the same rate, or each at a chance of his own,
 * Beta(alpha, beta) as in the sBG (sbg.h), of the same mean. */
struct retain_churn {
	double rate;		/* a period, 0..1; the mean one */
	double polarisation;	/* 1 / (alpha + beta + 1), 0: all are alike */
};

/* alpha and beta of it; polarisation > 0. */
void retain_sbg(const struct retain_churn *, double parameter[2]);

/*
 * Margins that a new customer pays, counted at today's value: sum over t of
 * S(t) / (1 + i)^t, t from 0 (start) or 1 (end), over `periods` of them
 * (INFINITY: for ever). NAN where that is not finite, or where customers
 * differ and it would take more than 10^7 terms. With constant churn
 * c = 1 - r, for ever: (1 + i) / (1 + i - r) and r / (1 + i - r); at i = 0
 * the first is 1 / c, the mean stay.
 */
double retain_multiple(const struct retain_churn *, double i,
		       enum retain_timing, double periods);

struct retain_case {
	struct retain_churn before, after;
	double margin;		/* a period */
	double growth;		/* of the margin each period: 0.03 is 3 % */
	double acquisition;	/* paid once, at the start */
	double programme;	/* its cost for one customer: once at the
				 * start, or in each period */
	bool yearly;		/* the latter */
	double discount;	/* i, a period */
	double periods;
	enum retain_timing timing;
};

struct retain_result {
	double stay_before, stay_after;	/* mean stay in periods, undiscounted */
	double before, after;		/* value of a customer, all costs off */
	/* The programme's cost (once, or each period) at which `after` equals
	 * `before`. */
	double break_even;
};

struct retain_result retain_compare(const struct retain_case *);

#endif
