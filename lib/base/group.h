/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The group table: one entry of a fixed size per distinct key, kept in the
 * order in which keys were first seen.
 *
 * Pairs of key and value are queued and folded a batch at a time: first every
 * hash of the batch, then every index slot and entry prefetched, then the
 * fold. On tables larger than the cache nearly all time is waiting for
 * memory, and a batch waits for many lines at once. A command does not see
 * this: it adds rows, and reads entries after group_finish().
 */
#ifndef BASE_GROUP_H
#define BASE_GROUP_H

#include "base/mem.h"
#include "base/text.h"

/*
 * Folds n queued values into their entries: value i (at values + i *
 * value_size) belongs to the entry numbered index[i]. Entries start zeroed.
 * Called in the order in which rows came.
 */
struct group;
typedef void group_fold(struct group *, const uint32_t *index,
			const void *values, size_t n, void *ctx);

/* fold may be NULL for a table that is only interned into. */
struct group *group_new(size_t entry_size, size_t value_size, group_fold *,
			void *ctx);
void group_free(struct group *);

/* Queues one pair; the key is copied (a long one into the group's arena).
 * The value's bytes are copied. */
void group_add(struct group *, struct text key, const void *value);
/* Folds what is queued. After it the entries are complete. */
void group_finish(struct group *);

size_t group_count(const struct group *);
/* Both are valid until the next group_add() or group_finish(). */
void *group_entry(struct group *, size_t i);
struct text group_key(const struct group *, size_t i);
/* All entries at once, for a fold that asks for many; valid as long. */
struct group_span {
	char *base;
	size_t stride;
};

struct group_span group_span(struct group *);

static inline void *group_span_entry(struct group_span s, size_t i)
{
	return s.base + i * s.stride;
}

/* The first 8 bytes of the key as a number that orders like them. */
uint64_t group_prefix(const struct group *, size_t i);
/* Says that entry i will be asked for soon: when entries are walked in an
 * order of their own, some ahead, nobody waits for memory. */
void group_prefetch(const struct group *, size_t i);
/* The same for keys that will be found or interned soon, of which the first
 * GROUP_EXPECT are looked at: their memory is waited for together. */
#define GROUP_EXPECT 64
void group_expect(const struct group *, const struct text *key, size_t n);
/* Number of the key's entry, or SIZE_MAX. Nothing may be queued. */
size_t group_find(const struct group *, struct text key);
/* Entry number of the key, made (zeroed) when new; not batched. */
size_t group_intern(struct group *, struct text key);

/*
 * Brings the keys of `from` into `into`: merge() is called for each entry of
 * `from` with the entry of its key in `into` (zeroed when it is new) and its
 * own, in large tables by two threads at once, each time for other entries.
 * Nothing may be queued in either. `number`, when not NULL, has room for
 * group_count(from) and is given the entry's number in `into`.
 */
typedef void group_merge(void *into, const void *from, void *ctx);
void group_join(struct group *into, const struct group *from, group_merge *,
		void *ctx, uint32_t *number);

/* Entry numbers in bytewise order of their keys; the caller frees. */
uint32_t *group_sorted(const struct group *);
/* The other way round: the place of each entry in that order. */
uint32_t *group_ranks(const struct group *);

#endif
