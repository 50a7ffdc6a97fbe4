/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From items and odds to clusters of records and the list of pairs. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_state.h"

#define KEEP_AT 0.01 /* posterior of a pair worth an edge */

static double odds_of(const void *ctx, uint32_t a, uint32_t b, double *weight)
{
	const struct linkage *l = ctx;

	return linkage_odds(l, l->cache, a, b, weight);
}

/* Kept pairs of a posterior of KEEP_AT or more. */
static struct linkage_edge *edges_of(const struct linkage *l, size_t *n)
{
	struct linkage_edge *edge = mem_alloc(l->kept.n, sizeof(*edge));
	double least = linkage_odds_of(KEEP_AT);

	*n = 0;
	for (size_t i = 0; i < l->kept.n; i++)
		if ((double)l->odds[i] >= least)
			edge[(*n)++] = (struct linkage_edge){
				l->kept.pair[i][0], l->kept.pair[i][1],
				l->odds[i]
			};
	return edge;
}

bool linkage_group(struct linkage *l, double at, uint32_t *label,
		   uint32_t *component, struct linkage_partition_counts *counts)
{
	struct linkage_partition in = { .n = l->items.n,
					.settled = l->fixed,
					.settled_n = l->fixed_n,
					.at = at,
					.odds = odds_of,
					.ctx = l };
	struct linkage_edge *edge = edges_of(l, &in.edges);
	bool sound;

	in.edge = edge;
	l->report.pairs_kept = in.edges;
	sound = linkage_partition(&in, label, component, counts);
	free(edge);
	return sound;
}

static void fix(struct linkage *l, size_t *cap, uint32_t a, uint32_t b,
		bool same)
{
	if (l->fixed_n == *cap)
		l->fixed = mem_grow(l->fixed, l->fixed_n, cap,
				    sizeof(*l->fixed));
	l->fixed[l->fixed_n++] = (struct linkage_settled){ a, b, same };
}

static void fix_settled(struct linkage *l, size_t *cap, bool by_rule)
{
	const uint32_t *item = l->items.item;

	for (size_t i = 0; i < l->settled_n; i++)
		if (l->settled[i].by_rule == by_rule)
			fix(l, cap, item[l->settled[i].a],
			    item[l->settled[i].b], l->settled[i].same);
}

/* Each two neighbours of those that have one proof. */
static void fix_proofs(struct linkage *l, size_t *cap, size_t c)
{
	struct radix_item *order = mem_alloc(l->items.n, sizeof(*order));
	size_t n = 0;

	for (size_t i = 0; i < l->items.n; i++)
		if (l->items.code[c][i] != LINKAGE_EMPTY)
			order[n++] = (struct radix_item){
				l->items.code[c][i], (uint32_t)i
			};
	radix_sort(order, n);
	for (size_t i = 1; i < n; i++)
		if (order[i].key == order[i - 1].key)
			fix(l, cap, order[i - 1].who, order[i].who, true);
	free(order);
}

/* Clusters by `fixed` alone; false when it contradicts itself. */
static bool sound(const struct linkage *l, uint32_t *label)
{
	struct linkage_partition in = { .n = l->items.n,
					.settled = l->fixed,
					.settled_n = l->fixed_n,
					.at = HUGE_VAL };
	uint32_t *component = mem_alloc(l->items.n, sizeof(*component));
	struct linkage_partition_counts counts;
	bool is;

	is = linkage_partition(&in, label, component, &counts);
	free(component);
	return is;
}

/* Takes back the rules and proofs (from `from` on) in clusters where they would join
 * what is settled as two: what somebody decided is stronger. */
static void withdraw(struct linkage *l, size_t from, const uint32_t *label)
{
	bool *bad = mem_zalloc(l->items.n, sizeof(*bad));
	size_t kept = from;

	for (size_t i = 0; i < from; i++)
		if (!l->fixed[i].same &&
		    label[l->fixed[i].a] == label[l->fixed[i].b])
			bad[label[l->fixed[i].a]] = true;
	for (size_t i = from; i < l->fixed_n; i++)
		if (!bad[label[l->fixed[i].a]])
			l->fixed[kept++] = l->fixed[i];
	l->fixed_n = kept;
	free(bad);
}

bool linkage_group_fix(struct linkage *l)
{
	uint32_t *label = mem_alloc(l->items.n, sizeof(*label));
	size_t cap = 0, by_hand;
	bool is;

	fix_settled(l, &cap, false);
	is = sound(l, label);
	by_hand = l->fixed_n;
	if (is)
		fix_settled(l, &cap, true);
	for (size_t c = 0; is && c < l->columns; c++)
		if (l->column[c].proof && !l->column[c].set)
			fix_proofs(l, &cap, c);
	if (is && !sound(l, label))
		withdraw(l, by_hand, label);
	free(label);
	return is;
}

static bool has_proof(const struct linkage *l, uint32_t item)
{
	for (size_t c = 0; c < l->columns; c++)
		if (l->column[c].proof &&
		    l->items.code[c][item] != LINKAGE_EMPTY)
			return true;
	return false;
}

/* Whether the copies of an item are one, too: they are when what they say
 * would be enough for two records. */
static bool joins(const struct linkage *l, uint32_t item, double at)
{
	return has_proof(l, item) ||
	       (l->self != NULL && (double)l->self[item] >= at);
}

/* Clusters of records by their smallest number. */
static void spread(struct linkage *l, double at)
{
	uint32_t *least = mem_alloc(l->items.n, sizeof(*least));

	for (size_t i = 0; i < l->items.n; i++)
		least[i] = UINT32_MAX;
	for (size_t i = 0; i < l->items.n; i++) {
		uint32_t *to = &least[l->label[i]];

		*to = l->items.first[i] < *to ? l->items.first[i] : *to;
	}
	for (uint32_t r = 0; r < l->items.records; r++) {
		uint32_t item = l->items.item[r];

		l->cluster[r] = r;
		if (r == l->items.first[item] || joins(l, item, at))
			l->cluster[r] = least[l->label[item]];
	}
	free(least);
}

static void count(struct linkage *l)
{
	uint32_t *size = mem_zalloc(l->items.records, sizeof(*size));

	l->report.clusters = l->report.largest_cluster = 0;
	for (size_t r = 0; r < l->items.records; r++) {
		l->report.clusters += l->cluster[r] == r;
		if (++size[l->cluster[r]] > l->report.largest_cluster)
			l->report.largest_cluster = size[l->cluster[r]];
	}
	free(size);
}

static void add_pair(struct linkage *l, size_t *cap, uint32_t a, uint32_t b,
		     double odds)
{
	double p = linkage_probability_of(odds);
	struct linkage_pair pair = { .a = a < b ? a : b,
				     .b = a < b ? b : a,
				     .probability = (float)p };

	if (l->cluster[a] == l->cluster[b])
		pair.band = LINKAGE_MATCH;
	else
		pair.band = p < l->o.match_at ? LINKAGE_REVIEW : LINKAGE_CUT;
	if (l->pairs == *cap)
		l->pair = mem_grow(l->pair, l->pairs, cap, sizeof(*l->pair));
	l->pair[l->pairs++] = pair;
}

static int by_records(const void *a, const void *b)
{
	const struct linkage_pair *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Of a pair listed twice the certain one first. */
static int by_records_settled(const void *a, const void *b)
{
	const struct linkage_pair *x = a, *y = b;
	float dx = fabsf(x->probability - 0.5F);
	float dy = fabsf(y->probability - 0.5F);
	int order = by_records(a, b);

	return order != 0 ? order : (dx < dy) - (dx > dy);
}

/* What is settled, what was kept, copies; each pair once. */
static void list_pairs(struct linkage *l)
{
	double least = linkage_odds_of(l->o.review_at);
	size_t cap = 0, kept = 0;

	free(l->pair);
	l->pair = NULL;
	l->pairs = 0;
	for (size_t i = 0; i < l->settled_n; i++)
		add_pair(l, &cap, l->settled[i].a, l->settled[i].b,
			 l->settled[i].same ? HUGE_VAL : -HUGE_VAL);
	for (size_t i = 0; i < l->kept.n; i++)
		if ((double)l->odds[i] >= least)
			add_pair(l, &cap, l->items.first[l->kept.pair[i][0]],
				 l->items.first[l->kept.pair[i][1]],
				 (double)l->odds[i]);
	for (uint32_t r = 0; l->self != NULL && r < l->items.records; r++) {
		uint32_t item = l->items.item[r];

		if (r != l->items.first[item] &&
		    (double)l->self[item] >= least)
			add_pair(l, &cap, l->items.first[item], r,
				 (double)l->self[item]);
	}
	if (l->pairs > 1)
		qsort(l->pair, l->pairs, sizeof(*l->pair), by_records_settled);
	for (size_t i = 0; i < l->pairs; i++)
		if (kept == 0 ||
		    by_records(&l->pair[kept - 1], &l->pair[i]) != 0)
			l->pair[kept++] = l->pair[i];
	l->pairs = kept;
}

void linkage_group_finish(struct linkage *l, double match_at)
{
	struct linkage_partition_counts counts = { 0 };
	double at = linkage_odds_of(match_at);
	uint32_t *component = mem_alloc(l->items.n, sizeof(*component));

	if (l->label == NULL) {
		l->label = mem_alloc(l->items.n, sizeof(*l->label));
		l->cluster = mem_alloc(l->items.records, sizeof(*l->cluster));
	}
	linkage_group(l, at, l->label, component, &counts);
	free(component);
	l->report.components_cut = counts.components_cut;
	l->report.contradictions = counts.contradictions;
	spread(l, at);
	count(l);
	list_pairs(l);
}
