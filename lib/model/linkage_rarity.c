/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frequencies are counted once a pass; a pair then costs a few look-ups. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_rarity.h"

#define NAME_MOST  4.0 /* nats, either way */
#define WORDS_MOST 3.0
#define MEAN_PAIRS 20 /* fewer random pairs give no mean */

enum nearness { NOTHING, NAMES, WORDS };

static const enum nearness near[LINKAGE_KINDS] = {
	[LINKAGE_GIVEN] = NAMES, [LINKAGE_SURNAME] = NAMES,
	[LINKAGE_NAME] = NAMES,	 [LINKAGE_PLACE] = NAMES,
	[LINKAGE_FIRM] = WORDS,	 [LINKAGE_ADDRESS] = WORDS,
	[LINKAGE_TEXT] = WORDS,
};

bool linkage_rarity_near(enum linkage_kind kind)
{
	return near[kind] != NOTHING;
}

/* Values counted: those of the column, or the parts of its sets. */
static size_t values_of(const struct linkage_view *v, size_t f)
{
	return linkage_values_count(linkage_values_parts(v->values[f]));
}

/* Part i of a cell; LINKAGE_EMPTY after the last. */
static uint32_t part_of(const struct linkage_view *v, size_t f, uint32_t code,
			size_t i)
{
	if (code == LINKAGE_EMPTY)
		return code;
	return linkage_values_part(v->values[f], code, i);
}

/* Adds up the weights of items by value; returns the filled cells. */
static double by_records(const struct linkage_view *v, size_t f, double *count)
{
	double filled = 0;

	for (size_t i = 0; i < v->items->n; i++) {
		double weight = linkage_items_weight(v->items, (uint32_t)i);
		uint32_t code = v->code[f][i], part;

		filled += code != LINKAGE_EMPTY ? weight : 0;
		for (size_t k = 0;
		     (part = part_of(v, f, code, k)) != LINKAGE_EMPTY; k++)
			count[part] += weight;
	}
	return filled;
}

/* Counts distinct labels by value; returns the distinct labels that fill the
 * column, each once for every value it has there. */
static double by_labels(const struct linkage_view *v, size_t f,
			const uint32_t *label, double *count)
{
	struct radix_item *seen = NULL;
	size_t n = 0, cap = 0;
	double filled = 0;

	for (size_t i = 0; i < v->items->n; i++) {
		uint32_t code = v->code[f][i], part;

		for (size_t k = 0;
		     (part = part_of(v, f, code, k)) != LINKAGE_EMPTY; k++) {
			if (n == cap)
				seen = mem_grow(seen, n, &cap, sizeof(*seen));
			seen[n].key = (uint64_t)part << 32 | label[i];
			seen[n++].who = part;
		}
	}
	radix_sort(seen, n);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && seen[i].key == seen[i - 1].key)
			continue;
		count[seen[i].who]++;
		filled++;
	}
	free(seen);
	return filled;
}

static void count_feature(struct linkage_rarity *r, size_t f,
			  const uint32_t *label)
{
	const struct linkage_view *v = r->view;
	size_t n = values_of(v, f);
	double *count = mem_zalloc(n, sizeof(*count));
	double filled, square = 0;

	filled = label == NULL ? by_records(v, f, count) :
				 by_labels(v, f, label, count);
	for (size_t i = 0; i < n; i++) {
		square += count[i] * count[i];
		r->equal[f] += count[i] * (count[i] - 1) / 2;
	}
	r->filled[f] = filled * (filled - 1) / 2;
	if (filled > 0 && !v->feature[f].attribute) {
		double mean = linkage_round(log(square / filled));

		r->exact[f] = mem_alloc(n, sizeof(**r->exact));
		for (size_t i = 0; i < n; i++)
			r->exact[f][i] = (float)(mean -
						 log(fmax(count[i], 1)));
		if (near[v->kind[f]] == NAMES && !v->set[f]) {
			r->share[f] = mem_alloc(n, sizeof(**r->share));
			for (size_t i = 0; i < n; i++)
				r->share[f][i] = (float)(fmax(count[i], 1) /
							 filled);
		}
	}
	free(count);
}

void linkage_rarity_init(struct linkage_rarity *r, const struct linkage_view *v,
			 const uint32_t *label)
{
	*r = (struct linkage_rarity){ .view = v };
	for (size_t f = 0; f < v->features; f++)
		if (f != v->swap)
			count_feature(r, f, label);
}

void linkage_rarity_release(struct linkage_rarity *r)
{
	for (size_t f = 0; f < LINKAGE_FEATURES_MAX; f++) {
		free(r->exact[f]);
		free(r->share[f]);
	}
}

/* h of a pair that agrees nearly; 0: nothing to tell. */
static double nearly(const struct linkage_rarity *r, size_t f, uint32_t a,
		     uint32_t b)
{
	const struct linkage_view *v = r->view;
	uint32_t x = v->code[f][a], y = v->code[f][b];

	if (r->share[f] != NULL)
		return (1 / (double)r->share[f][x] +
			1 / (double)r->share[f][y]) /
		       2;
	if (near[v->kind[f]] == WORDS && r->exact[f] != NULL) {
		uint32_t n = linkage_shared_frequency(v->values[f], x, y);

		return n == 0 ? 0 : 1.0 / n;
	}
	return 0;
}

/* Neither exact, nor differing, nor by the exchange of two columns. */
static bool is_near(const struct linkage_view *v, size_t f,
		    const uint8_t *level)
{
	return level[f] != LINKAGE_MISSING && level[f] > 0 &&
	       level[f] + 1u < v->feature[f].levels;
}

static bool exchanged(const struct linkage_view *v, size_t f,
		      const uint8_t *level)
{
	return v->swap != LINKAGE_NONE && level[v->swap] == 1 &&
	       (f == v->given || f == v->surname);
}

void linkage_rarity_learn(struct linkage_rarity *r,
			  const struct linkage_looks *looks)
{
	const struct linkage_view *v = r->view;

	for (size_t f = 0; f < v->features; f++) {
		double sum[LINKAGE_LEVELS_MAX] = { 0 };
		size_t n[LINKAGE_LEVELS_MAX] = { 0 };

		for (size_t i = 0; f != v->swap && i < looks->n; i++) {
			const uint8_t *level = looks->level + i * v->features;
			const uint32_t *pair = looks->pair[i];
			double h;

			if (!is_near(v, f, level) || exchanged(v, f, level))
				continue;
			h = nearly(r, f, pair[0], pair[1]);
			sum[level[f]] += h;
			n[level[f]] += h > 0;
		}
		for (size_t l = 0; l < LINKAGE_LEVELS_MAX; l++)
			if (n[l] >= MEAN_PAIRS)
				r->mean[f][l] = exp(linkage_round(
					log(sum[l] / (double)n[l])));
	}
}

/* The rarest of the values that two cells have in common. */
static double exactly(const struct linkage_rarity *r, size_t f, uint32_t x,
		      uint32_t y)
{
	const struct linkage_view *v = r->view;
	double most = -HUGE_VAL;
	uint32_t p, q;

	if (!v->set[f])
		return fmin((double)r->exact[f][x], (double)r->exact[f][y]);
	for (size_t i = 0; (p = part_of(v, f, x, i)) != LINKAGE_EMPTY; i++)
		for (size_t j = 0; (q = part_of(v, f, y, j)) != LINKAGE_EMPTY;
		     j++)
			if (p == q)
				most = fmax(most, (double)r->exact[f][p]);
	return most == -HUGE_VAL ? 0 : most;
}

/* Names that changed places: as frequent as where it is more so. */
static double across(const struct linkage_rarity *r, size_t f, uint32_t a,
		     uint32_t b)
{
	const struct linkage_view *v = r->view;
	size_t other = f == v->given ? v->surname : v->given;

	if (r->exact[other] == NULL || v->code[f][a] == LINKAGE_EMPTY ||
	    v->code[f][a] != v->code[other][b])
		return 0;
	return fmin((double)r->exact[f][v->code[f][a]],
		    (double)r->exact[other][v->code[f][a]]);
}

double linkage_rarity_of(const struct linkage_rarity *r, size_t f, uint32_t a,
			 uint32_t b, const uint8_t *level)
{
	const struct linkage_view *v = r->view;
	double most = NAME_MOST, h;

	if (f == v->swap || r->exact[f] == NULL || level[f] == LINKAGE_MISSING)
		return 0;
	if (exchanged(v, f, level))
		return across(r, f, a, b);
	if (level[f] == 0)
		return exactly(r, f, v->code[f][a], v->code[f][b]);
	if (!is_near(v, f, level) || r->mean[f][level[f]] <= 0)
		return 0;
	h = nearly(r, f, a, b);
	if (h <= 0)
		return 0;
	if (near[v->kind[f]] == WORDS)
		most = WORDS_MOST;
	return fmin(fmax(log(h / r->mean[f][level[f]]), -most), most);
}

struct linkage_rare linkage_rarity(const struct linkage_rarity *r, uint32_t a,
				   uint32_t b, const uint8_t *level)
{
	struct linkage_rare sum = { 0 };

	for (size_t f = 0; f < r->view->features; f++) {
		double nats = linkage_rarity_of(r, f, a, b, level);

		sum.all += nats;
		if (level[f] < r->view->feature[f].own)
			sum.own += nats;
	}
	return sum;
}
