/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MBG/CNBD-k: gaps in stages. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/mem.h"
#include "model/mbgcnbd.h"
#include "num/longsum.h"
#include "num/special.h"

enum {
	R = MBGCNBD_R,
	ALPHA = MBGCNBD_ALPHA,
	A = MBGCNBD_A,
	B = MBGCNBD_B,
	K = MBGCNBD_K
};

#define NEGLIGIBLE 1e-17

/*
 * Stages passed since the last purchase by one who is alive: j of them weigh
 * (r+kx)_j / j! z^j, z = q / (alpha+T), j < k.
 */
struct stages {
	double weight[MBGCNBD_K_MAX];
	double total;
	double mean;		/* of j */
	double by_shape;	/* d ln total / d r */
};

static struct stages stages_of(const double *p, double x, double t_x,
			       double T)
{
	struct stages s = { .total = 0 };
	double shape = p[R] + p[K] * x, z = (T - t_x) / (p[ALPHA] + T);
	double w = 1, slope = 0;

	for (int j = 0; j < (int)p[K]; j++) {
		s.weight[j] = w;
		s.total += w;
		s.mean += w * j;
		s.by_shape += w * slope;
		slope += 1 / (shape + j);
		w *= (shape + j) / (j + 1) * z;
	}
	s.mean /= s.total;
	s.by_shape /= s.total;
	return s;
}

static double silence(const double *p, double t_x, double T)
{
	return log1p((T - t_x) / (p[ALPHA] + t_x));
}

/* ln of the odds of gone to alive */
static double log_gone_odds(const double *p, double x, double quiet,
			    const struct stages *s)
{
	return log(p[A] / (p[B] + x)) + (p[R] + p[K] * x) * quiet -
	       log(s->total);
}

/* What depends on x alone. */
static double add_frequency(const double *p, const struct frequency *f,
			    struct sum *slope)
{
	double total = p[A] + p[B], n = p[K] * f->x, k = f->x + 1;

	if (slope) {
		double leave = log_rising_slope(total, k);

		sum_add(&slope[R], f->count * log_rising_slope(p[R], n));
		sum_add(&slope[A], -f->count * leave);
		sum_add(&slope[B],
			f->count * (log_rising_slope(p[B], k) - leave));
	}
	return f->count * (log_rising(p[R], n) + log_rising(p[B], k) -
			   log_rising(total, k));
}

static double add_history(const double *p, const struct history *h,
			  struct sum *slope)
{
	double shape = p[R] + p[K] * h->x, gone;
	double quiet = silence(p, h->t_x, h->T), grown = log1p(h->T /
							       p[ALPHA]);
	struct stages s = stages_of(p, h->x, h->t_x, h->T);
	double value = -p[R] * grown - p[K] * h->x * log(p[ALPHA] + h->T) +
		       log(s.total) +
		       log_add(0, log_gone_odds(p, h->x, quiet, &s), &gone);

	if (slope) {
		double there = 1 - gone;

		sum_add(&slope[R], h->count * (gone * quiet - grown +
					       there * s.by_shape));
		sum_add(&slope[ALPHA],
			h->count *
				(p[R] / p[ALPHA] -
				 there * (shape + s.mean) / (p[ALPHA] + h->T) -
				 gone * shape / (p[ALPHA] + h->t_x)));
		sum_add(&slope[A], h->count * gone / p[A]);
		sum_add(&slope[B], -h->count * gone / (p[B] + h->x));
	}
	return h->count * value;
}

double mbgcnbd_loglik(const double *p, const struct histories *h,
		      double *gradient)
{
	struct sum value = { 0 }, sums[4] = { { 0 } };
	struct sum *slope = gradient ? sums : NULL;

	if (isfinite(h->log_gaps))
		sum_add(&value, (p[K] - 1) * h->log_gaps -
					h->purchases * lgamma(p[K]));
	for (size_t i = 0; i < h->frequencies; i++)
		sum_add(&value, add_frequency(p, &h->frequency[i], slope));
	for (size_t i = 0; i < h->n; i++)
		sum_add(&value, add_history(p, &h->at[i], slope));
	for (size_t i = 0; gradient && i < 4; i++)
		gradient[i] = sum_value(&sums[i]);
	return sum_value(&value);
}

double mbgcnbd_alive(const double *p, const struct buyer *b)
{
	struct stages s = stages_of(p, b->x, b->t_x, b->T);

	return 1 / (1 + exp(log_gone_odds(p, b->x, silence(p, b->t_x, b->T),
					  &s)));
}

/* One whose rate of stages is Gamma(shape, scale) and whose chance to leave
 * is Beta(a, b). */
struct pace {
	double shape, scale, a, b;
	int k;
};

/* P(at least n stages in t) */
static double reached(const struct pace *w, double n, double t)
{
	return n > 0 ? gsl_cdf_beta_P(t / (w->scale + t), n, w->shape) : 1;
}

/* Purchases in t with j stages passed, summed up to the m-th, which comes when
 * m k - j stages are passed and nobody left at the m - 1 before it. */
struct outcome {
	const struct pace *w;
	int j;
	double t;
	double m, trust;	/* the next; E[(1 - p)^(m-1)] */
	double sum, gone;	/* made, and left at, so far */
};

/* Counts the m-th so often; returns what that adds. */
static double make(struct outcome *o, double m, double trust, double times)
{
	const struct pace *w = o->w;
	double made = times * trust * reached(w, m * w->k - o->j, o->t);

	o->sum += made;
	o->gone += made * w->a / (w->a + w->b + m - 1);
	return made;
}

/* How the trust falls over n more purchases, where m is large. */
static double trust_fades(const struct outcome *o, double n)
{
	double a = o->w->b + o->m - 1;
	struct rise stayed = rise_of_large(a, n);
	struct rise all = rise_of_large(a + o->w->a, n);

	return exp(log_fading(a, o->w->a, n, &stayed, &all));
}

/*
 * Of how many purchases from the m-th on longsum_nodes() makes the sum: to
 * the poles at m = 0 and 1 - b it must be as far as it is long, and no longer
 * than two standard deviations of the number of purchases.
 */
static double smooth_for(const struct outcome *o)
{
	const struct pace *w = o->w;
	double odds = o->t / w->scale;
	double wide = 2 * sqrt(w->shape * odds * (1 + odds)) / w->k;

	return floor(fmin(wide, fmin(o->m - 1, o->m - 1 + w->b)));
}

static double make_many(struct outcome *o, double n)
{
	double at[LONGSUM_NODES], weight[LONGSUM_NODES], made = 0;

	longsum_nodes(n, at, weight);
	for (int i = 0; i < LONGSUM_NODES; i++)
		made += make(o, o->m + at[i], o->trust * trust_fades(o, at[i]),
			     weight[i]);
	o->trust *= trust_fades(o, n);
	o->m += n;
	return made;
}

static double make_one(struct outcome *o)
{
	double made = make(o, o->m, o->trust, 1);

	o->trust *= 1 - o->w->a / (o->w->a + o->w->b + o->m - 1);
	o->m++;
	return made;
}

/* Returns the purchases; *stay: the chance to be alive after t. */
static double purchases(const struct pace *w, int j, double t, double *stay)
{
	struct outcome o = { .w = w, .j = j, .t = t, .m = 1, .trust = 1 };
	double made;

	do {
		double n = smooth_for(&o);

		made = n >= LONGSUM_LEAST ? make_many(&o, n) : make_one(&o);
	} while (made > NEGLIGIBLE * o.sum);
	*stay = 1 - o.gone;
	return o.sum;
}

/* Of one who is alive at T with j stages passed. */
static struct pace pace_of(const double *p, const struct buyer *b, int j)
{
	return (struct pace){ p[R] + p[K] * b->x + j, p[ALPHA] + b->T, p[A],
			      p[B] + b->x + 1, (int)p[K] };
}

/* Of one who is alive at T: over the stages he may have passed. */
static double outlook(const double *p, const struct buyer *b, double t,
		      double *stay)
{
	struct stages s = stages_of(p, b->x, b->t_x, b->T);
	double sum = 0;

	*stay = 0;
	for (int j = 0; j < (int)p[K]; j++) {
		const struct pace w = pace_of(p, b, j);
		double weight = s.weight[j] / s.total, then;

		sum += weight * purchases(&w, j, t, &then);
		*stay += weight * then;
	}
	return sum;
}

double mbgcnbd_if_alive(const double *p, const struct buyer *b, double t)
{
	double stay;

	return t > 0 ? outlook(p, b, t, &stay) : 0;
}

double mbgcnbd_stay(const double *p, const struct buyer *b, double t)
{
	double stay = 1;

	if (t > 0)
		outlook(p, b, t, &stay);
	return stay;
}

/* P(at least m purchases in t), alive at T with j stages passed: nobody left
 * at the m - 1 before. */
static double later_at_least(const struct pace *w, int j, double m, double t)
{
	if (m == 0)
		return 1;
	return exp(log_rising(w->b, m - 1) - log_rising(w->a + w->b, m - 1)) *
	       reached(w, m * w->k - j, t);
}

double mbgcnbd_later(const double *p, const struct buyer *b, double y,
		     double t)
{
	struct stages s = stages_of(p, b->x, b->t_x, b->T);
	double sum = 0;

	for (int j = 0; j < (int)p[K]; j++) {
		const struct pace w = pace_of(p, b, j);

		sum += s.weight[j] / s.total *
		       (later_at_least(&w, j, y, t) -
			later_at_least(&w, j, y + 1, t));
	}
	return sum;
}

double mbgcnbd_new(const double *p, double t)
{
	const struct pace w = { p[R], p[ALPHA], p[A], p[B] + 1, (int)p[K] };
	double stay;

	return t > 0 ? p[B] / (p[A] + p[B]) * purchases(&w, 0, t, &stay) : 0;
}

double mbgcnbd_bend(const double *p, double T)
{
	return p[ALPHA] + T;
}

/* P(X(t) >= m): m k stages passed, nobody left at the m purchases before. */
static double at_least(const double *p, double m, double t)
{
	const struct pace w = { p[R], p[ALPHA], p[A], p[B], (int)p[K] };

	if (m == 0)
		return 1;
	return exp(log_rising(p[B], m) - log_rising(p[A] + p[B], m)) *
	       reached(&w, m * p[K], t);
}

double mbgcnbd_pmf(const double *p, double x, double t)
{
	return at_least(p, x, t) - at_least(p, x + 1, t);
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return mbgcnbd_loglik(p, data, gradient);
}

/* For a given k. */
static struct fit fit_k(const struct histories *h, int k)
{
	static const char *const name[] = { "r", "alpha", "a", "b", "k" };
	/* alpha = k r is a mean rate as if nobody ever left. */
	static const double start[][FIT_PARAMETERS] = {
		{ 0.5, 0.5, 0.8, 2.5 },
		{ 1, 0.7, 0.5, 4 },
		{ 4, 3, 1, 3 },
		{ 0.15, 0.05, 0.3, 0.6 },
	};
	struct fit_problem problem = {
		.model = "mbgcnbd",
		.name = name,
		.n = 4,
		.given = 1,
		.is = { k },
		.scale = { 1, h->time / h->purchases / k, 1, 1 },
		.start = start,
		.starts = NELEMS(start),
		.loglik = loglik,
	};

	return fit_histories(&problem, h);
}

struct fit mbgcnbd_fit(const struct histories *h)
{
	struct fit best = fit_k(h, 1);

	if (best.state == FIT_REFUSED)
		return best;
	if (!isfinite(h->log_gaps)) {
		best.state = FIT_REFUSED;
		best.refusal = "without the gaps between purchases (the "
			       "column log_gaps) no k can be told from "
			       "another";
		return best;
	}
	for (int k = 2; k <= MBGCNBD_K_MAX; k++) {
		struct fit f = fit_k(h, k);

		if (f.state == FIT_REFUSED || f.loglik <= best.loglik)
			break;
		best = f;
	}
	return best;
}
