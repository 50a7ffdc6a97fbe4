/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to items to sums of value and cost. */
#include <math.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/delivered.h"

const char *const delivered_side_names[DELIVERED_SIDES] = { "value", "cost" };

struct question {
	size_t item;
	double low, high;
};

/* What a response says of an item. */
struct said {
	int64_t units;		/* places, in units of pairs.h */
	uint64_t n;
};

/* A response: its group, then a struct said an item. */
struct response {
	size_t group;
	struct said said[];
};

struct delivered {
	struct group *questions, *items;
	struct question *question;
	size_t cap;
	enum delivered_side side[DELIVERED_ITEMS];
	struct group *responses;	/* by group and id; NULL: none yet */
	struct buf key;
};

struct delivered *delivered_new(void)
{
	struct delivered *d = mem_zalloc(1, sizeof(*d));

	d->questions = group_new(1, 0, NULL, NULL);
	d->items = group_new(1, 0, NULL, NULL);
	return d;
}

void delivered_free(struct delivered *d)
{
	if (d == NULL)
		return;
	group_free(d->questions);
	group_free(d->items);
	if (d->responses)
		group_free(d->responses);
	buf_release(&d->key);
	free(d->question);
	free(d);
}

enum delivered_fault delivered_ask(struct delivered *d, struct text question,
				   struct text item, enum delivered_side side,
				   double low, double high)
{
	size_t q = group_count(d->questions), i = group_find(d->items, item);

	if (group_find(d->questions, question) != SIZE_MAX)
		return DELIVERED_TWICE;
	if (!(fabs(low) <= PAIRS_MAX) || !(fabs(high) <= PAIRS_MAX) ||
	    low == high)
		return DELIVERED_NO_SCALE;
	if (i != SIZE_MAX && d->side[i] != side)
		return DELIVERED_TWO_SIDES;
	if (i == SIZE_MAX && group_count(d->items) == DELIVERED_ITEMS)
		return DELIVERED_TOO_MANY;
	i = group_intern(d->items, item);
	d->side[i] = side;
	group_intern(d->questions, question);
	d->question = mem_grow(d->question, q, &d->cap, sizeof(*d->question));
	d->question[q] = (struct question){ i, low, high };
	return DELIVERED_FINE;
}

size_t delivered_question(const struct delivered *d, struct text question)
{
	return group_find(d->questions, question);
}

double delivered_scale_max(const struct delivered *d, size_t question)
{
	return fmax(d->question[question].low, d->question[question].high);
}

bool delivered_on_scale(const struct delivered *d, size_t question,
			double score)
{
	const struct question *q = &d->question[question];

	return score >= fmin(q->low, q->high) && score <= fmax(q->low, q->high);
}

/* ---- answers ---- */

static struct response *response_of(struct delivered *d, size_t group,
				    struct text id)
{
	size_t items = group_count(d->items);
	struct response *r;

	if (!d->responses)
		d->responses = group_new(sizeof(struct response) +
						 items * sizeof(struct said),
					 0, NULL, NULL);
	buf_clear(&d->key);
	buf_add(&d->key, (const char *)&group, sizeof(group));
	buf_addt(&d->key, id);
	r = group_entry(d->responses,
			group_intern(d->responses, buf_text(&d->key)));
	r->group = group;
	return r;
}

void delivered_add(struct delivered *d, size_t group, struct text response,
		   size_t question, double score)
{
	const struct question *q = &d->question[question];
	struct said *said = &response_of(d, group, response)->said[q->item];
	double place = 100 * (score - q->low) / (q->high - q->low);

	said->units += llround(place * PAIRS_UNITS);
	said->n++;
}

/* ---- figures ---- */

size_t delivered_items(const struct delivered *d)
{
	return group_count(d->items);
}

struct text delivered_item(const struct delivered *d, size_t i,
			   enum delivered_side *side)
{
	*side = d->side[i];
	return group_key(d->items, i);
}

static double place_of(const struct said *said)
{
	return (double)said->units / (double)said->n / PAIRS_UNITS;
}

static void add_items(struct delivered_group *g, const struct response *r,
		      size_t items)
{
	for (size_t i = 0; i < items; i++)
		if (r->said[i].n)
			pairs_add(&g->item[i], place_of(&r->said[i]), 0);
}

/* The sums, when all the items that occur in the group are there. */
static void add_sums(const struct delivered *d, struct delivered_group *g,
		     const struct response *r)
{
	double sum[DELIVERED_SIDES] = { 0 };

	for (size_t i = 0; i < group_count(d->items); i++) {
		if (!g->item[i].n)
			continue;
		if (!r->said[i].n)
			return;
		sum[d->side[i]] += place_of(&r->said[i]);
	}
	for (int s = 0; s < DELIVERED_SIDES; s++)
		pairs_add(&g->side[s], sum[s], 0);
	pairs_add(&g->net, sum[DELIVERED_VALUE], sum[DELIVERED_COST]);
}

struct delivered_group *delivered_finish(struct delivered *d, size_t groups)
{
	struct delivered_group *all = mem_zalloc(groups, sizeof(*all));
	size_t n = d->responses ? group_count(d->responses) : 0;
	size_t items = group_count(d->items);

	for (size_t i = 0; i < n; i++) {
		const struct response *r = group_entry(d->responses, i);

		add_items(&all[r->group], r, items);
	}
	for (size_t g = 0; g < groups; g++)
		for (size_t i = 0; i < items; i++)
			all[g].items[d->side[i]] += all[g].item[i].n > 0;
	for (size_t i = 0; i < n; i++) {
		const struct response *r = group_entry(d->responses, i);

		add_sums(d, &all[r->group], r);
	}
	return all;
}
