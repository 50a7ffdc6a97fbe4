/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BG/BB: occasions instead of time. */
#include <math.h>

#include "base/mem.h"
#include "model/bgbb.h"
#include "num/longsum.h"
#include "num/special.h"

enum {
	ALPHA = BGBB_ALPHA,
	BETA = BGBB_BETA,
	GAMMA = BGBB_GAMMA,
	DELTA = BGBB_DELTA
};

#define NEGLIGIBLE 1e-20

bool bgbb_knows(const struct buyer *b)
{
	return buyer_is_sound(b) && floor(b->t_x) == b->t_x &&
	       floor(b->T) == b->T && b->x <= b->t_x;
}

bool bgbb_knows_all(const struct histories *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct history *at = &h->at[i];
		const struct buyer b = { at->x, at->t_x, at->T, 0 };

		if (!bgbb_knows(&b))
			return false;
	}
	return true;
}

/* A term of the likelihood, of one who lived through m occasions: its
 * logarithm and the derivatives of that. */
struct term {
	double log, slope[4];
};

/* B(alpha+x, beta+m-x) / B(alpha, beta) B(gamma, delta+m) / B(gamma, delta) */
static struct term lived(const double *p, double x, double m)
{
	double buying = log_rising_slope(p[ALPHA] + p[BETA], m);
	double staying = log_rising_slope(p[GAMMA] + p[DELTA], m);

	return (struct term){
		.log = log_rising(p[ALPHA], x) + log_rising(p[BETA], m - x) -
		       log_rising(p[ALPHA] + p[BETA], m) +
		       log_rising(p[DELTA], m) -
		       log_rising(p[GAMMA] + p[DELTA], m),
		.slope = { log_rising_slope(p[ALPHA], x) - buying,
			   log_rising_slope(p[BETA], m - x) - buying,
			   -staying,
			   log_rising_slope(p[DELTA], m) - staying },
	};
}

/* One occasion more, at which nothing was bought: brings the derivatives
 * there, and returns by what share the term falls. */
static double live_on(const double *p, double x, double m, struct term *t)
{
	double both = 1 / (p[ALPHA] + p[BETA] + m);
	double stay = 1 / (p[GAMMA] + p[DELTA] + m);

	t->slope[ALPHA] -= both;
	t->slope[BETA] += 1 / (p[BETA] + m - x) - both;
	t->slope[GAMMA] -= stay;
	t->slope[DELTA] += 1 / (p[DELTA] + m) - stay;
	return (p[BETA] + m - x) * both * ((p[DELTA] + m) * stay);
}

/* The same for k occasions, whole or not, where beta + m - x and delta + m
 * are large. */
static double live_long(const double *p, double x, double m, double k,
			struct term *t)
{
	double pass = p[BETA] + m - x, buy = p[ALPHA] + x;
	double stay = p[DELTA] + m, leave = p[GAMMA];
	struct rise passed = rise_of_large(pass, k);
	struct rise met = rise_of_large(pass + buy, k);
	struct rise stayed = rise_of_large(stay, k);
	struct rise there = rise_of_large(stay + leave, k);

	t->slope[ALPHA] -= met.slope;
	t->slope[BETA] += passed.slope - met.slope;
	t->slope[GAMMA] -= there.slope;
	t->slope[DELTA] += stayed.slope - there.slope;
	return exp(log_fading(pass, buy, k, &passed, &met) +
		   log_fading(stay, leave, k, &stayed, &there));
}

/* A sum of terms, and of their derivatives, each relative to e^top. */
struct mixture {
	double top, total, slope[4];
};

static void mix_in(struct mixture *m, double share, const double *slope)
{
	m->total += share;
	for (int i = 0; i < 4; i++)
		m->slope[i] += share * slope[i];
}

/* One who lived through m occasions and left before the next: beside one who
 * just lived through them he weighs gamma / (gamma + delta + m). */
static void mix_gone(struct mixture *all, const double *p, double m,
		     double share, const double *slope)
{
	double each = 1 / (p[GAMMA] + p[DELTA] + m);
	const double by[] = { slope[ALPHA], slope[BETA],
			      slope[GAMMA] + 1 / p[GAMMA] - each,
			      slope[DELTA] - each };

	mix_in(all, share * p[GAMMA] * each, by);
}

/* Over how many of the n - m occasions from m on the terms are so smooth that
 * longsum_nodes() adds them up. Each falls by less than the share (alpha + x)
 * / (beta + m - x) + gamma / (delta + m) of itself to the next. */
static double smooth_for(const double *p, double x, double m, double n)
{
	double pass = p[BETA] + m - x, stay = p[DELTA] + m;
	double near = fmin(fmin(pass, stay), n - m);

	if (near < LONGSUM_LEAST)
		return 0;
	return floor(fmin(near, LONGSUM_FALL /
				   ((p[ALPHA] + x) / pass + p[GAMMA] / stay)));
}

/* Those of k occasions who left before the next, at once. */
static void mix_gone_long(struct mixture *all, const double *p, double x,
			  double m, double k, double share,
			  const struct term *t)
{
	double at[LONGSUM_NODES], weight[LONGSUM_NODES];

	longsum_nodes(k, at, weight);
	for (int i = 0; i < LONGSUM_NODES; i++) {
		struct term there = *t;
		double left = live_long(p, x, m, at[i], &there);

		mix_gone(all, p, m + at[i], weight[i] * share * left,
			 there.slope);
	}
}

/* The whole likelihood; *alive: the share of those still there. All terms
 * from m on are together no more than the share of those who lived through m:
 * when that is negligible, so are they. */
static struct mixture likelihood(const double *p, double x, double t_x,
				 double n, double *alive)
{
	struct term t = lived(p, x, t_x);
	struct mixture all = { .top = t.log };
	double share = 1, m = t_x;

	while (m < n && share > NEGLIGIBLE * all.total) {
		double k = smooth_for(p, x, m, n);

		if (k >= LONGSUM_LEAST) {
			mix_gone_long(&all, p, x, m, k, share, &t);
			share *= live_long(p, x, m, k, &t);
			m += k;
		} else {
			mix_gone(&all, p, m, share, t.slope);
			share *= live_on(p, x, m, &t);
			m++;
		}
	}
	if (m < n)
		share = 0;
	mix_in(&all, share, t.slope);
	*alive = share / all.total;
	return all;
}

double bgbb_loglik(const double *p, const struct histories *h,
		   double *gradient)
{
	struct sum value = { 0 }, slope[4] = { { 0 } };

	for (size_t i = 0; i < h->n; i++) {
		const struct history *at = &h->at[i];
		double alive;
		struct mixture m =
			likelihood(p, at->x, at->t_x, at->T, &alive);

		sum_add(&value, at->count * (m.top + log(m.total)));
		for (int k = 0; k < 4; k++)
			sum_add(&slope[k], at->count * m.slope[k] / m.total);
	}
	for (int k = 0; gradient && k < 4; k++)
		gradient[k] = sum_value(&slope[k]);
	return sum_value(&value);
}

double bgbb_alive(const double *p, const struct buyer *b)
{
	double alive;

	likelihood(p, b->x, b->t_x, b->T, &alive);
	return alive;
}

double bgbb_stay(const double *p, const struct buyer *b, double t)
{
	double delta = p[DELTA] + b->T;

	return exp(log_rising(delta, floor(t)) -
		   log_rising(p[GAMMA] + delta, floor(t)));
}

/* Occasions out of t on which one with theta ~ Beta(gamma, delta) is alive. */
static double occasions(double gamma, double delta, double t)
{
	double stay = 1, sum = 0;

	for (double j = 0; j < floor(t); j++) {
		stay *= (delta + j) / (gamma + delta + j);
		sum += stay;
	}
	return sum;
}

double bgbb_new(const double *p, double t)
{
	return p[ALPHA] / (p[ALPHA] + p[BETA]) *
	       occasions(p[GAMMA], p[DELTA], t);
}

double bgbb_if_alive(const double *p, const struct buyer *b, double t)
{
	return (p[ALPHA] + b->x) / (p[ALPHA] + p[BETA] + b->T) *
	       occasions(p[GAMMA], p[DELTA] + b->T, t);
}

double bgbb_bend(const double *p, double T)
{
	return p[DELTA] + T;
}

/* C(m, x) times the chance of x purchases on m occasions in an order */
static double in_any_order(const struct term *t, double x, double m)
{
	return exp(t->log + lgamma(m + 1) - lgamma(x + 1) -
		   lgamma(m - x + 1));
}

double bgbb_pmf(const double *p, double x, double n)
{
	double sum = 0;

	if (x > n)
		return 0;
	struct term t = lived(p, x, x);

	for (double m = x; m < n; m++) {
		sum += in_any_order(&t, x, m) * p[GAMMA] /
		       (p[GAMMA] + p[DELTA] + m);
		t.log += log(live_on(p, x, m, &t));
	}
	return sum + in_any_order(&t, x, n);
}

double bgbb_later(const double *p, const struct buyer *b, double y, double t)
{
	const double posterior[] = { p[ALPHA] + b->x,
				     p[BETA] + b->T - b->x, p[GAMMA],
				     p[DELTA] + b->T };

	return bgbb_pmf(posterior, y, floor(t));
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return bgbb_loglik(p, data, gradient);
}

struct fit bgbb_fit(const struct histories *h)
{
	static const char *const name[] = { "alpha", "beta", "gamma",
					    "delta" };
	static const double start[][FIT_PARAMETERS] = {
		{ 1, 1, 0.5, 3 },
		{ 0.4, 1.5, 1, 1 },
		{ 3, 5, 2, 20 },
		{ 1, 0.5, 0.2, 0.5 },
	};
	struct fit_problem problem = {
		.model = "bgbb",
		.name = name,
		.n = 4,
		.scale = { 1, 1, 1, 1 },
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
