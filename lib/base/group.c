/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The group table: an index of 8-byte slots over a dense array of entries.
 * A short key lies in its entry, so that a fold touches one slot and one
 * entry, both prefetched a batch ahead.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/hash.h"
#include "base/msg.h"
#include "base/parts.h"
#include "base/radix.h"

/* Pairs that are queued and folded at once: their memory is waited for
 * together, and with values of some words they stay in the nearest cache. */
#define BATCH 256
/* Bytes of long keys in the queue, and one key more. */
#define QUEUE_TEXT (1u << 20)
#define SHORT_KEY HASH_WORDS
/* A command may have a table for each of very many groups: all begins small,
 * and what has grown large lies on pages of its own. */
#define FIRST_SLOTS 16
#define FIRST_ENTRIES 8
#define FIRST_QUEUE 16
#define PAGES_FROM (64u << 10)

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

static struct key *entry_at(const struct group *g, size_t i)
{
	return (struct key *)(void *)(g->entries + i * g->stride);
}

/* mem_pages() for tables of any size. */
static void *grow_table(void *p, size_t old, size_t bytes)
{
	char *to;

	if (old >= PAGES_FROM)
		return mem_pages(p, old, bytes);
	if (bytes >= PAGES_FROM) {
		to = mem_pages(NULL, 0, bytes);
		if (old)
			memcpy(to, p, old);
		free(p);
		return to;
	}
	to = mem_resize(p, bytes, 1);
	memset(to + old, 0, bytes - old);
	return to;
}

static void free_table(void *p, size_t bytes)
{
	if (bytes >= PAGES_FROM)
		mem_pages_free(p, bytes);
	else
		free(p);
}

struct group *group_new(size_t entry_size, size_t value_size, group_fold *fold,
			void *ctx)
{
	struct group *g = mem_apart(1, sizeof(*g));

	g->fold = fold;
	g->ctx = ctx;
	g->entry_size = (entry_size + 7) & ~(size_t)7;
	g->stride = sizeof(struct key) + g->entry_size;
	g->value_size = value_size;
	g->slots = FIRST_SLOTS;
	g->slot = grow_table(NULL, 0, g->slots * sizeof(*g->slot));
	g->cap = FIRST_ENTRIES;
	g->entries = grow_table(NULL, 0, g->cap * g->stride);
	return g;
}

/* Completes a key whose words and length are there; a long key's first word
 * points to its bytes. */
static inline void hash_key(struct key *k)
{
	uint64_t h;

	if (k->n <= SHORT_KEY) {
		h = hash_words(k->word, k->n);
	} else {
		h = hash_bytes((const char *)(uintptr_t)k->word[0], k->n);
		k->word[1] = h;
	}
	k->hash = (uint32_t)(h >> 32);
}

static uint32_t key_length(struct text t)
{
	if (t.n > UINT32_MAX)
		bug("a key of %zu bytes", t.n);
	return (uint32_t)t.n;
}

/* Written where it shall stand: a copy of what was written a moment ago by
 * halves would wait for them. */
static inline void make_key(struct key *k, struct text t)
{
	k->n = key_length(t);
	if (t.n <= SHORT_KEY) {
		hash_load(t.n ? t.p : "", t.n, k->word);
	} else {
		k->word[0] = (uintptr_t)t.p;
		k->word[1] = 0;
	}
	hash_key(k);
}

static const char *long_bytes(const struct key *k)
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

static void grow_slots(struct group *g)
{
	size_t slots = g->slots * 2;
	uint64_t *to = grow_table(NULL, 0, slots * sizeof(*to));

	for (size_t i = 0; i < g->slots; i++) {
		size_t at = (g->slot[i] >> 32) & (slots - 1);

		if (!g->slot[i])
			continue;
		while (to[at])
			at = (at + 1) & (slots - 1);
		to[at] = g->slot[i];
	}
	free_table(g->slot, g->slots * sizeof(*g->slot));
	g->slot = to;
	g->slots = slots;
}

/* Room for `more` new entries without a rehash on the way. */
static void make_room(struct group *g, size_t more)
{
	if (g->count + more > UINT32_MAX)
		die("more than %u different keys", UINT32_MAX);
	while ((g->count + more) * 3 > g->slots * 2)
		grow_slots(g);
	if (g->count + more > g->cap) {
		size_t cap = g->cap + g->cap / 2 + more;

		g->entries = grow_table(g->entries, g->cap * g->stride,
					cap * g->stride);
		g->cap = cap;
	}
}

static uint32_t insert(struct group *g, size_t at, const struct key *k)
{
	struct key *e = entry_at(g, g->count);

	*e = *k;
	if (k->n > SHORT_KEY)
		e->word[0] = (uintptr_t)arena_copy(&g->long_keys,
						   long_bytes(k), k->n);
	g->count++;
	g->slot[at] = (uint64_t)k->hash << 32 | g->count;
	return (uint32_t)(g->count - 1);
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

static inline uint32_t find_or_insert(struct group *g, size_t at,
				      const struct key *k)
{
	at = probe_from(g, at, k);
	return g->slot[at] ? (uint32_t)g->slot[at] - 1 : insert(g, at, k);
}

/* Both cache lines that an entry may lie across. */
static inline void fetch(const struct group *g, size_t i)
{
	const char *e = g->entries + i * g->stride;

	__builtin_prefetch(e, 1);
	__builtin_prefetch(e + g->stride - 1, 1);
}

static inline uint32_t hash_at(const char *key, size_t i, size_t stride)
{
	return ((const struct key *)(const void *)(key + i * stride))->hash;
}

/* The first slot of this hash, or the free one where the search ends. */
static inline size_t hash_slot(const struct group *g, uint32_t hash)
{
	size_t at = hash & (g->slots - 1);

	while (g->slot[at] && g->slot[at] >> 32 != hash)
		at = (at + 1) & (g->slots - 1);
	return at;
}

/* Waits for the memory of n keys at once, each `stride` bytes after the one
 * before: at[i] is the slot where the search for key i begins. */
static void await(const struct group *g, const struct key *first,
		  size_t stride, size_t n, uint32_t *at)
{
	const char *key = (const char *)first;
	size_t mask = g->slots - 1;

	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&g->slot[hash_at(key, i, stride) & mask]);
	for (size_t i = 0; i < n; i++) {
		uint64_t s;

		at[i] = (uint32_t)hash_slot(g, hash_at(key, i, stride));
		s = g->slot[at[i]];
		if (s && (i == 0 || at[i] != at[i - 1]))
			fetch(g, (uint32_t)s - 1);
	}
}

static void fold_queue(struct group *g)
{
	uint32_t index[BATCH];
	size_t n = g->queued;

	for (size_t i = 0; g->text.n && i < n; i++)
		if (g->key[i].n > SHORT_KEY)
			g->key[i].word[0] =
				(uintptr_t)(g->text.p + g->key[i].word[0]);
	make_room(g, n);
	await(g, g->key, sizeof(*g->key), n, index);
	for (size_t i = 0; i < n; i++) {
		const struct key *k = &g->key[i];

		/* Rows of one key often stand together. */
		index[i] = i && k->hash == k[-1].hash && same(k, k - 1) ?
				   index[i - 1] :
				   find_or_insert(g, index[i], k);
	}
	if (g->fold)
		g->fold(g, index, g->values, n, g->ctx);
	g->queued = 0;
	buf_clear(&g->text);
}

void group_free(struct group *g)
{
	if (!g)
		return;
	free_table(g->slot, g->slots * sizeof(*g->slot));
	free_table(g->entries, g->cap * g->stride);
	arena_release(&g->long_keys);
	free(g->key);
	free(g->values);
	buf_release(&g->text);
	free(g);
}

static void grow_queue(struct group *g)
{
	g->room = g->room ? 2 * g->room : FIRST_QUEUE;
	g->key = mem_resize(g->key, g->room, sizeof(*g->key));
	g->values = mem_resize(g->values, g->room, g->value_size);
}

/* A long key's bytes are kept until it is folded. */
static void queue_long(struct group *g, struct key *k, struct text key)
{
	make_key(k, key);
	k->word[0] = g->text.n;
	buf_addt(&g->text, key);
}

void group_add(struct group *g, struct text key, const void *value)
{
	struct key *k;
	char *to;

	if (g->queued == g->room)
		grow_queue(g);
	k = &g->key[g->queued];
	to = g->values + g->queued * g->value_size;
	if (key.n <= SHORT_KEY)
		make_key(k, key);
	else
		queue_long(g, k, key);
	/* Of this size are most values: no call for them. */
	if (g->value_size == 16)
		memcpy(to, value, 16);
	else
		memcpy(to, value, g->value_size);
	if (++g->queued == BATCH || g->text.n > QUEUE_TEXT)
		fold_queue(g);
}

void group_finish(struct group *g)
{
	if (g->queued)
		fold_queue(g);
}

size_t group_count(const struct group *g)
{
	return g->count;
}

void *group_entry(struct group *g, size_t i)
{
	return entry_at(g, i) + 1;
}

struct group_span group_span(struct group *g)
{
	return (struct group_span){ g->entries + sizeof(struct key),
				    g->stride };
}

struct text group_key(const struct group *g, size_t i)
{
	const struct key *k = entry_at(g, i);

	return (struct text){ k->n <= SHORT_KEY ? (const char *)k->word :
						  long_bytes(k),
			      k->n };
}

void group_prefetch(const struct group *g, size_t i)
{
	fetch(g, i);
}

void group_expect(const struct group *g, const struct text *key, size_t n)
{
	struct key k[GROUP_EXPECT];
	uint32_t at[GROUP_EXPECT];

	if (n > GROUP_EXPECT)
		n = GROUP_EXPECT;
	for (size_t i = 0; i < n; i++)
		make_key(&k[i], key[i]);
	await(g, k, sizeof(k[0]), n, at);
}

size_t group_find(const struct group *g, struct text key)
{
	struct key k;
	size_t at;

	make_key(&k, key);
	at = probe(g, &k);
	return g->slot[at] ? (uint32_t)g->slot[at] - 1 : SIZE_MAX;
}

size_t group_intern(struct group *g, struct text key)
{
	struct key k;

	make_key(&k, key);
	make_room(g, 1);
	return find_or_insert(g, k.hash & (g->slots - 1), &k);
}

/* ---- joining ---- */

struct join {
	struct group *into;
	const struct group *from;
	group_merge *merge;
	void *ctx;
	uint32_t *number;	/* of each entry in `into`, or NEW */
	unsigned threads;
};

#define NEW UINT32_MAX

/* From so many entries on a second thread is worth its while. */
#define JOIN_MANY (1u << 14)

static void merge_entry(const struct join *j, size_t i, size_t at)
{
	if (j->merge)
		j->merge(entry_at(j->into, at) + 1, entry_at(j->from, i) + 1,
			 j->ctx);
}

/* Those that are in both: nothing is made, and no two have one entry. */
static void join_known(void *ctx, unsigned part)
{
	const struct join *j = ctx;
	const struct group *g = j->into, *from = j->from;
	size_t at = from->count * part / j->threads;
	size_t end = from->count * (part + 1) / j->threads;
	uint32_t slot[BATCH];

	for (size_t n; at < end; at += n) {
		n = end - at < BATCH ? end - at : BATCH;
		await(g, entry_at(from, at), from->stride, n, slot);
		for (size_t i = at; i < at + n; i++) {
			uint64_t s = g->slot[probe_from(g, slot[i - at],
							entry_at(from, i))];

			j->number[i] = s ? (uint32_t)s - 1 : NEW;
			if (s)
				merge_entry(j, i, j->number[i]);
		}
	}
}

/* Slots asked for from memory before their turn. */
#define AHEAD 16

static void join_new(const struct join *j)
{
	const struct group *g = j->into;

	for (size_t i = 0; i < j->from->count; i++) {
		const struct key *k = entry_at(j->from, i);

		if (i + AHEAD < j->from->count && j->number[i + AHEAD] == NEW)
			__builtin_prefetch(
				&g->slot[entry_at(j->from, i + AHEAD)->hash &
					 (g->slots - 1)]);
		if (j->number[i] != NEW)
			continue;
		make_room(j->into, 1);
		j->number[i] = insert(j->into, probe(j->into, k), k);
		merge_entry(j, i, j->number[i]);
	}
}

void group_join(struct group *into, const struct group *from,
		group_merge *merge, void *ctx, uint32_t *number)
{
	struct join j = { into, from, merge, ctx, number,
			  parts_allowed() > 1 && from->count >= JOIN_MANY ?
				  2 :
				  1 };

	if (!number)
		j.number = mem_alloc(from->count, sizeof(*j.number));
	parts_run(j.threads, join_known, &j);
	join_new(&j);
	if (!number)
		free(j.number);
}

uint64_t group_prefix(const struct group *g, size_t i)
{
	const struct key *k = entry_at(g, i);
	uint64_t word = k->n <= SHORT_KEY ? k->word[0] :
					    hash_load8(long_bytes(k));

	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ?
		       __builtin_bswap64(word) :
		       word;
}

static int by_key(const void *a, const void *b, void *ctx)
{
	const struct radix_item *ia = a, *ib = b;
	const struct group *g = ctx;

	return text_cmp(group_key(g, ia->who), group_key(g, ib->who));
}

uint32_t *group_sorted(const struct group *g)
{
	struct radix_item *item = radix_items(g->count);
	uint32_t *order = mem_alloc(g->count, sizeof(*order));
	union {
		const struct group *in;
		void *out;
	} ctx = { g };

	for (size_t i = 0; i < g->count; i++)
		item[i] = (struct radix_item){ group_prefix(g, i),
					       (uint32_t)i };
	radix_sort(item, g->count);
	for (size_t from = 0, i = 1; i <= g->count; i++) {
		if (i < g->count && item[i].key == item[from].key)
			continue;
		if (i - from > 1)
			qsort_r(item + from, i - from, sizeof(*item), by_key,
				ctx.out);
		from = i;
	}
	for (size_t i = 0; i < g->count; i++)
		order[i] = item[i].who;
	radix_items_free(item, g->count);
	return order;
}

uint32_t *group_ranks(const struct group *g)
{
	uint32_t *order = group_sorted(g);
	uint32_t *rank = mem_alloc(g->count, sizeof(*rank));

	for (uint32_t i = 0; i < g->count; i++)
		rank[order[i]] = i;
	free(order);
	return rank;
}
