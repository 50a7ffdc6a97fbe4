/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The group table: an index of 8-byte slots over a dense array of entries.
 * A short key lies in its entry, so that a fold touches one slot and one
 * entry, both prefetched a batch ahead.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group_in.h"
#include "base/msg.h"

/* Bytes of long keys in the queue, and one key more. */
#define QUEUE_TEXT (1u << 20)
/* A command may have a table for each of very many groups: all begins small,
 * and what has grown large lies on pages of its own. */
#define FIRST_SLOTS 16
#define FIRST_ENTRIES 8
#define FIRST_QUEUE 16
#define PAGES_FROM (64u << 10)

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

void group_make_room(struct group *g, size_t more)
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

uint32_t group_insert(struct group *g, size_t at, const struct key *k)
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

static inline uint32_t find_or_insert(struct group *g, size_t at,
				      const struct key *k)
{
	at = probe_from(g, at, k);
	return g->slot[at] ? (uint32_t)g->slot[at] - 1 : group_insert(g, at, k);
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

void group_await(const struct group *g, const struct key *first,
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
	uint32_t index[GROUP_BATCH];
	size_t n = g->queued;

	for (size_t i = 0; g->text.n && i < n; i++)
		if (g->key[i].n > SHORT_KEY)
			g->key[i].word[0] =
				(uintptr_t)(g->text.p + g->key[i].word[0]);
	group_make_room(g, n);
	group_await(g, g->key, sizeof(*g->key), n, index);
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
	if (++g->queued == GROUP_BATCH || g->text.n > QUEUE_TEXT)
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
	group_await(g, k, sizeof(k[0]), n, at);
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
	group_make_room(g, 1);
	return find_or_insert(g, k.hash & (g->slots - 1), &k);
}
