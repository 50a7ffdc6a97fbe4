/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structure of consumption. */
#include "model/mix.h"

#include <stdlib.h>

#include "base/group.h"

struct mix {
	struct group *keys;		/* entry i is group i */
	struct mix_group *group;	/* apart: entries are aligned to 8 */
	size_t n, cap;
	/* distinct pairs of group and value: they are counted as they come */
	struct group *customers, *purchases, *distinct;
	struct buf key;
};

struct mix *mix_new(void)
{
	struct mix *m = mem_zalloc(1, sizeof(*m));

	m->keys = group_new(0, 0, NULL, NULL);
	m->customers = group_new(0, 0, NULL, NULL);
	m->purchases = group_new(0, 0, NULL, NULL);
	m->distinct = group_new(0, 0, NULL, NULL);
	return m;
}

void mix_free(struct mix *m)
{
	if (!m)
		return;
	group_free(m->keys);
	free(m->group);
	group_free(m->customers);
	group_free(m->purchases);
	group_free(m->distinct);
	buf_release(&m->key);
	free(m);
}

/* 1 when the group has not had this value yet. An id may hold any byte but
 * NUL, which therefore parts the two. */
static unsigned first_time(struct mix *m, struct group *pairs, uint32_t group,
			   struct text a, struct text b)
{
	size_t known = group_count(pairs);

	buf_clear(&m->key);
	buf_add(&m->key, (const char *)&group, sizeof(group));
	buf_addt(&m->key, a);
	buf_addc(&m->key, '\0');
	buf_addt(&m->key, b);
	return group_intern(pairs, buf_text(&m->key)) == known;
}

static struct mix_group *group_of(struct mix *m, uint64_t group)
{
	struct text key = { (const char *)&group, sizeof(group) };
	size_t at = group_intern(m->keys, key);

	if (at == m->n) {
		m->group = mem_grow(m->group, m->n, &m->cap,
				    sizeof(*m->group));
		m->group[m->n++] = (struct mix_group){ .group = group };
	}
	return &m->group[at];
}

void mix_add(struct mix *m, const struct mix_line *l)
{
	struct mix_group *g = group_of(m, l->group);
	uint32_t at = (uint32_t)(g - m->group);
	struct text none = { 0 };

	g->rows++;
	g->amount += l->fen;
	if (l->customer.n)
		g->customers +=
			first_time(m, m->customers, at, l->customer, none);
	if (l->purchase.n)
		g->purchases += first_time(m, m->purchases, at, l->customer,
					   l->purchase);
	if (l->distinct.n)
		g->distinct +=
			first_time(m, m->distinct, at, l->distinct, none);
}

size_t mix_groups(const struct mix *m)
{
	return m->n;
}

struct mix_group mix_group(const struct mix *m, size_t i)
{
	return m->group[i];
}

struct remainder {
	money_wide rest;
	size_t at;
};

static int by_rest(const void *a, const void *b)
{
	const struct remainder *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* value * units / total rounded down, also below zero. */
static int64_t divide_down(money_wide value, money_wide total,
			   money_wide *rest)
{
	money_wide quotient = value / total;

	*rest = value % total;
	if (*rest < 0) {
		*rest += total;
		quotient--;
	}
	return (int64_t)quotient;
}

bool mix_shares(const money_wide *value, size_t n, int64_t units,
		int64_t *share)
{
	struct remainder *r;
	money_wide total = 0;
	int64_t left = units;

	for (size_t i = 0; i < n; i++)
		total += value[i];
	if (total <= 0)
		return false;
	r = mem_alloc(n, sizeof(*r));
	for (size_t i = 0; i < n; i++) {
		r[i].at = i;
		share[i] = divide_down(value[i] * units, total, &r[i].rest);
		left -= share[i];
	}
	qsort(r, n, sizeof(*r), by_rest);
	/* fewer are left than there are groups */
	for (size_t i = 0; i < (size_t)left; i++)
		share[r[i].at]++;
	free(r);
	return true;
}
