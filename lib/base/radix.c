/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least significant byte first, bytes that all keys share left out. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"

/* One stable pass over byte `b`; false when all keys have the same one. */
static bool pass(const struct radix_item *from, struct radix_item *to,
		 size_t n, int b)
{
	size_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(from[i].key >> 8 * b & 0xff) + 1]++;
	for (size_t i = 0; i < 256; i++) {
		if (at[i + 1] == n)
			return false;
		at[i + 1] += at[i];
	}
	for (size_t i = 0; i < n; i++)
		to[at[from[i].key >> 8 * b & 0xff]++] = from[i];
	return true;
}

void radix_sort(struct radix_item *item, size_t n)
{
	struct radix_item *spare = mem_alloc(n, sizeof(*spare));
	struct radix_item *from = item, *to = spare;

	for (int b = 0; b < 8 && n > 1; b++) {
		struct radix_item *was = from;

		if (!pass(from, to, n, b))
			continue;
		from = to;
		to = was;
	}
	if (from != item)
		memcpy(item, from, n * sizeof(*item));
	free(spare);
}
