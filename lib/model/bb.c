/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BB: occasions, and nobody leaves. */
#include <math.h>

#include "base/mem.h"
#include "model/bb.h"
#include "model/bgbb.h"
#include "num/special.h"

enum { ALPHA = BB_ALPHA, BETA = BB_BETA };

double bb_loglik(const double *p, const struct histories *h, double *gradient)
{
	struct sum value = { 0 }, slope[2] = { { 0 } };

	for (size_t i = 0; i < h->n; i++) {
		const struct history *at = &h->at[i];
		double not = at->T - at->x, both = p[ALPHA] + p[BETA];
		double all = log_rising_slope(both, at->T);

		sum_add(&value,
			at->count * (log_rising(p[ALPHA], at->x) +
				     log_rising(p[BETA], not) -
				     log_rising(both, at->T)));
		sum_add(&slope[ALPHA],
			at->count * (log_rising_slope(p[ALPHA], at->x) - all));
		sum_add(&slope[BETA],
			at->count * (log_rising_slope(p[BETA], not) - all));
	}
	for (int k = 0; gradient && k < 2; k++)
		gradient[k] = sum_value(&slope[k]);
	return sum_value(&value);
}

double bb_new(const double *p, double t)
{
	return p[ALPHA] / (p[ALPHA] + p[BETA]) * floor(t);
}

double bb_if_alive(const double *p, const struct buyer *b, double t)
{
	return (p[ALPHA] + b->x) / (p[ALPHA] + p[BETA] + b->T) * floor(t);
}

double bb_later(const double *p, const struct buyer *b, double y, double t)
{
	const double posterior[] = { p[ALPHA] + b->x, p[BETA] + b->T - b->x };

	return bb_pmf(posterior, y, floor(t));
}

double bb_bend(const double *p, double T)
{
	return p[ALPHA] + p[BETA] + T;
}

double bb_pmf(const double *p, double x, double n)
{
	if (x > n)
		return 0;
	return exp(log_rising(p[ALPHA], x) + log_rising(p[BETA], n - x) -
		   log_rising(p[ALPHA] + p[BETA], n) + lgamma(n + 1) -
		   lgamma(x + 1) - lgamma(n - x + 1));
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return bb_loglik(p, data, gradient);
}

struct fit bb_fit(const struct histories *h)
{
	static const char *const name[] = { "alpha", "beta" };
	static const double start[][FIT_PARAMETERS] = {
		{ 0.5, 1 },
		{ 2, 4 },
		{ 0.2, 0.2 },
	};
	struct fit_problem problem = {
		.model = "bb",
		.name = name,
		.n = 2,
		.scale = { 1, 1 },
		.start = start,
		.starts = NELEMS(start),
		.loglik = loglik,
		.data = h,
		.customers = h->customers,
		.distinct = (double)h->n,
	};

	if (!bgbb_knows_all(h))
		return fit_refuse(&problem, BGBB_NOT_OCCASIONS);
	const char *refusal = histories_refusal(h, problem.n);

	if (refusal)
		return fit_refuse(&problem, refusal);
	return fit_run(&problem);
}
