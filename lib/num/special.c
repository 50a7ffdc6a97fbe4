/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratios of gamma functions and sums of exponentials, in logarithms. */
#include <math.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_sf_psi.h>

#include "num/special.h"

#define RISING_BY_PRODUCT 256	/* beyond it GSL is faster and as exact */
#define SLOPE_BY_SUM 64
#define NEARLY_FULL 1e250

/* Gamma(a + n) / Gamma(a) = a (a + 1) ... (a + n - 1) */
static double rising_product(double a, double n)
{
	double log_sum = 0, product = 1;

	for (double j = 0; j < n; j++) {
		product *= a + j;
		if (product > NEARLY_FULL) {
			log_sum += log(product);
			product = 1;
		}
	}
	return log_sum + log(product);
}

double log_rising(double a, double n)
{
	gsl_sf_result v;

	if (n <= RISING_BY_PRODUCT)
		return rising_product(a, n);
	if (gsl_sf_lnpoch_e(a, n, &v))
		return NAN;
	return v.val;
}

double log_rising_slope(double a, double n)
{
	gsl_sf_result top, bottom;
	double sum = 0;

	if (n <= SLOPE_BY_SUM) {
		for (double j = n - 1; j >= 0; j--)
			sum += 1 / (a + j);
		return sum;
	}
	if (gsl_sf_psi_e(a + n, &top) || gsl_sf_psi_e(a, &bottom))
		return NAN;
	return top.val - bottom.val;
}

struct rise rise_of_large(double a, double n)
{
	double u = 1 / a, v = 1 / (a + n), grown = log1p(n * u);
	double uu = u * u, vv = v * v;

	return (struct rise){
		.log = (a + n - 0.5) * grown - n +
		       v * (1 / 12. - vv * (1 / 360. - vv / 1260)) -
		       u * (1 / 12. - uu * (1 / 360. - uu / 1260)),
		.slope = grown - (v - u) / 2 -
			 vv * (1 / 12. - vv * (1 / 120. - vv / 252)) +
			 uu * (1 / 12. - uu * (1 / 120. - uu / 252)),
	};
}

double log_fading(double a, double d, double n, const struct rise *of_a,
		  const struct rise *of_a_and_d)
{
	return n * log1p(-d / (a + d)) + (of_a->log - of_a_and_d->log);
}

/* ln[ Gamma(x) / (sqrt(2 pi) x^(x - 1/2) e^-x) ] */
static double stirling_error(double x)
{
	gsl_sf_result v;

	if (gsl_sf_gammastar_e(x, &v))
		return NAN;
	return log(v.val);
}

/* ln of the weight at its mode, u = a / (a + b) */
double log_beta_scale(double a, double b)
{
	double n = a + b;

	return (log(a / n) + log(b) - log(2 * M_PI)) / 2 +
	       stirling_error(n) - stirling_error(a) - stirling_error(b);
}

/* x ln(x / m) + m - x: 0 at x = m, else positive. Near it m - x must be
 * known better than m is. */
static double deviance(double x, double m, double excess)
{
	gsl_sf_result v;

	if (fabs(excess) > x / 2)
		return x * log(x / m) + excess;
	if (gsl_sf_log_1plusx_mx_e(excess / x, &v))
		return NAN;
	return -x * v.val;
}

double log_beta_weight(double a, double b, double scale, double s, double t)
{
	double n = (a + b) / (s + t);
	/* (a + b) u - a = b - (a + b) v */
	double excess = (b * s - a * t) / (s + t);

	return scale - deviance(a, n * s, excess) -
	       deviance(b, n * t, -excess);
}

double log_add(double u, double v, double *share)
{
	double d = v - u;
	double e = exp(-fabs(d));

	if (share)
		*share = d > 0 ? 1 / (1 + e) : e / (1 + e);
	return (d > 0 ? v : u) + log1p(e);
}
