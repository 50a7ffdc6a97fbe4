/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shares and rates made of counts: how sure they are, and whether two of them
 * differ by more than chance. All limits are those of 95 %.
 */
#ifndef NUM_RATES_H
#define NUM_RATES_H

#include <stdint.h>

#define RATES_Z 1.959963984540054	/* 97.5 % of the normal distribution */

struct rates_interval {
	double low, high;
};

/*
 * Share of x among n, 0 <= x <= n: with p = x / n,
 *
 *	(p + z^2/2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2/n)
 *
 * (Wilson, JASA 22 (1927) 209; recommended for any n by Brown, Cai, DasGupta,
 * Statistical Science 16 (2001) 101). Within 0..1, and with a width also when
 * x is 0 or n. Both ends NAN when n is 0.
 */
struct rates_interval rates_share(uint64_t x, uint64_t n);
/* The same of a share p of n that was weighted: n > 0 is what the answers
 * amount to, and need not be whole. */
struct rates_interval rates_share_of(double p, double n);

/*
 * What a count of x, taken for Poisson-distributed, may be the mean of: exact
 * limits chi2(0.025, 2x) / 2 and chi2(0.975, 2x + 2) / 2 (Garwood, Biometrika
 * 28 (1936) 437). Divided by what the count is out of they are limits of the
 * rate.
 */
struct rates_interval rates_count(uint64_t x);

/*
 * Whether counts x1 out of t1 and x2 out of t2 (services, days; both > 0) may
 * come from one rate: the chance, if they do, of a split of x1 + x2 that is
 * no likelier than this one. Given the sum, x1 is binomial with t1 / (t1 + t2)
 * (Przyborowski and Wilenski, Biometrika 31 (1940) 313), so it is exact for
 * any count; two-sided as binom.test() and poisson.test() of R have it.
 * 1 when both counts are 0; NAN beyond 2^31 of them.
 */
double rates_compare(uint64_t x1, double t1, uint64_t x2, double t2);

#endif
