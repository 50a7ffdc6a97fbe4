/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sets of a mix hold, counted by group. */
#include <stdlib.h>

#include "model/mix_state.h"

size_t mix_groups(const struct mix *m)
{
	return group_count(m->cells ? m->cells : m->keys);
}

/* Do two groups become one? Then what both have counts once. */
static bool merges(const uint32_t *to, size_t groups, size_t n)
{
	bool *taken = mem_zalloc(n, sizeof(*taken)), twice = false;

	for (size_t i = 0; i < groups && !twice; i++) {
		if (to[i] == MIX_NOWHERE)
			continue;
		twice = taken[to[i]];
		taken[to[i]] = true;
	}
	free(taken);
	return twice;
}

/* A set with its groups made coarser. */
static struct group *coarse_set(const struct group *set, const uint32_t *to)
{
	struct group *coarse = group_new(0, 0, NULL, NULL);

	for (size_t i = 0; i < group_count(set); i++) {
		struct mix_member k = mix_member_at(set, i);

		if (to[k.group] != MIX_NOWHERE)
			mix_add_member(coarse, k.code, k.who, to[k.group]);
	}
	group_finish(coarse);
	return coarse;
}

static size_t place(const uint32_t *to, uint32_t group)
{
	return to ? to[group] : group;
}

/* Each group's customers once: whose they are is brought together group by
 * group (a counting sort), and who was met last in this group is not new. */
static void count_customers(const struct mix *m, const struct group *set,
			    const uint32_t *to, size_t n, struct mix_group *sum)
{
	size_t members = group_count(set);
	size_t *end = mem_zalloc(n + 1, sizeof(*end));
	uint32_t *who = mem_alloc(members, sizeof(*who));
	uint32_t *met = mem_zalloc(group_count(m->customers), sizeof(*met));

	for (size_t i = 0; i < members; i++) {
		size_t g = place(to, mix_member_at(set, i).group);
		if (g != MIX_NOWHERE)
			end[g + 1]++;
	}
	for (size_t g = 0; g < n; g++)
		end[g + 1] += end[g];
	/* end[g] is where group g begins; it moves to where g ends */
	for (size_t i = 0; i < members; i++) {
		struct mix_member k = mix_member_at(set, i);
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
static void uncount_nobody(const struct mix *m, const struct group *set,
			   const uint32_t *to, size_t n, struct mix_group *sum)
{
	size_t nobody = group_find(m->customers, (struct text){0});
	size_t members = nobody == SIZE_MAX ? 0 : group_count(set);
	bool *done = mem_zalloc(members ? n : 0, sizeof(*done));

	for (size_t i = 0; i < members; i++) {
		struct mix_member k = mix_member_at(set, i);
		size_t g = place(to, k.group);
		if (k.who != nobody || g == MIX_NOWHERE || done[g])
			continue;
		done[g] = true;
		sum[g].customers--;
	}
	free(done);
}

static void count_purchases(const struct group *set, const uint32_t *to,
			    struct mix_group *sum)
{
	for (size_t i = 0; i < group_count(set); i++) {
		struct mix_member k = mix_member_at(set, i);
		size_t g = place(to, k.group);
		if (g != MIX_NOWHERE && k.code != MIX_PRESENT)
			sum[g].purchases++;
	}
}

static void count_values(const struct group *set, const uint32_t *to,
			 struct mix_group *sum)
{
	for (size_t i = 0; i < group_count(set); i++) {
		size_t g = place(to, mix_member_at(set, i).group);
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

/* The counts of n groups that are those of the sets already, or the groups
 * `to` that no two of those fall into (NULL: themselves). */
static void count(const struct mix *m, const uint32_t *to, size_t n,
		  struct mix_group *sum)
{
	add_up(m, to, sum);
	count_customers(m, m->purchases, to, n, sum);
	uncount_nobody(m, m->purchases, to, n, sum);
	count_purchases(m->purchases, to, sum);
	count_values(m->values, to, sum);
}

void mix_rollup(const struct mix *m, const uint32_t *to, size_t n,
		struct mix_group *sum)
{
	for (size_t g = 0; g < n; g++)
		sum[g] = (struct mix_group){.key = sum[g].key};
	if (!merges(to, mix_groups(m), n)) {
		count(m, to, n, sum);
		return;
	}
	struct group *purchases = coarse_set(m->purchases, to);
	struct group *values = coarse_set(m->values, to);

	add_up(m, to, sum);
	count_customers(m, purchases, NULL, n, sum);
	uncount_nobody(m, purchases, NULL, n, sum);
	count_purchases(purchases, NULL, sum);
	count_values(values, NULL, sum);
	group_free(purchases);
	group_free(values);
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
