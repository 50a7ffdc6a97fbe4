/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Gamma-Gamma model of spend. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sf_psi.h>

#include "base/mem.h"
#include "model/gamgam.h"
#include "num/special.h"

enum { P = GAMGAM_P, Q = GAMGAM_Q, GAMMA = GAMGAM_GAMMA };

static int by_x_and_z(const void *one, const void *other)
{
	const struct spender *a = one, *b = other;
	int order = (a->x > b->x) - (a->x < b->x);

	return order ? order : (a->z > b->z) - (a->z < b->z);
}

static double pearson(const struct spenders *s)
{
	struct sum xx = { 0 }, xz = { 0 }, zz = { 0 }, x = { 0 };

	for (size_t i = 0; i < s->n; i++)
		sum_add(&x, s->at[i].count * s->at[i].x);
	double mean_x = sum_value(&x) / s->customers;
	double mean_z = s->spend / s->customers;

	for (size_t i = 0; i < s->n; i++) {
		double dx = s->at[i].x - mean_x, dz = s->at[i].z - mean_z;

		sum_add(&xx, s->at[i].count * dx * dx);
		sum_add(&xz, s->at[i].count * dx * dz);
		sum_add(&zz, s->at[i].count * dz * dz);
	}
	if (!(sum_value(&xx) > 0) || !(sum_value(&zz) > 0))
		return NAN;
	return sum_value(&xz) / sqrt(sum_value(&xx) * sum_value(&zz));
}

static void merge(struct spenders *s)
{
	struct sum spend = { 0 };
	size_t n = 0;

	qsort(s->at, s->n, sizeof(*s->at), by_x_and_z);
	for (size_t i = 0; i < s->n; i++) {
		sum_add(&spend, s->at[i].z);
		if (n > 0 && by_x_and_z(&s->at[n - 1], &s->at[i]) == 0)
			s->at[n - 1].count++;
		else
			s->at[n++] = s->at[i];
	}
	s->customers = (double)s->n;
	s->spend = sum_value(&spend);
	s->n = n;
}

struct spenders spenders_of(const struct buyer *b, size_t n)
{
	struct spenders s = { .at = mem_alloc(n, sizeof(*s.at)) };

	for (size_t i = 0; i < n; i++) {
		if (b[i].x > 0 && b[i].z > 0)
			s.at[s.n++] = (struct spender){ b[i].x, b[i].z, 1 };
		else if (b[i].x > 0)
			s.left_out++;
	}
	merge(&s);
	s.correlation = pearson(&s);
	return s;
}

void spenders_release(struct spenders *s)
{
	free(s->at);
	*s = (struct spenders){ 0 };
}

/* What depends on x alone. */
struct by_x {
	double x;
	double scale;			/* of log_beta_weight(px, q) */
	double psi_all, psi_px, psi_q;	/* of px+q, px, q */
};

static struct by_x for_x(const double *p, double x)
{
	struct by_x v = { x, NAN, 0, 0, 0 };
	gsl_sf_result all, px, q;

	if (gsl_sf_psi_e(p[P] * x + p[Q], &all) ||
	    gsl_sf_psi_e(p[P] * x, &px) || gsl_sf_psi_e(p[Q], &q))
		return v;
	v.scale = log_beta_scale(p[P] * x, p[Q]);
	v.psi_all = all.val;
	v.psi_px = px.val;
	v.psi_q = q.val;
	return v;
}

/* The likelihood is u^(px) (1-u)^q / (B(px, q) z), u = xz / (gamma + xz). */
double gamgam_loglik(const double *p, const struct spenders *s,
		     double *gradient)
{
	struct sum value = { 0 }, slope[3] = { { 0 } };
	struct by_x v = { .x = -1 };

	for (size_t i = 0; i < s->n; i++) {
		double x = s->at[i].x, z = s->at[i].z, n = s->at[i].count;
		double total = x * z;

		if (x != v.x)
			v = for_x(p, x);
		sum_add(&value, n * (log_beta_weight(p[P] * x, p[Q], v.scale,
						     total, p[GAMMA]) -
				     log(z)));
		if (!gradient)
			continue;
		sum_add(&slope[P],
			n * x * (v.psi_all - v.psi_px -
				 log1p(p[GAMMA] / total)));
		sum_add(&slope[Q], n * (v.psi_all - v.psi_q -
					log1p(total / p[GAMMA])));
		sum_add(&slope[GAMMA],
			n * (p[Q] * total - p[P] * x * p[GAMMA]) /
				(p[GAMMA] * (p[GAMMA] + total)));
	}
	for (size_t i = 0; gradient && i < 3; i++)
		gradient[i] = sum_value(&slope[i]);
	return sum_value(&value);
}

static double loglik(const double *p, double *gradient, const void *data)
{
	return gamgam_loglik(p, data, gradient);
}

/* Every k-th spender with his count; the caller releases. */
static struct spenders sample_of(const struct spenders *all, size_t k)
{
	struct spenders s = { .at = mem_alloc(all->n / k + 1,
					      sizeof(*s.at)) };

	for (size_t i = k / 2; i < all->n; i += k) {
		s.at[s.n++] = all->at[i];
		s.customers += all->at[i].count;
	}
	return s;
}

struct fit gamgam_fit(const struct spenders *s)
{
	static const char *const name[] = { "p", "q", "gamma" };
	/* The mean spend, p gamma / (q - 1), is near 1 in units of its own. */
	static const double start[][FIT_PARAMETERS] = {
		{ 5, 4, 0.6 },
		{ 1, 2, 1 },
		{ 20, 10, 0.45 },
		{ 2, 1.5, 0.25 },
	};
	struct fit_problem problem = {
		.model = "gg",
		.name = name,
		.n = 3,
		.scale = { 1, 1, s->spend / s->customers },
		.start = start,
		.starts = NELEMS(start),
		.loglik = loglik,
		.data = s,
		.customers = s->customers,
		.distinct = (double)s->n,
	};

	if (s->n == 0)
		return fit_refuse(&problem, "no customer bought again for "
					    "more than nothing");
	if (s->n < problem.n)
		return fit_refuse(&problem, "fewer different customers than "
					    "parameters");
	struct spenders sample = { 0 };

	if (s->n > 2 * FIT_SAMPLE) {
		sample = sample_of(s, s->n / FIT_SAMPLE);
		problem.sample = &sample;
		problem.sampled = sample.customers;
	}
	struct fit fit = fit_run(&problem);

	spenders_release(&sample);
	return fit;
}

double gamgam_expected(const double *p, double x, double z)
{
	double below = p[P] * x + p[Q] - 1;

	if (!(below > 0) || z < 0)
		return NAN;
	return p[P] * (p[GAMMA] + x * z) / below;
}
