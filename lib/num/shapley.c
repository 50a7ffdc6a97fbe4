/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Shapley value by its definition over sets. */
#include "num/shapley.h"

/* weight[s] = s! (n - 1 - s)! / n! = 1 / (n * C(n - 1, s)) */
static void fill_weights(size_t n, long double *weight)
{
	long double choose = 1;

	for (size_t s = 0; s < n; s++) {
		weight[s] = 1 / ((long double)n * choose);
		choose = choose * (long double)(n - 1 - s) /
			 (long double)(s + 1);
	}
}

void shapley(size_t n, shapley_game *v, const void *ctx, long double *phi)
{
	long double weight[SHAPLEY_MAX], value[1u << SHAPLEY_MAX] = {0};
	unsigned sets = 1u << n;

	fill_weights(n, weight);
	for (unsigned set = 0; set < sets; set++)
		value[set] = v(set, ctx);
	for (size_t i = 0; i < n; i++) {
		unsigned player = 1u << i;

		phi[i] = 0;
		for (unsigned set = 0; set < sets; set++)
			if (!(set & player))
				phi[i] += weight[__builtin_popcount(set)] *
					  (value[set | player] - value[set]);
	}
}
