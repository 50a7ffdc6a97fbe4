/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Atoms: what of a record's cells blocking keys are made of, as 32-bit
 * numbers. A cell has one number of an atom ("year and month"), some (the
 * phones of a set, the words of an address) or none.
 *
 * Every column that is no category has the atom "value"; the columns that
 * tell most (entropy times fill) and the columns of names have parts, too:
 *
 *	given name, surname	sound (Soundex; pinyin), start (3 letters);
 *				both together: either sound, both sounds
 *	whole name		sound, signs or words in any order, words
 *	date			year and month, month and day in either order,
 *				year and day
 *	phone			last four, the four before
 *	id number		first half, second half
 *	VIN, plate		last eight, last four
 *	e-mail			first and last four before the @
 *	address, firm, text	rarest words
 *	place			sound, start
 *	postcode, number	none but the value
 */
#ifndef MODEL_LINKAGE_ATOMS_H
#define MODEL_LINKAGE_ATOMS_H

#include "model/linkage_block.h"
#include "model/linkage_recipe.h"

#define LINKAGE_ATOMS_MAX 64	/* atoms in all: bits of a mask */

struct linkage_atoms;

struct linkage_atom {
	size_t column;
	const char *name;
	bool many;		/* a record may have several numbers of it */
	bool alone;		/* a key by itself */
	bool pairs;		/* two of its numbers are a key */
	bool crossed;		/* a key with an atom of another column */
	/* The two columns of names are no two columns for `crossed`. */
	size_t also;		/* the other one, or SIZE_MAX */
};

struct linkage_atoms *linkage_atoms_new(const struct linkage_block_column *,
					size_t columns, uint32_t records);
void linkage_atoms_free(struct linkage_atoms *);

size_t linkage_atoms_count(const struct linkage_atoms *);
const struct linkage_atom *linkage_atoms_at(const struct linkage_atoms *,
					    size_t atom);

/* The record's numbers of an atom, ascending, none 0; how many. */
size_t linkage_atoms_get(const struct linkage_atoms *, size_t atom,
			 uint32_t record, uint32_t to[LINKAGE_ATOM_NUMBERS]);
/* Bits of the atoms of one number a record in which two records agree. */
uint64_t linkage_atoms_agree(const struct linkage_atoms *, uint32_t a,
			     uint32_t b);
/* Whether two records share a number of an atom. */
bool linkage_atoms_share(const struct linkage_atoms *, size_t atom,
			 uint32_t a, uint32_t b);

#endif
