/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units are kept as bytes in an arena: for each row its time (8 bytes), then
 * its cells, each behind its length in 7-bit groups. An empty cell costs one
 * byte.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/shelf.h"

struct unit {
	const char *bytes;
	size_t n;
	struct text key;
	int64_t when;
	uint32_t rows, document, ordinal, who, rank;
	bool dead;
};

/* A row on its way out. */
struct ref {
	int64_t when;
	uint32_t unit, row;
	size_t offset;		/* of its cells in the unit's bytes */
};

struct shelf {
	enum shelf_rule rule;
	size_t columns;
	struct group *keys;	/* key -> number of the unit that stands, + 1 */
	struct unit *unit;
	size_t units, cap, merged;
	struct ref *ref;
	size_t refs;
	struct text *cell;	/* of the row looked at */
	size_t smallest;	/* a column, SIZE_MAX: none */
	struct buf scratch;
	struct arena hold;
};

struct shelf *shelf_new(enum shelf_rule rule, size_t columns)
{
	struct shelf *s = mem_zalloc(1, sizeof(*s));

	s->rule = rule;
	s->columns = columns;
	s->smallest = SIZE_MAX;
	s->keys = group_new(sizeof(uint32_t), 0, NULL, NULL);
	s->cell = mem_zalloc(columns, sizeof(*s->cell));
	return s;
}

void shelf_free(struct shelf *s)
{
	if (!s)
		return;
	group_free(s->keys);
	free(s->unit);
	free(s->ref);
	free(s->cell);
	buf_release(&s->scratch);
	arena_release(&s->hold);
	free(s);
}

void shelf_smallest(struct shelf *s, size_t column)
{
	s->smallest = column;
}

size_t shelf_units(const struct shelf *s)
{
	return s->units;
}

size_t shelf_merged(const struct shelf *s)
{
	return s->merged;
}

/* ---- rows as bytes ---- */

static void put_cells(struct buf *to, const struct text *cell, size_t n,
		      int64_t when)
{
	size_t room = sizeof(when);
	char *at;

	for (size_t i = 0; i < n; i++)
		room += cell[i].n + 10;
	at = buf_room(to, room);
	memcpy(at, &when, sizeof(when));
	at += sizeof(when);
	for (size_t i = 0; i < n; i++) {
		size_t len = cell[i].n;

		for (; len >= 0x80; len >>= 7)
			*at++ = (char)(len | 0x80);
		*at++ = (char)len;
		if (cell[i].n)
			memcpy(at, cell[i].p, cell[i].n);
		at += cell[i].n;
	}
	to->n = (size_t)(at - to->p);
}

/* Reads one row's cells and returns what follows them. */
static const char *get_cells(const char *at, struct text *cell, size_t n)
{
	at += sizeof(int64_t);
	for (size_t i = 0; i < n; i++) {
		size_t len = 0;
		unsigned shift = 0;

		do
			len |= (size_t)((unsigned char)*at & 0x7F) << shift;
		while (shift += 7, *at++ & 0x80);
		cell[i] = (struct text){ at, len };
		at += len;
	}
	return at;
}

static struct text bytes_of(const struct unit *u)
{
	return (struct text){ u->bytes, u->n };
}

/* ---- putting ---- */

/* Of two units with one key: is `a` to stand, and not `b`? */
static bool stands(const struct unit *a, const struct unit *b)
{
	if (a->when != b->when)
		return a->when > b->when;
	return text_cmp(bytes_of(a), bytes_of(b)) > 0;
}

static struct text copy(struct shelf *s, struct text t)
{
	return (struct text){ arena_copy(&s->hold, t.p, t.n), t.n };
}

static void keep(struct shelf *s, struct unit *u)
{
	s->unit = mem_grow(s->unit, s->units, &s->cap, sizeof(*s->unit));
	u->bytes = copy(s, bytes_of(u)).p;
	s->unit[s->units++] = *u;
}

static void put_event(struct shelf *s, struct unit *u)
{
	size_t at = group_intern(s->keys, u->key);
	uint32_t *entry = group_entry(s->keys, at);

	if (*entry) {
		struct unit *old = &s->unit[*entry - 1];

		s->merged++;
		u->dead = !stands(u, old);
		old->dead = !u->dead;
		if (u->dead) {
			/* Only counted: its bytes are not needed. */
			u->n = 0;
			u->key.n = 0;
			keep(s, u);
			return;
		}
	}
	*entry = (uint32_t)s->units + 1;
	u->key = copy(s, u->key);
	keep(s, u);
}

void shelf_put(struct shelf *s, const struct shelf_unit *unit,
	       const struct text *cell, const int64_t *when, size_t n)
{
	struct unit u = { .key = unit->key,
			  .when = unit->when,
			  .rows = (uint32_t)n,
			  .document = (uint32_t)unit->document,
			  .ordinal = unit->ordinal,
			  .who = unit->who,
			  .rank = unit->rank };

	buf_clear(&s->scratch);
	for (size_t i = 0; i < n; i++)
		put_cells(&s->scratch, cell + i * s->columns, s->columns,
			  when ? when[i] : unit->when);
	u.bytes = s->scratch.p;
	u.n = s->scratch.n;
	if (s->rule == SHELF_EVENTS) {
		put_event(s, &u);
		return;
	}
	u.key = copy(s, u.key);
	keep(s, &u);
}

/* ---- entities ---- */

static int by_rank(const void *a, const void *b, void *ctx)
{
	const struct shelf *s = ctx;
	const struct unit *x = &s->unit[*(const uint32_t *)a];
	const struct unit *y = &s->unit[*(const uint32_t *)b];
	int order = text_cmp(x->key, y->key);

	if (order)
		return order;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->when != y->when)
		return x->when > y->when ? -1 : 1;
	return text_cmp(bytes_of(x), bytes_of(y));
}

/* Fills the empty cells of the first unit from those after it. */
static void fold(struct shelf *s, const uint32_t *index, size_t n)
{
	struct unit *first = &s->unit[index[0]];
	struct text *other = mem_alloc(s->columns, sizeof(*other));

	get_cells(first->bytes, s->cell, s->columns);
	for (size_t i = 1; i < n; i++) {
		struct unit *u = &s->unit[index[i]];

		get_cells(u->bytes, other, s->columns);
		for (size_t k = 0; k < s->columns; k++)
			if (s->cell[k].n == 0 ||
			    (k == s->smallest && other[k].n &&
			     text_cmp(other[k], s->cell[k]) < 0))
				s->cell[k] = other[k];
		u->dead = true;
		s->merged++;
	}
	buf_clear(&s->scratch);
	put_cells(&s->scratch, s->cell, s->columns, first->when);
	first->bytes = copy(s, buf_text(&s->scratch)).p;
	first->n = s->scratch.n;
	free(other);
}

static void fold_all(struct shelf *s, shelf_key *key, void *ctx)
{
	uint32_t *index = mem_alloc(s->units, sizeof(*index));
	size_t next;

	for (uint32_t i = 0; i < s->units; i++) {
		index[i] = i;
		if (s->unit[i].key.n == 0)
			s->unit[i].key = key(ctx, s->unit[i].who);
	}
	qsort_r(index, s->units, sizeof(*index), by_rank, s);
	for (size_t i = 0; i < s->units; i = next) {
		next = i + 1;
		while (next < s->units && text_eq(s->unit[index[i]].key,
						  s->unit[index[next]].key))
			next++;
		if (next > i + 1)
			fold(s, index + i, next - i);
	}
	free(index);
}

/* ---- order ---- */

static struct text document_of(const struct unit *u)
{
	return (struct text){ u->key.p, u->document };
}

static int by_time(const void *a, const void *b, void *ctx)
{
	const struct shelf *s = ctx;
	const struct ref *x = a, *y = b;
	const struct unit *u = &s->unit[x->unit], *v = &s->unit[y->unit];
	int order;

	if (x->when != y->when)
		return x->when < y->when ? -1 : 1;
	order = text_cmp(document_of(u), document_of(v));
	if (order)
		return order;
	if (u->ordinal != v->ordinal)
		return u->ordinal < v->ordinal ? -1 : 1;
	order = text_cmp(u->key, v->key);
	if (order)
		return order;
	return (x->row > y->row) - (x->row < y->row);
}

static int by_key(const void *a, const void *b, void *ctx)
{
	const struct shelf *s = ctx;
	const struct ref *x = a, *y = b;

	return text_cmp(s->unit[x->unit].key, s->unit[y->unit].key);
}

static void add_refs(struct shelf *s)
{
	size_t rows = 0;

	for (size_t i = 0; i < s->units; i++)
		rows += s->unit[i].dead ? 0 : s->unit[i].rows;
	s->ref = mem_alloc(rows, sizeof(*s->ref));
	for (uint32_t i = 0; i < s->units; i++) {
		const struct unit *u = &s->unit[i];
		const char *at = u->bytes;

		for (uint32_t k = 0; k < u->rows && !u->dead; k++) {
			struct ref *r = &s->ref[s->refs++];

			*r = (struct ref){ .unit = i, .row = k,
					   .offset = (size_t)(at - u->bytes) };
			memcpy(&r->when, at, sizeof(r->when));
			/* Most units are one row: no need to walk it. */
			if (k + 1 < u->rows)
				at = get_cells(at, s->cell, s->columns);
		}
	}
}

/* Exports are mostly in order already. */
static void sort_refs(struct shelf *s)
{
	int (*order)(const void *, const void *, void *) =
		s->rule == SHELF_EVENTS ? by_time : by_key;

	for (size_t i = 1; i < s->refs; i++)
		if (order(&s->ref[i - 1], &s->ref[i], s) > 0) {
			qsort_r(s->ref, s->refs, sizeof(*s->ref), order, s);
			return;
		}
}

size_t shelf_finish(struct shelf *s, shelf_key *key, void *ctx)
{
	if (s->rule == SHELF_ENTITIES)
		fold_all(s, key, ctx);
	add_refs(s);
	sort_refs(s);
	return s->refs;
}

void shelf_row(struct shelf *s, size_t i, struct shelf_row *row)
{
	const struct ref *r = &s->ref[i];
	const struct unit *u = &s->unit[r->unit];

	get_cells(u->bytes + r->offset, s->cell, s->columns);
	*row = (struct shelf_row){ s->cell, u->who, r->unit, document_of(u) };
}
