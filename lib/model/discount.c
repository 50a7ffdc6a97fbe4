/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discounted sums of a growing expectation. */
#include <math.h>

#include <gsl/gsl_integration.h>

#include "base/mem.h"
#include "model/discount.h"

enum { POINTS = 20 };	/* in a panel of at most PANEL */

#define PANEL 1.5
#define FOR_EVER 45.0	/* e^-45 of a purchase is none */

static double by_steps(const struct discount *d,
		       double (*expected)(double t, void *ctx), void *ctx)
{
	double value = 0, before = 0;

	double end = fmin(d->horizon, FOR_EVER / d->rate);

	for (double i = 1;; i++) {
		double t = fmin(i * d->step, end);
		double now = expected(t, ctx);

		value += (now - before) * exp(-d->rate * t);
		if (t >= end)
			return value;
		before = now;
	}
}

/* int e^(-rate t) E(t) dt over a panel of v = ln(1 + t / scale) */
static double panel(const struct discount *d, double scale, double from,
		    double to, const gsl_integration_glfixed_table *table,
		    double (*expected)(double t, void *ctx), void *ctx)
{
	double integral = 0;

	for (size_t i = 0; i < POINTS; i++) {
		double v, weight;

		gsl_integration_glfixed_point(from, to, i, &v, &weight,
					      table);
		double t = scale * expm1(v);

		integral += weight * scale * exp(v) * exp(-d->rate * t) *
			    expected(t, ctx);
	}
	return integral;
}

double discount_expected(const struct discount *d, double scale,
			 double (*expected)(double t, void *ctx), void *ctx)
{
	if (d->rate == 0)
		return expected(d->horizon, ctx);
	if (d->step > 0)
		return by_steps(d, expected, ctx);

	gsl_integration_glfixed_table *table =
		mem_need(gsl_integration_glfixed_table_alloc(POINTS));
	double end = fmin(d->horizon, FOR_EVER / d->rate), integral = 0;
	double length = log1p(end / scale), panels = ceil(length / PANEL);

	for (double k = 0; k < panels; k++)
		integral += panel(d, scale, length * k / panels,
				  length * (k + 1) / panels, table, expected,
				  ctx);
	gsl_integration_glfixed_table_free(table);
	return exp(-d->rate * end) * expected(end, ctx) + d->rate * integral;
}
