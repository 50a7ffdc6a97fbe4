/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers by group. */
#include "cmd/mix/purse.h"

#include <stdlib.h>

/* Ends the label: no cell holds it, and it is the least byte, so that keys
 * are in order of labels first. */
#define SEPARATOR '\0'

struct entry {
	uint64_t low[2];
	int32_t high[2];
	uint32_t met;
};

struct value {
	int64_t fen;
	uint32_t met;
	int32_t side;
};

struct purses {
	struct group *table; /* label, NUL, customer */
	struct buf key;
};

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct value *v = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++) {
		struct entry *e = group_span_entry(all, index[i]);

		money_carry(&e->low[v[i].side], &e->high[v[i].side], v[i].fen);
		e->met |= v[i].met;
	}
}

static void merge(void *into, const void *from, void *ctx)
{
	struct entry *e = into;
	const struct entry *other = from;

	(void)ctx;
	for (int s = 0; s < 2; s++)
		money_carry_sum(&e->low[s], &e->high[s], other->low[s],
				other->high[s]);
	e->met |= other->met;
}

struct purses *purses_new(void)
{
	struct purses *p = mem_zalloc(1, sizeof(*p));

	p->table = group_new(sizeof(struct entry), sizeof(struct value), fold,
			     NULL);
	return p;
}

void purses_free(struct purses *p)
{
	if (!p)
		return;
	group_free(p->table);
	buf_release(&p->key);
	free(p);
}

void purses_add(struct purses *p, struct text label, struct text customer,
		int side, int64_t fen, uint32_t met)
{
	const struct value v = {fen, met, side};

	buf_clear(&p->key);
	buf_addt(&p->key, label);
	buf_addc(&p->key, SEPARATOR);
	buf_addt(&p->key, customer);
	group_add(p->table, buf_text(&p->key), &v);
}

void purses_join(struct purses *into, struct purses *from)
{
	group_finish(into->table);
	group_finish(from->table);
	group_join(into->table, from->table, merge, NULL, NULL);
}

void purses_finish(struct purses *p)
{
	group_finish(p->table);
}

size_t purses_count(const struct purses *p)
{
	return group_count(p->table);
}

struct purse purses_at(const struct purses *p, size_t i)
{
	const struct entry *e = group_entry(p->table, i);
	struct text key = group_key(p->table, i);
	const char *end = memrchr(key.p, SEPARATOR, key.n);
	size_t label = (size_t)(end - key.p);
	struct purse one = {.label = {key.p, label},
			    .customer = {end + 1, key.n - label - 1},
			    .met = e->met};

	for (int s = 0; s < 2; s++)
		one.fen[s] = money_carried(e->low[s], e->high[s]);
	return one;
}

uint32_t *purses_sorted(const struct purses *p)
{
	return group_sorted(p->table);
}
