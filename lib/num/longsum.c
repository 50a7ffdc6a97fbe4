/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gauss's rule for sums over whole numbers. */
#include <math.h>

#include "num/longsum.h"

enum { NODES = LONGSUM_NODES, HALF = NODES / 2, NEWTON_STEPS = 12 };

#define NEARLY 1e-8	/* one step of Newton more is exact */

/* (y p_k - root[k] p_(k-1)) over[k+1] = p_(k+1), see polynomials(). */
struct recurrence {
	double root[NODES + 1], over[NODES + 1];
};

static struct recurrence recurrence_of(double n)
{
	struct recurrence r = { .root = { 0 } };

	for (int k = 1; k <= NODES; k++) {
		r.root[k] = k * sqrt((1 - k * k / (n * n)) / (4 * k * k - 1));
		r.over[k] = 1 / r.root[k];
	}
	return r;
}

/*
 * The orthonormal polynomials p_0 .. p_NODES at y, the whole numbers being
 * stretched over -1 .. 1 and weighing 1 together. Returns p_NODES over its
 * slope; *squares becomes the sum of the squares of the others.
 */
static double polynomials(const struct recurrence *r, double y,
			  double *squares)
{
	double p = 1, before = 0, slope = 0, slope_before = 0;

	*squares = 0;
	for (int k = 0; k < NODES; k++) {
		double next = (y * p - r->root[k] * before) * r->over[k + 1];
		double slope_next = (p + y * slope - r->root[k] * slope_before)
				    * r->over[k + 1];

		*squares += p * p;
		before = p;
		slope_before = slope;
		p = next;
		slope = slope_next;
	}
	return p / slope;
}

void longsum_nodes(double n, double *at, double *weight)
{
	const struct recurrence r = recurrence_of(n);

	for (int j = 0; j < HALF; j++) {
		/* near that of Legendre, to which it comes as n grows */
		double y = cos(M_PI * (j + 0.75) / (NODES + 0.5));
		double squares, off = 1;

		for (int i = 0; i < NEWTON_STEPS && fabs(off) > NEARLY; i++) {
			off = polynomials(&r, y, &squares);
			y -= off;
		}
		polynomials(&r, y, &squares);
		at[j] = (n - 1 - n * y) / 2;
		at[NODES - 1 - j] = (n - 1 + n * y) / 2;
		weight[j] = weight[NODES - 1 - j] = n / squares;
	}
}
