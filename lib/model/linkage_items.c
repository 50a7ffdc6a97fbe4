/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of codes, sorted by the hash of a record's cells. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_items.h"

void linkage_items_init(struct linkage_items *t, struct linkage_values **values,
			size_t columns)
{
	*t = (struct linkage_items){ .columns = columns, .values = values };
	t->code = mem_zalloc(columns, sizeof(*t->code));
}

void linkage_items_release(struct linkage_items *t)
{
	for (size_t c = 0; c < t->columns; c++)
		free(t->code[c]);
	free(t->code);
	free(t->hash);
	free(t->single);
	free(t->item);
	free(t->first);
	free(t->copies);
}

static void grow(struct linkage_items *t)
{
	size_t cap = t->cap < 1024 ? 1024 : t->cap + t->cap / 2;

	for (size_t c = 0; c < t->columns; c++)
		t->code[c] = mem_resize(t->code[c], cap, sizeof(**t->code));
	t->hash = mem_resize(t->hash, cap, sizeof(*t->hash));
	t->single = mem_resize(t->single, cap, sizeof(*t->single));
	t->cap = cap;
}

uint32_t linkage_items_add(struct linkage_items *t, const uint32_t *code,
			   uint64_t hash)
{
	if (t->records == t->cap)
		grow(t);
	for (size_t c = 0; c < t->columns; c++)
		t->code[c][t->records] = code[c];
	t->hash[t->records] = hash;
	t->single[t->records] = false;
	return (uint32_t)t->records++;
}

void linkage_items_single(struct linkage_items *t, uint32_t record)
{
	t->single[record] = true;
}

/* The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of
 * the argument reaches every bit of the answer. */
static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	x ^= x >> 33;
	return x;
}

uint64_t linkage_items_hash(uint64_t before, struct text cell)
{
	uint64_t h = mix(before + UINT64_C(0x9e3779b97f4a7c15) + cell.n);

	while (cell.n > 0) {
		size_t n = cell.n < 8 ? cell.n : 8;
		uint64_t word = 0;

		memcpy(&word, cell.p, n);
		h = mix(h ^ word) + n;
		cell.p += n;
		cell.n -= n;
	}
	return h;
}

static bool alike(const struct linkage_items *t, uint32_t a, uint32_t b)
{
	for (size_t c = 0; c < t->columns; c++)
		if (t->code[c][a] != t->code[c][b])
			return false;
	return !t->single[a] && !t->single[b];
}

static struct text cell_text(const struct linkage_items *t, size_t column,
			     uint32_t record)
{
	uint32_t code = t->code[column][record];

	if (code == LINKAGE_EMPTY)
		return (struct text){ 0 };
	return linkage_values_text(t->values[column], code);
}

/* By the cells themselves, then single ones last, in the order they came. */
static int by_cells(const void *a, const void *b, void *ctx)
{
	const struct linkage_items *t = ctx;
	uint32_t x = ((const struct radix_item *)a)->who;
	uint32_t y = ((const struct radix_item *)b)->who;

	for (size_t c = 0; c < t->columns; c++) {
		int order = 0;

		if (t->code[c][x] != t->code[c][y])
			order = text_cmp(cell_text(t, c, x),
					 cell_text(t, c, y));
		if (order != 0)
			return order;
	}
	if (t->single[x] != t->single[y])
		return t->single[x] ? 1 : -1;
	return (x > y) - (x < y);
}

static void number_items(struct linkage_items *t,
			 const struct radix_item *order)
{
	for (size_t i = 0; i < t->records; i++) {
		uint32_t record = order[i].who;

		if (i == 0 || !alike(t, order[i - 1].who, record)) {
			t->first[t->n] = record;
			t->copies[t->n++] = 0;
		}
		t->item[record] = (uint32_t)t->n - 1;
		t->copies[t->n - 1]++;
	}
}

/* Columns from records to items, one at a time. */
static void regroup(struct linkage_items *t)
{
	uint64_t *hash = mem_alloc(t->n, sizeof(*hash));

	for (size_t c = 0; c < t->columns; c++) {
		uint32_t *code = mem_alloc(t->n, sizeof(*code));

		for (size_t i = 0; i < t->n; i++)
			code[i] = t->code[c][t->first[i]];
		free(t->code[c]);
		t->code[c] = code;
	}
	for (size_t i = 0; i < t->n; i++)
		hash[i] = t->hash[t->first[i]];
	free(t->hash);
	t->hash = hash;
}

void linkage_items_finish(struct linkage_items *t)
{
	struct radix_item *order = mem_alloc(t->records, sizeof(*order));
	size_t start = 0;

	for (size_t i = 0; i < t->records; i++)
		order[i] = (struct radix_item){ t->hash[i], (uint32_t)i };
	radix_sort(order, t->records);
	for (size_t i = 1; i <= t->records; i++) {
		if (i < t->records && order[i].key == order[start].key)
			continue;
		if (i - start > 1)
			qsort_r(order + start, i - start, sizeof(*order),
				by_cells, t);
		start = i;
	}
	t->item = mem_alloc(t->records, sizeof(*t->item));
	t->first = mem_alloc(t->records, sizeof(*t->first));
	t->copies = mem_alloc(t->records, sizeof(*t->copies));
	number_items(t, order);
	free(order);
	regroup(t);
}
