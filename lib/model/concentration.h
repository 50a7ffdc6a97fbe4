/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of the whole a few hold: Gini index, top shares, Lorenz curve.
 * All arithmetic is exact until the last division.
 */
#ifndef MODEL_CONCENTRATION_H
#define MODEL_CONCENTRATION_H

#include "base/money.h"
#include "num/rank.h"

/*
 * Gini index, population form, of n ranked (descending) values:
 *
 *	G = sum over i of (2 i - n - 1) x_i / (n sum x),  x ascending, i = 1..n
 *
 * (Gini 1912; this form e.g. in Dixon et al., Ecology 68, 1987, eq. 2). With
 * negative values it may exceed 1. False when n is 0 or the sum not positive.
 */
bool concentration_gini(const struct ranked *, size_t n, double *gini);

/* Sample form, G n / (n - 1): the mean difference without that of each with
 * itself (Deltas, Review of Economics and Statistics 85, 2003). It is 1 when
 * one of n has everything. False for n < 2 as well. */
bool concentration_gini_sample(const struct ranked *, size_t n, double *gini);

/*
 * Normalised for negative values (Chen, Tsaur, Rhai, Oxford Economic Papers
 * 34, 1982, as mended by Berrebi and Silber, ibid. 37, 1985): between 0 and 1
 * also where some values are negative, and G itself where none is. G is twice
 * the area between the diagonal and the Lorenz curve; this is that area over
 * the one between the diagonal and what the curve would be if the positive
 * part were all one's: G / (1 + 2 A), A the area of the curve below the axis.
 */
bool concentration_gini_normalised(const struct ranked *, size_t n,
				   double *gini);

/* How many values are below zero, and zero; what the negative ones sum up
 * to. */
struct concentration_signs {
	size_t negatives, zeros;
	money_wide negative;
};

struct concentration_signs concentration_signs(const struct ranked *,
					       size_t n);

money_wide concentration_total(const struct ranked *, size_t n);
/* Value held by the first ceil(n * ppm / 1e6). */
money_wide concentration_top(const struct ranked *, size_t n, int64_t ppm);

/* Lorenz curve: value held by the poorest ceil(n * k / steps), k = 0..steps,
 * into value[steps + 1] and customers[steps + 1]. */
void concentration_curve(const struct ranked *, size_t n, size_t steps,
			 size_t *customers, money_wide *value);

/*
 * Whale curve: value held by the worthiest ceil(n * k / steps), k = 0..steps,
 * and by all whose value is positive, where it is highest, into value[steps +
 * 2] and customers[steps + 2], ascending, no number of customers twice.
 * Returns how many points there are.
 */
size_t concentration_whale(const struct ranked *, size_t n, size_t steps,
			   size_t *customers, money_wide *value);

/* The least number of customers that together hold ppm millionths of the
 * whole, which is positive; n when none do on the way. */
size_t concentration_needed(const struct ranked *, size_t n, int64_t ppm);

#endif
