/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least significant byte first, bytes that all keys share left out. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"

/* One stable pass over byte `b`. */
static void pass(const struct radix_item *from, struct radix_item *to,
		 size_t n, int b)
{
	size_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(from[i].key >> 8 * b & 0xff) + 1]++;
	for (size_t i = 0; i < 256; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < n; i++)
		to[at[from[i].key >> 8 * b & 0xff]++] = from[i];
}

/* The bits in which keys differ; *sorted: they ascend already. */
static uint64_t differences(const struct radix_item *item, size_t n,
			    bool *sorted)
{
	uint64_t bits = 0;

	*sorted = true;
	for (size_t i = 1; i < n; i++) {
		bits |= item[i].key ^ item[i - 1].key;
		*sorted &= item[i].key >= item[i - 1].key;
	}
	return bits;
}

/* From so many on the spare items are worth a mapping of their own. */
#define MANY ((size_t)1 << 18)

static struct radix_item *spare_items(size_t n)
{
	return n < MANY ? mem_alloc(n, sizeof(struct radix_item)) :
			  mem_pages(NULL, 0, n * sizeof(struct radix_item));
}

static void free_spare(struct radix_item *spare, size_t n)
{
	if (n < MANY)
		free(spare);
	else
		mem_pages_free(spare, n * sizeof(*spare));
}

void radix_sort(struct radix_item *item, size_t n)
{
	struct radix_item *from = item, *to, *spare;
	bool sorted;
	uint64_t bits = differences(item, n, &sorted);

	if (sorted)
		return;
	to = spare = spare_items(n);
	for (int b = 0; b < 8; b++) {
		struct radix_item *was = from;

		if (!(bits >> 8 * b & 0xff))
			continue;
		pass(from, to, n, b);
		from = to;
		to = was;
	}
	if (from != item)
		memcpy(item, from, n * sizeof(*item));
	free_spare(spare, n);
}
