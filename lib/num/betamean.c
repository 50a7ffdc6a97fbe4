/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean over a Beta distribution by the trapezoidal rule on the logit. */
#include <math.h>

#include "num/betamean.h"

#define STEP_MAX 0.25		/* e^(-pi^2 / STEP_MAX) is below 1e-17 */
#define LOGIT_LOW (-60.0)	/* p < 1e-26: f(p) is f(0) */
#define LOGIT_HIGH 40.0		/* 1 - p < 1e-17: f(p) is f(1) */
#define DROP 46.0		/* weights below e^-46 of the mode's: 0 */

struct walk {
	double a, b, mode;	/* the Beta's; logit of its mode */
	double log_mode;	/* log weight there */
	double (*f)(double p, void *ctx);
	void *ctx;
	double weights, values;	/* sums so far */
};

/* p^a (1 - p)^b, the density over the logit less a constant */
static double log_weight(const struct walk *w, double y)
{
	double rest = log1p(exp(-fabs(y)));

	return y < 0 ? w->a * (y - rest) - w->b * rest
		     : -w->a * rest - w->b * (y + rest);
}

static double add_node(struct walk *w, double y)
{
	double p = 1 / (1 + exp(-y));
	double weight = exp(log_weight(w, y) - w->log_mode);

	w->weights += weight;
	w->values += weight * w->f(p, w->ctx);
	return weight;
}

/*
 * From the mode outwards; past `end` every further node weighs e^(-rate h) of
 * the one before and f stays what it is.
 */
static void walk_side(struct walk *w, double h, double end, double rate)
{
	double weight = 1, y = w->mode;

	for (int k = 1; weight > exp(-DROP); k++) {
		y = w->mode + k * h;
		weight = add_node(w, y);
		if (h < 0 ? y < end : y > end)
			break;
	}
	double tail = weight / expm1(rate * fabs(h));

	w->weights += tail;
	w->values += tail * w->f(1 / (1 + exp(-y)), w->ctx);
}

double beta_mean(double a, double b, double (*f)(double p, void *ctx),
		 void *ctx)
{
	struct walk w = { .a = a, .b = b, .mode = log(a / b), .f = f,
			  .ctx = ctx };
	double h = fmin(STEP_MAX, sqrt(1 / a + 1 / b) / 2);

	w.log_mode = log_weight(&w, w.mode);
	add_node(&w, w.mode);
	walk_side(&w, -h, LOGIT_LOW, a);
	walk_side(&w, h, LOGIT_HIGH, b);
	return w.values / w.weights;
}
