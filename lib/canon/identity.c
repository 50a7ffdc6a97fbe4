/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records that agree in all but the day are one node. For each phone and each
 * vehicle there is a list of its nodes, and the rules of joining look at such
 * lists only.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/identity_in.h"

struct identity *identity_new(void)
{
	struct identity *id = mem_zalloc(1, sizeof(*id));

	id->tuples = group_new(sizeof(uint32_t), 0, NULL, NULL);
	id->names = group_new(sizeof(struct identity_value), 0, NULL, NULL);
	id->givens = group_new(sizeof(struct identity_value), 0, NULL, NULL);
	id->numbers = group_new(sizeof(struct identity_value), 0, NULL, NULL);
	id->id_nos = group_new(sizeof(struct identity_value), 0, NULL, NULL);
	id->phones = group_new(sizeof(struct identity_value), 0, NULL, NULL);
	id->vins = group_new(sizeof(struct identity_value), 0, NULL, NULL);
	return id;
}

void identity_free(struct identity *id)
{
	if (!id)
		return;
	group_free(id->tuples);
	group_free(id->names);
	group_free(id->givens);
	group_free(id->numbers);
	group_free(id->id_nos);
	group_free(id->phones);
	group_free(id->vins);
	free(id->node);
	free(id->entity);
	arena_release(&id->texts);
	buf_release(&id->tuple);
	buf_release(&id->name);
	free(id);
}

static uint32_t intern(struct group *g, struct text t)
{
	return t.n ? (uint32_t)group_intern(g, t) : IDENTITY_NONE;
}

/* Most names are nothing but ideographs between U+4000 and U+9FFF, three bytes
 * each, which are folded already. */
static bool is_folded(struct text name)
{
	for (size_t i = 0; i < name.n; i += 3) {
		unsigned char lead = (unsigned char)name.p[i];

		if (lead < 0xE4 || lead > 0xE9)
			return false;
	}
	return true;
}

/* How names are compared: blanks out, widths folded, no case. */
static void fold_name(struct buf *to, struct text name)
{
	struct buf folded = { 0 };

	utf8_fold(&folded, name);
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];

		if (c == ' ')
			continue;
		buf_addc(to, ascii_lower(c));
	}
	buf_release(&folded);
}

bool identity_needs_record(const struct who *w)
{
	return !(w->given.n || w->number.n || w->id_no.n || w->phones ||
		 w->vin.n);
}

/* The parts of a tuple are set apart by their lengths. */
static char *put(char *to, struct text t)
{
	memcpy(to, &t.n, sizeof(t.n));
	return text_put(to + sizeof(t.n), t);
}

/* Without what all tuples have: room for the lengths and one byte. */
#define TUPLE_ROOM ((IDENTITY_PHONES + 8) * sizeof(size_t) + 1)

static struct text put_tuple(struct buf *tuple, const struct who *w,
			     struct text name)
{
	/* Nothing to know it by: each record is somebody else. */
	struct text record = identity_needs_record(w) ? w->record :
							(struct text){ 0 };
	size_t room = TUPLE_ROOM + w->given.n + w->number.n + w->id_no.n +
		      name.n + w->vin.n + record.n;
	char *to;

	for (size_t i = 0; i < w->phones; i++)
		room += w->phone[i].n;
	buf_clear(tuple);
	to = buf_room(tuple, room);
	to = put(to, w->given);
	to = put(to, w->number);
	to = put(to, w->id_no);
	to = put(to, name);
	*to++ = w->name_links;
	to = put(to, w->vin);
	for (size_t i = 0; i < w->phones; i++)
		to = put(to, w->phone[i]);
	to = put(to, record);
	/* An earlier result tells days one by one: a vehicle may have had
	 * other drivers in between. */
	if (w->given.n && w->phones == 0)
		to = put(to, (struct text){ (const char *)&w->day,
					    sizeof(w->day) });
	tuple->n = (size_t)(to - tuple->p);
	return buf_text(tuple);
}

static void note_node(struct identity *id, struct group *g, uint32_t value,
		      uint32_t node)
{
	struct identity_value *v;
	uint32_t *more;

	if (value == IDENTITY_NONE)
		return;
	v = group_entry(g, value);
	if (v->n == v->cap) {
		v->cap = v->cap * 2 + 2;
		more = arena_alloc(&id->texts, v->cap * sizeof(*more));
		if (v->n)
			memcpy(more, v->node, v->n * sizeof(*more));
		v->node = more;
	}
	v->node[v->n++] = node;
}

static uint32_t add_node(struct identity *id, const struct who *w,
			 struct text name)
{
	uint32_t at = (uint32_t)id->nodes;
	struct identity_node *n;
	size_t len;

	id->node = mem_grow(id->node, id->nodes, &id->cap, sizeof(*id->node));
	n = &id->node[id->nodes++];
	*n = (struct identity_node){ .parent = at, .name = IDENTITY_NONE,
				     .first = DAY_NONE, .last = DAY_NONE };
	if (w->name_links)
		n->name = intern(id->names, name);
	else if (name.n)
		n->surname = utf8_decode(name.p, name.n, &len);
	n->given = intern(id->givens, w->given);
	n->number = intern(id->numbers, w->number);
	n->id_no = intern(id->id_nos, w->id_no);
	n->vin = intern(id->vins, w->vin);
	for (size_t i = 0; i < IDENTITY_PHONES; i++) {
		n->phone[i] = i < w->phones ?
				       intern(id->phones, w->phone[i]) :
				       IDENTITY_NONE;
		note_node(id, id->phones, n->phone[i], at);
	}
	note_node(id, id->givens, n->given, at);
	note_node(id, id->numbers, n->number, at);
	note_node(id, id->id_nos, n->id_no, at);
	note_node(id, id->vins, n->vin, at);
	if (identity_needs_record(w))
		n->record = (struct text){ arena_copy(&id->texts, w->record.p,
						      w->record.n),
					   w->record.n };
	return at;
}

uint32_t identity_add(struct identity *id, const struct who *w)
{
	struct text name;
	uint32_t *entry, at;
	struct identity_node *n;

	buf_clear(&id->name);
	name = w->name;
	if (!is_folded(name)) {
		fold_name(&id->name, name);
		name = buf_text(&id->name);
	}
	entry = group_entry(id->tuples,
			    group_intern(id->tuples,
					 put_tuple(&id->tuple, w, name)));
	if (*entry == 0) {
		at = add_node(id, w, name);
		*entry = at + 1;
	}
	at = *entry - 1;
	n = &id->node[at];
	n->customer |= !w->prospect;
	if (w->day != DAY_NONE) {
		if (n->first == DAY_NONE || w->day < n->first)
			n->first = w->day;
		if (n->last == DAY_NONE || w->day > n->last)
			n->last = w->day;
	}
	return at;
}

void identity_resolve(struct identity *id)
{
	identity_join(id);
	identity_name(id);
}

struct text identity_id(const struct identity *id, uint32_t record)
{
	const struct identity_node *n = &id->node[record];

	if (n->given != IDENTITY_NONE)
		return group_key(id->givens, n->given);
	return id->entity[identity_root(id, record)].id;
}

const char *identity_kind(const struct identity *id, uint32_t record)
{
	return id->entity[identity_root(id, record)].kind;
}

bool identity_is_given(const struct identity *id, struct text given)
{
	return group_find(id->givens, given) != SIZE_MAX;
}

bool identity_is_customer(const struct identity *id, uint32_t record)
{
	return id->entity[identity_root(id, record)].customer;
}
