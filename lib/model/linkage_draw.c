/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items stand in the order of their hashes, which are as good as random. */
#include <string.h>

#include "base/mem.h"
#include "base/parts.h"
#include "model/linkage_gather.h"

struct drawing {
	const struct linkage_view *view;
	struct linkage_looks *looks;
	unsigned threads;
};

/* The item whose hash comes next from `target` on, around the end. */
static uint32_t next_item(const struct linkage_items *t, uint64_t target)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->hash[mid] < target)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo == t->n ? 0 : (uint32_t)lo;
}

/* Each item draws the whole part of `each` partners, and one more where its
 * hash says so. */
static void draw_some(const struct linkage_items *t, double each,
		      struct linkage_looks *looks)
{
	static const struct text salt = { "partner", 7 };

	for (size_t i = 0; i < t->n; i++) {
		uint64_t target = linkage_items_hash(t->hash[i], salt);
		double left = each + (double)(target >> 11) / 0x1p53;

		for (; left >= 1; left--) {
			uint32_t other;

			target = linkage_items_hash(target, salt);
			other = next_item(t, target);
			if (other == i)
				continue;
			looks->pair[looks->n][0] = (uint32_t)i;
			looks->pair[looks->n++][1] = other;
		}
	}
}

static void draw_all(const struct linkage_items *t, struct linkage_looks *looks)
{
	for (size_t b = 1; b < t->n; b++) {
		for (size_t a = 0; a < b; a++) {
			looks->pair[looks->n][0] = (uint32_t)a;
			looks->pair[looks->n++][1] = (uint32_t)b;
		}
	}
}

static void look(void *ctx, unsigned part)
{
	struct drawing *d = ctx;
	struct linkage_cache *cache = linkage_cache_new(d->view);
	struct linkage_looks *looks = d->looks;
	size_t from = looks->n * part / d->threads;
	size_t to = looks->n * (part + 1) / d->threads;

	for (size_t i = from; i < to; i++)
		linkage_view_look(d->view, cache, looks->pair[i][0],
				  looks->pair[i][1],
				  looks->level + i * d->view->features);
	linkage_cache_free(cache);
}

void linkage_draw(const struct linkage_view *v, size_t wanted,
		  unsigned threads, struct linkage_looks *looks)
{
	struct drawing d = { v, looks, threads };
	size_t n = v->items->n;
	double each = (double)wanted / (double)n;
	bool all = (double)(n - 1) / 2 <= each;

	*looks = (struct linkage_looks){ 0 };
	looks->pair = mem_alloc(all ? n * (n - 1) / 2 :
				      n * ((size_t)each + 1),
				sizeof(*looks->pair));
	if (all)
		draw_all(v->items, looks);
	else
		draw_some(v->items, each, looks);
	looks->level = mem_alloc(looks->n, v->features);
	parts_run(threads, look, &d);
}
