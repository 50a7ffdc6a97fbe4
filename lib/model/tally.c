/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bounded table of texts and counts: open addressing, entries in place. */
#include "model/tally.h"

#include <stdlib.h>

#define FIRST_SLOTS 4

/* What is kept of a long text, with its length in characters behind it. */
struct kept {
	char p[TALLY_KEEP];
	uint64_t length;
};

static const char *where(uint64_t word)
{
	return (const char *)(uintptr_t)word;
}

static void grow(struct tally *t)
{
	size_t slots = t->slots ? t->slots * 2 : FIRST_SLOTS;
	struct tally_entry *to = mem_zalloc(slots, sizeof(*to));

	for (size_t i = 0; i < t->slots; i++) {
		size_t at = t->entry[i].tag & (slots - 1);

		if (!t->entry[i].n)
			continue;
		while (to[at].n)
			at = (at + 1) & (slots - 1);
		to[at] = t->entry[i];
	}
	free(t->entry);
	t->entry = to;
	t->slots = slots;
}

static uint64_t keep_text(struct tally *t, const struct tally_key *k)
{
	struct kept *kept;

	if (k->n <= TALLY_KEEP)
		return (uintptr_t)arena_copy(&t->texts, where(k->word[0]),
					     k->n);
	kept = arena_alloc(&t->texts, sizeof(*kept));
	memcpy(kept->p, where(k->word[0]), TALLY_KEEP);
	kept->length = k->length ? k->length :
				   tally_characters((struct text){
					   where(k->word[0]), k->n });
	return (uintptr_t)kept;
}

bool tally_insert(struct tally *t, const struct tally_key *k, uint64_t times,
		  size_t limit)
{
	struct tally_entry *e;

	if (t->n >= limit)
		return false;
	if (t->n * 4 >= t->slots * 3)
		grow(t);
	e = tally_probe(t, k);
	*e = (struct tally_entry){ { k->word[0], k->word[1] }, times, k->n,
				   (uint32_t)(k->hash >> 32) };
	if (k->n > HASH_WORDS)
		e->word[0] = keep_text(t, k);
	t->n++;
	return true;
}

static const struct kept *kept_of(const struct tally_entry *e)
{
	return (const struct kept *)(const void *)where(e->word[0]);
}

uint64_t tally_length(const struct tally_entry *e)
{
	return e->n > TALLY_KEEP ? kept_of(e)->length :
				   tally_characters(tally_text(e));
}

struct tally_key tally_key_of(const struct tally_entry *e)
{
	struct tally_key k = { .word = { e->word[0], e->word[1] },
			       .n = e->n };

	if (e->n > TALLY_KEEP)
		k.length = kept_of(e)->length;
	k.hash = e->n <= HASH_WORDS ? hash_words(e->word, e->n) : e->word[1];
	return k;
}

void tally_release(struct tally *t)
{
	free(t->entry);
	arena_release(&t->texts);
	*t = (struct tally){ 0 };
}
