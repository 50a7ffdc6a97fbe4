/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records that agree in all but the day are one node; sets of nodes are
 * joined by union and find. For each phone and each vehicle there is a list
 * of its nodes, and the rules look at such lists only.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/group.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/identity.h"
#include "canon/phone.h"

#define NONE UINT32_MAX
/* Lists longer than this (a workshop's own phone) are not compared each with
 * each: only equal names in them count. */
#define LONG_LIST 200

struct node {
	uint32_t parent;
	uint32_t name;		/* folded; NONE: no full name */
	uint32_t given, number, id_no, vin;
	uint32_t phone[IDENTITY_PHONES];
	uint32_t surname;	/* first character of a name that is not full */
	int32_t first, last;	/* days; DAY_NONE: no day known */
	bool customer;		/* a record that is no lead */
	struct text record;
};

/* A distinct value and the nodes that have it (in the arena). */
struct value {
	uint32_t *node;
	uint32_t n, cap;
};

struct entity {
	struct text id;
	const char *kind;
	bool customer;
};

struct identity {
	struct group *tuples;		/* all of a node -> its number */
	struct group *names, *givens, *numbers, *id_nos, *phones, *vins;
	struct node *node;
	size_t nodes, cap;
	struct entity *entity;		/* of each root, after resolving */
	struct arena texts;
	struct buf tuple, name;		/* of the record under way */
};

struct identity *identity_new(void)
{
	struct identity *id = mem_zalloc(1, sizeof(*id));

	id->tuples = group_new(sizeof(uint32_t), 0, NULL, NULL);
	id->names = group_new(sizeof(struct value), 0, NULL, NULL);
	id->givens = group_new(sizeof(struct value), 0, NULL, NULL);
	id->numbers = group_new(sizeof(struct value), 0, NULL, NULL);
	id->id_nos = group_new(sizeof(struct value), 0, NULL, NULL);
	id->phones = group_new(sizeof(struct value), 0, NULL, NULL);
	id->vins = group_new(sizeof(struct value), 0, NULL, NULL);
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

void identity_hash(const char *what, struct text value,
		   char to[IDENTITY_HASH])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char hash[crypto_generichash_BYTES_MIN];
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(&state, (const unsigned char *)what,
				  strlen(what));
	crypto_generichash_update(&state, (const unsigned char *)":", 1);
	crypto_generichash_update(&state, (const unsigned char *)value.p,
				  value.n);
	crypto_generichash_final(&state, hash, sizeof(hash));
	to[0] = 'c';
	for (size_t i = 0; i < 8; i++) {
		to[1 + 2 * i] = hex[hash[i] >> 4];
		to[2 + 2 * i] = hex[hash[i] & 15];
	}
}

bool identity_is_hash(struct text id)
{
	if (id.n != IDENTITY_HASH || id.p[0] != 'c')
		return false;
	for (size_t i = 1; i < id.n; i++)
		if (!(id.p[i] >= '0' && id.p[i] <= '9') &&
		    !(id.p[i] >= 'a' && id.p[i] <= 'f'))
			return false;
	return true;
}

/* ---- adding ---- */

static uint32_t intern(struct group *g, struct text t)
{
	return t.n ? (uint32_t)group_intern(g, t) : NONE;
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
		buf_addc(to, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
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
	struct value *v;
	uint32_t *more;

	if (value == NONE)
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
	struct node *n;
	size_t len;

	id->node = mem_grow(id->node, id->nodes, &id->cap, sizeof(*id->node));
	n = &id->node[id->nodes++];
	*n = (struct node){ .parent = at, .name = NONE,
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
				       NONE;
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
	struct node *n;

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

/* ---- joining ---- */

static uint32_t root(const struct identity *id, uint32_t node)
{
	while (id->node[node].parent != node) {
		uint32_t up = id->node[node].parent;

		id->node[node].parent = id->node[up].parent;
		node = up;
	}
	return node;
}

static void join(struct identity *id, uint32_t a, uint32_t b)
{
	a = root(id, a);
	b = root(id, b);
	if (a < b)
		id->node[b].parent = a;
	else
		id->node[a].parent = b;
}

static void join_all(struct identity *id, struct group *g)
{
	for (size_t i = 0; i < group_count(g); i++) {
		const struct value *v = group_entry(g, i);

		for (uint32_t k = 1; k < v->n; k++)
			join(id, v->node[0], v->node[k]);
	}
}

static int by_name(const void *a, const void *b, void *ctx)
{
	const struct node *node = ctx;
	uint32_t x = node[*(const uint32_t *)a].name;
	uint32_t y = node[*(const uint32_t *)b].name;

	return (x > y) - (x < y);
}

/* In each list, nodes of one full name are one customer. */
static void join_names(struct identity *id, struct group *g)
{
	for (size_t i = 0; i < group_count(g); i++) {
		struct value *v = group_entry(g, i);

		qsort_r(v->node, v->n, sizeof(*v->node), by_name, id->node);
		for (uint32_t k = 1; k < v->n; k++) {
			uint32_t name = id->node[v->node[k]].name;

			if (name != NONE &&
			    name == id->node[v->node[k - 1]].name)
				join(id, v->node[k - 1], v->node[k]);
		}
	}
}

static bool overlap(const struct node *a, const struct node *b)
{
	return a->first != DAY_NONE && b->first != DAY_NONE &&
	       a->first <= b->last && b->first <= a->last;
}

static bool share_phone(const struct node *a, const struct node *b)
{
	for (size_t i = 0; i < IDENTITY_PHONES; i++)
		for (size_t k = 0; k < IDENTITY_PHONES; k++)
			if (a->phone[i] != NONE &&
			    a->phone[i] == b->phone[k])
				return true;
	return false;
}

/* One vehicle: the same phone, or the same time. */
static void join_vehicles(struct identity *id)
{
	for (size_t i = 0; i < group_count(id->vins); i++) {
		struct value *v = group_entry(id->vins, i);

		if (v->n > LONG_LIST)
			continue;
		for (uint32_t k = 0; k < v->n; k++)
			for (uint32_t m = 0; m < k; m++) {
				const struct node *a = &id->node[v->node[k]];
				const struct node *b = &id->node[v->node[m]];

				if (share_phone(a, b) || overlap(a, b))
					join(id, v->node[k], v->node[m]);
			}
	}
}

static uint32_t first_character(const struct identity *id, uint32_t name)
{
	struct text t = group_key(id->names, name);
	size_t len;

	return utf8_decode(t.p, t.n, &len);
}

/*
 * The one customer among the nodes of a list that have full names (and the
 * surname, when it is given); NONE when there is none or more than one.
 */
static uint32_t only_one(const struct identity *id, const struct value *v,
			 uint32_t surname)
{
	uint32_t found = NONE;

	for (uint32_t i = 0; i < v->n; i++) {
		const struct node *n = &id->node[v->node[i]];
		uint32_t r;

		if (n->name == NONE)
			continue;
		if (surname && first_character(id, n->name) != surname)
			continue;
		r = root(id, v->node[i]);
		if (found != NONE && found != r)
			return NONE;
		found = r;
	}
	return found;
}

/* A node without a full name and the customer that it can only be. */
struct pair {
	uint32_t node, one;
};

struct pairs {
	struct pair *pair;
	size_t n, cap;
};

static void find_only(const struct identity *id, struct group *g,
		      struct pairs *found)
{
	for (size_t i = 0; i < group_count(g); i++) {
		const struct value *v = group_entry(g, i);

		/* An office's number says little of who called. */
		if (v->n > LONG_LIST || group_key(g, i).p[0] == '0')
			continue;
		for (uint32_t k = 0; k < v->n; k++) {
			const struct node *n = &id->node[v->node[k]];
			uint32_t one;

			/* An earlier result may know more of somebody than
			 * it tells here. */
			if (n->name != NONE ||
			    (n->given != NONE && n->phone[0] == NONE))
				continue;
			one = only_one(id, v, n->surname);
			if (one == NONE)
				continue;
			found->pair = mem_grow(found->pair, found->n,
					       &found->cap,
					       sizeof(*found->pair));
			found->pair[found->n++] =
				(struct pair){ v->node[k], one };
		}
	}
}

/* All are found before any is joined, so that no order matters. */
static void join_nameless(struct identity *id, struct group *g)
{
	struct pairs found = { 0 };

	find_only(id, g, &found);
	for (size_t i = 0; i < found.n; i++)
		join(id, found.pair[i].node, found.pair[i].one);
	free(found.pair);
}

/* ---- ids ---- */

/* What an entity's id is to be made from: the smallest of each. */
struct best {
	uint32_t given, number, mobile, landline, vin, id_no, name;
	uint32_t surname;	/* of a name that is not full; 0: no name */
	int32_t first;
};

static void smaller(struct group *g, uint32_t *best, uint32_t value)
{
	if (value == NONE)
		return;
	if (*best == NONE ||
	    text_cmp(group_key(g, value), group_key(g, *best)) < 0)
		*best = value;
}

/* A landline begins with 0. */
static bool is_mobile(const struct identity *id, uint32_t phone)
{
	return phone != NONE && group_key(id->phones, phone).p[0] != '0';
}

static struct best *gather(struct identity *id)
{
	struct best *best = mem_alloc(id->nodes, sizeof(*best));

	for (uint32_t i = 0; i < id->nodes; i++)
		best[i] = (struct best){ NONE, NONE, NONE, NONE, NONE,
					 NONE, NONE, NONE, DAY_NONE };
	for (uint32_t i = 0; i < id->nodes; i++) {
		const struct node *n = &id->node[i];
		struct best *b = &best[root(id, i)];

		smaller(id->givens, &b->given, n->given);
		smaller(id->numbers, &b->number, n->number);
		smaller(id->vins, &b->vin, n->vin);
		smaller(id->names, &b->name, n->name);
		if (n->surname < b->surname)
			b->surname = n->surname;
		smaller(id->id_nos, &b->id_no, n->id_no);
		for (size_t k = 0; k < IDENTITY_PHONES; k++)
			smaller(id->phones,
				is_mobile(id, n->phone[k]) ? &b->mobile :
							     &b->landline,
				n->phone[k]);
		if (n->first != DAY_NONE &&
		    (b->first == DAY_NONE || n->first < b->first))
			b->first = n->first;
	}
	return best;
}

/* Does the mobile rather belong to a? To one with a name, who was seen first
 * (without a day: last), whose name is the smaller. */
static bool before(const struct identity *id, const struct best *a,
		   const struct best *b)
{
	int32_t x = a->first == DAY_NONE ? INT32_MAX : a->first;
	int32_t y = b->first == DAY_NONE ? INT32_MAX : b->first;

	if (a->name == NONE && b->name == NONE)
		return a->surname < b->surname;
	if (a->name == NONE || b->name == NONE)
		return a->name != NONE;
	if (x != y)
		return x < y;
	return text_cmp(group_key(id->names, a->name),
			group_key(id->names, b->name)) < 0;
}

/* Of those whose id would be made from each mobile, the one seen first. */
static uint32_t *mobile_holders(const struct identity *id,
				const struct best *best)
{
	size_t n = group_count(id->phones);
	uint32_t *holder = mem_alloc(n, sizeof(*holder));

	for (size_t i = 0; i < n; i++)
		holder[i] = NONE;
	for (uint32_t i = 0; i < id->nodes; i++) {
		const struct best *b = &best[i];

		if (root(id, i) != i || b->given != NONE ||
		    b->number != NONE || b->mobile == NONE)
			continue;
		if (holder[b->mobile] == NONE ||
		    before(id, b, &best[holder[b->mobile]]))
			holder[b->mobile] = i;
	}
	return holder;
}

static struct text hashed(struct identity *id, const char *what,
			  struct text value)
{
	char *to = arena_alloc(&id->texts, IDENTITY_HASH);

	identity_hash(what, value, to);
	return (struct text){ to, IDENTITY_HASH };
}

/* A number that is a mobile would show it. */
static struct text number_id(struct identity *id, struct text number)
{
	char room[PHONE_BYTES];

	if (number.n < 64 && phone_read(number, room).kind == PHONE_MOBILE)
		return hashed(id, "number", number);
	return number;
}

static struct text mobile_id(struct identity *id, const struct best *b,
			     bool holds)
{
	struct text mobile = group_key(id->phones, b->mobile), t;
	struct buf both = { 0 };

	if (holds)
		return hashed(id, "mobile", mobile);
	buf_addt(&both, mobile);
	buf_addc(&both, ' ');
	if (b->name != NONE)
		buf_addt(&both, group_key(id->names, b->name));
	else
		buf_addf(&both, "%u", b->surname);
	t = hashed(id, "mobile", buf_text(&both));
	buf_release(&both);
	return t;
}

/* What is left: an ID number, a landline and a name, or the record. */
static struct text record_id(struct identity *id, uint32_t r,
			     const struct best *b)
{
	struct buf both = { 0 };
	struct text t;

	if (b->id_no != NONE)
		return hashed(id, "id_no", group_key(id->id_nos, b->id_no));
	if (b->landline == NONE)
		return hashed(id, "record", id->node[r].record);
	buf_addt(&both, group_key(id->phones, b->landline));
	if (b->name != NONE)
		buf_addt(&both, group_key(id->names, b->name));
	else
		buf_addf(&both, " %u", b->surname);
	t = hashed(id, "landline", buf_text(&both));
	buf_release(&both);
	return t;
}

/* What is known of the customer whose given id is the hash of a mobile. */
enum given_mobile {
	NEVER_GIVEN,
	GIVEN_BLINDLY,		/* no phone of that customer is known */
	GIVEN_KNOWN		/* it is another one, then: else they were
				 * joined */
};

static enum given_mobile given_mobile(struct identity *id,
				      const struct best *b)
{
	uint32_t mobile = b->mobile;
	char hash[IDENTITY_HASH];
	const struct value *v;
	size_t at;

	if (mobile == NONE || group_count(id->givens) == 0)
		return NEVER_GIVEN;
	identity_hash("mobile", group_key(id->phones, mobile), hash);
	at = group_find(id->givens, (struct text){ hash, sizeof(hash) });
	if (at == SIZE_MAX)
		return NEVER_GIVEN;
	v = group_entry(id->givens, at);
	for (uint32_t i = 0; i < v->n; i++) {
		const struct node *n = &id->node[v->node[i]];

		/* Neither has a name by which it could have been joined. */
		if (n->name == NONE && b->name == NONE &&
		    n->surname == b->surname)
			return GIVEN_BLINDLY;
		if (n->phone[0] != NONE)
			return GIVEN_KNOWN;
	}
	return GIVEN_BLINDLY;
}

static void name_entity(struct identity *id, uint32_t r, const struct best *b,
			const uint32_t *holder)
{
	struct entity *e = &id->entity[r];

	if (b->given != NONE) {
		e->id = group_key(id->givens, b->given);
		e->kind = identity_is_hash(e->id) ? "mobile" : "document";
	} else if (b->number != NONE && b->mobile != NONE &&
		   holder[b->mobile] == NONE &&
		   given_mobile(id, b) == GIVEN_BLINDLY) {
		e->kind = "mobile";
		e->id = mobile_id(id, b, true);
	} else if (b->number != NONE) {
		e->kind = "document";
		e->id = number_id(id, group_key(id->numbers, b->number));
	} else if (b->mobile != NONE) {
		e->kind = "mobile";
		e->id = mobile_id(id, b,
				  holder[b->mobile] == r &&
					  given_mobile(id, b) !=
						  GIVEN_KNOWN);
	} else if (b->vin != NONE) {
		e->kind = "vin";
		e->id = hashed(id, "vin", group_key(id->vins, b->vin));
	} else {
		e->kind = "record";
		e->id = record_id(id, r, b);
	}
}

void identity_resolve(struct identity *id)
{
	struct best *best;
	uint32_t *holder;

	join_all(id, id->givens);
	join_all(id, id->numbers);
	join_all(id, id->id_nos);
	join_names(id, id->phones);
	join_names(id, id->vins);
	join_vehicles(id);
	join_nameless(id, id->phones);
	join_nameless(id, id->vins);
	best = gather(id);
	holder = mobile_holders(id, best);
	id->entity = mem_zalloc(id->nodes, sizeof(*id->entity));
	for (uint32_t i = 0; i < id->nodes; i++)
		if (root(id, i) == i)
			name_entity(id, i, &best[i], holder);
	for (uint32_t i = 0; i < id->nodes; i++)
		id->entity[root(id, i)].customer |= id->node[i].customer;
	free(best);
	free(holder);
}

struct text identity_id(const struct identity *id, uint32_t record)
{
	const struct node *n = &id->node[record];

	if (n->given != NONE)
		return group_key(id->givens, n->given);
	return id->entity[root(id, record)].id;
}

const char *identity_kind(const struct identity *id, uint32_t record)
{
	return id->entity[root(id, record)].kind;
}

bool identity_is_given(const struct identity *id, struct text given)
{
	return group_find(id->givens, given) != SIZE_MAX;
}

bool identity_is_customer(const struct identity *id, uint32_t record)
{
	return id->entity[root(id, record)].customer;
}
