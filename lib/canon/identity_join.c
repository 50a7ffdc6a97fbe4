/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which nodes are one customer: sets joined by union and find, by the lists
 * of nodes that share a phone or a vehicle.
 */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/identity_in.h"

/* Lists longer than this (a workshop's own phone) are not compared each with
 * each: only equal names in them count. */
#define LONG_LIST 200

uint32_t identity_root(const struct identity *id, uint32_t node)
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
	a = identity_root(id, a);
	b = identity_root(id, b);
	if (a < b)
		id->node[b].parent = a;
	else
		id->node[a].parent = b;
}

static void join_all(struct identity *id, struct group *g)
{
	for (size_t i = 0; i < group_count(g); i++) {
		const struct identity_value *v = group_entry(g, i);

		for (uint32_t k = 1; k < v->n; k++)
			join(id, v->node[0], v->node[k]);
	}
}

static int by_name(const void *a, const void *b, void *ctx)
{
	const struct identity_node *node = ctx;
	uint32_t x = node[*(const uint32_t *)a].name;
	uint32_t y = node[*(const uint32_t *)b].name;

	return (x > y) - (x < y);
}

/* In each list, nodes of one full name are one customer. */
static void join_names(struct identity *id, struct group *g)
{
	for (size_t i = 0; i < group_count(g); i++) {
		struct identity_value *v = group_entry(g, i);

		qsort_r(v->node, v->n, sizeof(*v->node), by_name, id->node);
		for (uint32_t k = 1; k < v->n; k++) {
			uint32_t name = id->node[v->node[k]].name;

			if (name != IDENTITY_NONE &&
			    name == id->node[v->node[k - 1]].name)
				join(id, v->node[k - 1], v->node[k]);
		}
	}
}

static bool overlap(const struct identity_node *a,
		    const struct identity_node *b)
{
	return a->first != DAY_NONE && b->first != DAY_NONE &&
	       a->first <= b->last && b->first <= a->last;
}

static bool share_phone(const struct identity_node *a,
			const struct identity_node *b)
{
	for (size_t i = 0; i < IDENTITY_PHONES; i++)
		for (size_t k = 0; k < IDENTITY_PHONES; k++)
			if (a->phone[i] != IDENTITY_NONE &&
			    a->phone[i] == b->phone[k])
				return true;
	return false;
}

/* One vehicle: the same phone, or the same time. */
static void join_drivers(struct identity *id, const struct identity_value *v)
{
	for (uint32_t k = 0; k < v->n; k++)
		for (uint32_t m = 0; m < k; m++) {
			const struct identity_node *a = &id->node[v->node[k]];
			const struct identity_node *b = &id->node[v->node[m]];

			if (share_phone(a, b) || overlap(a, b))
				join(id, v->node[k], v->node[m]);
		}
}

static void join_vehicles(struct identity *id)
{
	for (size_t i = 0; i < group_count(id->vins); i++) {
		const struct identity_value *v = group_entry(id->vins, i);

		if (v->n <= LONG_LIST)
			join_drivers(id, v);
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
 * surname, when it is given); IDENTITY_NONE when there is none or more than
 * one.
 */
static uint32_t only_one(const struct identity *id,
			 const struct identity_value *v, uint32_t surname)
{
	uint32_t found = IDENTITY_NONE;

	for (uint32_t i = 0; i < v->n; i++) {
		const struct identity_node *n = &id->node[v->node[i]];
		uint32_t r;

		if (n->name == IDENTITY_NONE)
			continue;
		if (surname && first_character(id, n->name) != surname)
			continue;
		r = identity_root(id, v->node[i]);
		if (found != IDENTITY_NONE && found != r)
			return IDENTITY_NONE;
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
		const struct identity_value *v = group_entry(g, i);

		/* An office's number says little of who called. */
		if (v->n > LONG_LIST || group_key(g, i).p[0] == '0')
			continue;
		for (uint32_t k = 0; k < v->n; k++) {
			const struct identity_node *n = &id->node[v->node[k]];
			uint32_t one;

			/* An earlier result may know more of somebody than
			 * it tells here. */
			if (n->name != IDENTITY_NONE ||
			    (n->given != IDENTITY_NONE &&
			     n->phone[0] == IDENTITY_NONE))
				continue;
			one = only_one(id, v, n->surname);
			if (one == IDENTITY_NONE)
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

void identity_join(struct identity *id)
{
	join_all(id, id->givens);
	join_all(id, id->numbers);
	join_all(id, id->id_nos);
	join_names(id, id->phones);
	join_names(id, id->vins);
	join_vehicles(id);
	join_nameless(id, id->phones);
	join_nameless(id, id->vins);
}
