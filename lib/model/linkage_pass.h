/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pass of blocking, its keys and where it stands: what linkage_block.c, which
 * gathers blocks, and linkage_walk.c, which walks their pairs, share.
 */
#ifndef MODEL_LINKAGE_PASS_H
#define MODEL_LINKAGE_PASS_H

#include "base/radix.h"
#include "model/linkage_atoms.h"

struct linkage_key_pass {
	size_t f, g;		/* atoms; g SIZE_MAX: f alone */
	bool two_of_f;		/* keys are two numbers of f */
	bool many;		/* a record may have several keys */
	uint64_t one_number;	/* atoms of one number that must agree */
	uint64_t *skipped;	/* keys of too large blocks, ascending */
	size_t skips, skip_cap;
};

struct linkage_block {
	struct linkage_atoms *atoms;
	uint32_t records;
	size_t block_max;
	struct linkage_key_pass *pass;
	size_t passes, open;	/* `open`: the pass that was opened last */
	struct radix_item *item;	/* blocks of two and more */
	size_t items, cap;
	struct linkage_block_report report;
};

/* Numbers of a pass's two atoms, of one record or common to two. */
struct linkage_numbers {
	uint32_t f[LINKAGE_ATOM_NUMBERS], g[LINKAGE_ATOM_NUMBERS];
	size_t nf, ng;
};

#define LINKAGE_KEYS_MAX (LINKAGE_ATOM_NUMBERS * LINKAGE_ATOM_NUMBERS)

void linkage_numbers_get(const struct linkage_block *,
			 const struct linkage_key_pass *, uint32_t record,
			 struct linkage_numbers *);
/* How many keys they make. */
size_t linkage_keys_make(const struct linkage_key_pass *,
			 const struct linkage_numbers *,
			 uint64_t key[LINKAGE_KEYS_MAX]);
/* How many keys two records have in common in a pass. */
size_t linkage_keys_shared(const struct linkage_block *,
			   const struct linkage_key_pass *, uint32_t x,
			   uint32_t y, uint64_t key[LINKAGE_KEYS_MAX]);
/* The entry after the block that begins at `from`. */
size_t linkage_block_end(const struct linkage_block *, size_t from);

#endif
