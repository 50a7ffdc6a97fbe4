/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sets of a mix hold, counted by group. */
#include <stdlib.h>

#include "model/mix_state.h"

size_t mix_groups(const struct mix *m)
{
	return group_count(m->cells ? m->cells : m->keys);
}

static size_t place(const uint32_t *to, uint32_t group)
{
	return to ? to[group] : group;
}

static void add_up(const struct mix *m, const uint32_t *to,
		   struct mix_group *sum)
{
	struct group *fine = m->cells ? m->cells : m->keys;

	for (size_t i = 0; i < group_count(fine); i++) {
		const struct mix_sums *s = group_entry(fine, i);
		size_t g = place(to, (uint32_t)i);
		if (g == MIX_NOWHERE)
			continue;
		sum[g].rows += s->rows;
		sum[g].amount += mix_amount(s);
	}
}

/* What is distinct, by the group it falls into. */
static void count(const struct mix *m, const uint32_t *to, size_t n,
		  struct mix_group *sum)
{
	/* one without a name is nobody */
	size_t nobody = group_find(m->customers, (struct text){ 0 });
	struct mix_counts *bought = mem_zalloc(n, sizeof(*bought));
	struct mix_counts *values = mem_zalloc(n, sizeof(*values));

	add_up(m, to, sum);
	mix_bag_count(&m->purchases, to, n,
		      nobody == SIZE_MAX ? UINT32_MAX : (uint32_t)nobody,
		      m->threads, bought);
	mix_bag_count(&m->values, to, n, UINT32_MAX, m->threads, values);
	for (size_t g = 0; g < n; g++) {
		sum[g].customers = bought[g].customers;
		sum[g].purchases = bought[g].purchases;
		sum[g].distinct = values[g].purchases;
	}
	free(bought);
	free(values);
}

void mix_rollup(const struct mix *m, const uint32_t *to, size_t n,
		struct mix_group *sum)
{
	for (size_t g = 0; g < n; g++)
		sum[g] = (struct mix_group){ .key = sum[g].key };
	count(m, to, n, sum);
}

void mix_finish(struct mix *m, unsigned threads)
{
	m->threads = threads;
	if (m->group)
		return;
	mix_flush(m);
	if (m->cells)
		return;
	m->group = mem_zalloc(mix_groups(m), sizeof(*m->group));
	for (size_t i = 0; i < mix_groups(m); i++)
		m->group[i].key = group_key(m->keys, i);
	count(m, NULL, mix_groups(m), m->group);
}

struct text mix_key(const struct mix *m, size_t i)
{
	uint32_t key = (uint32_t)i;

	if (m->cells)
		memcpy(&key, group_key(m->cells, i).p, sizeof(key));
	return group_key(m->keys, key);
}

struct mix_group mix_group(const struct mix *m, size_t i)
{
	return m->group[i];
}

const struct group *mix_customers(const struct mix *m)
{
	return m->customers;
}

static int32_t unbiased(int32_t day)
{
	return day ? day - MIX_DAY_BIAS : DAY_NONE;
}

int32_t mix_first_day(const struct mix *m, size_t who)
{
	const struct mix_seen *s = group_entry(m->customers, who);

	return unbiased(s->first);
}

struct mix_cell mix_cell(const struct mix *m, size_t i)
{
	const struct mix_sums *s = group_entry(m->cells, i);

	return (struct mix_cell){
		.key = mix_key(m, i),
		.who = mix_cell_customer(m->cells, i),
		.last_day = unbiased(s->last),
		.active_day = unbiased(s->active),
		.amount = mix_amount(s),
	};
}
