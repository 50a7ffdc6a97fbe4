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
