/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discounted sums of a growing expectation. */
#include <math.h>

#include <gsl/gsl_integration.h>

#include "base/mem.h"
#include "model/discount.h"

enum { POINTS = 20 };

static double by_steps(const struct discount *d,
		       double (*expected)(double t, void *ctx), void *ctx)
{
	double value = 0, before = 0;

	for (double i = 1;; i++) {
		double t = fmin(i * d->step, d->horizon);
		double now = expected(t, ctx);

		value += (now - before) * exp(-d->rate * t);
		if (t >= d->horizon)
			return value;
		before = now;
	}
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
	double end = log1p(d->horizon / scale), integral = 0;

	for (size_t i = 0; i < POINTS; i++) {
		double v, weight;

		gsl_integration_glfixed_point(0, end, i, &v, &weight, table);
		double t = scale * expm1(v);

		integral += weight * scale * exp(v) * exp(-d->rate * t) *
			    expected(t, ctx);
	}
	gsl_integration_glfixed_table_free(table);
	return exp(-d->rate * d->horizon) * expected(d->horizon, ctx) +
	       d->rate * integral;
}
