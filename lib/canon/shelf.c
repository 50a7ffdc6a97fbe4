/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units wait as bytes (shelf_rows.h) behind an index of 16 bytes each. Only
 * when all are there are those of one key found, by sorting: nothing is
 * looked up while rows come, and nothing waits for memory.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/radix.h"
#include "canon/shelf.h"
#include "canon/shelf_rows.h"

#define NONE UINT32_MAX
#define BASE_FLAG 0x80000000u

struct unit {
	const char *bytes;
	uint32_t who;
	uint32_t hash;		/* of the key, 31 bits; the base's: BASE_FLAG */
};

/* A row on its way out. */
struct ref {
	const char *bytes;
	uint32_t unit, row;
};

/* Both rows of a change; bytes NULL where there is none. */
struct change {
	struct ref old, now;
	const char *head;	/* of the unit that stands */
	uint32_t place;		/* in the order of noting */
};

struct shelf {
	enum shelf_rule rule;
	enum shelf_policy policy;
	size_t columns;
	struct unit *unit;
	size_t units, cap, merged;
	struct ref *ref;
	size_t refs;
	struct change *change;
	size_t changes, change_cap;
	bool watched;
	struct text *cell, *other;	/* of rows looked at */
	size_t smallest;	/* a column, SIZE_MAX: none */
	struct prefer {
		size_t column;
		bool (*is_whole)(struct text);
		bool settled;	/* by the base, whatever comes */
	} prefer[SHELF_PREFER_MAX];
	size_t prefers;
	struct shelf_store store;
	shelf_key *name;	/* of a unit without a key */
	void *ctx;
};

struct shelf *shelf_new(enum shelf_rule rule, size_t columns)
{
	struct shelf *s = mem_zalloc(1, sizeof(*s));

	s->rule = rule;
	s->columns = columns;
	s->smallest = SIZE_MAX;
	s->cell = mem_zalloc(columns, sizeof(*s->cell));
	s->other = mem_zalloc(columns, sizeof(*s->other));
	return s;
}

void shelf_free(struct shelf *s)
{
	if (!s)
		return;
	free(s->unit);
	free(s->ref);
	free(s->change);
	free(s->cell);
	free(s->other);
	shelf_store_release(&s->store);
	free(s);
}

void shelf_prefer(struct shelf *s, size_t column, bool (*is_whole)(struct text))
{
	if (s->prefers == SHELF_PREFER_MAX)
		bug("more than %d columns are preferred whole",
		    SHELF_PREFER_MAX);
	s->prefer[s->prefers++] = (struct prefer){ column, is_whole, false };
}

void shelf_smallest(struct shelf *s, size_t column)
{
	s->smallest = column;
}

void shelf_set_policy(struct shelf *s, enum shelf_policy policy)
{
	s->policy = policy;
}

void shelf_watch(struct shelf *s)
{
	s->watched = true;
}

size_t shelf_units(const struct shelf *s)
{
	return s->units;
}

size_t shelf_merged(const struct shelf *s)
{
	return s->merged;
}

/* ---- putting ---- */

static size_t room_of(const struct shelf *s, const struct shelf_unit *unit,
		      const struct text *cell, size_t n)
{
	size_t room = SHELF_HEAD_ROOM(unit->key.n);

	for (size_t i = 0; i < n; i++)
		room += shelf_row_room(cell + i * s->columns, s->columns);
	return room;
}

/* Times may lie anywhere: their distance is taken round the clock of 64
 * bits, and so added again. */
static int64_t distance(int64_t from, int64_t to)
{
	return (int64_t)((uint64_t)to - (uint64_t)from);
}

static int64_t after(int64_t from, int64_t distance)
{
	return (int64_t)((uint64_t)from + (uint64_t)distance);
}

void shelf_put(struct shelf *s, const struct shelf_unit *unit,
	       const struct text *cell, const int64_t *when, size_t n)
{
	struct shelf_head head = { .key = unit->key,
				   .document = unit->document,
				   .when = unit->when,
				   .ordinal = unit->ordinal,
				   .rank = unit->rank,
				   .rows = (uint32_t)n };
	char *bytes = shelf_store_room(&s->store, room_of(s, unit, cell, n));
	char *to = shelf_put_head(bytes, &head);
	uint32_t hash;

	for (size_t i = 0; i < n; i++)
		to = shelf_put_row(to,
				   when ? distance(unit->when, when[i]) : 0,
				   cell + i * s->columns, s->columns);
	shelf_store_took(&s->store, (size_t)(to - bytes));
	if (s->units == NONE)
		die("more than %u rows", NONE - 1);
	s->unit = mem_grow(s->unit, s->units, &s->cap, sizeof(*s->unit));
	hash = (uint32_t)(hash_bytes(unit->key.p, unit->key.n) >> 33);
	if (unit->origin == SHELF_BASE)
		hash |= BASE_FLAG;
	s->unit[s->units++] = (struct unit){ bytes, unit->who, hash };
}

/* ---- units of one key ---- */

static bool is_base(const struct shelf *s, uint32_t unit)
{
	return s->unit[unit].hash & BASE_FLAG;
}

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
static int compare_rows(const struct shelf *s, const char *a, uint32_t rows_a,
			const char *b, uint32_t rows_b)
{
	for (uint32_t i = 0; i < rows_a && i < rows_b; i++) {
		int64_t time_a, time_b;
		int order;

		a = shelf_get_row(a, &time_a, s->cell, s->columns);
		b = shelf_get_row(b, &time_b, s->other, s->columns);
		if (time_a != time_b)
			return time_a < time_b ? -1 : 1;
		order = compare_cells(s->cell, s->other, s->columns);
		if (order)
			return order;
	}
	return (rows_a > rows_b) - (rows_a < rows_b);
}

static struct text key_of(const struct shelf *s, uint32_t unit)
{
	const struct unit *u = &s->unit[unit];
	struct shelf_head head;

	shelf_get_head(u->bytes, &head);
	return head.key.n || !s->name ? head.key : s->name(s->ctx, u->who);
}

/*
 * The order in which units of one key are looked at: exports before the base;
 * then the one that stands, or fills first, before the others.
 */
static int compare_units(const struct shelf *s, uint32_t a, uint32_t b)
{
	struct shelf_head x, y;
	const char *rows_a = shelf_get_head(s->unit[a].bytes, &x);
	const char *rows_b = shelf_get_head(s->unit[b].bytes, &y);
	int order;

	if (is_base(s, a) != is_base(s, b))
		return is_base(s, a) ? 1 : -1;
	if (x.rank != y.rank)
		return x.rank < y.rank ? -1 : 1;
	if (x.when != y.when)
		return x.when > y.when ? -1 : 1;
	order = compare_rows(s, rows_a, x.rows, rows_b, y.rows);
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
	int order = text_cmp(key_of(ctx, x), key_of(ctx, y));

	return order ? order : compare_units(ctx, x, y);
}

/* ---- changes ---- */

static void note_row(struct shelf *s, const struct ref *old,
		     const struct ref *now, const char *head)
{
	s->change = mem_grow(s->change, s->changes, &s->change_cap,
			     sizeof(*s->change));
	s->change[s->changes] = (struct change){ *old, *now, head,
						 (uint32_t)s->changes };
	s->changes++;
}

static const char *row_cells(const struct shelf *s, const char *at,
			     struct text *cell)
{
	int64_t distance;

	return shelf_get_row(at, &distance, cell, s->columns);
}

/* Row by row what became of `old`; both are bytes of a unit. */
static void note_change(struct shelf *s, uint32_t old_unit, const char *old,
			uint32_t now_unit, const char *now)
{
	struct shelf_head x, y;
	const char *a = shelf_get_head(old, &x);
	const char *b = shelf_get_head(now, &y);

	for (uint32_t i = 0; i < x.rows || i < y.rows; i++) {
		struct ref from = { i < x.rows ? a : NULL, old_unit, i };
		struct ref to = { i < y.rows ? b : NULL, now_unit, i };

		if (from.bytes)
			a = row_cells(s, a, s->cell);
		if (to.bytes)
			b = row_cells(s, b, s->other);
		if (!from.bytes || !to.bytes ||
		    compare_cells(s->cell, s->other, s->columns) != 0)
			note_row(s, &from, &to, now);
	}
}

/* Exports that did not stand, the least first, each once. */
static void note_exports(struct shelf *s, const uint32_t *index, size_t n,
			 const char *now)
{
	for (size_t i = n; i-- > 1;)
		if (i + 1 == n || compare_units(s, index[i], index[i + 1]))
			note_change(s, index[i], s->unit[index[i]].bytes,
				    index[0], now);
}

static int by_change(const void *a, const void *b, void *ctx)
{
	const struct change *x = a, *y = b;
	int order = text_cmp(key_of(ctx, x->now.unit),
			     key_of(ctx, y->now.unit));

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* ---- what becomes of the units of one key ---- */

/* The exports' units, then the base's; the first of each counts. */
struct same_key {
	const uint32_t *export, *base;
	size_t exports, bases;
};

/* Puts cells anew under the head of a unit. */
static const char *put_again(struct shelf *s, const char *head_of,
			     const struct text *cell)
{
	struct shelf_head head;
	char *bytes, *to;

	shelf_get_head(head_of, &head);
	bytes = shelf_store_room(&s->store,
				 SHELF_HEAD_ROOM(head.key.n) +
					 shelf_row_room(cell, s->columns));
	to = shelf_put_row(shelf_put_head(bytes, &head), 0, cell, s->columns);
	shelf_store_took(&s->store, (size_t)(to - bytes));
	return bytes;
}

/* In s->cell a cell that is not whole gives way to one in s->other. */
static void prefer_whole(struct shelf *s)
{
	for (size_t i = 0; i < s->prefers; i++) {
		const struct prefer *p = &s->prefer[i];
		struct text *cell = &s->cell[p->column];
		struct text other = s->other[p->column];

		if (other.n && !p->settled && !text_eq(*cell, other) &&
		    !p->is_whole(*cell) && p->is_whole(other))
			*cell = other;
	}
}

/* What the base says of these columns holds. */
static void settle_preferred(struct shelf *s, bool by_base)
{
	for (size_t i = 0; i < s->prefers; i++)
		s->prefer[i].settled =
			by_base && s->cell[s->prefer[i].column].n > 0;
}

/* Fills the empty cells of s->cell from units. */
static void fill_cells(struct shelf *s, const uint32_t *index, size_t n,
		       size_t smallest)
{
	for (size_t i = 0; i < n; i++) {
		struct shelf_head head;

		row_cells(s, shelf_get_head(s->unit[index[i]].bytes, &head),
			  s->other);
		for (size_t k = 0; k < s->columns; k++)
			if (s->cell[k].n == 0 ||
			    (k == smallest && s->other[k].n &&
			     text_cmp(s->other[k], s->cell[k]) < 0))
				s->cell[k] = s->other[k];
		prefer_whole(s);
	}
}

/* The base's units as one; what stood before the exports came. */
static const char *fold_base(struct shelf *s, const struct same_key *k)
{
	if (k->bases < 2)
		return k->bases ? s->unit[k->base[0]].bytes : NULL;
	memset(s->cell, 0, s->columns * sizeof(*s->cell));
	settle_preferred(s, false);
	fill_cells(s, k->base, k->bases, s->smallest);
	return put_again(s, s->unit[k->base[0]].bytes, s->cell);
}

/* One row of them all; gives the number of the unit whose place it takes. */
static uint32_t fold(struct shelf *s, const struct same_key *k)
{
	bool base_first = k->bases && s->policy != SHELF_UPDATE;
	uint32_t first = base_first || !k->exports ? k->base[0] : k->export[0];
	size_t smallest = s->smallest;

	memset(s->cell, 0, s->columns * sizeof(*s->cell));
	settle_preferred(s, false);
	if (base_first) {
		fill_cells(s, k->base, k->bases, smallest);
		settle_preferred(s, true);
		/* What the base has stays. */
		if (smallest != SIZE_MAX && s->cell[smallest].n)
			smallest = SIZE_MAX;
	}
	if (!base_first || s->policy == SHELF_FILL)
		fill_cells(s, k->export, k->exports, smallest);
	if (!base_first)
		fill_cells(s, k->base, k->bases, smallest);
	s->unit[first].bytes = put_again(s, s->unit[first].bytes, s->cell);
	return first;
}

/* The base's rows with their empty cells filled from the export's. */
static const char *fill_event(struct shelf *s, const char *base,
			      const char *export)
{
	struct shelf_head x, y;
	const char *a = shelf_get_head(base, &x);
	const char *b = shelf_get_head(export, &y);
	struct buf made = { 0 };
	char *to = shelf_put_head(buf_room(&made, SHELF_HEAD_ROOM(x.key.n)),
				  &x);

	made.n = (size_t)(to - made.p);
	for (uint32_t i = 0; i < x.rows; i++) {
		int64_t distance, other;

		a = shelf_get_row(a, &distance, s->cell, s->columns);
		if (i < y.rows)
			b = shelf_get_row(b, &other, s->other, s->columns);
		for (size_t k = 0; k < s->columns && i < y.rows; k++)
			if (s->cell[k].n == 0)
				s->cell[k] = s->other[k];
		to = buf_room(&made, shelf_row_room(s->cell, s->columns));
		to = shelf_put_row(to, distance, s->cell, s->columns);
		made.n = (size_t)(to - made.p);
	}
	to = shelf_store_room(&s->store, made.n);
	memcpy(to, made.p, made.n);
	shelf_store_took(&s->store, made.n);
	buf_release(&made);
	return to;
}

static uint32_t choose(struct shelf *s, const struct same_key *k)
{
	uint32_t base;

	if (!k->bases)
		return k->export[0];
	base = k->base[0];
	if (!k->exports || s->policy == SHELF_KEEP)
		return base;
	if (s->policy == SHELF_UPDATE)
		return k->export[0];
	s->unit[base].bytes = fill_event(s, s->unit[base].bytes,
					 s->unit[k->export[0]].bytes);
	return base;
}

/* Makes one of the units of a key, which are in order. */
static void settle(struct shelf *s, const uint32_t *index, size_t n)
{
	struct same_key k = { .export = index };
	const char *old;
	uint32_t stands;

	while (k.exports < n && !is_base(s, index[k.exports]))
		k.exports++;
	k.base = index + k.exports;
	k.bases = n - k.exports;
	if (s->rule == SHELF_EVENTS) {
		old = k.bases ? s->unit[k.base[0]].bytes : NULL;
		stands = choose(s, &k);
	} else {
		old = s->watched ? fold_base(s, &k) : NULL;
		stands = fold(s, &k);
	}
	if (s->watched && old)
		note_change(s, k.base[0], old, stands, s->unit[stands].bytes);
	else if (s->watched && s->rule == SHELF_EVENTS)
		note_exports(s, index, k.exports, s->unit[stands].bytes);
	s->merged += n - 1;
	for (size_t i = 0; i < n; i++)
		if (index[i] != stands)
			s->unit[index[i]].bytes = NULL;
}

/* ---- finding them ---- */

/* Units of one hash, mostly one alone: in order, then key by key. */
static void settle_run(struct shelf *s, uint32_t *index, size_t n)
{
	size_t next;

	qsort_r(index, n, sizeof(*index), by_unit, s);
	for (size_t i = 0; i < n; i = next) {
		struct text key = key_of(s, index[i]);

		next = i + 1;
		while (next < n && text_eq(key_of(s, index[next]), key))
			next++;
		if (next > i + 1)
			settle(s, index + i, next - i);
	}
}

static void settle_events(struct shelf *s)
{
	struct radix_item *item = mem_alloc(s->units, sizeof(*item));
	uint32_t *index = NULL;
	size_t cap = 0, n;

	for (uint32_t i = 0; i < s->units; i++)
		item[i] = (struct radix_item){ s->unit[i].hash & ~BASE_FLAG,
					       i };
	radix_sort(item, s->units);
	for (size_t i = 0; i < s->units; i += n) {
		for (n = 1; i + n < s->units; n++)
			if (item[i + n].key != item[i].key)
				break;
		if (n == 1)
			continue;
		if (n > cap) {
			cap = n;
			index = mem_resize(index, cap, sizeof(*index));
		}
		for (size_t k = 0; k < n; k++)
			index[k] = item[i + k].who;
		settle_run(s, index, n);
	}
	free(index);
	free(item);
}

/* ENTITIES come out by their keys: these are sorted, and settled on the way.
 * Gives the units in that order. */
static uint32_t *settle_entities(struct shelf *s)
{
	struct keyed *keyed = mem_alloc(s->units, sizeof(*keyed));
	uint32_t *index = mem_alloc(s->units, sizeof(*index));
	size_t next;

	for (uint32_t i = 0; i < s->units; i++)
		keyed[i] = (struct keyed){ key_of(s, i), i };
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

/* ---- order ---- */

static void add_refs(struct shelf *s, const uint32_t *order)
{
	size_t cap = s->units;

	s->ref = mem_alloc(cap, sizeof(*s->ref));
	for (uint32_t i = 0; i < s->units; i++) {
		uint32_t unit = order ? order[i] : i;
		struct shelf_head head;
		const char *at = s->unit[unit].bytes;

		if (!at)
			continue;
		at = shelf_get_head(at, &head);
		if (s->refs + head.rows >= NONE)
			die("more than %u rows", NONE - 1);
		for (uint32_t k = 0; k < head.rows; k++) {
			s->ref = mem_grow(s->ref, s->refs, &cap,
					  sizeof(*s->ref));
			s->ref[s->refs++] = (struct ref){ at, unit, k };
			/* Most units are one row: no need to walk it. */
			if (k + 1 < head.rows)
				at = row_cells(s, at, s->cell);
		}
	}
}

/* Where a row belongs. */
struct place {
	int64_t when;
	struct shelf_head head;
	uint32_t row;
};

static struct place place_of(const struct shelf *s, const struct ref *r)
{
	struct place p = { .row = r->row };

	shelf_get_head(s->unit[r->unit].bytes, &p.head);
	p.when = after(p.head.when, shelf_get_after(r->bytes));
	return p;
}

static struct text document_of(const struct shelf_head *h)
{
	return (struct text){ h->key.p, h->document };
}

static int compare_places(const struct place *x, const struct place *y)
{
	int order;

	if (x->when != y->when)
		return x->when < y->when ? -1 : 1;
	order = text_cmp(document_of(&x->head), document_of(&y->head));
	if (order)
		return order;
	if (x->head.ordinal != y->head.ordinal)
		return x->head.ordinal < y->head.ordinal ? -1 : 1;
	order = text_cmp(x->head.key, y->head.key);
	return order ? order : (x->row > y->row) - (x->row < y->row);
}

static int by_place(const void *a, const void *b, void *ctx)
{
	struct place x = place_of(ctx, a), y = place_of(ctx, b);

	return compare_places(&x, &y);
}

/* Canonical files are, and exports mostly. */
static bool in_order(const struct shelf *s, const struct ref *ref, size_t n)
{
	struct place before = { .when = INT64_MIN }, p;

	for (size_t i = 0; i < n; i++, before = p) {
		p = place_of(s, &ref[i]);
		if (compare_places(&before, &p) > 0)
			return false;
	}
	return true;
}

/* By time first, in linear time; what is of one time by the rest. */
static void sort_refs(struct shelf *s)
{
	struct radix_item *item = mem_alloc(s->refs, sizeof(*item));
	struct ref *sorted = mem_alloc(s->refs, sizeof(*sorted));
	size_t n;

	for (uint32_t i = 0; i < s->refs; i++) {
		int64_t when = place_of(s, &s->ref[i]).when;

		item[i] = (struct radix_item){ (uint64_t)when ^ 1ull << 63,
					       i };
	}
	radix_sort(item, s->refs);
	for (size_t i = 0; i < s->refs; i++)
		sorted[i] = s->ref[item[i].who];
	free(s->ref);
	s->ref = sorted;
	for (size_t i = 0; i < s->refs; i += n) {
		for (n = 1; i + n < s->refs; n++)
			if (item[i + n].key != item[i].key)
				break;
		if (!in_order(s, sorted + i, n))
			qsort_r(sorted + i, n, sizeof(*sorted), by_place, s);
	}
	free(item);
}

size_t shelf_finish(struct shelf *s, shelf_key *name, void *ctx)
{
	uint32_t *order = NULL;

	s->name = name;
	s->ctx = ctx;
	if (s->rule == SHELF_EVENTS)
		settle_events(s);
	else
		order = settle_entities(s);
	add_refs(s, order);
	free(order);
	if (s->rule == SHELF_EVENTS && !in_order(s, s->ref, s->refs))
		sort_refs(s);
	if (s->changes)
		qsort_r(s->change, s->changes, sizeof(*s->change), by_change,
			s);
	return s->refs;
}

/* ---- looking ---- */

static struct shelf_row look(const struct shelf *s, const struct ref *r,
			     struct text document, struct text *cell)
{
	if (!r->bytes)
		return (struct shelf_row){ .who = SHELF_NOBODY };
	row_cells(s, r->bytes, cell);
	return (struct shelf_row){ cell, s->unit[r->unit].who, r->unit,
				   document };
}

void shelf_row(struct shelf *s, size_t i, struct shelf_row *row)
{
	const struct ref *r = &s->ref[i];
	struct shelf_head head;

	shelf_get_head(s->unit[r->unit].bytes, &head);
	*row = look(s, r, document_of(&head), s->cell);
}

size_t shelf_changes(const struct shelf *s)
{
	return s->changes;
}

void shelf_change(struct shelf *s, size_t i, struct shelf_change *change)
{
	const struct change *c = &s->change[i];
	struct shelf_head head;
	struct text document;

	shelf_get_head(c->head, &head);
	document = document_of(&head);
	*change = (struct shelf_change){
		.key = key_of(s, c->now.unit),
		.base = is_base(s, c->old.unit),
		.old = look(s, &c->old, document, s->other),
		.now = look(s, &c->now, document, s->cell),
	};
}
