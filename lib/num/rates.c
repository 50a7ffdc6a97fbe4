/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Intervals and the comparison of counts. Without GSL, which a program that
 * handles single complaints should not have to load: one probability by
 * Loader's way (Fast and accurate computation of binomial probabilities,
 * 2000), and from it a tail term by term, away from the mode.
 */
#include <math.h>

#include "num/rates.h"

/* Two outcomes as likely as each other may differ in the last digits. */
#define AS_LIKELY (1 + 1e-7)
#define NO_MORE 1e-18		/* of a sum: terms that no longer matter */
#define TAIL 0.025

/* What Stirling's formula leaves of ln x!, x >= 1; from 16 on the series has
 * 16 digits. */
static double stirling_error(double x)
{
	double y = 1 / (x * x);

	if (x < 16)
		return lgamma(x + 1) - (x + 0.5) * log(x) + x -
		       log(2 * M_PI) / 2;
	return (1. / 12 -
		(1. / 360 - (1. / 1260 - (1. / 1680 - y / 1188) * y) * y) * y) /
	       x;
}

/* x ln(x / m) + m - x, x > 0: near m by the series of ln((1 + v) / (1 - v)),
 * v = (x - m) / (x + m). */
static double deviance(double x, double m)
{
	double v = (x - m) / (x + m), term = 2 * x * v;
	double sum = (x - m) * v, before;

	if (fabs(v) >= 0.1)
		return x * log(x / m) + m - x;
	for (int j = 1; j < 100; j++) {
		before = sum;
		term *= v * v;
		sum += term / (2 * j + 1);
		if (sum == before)
			break;
	}
	return sum;
}

/* x of n, each with p, q = 1 - p */
static double binomial(double x, double n, double p)
{
	double rest = n - x;

	if (x == 0)
		return exp(n * log1p(-p));
	if (rest == 0)
		return exp(n * log(p));
	return sqrt(n / (2 * M_PI * x * rest)) *
	       exp(stirling_error(n) - stirling_error(x) -
		   stirling_error(rest) - deviance(x, n * p) -
		   deviance(rest, n * (1 - p)));
}

/* P(X <= x), x below the mean: terms fall from x down. */
static double binomial_below(double x, double n, double p)
{
	double term = binomial(x, n, p), sum = 0;

	for (; x >= 0 && term > sum * NO_MORE; x--) {
		sum += term;
		term *= x / (n - x + 1) * (1 - p) / p;
	}
	return sum;
}

static double poisson(double x, double mean)
{
	if (x == 0)
		return exp(-mean);
	return exp(-stirling_error(x) - deviance(x, mean)) /
	       sqrt(2 * M_PI * x);
}

/* P(X <= x) for a mean above x, P(X >= x) for one below: away from it. */
static double poisson_tail(double x, double mean)
{
	double term = poisson(x, mean), sum = 0;

	if (x < mean) {
		for (; x >= 0 && term > sum * NO_MORE; x--) {
			sum += term;
			term *= x / mean;
		}
		return sum;
	}
	for (; term > sum * NO_MORE; x++) {
		sum += term;
		term *= mean / (x + 1);
	}
	return sum;
}

struct rates_interval rates_share_of(double p, double n)
{
	double z2 = RATES_Z * RATES_Z / n, middle = p + z2 / 2;
	double half = sqrt(p * (1 - p) * z2 + z2 * z2 / 4);

	/* At the ends the formula is 0 or 1 but for rounding. */
	return (struct rates_interval){
		p <= 0 ? 0 : (middle - half) / (1 + z2),
		p >= 1 ? 1 : (middle + half) / (1 + z2),
	};
}

struct rates_interval rates_share(uint64_t x, uint64_t n)
{
	if (n == 0)
		return (struct rates_interval){ NAN, NAN };
	return rates_share_of((double)x / (double)n, (double)n);
}

/* The mean between `near` (x itself) and `far` at which the tail is TAIL. */
static double limit_of(double x, double near, double far)
{
	for (int i = 0; i < 200; i++) {
		double middle = near + (far - near) / 2;

		if (middle == near || middle == far)
			break;
		if (poisson_tail(x, middle) > TAIL)
			near = middle;
		else
			far = middle;
	}
	return near;
}

struct rates_interval rates_count(uint64_t x)
{
	double n = (double)x, reach = 4 * sqrt(n) + 8;

	return (struct rates_interval){
		x == 0 ? 0 : limit_of(n, n, fmax(0, n - reach)),
		limit_of(n, nextafter(n, INFINITY), n + reach),
	};
}

/* How many outcomes of n, n - 1, ... down to the mean are no likelier than
 * `limit`: they get ever likelier. */
static double rare(double n, double p, double limit)
{
	double low = 0, high = n - ceil(n * p) + 1;

	while (low < high) {
		double middle = floor((low + high) / 2);

		if (binomial(n - middle, n, p) <= limit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Two-sided, x below the mean. */
static double binomial_test(double x, double n, double p)
{
	double others = rare(n, p, binomial(x, n, p) * AS_LIKELY);
	double below = binomial_below(x, n, p);

	/* P(X > n - others) is P(Y < others) of those that did not. */
	if (others > 0)
		below += binomial_below(others - 1, n, 1 - p);
	return below;
}

double rates_compare(uint64_t x1, double t1, uint64_t x2, double t2)
{
	double p = t1 / (t1 + t2), n = (double)x1 + (double)x2, x = (double)x1;

	if (n > INT32_MAX)
		return NAN;
	if (x == n * p)
		return 1;
	if (x > n * p) {
		x = (double)x2;
		p = t2 / (t1 + t2);
	}
	return fmin(1, binomial_test(x, n, p));
}
