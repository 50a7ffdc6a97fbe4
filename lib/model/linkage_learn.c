/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two passes. The first keeps the starting m and learns u and lambda, then
 * clusters what is more likely one than not. Those clusters tell how many
 * people (not records) have a value, and which pairs hang together only
 * through others; with that the second pass learns everything. (A more careful
 * clustering counts fragments as people, and rare values for common ones.)
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_state.h"

#define RANDOM_PAIRS  1000000
#define EM_PAIRS      2000000
#define SAMPLE_PAIRS  400000.0
#define KEEP_ALL      30000 /* items: every candidate pair is kept */
#define PAIRS_AN_ITEM 50.0
#define FIRST_AT      0.5   /* where the first pass clusters */
#define LEAST_EVIDENCE 0.01
#define ROUNDS	      60
#define POSTERIOR     0.01 /* pairs of less are not kept ... */
#define SLACK	      7.0  /* ... nor, in the first pass, of so much less */

static double weight_sum(const struct linkage_items *t)
{
	double sum = 0;

	for (size_t i = 0; i < t->n; i++)
		sum += linkage_items_weight(t, (uint32_t)i);
	return sum;
}

double linkage_odds(const struct linkage *l, struct linkage_cache *cache,
		    uint32_t a, uint32_t b, double *weight)
{
	uint8_t level[LINKAGE_FEATURES_MAX];

	linkage_view_look(&l->view, cache, a, b, level);
	if (weight != NULL)
		*weight = fmax(linkage_model_evidence(&l->model, level),
			       LEAST_EVIDENCE);
	if (linkage_view_conflict(&l->view, level))
		return -HUGE_VAL;
	return linkage_model_odds(&l->model, level,
				  linkage_rarity(&l->rarity, a, b, level));
}

static struct linkage_pattern pattern_of(const struct linkage *l, uint32_t a,
					 uint32_t b, const uint8_t *level)
{
	struct linkage_pattern p = { .count = 1 };
	struct linkage_rare rare = linkage_rarity(&l->rarity, a, b, level);

	memset(p.level, LINKAGE_MISSING, sizeof(p.level));
	memcpy(p.level, level, l->view.features);
	p.rarity = (float)(round(rare.all * 4) / 4);
	p.own = (float)(round(rare.own * 4) / 4);
	p.never = linkage_view_conflict(&l->view, level);
	return p;
}

/* Random pairs, without those that are of one label. */
static void random_patterns(const struct linkage *l,
			    const struct linkage_looks *drawn,
			    struct linkage_em_data *d)
{
	const struct linkage_items *t = &l->items;

	d->random.at = mem_alloc(drawn->n, sizeof(*d->random.at));
	d->random.n = drawn->n;
	for (size_t i = 0; i < drawn->n; i++) {
		uint32_t a = drawn->pair[i][0], b = drawn->pair[i][1];

		d->random.at[i] = pattern_of(l, a, b,
					     drawn->level +
						     i * l->view.features);
		d->random.at[i].count = linkage_items_weight(t, a) *
					linkage_items_weight(t, b);
	}
	linkage_patterns_merge(&d->random);
}

/* One in so many of the kept pairs is learned from. */
static size_t stride_of(size_t n)
{
	return 1 + n / (EM_PAIRS + 1);
}

/* The pair's turn among many: by its items' hashes. */
static bool in_turn(const struct linkage *l, const uint32_t *pair,
		    size_t stride)
{
	const uint64_t *hash = l->items.hash;

	return stride < 2 ||
	       ((hash[pair[0]] + hash[pair[1]] * 3) >> 16) % stride == 0;
}

static size_t self_patterns(const struct linkage *l,
			    struct linkage_pattern *to)
{
	uint8_t level[LINKAGE_FEATURES_MAX];
	size_t n = 0;

	for (uint32_t i = 0; i < l->items.n; i++) {
		double weight = linkage_items_weight(&l->items, i);

		if (weight < 2)
			continue;
		linkage_view_look(&l->view, NULL, i, i, level);
		to[n] = pattern_of(l, i, i, level);
		to[n++].count = weight * (weight - 1) / 2;
	}
	return n;
}

/* Candidates: kept pairs (`apart`: which of them are known not to match, or
 * NULL), copies, and a sample of what was not kept. */
static void candidate_patterns(const struct linkage *l,
			       const struct linkage_looks *sample,
			       double share, const bool *apart,
			       struct linkage_em_data *d)
{
	size_t stride = stride_of(l->kept.n), F = l->view.features, n;
	struct linkage_pattern *to =
		mem_alloc(l->kept.n + sample->n + l->items.n, sizeof(*to));

	n = self_patterns(l, to);
	for (size_t i = 0; i < l->kept.n; i++) {
		const uint32_t *pair = l->kept.pair[i];

		if (!in_turn(l, pair, stride))
			continue;
		to[n] = pattern_of(l, pair[0], pair[1], l->kept.level + i * F);
		to[n].count = linkage_items_weight(&l->items, pair[0]) *
			      linkage_items_weight(&l->items, pair[1]) *
			      (double)stride;
		to[n++].never |= apart != NULL && apart[i];
	}
	for (size_t i = 0; i < sample->n; i++) {
		const uint32_t *pair = sample->pair[i];

		to[n] = pattern_of(l, pair[0], pair[1], sample->level + i * F);
		to[n].count = 1 / share;
		to[n++].never = true;
	}
	d->candidate.at = to;
	d->candidate.n = n;
	linkage_patterns_merge(&d->candidate);
}

static void score(struct linkage *l)
{
	uint8_t level[LINKAGE_FEATURES_MAX];

	for (size_t i = 0; i < l->kept.n; i++) {
		const uint32_t *pair = l->kept.pair[i];
		const uint8_t *at = l->kept.level + i * l->view.features;

		l->odds[i] = -INFINITY;
		if (!linkage_view_conflict(&l->view, at))
			l->odds[i] = (float)linkage_model_odds(
				&l->model, at,
				linkage_rarity(&l->rarity, pair[0], pair[1],
					       at));
	}
	for (uint32_t i = 0; i < l->items.n; i++) {
		if (l->items.copies[i] < 2)
			continue;
		linkage_view_look(&l->view, NULL, i, i, level);
		l->self[i] = (float)linkage_model_odds(
			&l->model, level,
			linkage_rarity(&l->rarity, i, i, level));
	}
}

/* A model to begin with: starting m, u as drawn, a fifth of the records
 * having one double. */
static void begin(struct linkage *l, const struct linkage_looks *drawn,
		  struct linkage_em_data *d)
{
	double n = weight_sum(&l->items);

	d->population = n * (n - 1) / 2;
	memcpy(d->filled, l->rarity.filled, sizeof(d->filled));
	memcpy(d->equal, l->rarity.equal, sizeof(d->equal));
	linkage_model_init(&l->model, l->view.feature, l->view.features, 0.5);
	l->model.home.sure = l->o.homes;
	random_patterns(l, drawn, d);
	l->model.lambda = l->model.home.share = 0.2 / n;
	linkage_em(&l->model, d, true, 1);
	l->model.lambda = fmin(0.4 / n, 0.1);
	l->model.home.share = l->model.lambda;
}

static void gather(struct linkage *l, struct linkage_gathered *found,
		   double *share)
{
	struct linkage_block_column column[LINKAGE_COLUMNS_MAX];
	double candidates = (double)l->items.n * PAIRS_AN_ITEM;
	struct linkage_gather g = { .view = &l->view,
				    .model = &l->model,
				    .rarity = &l->rarity,
				    .threads = l->o.threads };
	struct linkage_block_report blocks;
	struct linkage_block *block;

	for (size_t c = 0; c < l->columns; c++)
		column[c] = (struct linkage_block_column){
			.kind = l->column[c].kind,
			.attribute = l->column[c].attribute,
			.values = l->values[c],
			.code = l->items.code[c]
		};
	g.least = l->items.n <= KEEP_ALL ?
			  -HUGE_VAL :
			  linkage_odds_of(POSTERIOR) - SLACK;
	g.sample = *share = fmin(SAMPLE_PAIRS / candidates, 1);
	block = linkage_block_new(column, l->columns, (uint32_t)l->items.n,
				  l->o.block_max);
	linkage_gather(&g, block, found);
	linkage_block_report(block, &blocks);
	l->report.keys = linkage_block_passes(block);
	l->report.blocks = blocks.blocks;
	l->report.blocks_skipped = blocks.skipped;
	l->report.largest_block = blocks.largest;
	l->report.pairs_compared = found->compared;
	linkage_block_free(block);
	l->kept = found->kept;
}

/* Which kept pairs hang together in one component, yet were cut apart. */
static bool *cut_apart(const struct linkage *l, const uint32_t *label,
		       const uint32_t *component)
{
	bool *apart = mem_alloc(l->kept.n, sizeof(*apart));

	for (size_t i = 0; i < l->kept.n; i++) {
		const uint32_t *pair = l->kept.pair[i];

		apart[i] = component[pair[0]] == component[pair[1]] &&
			   label[pair[0]] != label[pair[1]];
	}
	return apart;
}

static void second_pass(struct linkage *l, const struct linkage_looks *drawn,
			const struct linkage_gathered *found, double share,
			struct linkage_em_data *d)
{
	uint32_t *label = mem_alloc(l->items.n, sizeof(*label));
	uint32_t *component = mem_alloc(l->items.n, sizeof(*component));
	struct linkage_partition_counts counts;
	struct linkage_em_result em;
	bool *apart;

	linkage_group(l, linkage_odds_of(FIRST_AT), label, component, &counts);
	apart = cut_apart(l, label, component);
	linkage_rarity_release(&l->rarity);
	linkage_rarity_init(&l->rarity, &l->view, label);
	linkage_rarity_learn(&l->rarity, drawn);
	free(d->candidate.at);
	free(d->random.at);
	random_patterns(l, drawn, d);
	candidate_patterns(l, &found->sample, share, apart, d);
	em = linkage_em(&l->model, d, false, ROUNDS);
	l->report.rounds += em.rounds;
	l->report.converged = em.converged;
	free(apart);
	free(label);
	free(component);
}

void linkage_learn(struct linkage *l)
{
	struct linkage_em_data d = { 0 };
	struct linkage_looks drawn = { 0 };
	struct linkage_gathered found;
	double share;

	linkage_draw(&l->view, RANDOM_PAIRS, l->o.threads, &drawn);
	linkage_rarity_init(&l->rarity, &l->view, NULL);
	linkage_rarity_learn(&l->rarity, &drawn);
	begin(l, &drawn, &d);
	gather(l, &found, &share);
	l->odds = mem_alloc(l->kept.n, sizeof(*l->odds));
	l->self = mem_zalloc(l->items.n, sizeof(*l->self));
	candidate_patterns(l, &found.sample, share, NULL, &d);
	l->report.rounds = linkage_em(&l->model, &d, true, ROUNDS).rounds;
	score(l);
	second_pass(l, &drawn, &found, share, &d);
	linkage_model_round(&l->model);
	score(l);
	l->report.lambda = l->model.lambda;
	l->report.expected_matches = l->model.lambda * d.population;
	if (l->model.home.on)
		l->report.home_share = l->model.home.share;
	if (l->view.swap != LINKAGE_NONE) {
		l->report.swap_m = l->model.m[l->view.swap][1];
		l->report.swap_u = l->model.u[l->view.swap][1];
	}
	free(d.candidate.at);
	free(d.random.at);
	linkage_looks_release(&drawn);
	linkage_looks_release(&found.sample);
}
