/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gini index, top shares and the Lorenz curve of a ranking. */
#include "model/concentration.h"

money_wide concentration_total(const struct ranked *r, size_t n)
{
	money_wide sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += r[i].value;
	return sum;
}

bool concentration_gini(const struct ranked *r, size_t n, double *gini)
{
	money_wide total = concentration_total(r, n), weighted = 0;

	if (n == 0 || total <= 0)
		return false;
	for (size_t k = 0; k < n; k++) {
		/* The k-th from the top is number n - k from below. */
		money_wide weight = 2 * (money_wide)(n - k) -
				    (money_wide)n - 1;

		weighted += weight * r[k].value;
	}
	*gini = (double)((long double)weighted /
			 ((long double)n * (long double)total));
	return true;
}

bool concentration_gini_sample(const struct ranked *r, size_t n, double *gini)
{
	if (n < 2 || !concentration_gini(r, n, gini))
		return false;
	*gini = *gini * (double)n / (double)(n - 1);
	return true;
}

/*
 * Twice the area of the Lorenz curve below the axis, times n and the whole:
 * the trapezes between points that are not above it, and the triangle up to
 * where the curve crosses it.
 */
static long double area_below(const struct ranked *r, size_t n)
{
	money_wide held = 0, area = 0;
	size_t k = n;

	while (k > 0 && held + r[k - 1].value <= 0) {
		area -= 2 * held + r[k - 1].value;
		held += r[k - 1].value;
		k--;
	}
	if (held == 0 || k == 0)
		return (long double)area;
	return (long double)area + (long double)held * (long double)held /
					   (long double)r[k - 1].value;
}

bool concentration_gini_normalised(const struct ranked *r, size_t n,
				   double *gini)
{
	long double whole = (long double)concentration_total(r, n);

	if (!concentration_gini(r, n, gini))
		return false;
	*gini = (double)((long double)*gini /
			 (1 + area_below(r, n) / ((long double)n * whole)));
	return true;
}

struct concentration_signs concentration_signs(const struct ranked *r,
					       size_t n)
{
	struct concentration_signs s = { 0 };

	for (size_t i = 0; i < n; i++) {
		s.zeros += r[i].value == 0;
		if (r[i].value >= 0)
			continue;
		s.negatives++;
		s.negative += r[i].value;
	}
	return s;
}

money_wide concentration_top(const struct ranked *r, size_t n, int64_t ppm)
{
	return concentration_total(r, rank_cut(n, ppm));
}

void concentration_curve(const struct ranked *r, size_t n, size_t steps,
			 size_t *customers, money_wide *value)
{
	money_wide sum = 0;
	size_t taken = 0;

	for (size_t k = 0; k <= steps; k++) {
		size_t upto = (n * k + steps - 1) / steps;

		for (; taken < upto; taken++)
			sum += r[n - 1 - taken].value;
		customers[k] = upto;
		value[k] = sum;
	}
}

static size_t positives(const struct ranked *r, size_t n)
{
	size_t i = 0;

	while (i < n && r[i].value > 0)
		i++;
	return i;
}

size_t concentration_whale(const struct ranked *r, size_t n, size_t steps,
			   size_t *customers, money_wide *value)
{
	const size_t peak = positives(r, n);
	money_wide sum = 0;
	size_t taken = 0, points = 0;

	for (size_t k = 0; k <= steps; k++) {
		size_t upto = (n * k + steps - 1) / steps;

		for (; taken < upto; taken++) {
			if (taken == peak && customers[points - 1] < peak) {
				customers[points] = peak;
				value[points++] = sum;
			}
			sum += r[taken].value;
		}
		if (points && customers[points - 1] == upto)
			continue;
		customers[points] = upto;
		value[points++] = sum;
	}
	return points;
}

size_t concentration_needed(const struct ranked *r, size_t n, int64_t ppm)
{
	const money_wide whole = concentration_total(r, n) * ppm;
	money_wide sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (sum * 1000000 >= whole)
			return i;
		sum += r[i].value;
	}
	return n;
}
