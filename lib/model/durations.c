/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times sorted once, then counted off group by group. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/durations.h"
#include "num/rank.h"

#define MEDIAN 500000		/* millionths */
#define P90 900000
#define P95 950000

void durations_add(struct durations *d, uint32_t group, int64_t time)
{
	d->at = mem_grow(d->at, d->n, &d->cap, sizeof(*d->at));
	d->at[d->n++] = (struct radix_item){ .key = (uint64_t)time,
					     .who = group };
}

void durations_join(struct durations *d, const struct durations *from)
{
	for (size_t i = 0; i < from->n; i++)
		durations_add(d, from->at[i].who, (int64_t)from->at[i].key);
}

void durations_release(struct durations *d)
{
	free(d->at);
	*d = (struct durations){ .n = 0 };
}

/* A group's times in ascending order: how many were passed, their sum. */
struct passed {
	uint64_t n;
	__int128 sum;
};

static void take_rank(int64_t *to, const struct duration *d, uint64_t rank,
		      int64_t ppm, int64_t time)
{
	if (rank == rank_cut(d->n, ppm))
		*to = time;
}

static void pass(struct duration *d, struct passed *p, int64_t time)
{
	p->n++;
	p->sum += time;
	take_rank(&d->median, d, p->n, MEDIAN, time);
	take_rank(&d->p90, d, p->n, P90, time);
	take_rank(&d->p95, d, p->n, P95, time);
	d->max = time;
}

struct duration *durations_finish(struct durations *d, size_t groups)
{
	struct duration *out = mem_zalloc(groups, sizeof(*out));
	struct passed *passed = mem_zalloc(groups, sizeof(*passed));

	radix_sort(d->at, d->n);
	for (size_t i = 0; i < d->n; i++)
		out[d->at[i].who].n++;
	for (size_t i = 0; i < d->n; i++)
		pass(&out[d->at[i].who], &passed[d->at[i].who],
		     (int64_t)d->at[i].key);
	for (size_t g = 0; g < groups; g++)
		out[g].mean = out[g].n ? (double)passed[g].sum /
						 (double)out[g].n : NAN;
	free(passed);
	return out;
}
