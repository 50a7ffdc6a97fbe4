/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --duplicates: of the answers of one customer only one counts. */
#include "base/day.h"
#include "base/group.h"
#include "cmd/nps/lane.h"

#define SEPARATOR LANE_SEPARATOR

/* Whoever has no name can't have answered twice. */
static bool is_nobody(const struct answers *a, const struct cell *c)
{
	for (size_t i = 0; i < a->npers; i++)
		if (c[a->per + i].text.n)
			return false;
	return true;
}

/* When the answer was given: a day is its midnight. */
static int64_t moment(const struct answers *a, const struct cell *date)
{
	int64_t us;

	if (date->text.n > DAY_BYTES &&
	    instant_parse_by(date->text, a->clock, &us))
		return us;
	return instant_midnight(a->clock, date->day);
}

bool lane_keep(struct lane *l, const struct cell *c,
	       const struct lane_answer *answer)
{
	const struct answers *a = l->a;
	struct lane_kept kept = { .weight = answer->weight,
				  .slot = answer->slot,
				  .stratum = answer->stratum,
				  .answers = 1 };
	size_t before = 0, n;
	char *key, *p;

	if (is_nobody(a, c))
		return false;
	kept.at = moment(a, &c[a->date]);
	for (size_t i = 0; i < a->npers; i++)
		before += c[a->per + i].text.n + 1;
	p = key = lane_key(l, c, before, &n);
	for (size_t i = 0; i < a->npers; i++) {
		p = text_put(p, c[a->per + i].text);
		*p++ = SEPARATOR;
	}
	group_add(l->kept, (struct text){ key, n }, &kept);
	return true;
}

/* ---- which one ---- */

/* Which of two answers counts does not depend on the order of rows: of those
 * at one time it is the lower score, and so on. */
static bool goes_before(const struct lane_kept *a, const struct lane_kept *b,
			int policy)
{
	if (a->at != b->at)
		return policy == DUPLICATES_FIRST ? a->at < b->at :
						    a->at > b->at;
	if (a->slot != b->slot)
		return a->slot < b->slot;
	if (a->weight != b->weight)
		return a->weight < b->weight;
	return a->stratum < b->stratum;
}

static void add_kept(struct lane_kept *to, const struct lane_kept *from,
		     int policy)
{
	uint64_t answers = to->answers + from->answers;

	if (!to->answers || goes_before(from, to, policy))
		*to = *from;
	to->answers = answers;
}

static void fold_kept(struct group *g, const uint32_t *index,
		      const void *values, size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct answers *a = ctx;
	const struct lane_kept *kept = values;

	for (size_t i = 0; i < n; i++)
		add_kept(group_span_entry(all, index[i]), &kept[i],
			 a->o->duplicates);
}

static void merge_kept(void *into, const void *from, void *ctx)
{
	const struct answers *a = ctx;

	add_kept(into, from, a->o->duplicates);
}

struct group *lane_kept_new(const struct answers *a)
{
	union {
		const struct answers *in;
		void *out;
	} ctx = { a };

	return group_new(sizeof(struct lane_kept), sizeof(struct lane_kept),
			 fold_kept, ctx.out);
}

void lane_kept_join(struct lane *into, struct lane *from)
{
	union {
		const struct answers *in;
		void *out;
	} ctx = { into->a };

	group_join(into->kept, from->kept, merge_kept, ctx.out, NULL);
}

/* ---- counted at the end ---- */

static void settle_one(struct lane *l, struct text key,
		       const struct lane_kept *kept, struct group *merged)
{
	struct text rest = key, part;
	size_t at;

	for (size_t i = 0; i < l->a->npers; i++)
		text_split(&rest, SEPARATOR, &part);
	buf_clear(&l->room);
	if (l->a->strata)
		buf_add(&l->room, (const char *)&kept->stratum,
			sizeof(kept->stratum));
	buf_addt(&l->room, rest);
	at = group_intern(l->cells, buf_text(&l->room));
	score_add(&l->a->shape, group_entry(l->cells, at), kept->slot,
		  kept->weight);
	text_split(&rest, SEPARATOR, &part);
	at = group_intern(merged, part);
	*(uint64_t *)group_entry(merged, at) += kept->answers - 1;
}

void lane_settle_kept(struct lane *l, struct group *merged)
{
	l->nknown = 0;
	for (size_t i = 0; l->kept && i < group_count(l->kept); i++)
		settle_one(l, group_key(l->kept, i), group_entry(l->kept, i),
			   merged);
}
