/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A radix sort on the values, then the runs of equal ones by key. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "num/rank.h"

/* Values in an order in which unsigned bytes ascend as values descend. */
static uint64_t descending(int64_t v)
{
	return ~((uint64_t)v ^ (1ull << 63));
}

/* One stable pass over byte `b`; false when all rows have the same one. */
static bool pass(const struct ranked *from, struct ranked *to, size_t n,
		 int b)
{
	size_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(descending(from[i].value) >> 8 * b & 0xff) + 1]++;
	for (size_t i = 0; i < 256; i++) {
		if (at[i + 1] == n)
			return false;
		at[i + 1] += at[i];
	}
	for (size_t i = 0; i < n; i++)
		to[at[descending(from[i].value) >> 8 * b & 0xff]++] = from[i];
	return true;
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
	struct ranked *spare = mem_alloc(n, sizeof(*spare));
	struct ranked *from = r, *to = spare;

	for (int b = 0; b < 8; b++) {
		struct ranked *was = from;

		if (!pass(from, to, n, b))
			continue;
		from = to;
		to = was;
	}
	if (from != r)
		memcpy(r, from, n * sizeof(*r));
	free(spare);
	sort_ties(r, n, keys);
}

size_t rank_cut(size_t n, int64_t ppm)
{
	return (size_t)(((unsigned __int128)n * (uint64_t)ppm + 999999) /
			1000000);
}
