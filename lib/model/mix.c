/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure of consumption. A line's money is added at once; its customer
 * waits in the queue of the table of customers, and is then folded with
 * hundreds of others: to the set of purchases, whose members are numbers.
 */
#include "model/mix_state.h"

#include <stdlib.h>

#include "base/hash.h"

static void fold_plain(struct group *, const uint32_t *index,
		       const void *values, size_t n, void *ctx);
static void fold_customers(struct group *, const uint32_t *index,
			   const void *values, size_t n, void *ctx);
static void fold_cells(struct group *, const uint32_t *index,
		       const void *values, size_t n, void *ctx);

struct mix *mix_new(enum mix_kind kind)
{
	struct mix *m = mem_zalloc(1, sizeof(*m));

	m->kind = kind;
	m->keys = group_new(sizeof(struct mix_sums), 0, NULL, NULL);
	if (kind == MIX_PLAIN) {
		m->customers = group_new(0, sizeof(struct mix_waiting),
					 fold_plain, m);
	} else {
		m->customers = group_new(sizeof(struct mix_seen),
					 sizeof(struct mix_cell_waiting),
					 fold_customers, m);
		m->cells = group_new(sizeof(struct mix_sums),
				     sizeof(struct mix_cell_waiting),
				     fold_cells, m);
	}
	mix_codes_init(&m->codes);
	return m;
}

void mix_free(struct mix *m)
{
	if (!m)
		return;
	group_free(m->keys);
	group_free(m->customers);
	group_free(m->cells);
	mix_bag_release(&m->purchases);
	mix_bag_release(&m->values);
	mix_codes_release(&m->codes);
	free(m->group);
	free(m);
}

/* ---- lines ---- */

void mix_add_sums(struct mix_sums *s, uint64_t rows, money_wide amount)
{
	money_wide sum = mix_amount(s) + amount;

	s->rows += rows;
	s->low = (uint64_t)sum;
	s->high = (int64_t)(sum >> 64);
}

/* Most ledgers have few groups, with short keys: those met lately are not
 * looked for in the table. */
static uint32_t key_number(struct mix *m, struct text key)
{
	struct mix_key_met *met;
	uint64_t word[2];

	if (key.n > HASH_WORDS)
		return (uint32_t)group_intern(m->keys, key);
	hash_load(key.n ? key.p : "", key.n, word);
	met = &m->met[hash_words(word, key.n) % MIX_KEYS_MET];
	if (met->known && met->word[0] == word[0] &&
	    met->word[1] == word[1] && met->n == key.n)
		return met->number;
	*met = (struct mix_key_met){ { word[0], word[1] }, (uint32_t)key.n,
				     (uint32_t)group_intern(m->keys, key),
				     true };
	return met->number;
}

static uint64_t code_of(struct mix *m, struct text t)
{
	return t.n ? mix_code(&m->codes, t) : 0;
}

/* One of the group's purchases, or at least one of its customers. Items of
 * one bill stand together in most ledgers. */
static void add_purchase(struct mix *m, uint64_t code, uint32_t who,
			 uint32_t group)
{
	if (m->last.code == code && m->last.who == who &&
	    m->last.group == group)
		return;
	m->last = (struct mix_member){ code, who, group };
	mix_bag_add(&m->purchases, &m->last);
}

/* Values are of nobody: their codes spread them over the parts. */
void mix_add_value(struct mix *m, uint64_t code, uint32_t group)
{
	const struct mix_member k = { code, (uint32_t)code, group };

	mix_bag_add(&m->values, &k);
}

static void fold_plain(struct group *g, const uint32_t *index,
		       const void *values, size_t n, void *ctx)
{
	const struct mix_waiting *w = values;

	(void)g;
	for (size_t i = 0; i < n; i++)
		add_purchase(ctx, w[i].purchase, index[i], w[i].group);
}

void mix_see(struct mix_seen *s, int32_t day)
{
	if (!s->first || day < s->first)
		s->first = day;
}

static void fold_customers(struct group *g, const uint32_t *index,
			   const void *values, size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct mix_cell_waiting *c = values;
	struct mix *m = ctx;

	for (size_t i = 0; i < n; i++) {
		const uint32_t key[] = { c[i].w.group, index[i] };

		if (c[i].w.purchase && c[i].w.purchase != MIX_PRESENT)
			mix_see(group_span_entry(all, index[i]), c[i].w.day);
		if (c[i].w.group != MIX_NO_GROUP)
			group_add(m->cells,
				  (struct text){ (const char *)key,
						 sizeof(key) },
				  &c[i]);
	}
}

uint32_t mix_cell_customer(const struct group *cells, size_t i)
{
	uint32_t key[2];

	memcpy(key, group_key(cells, i).p, sizeof(key));
	return key[1];
}

static void fold_cells(struct group *g, const uint32_t *index,
		       const void *values, size_t n, void *ctx)
{
	const struct mix_cell_waiting *c = values;
	struct mix *m = ctx;

	for (size_t i = 0; i < n; i++) {
		struct mix_sums *s = group_entry(g, index[i]);

		mix_add_sums(s, 1, c[i].fen);
		mix_later(&s->last, c[i].w.day);
		if (!c[i].back)
			mix_later(&s->active, c[i].w.day);
		if (c[i].w.purchase)
			add_purchase(m, c[i].w.purchase,
				     mix_cell_customer(g, index[i]), index[i]);
		if (c[i].distinct)
			mix_add_value(m, c[i].distinct, index[i]);
	}
}

void mix_add(struct mix *m, const struct mix_line *l)
{
	struct mix_cell_waiting c = {
		.w = { .purchase = code_of(m, l->purchase),
		       .group = key_number(m, l->group),
		       .day = l->day == DAY_NONE ? 0 : l->day + MIX_DAY_BIAS },
		.back = l->back,
		.distinct = code_of(m, l->distinct),
		.fen = l->fen,
	};

	if (!c.w.purchase && !l->absent && l->customer.n)
		c.w.purchase = MIX_PRESENT;
	if (m->cells) {
		group_add(m->customers, l->customer, &c);
		return;
	}
	mix_add_sums(group_entry(m->keys, c.w.group), 1, l->fen);
	if (c.distinct)
		mix_add_value(m, c.distinct, c.w.group);
	if (c.w.purchase)
		group_add(m->customers, l->customer, &c.w);
}

void mix_seen(struct mix *m, struct text customer, int32_t day)
{
	const struct mix_cell_waiting c = {
		.w = { .purchase = 1, .group = MIX_NO_GROUP,
		       .day = day + MIX_DAY_BIAS },
	};

	group_add(m->customers, customer, &c);
}

void mix_flush(struct mix *m)
{
	group_finish(m->customers);
	if (m->cells)
		group_finish(m->cells);
}
