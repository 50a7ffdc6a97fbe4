/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From blocking keys to pairs worth keeping, in one walk on several threads.
 * Which pairs are kept, and their order, depends on the items alone.
 */
#ifndef MODEL_LINKAGE_GATHER_H
#define MODEL_LINKAGE_GATHER_H

#include "model/linkage_block.h"
#include "model/linkage_rarity.h"

struct linkage_gather {
	const struct linkage_view *view;
	const struct linkage_model *model;	/* for a first score */
	const struct linkage_rarity *rarity;
	double least;		/* log odds to keep a pair; -HUGE_VAL: all */
	double sample;		/* share of the other pairs to keep as well */
	unsigned threads;
};

struct linkage_gathered {
	struct linkage_looks kept;	/* by (a, b), a < b */
	struct linkage_looks sample;	/* pairs below `least`; likewise */
	uint64_t compared;
};

void linkage_gather(const struct linkage_gather *, struct linkage_block *,
		    struct linkage_gathered *);
void linkage_looks_release(struct linkage_looks *);

/*
 * About `wanted` pairs of items drawn at random, or all when there are not
 * more. Drawn by the items' hashes: an item more changes only the pairs that
 * it is in or steps between.
 */
void linkage_draw(const struct linkage_view *, size_t wanted, unsigned threads,
		  struct linkage_looks *);

#endif
