/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of forecasts, and forecasts by rule of thumb. */
#include <math.h>

#include "model/forecast.h"

void forecast_add(struct forecast *f, double actual, double expected)
{
	double e = expected - actual;

	f->customers++;
	sum_add(&f->actual, actual);
	sum_add(&f->expected, expected);
	sum_add(&f->distance, fabs(e));
	sum_add(&f->square, e * e);
	sum_add(&f->aa, actual * actual);
	sum_add(&f->ee, expected * expected);
	sum_add(&f->ae, actual * expected);
}

double forecast_bias_pct(const struct forecast *f)
{
	double actual = sum_value(&f->actual);

	return actual > 0 ? 100 * (sum_value(&f->expected) - actual) / actual
			  : NAN;
}

double forecast_mae(const struct forecast *f)
{
	return sum_value(&f->distance) / f->customers;
}

double forecast_rmse(const struct forecast *f)
{
	return sqrt(sum_value(&f->square) / f->customers);
}

double forecast_correlation(const struct forecast *f)
{
	double a = sum_value(&f->actual), e = sum_value(&f->expected);
	double n = f->customers;
	double va = n * sum_value(&f->aa) - a * a;
	double ve = n * sum_value(&f->ee) - e * e;

	/* of equal values the difference is rounding at most */
	if (!(va > 1e-12 * a * a) || !(ve > 1e-12 * e * e))
		return NAN;
	return (n * sum_value(&f->ae) - a * e) / sqrt(va * ve);
}

const char *forecast_rule_name(enum forecast_rule r)
{
	static const char *const names[] = { "mean", "rate", "hiatus" };

	return names[r];
}

double forecast_by_rule(enum forecast_rule r, const struct buyer *b,
			double rate, double hiatus, double t)
{
	if (r == FORECAST_MEAN)
		return rate * t;
	if (!(b->T > 0) || (r == FORECAST_HIATUS && b->T - b->t_x > hiatus))
		return 0;
	return b->x / b->T * t;
}
