/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sort on the values, then the runs of equal ones by key. */
#include <stdlib.h>

#include "base/mem.h"
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

static void sort_ties(struct ranked *r, size_t n, const struct group *keys)
{
	union {
		const struct group *in;
		void *out;
	} ctx = { keys };
	size_t from = 0;

	for (size_t i = 1; i <= n; i++) {
		if (i < n && r[i].value == r[from].value)
			continue;
		if (i - from > 1)
			qsort_r(r + from, i - from, sizeof(*r), by_key,
				ctx.out);
		from = i;
	}
}

void rank_descending(struct ranked *r, size_t n, const struct group *keys)
{
	struct radix_item *item = mem_alloc(n, sizeof(*item));

	for (size_t i = 0; i < n; i++)
		item[i] = (struct radix_item){ descending((uint64_t)r[i].value),
					       r[i].who };
	radix_sort(item, n);
	for (size_t i = 0; i < n; i++)
		r[i] = (struct ranked){ (int64_t)(descending(item[i].key)),
					item[i].who };
	free(item);
	sort_ties(r, n, keys);
}

size_t rank_cut(size_t n, int64_t ppm)
{
	return (size_t)(((unsigned __int128)n * (uint64_t)ppm + 999999) /
			1000000);
}
