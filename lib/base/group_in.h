/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a group table, for the files that make it: group.c folds and
 * finds, group_join.c joins two, group_order.c sorts the keys.
 */
#ifndef BASE_GROUP_IN_H
#define BASE_GROUP_IN_H

#include <string.h>

#include "base/group.h"
#include "base/hash.h"
#include "base/mem.h"

/* Pairs that are queued and folded at once: their memory is waited for
 * together, and with values of some words they stay in the nearest cache. */
#define GROUP_BATCH 256
/* Bytes of a key that lies in its entry. */
#define SHORT_KEY HASH_WORDS

/* A key of up to 16 bytes, zero-padded; a longer one as pointer and hash. */
struct key {
	uint64_t word[2];
	uint32_t n;
	uint32_t hash;
};

struct group {
	group_fold *fold;
	void *ctx;
	size_t entry_size;	/* the caller's, rounded up to 8 */
	size_t stride;		/* with the key before it */
	size_t value_size;

	char *entries;
	size_t count, cap;
	uint64_t *slot;		/* hash << 32 | entry number + 1; 0: free */
	size_t slots;		/* a power of two */
	struct arena long_keys;

	/* Pairs as they came. A long key is an offset into `text` until it
	 * is folded: its row is gone by then. */
	struct key *key;
	char *values;
	size_t queued, room;
	struct buf text;
};

static inline struct key *entry_at(const struct group *g, size_t i)
{
	return (struct key *)(void *)(g->entries + i * g->stride);
}

static inline const char *long_bytes(const struct key *k)
{
	return (const char *)(uintptr_t)k->word[0];
}

static inline bool same(const struct key *a, const struct key *b)
{
	if (a->n != b->n || a->word[1] != b->word[1])
		return false;
	if (a->n <= SHORT_KEY)
		return a->word[0] == b->word[0];
	return memcmp(long_bytes(a), long_bytes(b), a->n) == 0;
}

/* From slot `at` on: the one that holds the key, or the free one where it
 * belongs. */
static inline size_t probe_from(const struct group *g, size_t at,
				const struct key *k)
{
	while (g->slot[at]) {
		uint64_t s = g->slot[at];

		if (s >> 32 == k->hash &&
		    same(entry_at(g, (uint32_t)s - 1), k))
			break;
		at = (at + 1) & (g->slots - 1);
	}
	return at;
}

static inline size_t probe(const struct group *g, const struct key *k)
{
	return probe_from(g, k->hash & (g->slots - 1), k);
}

/* Room for `more` new entries without a rehash on the way. */
void group_make_room(struct group *, size_t more);
/* A new entry for the key, whose free slot probe() found; its number. */
uint32_t group_insert(struct group *, size_t at, const struct key *);
/* Waits for the memory of n keys at once, each `stride` bytes after the one
 * before: at[i] is the slot where the search for key i begins. */
void group_await(const struct group *, const struct key *first, size_t stride,
		 size_t n, uint32_t *at);

#endif
