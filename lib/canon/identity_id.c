/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The id of each customer, made from what is known of it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "canon/identity_in.h"
#include "canon/phone.h"

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
		if (!ascii_is_digit(id.p[i]) &&
		    !(id.p[i] >= 'a' && id.p[i] <= 'f'))
			return false;
	return true;
}

/* What an entity's id is to be made from: the smallest of each. */
struct best {
	uint32_t given, number, mobile, landline, vin, id_no, name;
	uint32_t surname;	/* of a name that is not full; 0: no name */
	int32_t first;
};

static void smaller(struct group *g, uint32_t *best, uint32_t value)
{
	if (value == IDENTITY_NONE)
		return;
	if (*best == IDENTITY_NONE ||
	    text_cmp(group_key(g, value), group_key(g, *best)) < 0)
		*best = value;
}

/* A landline begins with 0. */
static bool is_mobile(const struct identity *id, uint32_t phone)
{
	return phone != IDENTITY_NONE &&
	       group_key(id->phones, phone).p[0] != '0';
}

static struct best *gather(struct identity *id)
{
	struct best *best = mem_alloc(id->nodes, sizeof(*best));

	for (uint32_t i = 0; i < id->nodes; i++)
		best[i] = (struct best){
			.given = IDENTITY_NONE, .number = IDENTITY_NONE,
			.mobile = IDENTITY_NONE, .landline = IDENTITY_NONE,
			.vin = IDENTITY_NONE, .id_no = IDENTITY_NONE,
			.name = IDENTITY_NONE, .surname = UINT32_MAX,
			.first = DAY_NONE
		};
	for (uint32_t i = 0; i < id->nodes; i++) {
		const struct identity_node *n = &id->node[i];
		struct best *b = &best[identity_root(id, i)];

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

	if (a->name == IDENTITY_NONE && b->name == IDENTITY_NONE)
		return a->surname < b->surname;
	if (a->name == IDENTITY_NONE || b->name == IDENTITY_NONE)
		return a->name != IDENTITY_NONE;
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
		holder[i] = IDENTITY_NONE;
	for (uint32_t i = 0; i < id->nodes; i++) {
		const struct best *b = &best[i];

		if (identity_root(id, i) != i || b->given != IDENTITY_NONE ||
		    b->number != IDENTITY_NONE || b->mobile == IDENTITY_NONE)
			continue;
		if (holder[b->mobile] == IDENTITY_NONE ||
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
	if (b->name != IDENTITY_NONE)
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

	if (b->id_no != IDENTITY_NONE)
		return hashed(id, "id_no", group_key(id->id_nos, b->id_no));
	if (b->landline == IDENTITY_NONE)
		return hashed(id, "record", id->node[r].record);
	buf_addt(&both, group_key(id->phones, b->landline));
	if (b->name != IDENTITY_NONE)
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
	const struct identity_value *v;
	size_t at;

	if (mobile == IDENTITY_NONE || group_count(id->givens) == 0)
		return NEVER_GIVEN;
	identity_hash("mobile", group_key(id->phones, mobile), hash);
	at = group_find(id->givens, (struct text){ hash, sizeof(hash) });
	if (at == SIZE_MAX)
		return NEVER_GIVEN;
	v = group_entry(id->givens, at);
	for (uint32_t i = 0; i < v->n; i++) {
		const struct identity_node *n = &id->node[v->node[i]];

		/* Neither has a name by which it could have been joined. */
		if (n->name == IDENTITY_NONE && b->name == IDENTITY_NONE &&
		    n->surname == b->surname)
			return GIVEN_BLINDLY;
		if (n->phone[0] != IDENTITY_NONE)
			return GIVEN_KNOWN;
	}
	return GIVEN_BLINDLY;
}

static void name_entity(struct identity *id, uint32_t r, const struct best *b,
			const uint32_t *holder)
{
	struct identity_entity *e = &id->entity[r];

	if (b->given != IDENTITY_NONE) {
		e->id = group_key(id->givens, b->given);
		e->kind = identity_is_hash(e->id) ? "mobile" : "document";
	} else if (b->number != IDENTITY_NONE && b->mobile != IDENTITY_NONE &&
		   holder[b->mobile] == IDENTITY_NONE &&
		   given_mobile(id, b) == GIVEN_BLINDLY) {
		e->kind = "mobile";
		e->id = mobile_id(id, b, true);
	} else if (b->number != IDENTITY_NONE) {
		e->kind = "document";
		e->id = number_id(id, group_key(id->numbers, b->number));
	} else if (b->mobile != IDENTITY_NONE) {
		e->kind = "mobile";
		e->id = mobile_id(id, b,
				  holder[b->mobile] == r &&
					  given_mobile(id, b) !=
						  GIVEN_KNOWN);
	} else if (b->vin != IDENTITY_NONE) {
		e->kind = "vin";
		e->id = hashed(id, "vin", group_key(id->vins, b->vin));
	} else {
		e->kind = "record";
		e->id = record_id(id, r, b);
	}
}

void identity_name(struct identity *id)
{
	struct best *best = gather(id);
	uint32_t *holder = mobile_holders(id, best);

	id->entity = mem_zalloc(id->nodes, sizeof(*id->entity));
	for (uint32_t i = 0; i < id->nodes; i++)
		if (identity_root(id, i) == i)
			name_entity(id, i, &best[i], holder);
	for (uint32_t i = 0; i < id->nodes; i++)
		id->entity[identity_root(id, i)].customer |=
			id->node[i].customer;
	free(best);
	free(holder);
}
