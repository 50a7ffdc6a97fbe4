/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers read and counted, by any number of threads. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "cmd/nps/lane.h"
#include "stream/lanes.h"

#define SEPARATOR LANE_SEPARATOR
#define WEIGHT_MOST 1e6		/* a weight; squares still fit */

/* ---- one row ---- */

static bool is_usual(const struct answers *a, struct text question)
{
	for (size_t i = 0; a->usual[i]; i++)
		if (text_is(question, a->usual[i]))
			return true;
	return false;
}

/*
 * Whether a row is an answer to the question that is asked for, as far as one
 * can tell before the end: without --question, another than the usual ones
 * may turn out to be the only one. Its scores are not set aside, since it
 * rather has a scale of its own, but counted.
 */
static bool is_sure(const struct answers *a, const struct cell *c)
{
	return a->o->question || a->by_question ||
	       !input_has(a->in, ANSWER_QUESTION) ||
	       is_usual(a, c[ANSWER_QUESTION].text);
}

static bool is_left_out(const struct answers *a, const struct cell *c)
{
	const struct nps_options *o = a->o;

	if (o->question && !text_is(c[ANSWER_QUESTION].text, o->question))
		return true;
	return o->common.as_of != DAY_NONE && is_later(o, &c[a->date]);
}

char *lane_key(struct lane *l, const struct cell *c, size_t before, size_t *n)
{
	struct text question = c[ANSWER_QUESTION].text;
	char *key = by_key(l->by, c, before + question.n + 1, n);

	*text_put(key + before, question) = SEPARATOR;
	return key;
}

static struct text cell_key(struct lane *l, const struct cell *c,
			    uint32_t stratum)
{
	size_t before = l->a->strata ? sizeof(stratum) : 0, n;
	char *key = lane_key(l, c, before, &n);

	memcpy(key, &stratum, before);
	return (struct text){ key, n };
}

/* A cell that is new may move the others. */
static void know_cells(struct lane *l)
{
	size_t n = group_count(l->cells);

	l->nknown = n < LANE_KNOWN ? n : LANE_KNOWN;
	for (size_t i = 0; i < l->nknown; i++) {
		l->known[i].question = group_key(l->cells, i);
		l->known[i].question.n--;	/* without the separator */
		l->known[i].cell = group_entry(l->cells, i);
	}
}

/* By question alone: mostly there are few of them. */
static uint64_t *ungrouped_cell(struct lane *l, const struct cell *c)
{
	size_t n = group_count(l->cells), at;

	for (size_t i = 0; i < l->nknown; i++)
		if (text_eq(l->known[i].question, c[ANSWER_QUESTION].text))
			return l->known[i].cell;
	at = group_intern(l->cells, cell_key(l, c, 0));
	if (at == n)
		know_cells(l);
	return group_entry(l->cells, at);
}

static void count(struct lane *l, const struct cell *c,
		  const struct lane_answer *answer)
{
	const struct answers *a = l->a;

	if (answers_grouped(a) || a->strata)
		group_add(l->cells, cell_key(l, c, answer->stratum), answer);
	else if (a->shape.weighted)
		score_add(&a->shape, ungrouped_cell(l, c), answer->slot,
			  answer->weight);
	else
		ungrouped_cell(l, c)[answer->slot]++;
}

static void note_who(struct lane *l, const struct cell *c)
{
	if (!c[l->a->customer].known)
		return;
	buf_clear(&l->room);
	buf_addt(&l->room, c[ANSWER_QUESTION].text);
	buf_addc(&l->room, SEPARATOR);
	buf_addt(&l->room, c[l->a->customer].text);
	group_intern(l->who, buf_text(&l->room));
}

/* False: the row was set aside. */
static bool weigh(struct lane *l, struct input *in, const struct cell *c,
		  struct lane_answer *answer)
{
	const struct answers *a = l->a;
	size_t stratum = 0;

	if (a->strata) {
		stratum = strata_find(a->strata, &c[a->stratum], &l->room);
		if (stratum == SIZE_MAX) {
			input_reject(in, (int)a->stratum, REASON_BAD_VALUE,
				     "a stratum that --weights does not know");
			return false;
		}
	}
	answer->stratum = (uint32_t)stratum;
	if (!a->shape.weighted)
		return true;
	if (c[a->weight].real < 0 || c[a->weight].real > WEIGHT_MOST) {
		input_reject(in, (int)a->weight, REASON_OUT_OF_RANGE,
			     "a weight is 0 to 1000000");
		return false;
	}
	answer->weight = (uint64_t)llround(c[a->weight].real *
					   SCORE_WEIGHT_ONE);
	return true;
}

/* survey_judge() finds nothing wrong with nearly all. */
static inline bool is_good(const struct answers *a, const struct cell *c)
{
	const struct cell *most = &c[ANSWER_SCALE_MAX];

	return (!most->known || most->real == (double)a->scale.high) &&
	       nps_judge(&a->scale, c[ANSWER_SCORE].real) == NPS_GOOD;
}

static void take(struct lane *l, struct input *in, const struct cell *c)
{
	const struct answers *a = l->a;
	struct lane_answer answer = { 0 };

	if (is_good(a, c)) {
		answer.slot = (uint32_t)score_slot(&a->scale,
						   c[ANSWER_SCORE].real);
	} else if (is_sure(a, c)) {
		scale_reject(in, &a->scale, c, ANSWER_SCORE, ANSWER_SCALE_MAX,
			     survey_judge(&a->scale, &c[ANSWER_SCORE],
					  &c[ANSWER_SCALE_MAX]));
		return;
	}
	if ((a->strata || a->shape.weighted) && !weigh(l, in, c, &answer))
		return;
	if (!l->kept || !lane_keep(l, c, &answer))
		count(l, c, &answer);
	if (l->who)
		note_who(l, c);
}

/* ---- folds ---- */

static void fold_plain(struct group *g, const uint32_t *index,
		       const void *values, size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct lane_answer *answer = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++) {
		uint64_t *cell = group_span_entry(all, index[i]);

		cell[answer[i].slot]++;
	}
}

static void fold_weighted(struct group *g, const uint32_t *index,
			  const void *values, size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct answers *a = ctx;
	const struct lane_answer *answer = values;

	for (size_t i = 0; i < n; i++)
		score_add(&a->shape, group_span_entry(all, index[i]),
			  answer[i].slot, answer[i].weight);
}

static void merge_cell(void *into, const void *from, void *ctx)
{
	const struct answers *a = ctx;

	score_merge(&a->shape, into, from);
}

/* ---- lanes ---- */

static void read_rows(struct input *in, void *state)
{
	struct lane *l = state;
	struct row row;

	while (input_next(in, &row)) {
		if (is_left_out(l->a, row.cell))
			input_skip(in);
		else
			take(l, in, row.cell);
	}
	group_finish(l->cells);
	if (l->kept)
		group_finish(l->kept);
}

static void *begin(void *ctx)
{
	const struct answers *a = ctx;
	struct lane *l = mem_zalloc(1, sizeof(*l));

	l->a = a;
	l->by = by_fork(&a->by);
	l->cells = group_new(score_words(&a->shape) * sizeof(uint64_t),
			     sizeof(struct lane_answer),
			     a->shape.weighted ? fold_weighted : fold_plain,
			     ctx);
	if (a->o->duplicates != DUPLICATES_ALL)
		l->kept = lane_kept_new(ctx);
	if (a->invited && invited_by_customer(a->invited))
		l->who = group_new(0, 0, NULL, NULL);
	return l;
}

void lane_free(struct lane *l)
{
	by_fork_free(l->by);
	group_free(l->cells);
	if (l->kept)
		group_free(l->kept);
	if (l->who)
		group_free(l->who);
	buf_release(&l->room);
	free(l);
}

static void join(void *into, void *from)
{
	struct lane *l = into, *other = from;
	union {
		const struct answers *in;
		void *out;
	} ctx = { l->a };

	group_join(l->cells, other->cells, merge_cell, ctx.out, NULL);
	if (l->kept)
		lane_kept_join(l, other);
	if (l->who)
		group_join(l->who, other->who, NULL, NULL, NULL);
	lane_free(other);
}

struct lane *lane_read(struct answers *a)
{
	static const struct lanes_job job = { begin, read_rows, join };

	return lanes_fold(a->in, &job, a);
}
