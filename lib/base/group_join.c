/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two group tables made one. */
#include <stdlib.h>

#include "base/group_in.h"
#include "base/parts.h"

struct join {
	struct group *into;
	const struct group *from;
	group_merge *merge;
	void *ctx;
	uint32_t *number;	/* of each entry in `into`, or NEW */
	unsigned threads;
};

#define NEW UINT32_MAX

/* From so many entries on a second thread is worth its while. */
#define JOIN_MANY (1u << 14)

static void merge_entry(const struct join *j, size_t i, size_t at)
{
	if (j->merge)
		j->merge(entry_at(j->into, at) + 1, entry_at(j->from, i) + 1,
			 j->ctx);
}

/* Those that are in both: nothing is made, and no two have one entry. */
static void join_known(void *ctx, unsigned part)
{
	const struct join *j = ctx;
	const struct group *g = j->into, *from = j->from;
	size_t at = from->count * part / j->threads;
	size_t end = from->count * (part + 1) / j->threads;
	uint32_t slot[GROUP_BATCH];

	for (size_t n; at < end; at += n) {
		n = end - at < GROUP_BATCH ? end - at : GROUP_BATCH;
		group_await(g, entry_at(from, at), from->stride, n, slot);
		for (size_t i = at; i < at + n; i++) {
			uint64_t s = g->slot[probe_from(g, slot[i - at],
							entry_at(from, i))];

			j->number[i] = s ? (uint32_t)s - 1 : NEW;
			if (s)
				merge_entry(j, i, j->number[i]);
		}
	}
}

/* Slots asked for from memory before their turn. */
#define AHEAD 16

static void join_new(const struct join *j)
{
	const struct group *g = j->into;

	for (size_t i = 0; i < j->from->count; i++) {
		const struct key *k = entry_at(j->from, i);

		if (i + AHEAD < j->from->count && j->number[i + AHEAD] == NEW)
			__builtin_prefetch(
				&g->slot[entry_at(j->from, i + AHEAD)->hash &
					 (g->slots - 1)]);
		if (j->number[i] != NEW)
			continue;
		group_make_room(j->into, 1);
		j->number[i] = group_insert(j->into, probe(j->into, k), k);
		merge_entry(j, i, j->number[i]);
	}
}

void group_join(struct group *into, const struct group *from,
		group_merge *merge, void *ctx, uint32_t *number)
{
	struct join j = { into, from, merge, ctx, number,
			  parts_allowed() > 1 && from->count >= JOIN_MANY ?
				  2 :
				  1 };

	if (!number)
		j.number = mem_alloc(from->count, sizeof(*j.number));
	parts_run(j.threads, join_known, &j);
	join_new(&j);
	if (!number)
		free(j.number);
}
