/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pearson's correlation of two variables, and how sure it is. */
#ifndef NUM_CORRELATE_H
#define NUM_CORRELATE_H

#include <stddef.h>

struct correlation {
	size_t n;		/* pairs of which both are known */
	double r, low, high, p;
};

/*
 * Of the pairs (x[i], y[i]) in which neither is NAN:
 *
 *	r = sum (x - mean x)(y - mean y) / sqrt(Sxx Syy)
 *
 * with Fisher's 95 % interval tanh(atanh r -+ z / sqrt(n - 3)) (R. A. Fisher,
 * On the "probable error" of a coefficient of correlation deduced from a small
 * sample, Metron 1 (1921) 3-32) and the chance p of an r as far from 0 where
 * there is no connection, two-sided, by Student's t of n - 2 degrees with
 * t = r sqrt((n - 2) / (1 - r^2)); as cor.test() of R has them.
 * r and p are NAN for fewer than three pairs and where one of the two is the
 * same in all, the interval for fewer than four.
 */
struct correlation correlate(const double *x, const double *y, size_t n);

#endif
