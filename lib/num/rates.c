/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals and the comparison of counts. */
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "num/rates.h"

/* Two outcomes as likely as each other may differ in the last digits. */
#define AS_LIKELY (1 + 1e-7)

struct rates_interval rates_share(uint64_t x, uint64_t n)
{
	double p = (double)x / (double)n, z2 = RATES_Z * RATES_Z / (double)n;
	double middle = p + z2 / 2;
	double half = sqrt(p * (1 - p) * z2 + z2 * z2 / 4);

	if (n == 0)
		return (struct rates_interval){ NAN, NAN };
	/* At the ends the formula is 0 or 1 but for rounding. */
	return (struct rates_interval){
		x == 0 ? 0 : (middle - half) / (1 + z2),
		x == n ? 1 : (middle + half) / (1 + z2),
	};
}

struct rates_interval rates_count(uint64_t x)
{
	double n = (double)x;

	return (struct rates_interval){
		x == 0 ? 0 : gsl_cdf_gamma_Pinv(0.025, n, 1),
		gsl_cdf_gamma_Pinv(0.975, n + 1, 1),
	};
}

/* How many of the outcomes from .. to (towards the mode, ever likelier) are
 * no likelier than `limit`. */
static unsigned rare(unsigned from, unsigned to, int step, unsigned n, double p,
		     double limit)
{
	unsigned low = 0, high = (step > 0 ? to - from : from - to) + 1;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		unsigned at = step > 0 ? from + middle : from - middle;

		if (gsl_ran_binomial_pdf(at, p, n) <= limit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static double binomial_test(unsigned x, unsigned n, double p)
{
	double limit = gsl_ran_binomial_pdf(x, p, n) * AS_LIKELY;
	double mean = n * p;
	unsigned others;

	if (x < mean) {
		others = rare(n, (unsigned)ceil(mean), -1, n, p, limit);
		return gsl_cdf_binomial_P(x, p, n) +
		       (others ? gsl_cdf_binomial_Q(n - others, p, n) : 0);
	}
	others = rare(0, (unsigned)floor(mean), 1, n, p, limit);
	return (x ? gsl_cdf_binomial_Q(x - 1, p, n) : 1) +
	       (others ? gsl_cdf_binomial_P(others - 1, p, n) : 0);
}

double rates_compare(uint64_t x1, double t1, uint64_t x2, double t2)
{
	double p = t1 / (t1 + t2), mean;

	if (x1 > INT32_MAX || x2 > INT32_MAX - x1)
		return NAN;
	mean = (double)(x1 + x2) * p;
	if ((double)x1 == mean)
		return 1;
	return fmin(1, binomial_test((unsigned)x1, (unsigned)(x1 + x2), p));
}
