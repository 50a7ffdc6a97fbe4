/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two states of a mix brought together: the numbers of the one become those
 * of the other, by their keys. */
#include <stdlib.h>

#include "base/msg.h"
#include "model/mix_state.h"

/* Number in `into` of each entry of `from`, made when new. */
static uint32_t *join_entries(struct group *into, const struct group *from,
			      group_merge *merge)
{
	uint32_t *number = mem_alloc(group_count(from), sizeof(*number));

	group_join(into, from, merge, NULL, number);
	return number;
}

static void merge_sums(void *into, const void *from, void *ctx)
{
	const struct mix_sums *s = from;
	struct mix_sums *sum = into;

	(void)ctx;
	mix_add_sums(sum, s->rows, mix_amount(s));
	mix_later(&sum->last, s->last);
	mix_later(&sum->active, s->active);
}

static void merge_seen(void *into, const void *from, void *ctx)
{
	const struct mix_seen *s = from;

	(void)ctx;
	if (s->first)
		mix_see(into, s->first);
}

/* What the numbers of one mix are in the other. */
struct numbers {
	uint32_t *key, *customer, *cell;
	struct mix_recode code;
};

static void join_purchases(struct mix *into, const struct mix_part *p,
			   const struct numbers *to, const uint32_t *group)
{
	for (size_t i = 0; i < p->n; i++) {
		struct mix_member k = p->at[i];

		if (k.code != MIX_PRESENT)
			k.code = mix_recode(&to->code, k.code);
		k.who = to->customer[k.who];
		k.group = group[k.group];
		mix_bag_add(&into->purchases, &k);
	}
}

static void join_values(struct mix *into, const struct mix_part *p,
			const struct numbers *to, const uint32_t *group)
{
	for (size_t i = 0; i < p->n; i++)
		mix_add_value(into, mix_recode(&to->code, p->at[i].code),
			      group[p->at[i].group]);
}

/* What has been brought over is let go: the two need not stand in memory
 * twice. */
static void join_bags(struct mix *into, struct mix *from,
		      const struct numbers *to)
{
	const uint32_t *group = to->cell ? to->cell : to->key;

	for (size_t i = 0; i < MIX_PARTS; i++) {
		join_purchases(into, &from->purchases.part[i], to, group);
		join_values(into, &from->values.part[i], to, group);
		mix_part_release(&from->purchases.part[i]);
		mix_part_release(&from->values.part[i]);
	}
}

static uint32_t *join_cells(struct group *into, struct group *from,
			    const struct numbers *to)
{
	size_t n = group_count(from);
	uint32_t *number = mem_alloc(n, sizeof(*number));

	for (size_t i = 0; i < n; i++) {
		uint32_t key[2];

		memcpy(key, group_key(from, i).p, sizeof(key));
		key[0] = to->key[key[0]];
		key[1] = to->customer[key[1]];
		number[i] = (uint32_t)group_intern(
			into, (struct text){ (char *)key, sizeof(key) });
		merge_sums(group_entry(into, number[i]), group_entry(from, i),
			   NULL);
	}
	return number;
}

void mix_join(struct mix *into, struct mix *from)
{
	struct numbers to = { 0 };

	if (into->kind != from->kind)
		bug("mixes of two kinds");
	mix_flush(into);
	mix_flush(from);
	to.key = join_entries(into->keys, from->keys, merge_sums);
	to.customer =
		join_entries(into->customers, from->customers,
			     into->cells ? merge_seen : NULL);
	to.code = mix_codes_join(&into->codes, &from->codes);
	if (into->cells)
		to.cell = join_cells(into->cells, from->cells, &to);
	join_bags(into, from, &to);
	mix_recode_release(&to.code);
	free(to.key);
	free(to.customer);
	free(to.cell);
}
