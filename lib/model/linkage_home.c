/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The third class of pairs beside matches and strangers. */
#include <math.h>
#include <string.h>

#include "model/linkage_home.h"

#define PSEUDO_PAIRS 20.0
#define H_LEAST	     1e-5
/* Homes for each match. */
#define DOUBTED	     0.1 /* so few are none */
#define SURE	     0.3 /* so many there are */

/* Does the feature tell a home from anything at all? */
static bool counts(const struct linkage_feature *f)
{
	return !f->attribute && !f->free;
}

static unsigned own_levels(const struct linkage_feature *f)
{
	return f->own < f->levels ? f->own : f->levels;
}

void linkage_home_init(struct linkage_model *model)
{
	size_t own = 0, shared = 0;

	for (size_t f = 0; f < model->features; f++) {
		const struct linkage_feature *feature = &model->feature[f];

		own += counts(feature) && feature->own > 0;
		shared += counts(feature) && feature->own == 0;
		memcpy(model->home.h[f], model->m[f], sizeof(model->m[f]));
	}
	model->home.on = own >= 1 && shared >= 2;
	model->home.share = model->lambda;
}

/* Levels whose h is not learned. */
static unsigned given_levels(const struct linkage_feature *f)
{
	unsigned given = f->own + f->silent;

	return given < f->levels ? given : f->levels;
}

/* What strangers would show at one's own levels, what matches do at silent
 * ones, and the rest of h in the proportions that were learned. */
static void settle(struct linkage_model *model, size_t f)
{
	const struct linkage_feature *feature = &model->feature[f];
	unsigned own = own_levels(feature), given = given_levels(feature);
	double *h = model->home.h[f], rest = 1, sum = 0;

	for (unsigned l = 0; l < given; l++)
		rest -= h[l] = l < own ? model->u[f][l] : model->m[f][l];
	for (unsigned l = given; l < feature->levels; l++)
		sum += h[l];
	for (unsigned l = given; l < feature->levels; l++)
		h[l] = fmax(h[l] / sum * fmax(rest, H_LEAST), H_LEAST);
}

void linkage_home_weigh(struct linkage_model *model)
{
	for (size_t f = 0; f < model->features && model->home.on; f++) {
		const struct linkage_feature *feature = &model->feature[f];
		unsigned given = given_levels(feature);
		double *w = model->home.weight[f];

		memset(w, 0, sizeof(model->home.weight[f]));
		if (!counts(feature))
			continue;
		settle(model, f);
		memcpy(w, model->weight[f], own_levels(feature) * sizeof(*w));
		linkage_pool(model->m[f] + given, model->home.h[f] + given,
			     feature->levels - given, w + given);
	}
}

double linkage_home_learn(struct linkage_model *model,
			  double (*levels)[LINKAGE_LEVELS_MAX], double pairs,
			  double population, bool fix)
{
	struct linkage_home *home = &model->home;
	double was = home->share, change;

	if (!home->on)
		return 0;
	if (home->sure)
		pairs = fmax(pairs, SURE * model->lambda * population);
	else
		pairs -= DOUBTED * model->lambda * population;
	home->share = fmin(fmax(pairs, 1) / fmax(population, 2), 0.5);
	change = fabs(log(home->share) - log(was));
	for (size_t f = 0; f < model->features && !fix; f++) {
		const struct linkage_feature *feature = &model->feature[f];
		double all = PSEUDO_PAIRS;

		for (unsigned l = 0; l < feature->levels; l++)
			all += levels[f][l];
		for (unsigned l = 0; l < feature->levels; l++) {
			double h = (levels[f][l] +
				    PSEUDO_PAIRS * feature->prior[l]) / all;

			if (feature->own == 0)
				change = fmax(change, fabs(home->h[f][l] - h));
			home->h[f][l] = fmax(h, H_LEAST);
		}
	}
	return change;
}

void linkage_home_hold(struct linkage_model *model)
{
	for (size_t f = 0; f < model->features && model->home.sure; f++) {
		const struct linkage_feature *feature = &model->feature[f];
		unsigned last = feature->levels - 1;
		double *m = model->m[f], was = m[last];

		if (!counts(feature) || feature->own == 0 ||
		    was <= feature->prior[last])
			continue;
		m[last] = feature->prior[last];
		for (unsigned l = 0; l < last; l++)
			m[l] *= (1 - m[last]) / (1 - was);
	}
}

double linkage_home_odds(const struct linkage_model *model,
			 const uint8_t *level, double rare_own)
{
	double odds = log(model->lambda) - log(model->home.share) +
		      linkage_model_errors(model, level) + rare_own;

	for (size_t f = 0; f < model->features; f++)
		if (level[f] != LINKAGE_MISSING)
			odds += model->home.weight[f][level[f]];
	return odds;
}

double linkage_home_both(double a, double b)
{
	double less = fmin(a, b);

	return less - log1p(exp(less - fmax(a, b)));
}

struct linkage_posterior
linkage_home_posterior(const struct linkage_model *model, const uint8_t *level,
		       struct linkage_rare rare, bool never)
{
	double strangers = linkage_model_strangers(model, level, rare), homes;
	struct linkage_posterior is = { 0 };

	if (!model->home.on) {
		is.match = never ? 0 : linkage_probability_of(strangers);
		return is;
	}
	homes = linkage_home_odds(model, level, rare.own);
	if (!never)
		is.match = linkage_probability_of(
			linkage_home_both(strangers, homes));
	is.home = (1 - is.match) * linkage_probability_of(strangers - homes);
	return is;
}

void linkage_home_round(struct linkage_model *model)
{
	model->home.share = exp(linkage_round(log(model->home.share)));
	for (size_t f = 0; f < model->features; f++)
		for (unsigned l = 0; l < model->feature[f].levels; l++)
			model->home.weight[f][l] =
				linkage_round(model->home.weight[f][l]);
}
