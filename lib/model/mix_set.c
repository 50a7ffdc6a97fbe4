/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dense array of members under an index of slots, at most two in three of
 * which are taken. */
#include "model/mix_set.h"

#include <stdbool.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/msg.h"

#define FIRST_SLOTS 1024

void mix_set_init(struct mix_set *s)
{
	*s = (struct mix_set){ .slots = FIRST_SLOTS };
	s->slot = mem_pages(NULL, 0, s->slots * sizeof(*s->slot));
}

void mix_set_release(struct mix_set *s)
{
	mem_pages_free(s->slot, s->slots * sizeof(*s->slot));
	mem_pages_free(s->at, s->cap * sizeof(*s->at));
}

static uint64_t hash(const struct mix_member *k)
{
	return hash_mix(k->code ^ HASH_SALT_A,
			((uint64_t)k->who << 32 | k->group) ^ HASH_SALT_B);
}

static bool same(const struct mix_member *a, const struct mix_member *b)
{
	return a->code == b->code && a->who == b->who && a->group == b->group;
}

/* Twice as many slots; the members need not be compared. */
static void grow_slots(struct mix_set *s)
{
	size_t mask = s->slots * 2 - 1;

	mem_pages_free(s->slot, s->slots * sizeof(*s->slot));
	s->slots *= 2;
	s->slot = mem_pages(NULL, 0, s->slots * sizeof(*s->slot));
	for (size_t i = 0; i < s->n; i++) {
		size_t at = hash(&s->at[i]) & mask;

		while (s->slot[at])
			at = (at + 1) & mask;
		s->slot[at] = (uint32_t)(i + 1);
	}
}

static void make_room(struct mix_set *s, size_t more)
{
	if (s->n + more >= UINT32_MAX)
		die("more than %u different purchases", UINT32_MAX);
	while ((s->n + more) * 3 > s->slots * 2)
		grow_slots(s);
	if (s->n + more > s->cap) {
		size_t cap = s->cap + s->cap / 2 + 65536;

		s->at = mem_pages(s->at, s->cap * sizeof(*s->at),
				  cap * sizeof(*s->at));
		s->cap = cap;
	}
}

static void add(struct mix_set *s, const struct mix_member *k, size_t at)
{
	size_t mask = s->slots - 1;

	for (; s->slot[at]; at = (at + 1) & mask)
		if (same(&s->at[s->slot[at] - 1], k))
			return;
	s->at[s->n++] = *k;
	s->slot[at] = (uint32_t)s->n;
}

void mix_set_flush(struct mix_set *s)
{
	size_t place[MIX_SET_BATCH];

	make_room(s, s->waits);
	for (size_t i = 0; i < s->waits; i++) {
		place[i] = hash(&s->waiting[i]) & (s->slots - 1);
		__builtin_prefetch(&s->slot[place[i]], 1);
	}
	for (size_t i = 0; i < s->waits; i++)
		if (s->slot[place[i]])
			__builtin_prefetch(&s->at[s->slot[place[i]] - 1]);
	for (size_t i = 0; i < s->waits; i++)
		add(s, &s->waiting[i], place[i]);
	s->waits = 0;
}

void mix_set_add(struct mix_set *s, struct mix_member k)
{
	s->waiting[s->waits++] = k;
	if (s->waits == MIX_SET_BATCH)
		mix_set_flush(s);
}
