/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of one key: found, compared, made one. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "canon/shelf_in.h"

/* ---- comparing ---- */

static int compare_cells(const struct text *a, const struct text *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int order;

		if (a[i].n != b[i].n)
			return a[i].n < b[i].n ? -1 : 1;
		order = text_cmp(a[i], b[i]);
		if (order)
			return order;
	}
	return 0;
}

/* Row by row; of two that begin alike the one with more rows is greater. */
static int compare_rows(const struct shelf *s, const struct shelf_head *x,
			const char *a, const struct shelf_head *y,
			const char *b)
{
	for (uint32_t i = 0; i < x->rows && i < y->rows; i++) {
		int64_t when_a = shelf_get_when(a, x);
		int64_t when_b = shelf_get_when(b, y);
		int order;

		a = shelf_get_cells(a, s->cell, s->columns);
		b = shelf_get_cells(b, s->other, s->columns);
		if (when_a != when_b)
			return when_a < when_b ? -1 : 1;
		order = compare_cells(s->cell, s->other, s->columns);
		if (order)
			return order;
	}
	return (x->rows > y->rows) - (x->rows < y->rows);
}

/* The order in which units of one key are looked at: the one that stands, or
 * fills first, before the others. */
static int compare_units(const struct shelf *s, uint32_t a, uint32_t b)
{
	struct shelf_head x, y;
	const char *rows_a = shelf_get_head(s->unit[a].bytes, &x);
	const char *rows_b = shelf_get_head(s->unit[b].bytes, &y);
	int order;

	if (x.rank != y.rank)
		return x.rank < y.rank ? -1 : 1;
	if (x.when != y.when)
		return x.when > y.when ? -1 : 1;
	order = compare_rows(s, &x, rows_a, &y, rows_b);
	return s->rule == SHELF_EVENTS ? -order : order;
}

/* Entities, whose keys are asked for once. */
struct keyed {
	struct text key;
	uint32_t unit;
};

static int by_key(const void *a, const void *b, void *ctx)
{
	const struct keyed *x = a, *y = b;
	int order = text_cmp(x->key, y->key);

	return order ? order : compare_units(ctx, x->unit, y->unit);
}

static int by_unit(const void *a, const void *b, void *ctx)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int order = text_cmp(shelf_key_of(ctx, x), shelf_key_of(ctx, y));

	return order ? order : compare_units(ctx, x, y);
}

/* ---- changes ---- */

/* Row by row what became of a unit. */
static void note_change(struct shelf *s, uint32_t old, uint32_t now)
{
	struct shelf_head x, y;
	const char *a = shelf_get_head(s->unit[old].bytes, &x);
	const char *b = shelf_get_head(s->unit[now].bytes, &y);

	for (uint32_t i = 0; i < x.rows || i < y.rows; i++) {
		struct shelf_noted c = {
			.old = { i < x.rows ? a : NULL, old },
			.now = { i < y.rows ? b : NULL, now },
			.place = (uint32_t)s->changes,
		};

		if (c.old.bytes)
			a = shelf_get_cells(a, s->cell, s->columns);
		if (c.now.bytes)
			b = shelf_get_cells(b, s->other, s->columns);
		if (c.old.bytes && c.now.bytes &&
		    compare_cells(s->cell, s->other, s->columns) == 0)
			continue;
		s->change = mem_grow(s->change, s->changes, &s->change_cap,
				     sizeof(*s->change));
		s->change[s->changes++] = c;
	}
}

/* Units that did not stand, the least first, each once. */
static void note_changes(struct shelf *s, const uint32_t *index, size_t n)
{
	for (size_t i = n; i-- > 1;)
		if (i + 1 == n || compare_units(s, index[i], index[i + 1]))
			note_change(s, index[i], index[0]);
}

/* ---- what becomes of the units of one key ---- */

/* In s->cell a cell that is not whole gives way to one in s->other. */
static void prefer_whole(struct shelf *s)
{
	for (size_t i = 0; i < s->prefers; i++) {
		const struct shelf_preferred *p = &s->prefer[i];
		struct text *cell = &s->cell[p->column];
		struct text other = s->other[p->column];

		if (other.n && !text_eq(*cell, other) &&
		    !p->is_whole(*cell) && p->is_whole(other))
			*cell = other;
	}
}

/* Fills the empty cells of s->cell from a unit. */
static void fill_cells(struct shelf *s, const char *bytes)
{
	struct shelf_head head;

	shelf_get_cells(shelf_get_head(bytes, &head), s->other, s->columns);
	for (size_t k = 0; k < s->columns; k++)
		if (s->cell[k].n == 0 ||
		    (k == s->smallest && s->other[k].n &&
		     text_cmp(s->other[k], s->cell[k]) < 0))
			s->cell[k] = s->other[k];
	prefer_whole(s);
}

/* One row of them all, under the head of the first. */
static const char *fold(struct shelf *s, const uint32_t *index, size_t n)
{
	struct shelf_head head;
	char *bytes, *to;

	memset(s->cell, 0, s->columns * sizeof(*s->cell));
	for (size_t i = 0; i < n; i++)
		fill_cells(s, s->unit[index[i]].bytes);
	shelf_get_head(s->unit[index[0]].bytes, &head);
	bytes = shelf_store_room(&s->store,
				 SHELF_HEAD_ROOM(head.key.n) +
					 shelf_row_room(s->cell, s->columns));
	to = shelf_put_row(shelf_put_head(bytes, &head), &head, head.when,
			   s->cell, s->columns);
	shelf_store_took(&s->store, (size_t)(to - bytes));
	return bytes;
}

/* Makes one of the units of a key, which are in order. */
static void settle(struct shelf *s, const uint32_t *index, size_t n)
{
	if (s->rule == SHELF_ENTITIES)
		s->unit[index[0]].bytes = fold(s, index, n);
	else if (s->watched)
		note_changes(s, index, n);
	s->merged += n - 1;
	for (size_t i = 1; i < n; i++)
		s->unit[index[i]].bytes = NULL;
}

/* ---- finding them ---- */

/* Units of one hash, mostly one alone: in order, then key by key. */
static void settle_run(struct shelf *s, uint32_t *index, size_t n)
{
	size_t next;

	qsort_r(index, n, sizeof(*index), by_unit, s);
	for (size_t i = 0; i < n; i = next) {
		struct text key = shelf_key_of(s, index[i]);

		next = i + 1;
		while (next < n && text_eq(shelf_key_of(s, index[next]), key))
			next++;
		if (next > i + 1)
			settle(s, index + i, next - i);
	}
}

/*
 * Most keys are alone. So first all units are parted by their hashes into
 * parts whose table stays in the processor's cache, and only those go on
 * whose hash comes twice.
 */
#define PARTS 256

struct part_item {
	uint32_t hash, unit;
};

/* Units by the high bits of their hashes; part i ends at end[i]. */
static struct part_item *part_units(const struct shelf *s, size_t end[PARTS])
{
	struct part_item *item = mem_alloc(s->units, sizeof(*item));
	size_t at = 0;

	memset(end, 0, PARTS * sizeof(*end));
	for (size_t i = 0; i < s->units; i++)
		end[s->unit[i].hash >> 24]++;
	for (size_t i = 0; i < PARTS; i++) {
		size_t n = end[i];

		end[i] = at;
		at += n;
	}
	for (uint32_t i = 0; i < s->units; i++) {
		uint32_t hash = s->unit[i].hash;

		item[end[hash >> 24]++] = (struct part_item){ hash, i };
	}
	return item;
}

/* Units whose hash another one has, too. */
struct twins {
	struct radix_item *item;
	size_t n, cap;
};

static void add_twin(struct twins *t, const struct part_item *p)
{
	t->item = mem_grow(t->item, t->n, &t->cap, sizeof(*t->item));
	t->item[t->n++] = (struct radix_item){ p->hash, p->unit, 0 };
}

/* slot[]: number of the item that has the hash, + 1; 0: free. */
static void find_twins(struct part_item *item, size_t n, uint32_t *slot,
		       size_t mask, struct twins *twins)
{
	memset(slot, 0, (mask + 1) * sizeof(*slot));
	for (size_t i = 0; i < n; i++) {
		size_t at = item[i].hash & mask;

		while (slot[at] && item[slot[at] - 1].hash != item[i].hash)
			at = (at + 1) & mask;
		if (!slot[at]) {
			slot[at] = (uint32_t)i + 1;
			continue;
		}
		add_twin(twins, &item[i]);
		/* The first one is told once. */
		if (item[slot[at] - 1].unit != SHELF_NONE)
			add_twin(twins, &item[slot[at] - 1]);
		item[slot[at] - 1].unit = SHELF_NONE;
	}
}

static struct twins all_twins(const struct shelf *s)
{
	struct twins twins = { 0 };
	size_t end[PARTS], from = 0, mask = 1023;
	struct part_item *item = part_units(s, end);
	uint32_t *slot = NULL;

	for (size_t i = 0; i < PARTS; from = end[i++])
		while (mask / 2 < end[i] - from)
			mask = mask * 2 + 1;
	slot = mem_alloc(mask + 1, sizeof(*slot));
	from = 0;
	for (size_t i = 0; i < PARTS; from = end[i++])
		find_twins(item + from, end[i] - from, slot, mask, &twins);
	free(slot);
	free(item);
	return twins;
}

void shelf_merge_events(struct shelf *s)
{
	struct twins twins = all_twins(s);
	uint32_t *index = mem_alloc(twins.n, sizeof(*index));
	size_t n;

	radix_sort(twins.item, twins.n);
	for (size_t i = 0; i < twins.n; i++)
		index[i] = twins.item[i].who;
	for (size_t i = 0; i < twins.n; i += n) {
		for (n = 1; i + n < twins.n; n++)
			if (twins.item[i + n].key != twins.item[i].key)
				break;
		settle_run(s, index + i, n);
	}
	free(index);
	free(twins.item);
}

/* ENTITIES come out by their keys: these are sorted, and settled on the way.
 * Gives the units in that order. */
uint32_t *shelf_merge_entities(struct shelf *s)
{
	struct keyed *keyed = mem_alloc(s->units, sizeof(*keyed));
	uint32_t *index = mem_alloc(s->units, sizeof(*index));
	size_t next;

	for (uint32_t i = 0; i < s->units; i++)
		keyed[i] = (struct keyed){ shelf_key_of(s, i), i };
	qsort_r(keyed, s->units, sizeof(*keyed), by_key, s);
	for (size_t i = 0; i < s->units; i++)
		index[i] = keyed[i].unit;
	for (size_t i = 0; i < s->units; i = next) {
		next = i + 1;
		while (next < s->units &&
		       text_eq(keyed[next].key, keyed[i].key))
			next++;
		if (next > i + 1)
			settle(s, index + i, next - i);
	}
	free(keyed);
	return index;
}
