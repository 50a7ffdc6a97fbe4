/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far two cells of one column agree: a small number, the level, 0 being
 * "exact" and the last "differ". What a level says about two records is
 * learned elsewhere (model/linkage.h); here only alikeness is told.
 *
 * The values of a column are kept once each, in a dictionary, and all that
 * comparing needs (signs, words and their rarity, parts of a date) is
 * prepared once for each of them; comparing two allocates nothing, takes well
 * under a microsecond, and changes nothing, so that threads may share it.
 *
 * The levels of each kind stand in the table in linkage_compare.c; `crm-link`
 * prints them with what was learned about each. An empty cell is never
 * compared.
 */
#ifndef MODEL_LINKAGE_COMPARE_H
#define MODEL_LINKAGE_COMPARE_H

#include "model/linkage.h"

#define LINKAGE_EMPTY UINT32_MAX	/* the value of an empty cell */
#define LINKAGE_LEVELS_MAX 8

/* 2 to LINKAGE_LEVELS_MAX; 0 for LINKAGE_SOUND, which is not compared. */
unsigned linkage_level_count(enum linkage_kind);
/* "exact", "one edit", ...: lower case, no "=" or ";" in it. */
const char *linkage_level_name(enum linkage_kind, unsigned level);
/* How often two records of one entity are thought to show each level before
 * anything was learned; linkage_level_count() numbers that add up to 1. */
const double *linkage_level_prior(enum linkage_kind);

struct linkage_values;

/* `set`: a value may be several, a line feed between each two; the best pair
 * of two sets counts, whatever else is in them. */
struct linkage_values *linkage_values_new(enum linkage_kind, bool set);
void linkage_values_free(struct linkage_values *);
/*
 * The number of a cell's value, new or known: 0, 1, 2 ... as they first come;
 * LINKAGE_EMPTY for an empty cell. `sound` is the reading of a Chinese name
 * (pinyin without tones, a blank between syllables) or empty; it belongs to
 * the value, the first one given counts. Two columns whose values are to be
 * compared crosswise (given name and surname) share one dictionary.
 */
uint32_t linkage_values_add(struct linkage_values *, struct text value,
			    struct text sound);
/* Prepares all values for comparing; none may be added after it. */
void linkage_values_finish(struct linkage_values *);

size_t linkage_values_count(const struct linkage_values *);
/* Valid until the next linkage_values_add(). */
struct text linkage_values_text(const struct linkage_values *, uint32_t);

/* The level of two values; neither is LINKAGE_EMPTY. */
unsigned linkage_compare(const struct linkage_values *, uint32_t a,
			 uint32_t b);

/*
 * Of an address, text or firm: in how many distinct values of the column the
 * rarest word occurs that both have; 0 when they share none. Of other kinds
 * always 0. (Rarity of what agrees, where the whole does not.)
 */
uint32_t linkage_shared_frequency(const struct linkage_values *, uint32_t a,
				  uint32_t b);

/* The parts of a value that is a set, as values of a dictionary of their own;
 * LINKAGE_EMPTY after the last. A value of a column that is no set is its own
 * only part. */
const struct linkage_values *
linkage_values_parts(const struct linkage_values *);
uint32_t linkage_values_part(const struct linkage_values *, uint32_t,
			     size_t i);

/* The reading of a name, blanks taken out, or empty: for names that are
 * ideographs the one given, for names in letters the same letters where some
 * other value's reading is spelled so (Zhang Wei and 张伟). */
struct text linkage_values_sound(const struct linkage_values *, uint32_t);

#endif
