/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pareto/NBD, with the chance to be gone as an integral over its time. */
#include <math.h>

#include "base/mem.h"
#include "model/nbd.h"
#include "model/pnbd.h"
#include "num/special.h"

enum { R = PNBD_R, ALPHA = PNBD_ALPHA, S = PNBD_S, BETA = PNBD_BETA };

/*
 * Gauss-Legendre on 0..1, half of the nodes: the others are their mirror
 * images. (Abramowitz & Stegun, table 25.4, moved from -1..1.)
 */
struct rule {
	int half;
	double node[8], weight[8];
};

static const struct rule sixteen = {
	8,
	{ 0.00529953250417503370, 0.02771248846338371196,
	  0.06718439880608412805, 0.12229779582249848305,
	  0.19106187779867812577, 0.27099161117138630682,
	  0.35919822461037054338, 0.45249374508118127990 },
	{ 0.01357622970587704742, 0.03112676196932394643,
	  0.04757925584124639240, 0.06231448562776693602,
	  0.07479799440828836604, 0.08457825969750126909,
	  0.09130170752246179443, 0.09472530522753424814 },
};
static const struct rule eight = {
	4,
	{ 0.01985507175123188415, 0.10166676129318663020,
	  0.23723379504183550709, 0.40828267875217509753 },
	{ 0.05061426814518812957, 0.11119051722668723527,
	  0.15685332293894364366, 0.18134189168918099148 },
};

/* A panel is short enough for 16 nodes when the integrand falls by no more
 * than e^-PANEL_FALL in it, and away from the singularity that lies at
 * distance pi beside the line of v. */
#define PANEL_FALL 8.0
#define LEAVERS_LEAST 1e-17	/* share of a panel that ends a sum */
#define PANEL_LONGEST 2.5
/* And for 8 of them. */
#define SHORT_FALL 2.5
#define SHORT_LONGEST 1.0
#define NEGLIGIBLE 1e-17

/*
 * The times u at which a customer may have left, from `from` on, in
 * v = ln((c+u) / (c+from)), c the lesser of alpha and beta. The weight of u
 * per unit of v, less that at `from`, is
 *
 *	(c+u) (near+u)^-p (far+u)^-q,
 *
 * near and far being alpha and beta, the one that is c first.
 */
struct leaving {
	double near, far;	/* c + from, and the other + from */
	double p, q;		/* their powers */
	double length;		/* of v in all */
};

/* What is asked of the weights: sums over the nodes. */
struct gone {
	double total;
	double log_near;		/* of v */
	double log_far;			/* of ln((far+u)/(far+from)) */
	double per_near, per_far;	/* of 1 / (near+u), 1 / (far+u) */
};

/* How fast the weight falls at v; it falls ever faster. */
static double fall_at(const struct leaving *l, double v)
{
	double grown = l->near * exp(v);

	return l->p - 1 + l->q * grown / (grown + (l->far - l->near));
}

static double panel_length(const struct leaving *l, double v)
{
	double length = fmin(l->length - v, PANEL_LONGEST);
	double fall = fall_at(l, v + length);

	if (fall * length <= PANEL_FALL)
		return length;
	length = PANEL_FALL / fmax(fall_at(l, v), PANEL_FALL / PANEL_LONGEST);
	return fmin(fmin(length, l->length - v),
		    PANEL_FALL / fall_at(l, v + length));
}

static double add_node(const struct leaving *l, double v, double share,
		       struct gone *sum)
{
	double grown = expm1(v) * l->near;	/* u - from */
	double log_far = log1p(grown / l->far);
	double w = share * exp((1 - l->p) * v - l->q * log_far);

	sum->total += w;
	sum->log_near += w * v;
	sum->log_far += w * log_far;
	sum->per_near += w / (l->near + grown);
	sum->per_far += w / (l->far + grown);
	return w;
}

/* The sums over all nodes; total is the integral of the weight over u / near
 * less that at `from`. */
static struct gone leave(const struct leaving *l)
{
	struct gone sum = { 0 };
	double v = 0;

	while (v < l->length) {
		double length = panel_length(l, v), last = 0;
		const struct rule *r =
			length <= SHORT_LONGEST &&
					length * fall_at(l, v + length) <=
						SHORT_FALL ?
				&eight :
				&sixteen;

		for (int i = 0; i < r->half; i++) {
			double share = r->weight[i] * length;

			add_node(l, v + r->node[i] * length, share, &sum);
			last = add_node(l, v + (1 - r->node[i]) * length,
					share, &sum);
		}
		v += length;
		if (last <= NEGLIGIBLE * sum.total && fall_at(l, v) > 0)
			break;
	}
	return sum;
}

static struct leaving leaving_of(const double *p, double x, double from,
				 double to)
{
	double a = p[ALPHA] + from, b = p[BETA] + from;

	if (a <= b)
		return (struct leaving){ a, b, p[R] + x, p[S] + 1,
					 log1p((to - from) / a) };
	return (struct leaving){ b, a, p[S] + 1, p[R] + x,
				 log1p((to - from) / b) };
}

/* Logarithms that histories of the same T share. */
struct age {
	double T;
	double log_T;			/* ln(alpha+T) */
	double grown, grown_life;	/* ln((alpha+T)/alpha), of beta too */
};

static struct age age_of(const double *p, double T)
{
	return (struct age){ T, log(p[ALPHA] + T), log1p(T / p[ALPHA]),
			     log1p(T / p[BETA]) };
}

/* ln of the odds of gone to alive, given the total of leave(). */
static double log_odds(const double *p, double x, double t_x, double silence,
		       double silence_life, double near, double total)
{
	return log(p[S] / (p[BETA] + t_x)) + log(near * total) +
	       (p[R] + x) * silence + p[S] * silence_life;
}

static double add_history(const double *p, const struct history *h,
			  const struct age *age, struct sum *slope)
{
	double buying = p[R] + h->x, a = p[ALPHA] + h->t_x;
	double b = p[BETA] + h->t_x, gone = 0;
	double silence = log1p((h->T - h->t_x) / a);
	double silence_life = log1p((h->T - h->t_x) / b);
	struct leaving l = leaving_of(p, h->x, h->t_x, h->T);
	struct gone g = leave(&l);
	double value = -p[R] * age->grown - h->x * age->log_T -
		       p[S] * age->grown_life;

	if (g.total > 0)
		value += log_add(0, log_odds(p, h->x, h->t_x, silence,
					     silence_life, l.near, g.total),
				 &gone);
	if (!slope)
		return h->count * value;
	bool alpha_near = p[ALPHA] <= p[BETA];
	double each = g.total > 0 ? gone / g.total : 0, there = 1 - gone;
	double log_a = alpha_near ? g.log_near : g.log_far;
	double log_b = alpha_near ? g.log_far : g.log_near;
	double per_a = alpha_near ? g.per_near : g.per_far;
	double per_b = alpha_near ? g.per_far : g.per_near;

	sum_add(&slope[R], h->count * (gone * silence - each * log_a -
				       age->grown));
	sum_add(&slope[ALPHA],
		h->count * (p[R] / p[ALPHA] -
			    buying * (there / (p[ALPHA] + h->T) +
				      each * per_a)));
	sum_add(&slope[S],
		h->count * (gone * (1 / p[S] + silence_life) - each * log_b -
			    age->grown_life));
	sum_add(&slope[BETA],
		h->count * (p[S] / p[BETA] - there * p[S] / (p[BETA] + h->T) -
			    each * (p[S] + 1) * per_b));
	return h->count * value;
}

double pnbd_loglik(const double *p, const struct histories *h,
		   double *gradient)
{
	struct sum value = { 0 }, sums[4] = { { 0 } };
	struct sum *slope = gradient ? sums : NULL;
	struct age age = { .T = -1 };

	for (size_t i = 0; i < h->frequencies; i++) {
		const struct frequency *f = &h->frequency[i];

		sum_add(&value, f->count * log_rising(p[R], f->x));
		if (slope)
			sum_add(&slope[R],
				f->count * log_rising_slope(p[R], f->x));
	}
	for (size_t i = 0; i < h->n; i++) {
		/* Histories are in order of T: most share it. */
		if (h->at[i].T != age.T)
			age = age_of(p, h->at[i].T);
		sum_add(&value, add_history(p, &h->at[i], &age, slope));
	}
	for (size_t i = 0; gradient && i < 4; i++)
		gradient[i] = sum_value(&sums[i]);
	return sum_value(&value);
}

double pnbd_alive(const double *p, const struct buyer *b)
{
	struct leaving l = leaving_of(p, b->x, b->t_x, b->T);
	double total = leave(&l).total, quiet = b->T - b->t_x;

	if (!(total > 0))
		return 1;
	return 1 / (1 + exp(log_odds(p, b->x, b->t_x,
				     log1p(quiet / (p[ALPHA] + b->t_x)),
				     log1p(quiet / (p[BETA] + b->t_x)), l.near,
				     total)));
}

double pnbd_stay(const double *p, const struct buyer *b, double t)
{
	return exp(-p[S] * log1p(t / (p[BETA] + b->T)));
}

/* (1 - e^(-e q)) / e, also at e = 0, where it is q */
static double damped(double e, double q)
{
	return e == 0 ? q : -expm1(-e * q) / e;
}

double pnbd_new(const double *p, double t)
{
	return p[R] * p[BETA] / p[ALPHA] * damped(p[S] - 1,
						  log1p(t / p[BETA]));
}

/* Of one who is alive at T, with what is known of him. */
static void posterior_of(const double *p, const struct buyer *b,
			 double posterior[4])
{
	posterior[R] = p[R] + b->x;
	posterior[ALPHA] = p[ALPHA] + b->T;
	posterior[S] = p[S];
	posterior[BETA] = p[BETA] + b->T;
}

double pnbd_if_alive(const double *p, const struct buyer *b, double t)
{
	double posterior[4];

	posterior_of(p, b, posterior);
	return pnbd_new(posterior, t);
}

double pnbd_later(const double *p, const struct buyer *b, double y, double t)
{
	double posterior[4];

	posterior_of(p, b, posterior);
	return pnbd_pmf(posterior, y, t);
}

double pnbd_bend(const double *p, double T)
{
	return fmin(p[ALPHA], p[BETA]) + T;
}

/* Those who bought x times and left: an integral over the time u of leaving
 * in v = ln(1 + u / near). Its integrand is logarithmically concave, as
 * near = min(alpha, beta): it has one peak, and falls away from there ever
 * faster. */
struct leavers {
	const double *p;
	double x, near, length;		/* of a panel */
	double fixed;			/* what does not depend on u */
};

static double log_leaving(const struct leavers *l, double v)
{
	const double *p = l->p;
	double u = l->near * expm1(v);

	return l->fixed + v - p[R] * log1p(u / p[ALPHA]) +
	       (l->x > 0 ? l->x * log(u / (p[ALPHA] + u)) : 0) -
	       (p[S] + 1) * log1p(u / p[BETA]);
}

static double leaving_in(const struct leavers *l, double panel)
{
	double sum = 0;

	for (int i = 0; i < 16; i++) {
		int j = i < 8 ? i : 15 - i;
		double at = i < 8 ? sixteen.node[j] : 1 - sixteen.node[j];

		sum += sixteen.weight[j] *
		       exp(log_leaving(l, (panel + at) * l->length));
	}
	return sum * l->length;
}

/* The panel of the peak, out of so many. */
static double leaving_peak(const struct leavers *l, double panels)
{
	double low = 0, high = panels - 1;

	while (low < high) {
		double mid = floor((low + high) / 2);

		if (log_leaving(l, (mid + 0.5) * l->length) <
		    log_leaving(l, (mid + 1.5) * l->length))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

double pnbd_pmf(const double *p, double x, double t)
{
	double near = fmin(p[ALPHA], p[BETA]), end = log1p(t / near);
	/* how fast the integrand falls at the end, and nowhere faster */
	double fall = (near + t) * ((p[R] + x) / (p[ALPHA] + t) +
				    p[S] / (p[BETA] + t));
	double panels = ceil(end *
			     fmax(1 / PANEL_LONGEST, fall / PANEL_FALL));
	struct leavers l = { p, x, near, end / panels,
			     log_rising(p[R], x) - lgamma(x + 1) +
				     log(p[S] / p[BETA] * near) };

	if (!(t > 0))
		return x > 0 ? 0 : 1;
	double peak = leaving_peak(&l, panels), left = leaving_in(&l, peak);

	for (int way = -1; way <= 1; way += 2)
		for (double k = peak + way; k >= 0 && k < panels; k += way) {
			double more = leaving_in(&l, k);

			left += more;
			if (more <= LEAVERS_LEAST * left)
				break;
		}
	return left + exp(nbd_log_pmf(p[R], p[ALPHA], x, t) -
			  p[S] * log1p(t / p[BETA]));
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return pnbd_loglik(p, data, gradient);
}

struct fit pnbd_fit(const struct histories *h)
{
	static const char *const name[] = { "r", "alpha", "s", "beta" };
	/* alpha = r is a mean rate as if nobody ever left, beta = s a mean
	 * life as long as the mean observation. */
	static const double start[][FIT_PARAMETERS] = {
		{ 0.5, 0.5, 0.6, 0.6 },
		{ 1, 0.7, 1.5, 3 },
		{ 3, 2, 0.4, 0.2 },
		{ 0.2, 0.1, 0.5, 1 },
	};
	double pace = h->time / h->purchases;
	struct fit_problem problem = {
		.model = "pnbd",
		.name = name,
		.n = 4,
		.scale = { 1, pace, 1, h->time / h->customers },
		.start = start,
		.starts = NELEMS(start),
		.loglik = loglik,
	};

	return fit_histories(&problem, h);
}
