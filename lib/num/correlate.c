/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pearson's correlation, by GSL. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/correlate.h"
#include "num/rates.h"

/* Rounding would make a correlation of what does not vary. */
static bool varies(const double *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (v[i] != v[0])
			return true;
	return false;
}

static double chance(double r, size_t n)
{
	double freedom = (double)n - 2;

	return 2 * gsl_cdf_tdist_Q(sqrt(freedom / (1 - r * r)) * fabs(r),
				   freedom);
}

struct correlation correlate(const double *x, const double *y, size_t n)
{
	struct correlation c = { 0, NAN, NAN, NAN, NAN };
	double *known = mem_alloc(n, 2 * sizeof(*known));
	double *other = known + n;

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i]) && !isnan(y[i])) {
			known[c.n] = x[i];
			other[c.n++] = y[i];
		}
	if (c.n >= 3 && varies(known, c.n) && varies(other, c.n)) {
		c.r = fmax(-1, fmin(1, gsl_stats_correlation(known, 1, other, 1,
							     c.n)));
		c.p = fabs(c.r) < 1 ? chance(c.r, c.n) : 0;
		if (c.n >= 4) {
			double half = RATES_Z / sqrt((double)c.n - 3);

			c.low = tanh(atanh(c.r) - half);
			c.high = tanh(atanh(c.r) + half);
		}
	}
	free(known);
	return c;
}
