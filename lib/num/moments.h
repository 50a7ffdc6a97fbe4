/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums and sums of squares of exact decimals. They are kept as whole numbers,
 * one pair for each number of decimals that occurs, so that the result does
 * not depend on the order of the rows or on who added which; rounding happens
 * once, when a mean or a standard deviation is asked for.
 */
#ifndef NUM_MOMENTS_H
#define NUM_MOMENTS_H

#include "num/figure.h"

/* Of the figures with one exponent: units of 10^e. */
struct moments_part {
	int32_t e;
	__int128 sum;
	unsigned __int128 squares;	/* low 128 bits of 192 */
	uint64_t squares_high;
};

/* Zero bytes are valid and empty. */
struct moments {
	struct moments_part *part;
	size_t n, cap;
	uint64_t count;
};

void moments_add(struct moments *, struct figure, uint64_t times);
void moments_join(struct moments *, const struct moments *from);
void moments_release(struct moments *);

/* The exact sum in units of 10^-*decimals; false when it does not fit. */
bool moments_sum(const struct moments *, __int128 *units, int *decimals);
/* Both NAN for no figures at all, the deviation (n - 1 below) also for one:
 * sd^2 = (sum x^2 - (sum x)^2 / n) / (n - 1), reckoned in twice the digits of
 * a double from exact sums. Infinite when beyond a double. */
double moments_total(const struct moments *);
double moments_mean(const struct moments *);
double moments_variance(const struct moments *);

#endif
