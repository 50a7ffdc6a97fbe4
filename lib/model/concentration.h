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

money_wide concentration_total(const struct ranked *, size_t n);
/* Value held by the first ceil(n * ppm / 1e6). */
money_wide concentration_top(const struct ranked *, size_t n, int64_t ppm);

/* Lorenz curve: value held by the poorest ceil(n * k / steps), k = 0..steps,
 * into value[steps + 1] and customers[steps + 1]. */
void concentration_curve(const struct ranked *, size_t n, size_t steps,
			 size_t *customers, money_wide *value);

#endif
