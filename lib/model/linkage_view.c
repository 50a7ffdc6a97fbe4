/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing is left to linkage_compare(); here is which with which. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_view.h"

#define FILLED_ONE_IN 100
#define FILLED_LEAST  20

/* Kinds that single out one person or firm even where few cells are filled. */
static const bool telling[LINKAGE_KINDS] = {
	[LINKAGE_PHONE] = true, [LINKAGE_EMAIL] = true, [LINKAGE_IDNUM] = true,
	[LINKAGE_VIN] = true,	[LINKAGE_PLATE] = true,
};

/* Kinds that say what something is, not which one. */
static const bool common[LINKAGE_KINDS] = {
	[LINKAGE_GENDER] = true,
	[LINKAGE_CATEGORY] = true,
};

/* Kinds whose comparison takes so long that looking it up is quicker. */
static const bool slow[LINKAGE_KINDS] = {
	[LINKAGE_NAME] = true,
	[LINKAGE_FIRM] = true,
	[LINKAGE_ADDRESS] = true,
	[LINKAGE_TEXT] = true,
};

/* How many of its first levels people of one home show no more often than
 * strangers do; EACH: all of them. */
#define EACH LINKAGE_LEVELS_MAX

static const unsigned own[LINKAGE_KINDS] = {
	[LINKAGE_GIVEN] = EACH, [LINKAGE_FIRM] = EACH,
	[LINKAGE_DATE] = EACH,	[LINKAGE_IDNUM] = EACH,
	[LINKAGE_TEXT] = EACH,	[LINKAGE_GENDER] = EACH,
	[LINKAGE_NAME] = 5,
};
/* "part": all that is known of one of the two is what a family shares. */
static const unsigned silent[LINKAGE_KINDS] = { [LINKAGE_NAME] = 1 };

/* "Exchanged" is rare among records of one person. */
static const double swap_prior[2] = { 0.98, 0.02 };

bool linkage_view_names(const struct linkage_column *column, size_t n,
			size_t *given, size_t *surname)
{
	*given = *surname = LINKAGE_NONE;
	for (size_t c = n; c-- > 0;) {
		if (column[c].kind == LINKAGE_GIVEN)
			*given = c;
		else if (column[c].kind == LINKAGE_SURNAME)
			*surname = c;
	}
	return *given != LINKAGE_NONE && *surname != LINKAGE_NONE &&
	       !column[*given].set && !column[*surname].set;
}

/* Whether a column says enough to be compared. */
static bool useful(const struct linkage_items *t,
		   const struct linkage_column *column, size_t c)
{
	uint32_t other = LINKAGE_EMPTY;
	double filled = 0, all = 0;
	bool differs = false;

	if (linkage_level_count(column->kind) == 0)
		return false;
	for (size_t i = 0; i < t->n; i++) {
		uint32_t code = t->code[c][i];
		double weight = linkage_items_weight(t, (uint32_t)i);

		all += weight;
		if (code == LINKAGE_EMPTY)
			continue;
		filled += weight;
		differs |= other != LINKAGE_EMPTY && code != other;
		other = code;
	}
	if (column->proof)
		return differs;
	if (telling[column->kind] && !column->attribute &&
	    filled >= FILLED_LEAST)
		return differs;
	return differs && filled * FILLED_ONE_IN >= all;
}

static void add_feature(struct linkage_view *v,
			const struct linkage_column *column, size_t c)
{
	size_t f = v->features++;

	v->feature[f] = (struct linkage_feature){
		.levels = linkage_level_count(column->kind),
		.prior = linkage_level_prior(column->kind),
		.attribute = column->attribute,
		.identity = !column->attribute && !common[column->kind],
		.own = own[column->kind],
		.silent = silent[column->kind]
	};
	v->column[f] = c;
	v->kind[f] = column->kind;
	v->proof[f] = column->proof;
	v->set[f] = column->set;
	v->values[f] = v->items->values[c];
	v->code[f] = v->items->code[c];
}

void linkage_view_init(struct linkage_view *v, const struct linkage_items *t,
		       const struct linkage_column *column)
{
	size_t given, surname;

	*v = (struct linkage_view){ .items = t,
				    .given = LINKAGE_NONE,
				    .surname = LINKAGE_NONE,
				    .swap = LINKAGE_NONE };
	linkage_view_names(column, t->columns, &given, &surname);
	for (size_t c = 0; c < t->columns; c++) {
		if (!useful(t, &column[c], c))
			continue;
		if (c == given)
			v->given = v->features;
		if (c == surname)
			v->surname = v->features;
		add_feature(v, &column[c], c);
	}
	if (v->given == LINKAGE_NONE || v->surname == LINKAGE_NONE ||
	    v->values[v->given] != v->values[v->surname])
		return;
	v->swap = v->features++;
	v->feature[v->swap] = (struct linkage_feature){ .levels = 2,
							.prior = swap_prior,
							.free = true,
							.identity = true };
}

void linkage_view_release(struct linkage_view *v)
{
	free(v->ignored);
	free(v->has_ignored);
}

static int by_pair(const void *a, const void *b)
{
	const struct linkage_ignored *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

void linkage_view_ignore(struct linkage_view *v)
{
	if (v->ignored_n == 0)
		return;
	qsort(v->ignored, v->ignored_n, sizeof(*v->ignored), by_pair);
	v->has_ignored = mem_zalloc(v->items->n, sizeof(*v->has_ignored));
	for (size_t i = 0; i < v->ignored_n; i++)
		v->has_ignored[v->ignored[i].a] =
			v->has_ignored[v->ignored[i].b] = true;
}

static bool ignored(const struct linkage_view *v, size_t feature, uint32_t a,
		    uint32_t b)
{
	struct linkage_ignored key = { a < b ? a : b, a < b ? b : a,
				       v->column[feature] };

	if (v->has_ignored == NULL || !v->has_ignored[a] || !v->has_ignored[b])
		return false;
	return bsearch(&key, v->ignored, v->ignored_n, sizeof(key), by_pair) !=
	       NULL;
}

/* Direct-mapped: a pair of values has one place, the last one there stays. */
#define CACHE_PLACES 8192

struct place {
	uint32_t a, b;
	uint8_t level;
};

struct linkage_cache {
	struct place *of[LINKAGE_FEATURES_MAX];
};

struct linkage_cache *linkage_cache_new(const struct linkage_view *v)
{
	struct linkage_cache *cache = mem_zalloc(1, sizeof(*cache));

	for (size_t f = 0; f < v->features; f++) {
		if (f == v->swap || !slow[v->kind[f]])
			continue;
		cache->of[f] = mem_alloc(CACHE_PLACES, sizeof(**cache->of));
		memset(cache->of[f], 0xff, CACHE_PLACES * sizeof(**cache->of));
	}
	return cache;
}

void linkage_cache_free(struct linkage_cache *cache)
{
	for (size_t f = 0; cache != NULL && f < LINKAGE_FEATURES_MAX; f++)
		free(cache->of[f]);
	free(cache);
}

/* Two values of the dictionary of feature f; the smaller number first, so
 * that a pair of values has one answer. */
static uint8_t compare(const struct linkage_view *v,
		       struct linkage_cache *cache, size_t f, uint32_t x,
		       uint32_t y)
{
	uint32_t a = x < y ? x : y, b = x < y ? y : x;
	struct place *place;

	if (a == b)
		return 0;
	if (cache == NULL || cache->of[f] == NULL)
		return (uint8_t)linkage_compare(v->values[f], a, b);
	place = &cache->of[f][(a * 0x9e3779b1U ^ b * 0x85ebca6bU) >> 19];
	if (place->a != a || place->b != b)
		*place = (struct place){
			a, b, (uint8_t)linkage_compare(v->values[f], a, b)
		};
	return place->level;
}

static uint8_t level_of(const struct linkage_view *v,
			struct linkage_cache *cache, size_t f, uint32_t x,
			uint32_t y)
{
	if (x == LINKAGE_EMPTY || y == LINKAGE_EMPTY)
		return LINKAGE_MISSING;
	return compare(v, cache, f, x, y);
}

uint8_t linkage_view_level(const struct linkage_view *v,
			   struct linkage_cache *cache, size_t f, uint32_t a,
			   uint32_t b)
{
	if (ignored(v, f, a, b))
		return LINKAGE_MISSING;
	return level_of(v, cache, f, v->code[f][a], v->code[f][b]);
}

/* What a level of a name is worth, roughly, to tell which way round two names
 * are meant; a missing one is worth nothing. The last level is the worst. */
static int worth(const struct linkage_view *v, size_t f, uint8_t level)
{
	if (level == LINKAGE_MISSING)
		return 0;
	if (level + 1u >= v->feature[f].levels)
		return -2;
	return level < 3 ? 3 - level : 0;
}

void linkage_view_swap(const struct linkage_view *v,
		       struct linkage_cache *cache, uint32_t a, uint32_t b,
		       uint8_t *level)
{
	size_t g = v->given, s = v->surname;
	uint32_t ga = v->code[g][a], gb = v->code[g][b];
	uint32_t sa = v->code[s][a], sb = v->code[s][b];
	int direct, cross;
	uint8_t x, y;

	level[g] = level_of(v, cache, g, ga, gb);
	level[s] = level_of(v, cache, s, sa, sb);
	direct = worth(v, g, level[g]) + worth(v, s, level[s]);
	level[v->swap] = level[g] == LINKAGE_MISSING &&
					 level[s] == LINKAGE_MISSING ?
				 LINKAGE_MISSING :
				 0;
	if (direct > 2)
		return;
	x = level_of(v, cache, g, ga, sb);
	y = level_of(v, cache, s, sa, gb);
	cross = worth(v, g, x) + worth(v, s, y);
	if (cross < direct + 3 || cross < 1)
		return;
	/* Which of the two is called a comes by chance. */
	level[g] = x < y ? x : y;
	level[s] = x < y ? y : x;
	level[v->swap] = 1;
}

void linkage_view_look(const struct linkage_view *v,
		       struct linkage_cache *cache, uint32_t a, uint32_t b,
		       uint8_t *level)
{
	for (size_t f = 0; f < v->features; f++)
		if (f != v->swap)
			level[f] = linkage_view_level(v, cache, f, a, b);
	if (v->swap != LINKAGE_NONE)
		linkage_view_swap(v, cache, a, b, level);
}

static bool differs(const struct linkage_view *v, size_t f,
		    const uint8_t *level)
{
	return level[f] != LINKAGE_MISSING &&
	       level[f] + 1u == v->feature[f].levels;
}

bool linkage_view_conflict(const struct linkage_view *v, const uint8_t *level)
{
	bool gender = false, birth = false;

	for (size_t f = 0; f < v->features; f++) {
		if (f == v->swap)
			continue;
		/* Level 1 is another form of one number. */
		if (v->proof[f] && level[f] != LINKAGE_MISSING && level[f] > 1)
			return true;
		if (v->kind[f] == LINKAGE_GENDER)
			gender |= differs(v, f, level);
		if (v->kind[f] == LINKAGE_DATE && !v->feature[f].attribute)
			birth |= differs(v, f, level);
	}
	return gender && birth;
}
