/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effect sizes. */
#include "num/effect.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/special.h"

double effect_cohens_d(struct effect_group a, struct effect_group b)
{
	double m = a.n + b.n - 2;
	double pooled = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / m;

	if (a.n < 2 || b.n < 2 || !(pooled > 0))
		return NAN;
	return (a.mean - b.mean) / sqrt(pooled);
}

/* J(2 half) of the header. */
static double small_groups(double half)
{
	gsl_sf_result v;

	if (gsl_sf_lnpoch_e(half - 0.5, 0.5, &v))
		return NAN;
	return exp(v.val - log(half) / 2);
}

double effect_hedges_g(struct effect_group a, struct effect_group b,
		       double *error)
{
	double g = effect_cohens_d(a, b);

	if (!isnan(g))
		g *= small_groups((a.n + b.n - 2) / 2);
	*error = sqrt((a.n + b.n) / (a.n * b.n) +
		      g * g / (2 * (a.n + b.n)));
	return g;
}

double effect_smd(struct effect_group a, struct effect_group b)
{
	double between = (a.variance + b.variance) / 2;

	if (a.n < 2 || b.n < 2 || !(between > 0))
		return NAN;
	return (a.mean - b.mean) / sqrt(between);
}

double effect_eta_squared(const struct effect_group *g, size_t k)
{
	struct sum n = { 0 }, sum = { 0 }, between = { 0 }, within = { 0 };
	double mean, all;

	for (size_t i = 0; i < k; i++) {
		if (!(g[i].n > 0))
			continue;
		sum_add(&n, g[i].n);
		sum_add(&sum, g[i].n * g[i].mean);
	}
	mean = sum_value(&sum) / sum_value(&n);
	for (size_t i = 0; i < k; i++) {
		if (!(g[i].n > 0))
			continue;
		sum_add(&between, g[i].n * (g[i].mean - mean) *
					  (g[i].mean - mean));
		if (g[i].n > 1)
			sum_add(&within, (g[i].n - 1) * g[i].variance);
	}
	all = sum_value(&between) + sum_value(&within);
	return all > 0 ? sum_value(&between) / all : NAN;
}

double effect_cliffs_delta(const struct step *a, size_t na,
			   const struct step *b, size_t nb)
{
	uint64_t total_b = steps_total(b, nb), below = 0;
	__int128 over = 0, pairs = (__int128)steps_total(a, na) * total_b;
	size_t k = 0;

	for (size_t i = 0; i < na; i++) {
		uint64_t equal = 0;

		while (k < nb && figure_cmp(b[k].value, a[i].value) < 0)
			below += b[k++].count;
		if (k < nb && figure_cmp(b[k].value, a[i].value) == 0)
			equal = b[k].count;
		over += (__int128)a[i].count *
			((__int128)below - (total_b - below - equal));
	}
	return pairs ? (double)over / (double)pairs : NAN;
}

/* Sum over the cells of (count - expected)^2 / expected. */
static double chi_squared(const uint64_t *count, size_t rows, size_t columns,
			  const double *row, const double *column, double n)
{
	struct sum chi = { 0 };

	for (size_t i = 0; i < rows; i++)
		for (size_t k = 0; k < columns; k++) {
			double expected = row[i] * column[k] / n;
			double off = (double)count[i * columns + k] - expected;

			if (expected > 0)
				sum_add(&chi, off * off / expected);
		}
	return sum_value(&chi);
}

static double filled(const double *v, size_t n)
{
	double some = 0;

	for (size_t i = 0; i < n; i++)
		some += v[i] > 0;
	return some;
}

double effect_cramers_v(const uint64_t *count, size_t rows, size_t columns)
{
	double *row = mem_zalloc(rows, sizeof(*row));
	double *column = mem_zalloc(columns, sizeof(*column));
	double n = 0, r, c, phi, least;

	for (size_t i = 0; i < rows; i++)
		for (size_t k = 0; k < columns; k++) {
			double v = (double)count[i * columns + k];

			row[i] += v;
			column[k] += v;
			n += v;
		}
	r = filled(row, rows);
	c = filled(column, columns);
	phi = chi_squared(count, rows, columns, row, column, n) / n -
	      (r - 1) * (c - 1) / (n - 1);
	free(row);
	free(column);
	if (r < 2 || c < 2)
		return NAN;
	least = fmin(r - (r - 1) * (r - 1) / (n - 1),
		     c - (c - 1) * (c - 1) / (n - 1)) - 1;
	if (!(least > 0))
		return NAN;
	return phi > 0 ? sqrt(phi / least) : 0;
}
