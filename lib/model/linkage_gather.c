/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Most candidates are no match, and that shows after a few columns: equal
 * codes are looked at first, which costs nothing, then the other columns are
 * compared, quick ones before slow ones, until what is left to compare could
 * not lift the pair over the bar any more.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parts.h"
#include "base/radix.h"
#include "model/linkage_gather.h"

#define CHUNK	 4096
#define NAME_ADD 4.0 /* most that rarity adds to a near agreement */

/* Pairs and levels as one thread finds them. */
struct pile {
	struct linkage_looks looks;
	size_t cap;
};

static void put(struct pile *pile, const struct linkage_view *v, uint32_t a,
		uint32_t b, const uint8_t *level)
{
	struct linkage_looks *looks = &pile->looks;

	if (looks->n == pile->cap) {
		pile->cap = pile->cap < 256 ? 256 : pile->cap * 3 / 2;
		looks->pair = mem_resize(looks->pair, pile->cap,
					 sizeof(*looks->pair));
		looks->level = mem_resize(looks->level, pile->cap,
					  v->features);
	}
	looks->pair[looks->n][0] = a;
	looks->pair[looks->n][1] = b;
	memcpy(looks->level + looks->n * v->features, level, v->features);
	looks->n++;
}

void linkage_looks_release(struct linkage_looks *looks)
{
	free(looks->pair);
	free(looks->level);
	*looks = (struct linkage_looks){ 0 };
}

/* All piles in one, by (a, b). */
static void heap_up(struct linkage_looks *to, const struct linkage_view *v,
		    struct pile *const *pile, size_t piles)
{
	struct pile all = { 0 };
	struct radix_item *order;
	size_t n = 0;

	for (size_t i = 0; i < piles; i++)
		n += pile[i]->looks.n;
	all.cap = n;
	all.looks.pair = mem_alloc(n, sizeof(*all.looks.pair));
	all.looks.level = mem_alloc(n, v->features);
	for (size_t i = 0; i < piles; i++) {
		struct linkage_looks *from = &pile[i]->looks;

		for (size_t k = 0; k < from->n; k++)
			put(&all, v, from->pair[k][0], from->pair[k][1],
			    from->level + k * v->features);
		linkage_looks_release(from);
	}
	order = mem_alloc(n, sizeof(*order));
	for (size_t i = 0; i < n; i++)
		order[i] = (struct radix_item){
			(uint64_t)all.looks.pair[i][0] << 32 |
				all.looks.pair[i][1],
			(uint32_t)i
		};
	radix_sort(order, n);
	to->n = n;
	to->pair = mem_alloc(n, sizeof(*to->pair));
	to->level = mem_alloc(n, v->features);
	for (size_t i = 0; i < n; i++) {
		memcpy(to->pair[i], all.looks.pair[order[i].who],
		       sizeof(*to->pair));
		memcpy(to->level + i * v->features,
		       all.looks.level + order[i].who * v->features,
		       v->features);
	}
	linkage_looks_release(&all.looks);
	free(order);
}

/* The walk of one thread over the open pass. */
struct walker {
	struct linkage_cache *cache;
	struct pile kept, sample;
	uint64_t compared;
};

struct hunt {
	const struct linkage_gather *in;
	struct linkage_block *block;
	struct walker *walker;
	/* Features to compare, quick ones first. */
	size_t order[LINKAGE_FEATURES_MAX];
	size_t n;
	double near[LINKAGE_FEATURES_MAX];	/* best short of exact */
	double base;
};

#define NAMES_COST 2
#define COST_MOST  6

static const unsigned char cost[LINKAGE_KINDS] = {
	[LINKAGE_PHONE] = 1,	[LINKAGE_IDNUM] = 1, [LINKAGE_GIVEN] = 2,
	[LINKAGE_SURNAME] = 2,	[LINKAGE_NAME] = 3,  [LINKAGE_PLACE] = 3,
	[LINKAGE_EMAIL] = 4,	[LINKAGE_FIRM] = 5,  [LINKAGE_TEXT] = 6,
	[LINKAGE_ADDRESS] = 6,
};

/* The flag of exchange stands for both names, which are looked at together. */
static bool in_plan(const struct linkage_view *v, size_t f, unsigned c)
{
	if (f == v->swap)
		return c == NAMES_COST;
	if (v->swap != LINKAGE_NONE && (f == v->given || f == v->surname))
		return false;
	return cost[v->kind[f]] == c;
}

static void plan(struct hunt *h)
{
	const struct linkage_view *v = h->in->view;
	const struct linkage_model *model = h->in->model;

	h->base = linkage_model_prior(model);
	for (unsigned c = 0; c <= COST_MOST; c++)
		for (size_t f = 0; f < v->features; f++)
			if (in_plan(v, f, c))
				h->order[h->n++] = f;
	for (size_t f = 0; f < v->features; f++) {
		h->near[f] = fmax(model->weight[f][1], 0);
		if (f != v->swap && h->in->rarity->exact[f] != NULL &&
		    linkage_rarity_near(v->kind[f]))
			h->near[f] += NAME_ADD;
	}
}

static double exact_score(const struct hunt *h, size_t f, uint32_t code)
{
	const struct linkage_rarity *r = h->in->rarity;
	double score = h->in->model->weight[f][0];

	if (r->exact[f] != NULL && !h->in->view->set[f])
		score += (double)r->exact[f][code];
	else if (r->exact[f] != NULL)
		score += NAME_ADD;
	return score;
}

/* What one feature could bring at most, from its codes alone. */
static double bound(const struct hunt *h, size_t f, uint32_t x, uint32_t y)
{
	if (x == LINKAGE_EMPTY || y == LINKAGE_EMPTY)
		return 0;
	if (x == y || h->in->view->set[f])
		return exact_score(h, f, x);
	return h->near[f];
}

/* Of the two names together, which may have changed places. */
static double bound_names(const struct hunt *h, uint32_t a, uint32_t b)
{
	const struct linkage_view *v = h->in->view;
	const uint32_t *g = v->code[v->given], *s = v->code[v->surname];
	double direct = bound(h, v->given, g[a], g[b]) +
			bound(h, v->surname, s[a], s[b]);
	double cross;

	if (g[a] == g[b] && s[a] == s[b])
		return direct;
	cross = bound(h, v->given, g[a], s[b]) +
		bound(h, v->surname, s[a], g[b]) +
		h->in->model->weight[v->swap][1];
	return fmax(direct, cross);
}

static double of_names(const struct hunt *h, struct linkage_cache *cache,
		       uint32_t a, uint32_t b, uint8_t *level)
{
	const struct linkage_view *v = h->in->view;
	const size_t feature[2] = { v->given, v->surname };
	double sum = 0;

	linkage_view_swap(v, cache, a, b, level);
	if (level[v->swap] == 1)
		sum += h->in->model->weight[v->swap][1];
	for (size_t i = 0; i < 2; i++) {
		size_t f = feature[i];

		if (level[f] == LINKAGE_MISSING)
			continue;
		sum += h->in->model->weight[f][level[f]] +
		       linkage_rarity_of(h->in->rarity, f, a, b, level);
	}
	return sum;
}

static double of_feature(const struct hunt *h, struct linkage_cache *cache,
			 size_t f, uint32_t a, uint32_t b, uint8_t *level)
{
	level[f] = linkage_view_level(h->in->view, cache, f, a, b);
	if (level[f] == LINKAGE_MISSING)
		return 0;
	return h->in->model->weight[f][level[f]] +
	       linkage_rarity_of(h->in->rarity, f, a, b, level);
}

/* Compares until the pair cannot reach the bar; true when it may. */
static bool worthwhile(const struct hunt *h, struct linkage_cache *cache,
		       uint32_t a, uint32_t b)
{
	const struct linkage_view *v = h->in->view;
	double most[LINKAGE_FEATURES_MAX], sum = h->base;
	uint8_t level[LINKAGE_FEATURES_MAX];

	if (h->in->least == -HUGE_VAL)
		return true;
	if (v->swap != LINKAGE_NONE)
		level[v->swap] = 0;
	for (size_t i = 0; i < h->n; i++) {
		size_t f = h->order[i];

		most[f] = f == v->swap ? bound_names(h, a, b) :
					 bound(h, f, v->code[f][a],
					       v->code[f][b]);
		sum += most[f];
	}
	for (size_t i = 0; i < h->n && sum >= h->in->least; i++) {
		size_t f = h->order[i];

		if (f == v->swap)
			sum += of_names(h, cache, a, b, level);
		else if (v->code[f][a] != v->code[f][b])
			sum += of_feature(h, cache, f, a, b, level);
		else
			continue;
		sum -= most[f];
	}
	return sum >= h->in->least;
}

/* The same pairs whoever meets them: by the hashes of the two. */
static bool drawn(const struct hunt *h, uint32_t a, uint32_t b)
{
	const uint64_t *hash = h->in->view->items->hash;
	uint64_t x = (hash[a] ^ (hash[b] << 1 | hash[b] >> 63)) *
		     UINT64_C(0x9e3779b97f4a7c15);

	return (double)(x >> 11) < h->in->sample * 9007199254740992.0;
}

static void meet(struct hunt *h, struct walker *w, uint32_t a, uint32_t b)
{
	const struct linkage_view *v = h->in->view;
	uint8_t level[LINKAGE_FEATURES_MAX];

	if (worthwhile(h, w->cache, a, b)) {
		linkage_view_look(v, w->cache, a, b, level);
		put(&w->kept, v, a, b, level);
	} else if (drawn(h, a, b)) {
		linkage_view_look(v, w->cache, a, b, level);
		put(&w->sample, v, a, b, level);
	}
}

static void walk(void *ctx, unsigned part)
{
	struct hunt *h = ctx;
	struct walker *w = &h->walker[part];
	struct linkage_candidate *pair = mem_alloc(CHUNK, sizeof(*pair));
	struct linkage_walk at;
	size_t n;

	linkage_walk_start(h->block, &at, part, h->in->threads);
	while ((n = linkage_walk_next(h->block, &at, pair, CHUNK)) > 0) {
		w->compared += n;
		for (size_t i = 0; i < n; i++)
			meet(h, w, pair[i].a, pair[i].b);
	}
	free(pair);
}

void linkage_gather(const struct linkage_gather *in,
		    struct linkage_block *block, struct linkage_gathered *to)
{
	struct hunt h = { .in = in, .block = block };
	struct pile **kept = mem_alloc(in->threads, sizeof(*kept));
	struct pile **sample = mem_alloc(in->threads, sizeof(*sample));

	*to = (struct linkage_gathered){ 0 };
	plan(&h);
	h.walker = mem_zalloc(in->threads, sizeof(*h.walker));
	for (unsigned i = 0; i < in->threads; i++) {
		h.walker[i].cache = linkage_cache_new(in->view);
		kept[i] = &h.walker[i].kept;
		sample[i] = &h.walker[i].sample;
	}
	for (size_t p = 0; p < linkage_block_passes(block); p++) {
		linkage_block_open(block, p);
		parts_run(in->threads, walk, &h);
	}
	for (unsigned i = 0; i < in->threads; i++) {
		to->compared += h.walker[i].compared;
		linkage_cache_free(h.walker[i].cache);
	}
	heap_up(&to->kept, in->view, kept, in->threads);
	heap_up(&to->sample, in->view, sample, in->threads);
	free(h.walker);
	free(kept);
	free(sample);
}
