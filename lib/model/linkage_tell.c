/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was learned, and why two records are (not) alike. */
#include <math.h>

#include "model/linkage_state.h"

double linkage_probability(struct linkage *l, uint32_t a, uint32_t b)
{
	const uint32_t *item = l->items.item;

	if (l->status != LINKAGE_DONE)
		return l->cluster[a] == l->cluster[b] ? 1 : 0;
	return linkage_probability_of(
		linkage_odds(l, l->cache, item[a], item[b], NULL));
}

static void part(struct buf *to, size_t *parts, const char *name,
		 const char *level, double weight)
{
	if ((*parts)++ > 0)
		buf_adds(to, "; ");
	buf_adds(to, name);
	if (level != NULL)
		buf_addf(to, "=%s", level);
	buf_addf(to, " %+.2f", fabs(weight) < 0.005 ? 0 : weight);
}

/* What is not worth a word is left out. */
static void correction(struct buf *to, size_t *parts, const char *name,
		       double weight)
{
	if (fabs(weight) >= 0.005)
		part(to, parts, name, NULL, weight);
}

void linkage_reason(struct linkage *l, uint32_t a, uint32_t b, struct buf *to)
{
	const struct linkage_view *v = &l->view;
	uint8_t level[LINKAGE_FEATURES_MAX];
	struct linkage_rare rare;
	size_t parts = 0;

	if (l->status != LINKAGE_DONE)
		return;
	a = l->items.item[a];
	b = l->items.item[b];
	linkage_view_look(v, l->cache, a, b, level);
	rare = linkage_rarity(&l->rarity, a, b, level);
	for (size_t f = 0; f < v->features; f++) {
		if (f == v->swap || level[f] == LINKAGE_MISSING)
			continue;
		part(to, &parts, l->column[v->column[f]].name,
		     linkage_level_name(v->kind[f], level[f]),
		     l->model.weight[f][level[f]]);
	}
	if (v->swap != LINKAGE_NONE && level[v->swap] == 1)
		part(to, &parts, "names exchanged", NULL,
		     l->model.weight[v->swap][1]);
	if (linkage_view_conflict(v, level))
		part(to, &parts, "contradiction", NULL, 0);
	correction(to, &parts, "rare", rare.all);
	correction(to, &parts, "errors",
		   linkage_model_errors(&l->model, level));
	correction(to, &parts, "together",
		   -linkage_model_lift(&l->model, level));
	correction(to, &parts, "one home",
		   linkage_model_odds(&l->model, level, rare) -
			   linkage_model_strangers(&l->model, level, rare));
	part(to, &parts, "prior", NULL, linkage_model_prior(&l->model));
}

static size_t feature_of(const struct linkage *l, size_t column)
{
	for (size_t f = 0; f < l->view.features; f++)
		if (f != l->view.swap && l->view.column[f] == column)
			return f;
	return LINKAGE_NONE;
}

size_t linkage_levels(const struct linkage *l, size_t column)
{
	size_t f = feature_of(l, column);

	return f == LINKAGE_NONE || l->status != LINKAGE_DONE ?
		       0 :
		       l->view.feature[f].levels;
}

void linkage_level(const struct linkage *l, size_t column, size_t level,
		   struct linkage_level *to)
{
	size_t f = feature_of(l, column);

	*to = (struct linkage_level){
		.words = linkage_level_name(l->view.kind[f], (unsigned)level),
		.m = l->model.m[f][level],
		.u = l->model.u[f][level],
		.weight = l->model.weight[f][level],
		.h = l->model.home.on ? l->model.home.h[f][level] : 0
	};
}
