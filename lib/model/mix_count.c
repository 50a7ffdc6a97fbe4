/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sets of a mix hold, counted by group. */
#include <stdlib.h>

#include "model/mix_state.h"

size_t mix_groups(const struct mix *m)
{
	return group_count(m->cells ? m->cells : m->keys);
}

/* Do two groups become one? Of cells: two of one customer's. */
static bool merges(const struct mix *m, const uint32_t *to, bool of_one)
{
	struct mix_set met;
	size_t met_before = 0;
	bool twice = false;

	mix_set_init(&met);
	for (size_t i = 0; i < mix_groups(m); i++) {
		uint32_t who = of_one ? mix_cell_customer(m->cells, i) : 0;

		if (to[i] == MIX_NOWHERE)
			continue;
		mix_set_add(&met, (struct mix_member){ 0, who, to[i] });
		met_before++;
	}
	mix_set_flush(&met);
	twice = met.n < met_before;
	mix_set_release(&met);
	return twice;
}

/* A set with its groups made coarser. */
static struct mix_set coarse_set(const struct mix_set *set, const uint32_t *to)
{
	struct mix_set coarse;

	mix_set_init(&coarse);
	for (size_t i = 0; i < set->n; i++) {
		struct mix_member k = set->at[i];

		k.group = to[k.group];
		if (k.group != MIX_NOWHERE)
			mix_set_add(&coarse, k);
	}
	mix_set_flush(&coarse);
	return coarse;
}

static size_t place(const uint32_t *to, uint32_t group)
{
	return to ? to[group] : group;
}

/* Each group's customers once: whose they are is brought together group by
 * group (a counting sort), and who was met last in this group is not new. */
static void count_customers(const struct mix *m, const struct mix_set *set,
			    const uint32_t *to, size_t n, struct mix_group *sum)
{
	size_t members = set->n;
	size_t *end = mem_zalloc(n + 1, sizeof(*end));
	uint32_t *who = mem_alloc(members, sizeof(*who));
	uint32_t *met = mem_zalloc(group_count(m->customers), sizeof(*met));

	for (size_t i = 0; i < members; i++) {
		size_t g = place(to, set->at[i].group);
		if (g != MIX_NOWHERE)
			end[g + 1]++;
	}
	for (size_t g = 0; g < n; g++)
		end[g + 1] += end[g];
	/* end[g] is where group g begins; it moves to where g ends */
	for (size_t i = 0; i < members; i++) {
		struct mix_member k = set->at[i];
		size_t g = place(to, k.group);
		if (g != MIX_NOWHERE)
			who[end[g]++] = k.who;
	}
	for (size_t g = 0, i = 0; g < n; g++)
		for (; i < end[g]; i++) {
			sum[g].customers += met[who[i]] != g + 1;
			met[who[i]] = (uint32_t)(g + 1);
		}
	free(end);
	free(who);
	free(met);
}

/* One without a name is nobody. */
static void uncount_nobody(const struct mix *m, const struct mix_set *set,
			   const uint32_t *to, size_t n, struct mix_group *sum)
{
	size_t nobody = group_find(m->customers, (struct text){ 0 });
	size_t members = nobody == SIZE_MAX ? 0 : set->n;
	bool *done = mem_zalloc(members ? n : 0, sizeof(*done));

	for (size_t i = 0; i < members; i++) {
		struct mix_member k = set->at[i];
		size_t g = place(to, k.group);
		if (k.who != nobody || g == MIX_NOWHERE || done[g])
			continue;
		done[g] = true;
		sum[g].customers--;
	}
	free(done);
}

static void count_purchases(const struct mix_set *set, const uint32_t *to,
			    struct mix_group *sum)
{
	for (size_t i = 0; i < set->n; i++) {
		struct mix_member k = set->at[i];
		size_t g = place(to, k.group);
		if (g != MIX_NOWHERE && k.code != MIX_PRESENT)
			sum[g].purchases++;
	}
}

static void count_values(const struct mix_set *set, const uint32_t *to,
			 struct mix_group *sum)
{
	for (size_t i = 0; i < set->n; i++) {
		size_t g = place(to, set->at[i].group);
		if (g != MIX_NOWHERE)
			sum[g].distinct++;
	}
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

static void count_bought(const struct mix *m, const struct mix_set *set,
			 const uint32_t *to, size_t n, struct mix_group *sum)
{
	count_customers(m, set, to, n, sum);
	uncount_nobody(m, set, to, n, sum);
	count_purchases(set, to, sum);
}

/* A set is counted as it is unless groups that may share members merge. */
void mix_rollup(const struct mix *m, const uint32_t *to, size_t n,
		struct mix_group *sum)
{
	struct mix_set coarse;

	for (size_t g = 0; g < n; g++)
		sum[g] = (struct mix_group){ .key = sum[g].key };
	add_up(m, to, sum);
	if (merges(m, to, m->cells)) {
		coarse = coarse_set(&m->purchases, to);
		count_bought(m, &coarse, NULL, n, sum);
		mix_set_release(&coarse);
	} else {
		count_bought(m, &m->purchases, to, n, sum);
	}
	if (merges(m, to, false)) {
		coarse = coarse_set(&m->values, to);
		count_values(&coarse, NULL, sum);
		mix_set_release(&coarse);
	} else {
		count_values(&m->values, to, sum);
	}
}

void mix_finish(struct mix *m)
{
	if (m->group)
		return;
	mix_flush(m);
	if (m->cells)
		return;
	m->group = mem_zalloc(mix_groups(m), sizeof(*m->group));
	for (size_t i = 0; i < mix_groups(m); i++)
		m->group[i].key = group_key(m->keys, i);
	add_up(m, NULL, m->group);
	count_bought(m, &m->purchases, NULL, mix_groups(m), m->group);
	count_values(&m->values, NULL, m->group);
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

int32_t mix_first_day(const struct mix *m, size_t who)
{
	const struct mix_seen *s = group_entry(m->customers, who);

	return s->first ? s->first - MIX_DAY_BIAS : DAY_NONE;
}

struct mix_cell mix_cell(const struct mix *m, size_t i)
{
	const struct mix_sums *s = group_entry(m->cells, i);

	return (struct mix_cell){
		.key = mix_key(m, i),
		.who = mix_cell_customer(m->cells, i),
		.last_day =
			s->last ? (int32_t)s->last - MIX_DAY_BIAS : DAY_NONE,
		.amount = mix_amount(s),
	};
}
