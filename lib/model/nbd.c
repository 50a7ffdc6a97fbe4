/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NBD: nobody leaves. */
#include <math.h>

#include "base/mem.h"
#include "model/nbd.h"
#include "num/special.h"

enum { R = NBD_R, ALPHA = NBD_ALPHA };

double nbd_loglik(const double *p, const struct histories *h,
		  double *gradient)
{
	struct sum value = { 0 }, by_r = { 0 }, by_alpha = { 0 };

	for (size_t i = 0; i < h->frequencies; i++) {
		const struct frequency *f = &h->frequency[i];

		sum_add(&value, f->count * log_rising(p[R], f->x));
		sum_add(&by_r, f->count * log_rising_slope(p[R], f->x));
	}
	for (size_t i = 0; i < h->n; i++) {
		const struct history *at = &h->at[i];
		double grown = log1p(at->T / p[ALPHA]);

		sum_add(&value,
			-at->count * (p[R] * grown +
				      at->x * log(p[ALPHA] + at->T)));
		sum_add(&by_r, -at->count * grown);
		sum_add(&by_alpha,
			at->count * (p[R] / p[ALPHA] -
				     (p[R] + at->x) / (p[ALPHA] + at->T)));
	}
	if (gradient) {
		gradient[R] = sum_value(&by_r);
		gradient[ALPHA] = sum_value(&by_alpha);
	}
	return sum_value(&value);
}

double nbd_alive(const double *p, const struct buyer *b)
{
	(void)p;
	(void)b;
	return 1;
}

double nbd_stay(const double *p, const struct buyer *b, double t)
{
	(void)p;
	(void)b;
	(void)t;
	return 1;
}

double nbd_new(const double *p, double t)
{
	return p[R] * t / p[ALPHA];
}

double nbd_if_alive(const double *p, const struct buyer *b, double t)
{
	return (p[R] + b->x) * t / (p[ALPHA] + b->T);
}

double nbd_later(const double *p, const struct buyer *b, double y, double t)
{
	if (!(t > 0))
		return y > 0 ? 0 : 1;
	return exp(nbd_log_pmf(p[R] + b->x, p[ALPHA] + b->T, y, t));
}

double nbd_bend(const double *p, double T)
{
	return p[ALPHA] + T;
}

double nbd_log_pmf(double r, double alpha, double x, double t)
{
	return log_rising(r, x) - lgamma(x + 1) - r * log1p(t / alpha) +
	       (x > 0 ? x * log(t / (alpha + t)) : 0);
}

double nbd_pmf(const double *p, double x, double t)
{
	return exp(nbd_log_pmf(p[R], p[ALPHA], x, t));
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return nbd_loglik(p, data, gradient);
}

struct fit nbd_fit(const struct histories *h)
{
	static const char *const name[] = { "r", "alpha" };
	static const double start[][FIT_PARAMETERS] = {
		{ 0.5, 0.5 },
		{ 3, 3 },
		{ 0.1, 0.1 },
	};
	struct fit_problem problem = {
		.model = "nbd",
		.name = name,
		.n = 2,
		.scale = { 1, h->time / h->purchases },
		.start = start,
		.starts = NELEMS(start),
		.loglik = loglik,
		.data = h,
		.customers = h->customers,
		.distinct = (double)h->n,
	};
	const char *refusal = histories_refusal(h, problem.n);

	if (refusal)
		return fit_refuse(&problem, refusal);
	return fit_run(&problem);
}
