/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes together: errors among matches, agreements among the others. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_em.h"

#define ERRORS_LEAST (-3.0)
#define ERRORS_MOST  1.5
#define ERRORS_PSEUDO 5.0 /* pairs as expected, added to those seen */
#define LIFT_MOST    6.0
#define LIFT_PAIRS   5.0  /* fewer joint agreements tell nothing */

/* Marks the identity features that at least half of the matches fill. */
static size_t choose(struct linkage_model *model,
		     const struct linkage_patterns *p, const double *g)
{
	double filled[LINKAGE_FEATURES_MAX] = { 0 }, all = 0;
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		all += g[i] * p->at[i].count;
		for (size_t f = 0; f < model->features; f++)
			if (p->at[i].level[f] != LINKAGE_MISSING)
				filled[f] += g[i] * p->at[i].count;
	}
	for (size_t f = 0; f < model->features; f++) {
		model->counted[f] = model->feature[f].identity &&
				    n < LINKAGE_ERRORS_MAX &&
				    filled[f] * 2 >= all;
		n += model->counted[f];
	}
	return n;
}

/* Distribution of the number of errors when each feature that is not missing
 * errs by itself (Poisson-binomial), by convolution. */
static void independent(const struct linkage_model *model,
			const uint8_t *level, double *of)
{
	memset(of, 0, (LINKAGE_ERRORS_MAX + 1) * sizeof(*of));
	of[0] = 1;
	for (size_t f = 0; f < model->features; f++) {
		double miss = 1 - fmin(model->m[f][0], 1);

		if (!model->counted[f] || level[f] == LINKAGE_MISSING)
			continue;
		for (size_t k = LINKAGE_ERRORS_MAX; k > 0; k--)
			of[k] = of[k] * (1 - miss) + of[k - 1] * miss;
		of[0] *= 1 - miss;
	}
}

static bool same_mask(const struct linkage_model *model, const uint8_t *a,
		      const uint8_t *b)
{
	for (size_t f = 0; f < model->features; f++)
		if (model->counted[f] &&
		    (a[f] == LINKAGE_MISSING) != (b[f] == LINKAGE_MISSING))
			return false;
	return true;
}

static size_t errors_of(const struct linkage_model *model,
			const uint8_t *level)
{
	size_t k = 0;

	for (size_t f = 0; f < model->features; f++)
		k += model->counted[f] && level[f] != LINKAGE_MISSING &&
		     level[f] > 0;
	return k;
}

/* Never rising: beyond the most frequent number by cutting, before it by
 * raising, so that fewer errors are never worse than more. */
static void never_rising(double *c, size_t n, const double *seen)
{
	size_t mode = 0;

	for (size_t k = 1; k <= n; k++)
		if (seen[k] > seen[mode])
			mode = k;
	for (size_t k = mode + 1; k <= n; k++)
		c[k] = fmin(c[k], c[k - 1]);
	for (size_t k = mode; k-- > 0;)
		c[k] = fmax(c[k], c[k + 1]);
}

void linkage_learn_errors(struct linkage_model *model,
			  const struct linkage_patterns *p, const double *g)
{
	double seen[LINKAGE_ERRORS_MAX + 1] = { 0 };
	double due[LINKAGE_ERRORS_MAX + 1] = { 0 };
	double of[LINKAGE_ERRORS_MAX + 1];
	const uint8_t *mask = NULL;
	double all = 0, pseudo;
	size_t n = choose(model, p, g);

	memset(model->errors, 0, sizeof(model->errors));
	if (n < 2)
		return;
	for (size_t i = 0; i < p->n; i++) {
		const uint8_t *level = p->at[i].level;
		double mass = g[i] * p->at[i].count;

		if (mass < 1e-6)
			continue;
		if (mask == NULL || !same_mask(model, mask, level))
			independent(model, level, of);
		mask = level;
		all += mass;
		seen[errors_of(model, level)] += mass;
		for (size_t k = 0; k <= n; k++)
			due[k] += mass * of[k];
	}
	pseudo = ERRORS_PSEUDO / fmax(all, 1);
	for (size_t k = 0; k <= n; k++) {
		double c = log(seen[k] + pseudo * due[k] + 0.01) -
			   log((1 + pseudo) * due[k] + 0.01);

		model->errors[k] = fmin(fmax(c, ERRORS_LEAST), ERRORS_MOST);
	}
	never_rising(model->errors, n, seen);
	for (size_t k = n + 1; k <= LINKAGE_ERRORS_MAX; k++)
		model->errors[k] = model->errors[n];
}

/* Two features among non-matches: filled on both sides; agreeing in the one,
 * in the other, in both. */
struct joint {
	double both_filled, a, b, ab;
};

struct joints {
	struct joint of[LINKAGE_FEATURES_MAX][LINKAGE_FEATURES_MAX];
};

static void add_pattern(const struct linkage_model *model,
			const uint8_t *level, double mass, struct joints *j)
{
	bool agrees[LINKAGE_FEATURES_MAX];

	for (size_t a = 0; a < model->features; a++) {
		agrees[a] = linkage_model_agrees(model, a, level);
		if (level[a] == LINKAGE_MISSING || !model->feature[a].identity)
			continue;
		for (size_t b = 0; b < a; b++) {
			struct joint *to = &j->of[a][b];

			if (level[b] == LINKAGE_MISSING)
				continue;
			to->both_filled += mass;
			to->a += agrees[a] ? mass : 0;
			to->b += agrees[b] ? mass : 0;
			to->ab += agrees[a] && agrees[b] ? mass : 0;
		}
	}
}

static double log_lift(const struct joint *j)
{
	if (j->ab < LIFT_PAIRS)
		return 0;
	return fmin(log(j->ab) + log(j->both_filled) - log(j->a) - log(j->b),
		    LIFT_MOST);
}

/* Of the features outside the one that lifts most with one inside. */
static struct linkage_lift
highest(const bool *inside, size_t features,
	double lift[][LINKAGE_FEATURES_MAX])
{
	struct linkage_lift top = { .log_lift = -1 };

	for (size_t a = 0; a < features; a++)
		for (size_t b = 0; inside[a] && b < features; b++)
			if (!inside[b] && lift[a][b] > top.log_lift)
				top = (struct linkage_lift){ a, b, lift[a][b] };
	return top;
}

/* Prim's way: one more feature, until all are inside. */
static void span(struct linkage_model *model,
		 double lift[][LINKAGE_FEATURES_MAX])
{
	bool inside[LINKAGE_FEATURES_MAX] = { true };

	model->lifts = 0;
	for (size_t step = 1; step < model->features; step++) {
		struct linkage_lift top =
			highest(inside, model->features, lift);

		inside[top.b] = true;
		if (top.log_lift > 0)
			model->lift[model->lifts++] = top;
	}
}

void linkage_learn_lift(struct linkage_model *model,
			const struct linkage_patterns *p, const double *g)
{
	double lift[LINKAGE_FEATURES_MAX][LINKAGE_FEATURES_MAX] = { { 0 } };
	struct joints *j = mem_zalloc(1, sizeof(*j));

	for (size_t i = 0; i < p->n; i++)
		add_pattern(model, p->at[i].level, (1 - g[i]) * p->at[i].count,
			    j);
	for (size_t a = 0; a < model->features; a++)
		for (size_t b = 0; b < a && model->feature[a].identity; b++)
			if (model->feature[b].identity)
				lift[a][b] = lift[b][a] =
					fmax(log_lift(&j->of[a][b]), 0);
	free(j);
	span(model, lift);
}
