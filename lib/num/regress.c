/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of R squared from correlations. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_eigen.h>

#include "base/mem.h"
#include "num/regress.h"
#include "num/shapley.h"

/*
 * Cholesky's decomposition of the correlations of the chosen variables,
 * bordered by those with the other: each new row's part that the rows before
 * leave is what it explains more.
 */
static double r2_of(size_t p, const double *among, const double *with,
		    const size_t *chosen, size_t n)
{
	double low[REGRESS_MAX][REGRESS_MAX], border[REGRESS_MAX], sum = 0;

	for (size_t i = 0; i < n; i++) {
		const double *row = among + chosen[i] * p;
		double left = row[chosen[i]], other = with[chosen[i]];

		for (size_t k = 0; k < i; k++) {
			double v = row[chosen[k]];

			for (size_t j = 0; j < k; j++)
				v -= low[i][j] * low[k][j];
			low[i][k] = low[k][k] > 0 ? v / low[k][k] : 0;
			left -= low[i][k] * low[i][k];
			other -= low[i][k] * border[k];
		}
		low[i][i] = left > REGRESS_TOLERANCE ? sqrt(left) : 0;
		border[i] = low[i][i] > 0 ? other / low[i][i] : 0;
		sum += border[i] * border[i];
	}
	return fmin(sum, 1);
}

double regress_r2(size_t p, const double *among, const double *with,
		  unsigned set)
{
	size_t chosen[REGRESS_MAX], n = 0;

	for (size_t i = 0; i < p; i++)
		if (set >> i & 1)
			chosen[n++] = i;
	return r2_of(p, among, with, chosen, n);
}

struct game {
	size_t p;
	const double *among, *with;
};

static long double value(unsigned set, const void *ctx)
{
	const struct game *g = ctx;

	return regress_r2(g->p, g->among, g->with, set);
}

void regress_shapley(size_t p, const double *among, const double *with,
		     double *share)
{
	const struct game g = { p, among, with };
	long double phi[SHAPLEY_MAX];

	shapley(p, value, &g, phi);
	for (size_t i = 0; i < p; i++)
		share[i] = (double)phi[i];
}

/* Eigenvalues and eigenvectors (columns of q) of a symmetric matrix. */
static void decompose(size_t p, const double *among, gsl_vector *values,
		      gsl_matrix *q)
{
	gsl_eigen_symmv_workspace *room = mem_need(gsl_eigen_symmv_alloc(p));
	gsl_matrix *m = mem_need(gsl_matrix_alloc(p, p));

	memcpy(m->data, among, p * p * sizeof(*among));
	gsl_eigen_symmv(m, values, q, room);
	gsl_matrix_free(m);
	gsl_eigen_symmv_free(room);
}

/* sum over m of q[j][m] q[k][m] f(value m), for every j and k. */
static double spread(const gsl_vector *values, const gsl_matrix *q, size_t j,
		     size_t k, double power)
{
	double sum = 0;

	for (size_t m = 0; m < values->size; m++) {
		double v = gsl_vector_get(values, m);

		if (v > REGRESS_TOLERANCE)
			sum += gsl_matrix_get(q, j, m) *
			       gsl_matrix_get(q, k, m) * pow(v, power);
	}
	return sum;
}

double regress_relative(size_t p, const double *among, const double *with,
			double *share)
{
	gsl_vector *values = mem_need(gsl_vector_alloc(p));
	gsl_matrix *q = mem_need(gsl_matrix_alloc(p, p));
	double b[REGRESS_MAX], least, most;

	decompose(p, among, values, q);
	for (size_t k = 0; k < p; k++) {
		b[k] = 0;
		for (size_t j = 0; j < p; j++)
			b[k] += spread(values, q, k, j, -0.5) * with[j];
	}
	for (size_t j = 0; j < p; j++) {
		share[j] = 0;
		for (size_t k = 0; k < p; k++) {
			double l = spread(values, q, j, k, 0.5);

			share[j] += l * l * b[k] * b[k];
		}
	}
	gsl_vector_minmax(values, &least, &most);
	gsl_matrix_free(q);
	gsl_vector_free(values);
	return least > REGRESS_TOLERANCE ? sqrt(most / least) : INFINITY;
}

void regress_inflation(size_t p, const double *among, double *vif)
{
	size_t others[REGRESS_MAX];

	for (size_t i = 0; i < p; i++) {
		size_t n = 0;
		double left;

		for (size_t k = 0; k < p; k++)
			if (k != i)
				others[n++] = k;
		left = 1 - r2_of(p, among, among + i * p, others, n);
		vif[i] = left > REGRESS_TOLERANCE ? 1 / left : INFINITY;
	}
}
