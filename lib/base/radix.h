/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting numbered things by a 64-bit key, in linear time. */
#ifndef BASE_RADIX_H
#define BASE_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct radix_item {
	uint64_t key;
	uint32_t who;
	uint32_t part;		/* the caller's, carried along */
};

/* Ascending by key; equal keys stay in their order. Many items are sorted by
 * as many threads as are allowed (parts.h). */
void radix_sort(struct radix_item *, size_t n);

/* Room for n items, where there are many in pages of their own. */
struct radix_item *radix_items(size_t n);
void radix_items_free(struct radix_item *, size_t n);

#endif
