/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Different texts and how often each came, up to a limit: then it says that it
 * is full, and whoever asked goes on with a sketch. Short texts lie in their
 * slots; of one longer than TALLY_KEEP bytes only so many are kept to show,
 * and it is told apart by its length and a hash of 64 bits besides.
 */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"

#define TALLY_KEEP 200

struct tally_key {
	uint64_t word[2];	/* up to HASH_WORDS bytes; else where, hash */
	uint64_t hash;
	uint32_t n;		/* bytes; a longer one counts as 2^32 - 1 */
	/* Characters of a text beyond TALLY_KEEP, where they were counted
	 * before; else 0. */
	uint64_t length;
};

struct tally_entry {
	uint64_t word[2];
	uint64_t count;
	uint32_t n;		/* 0: a free slot */
	uint32_t tag;		/* high half of the hash */
};

/* Characters of UTF-8 that is known to be valid: bytes that begin one. */
static inline uint64_t tally_characters(struct text t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += (t.p[i] & 0xc0) != 0x80;
	return n;
}

/* Zero bytes are a valid empty one. */
struct tally {
	struct tally_entry *entry;
	size_t slots, n;
	struct arena texts;
};

/* The text is borrowed, and not empty. */
static inline struct tally_key tally_key(struct text t)
{
	struct tally_key k = { .length = 0 };

	k.n = t.n < UINT32_MAX ? (uint32_t)t.n : UINT32_MAX;
	if (t.n <= HASH_WORDS) {
		hash_load(t.p, t.n, k.word);
		k.hash = hash_words(k.word, t.n);
	} else {
		k.hash = hash_bytes(t.p, t.n);
		k.word[0] = (uintptr_t)t.p;
		k.word[1] = k.hash;
	}
	return k;
}

static inline bool tally_same(const struct tally_entry *e,
			      const struct tally_key *k)
{
	if (e->n != k->n || e->word[1] != k->word[1])
		return false;
	if (k->n <= HASH_WORDS)
		return e->word[0] == k->word[0];
	return memcmp((const char *)(uintptr_t)e->word[0],
		      (const char *)(uintptr_t)k->word[0],
		      k->n < TALLY_KEEP ? k->n : TALLY_KEEP) == 0;
}

/* The slot of a key that is there, or the free one where it belongs; slots
 * must not be 0. */
static inline struct tally_entry *tally_probe(const struct tally *t,
					      const struct tally_key *k)
{
	size_t mask = t->slots - 1, at = (k->hash >> 32) & mask;

	while (t->entry[at].n && !tally_same(&t->entry[at], k))
		at = (at + 1) & mask;
	return &t->entry[at];
}

/* A new key; false when there are `limit` already. */
bool tally_insert(struct tally *, const struct tally_key *, uint64_t times,
		  size_t limit);

/* Counts a key; false when it is new and there are `limit` already. */
static inline bool tally_add(struct tally *t, const struct tally_key *k,
			     uint64_t times, size_t limit)
{
	struct tally_entry *e = t->slots ? tally_probe(t, k) : NULL;

	if (!e || !e->n)
		return tally_insert(t, k, times, limit);
	e->count += times;
	return true;
}

/* Text of an entry, cut to TALLY_KEEP bytes. */
static inline struct text tally_text(const struct tally_entry *e)
{
	if (e->n <= HASH_WORDS)
		return (struct text){ (const char *)e->word, e->n };
	return (struct text){ (const char *)(uintptr_t)e->word[0],
			      e->n < TALLY_KEEP ? e->n : TALLY_KEEP };
}

/* Characters of the whole text of an entry. */
uint64_t tally_length(const struct tally_entry *);
/* Key of an entry, to be counted elsewhere. */
struct tally_key tally_key_of(const struct tally_entry *);
void tally_release(struct tally *);

#endif
