/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was bought by whom in which group, for very many: each counts once in
 * the end, however often it was put in. Members lie in parts by customer,
 * each small enough for the processor's cache when it is gone through; a part
 * that has grown fourfold is rid of what stands in it twice, so that memory
 * is at most 64 bytes for each different member, and mostly 16 to 24.
 */
#ifndef MODEL_MIX_BAG_H
#define MODEL_MIX_BAG_H

#include "base/mem.h"
#include "model/mix.h"

/* What, of whom, where. */
struct mix_member {
	uint64_t code;
	uint32_t who, group;
};

/* Instead of a code: one who made no purchase and is one of the customers. */
#define MIX_PRESENT UINT64_MAX

#define MIX_PARTS_BITS 7
#define MIX_PARTS (1u << MIX_PARTS_BITS)

struct mix_part {
	struct mix_member *at;
	size_t n, cap;
	size_t limit;		/* so many are gone through; 0: the first */
};

struct mix_bag {
	struct mix_part part[MIX_PARTS];
};

void mix_bag_release(struct mix_bag *);
void mix_part_release(struct mix_part *);
void mix_bag_add(struct mix_bag *, const struct mix_member *);

/* What is distinct in a group. */
struct mix_counts {
	uint64_t customers, purchases;
};

/*
 * Adds to count[], by group, the different customers and purchases; `to`
 * (NULL: as they are) gives each member's group another number, or none.
 * `nobody` is the number of a customer who is none (UINT32_MAX: there is no
 * such). Works in so many threads.
 */
void mix_bag_count(const struct mix_bag *, const uint32_t *to, size_t groups,
		   uint32_t nobody, unsigned threads,
		   struct mix_counts *count);

#endif
