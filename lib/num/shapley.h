/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Shapley value: what each of n players adds to a result that they bring
 * about together, on the average of all orders in which they may come in
 * (L. S. Shapley, A value for n-person games, 1953):
 *
 *	phi_i = sum over sets S without i of
 *		|S|! (n - 1 - |S|)! / n! * (v(S and i) - v(S))
 *
 * The phi_i add up to v(all) - v(none), but for the rounding of the sums;
 * players that do the same get the same, one that changes nothing gets 0. As
 * a decomposition of the change of a product it shares what several factors
 * do jointly equally among them (J. W. Sun, Changes in energy consumption and
 * energy intensity: a complete decomposition model, 1998), and needs no
 * logarithm, so that factors may be 0 or negative.
 */
#ifndef NUM_SHAPLEY_H
#define NUM_SHAPLEY_H

#include <stddef.h>

#define SHAPLEY_MAX 12

/* v of the set of players whose bits are 1; asked once for each set. */
typedef long double shapley_game(unsigned set, const void *ctx);

/* 1 <= n <= SHAPLEY_MAX; phi has n elements. Costs 2^n calls of v. */
void shapley(size_t n, shapley_game *v, const void *ctx, long double *phi);

#endif
