/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each of several correlated variables explains of another, from their
 * correlations alone: p variables, their p x p correlations (row by row,
 * symmetric, ones on the diagonal) and the p correlations with the other.
 */
#ifndef NUM_REGRESS_H
#define NUM_REGRESS_H

#include <stddef.h>

#define REGRESS_MAX 64		/* variables */
/* A variable of which the others leave less than this part unexplained is
 * taken for a combination of them. */
#define REGRESS_TOLERANCE 1e-10

/*
 * R squared of the regression on the variables whose bits are 1, by Cholesky's
 * decomposition; a variable that those before it explain adds nothing.
 */
double regress_r2(size_t p, const double *among, const double *with,
		  unsigned set);

/*
 * Shapley's value of R squared (num/shapley.h; as a measure of importance:
 * Lindeman, Merenda and Gold, Introduction to Bivariate and Multivariate
 * Analysis, 1980, p. 119): what a variable adds, averaged over all orders. The
 * p values add up to R squared. p <= SHAPLEY_MAX.
 */
void regress_shapley(size_t p, const double *among, const double *with,
		     double *share);

/*
 * Johnson's relative weights (J. W. Johnson, A heuristic method for estimating
 * the relative weight of predictor variables in multiple regression,
 * Multivariate Behavioral Research 35 (2000) 1-19): with the eigenvalues and
 * eigenvectors of `among`, L = Q D^(1/2) Q', the regression of the other on
 * the nearest uncorrelated variables is b = L^-1 with, and
 *
 *	share[j] = sum over k of L[j][k]^2 b[k]^2
 *
 * They add up to R squared. Eigenvalues below REGRESS_TOLERANCE are left out
 * of L^-1, so variables that are combinations of others share what they
 * explain together. Returns the ratio of the largest to the smallest
 * eigenvalue's roots (the condition number); infinite when it is singular.
 */
double regress_relative(size_t p, const double *among, const double *with,
			double *share);

/*
 * Variance inflation: 1 / (1 - R squared) of each variable on the others,
 * infinite for a combination of them.
 */
void regress_inflation(size_t p, const double *among, double *vif);

#endif
