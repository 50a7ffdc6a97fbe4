/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A set of 16-byte members, for very many of them: 20 to 28 bytes each, and
 * additions that wait for memory a batch at a time.
 */
#ifndef MODEL_MIX_SET_H
#define MODEL_MIX_SET_H

#include <stddef.h>
#include <stdint.h>

/* What, of whom, where. */
struct mix_member {
	uint64_t code;
	uint32_t who, group;
};

#define MIX_SET_BATCH 256

struct mix_set {
	struct mix_member *at;	/* in the order in which they came */
	size_t n, cap;
	uint32_t *slot;		/* number of the member + 1; 0: free */
	size_t slots;		/* a power of two */
	struct mix_member waiting[MIX_SET_BATCH];
	size_t waits;
};

void mix_set_init(struct mix_set *);
void mix_set_release(struct mix_set *);
void mix_set_add(struct mix_set *, struct mix_member);
/* After the last addition, before at and n are read. */
void mix_set_flush(struct mix_set *);

#endif
