/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which pairs of records are worth comparing: those that share a key of one
 * of several passes. A pass crosses parts ("atoms") of two columns: the sound
 * of a name, the month of a birth, the last four digits of a phone, the rarest
 * words of an address; the columns that tell most (entropy times fill) are
 * crossed, and each column that is no category is a pass by itself.
 *
 * A block is the records of one key. Larger ones than `block_max` are left
 * out, never cut short, and counted; their pairs may meet in another pass. In
 * a pass that would make more than a million pairs, and more than half a pair
 * a record, the largest blocks are left out, too, as many as it takes.
 * Each pair comes once, from the first pass that makes it.
 *
 *	struct linkage_block *b = linkage_block_new(column, n, records, 60);
 *	for (size_t p = 0; p < linkage_block_passes(b); p++) {
 *		linkage_block_open(b, p);
 *		... in each of `parts` threads:
 *		linkage_walk_start(b, &w, part, parts);
 *		while ((n = linkage_walk_next(b, &w, pair, NELEMS(pair))))
 *			... compare pair[0..n)
 *	}
 *
 * What pairs come depends on the records alone; in which order they come
 * depends on their numbers, not on `parts` beyond who gets which.
 */
#ifndef MODEL_LINKAGE_BLOCK_H
#define MODEL_LINKAGE_BLOCK_H

#include "model/linkage_compare.h"

struct linkage_block_column {
	enum linkage_kind kind;
	bool attribute;
	const struct linkage_values *values;	/* finished */
	const uint32_t *code;	/* of each record its value, or LINKAGE_EMPTY */
};

struct linkage_block;

/* Borrows values and codes until it is freed. Columns of kind LINKAGE_SOUND
 * are left out: names in ideographs are blocked by their reading, which their
 * own values have. block_max >= 2. */
struct linkage_block *linkage_block_new(const struct linkage_block_column *,
					size_t columns, uint32_t records,
					size_t block_max);
void linkage_block_free(struct linkage_block *);

size_t linkage_block_passes(const struct linkage_block *);
/* The atoms that a pass crosses: column and atom of each; `b_atom` is NULL
 * when it is one atom alone. */
struct linkage_pass {
	size_t a_column, b_column;
	const char *a_atom, *b_atom;
};
void linkage_block_pass(const struct linkage_block *, size_t pass,
			struct linkage_pass *);

/* Gathers the blocks of a pass. Passes are opened in order, each once; not
 * while another thread walks. */
void linkage_block_open(struct linkage_block *, size_t pass);

/* Where one of several walkers over the open pass stands. */
struct linkage_walk {
	size_t from, to;	/* the block, as entries of the pass */
	size_t end;		/* where this walker's share ends */
	size_t i, j;		/* the next pair in the block */
};

struct linkage_candidate {
	uint32_t a, b;		/* a < b */
};

void linkage_walk_start(const struct linkage_block *, struct linkage_walk *,
			unsigned part, unsigned parts);
/* Fills up to `room` pairs; 0 at the end. */
size_t linkage_walk_next(const struct linkage_block *, struct linkage_walk *,
			 struct linkage_candidate *, size_t room);

/* Over the passes opened so far. */
struct linkage_block_report {
	uint64_t blocks;	/* of 2 to block_max records, walked */
	uint64_t skipped;	/* of more, or too many for their pass */
	uint64_t largest;	/* records in the largest one, skipped or not */
};
void linkage_block_report(const struct linkage_block *,
			  struct linkage_block_report *);

#endif
