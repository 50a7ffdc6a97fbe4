/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three terms of a customer's value compared. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/mvc.h"
#include "num/rank.h"

static int by_actual(const void *left, const void *right, void *ctx)
{
	const struct mvc *a = left, *b = right;
	const struct group *keys = ctx;
	int c = (a->actual < b->actual) - (a->actual > b->actual);

	return c ? c : text_cmp(group_key(keys, a->who),
				group_key(keys, b->who));
}

static void sort(struct mvc *m, size_t n, const struct group *keys)
{
	union {
		const struct group *in;
		void *out;
	} ctx = { keys };

	qsort_r(m, n, sizeof(*m), by_actual, ctx.out);
}

/* Below zero and most valuable; returns how many are not below zero. */
static size_t class_by_actual(struct mvc *m, size_t n, int64_t top_ppm)
{
	size_t above = 0, top;

	for (size_t i = 0; i < n; i++) {
		bool below = m[i].actual < m[i].cost;

		m[i].class = below ? MVC_BELOW_ZERO : MVC_ORDINARY;
		above += !below;
	}
	top = rank_cut(above, top_ppm);
	for (size_t i = 0; i < n && top; i++)
		if (m[i].class == MVC_ORDINARY) {
			m[i].class = MVC_MOST_VALUABLE;
			top--;
		}
	return above;
}

/* The gaps above nothing of those who are still ordinary; value is the gap.
 * Their number, or SIZE_MAX when one is too large. */
static size_t gaps(const struct mvc *m, size_t n, struct ranked *gap)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t more;

		if (m[i].class != MVC_ORDINARY || !m[i].known)
			continue;
		if (__builtin_sub_overflow(m[i].strategic, m[i].actual, &more))
			return SIZE_MAX;
		if (more > 0)
			gap[found++] = (struct ranked){ more, m[i].who };
	}
	return found;
}

/* The first `chosen` of the gaps, which are numbered by entry. */
static void class_by_gap(struct mvc *m, size_t n, const struct ranked *gap,
			 size_t chosen, size_t entries)
{
	bool *second = mem_zalloc(entries, sizeof(*second));

	for (size_t i = 0; i < chosen; i++)
		second[gap[i].who] = true;
	for (size_t i = 0; i < n; i++)
		if (second[m[i].who])
			m[i].class = MVC_SECOND_TIER;
	free(second);
}

bool mvc_classify(struct mvc *m, size_t n, int64_t top_ppm, int64_t second_ppm,
		  const struct group *keys)
{
	struct ranked *gap = mem_alloc(n, sizeof(*gap));
	size_t above, found, most;

	sort(m, n, keys);
	above = class_by_actual(m, n, top_ppm);
	found = gaps(m, n, gap);
	if (found != SIZE_MAX) {
		rank_descending(gap, found, keys);
		most = rank_cut(above, second_ppm);
		class_by_gap(m, n, gap, found < most ? found : most,
			     group_count(keys));
	}
	free(gap);
	return found != SIZE_MAX;
}
