/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contracts that are renewed or not. */
#include <math.h>

#include "base/mem.h"
#include "model/sbg.h"
#include "num/special.h"

enum { ALPHA = SBG_ALPHA, BETA = SBG_BETA };

#define NEGLIGIBLE 1e-17

double sbg_survival(const double *p, double t)
{
	return exp(log_rising(p[BETA], t) -
		   log_rising(p[ALPHA] + p[BETA], t));
}

double sbg_retention(const double *p, double t)
{
	return (p[BETA] + t - 1) / (p[ALPHA] + p[BETA] + t - 1);
}

/* The sum runs until what is left of it, a geometric series at most, is
 * nothing: about 40 / d terms, as retention comes near 1. */
double sbg_residual(const double *p, double n, double d)
{
	double term = n > 0 ? sbg_retention(p, n) : 1, sum = 0;
	double rest = 1 / d;	/* at most this many terms more in value */

	for (double t = n + 1; term * (1 + rest) > NEGLIGIBLE * sum; t++) {
		sum += term;
		term *= sbg_retention(p, t) / (1 + d);
	}
	return sum;
}

double sbg_loglik(const double *p, const struct tenures *h, double *gradient)
{
	double log_stay = 0, by_alpha = 0, by_beta = 0;	/* of S(t - 1) */
	struct sum value = { 0 }, slope[2] = { { 0 } };

	for (size_t i = 0; i < h->n; i++) {
		double both = p[ALPHA] + p[BETA] + (double)i;
		double beta = p[BETA] + (double)i;

		sum_add(&value,
			h->at[i].lost * (log_stay + log(p[ALPHA] / both)));
		sum_add(&slope[ALPHA],
			h->at[i].lost * (by_alpha + 1 / p[ALPHA] - 1 / both));
		sum_add(&slope[BETA], h->at[i].lost * (by_beta - 1 / both));
		log_stay += log(beta / both);
		by_alpha -= 1 / both;
		by_beta += 1 / beta - 1 / both;
		sum_add(&value, h->at[i].kept * log_stay);
		sum_add(&slope[ALPHA], h->at[i].kept * by_alpha);
		sum_add(&slope[BETA], h->at[i].kept * by_beta);
	}
	for (int k = 0; gradient && k < 2; k++)
		gradient[k] = sum_value(&slope[k]);
	return sum_value(&value);
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return sbg_loglik(p, data, gradient);
}

struct fit sbg_fit_same(const struct tenures *h)
{
	static const char *const name[] = { "theta" };
	const struct fit_problem problem = { .model = "geometric",
					     .name = name,
					     .n = 1 };
	struct fit f = fit_refuse(&problem, "nobody left, or all at once");
	double lost = 0, stayed = 0;

	for (size_t i = 0; i < h->n; i++) {
		lost += h->at[i].lost;
		f.customers += h->at[i].lost + h->at[i].kept;
		stayed += h->at[i].lost * (double)i +
			  h->at[i].kept * (double)(i + 1);
	}
	if (!(lost > 0) || !(stayed > 0))
		return f;
	double theta = lost / (lost + stayed);

	f.state = FIT_CONVERGED;
	f.parameter[0] = theta;
	f.loglik = lost * log(theta) + stayed * log1p(-theta);
	return f;
}

struct fit sbg_fit(const struct tenures *h)
{
	static const char *const name[] = { "alpha", "beta" };
	static const double start[][FIT_PARAMETERS] = {
		{ 1, 3 },
		{ 0.3, 0.6 },
		{ 5, 30 },
	};
	struct fit_problem problem = {
		.model = "sbg",
		.name = name,
		.n = 2,
		.scale = { 1, 1 },
		.start = start,
		.starts = NELEMS(start),
		.loglik = loglik,
		.data = h,
	};
	double lost = 0, kept = 0;

	for (size_t i = 0; i < h->n; i++) {
		lost += h->at[i].lost;
		kept += h->at[i].kept;
		problem.distinct += (h->at[i].lost > 0) + (h->at[i].kept > 0);
	}
	problem.customers = lost + kept;
	if (lost == 0)
		return fit_refuse(&problem, "no customer left");
	if (problem.distinct < 3)
		return fit_refuse(&problem, "too few periods: retention must "
					    "be seen to change");
	return fit_run(&problem);
}
