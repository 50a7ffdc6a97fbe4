/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers in order of time to peaks and ends. */
#include <math.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/journey.h"

struct answer {
	uint32_t journey, touchpoint;
	int64_t at, score;
};

struct journeys {
	int64_t low, high;
	struct group *keys;		/* journeys: their group each */
	struct group *touchpoints;
	struct buf key;
	struct answer *answer;
	size_t n, cap;
};

struct journeys *journeys_new(int64_t low, int64_t high)
{
	struct journeys *j = mem_zalloc(1, sizeof(*j));

	j->low = low;
	j->high = high;
	j->keys = group_new(sizeof(size_t), 0, NULL, NULL);
	j->touchpoints = group_new(1, 0, NULL, NULL);
	return j;
}

void journeys_free(struct journeys *j)
{
	if (j == NULL)
		return;
	group_free(j->keys);
	group_free(j->touchpoints);
	buf_release(&j->key);
	free(j->answer);
	free(j);
}

static uint32_t journey_of(struct journeys *j, size_t group, struct text key)
{
	size_t i;

	buf_clear(&j->key);
	buf_add(&j->key, (const char *)&group, sizeof(group));
	buf_addt(&j->key, key);
	i = group_intern(j->keys, buf_text(&j->key));
	*(size_t *)group_entry(j->keys, i) = group;
	return (uint32_t)i;
}

void journeys_add(struct journeys *j, size_t group, struct text key, int64_t at,
		  struct text touchpoint, int64_t score)
{
	j->answer = mem_grow(j->answer, j->n, &j->cap, sizeof(*j->answer));
	j->answer[j->n++] = (struct answer){
		.journey = journey_of(j, group, key),
		.touchpoint = (uint32_t)group_intern(j->touchpoints,
						     touchpoint),
		.at = at,
		.score = score,
	};
}

/* ---- a journey ---- */

static int by_moment(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;

	if (a->journey != b->journey)
		return a->journey < b->journey ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->touchpoint > b->touchpoint) -
	       (a->touchpoint < b->touchpoint);
}

static bool same_moment(const struct answer *a, const struct answer *b)
{
	return a->journey == b->journey && a->at == b->at &&
	       a->touchpoint == b->touchpoint;
}

/* What is known of a journey so far; scores in units of pairs.h. */
struct path {
	uint64_t moments;
	int64_t sum, peak, end, end_at;
};

static bool higher_peak(const struct journeys *j, int64_t units, int64_t peak)
{
	/* Twice the distance from the middle, so that it is whole. */
	int64_t middle = (j->low + j->high) * PAIRS_UNITS;
	int64_t off = llabs(2 * units - middle);
	int64_t best = llabs(2 * peak - middle);

	return off > best || (off == best && units < peak);
}

static void visit(const struct journeys *j, struct path *p, int64_t at,
		  int64_t units)
{
	if (p->moments == 0 || higher_peak(j, units, p->peak))
		p->peak = units;
	if (p->moments == 0 || at > p->end_at || units < p->end)
		p->end = units;
	p->end_at = at;
	p->sum += units;
	p->moments++;
}

static double score_of(double units)
{
	return units / PAIRS_UNITS;
}

static void count(struct journeys_group *g, const struct path *p)
{
	double peak = score_of((double)p->peak);
	double end = score_of((double)p->end);

	if (p->moments == 1) {
		g->single++;
		return;
	}
	g->moments += p->moments;
	pairs_add(&g->peak_end, peak, end);
	pairs_add(&g->score_mean, (peak + end) / 2,
		  score_of((double)p->sum / (double)p->moments));
}

/* Takes the answers of the moment that begins at i in; the next one's. */
static size_t take_moment(const struct journeys *j, size_t i, struct path *p)
{
	const struct answer *first = &j->answer[i];
	int64_t sum = 0, n = 0;

	for (; i < j->n && same_moment(first, &j->answer[i]); i++, n++)
		sum += j->answer[i].score;
	visit(j, p, first->at,
	      llround((double)sum * PAIRS_UNITS / (double)n));
	return i;
}

struct journeys_group *journeys_finish(struct journeys *j, size_t groups)
{
	struct journeys_group *all = mem_zalloc(groups, sizeof(*all));

	if (j->n > 0)
		qsort(j->answer, j->n, sizeof(*j->answer), by_moment);
	for (size_t i = 0; i < j->n;) {
		uint32_t journey = j->answer[i].journey;
		struct path p = { 0 };

		while (i < j->n && j->answer[i].journey == journey)
			i = take_moment(j, i, &p);
		count(&all[*(size_t *)group_entry(j->keys, journey)], &p);
	}
	return all;
}
