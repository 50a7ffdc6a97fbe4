/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures of what the trade claims of churn. */
#include "model/churnclaims.h"

#include <math.h>

#include "model/retain.h"
#include "num/rates.h"

#define POINTS 0.05 /* "loyalty up five points" */

static double churn_pct(double rate)
{
	return 100 * rate;
}

static double points_pct(double rate)
{
	const struct retain_case c = {
		.before = {rate, 0},
		.after = {rate - POINTS, 0},
		.margin = 1,
		.periods = INFINITY,
	};
	struct retain_result r = retain_compare(&c);

	return rate > POINTS ? 100 * (r.after / r.before - 1) : NAN;
}

/* Of a log that began within the year nobody knows who was there before. */
static double existing_pct(const struct churn *c)
{
	if (c->opening == 0 || c->income <= 0)
		return NAN;
	return 100 * (double)c->existing / (double)c->income;
}

/* The measures that follow from the rate alone. */
static const struct of_rate {
	const char *name;
	double (*of)(double rate);
} of_rate[] = {
	{"churn_pct", churn_pct},
	{"half_life_years", churn_half_life},
	{"points_pct", points_pct},
};

static struct churnclaims_own by_rate(double (*of)(double),
				      const struct churn *year)
{
	struct rates_interval i = rates_share(year->lost, year->opening);
	double a = of(i.low), b = of(i.high);
	bool known = isfinite(a) && isfinite(b);

	return (struct churnclaims_own){of(churn_rate(year)),
					known ? fmin(a, b) : NAN,
					known ? fmax(a, b) : NAN};
}

bool churnclaims_own(struct text measure, const struct churn *year,
		     double cost_ratio, struct churnclaims_own *own)
{
	*own = (struct churnclaims_own){NAN, NAN, NAN};
	for (size_t i = 0; i < sizeof(of_rate) / sizeof(of_rate[0]); i++)
		if (text_is(measure, of_rate[i].name)) {
			*own = by_rate(of_rate[i].of, year);
			return true;
		}
	if (text_is(measure, "cost_ratio"))
		own->value = cost_ratio;
	else if (text_is(measure, "existing_pct"))
		own->value = existing_pct(year);
	else
		return false;
	return true;
}
