/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units wait as bytes (shelf_rows.h) behind an index of 16 bytes for each, and
 * 16 for each row. Only when all are there are those of one key found, by
 * parting: nothing is looked up while rows come, and nothing waits for memory.
 * Five million canonical deals of 70 bytes take 155 bytes each at the most.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/shelf_in.h"

struct shelf *shelf_new(enum shelf_rule rule, size_t columns)
{
	struct shelf *s = mem_zalloc(1, sizeof(*s));

	s->rule = rule;
	s->columns = columns;
	s->smallest = SIZE_MAX;
	s->at_unit = SHELF_NONE;
	s->cell = mem_zalloc(columns, sizeof(*s->cell));
	s->other = mem_zalloc(columns, sizeof(*s->other));
	return s;
}

void shelf_free(struct shelf *s)
{
	if (!s)
		return;
	mem_pages_free(s->unit, s->cap * sizeof(*s->unit));
	mem_pages_free(s->row, s->row_cap * sizeof(*s->row));
	free(s->document);
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
	s->prefer[s->prefers++] =
		(struct shelf_preferred){ column, is_whole };
}

void shelf_smallest(struct shelf *s, size_t column)
{
	s->smallest = column;
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

	for (size_t i = 0; i < n; i++) {
		int64_t time = when ? when[i] : unit->when;

		to = shelf_put_row(to, &head, time, cell + i * s->columns,
				   s->columns);
		shelf_add_row(s, time, (uint32_t)s->units, (uint32_t)i);
	}
	shelf_store_took(&s->store, (size_t)(to - bytes));
	if (s->units == SHELF_NONE)
		die("more than %u rows", SHELF_NONE - 1);
	s->unit = mem_grow_pages(s->unit, s->units, &s->cap, sizeof(*s->unit));
	hash = (uint32_t)(hash_bytes(unit->key.p, unit->key.n) >> 32);
	s->unit[s->units++] = (struct shelf_entry){ bytes, unit->who, hash };
}

/* ---- finishing ---- */

struct text shelf_key_of(const struct shelf *s, uint32_t unit)
{
	const struct shelf_entry *u = &s->unit[unit];
	struct shelf_head head;

	shelf_get_head(u->bytes, &head);
	return head.key.n || !s->name ? head.key : s->name(s->ctx, u->who);
}

static int by_change(const void *a, const void *b, void *ctx)
{
	const struct shelf_noted *x = a, *y = b;
	int order = text_cmp(shelf_key_of(ctx, x->now.unit),
			     shelf_key_of(ctx, y->now.unit));

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

size_t shelf_finish(struct shelf *s, shelf_key *name, void *ctx)
{
	uint32_t *order = NULL;

	s->name = name;
	s->ctx = ctx;
	if (s->rule == SHELF_EVENTS)
		shelf_merge_events(s);
	else
		order = shelf_merge_entities(s);
	shelf_list_rows(s, order);
	free(order);
	if (s->changes)
		qsort_r(s->change, s->changes, sizeof(*s->change), by_change,
			s);
	return s->rows;
}

/* ---- looking ---- */

static struct text document_of(const struct shelf_head *h)
{
	return (struct text){ h->key.p, h->document };
}

/* Rows of a unit mostly follow one another. */
static void go_to_row(struct shelf *s, uint32_t unit, uint32_t row,
		      const char *first)
{
	if (s->at_unit != unit || s->at_row > row) {
		s->at_unit = unit;
		s->at_row = 0;
		s->at = first;
	}
	for (; s->at_row < row; s->at_row++)
		s->at = shelf_skip_row(s->at, s->columns);
}

/* Goes to the row and tells all but its cells. */
static void approach(struct shelf *s, size_t i, struct shelf_row *row)
{
	struct shelf_head head;
	const char *first;
	uint32_t unit;

	shelf_order_to(s, i);
	unit = s->row[i].who;
	first = shelf_get_head(s->unit[unit].bytes, &head);
	go_to_row(s, unit, s->row[i].part, first);
	*row = (struct shelf_row){ NULL, s->unit[unit].who, unit,
				   head.rows == 1, document_of(&head) };
}

void shelf_row(struct shelf *s, size_t i, struct shelf_row *row)
{
	approach(s, i, row);
	shelf_get_cells(s->at, s->cell, s->columns);
	row->cell = s->cell;
}

bool shelf_line(struct shelf *s, size_t i, struct shelf_row *row,
		struct text *line, size_t *empty)
{
	approach(s, i, row);
	return shelf_get_line(s->at, line, empty);
}

size_t shelf_changes(const struct shelf *s)
{
	return s->changes;
}

static struct shelf_row changed(const struct shelf *s, const char *bytes,
				uint32_t unit, const struct shelf_head *h,
				struct text *cell)
{
	if (!bytes)
		return (struct shelf_row){ .who = SHELF_NOBODY };
	shelf_get_cells(bytes, cell, s->columns);
	return (struct shelf_row){ cell, s->unit[unit].who, unit,
				   h->rows == 1, document_of(h) };
}

void shelf_change(struct shelf *s, size_t i, struct shelf_change *change)
{
	const struct shelf_noted *c = &s->change[i];
	struct shelf_head head;

	shelf_get_head(s->unit[c->now.unit].bytes, &head);
	*change = (struct shelf_change){
		.key = shelf_key_of(s, c->now.unit),
		.old = changed(s, c->old.bytes, c->old.unit, &head, s->other),
		.now = changed(s, c->now.bytes, c->now.unit, &head, s->cell),
	};
}
