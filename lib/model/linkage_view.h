/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How two items look beside each other: the level of every feature. The
 * features are the columns in use, then, where there are a given name and a
 * surname, the flag that these two are exchanged.
 */
#ifndef MODEL_LINKAGE_VIEW_H
#define MODEL_LINKAGE_VIEW_H

#include "model/linkage_items.h"
#include "model/linkage_model.h"

struct linkage_view {
	const struct linkage_items *items;
	size_t features;	/* the flag included */
	struct linkage_feature feature[LINKAGE_FEATURES_MAX];
	/* Of each feature but the flag: */
	size_t column[LINKAGE_FEATURES_MAX];
	enum linkage_kind kind[LINKAGE_FEATURES_MAX];
	bool proof[LINKAGE_FEATURES_MAX], set[LINKAGE_FEATURES_MAX];
	const struct linkage_values *values[LINKAGE_FEATURES_MAX];
	const uint32_t *code[LINKAGE_FEATURES_MAX];
	/* Features, or LINKAGE_NONE. */
	size_t given, surname, swap;
	/* Pairs of items whose likeness in a feature is no evidence; sorted. */
	struct linkage_ignored *ignored;
	size_t ignored_n;
	bool *has_ignored;	/* of each item; NULL: none is */
};

struct linkage_ignored {
	uint32_t a, b;		/* a < b, items */
	size_t column;
};

/*
 * Chooses the features among `columns`: what is not a reading, holds two
 * values at least, and is filled in one row of a hundred (a proof, or an
 * identity such as a phone, in twenty rows).
 */
void linkage_view_init(struct linkage_view *, const struct linkage_items *,
		       const struct linkage_column *columns);
void linkage_view_release(struct linkage_view *);
/* Sorts what was put into `ignored`. */
void linkage_view_ignore(struct linkage_view *);

/* The columns whose exchange is looked for, of all columns; false: none. They
 * share a dictionary of values. */
bool linkage_view_names(const struct linkage_column *, size_t n, size_t *given,
			size_t *surname);

/* Levels that were found before, for one thread; slow comparisons only. */
struct linkage_cache;
struct linkage_cache *linkage_cache_new(const struct linkage_view *);
void linkage_cache_free(struct linkage_cache *);

/* The level of one feature as it stands, no exchange looked for. */
uint8_t linkage_view_level(const struct linkage_view *, struct linkage_cache *,
			   size_t feature, uint32_t a, uint32_t b);
/* Given name and surname, and whether they are exchanged: fills these three
 * levels. Only where there is such a flag. */
void linkage_view_swap(const struct linkage_view *, struct linkage_cache *,
		       uint32_t a, uint32_t b, uint8_t *level);
/* All levels of a pair. */
void linkage_view_look(const struct linkage_view *, struct linkage_cache *,
		       uint32_t a, uint32_t b, uint8_t *level);

/*
 * Whether two items can never be one: two different proofs, or another gender
 * together with another date of birth.
 */
bool linkage_view_conflict(const struct linkage_view *, const uint8_t *level);

#endif
