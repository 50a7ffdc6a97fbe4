/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pairs (x, y) of decimals: what was expected and what was perceived. Sums are
 * of whole units, so they are exact, and rows may be counted in any order and
 * by anybody.
 */
#ifndef NUM_PAIRS_H
#define NUM_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#define PAIRS_UNITS 1000000	/* to one: six decimals are kept */
#define PAIRS_MAX 1000000	/* no value is greater */

/* Zero bytes are valid and empty. Sums of units, and of their products. */
struct pairs {
	uint64_t n;
	__int128 x, y, xx, yy, xy;
};

/* Adds a pair, each rounded to six decimals; false, and nothing is added,
 * when one is beyond PAIRS_MAX. */
bool pairs_add(struct pairs *, double x, double y);
void pairs_merge(struct pairs *, const struct pairs *from);

/* NAN when n is 0. */
double pairs_mean_x(const struct pairs *);
double pairs_mean_y(const struct pairs *);

struct pairs_figure {
	double value, se, low, high;
};

/*
 * mean(x - y) with its paired error s_d / sqrt(n) and Student's 95 % interval;
 * error and interval are NAN for fewer than two pairs.
 */
struct pairs_figure pairs_difference(const struct pairs *);

/*
 * R = sum(y) / sum(x), with the error of a ratio of means
 *
 *	se = sqrt(sum (y - R x)^2 / (n - 1) / n) / mean(x)
 *
 * (Cochran, Sampling Techniques, 3rd ed. 1977, 6.4, without the correction
 * for a finite population) and R -+ t(n - 1) se. All NAN when sum(x) is not
 * positive; error and interval for fewer than two pairs.
 */
struct pairs_figure pairs_ratio(const struct pairs *);

/*
 * A figure of n > 0 values that can only lie in low..high, and its interval
 * kept within. Where all values are alike, or there is but one, Student's
 * interval has no width, or is none: it is then Wilson's (rates.h), of
 * (value - low) / (high - low) as if it were a share, which no distribution
 * on low..high can be wider than.
 */
struct pairs_figure pairs_within(struct pairs_figure, uint64_t n, double low,
				 double high);

#endif
