/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which atoms of blocking keys a kind of column has (model/linkage_atoms.h
 * lists them), and how their numbers are made of one value.
 */
#ifndef MODEL_LINKAGE_RECIPE_H
#define MODEL_LINKAGE_RECIPE_H

#include "model/linkage_compare.h"

#define LINKAGE_ATOM_NUMBERS 8	/* of one record */

/* Writes the numbers of a value (of a column that is no set), none of them 0,
 * at most LINKAGE_ATOM_NUMBERS; returns how many. */
typedef size_t linkage_recipe_make(const struct linkage_values *,
				   uint32_t value, uint32_t *to);

struct linkage_recipe {
	const char *name;	/* NULL: there is no more of the kind */
	linkage_recipe_make *make;
	bool many, alone, pairs, crossed;	/* as of struct linkage_atom */
};

#define LINKAGE_RECIPES 3

extern const struct linkage_recipe
	linkage_recipes[LINKAGE_KINDS][LINKAGE_RECIPES];
/* The value itself, which all kinds but categories have. */
extern const struct linkage_recipe linkage_recipe_value;

/* FNV-1a, never 0. */
uint32_t linkage_recipe_hash(const void *bytes, size_t n);
/* Ascending, each once; how many are left. */
size_t linkage_recipe_sort(uint32_t *number, size_t n);

#endif
