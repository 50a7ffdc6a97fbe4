/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms of customer value. */
#include <math.h>

#include "model/retain.h"
#include "model/sbg.h"

#define NEGLIGIBLE 1e-16
#define TERMS 10000000.0

void retain_sbg(const struct retain_churn *c, double parameter[2])
{
	double both = 1 / c->polarisation - 1;

	parameter[SBG_ALPHA] = c->rate * both;
	parameter[SBG_BETA] = (1 - c->rate) * both;
}

/* sum of q^t, t = 0 .. n - 1 */
static double geometric(double q, double n)
{
	if (q == 1)
		return n;
	return isinf(n) ? (q < 1 ? 1 / (1 - q) : INFINITY)
			: -expm1(n * log(q)) / (1 - q);
}

/* sum of S(t) q^t, t = from .. from + n - 1; S falls as t^-alpha. */
static double mixed(const double *p, double q, double from, double n)
{
	double term = from > 0 ? q * sbg_retention(p, 1) : 1, sum = 0;

	/* for ever without a discount: the mean of a beta-geometric */
	if (isinf(n) && q == 1)
		return p[SBG_ALPHA] > 1 ?
			       (p[SBG_ALPHA] + p[SBG_BETA] - 1) /
					       (p[SBG_ALPHA] - 1) - from :
			       INFINITY;
	if (isinf(n) && q > 1)
		return INFINITY;
	for (double t = from; t < from + n; t++) {
		sum += term;
		if (q < 1 && term < NEGLIGIBLE * (1 - q) * sum)
			break;
		if (t > TERMS)
			return NAN;
		term *= q * sbg_retention(p, t + 1);
	}
	return sum;
}

/* The same of a margin that grows: q is what a margin a period later counts
 * if the customer is there. */
static double multiple(const struct retain_churn *c, double q,
		       enum retain_timing timing, double periods)
{
	double p[2], value;

	if (c->polarisation > 0) {
		retain_sbg(c, p);
		value = mixed(p, q, timing == RETAIN_END, periods);
	} else {
		q *= 1 - c->rate;
		value = geometric(q, periods) * (timing == RETAIN_END ? q : 1);
	}
	return isfinite(value) ? value : NAN;
}

double retain_multiple(const struct retain_churn *c, double i,
		       enum retain_timing timing, double periods)
{
	return multiple(c, 1 / (1 + i), timing, periods);
}

struct retain_result retain_compare(const struct retain_case *c)
{
	double q = 1 / (1 + c->discount), grown = q * (1 + c->growth);
	double before = c->margin *
			multiple(&c->before, grown, c->timing, c->periods);
	double after = c->margin *
		       multiple(&c->after, grown, c->timing, c->periods);
	/* what one unit of the programme's cost comes to */
	double cost = c->yearly ? multiple(&c->after, q, c->timing,
					   c->periods) : 1;

	return (struct retain_result){
		.stay_before = retain_multiple(&c->before, 0, RETAIN_START,
					       INFINITY),
		.stay_after = retain_multiple(&c->after, 0, RETAIN_START,
					      INFINITY),
		.before = before - c->acquisition,
		.after = after - c->acquisition - c->programme * cost,
		.break_even = (after - before) / cost,
	};
}
