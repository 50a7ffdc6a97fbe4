/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions of the likelihoods that lose digits or overflow when they are
 * written as in the papers: ratios of gamma functions, sums of exponentials,
 * and a sum that keeps what rounding drops.
 */
#ifndef NUM_SPECIAL_H
#define NUM_SPECIAL_H

#include <math.h>

/*
 * ln[ Gamma(a + n) / Gamma(a) ] for a > 0 and a whole n >= 0: 0 for n = 0.
 * Relative error about 1e-14, also where the two gammas are nearly equal
 * (large a) and where each of them overflows.
 */
double log_rising(double a, double n);
/* Its derivative by a, psi(a + n) - psi(a). */
double log_rising_slope(double a, double n);

/*
 * The same of a >= 64 and any n >= 0, whole or not, by Stirling's series:
 * ln[ Gamma(a + n) / Gamma(a) ] - n ln a, and psi(a + n) - psi(a). What is
 * taken off would drown the differences of several of them. Errors about
 * 1e-16 (a + n) and 1e-15.
 */
struct rise {
	double log, slope;
};

struct rise rise_of_large(double a, double n);
/* ln of Gamma(a+n) / Gamma(a) over Gamma(a+d+n) / Gamma(a+d), d >= 0, the
 * two rises being given; 0 or less. */
double log_fading(double a, double d, double n, const struct rise *of_a,
		  const struct rise *of_a_and_d);

/* ln(e^u + e^v). *share, when not NULL, becomes e^v / (e^u + e^v). */
double log_add(double u, double v, double *share);

/*
 * ln[ u^a v^b / B(a, b) ], u = s / (s + t), v = t / (s + t), for positive a, b,
 * s, t: the density of u under Beta(a, b), times u v. For large a or b the
 * terms are huge and nearly cancel: Loader's way (Fast and accurate
 * computation of binomial probabilities, 2000) adds deviances from the mode
 * and Stirling's errors instead. Those errors depend on a and b alone and are
 * asked for once.
 */
double log_beta_scale(double a, double b);
double log_beta_weight(double a, double b, double scale, double s, double t);

/* A sum by Neumaier's method: the error does not grow with the terms. Zero
 * bytes are an empty sum. */
struct sum {
	double high, low;
};

static inline void sum_add(struct sum *s, double v)
{
	double t = s->high + v;

	s->low += fabs(s->high) >= fabs(v) ? (s->high - t) + v
					   : (v - t) + s->high;
	s->high = t;
}

static inline double sum_value(const struct sum *s)
{
	return s->high + s->low;
}

#endif
