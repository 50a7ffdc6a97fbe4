/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Long sums of a smooth function by a few of its values: Gauss's rule for the
 * whole numbers 0 .. n-1, each weighing 1, whose orthogonal polynomials are
 * those of Gram (Gautschi, Orthogonal Polynomials: Computation and
 * Approximation, 2004, table 1.2).
 */
#ifndef NUM_LONGSUM_H
#define NUM_LONGSUM_H

#define LONGSUM_NODES 10
#define LONGSUM_LEAST 64	/* n: fewer terms are added as they are */

#define LONGSUM_FALL 5.0	/* f may fall to e^-5 of itself */

/*
 * sum_{i<n} f(i) = sum_k weight[k] f(at[k]) for every polynomial of degree 19
 * or less, n whole and not below LONGSUM_LEAST. at[] (LONGSUM_NODES of them,
 * within 0 .. n-1, ascending) is not whole. Where f has no singularity nearer
 * to 0 .. n-1 than n before or behind it, and falls to no less than
 * e^-LONGSUM_FALL of itself, the relative error is below 1e-13.
 */
void longsum_nodes(double n, double *at, double *weight);

#endif
