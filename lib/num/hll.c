/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HyperLogLog: joining and estimating. */
#include "num/hll.h"

#include <math.h>
#include <stddef.h>

/* The highest rank: all bits of the hash below the register's are zero. */
#define RANK_MAX (64 - HLL_BITS + 1)

void hll_join(struct hll *h, const struct hll *from)
{
	for (size_t i = 0; i < HLL_REGISTERS; i++)
		if (from->rank[i] > h->rank[i])
			h->rank[i] = from->rank[i];
}

/* Ertl's sigma: x + sum over k of x^(2^k) 2^(k-1). */
static double sigma(double x)
{
	double y = 1, z = x, before;

	if (x >= 1)
		return INFINITY;
	do {
		x *= x;
		before = z;
		z += x * y;
		y += y;
	} while (z > before);
	return z;
}

/* Ertl's tau: (1 - x - sum over k of (1 - x^(2^-k))^2 2^-k) / 3. */
static double tau(double x)
{
	double y = 1, z = 1 - x, before;

	if (x <= 0 || x >= 1)
		return 0;
	do {
		x = sqrt(x);
		before = z;
		y *= 0.5;
		z -= (1 - x) * (1 - x) * y;
	} while (z < before);
	return z / 3;
}

double hll_estimate(const struct hll *h)
{
	double count[RANK_MAX + 1] = { 0 };
	const double m = HLL_REGISTERS;
	double z;

	for (size_t i = 0; i < HLL_REGISTERS; i++)
		count[h->rank[i]]++;
	z = m * tau(1 - count[RANK_MAX] / m);
	for (int k = RANK_MAX - 1; k >= 1; k--)
		z = 0.5 * (z + count[k]);
	z += m * sigma(count[0] / m);
	return m * m / (2 * M_LN2 * z);
}
