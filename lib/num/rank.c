/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sort on the values, then the runs of equal ones by key. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parts.h"
#include "base/radix.h"
#include "num/rank.h"

/* A value as a number that ascends as values descend; its own inverse. */
static uint64_t descending(uint64_t v)
{
	return ~(v ^ (1ull << 63));
}

static int by_key(const void *a, const void *b, void *ctx)
{
	const struct ranked *ra = a, *rb = b;
	const struct group *keys = ctx;

	return text_cmp(group_key(keys, ra->who), group_key(keys, rb->who));
}

static bool is_before(const struct ranked *a, const struct ranked *b,
		      const struct group *keys)
{
	return text_cmp(group_key(keys, a->who), group_key(keys, b->who)) < 0;
}

/* Most ties are of two. */
static void sort_tie(struct ranked *r, size_t n, const struct group *keys)
{
	union {
		const struct group *in;
		void *out;
	} ctx = { keys };
	struct ranked was = r[0];

	if (n > 2) {
		qsort_r(r, n, sizeof(*r), by_key, ctx.out);
	} else if (n == 2 && is_before(&r[1], &r[0], keys)) {
		r[0] = r[1];
		r[1] = was;
	}
}

/* Keys of ties asked for from memory before their turn. */
#define AHEAD 32

static void sort_ties(struct ranked *r, size_t n, const struct group *keys)
{
	for (size_t from = 0, i = 1; i <= n; i++) {
		if (i + AHEAD < n &&
		    r[i + AHEAD].value == r[i + AHEAD - 1].value) {
			group_prefetch(keys, r[i + AHEAD].who);
			group_prefetch(keys, r[i + AHEAD - 1].who);
		}
		if (i < n && r[i].value == r[from].value)
			continue;
		sort_tie(r + from, i - from, keys);
		from = i;
	}
}

/* Ties of one part of the ranking: from where one begins to where one does. */
struct ties {
	struct ranked *r;
	size_t n;
	const struct group *keys;
	unsigned parts;
};

static size_t part_start(const struct ties *t, unsigned part)
{
	size_t at = t->n * part / t->parts;

	while (at > 0 && at < t->n && t->r[at].value == t->r[at - 1].value)
		at++;
	return at;
}

static void sort_part(void *ctx, unsigned part)
{
	const struct ties *t = ctx;
	size_t from = part_start(t, part), to = part_start(t, part + 1);

	sort_ties(t->r + from, to - from, t->keys);
}

/* From so many on threads are worth their while. */
#define MANY ((size_t)1 << 15)

void rank_descending(struct ranked *r, size_t n, const struct group *keys)
{
	struct ties t = { r, n, keys, n < MANY ? 1 : parts_allowed() };
	struct radix_item *item = radix_items(n);

	for (size_t i = 0; i < n; i++)
		item[i] = (struct radix_item){ descending((uint64_t)r[i].value),
					       r[i].who };
	radix_sort(item, n);
	for (size_t i = 0; i < n; i++)
		r[i] = (struct ranked){ (int64_t)(descending(item[i].key)),
					item[i].who };
	radix_items_free(item, n);
	parts_run(t.parts, sort_part, &t);
}

void rank_by_key(struct ranked *r, size_t n, const struct group *keys)
{
	struct radix_item *item = radix_items(n);
	struct ranked *was = mem_alloc(n, sizeof(*was));

	for (size_t i = 0; i < n; i++)
		item[i] = (struct radix_item){ group_prefix(keys, r[i].who),
					       (uint32_t)i };
	radix_sort(item, n);
	memcpy(was, r, n * sizeof(*r));
	for (size_t i = 0; i < n; i++)
		r[i] = was[item[i].who];
	for (size_t from = 0, i = 1; i <= n; i++) {
		if (i < n && item[i].key == item[from].key)
			continue;
		sort_tie(r + from, i - from, keys);
		from = i;
	}
	free(was);
	radix_items_free(item, n);
}

size_t rank_cut(size_t n, int64_t ppm)
{
	return (size_t)(((unsigned __int128)n * (uint64_t)ppm + 999999) /
			1000000);
}
