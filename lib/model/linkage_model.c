/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pattern's odds: sums of what stands in tables. */
#include <math.h>

#include "model/linkage_home.h"

#define ODDS_MAX 700.0 /* exp() of it is still finite */

void linkage_model_init(struct linkage_model *model,
			const struct linkage_feature *feature, size_t n,
			double lambda)
{
	*model = (struct linkage_model){ .features = n,
					 .feature = feature,
					 .lambda = lambda };
	for (size_t f = 0; f < n; f++) {
		for (unsigned l = 0; l < feature[f].levels; l++) {
			model->m[f][l] = feature[f].prior[l];
			model->u[f][l] = 1.0 / feature[f].levels;
		}
	}
	linkage_home_init(model);
	linkage_model_weigh(model);
}

void linkage_pool(const double *m, const double *u, size_t n, double *w)
{
	double sum_m[LINKAGE_LEVELS_MAX], sum_u[LINKAGE_LEVELS_MAX];
	size_t size[LINKAGE_LEVELS_MAX], pools = 0, at = 0;

	for (size_t i = 0; i < n; i++) {
		sum_m[pools] = m[i];
		sum_u[pools] = u[i];
		size[pools++] = 1;
		while (pools > 1 &&
		       sum_m[pools - 1] * sum_u[pools - 2] >
			       sum_m[pools - 2] * sum_u[pools - 1]) {
			pools--;
			sum_m[pools - 1] += sum_m[pools];
			sum_u[pools - 1] += sum_u[pools];
			size[pools - 1] += size[pools];
		}
	}
	for (size_t p = 0; p < pools; p++)
		for (size_t i = 0; i < size[p]; i++)
			w[at++] = log(sum_m[p]) - log(sum_u[p]);
}

void linkage_model_weigh(struct linkage_model *model)
{
	for (size_t f = 0; f < model->features; f++) {
		const struct linkage_feature *feature = &model->feature[f];
		double *w = model->weight[f];

		if (!feature->free)
			linkage_pool(model->m[f], model->u[f], feature->levels,
				     w);
		for (unsigned l = 0; l < feature->levels; l++) {
			if (feature->free)
				w[l] = log(model->m[f][l] / model->u[f][l]);
			if (feature->attribute)
				w[l] = fmin(fmax(w[l], -1), 1);
		}
	}
	linkage_home_weigh(model);
}

bool linkage_model_agrees(const struct linkage_model *model, size_t f,
			  const uint8_t *level)
{
	return level[f] != LINKAGE_MISSING &&
	       model->weight[f][level[f]] > LINKAGE_AGREES;
}

static double sum_of_weights(const struct linkage_model *model,
			     const uint8_t *level)
{
	double sum = 0;

	for (size_t f = 0; f < model->features; f++)
		if (level[f] != LINKAGE_MISSING)
			sum += model->weight[f][level[f]];
	return sum;
}

double linkage_model_errors(const struct linkage_model *model,
			    const uint8_t *level)
{
	size_t k = 0;

	for (size_t f = 0; f < model->features; f++)
		k += model->counted[f] && level[f] != LINKAGE_MISSING &&
		     level[f] > 0;
	return model->errors[k];
}

double linkage_model_lift(const struct linkage_model *model,
			  const uint8_t *level)
{
	double sum = 0;

	for (size_t i = 0; i < model->lifts; i++)
		if (linkage_model_agrees(model, model->lift[i].a, level) &&
		    linkage_model_agrees(model, model->lift[i].b, level))
			sum += model->lift[i].log_lift;
	return sum;
}

double linkage_model_prior(const struct linkage_model *model)
{
	return linkage_odds_of(model->lambda);
}

double linkage_model_strangers(const struct linkage_model *model,
			       const uint8_t *level, struct linkage_rare rare)
{
	return linkage_model_prior(model) + sum_of_weights(model, level) +
	       linkage_model_errors(model, level) -
	       linkage_model_lift(model, level) + rare.all;
}

double linkage_model_odds(const struct linkage_model *model,
			  const uint8_t *level, struct linkage_rare rare)
{
	double strangers = linkage_model_strangers(model, level, rare);

	if (!model->home.on)
		return strangers;
	return linkage_home_both(strangers,
				 linkage_home_odds(model, level, rare.own));
}

double linkage_model_evidence(const struct linkage_model *model,
			      const uint8_t *level)
{
	double said = 0, all = 0;

	for (size_t f = 0; f < model->features; f++) {
		const double *w = model->weight[f];
		double span = w[0] - w[model->feature[f].levels - 1];

		if (model->feature[f].free)
			continue;
		all += span;
		said += level[f] != LINKAGE_MISSING ? span : 0;
	}
	return all > 0 ? said / all : 0;
}

double linkage_probability_of(double odds)
{
	/* Beyond it the nearest double would be 1. */
	odds = fmin(fmax(odds, -ODDS_MAX), 36);
	return 1 / (1 + exp(-odds));
}

double linkage_odds_of(double probability)
{
	return log(probability) - log1p(-probability);
}

double linkage_round(double nats)
{
	return round(nats * 32) / 32;
}

void linkage_model_round(struct linkage_model *model)
{
	for (size_t f = 0; f < model->features; f++) {
		double *w = model->weight[f];

		for (unsigned l = 0; l < model->feature[f].levels; l++)
			w[l] = linkage_round(w[l]);
	}
	for (size_t k = 0; k <= LINKAGE_ERRORS_MAX; k++)
		model->errors[k] = linkage_round(model->errors[k]);
	for (size_t i = 0; i < model->lifts; i++)
		model->lift[i].log_lift =
			linkage_round(model->lift[i].log_lift);
	linkage_home_round(model);
	model->lambda = linkage_probability_of(
		linkage_round(linkage_odds_of(model->lambda)));
}
