/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common ground of BG/NBD and MBG/NBD. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/mem.h"
#include "model/betageo.h"
#include "num/betamean.h"
#include "num/special.h"

enum { R = BETAGEO_R, ALPHA = BETAGEO_ALPHA, A = BETAGEO_A, B = BETAGEO_B };

enum { SERIES_TERMS = 500 };

#define SERIES_EPSILON 1e-17
#define SERIES_CANCEL 1e4	/* digits that the series may lose */

/* How many times a customer with x repeat purchases may have left. */
static double chances(double x, bool early)
{
	return x + (early ? 1 : 0);
}

/*
 * The part of the log-likelihood that depends on x alone:
 * Gamma(r+x) / Gamma(r) * B(a, b+k) / B(a, b)
 */
static double add_frequency(const double *p, bool early,
			    const struct frequency *f, struct sum *slope)
{
	double k = chances(f->x, early);
	double total = p[A] + p[B];

	if (slope) {
		double leave = log_rising_slope(total, k);

		sum_add(&slope[R], f->count * log_rising_slope(p[R], f->x));
		sum_add(&slope[A], -f->count * leave);
		sum_add(&slope[B],
			f->count * (log_rising_slope(p[B], k) - leave));
	}
	return f->count * (log_rising(p[R], f->x) + log_rising(p[B], k) -
			   log_rising(total, k));
}

/* ln of the second term of the likelihood over the first; `silence` is
 * ln((alpha + T) / (alpha + t_x)). */
static double log_gone_odds(const double *p, bool early, double x,
			    double silence)
{
	double k = chances(x, early);

	return log(p[A] / (p[B] + (k - 1))) + (p[R] + x) * silence;
}

static double silence(const double *p, double t_x, double T)
{
	return log1p((T - t_x) / (p[ALPHA] + t_x));
}

/* Logarithms that histories of the same T share. */
struct age {
	double T;
	double log_T;		/* ln(alpha + T) */
	double grown;		/* ln((alpha + T) / alpha), small or not */
};

static struct age age_of(const double *p, double T)
{
	return (struct age){ T, log(p[ALPHA] + T), log1p(T / p[ALPHA]) };
}

/* The part that depends on the times: alpha^r times the braces. The terms
 * that grow with r are taken as differences: r may be 10^5. */
static double add_history(const double *p, bool early,
			  const struct history *h, const struct age *age,
			  struct sum *slope)
{
	double k = chances(h->x, early);
	double value = -p[R] * age->grown - h->x * age->log_T;
	double quiet = 0, gone = 0;

	if (k > 0) {
		quiet = silence(p, h->t_x, h->T);
		value += log_add(0, log_gone_odds(p, early, h->x, quiet),
				 &gone);
	}
	if (slope) {
		double there = 1 - gone;

		sum_add(&slope[R], h->count * (gone * quiet - age->grown));
		sum_add(&slope[ALPHA],
			h->count * (p[R] / p[ALPHA] -
				    (p[R] + h->x) *
					    (there / (p[ALPHA] + h->T) +
					     gone / (p[ALPHA] + h->t_x))));
		sum_add(&slope[A], h->count * gone / p[A]);
		if (k > 0)
			sum_add(&slope[B],
				-h->count * gone / (p[B] + (k - 1)));
	}
	return h->count * value;
}

double betageo_loglik(const double *p, bool early, const struct histories *h,
		      double *gradient)
{
	struct sum value = { 0 }, sums[4] = { { 0 } };
	struct sum *slope = gradient ? sums : NULL;
	struct age age = { .T = -1 };

	for (size_t i = 0; i < h->frequencies; i++)
		sum_add(&value,
			add_frequency(p, early, &h->frequency[i], slope));
	for (size_t i = 0; i < h->n; i++) {
		/* Histories are in order of T: most share it. */
		if (h->at[i].T != age.T)
			age = age_of(p, h->at[i].T);
		sum_add(&value,
			add_history(p, early, &h->at[i], &age, slope));
	}
	for (size_t i = 0; gradient && i < 4; i++)
		gradient[i] = sum_value(&sums[i]);
	return sum_value(&value);
}

double betageo_alive(const double *p, bool early, const struct buyer *b)
{
	if (chances(b->x, early) == 0)
		return 1;
	return 1 / (1 + exp(log_gone_odds(p, early, b->x,
					  silence(p, b->t_x, b->T))));
}

/*
 * With z = t / (alpha + t), c = a + b - 1, d = c - r and Euler's
 * 2F1(r, b; c; z) = (1-z)^(a-1-r) 2F1(d, a-1; c; z):
 *
 *   E = c (1 - (1-z)^(a-1)) / (a-1)
 *       - (1-z)^(a-1) sum_{k>=1} (d)_k (a)_{k-1} / ((c+1)_{k-1} k!) z^k
 *
 * False when too many terms are needed or too many digits would go.
 */
static bool purchases_by_series(const double *p, double t, double *expected)
{
	double z = t / (p[ALPHA] + t);
	double c = p[A] + p[B] - 1, d = c - p[R];
	double log_rest = -log1p(t / p[ALPHA]);		/* ln(1 - z) */
	double power = (p[A] - 1) * log_rest;
	double head = p[A] == 1 ? -c * log_rest
				: -c * expm1(power) / (p[A] - 1);
	double term = d * z, sum = 0, size = 0;
	int k = 1;

	for (; k < SERIES_TERMS; k++) {
		sum += term;
		size += fabs(term);
		double ratio = (d + k) * (p[A] + k - 1) * z /
			       ((c + k) * (k + 1));

		term *= ratio;
		if (fabs(ratio) < 1 && fabs(term) <= SERIES_EPSILON * size *
							     (1 - fabs(ratio)))
			break;
	}
	*expected = head - exp(power) * sum;
	return k < SERIES_TERMS && *expected > 0 &&
	       fabs(head) + exp(power) * size < SERIES_CANCEL * *expected;
}

struct spell {
	double r, per_alpha;	/* t / alpha */
};

/* (1 + p t / alpha)^-r */
static double stay_given(double p, void *ctx)
{
	const struct spell *s = ctx;

	return exp(-s->r * log1p(p * s->per_alpha));
}

double betageo_stay(const double *p, bool early, const struct buyer *b,
		    double t)
{
	struct spell s = { p[R] + b->x, t / (p[ALPHA] + b->T) };

	return beta_mean(p[A], p[B] + chances(b->x, early), stay_given, &s);
}

/* (1 - (1 + p t / alpha)^-r) / p, at p = 0 its limit r t / alpha */
static double purchases_given(double p, void *ctx)
{
	const struct spell *s = ctx;

	if (p < 1e-290)
		return s->r * s->per_alpha;
	return -expm1(-s->r * log1p(p * s->per_alpha)) / p;
}

double betageo_purchases(const double *p, double t)
{
	struct spell s = { p[R], t / p[ALPHA] };
	double expected;

	if (!(t > 0))
		return 0;
	if (purchases_by_series(p, t, &expected))
		return expected;
	return beta_mean(p[A], p[B], purchases_given, &s);
}

double betageo_bend(const double *p, double T)
{
	return p[ALPHA] + T;
}

double betageo_pmf(const double *p, bool early, double x, double t)
{
	double k = chances(x, early);
	double z = t / (p[ALPHA] + t);
	double stay = log_rising(p[B], k) - log_rising(p[A] + p[B], k);
	double exactly = stay + log_rising(p[R], x) - lgamma(x + 1) -
			 p[R] * log1p(t / p[ALPHA]) +
			 (x > 0 ? x * log(z) : 0);
	double at_least = x > 0 ? gsl_cdf_beta_P(z, x, p[R]) : 1;

	if (k == 0)
		return exp(exactly);
	return exp(exactly) +
	       exp(stay + log(p[A] / (p[B] + (k - 1)))) * at_least;
}

static double loglik_late(const double *p, double *gradient, const void *data)
{
	return betageo_loglik(p, false, data, gradient);
}

static double loglik_early(const double *p, double *gradient, const void *data)
{
	return betageo_loglik(p, true, data, gradient);
}

struct fit betageo_fit(const char *model, bool early,
		       const struct histories *h)
{
	static const char *const name[] = { "r", "alpha", "a", "b" };
	/* alpha = r is a mean rate as if nobody ever left. */
	static const double start[][FIT_PARAMETERS] = {
		{ 0.3, 0.3, 0.8, 2.5 },
		{ 1, 0.7, 0.5, 4 },
		{ 3, 2, 2, 3 },
		{ 0.15, 0.05, 0.3, 0.6 },
	};
	struct fit_problem problem = {
		.model = model,
		.name = name,
		.n = 4,
		.scale = { 1, h->time / h->purchases, 1, 1 },
		.start = start,
		.starts = NELEMS(start),
		.loglik = early ? loglik_early : loglik_late,
	};

	return fit_histories(&problem, h);
}
