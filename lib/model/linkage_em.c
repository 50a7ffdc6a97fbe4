/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums run over sorted patterns, so that they round alike every time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_em.h"
#include "model/linkage_home.h"

#define PSEUDO_PAIRS 20.0 /* what the starting m counts against the data */
#define M_LEAST	     1e-5
#define U_SHARE	     0.02 /* of equal pairs, at least, that are chance */
#define ENOUGH	     1e-4

static bool alike(const struct linkage_pattern *x,
		  const struct linkage_pattern *y)
{
	return memcmp(x->level, y->level, sizeof(x->level)) == 0 &&
	       x->never == y->never && x->rarity == y->rarity &&
	       x->own == y->own;
}

/* Multiplicative, with the high half folded in: enough to keep different
 * patterns apart nearly always. */
static uint64_t hash(const struct linkage_pattern *p)
{
	uint32_t rarity = (uint32_t)(int32_t)(p->rarity * 4);
	uint32_t own = (uint32_t)(int32_t)(p->own * 4);
	uint64_t h = (uint64_t)own << 33 ^ (uint64_t)rarity << 1 ^ p->never;

	for (size_t i = 0; i < sizeof(p->level); i++) {
		h = (h ^ p->level[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return h;
}

void linkage_patterns_merge(struct linkage_patterns *p)
{
	struct radix_item *order = mem_alloc(p->n, sizeof(*order));
	struct linkage_pattern *merged;
	size_t kept = 0, n = 0;

	for (size_t i = 0; i < p->n; i++)
		order[i] = (struct radix_item){ hash(&p->at[i]), (uint32_t)i };
	radix_sort(order, p->n);
	for (size_t i = 0; i < p->n; i++)
		n += i == 0 || !alike(&p->at[order[i - 1].who],
				      &p->at[order[i].who]);
	merged = mem_alloc(n, sizeof(*merged));
	for (size_t i = 0; i < p->n; i++) {
		const struct linkage_pattern *from = &p->at[order[i].who];

		if (kept > 0 && alike(&merged[kept - 1], from))
			merged[kept - 1].count += from->count;
		else
			merged[kept++] = *from;
	}
	free(order);
	free(p->at);
	p->at = merged;
	p->n = kept;
}

/* What a round adds up. */
struct sums {
	double matches, homes;
	double m[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double u[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double h[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double m_all[LINKAGE_FEATURES_MAX], u_all[LINKAGE_FEATURES_MAX];
	double h_all[LINKAGE_FEATURES_MAX];
};

/* What a pair may be: one entity, one home; else strangers. */
static struct linkage_posterior posterior(const struct linkage_model *model,
					  const struct linkage_pattern *p)
{
	return linkage_home_posterior(
		model, p->level,
		(struct linkage_rare){ (double)p->rarity, (double)p->own },
		p->never);
}

static void count(double of[][LINKAGE_LEVELS_MAX], double *all,
		  size_t features, const struct linkage_pattern *p, double mass)
{
	if (mass <= 0)
		return;
	for (size_t f = 0; f < features; f++) {
		if (p->level[f] == LINKAGE_MISSING)
			continue;
		of[f][p->level[f]] += mass;
		all[f] += mass;
	}
}

/* g[i]: of one entity; known[i]: of one entity or home. */
static void expect(const struct linkage_model *model,
		   const struct linkage_patterns *candidate, double *g,
		   double *known, struct sums *s)
{
	for (size_t i = 0; i < candidate->n; i++) {
		const struct linkage_pattern *p = &candidate->at[i];
		struct linkage_posterior is = posterior(model, p);

		g[i] = is.match;
		known[i] = is.match + is.home;
		s->matches += is.match * p->count;
		s->homes += is.home * p->count;
		count(s->m, s->m_all, model->features, p, is.match * p->count);
		count(s->h, s->h_all, model->features, p, is.home * p->count);
	}
}

static void expect_random(const struct linkage_model *model,
			  const struct linkage_patterns *random,
			  struct sums *s)
{
	for (size_t i = 0; i < random->n; i++) {
		const struct linkage_pattern *p = &random->at[i];
		struct linkage_posterior is = posterior(model, p);

		count(s->u, s->u_all, model->features, p,
		      (1 - is.match - is.home) * p->count);
	}
}

static double larger(double change, double was, double is)
{
	return fmax(change, fabs(is - was));
}

static double learn_m(struct linkage_model *model, const struct sums *s)
{
	double change = 0;

	for (size_t f = 0; f < model->features; f++) {
		const struct linkage_feature *feature = &model->feature[f];

		for (unsigned l = 0; l < feature->levels; l++) {
			double m = (s->m[f][l] +
				    PSEUDO_PAIRS * feature->prior[l]) /
				   (s->m_all[f] + PSEUDO_PAIRS);

			m = fmax(m, M_LEAST);
			change = larger(change, model->m[f][l], m);
			model->m[f][l] = m;
		}
	}
	return change;
}

/* By counting values; what matches and homes contribute is taken off, not all
 * of it. */
static double exact_u(const struct linkage_em_data *d, const struct sums *s,
		      size_t f)
{
	double share, rest = d->filled[f] - s->m_all[f] - s->h_all[f];

	if (d->equal[f] <= 0 || rest <= 0)
		return s->u[f][0] / fmax(s->u_all[f], 1);
	share = d->equal[f] / d->filled[f];
	return fmax((d->equal[f] - s->m[f][0] - s->h[f][0]) / rest,
		    U_SHARE * share);
}

static double learn_u(struct linkage_model *model,
		      const struct linkage_em_data *d, const struct sums *s)
{
	double change = 0;

	for (size_t f = 0; f < model->features; f++) {
		unsigned levels = model->feature[f].levels;
		/* Half a pair for what was never seen. */
		double all = s->u_all[f] + 0.5 * levels;
		double exact = exact_u(d, s, f);
		double others = (all - s->u[f][0] - 0.5) / all;

		exact = fmin(fmax(exact, 0.5 / fmax(d->filled[f], all)), 0.999);
		for (unsigned l = 0; l < levels; l++) {
			double u = exact;

			if (l > 0)
				u = (s->u[f][l] + 0.5) / all / others *
				    (1 - exact);
			change = larger(change, log(model->u[f][l]), log(u));
			model->u[f][l] = u;
		}
	}
	return change;
}

static double learn_lambda(struct linkage_model *model,
			   const struct linkage_em_data *d,
			   const struct sums *s)
{
	double was = model->lambda;

	/* One pair in all is the least, half of all the most. */
	model->lambda = fmin(fmax(s->matches, 1) / fmax(d->population, 2), 0.5);
	return fabs(log(model->lambda) - log(was));
}

struct linkage_em_result linkage_em(struct linkage_model *model,
				    const struct linkage_em_data *d, bool fix_m,
				    unsigned rounds)
{
	double *g = mem_alloc(d->candidate.n, sizeof(*g));
	double *known = mem_alloc(d->candidate.n, sizeof(*known));
	struct linkage_em_result r = { 0 };

	while (r.rounds < rounds && !r.converged) {
		struct sums s = { 0 };
		double change = 0;

		expect(model, &d->candidate, g, known, &s);
		expect_random(model, &d->random, &s);
		if (!fix_m) {
			change = learn_m(model, &s);
			linkage_home_hold(model);
		}
		change = fmax(change, learn_u(model, d, &s));
		change = fmax(change, learn_lambda(model, d, &s));
		change = fmax(change, linkage_home_learn(model, s.h, s.homes,
							 d->population,
							 fix_m));
		linkage_model_weigh(model);
		linkage_learn_errors(model, &d->candidate, g);
		linkage_learn_lift(model, &d->candidate, known);
		r.rounds++;
		r.converged = r.rounds > 1 && change < ENOUGH;
	}
	free(known);
	free(g);
	return r;
}
