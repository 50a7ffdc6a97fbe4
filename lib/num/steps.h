/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A distribution as steps: different values in ascending order, each with how
 * often it came. Quantiles of it, by rank in whole numbers.
 */
#ifndef NUM_STEPS_H
#define NUM_STEPS_H

#include "num/figure.h"

struct step {
	struct figure value;
	uint64_t count;
};

/* Sorts ascending and makes one of equal values; returns how many are left. */
size_t steps_sort(struct step *, size_t n);
uint64_t steps_total(const struct step *, size_t n);

#define STEPS_ONE 1000000	/* ppm of the whole */

/*
 * The ppm-th quantile, 0 <= ppm <= STEPS_ONE, of n > 0 steps whose counts add
 * up to total > 0. `between` false: the least value that at least that share
 * of the values do not exceed, rank ceil(total * p), or 1 (Hyndman and Fan,
 * "Sample quantiles in statistical packages", Am. Stat. 50 (1996) 361, type
 * 1); always one of the values. true: between the two values next to (total -
 * 1) p + 1 (their type 7, which R and spreadsheets use), exact, or with the
 * digits of a double where that has too many.
 */
struct figure steps_quantile(const struct step *, size_t n, uint64_t total,
			     int64_t ppm, bool between);

/* The figure nearest to v with so many decimals, fewer when the digits do not
 * fit. */
struct figure steps_near(double v, int decimals);

#endif
