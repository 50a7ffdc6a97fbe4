/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a group table in bytewise order. */
#include <stdlib.h>

#include "base/group_in.h"
#include "base/radix.h"

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
