/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kaplan-Meier curves and the log-rank test. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>

#include "base/mem.h"
#include "model/survival.h"
#include "num/rates.h"

static int by_time(const void *a, const void *b)
{
	const struct spell *x = a, *y = b;

	return (x->time > y->time) - (x->time < y->time);
}

static void sort(struct spell *s, size_t n)
{
	if (n > 0)
		qsort(s, n, sizeof(*s), by_time);
}

/* v: Greenwood's sum. Where everybody was lost there is no band, and before
 * anybody was there is no doubt. */
static void draw_band(struct survival_step *s, double v,
		      enum survival_band band)
{
	double S = s->survival, z = RATES_Z * sqrt(v), power;

	s->error = S > 0 ? S * sqrt(v) : NAN;
	s->low = s->high = S > 0 ? S : NAN;
	if (S <= 0 || S >= 1)
		return;
	switch (band) {
	case SURVIVAL_LOG_LOG:
		power = exp(z / log(S));
		s->low = pow(S, 1 / power);
		s->high = pow(S, power);
		break;
	case SURVIVAL_LOG:
		s->low = S * exp(-z);
		s->high = fmin(S * exp(z), 1);
		break;
	case SURVIVAL_PLAIN:
		s->low = fmax(S - S * z, 0);
		s->high = fmin(S + S * z, 1);
		break;
	}
}

struct survival survival_of(struct spell *spell, size_t n,
			    enum survival_band band)
{
	struct survival all = { .customers = (int64_t)n };
	size_t cap = 0;
	double survival = 1, v = 0;

	sort(spell, n);
	for (size_t i = 0; i < n;) {
		struct survival_step s = { .time = spell[i].time,
					   .at_risk = (int64_t)(n - i) };

		for (; i < n && spell[i].time == s.time; i++)
			*(spell[i].lost ? &s.lost : &s.censored) += 1;
		double risk = (double)s.at_risk, lost = (double)s.lost;

		survival *= (risk - lost) / risk;
		v += lost / (risk * (risk - lost));
		s.survival = survival;
		draw_band(&s, v, band);
		all.lost += s.lost;
		all.step = mem_grow(all.step, all.n, &cap, sizeof(s));
		all.step[all.n++] = s;
	}
	return all;
}

void survival_release(struct survival *s)
{
	free(s->step);
	*s = (struct survival){ 0 };
}

int64_t survival_quantile(const struct survival *s, double q)
{
	/* products of many shares: 0.5 may be a little more */
	for (size_t i = 0; i < s->n; i++)
		if (s->step[i].survival <= q * (1 + 1e-12))
			return s->step[i].time;
	return -1;
}

/* Adds what one time says: n at risk, d lost, risk[j] of them in group j. */
static void add_time(struct logrank *l, gsl_matrix *v, const double *risk,
		     size_t groups, double n, double d)
{
	double spread = n > 1 ? d * (n - d) / (n - 1) : 0;

	for (size_t j = 0; j < groups; j++) {
		double share = risk[j] / n;

		l->expected[j] += d * share;
		for (size_t k = 0; k < groups; k++)
			*gsl_matrix_ptr(v, j, k) +=
				spread * share * ((j == k) - risk[k] / n);
	}
}

/*
 * (O - E)' V^- (O - E): one group is left out, as the others say all; those
 * that were never compared with another (no variance) say nothing.
 */
static void test(struct logrank *l, const gsl_matrix *v, size_t groups)
{
	size_t *used = mem_alloc(groups, sizeof(*used)), n = 0;

	for (size_t j = 0; j < groups; j++)
		if (gsl_matrix_get(v, j, j) > 0)
			used[n++] = j;
	l->chi_square = l->p = NAN;
	l->freedom = n > 1 ? n - 1 : 0;
	if (n > 1) {
		gsl_matrix *m = mem_need(gsl_matrix_alloc(n - 1, n - 1));
		gsl_vector *b = mem_need(gsl_vector_alloc(n - 1));
		gsl_vector *x = mem_need(gsl_vector_alloc(n - 1));

		for (size_t i = 0; i + 1 < n; i++) {
			size_t j = used[i];

			gsl_vector_set(b, i, (double)l->observed[j] -
						     l->expected[j]);
			for (size_t k = 0; k + 1 < n; k++)
				gsl_matrix_set(m, i, k,
					       gsl_matrix_get(v, j, used[k]));
		}
		/* Fails where groups never overlap in time. */
		if (!gsl_linalg_cholesky_decomp1(m) &&
		    !gsl_linalg_cholesky_solve(m, b, x)) {
			l->chi_square = 0;
			for (size_t i = 0; i + 1 < n; i++)
				l->chi_square += gsl_vector_get(b, i) *
						 gsl_vector_get(x, i);
			l->p = gsl_cdf_chisq_Q(l->chi_square,
					       (double)l->freedom);
		}
		gsl_matrix_free(m);
		gsl_vector_free(b);
		gsl_vector_free(x);
	}
	free(used);
}

struct logrank logrank_of(struct spell *s, size_t n, size_t groups)
{
	struct logrank l = {
		.expected = mem_zalloc(groups, sizeof(*l.expected)),
		.observed = mem_zalloc(groups, sizeof(*l.observed)),
	};
	double *risk = mem_zalloc(groups, sizeof(*risk));
	gsl_matrix *v = mem_need(gsl_matrix_calloc(groups, groups));

	sort(s, n);
	for (size_t i = 0; i < n; i++)
		risk[s[i].group]++;
	for (size_t i = 0; i < n;) {
		size_t first = i;
		double lost = 0;

		for (; i < n && s[i].time == s[first].time; i++) {
			lost += s[i].lost;
			l.observed[s[i].group] += s[i].lost;
		}
		if (lost > 0)
			add_time(&l, v, risk, groups, (double)(n - first),
				 lost);
		for (size_t k = first; k < i; k++)
			risk[s[k].group]--;
	}
	test(&l, v, groups);
	gsl_matrix_free(v);
	free(risk);
	return l;
}

void logrank_release(struct logrank *l)
{
	free(l->expected);
	free(l->observed);
	*l = (struct logrank){ 0 };
}
