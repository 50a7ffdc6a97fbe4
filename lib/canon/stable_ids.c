/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Earlier ids, each with the clusters that lay claim to it. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/stable_ids.h"

#define NONE UINT32_MAX

/* What is known of an id that was given once. */
struct given {
	uint32_t became;	/* another one's number + 1; 0: nothing else */
	uint32_t owner;		/* cluster + 1; 0: nobody */
	uint32_t claims;	/* first of them in `claim` + 1 */
	uint32_t second;	/* named after a record of the second class */
};

/* A record that had an id, in a list by id. */
struct claim {
	uint32_t record;
	uint32_t next;		/* + 1 */
};

struct stable_ids {
	const struct stable_record *record;
	uint32_t n;
	int (*before)(struct text, struct text);
	struct group *given;	/* of struct given, by id */
	struct group *names;	/* name to the smallest record of that name */
	uint32_t *had;		/* of each record, in `given`; NONE */
	struct claim *claim;
	size_t claims, claims_cap;
	struct text *id;	/* of each cluster, by its smallest record */
	uint32_t *gone;		/* numbers in `given` */
	size_t ngone;
	struct arena arena;
};

struct stable_ids *stable_ids_new(const struct stable_record *record,
				  uint32_t n,
				  int (*before)(struct text, struct text))
{
	struct stable_ids *s = mem_zalloc(1, sizeof(*s));

	s->record = record;
	s->n = n;
	s->before = before;
	s->given = group_new(sizeof(struct given), 0, NULL, NULL);
	s->names = group_new(sizeof(uint32_t), 0, NULL, NULL);
	s->had = mem_alloc(n, sizeof(*s->had));
	s->id = mem_zalloc(n, sizeof(*s->id));
	for (uint32_t i = 0; i < n; i++) {
		size_t known = group_count(s->names);
		size_t at = group_intern(s->names, record[i].name);

		s->had[i] = NONE;
		if (at == known)
			*(uint32_t *)group_entry(s->names, at) = i;
	}
	return s;
}

void stable_ids_free(struct stable_ids *s)
{
	group_free(s->given);
	group_free(s->names);
	arena_release(&s->arena);
	free(s->had);
	free(s->claim);
	free(s->id);
	free(s->gone);
	free(s);
}

static struct given *given(const struct stable_ids *s, size_t i)
{
	return group_entry(s->given, i);
}

static struct text id_of(const struct stable_ids *s, size_t i)
{
	return group_key(s->given, i);
}

static uint32_t number(struct stable_ids *s, struct text id)
{
	return (uint32_t)group_intern(s->given, id);
}

void stable_ids_had(struct stable_ids *s, uint32_t record, struct text id)
{
	uint32_t now = number(s, id), *had = &s->had[record];

	if (*had == NONE || s->before(id, id_of(s, *had)) < 0)
		*had = now;
}

void stable_ids_taken(struct stable_ids *s, struct text id)
{
	number(s, id);
}

void stable_ids_merged(struct stable_ids *s, struct text old, struct text now)
{
	uint32_t from = number(s, old), to = number(s, now);

	if (from != to)
		given(s, from)->became = to + 1;
}

/* Follows what an id became; a circle, which no run of ours writes, ends
 * where it is entered. */
static uint32_t resolve(const struct stable_ids *s, uint32_t i)
{
	for (size_t steps = 0; given(s, i)->became; steps++) {
		if (steps > group_count(s->given))
			return i;
		i = given(s, i)->became - 1;
	}
	return i;
}

static void claim_all(struct stable_ids *s)
{
	for (uint32_t r = s->n; r-- > 0;) {
		struct given *g;

		if (s->had[r] == NONE)
			continue;
		g = given(s, resolve(s, s->had[r]));
		s->claim = mem_grow(s->claim, s->claims, &s->claims_cap,
				    sizeof(*s->claim));
		s->claim[s->claims++] = (struct claim){ r, g->claims };
		g->claims = (uint32_t)s->claims;
	}
}

/* The record that an id is named after; NONE. */
static uint32_t namesake(const struct stable_ids *s, struct text id)
{
	size_t at = group_find(s->names, id);

	return at == SIZE_MAX ? NONE : *(uint32_t *)group_entry(s->names, at);
}

/* The cluster that gets the id: that of its namesake among those that claim
 * it, else of the smallest record; `free_only`: which has none yet. */
static uint32_t winner(const struct stable_ids *s, uint32_t i, bool free_only)
{
	uint32_t who = namesake(s, id_of(s, i)), best = NONE;

	for (uint32_t c = given(s, i)->claims; c; c = s->claim[c - 1].next) {
		uint32_t r = s->claim[c - 1].record;
		uint32_t cluster = s->record[r].cluster;

		if (free_only && s->id[cluster].p)
			continue;
		if (r == who)
			return cluster;
		if (best == NONE)
			best = cluster;
	}
	return best;
}

/* Has the cluster a record of the first class? They come first. */
static bool is_first(const struct stable_ids *s, uint32_t cluster)
{
	return !s->record[cluster].second;
}

/* An id named after a lead is not kept by a cluster with a customer in it. */
static bool gives_way(const struct stable_ids *s, uint32_t i, uint32_t cluster)
{
	uint32_t who = namesake(s, id_of(s, i));

	return who != NONE && s->record[who].second && is_first(s, cluster);
}

struct sort_key {
	struct text id;
	uint32_t number;
	int (*before)(struct text, struct text);
};

static int compare(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;

	return x->before(x->id, y->id);
}

static struct sort_key *sorted(const struct stable_ids *s, size_t n)
{
	struct sort_key *key = mem_alloc(n, sizeof(*key));

	for (size_t i = 0; i < n; i++)
		key[i] = (struct sort_key){ id_of(s, i), (uint32_t)i,
					    s->before };
	qsort(key, n, sizeof(*key), compare);
	return key;
}

static bool is_free(const struct stable_ids *s, struct text name)
{
	return group_find(s->given, name) == SIZE_MAX;
}

/* Takes the name for the cluster. */
static void take(struct stable_ids *s, uint32_t cluster, struct text name)
{
	uint32_t i = number(s, name);

	given(s, i)->owner = cluster + 1;
	s->id[cluster] = (struct text){
		arena_copy(&s->arena, name.p, name.n), name.n
	};
}

static void give_suffixed(struct stable_ids *s, uint32_t cluster)
{
	struct text name = s->record[cluster].name;
	struct buf b = { 0 };

	for (unsigned k = 2;; k++) {
		buf_clear(&b);
		buf_addf(&b, "%.*s-%u", (int)name.n, name.p, k);
		if (is_free(s, buf_text(&b)) &&
		    namesake(s, buf_text(&b)) == NONE)
			break;
	}
	take(s, cluster, buf_text(&b));
	buf_release(&b);
}

static bool serves(const struct stable_ids *s, uint32_t r)
{
	return is_free(s, s->record[r].name) &&
	       namesake(s, s->record[r].name) == r;
}

/* New ids, for clusters that have none: the smallest name that is free. */
static void give_new(struct stable_ids *s)
{
	for (uint32_t r = 0; r < s->n; r++) {
		uint32_t cluster = s->record[r].cluster;

		if (!s->id[cluster].p && serves(s, r))
			take(s, cluster, s->record[r].name);
	}
	for (uint32_t r = 0; r < s->n; r++)
		if (s->record[r].cluster == r && !s->id[r].p)
			give_suffixed(s, r);
}

void stable_ids_settle(struct stable_ids *s)
{
	size_t n = group_count(s->given);
	struct sort_key *key = sorted(s, n);

	claim_all(s);
	for (size_t k = 0; k < n; k++) {
		uint32_t i = key[k].number, cluster;

		if (given(s, i)->became)
			continue;
		cluster = winner(s, i, true);
		if (cluster != NONE && !gives_way(s, i, cluster)) {
			given(s, i)->owner = cluster + 1;
			s->id[cluster] = id_of(s, i);
			s->id[cluster].p = arena_copy(
				&s->arena, id_of(s, i).p, id_of(s, i).n);
		}
	}
	give_new(s);
	s->gone = mem_alloc(n, sizeof(*s->gone));
	for (size_t k = 0; k < n; k++) {
		uint32_t i = key[k].number, cluster;

		if (!given(s, i)->became && !given(s, i)->owner) {
			cluster = winner(s, i, false);
			if (cluster != NONE)
				given(s, i)->became =
					number(s, s->id[cluster]) + 1;
		}
		if (given(s, i)->became)
			s->gone[s->ngone++] = i;
	}
	free(key);
}

struct text stable_ids_of(const struct stable_ids *s, uint32_t cluster)
{
	return s->id[cluster];
}

struct text stable_ids_now(const struct stable_ids *s, struct text id)
{
	size_t i = group_find(s->given, id);

	return i == SIZE_MAX ? id : id_of(s, resolve(s, (uint32_t)i));
}

size_t stable_ids_gone(const struct stable_ids *s)
{
	return s->ngone;
}

struct text stable_ids_gone_one(const struct stable_ids *s, size_t i)
{
	return id_of(s, s->gone[i]);
}
