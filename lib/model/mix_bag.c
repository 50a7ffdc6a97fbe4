/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members in parts. */
#include "model/mix_bag.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/msg.h"
#include "base/parts.h"

#define FIRST_LIMIT 4096
#define LIMIT_GROWS 4

void mix_part_release(struct mix_part *p)
{
	free(p->at);
	*p = (struct mix_part){ 0 };
}

void mix_bag_release(struct mix_bag *b)
{
	for (size_t i = 0; i < MIX_PARTS; i++)
		mix_part_release(&b->part[i]);
}

/* ---- once each ---- */

/* Numbers of members by their hash, for one part at a time. */
struct index {
	uint32_t *slot;		/* number + 1; 0: free */
	size_t slots, cap;	/* a power of two */
};

static void index_clear(struct index *x, size_t n)
{
	size_t slots = 64;

	while (slots < n * 2)
		slots *= 2;
	if (slots > x->cap) {
		free(x->slot);
		x->slot = mem_alloc(slots, sizeof(*x->slot));
		x->cap = slots;
	}
	x->slots = slots;
	memset(x->slot, 0, slots * sizeof(*x->slot));
}

static size_t next_slot(const struct index *x, size_t s)
{
	return (s + 1) & (x->slots - 1);
}

static uint64_t pair_of(const struct mix_member *k)
{
	return (uint64_t)k->who << 32 | k->group;
}

/* Moves what is different to the front, in its order; gives how many. */
static size_t once_each(struct mix_member *at, size_t n, struct index *x)
{
	size_t kept = 0;

	if (n >= UINT32_MAX)
		die("more than %u purchases of one customer", UINT32_MAX);
	index_clear(x, n);
	for (size_t i = 0; i < n; i++) {
		struct mix_member k = at[i];
		size_t s = hash_mix(k.code ^ HASH_SALT_A,
				    pair_of(&k) ^ HASH_SALT_B);

		for (s &= x->slots - 1; x->slot[s]; s = next_slot(x, s)) {
			const struct mix_member *o = &at[x->slot[s] - 1];
			if (o->code == k.code && pair_of(o) == pair_of(&k))
				break;
		}
		if (x->slot[s])
			continue;
		at[kept++] = k;
		x->slot[s] = (uint32_t)kept;
	}
	return kept;
}

/* The same for customers in groups, whatever they bought. */
static size_t once_each_pair(struct mix_member *at, size_t n, struct index *x)
{
	size_t kept = 0;

	index_clear(x, n);
	for (size_t i = 0; i < n; i++) {
		uint64_t pair = pair_of(&at[i]);
		size_t s = hash_mix(pair ^ HASH_SALT_A, HASH_SALT_B);

		for (s &= x->slots - 1; x->slot[s]; s = next_slot(x, s))
			if (pair_of(&at[x->slot[s] - 1]) == pair)
				break;
		if (x->slot[s])
			continue;
		at[kept++] = at[i];
		x->slot[s] = (uint32_t)kept;
	}
	return kept;
}

/* ---- members ---- */

/* The part that a customer's members lie in. */
static struct mix_part *part_of(struct mix_bag *b, uint32_t who)
{
	return &b->part[who * 0x9e3779b1u >> (32 - MIX_PARTS_BITS)];
}

static void more_room(struct mix_part *p)
{
	struct index x = { 0 };

	if (!p->limit)
		p->limit = FIRST_LIMIT;
	if (p->n >= p->limit) {
		p->n = once_each(p->at, p->n, &x);
		if (p->n * LIMIT_GROWS > p->limit)
			p->limit = p->n * LIMIT_GROWS;
		free(x.slot);
	}
	p->at = mem_grow(p->at, p->n, &p->cap, sizeof(*p->at));
}

void mix_bag_add(struct mix_bag *b, const struct mix_member *k)
{
	struct mix_part *p = part_of(b, k->who);

	if (p->n == p->cap || p->n >= p->limit)
		more_room(p);
	p->at[p->n++] = *k;
}

/* ---- counting ---- */

struct counting {
	const struct mix_bag *bag;
	const uint32_t *to;
	uint32_t nobody;
	unsigned threads;
	struct mix_counts **count;	/* one array of each thread */
};

static size_t copy_part(const struct counting *c, const struct mix_part *p,
			struct mix_member *copy)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		copy[n] = p->at[i];
		if (c->to)
			copy[n].group = c->to[copy[n].group];
		n += copy[n].group != MIX_NOWHERE;
	}
	return n;
}

static void count_part(const struct counting *c, const struct mix_part *p,
		       struct index *x, struct mix_counts *count)
{
	struct mix_member *copy = mem_alloc(p->n, sizeof(*copy));
	size_t n = once_each(copy, copy_part(c, p, copy), x);

	for (size_t i = 0; i < n; i++)
		count[copy[i].group].purchases += copy[i].code != MIX_PRESENT;
	n = once_each_pair(copy, n, x);
	for (size_t i = 0; i < n; i++)
		count[copy[i].group].customers += copy[i].who != c->nobody;
	free(copy);
}

static void count_parts(void *ctx, unsigned thread)
{
	const struct counting *c = ctx;
	struct index x = { 0 };

	for (size_t i = thread; i < MIX_PARTS; i += c->threads)
		count_part(c, &c->bag->part[i], &x, c->count[thread]);
	free(x.slot);
}

static bool is_empty(const struct mix_bag *b)
{
	for (size_t i = 0; i < MIX_PARTS; i++)
		if (b->part[i].n)
			return false;
	return true;
}

void mix_bag_count(const struct mix_bag *b, const uint32_t *to, size_t groups,
		   uint32_t nobody, unsigned threads, struct mix_counts *count)
{
	struct counting c = { b, to, nobody, threads, NULL };

	if (is_empty(b))
		return;
	c.count = mem_alloc(threads, sizeof(*c.count));
	for (unsigned t = 0; t < threads; t++)
		c.count[t] = mem_zalloc(groups, sizeof(*c.count[t]));
	parts_run(threads, count_parts, &c);
	for (unsigned t = 0; t < threads; t++) {
		for (size_t g = 0; g < groups; g++) {
			count[g].customers += c.count[t][g].customers;
			count[g].purchases += c.count[t][g].purchases;
		}
		free(c.count[t]);
	}
	free(c.count);
}
