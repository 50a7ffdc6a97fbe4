/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers read and counted. While rows are read one does not know yet which
 * question is the one; so what a lane keeps is a cell for each question and
 * group, and the question is chosen in the end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/nps/answers.h"
#include "model/score.h"
#include "stream/lanes.h"

enum { SCORE, QUESTION, SCALE_MAX, DATE, COLUMNS };

/* Between question and group in a key: no cell can hold it. */
#define SEPARATOR '\0'

/* ---- reading ---- */

struct lane {
	const struct answers *a;
	struct by *by;
	struct group *cells;	/* by question and group */
	/* Without groups rows mostly go where the one before went. */
	struct text question;	/* its question */
	uint64_t *cell;		/* and its cell; NULL: none yet */
};

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
	return a->o->question || !input_has(a->in, QUESTION) ||
	       is_usual(a, c[QUESTION].text);
}

static bool is_left_out(const struct nps_options *o, const struct cell *c)
{
	if (o->question && !text_is(c[QUESTION].text, o->question))
		return true;
	return is_later(o, &c[DATE]);
}

static struct text key_of(struct lane *l, const struct cell *c)
{
	struct text question = c[QUESTION].text;
	size_t n;
	char *key = by_key(l->by, c, question.n + 1, &n);

	*text_put(key, question) = SEPARATOR;
	return (struct text){ key, n };
}

/* By question alone. */
static uint64_t *ungrouped_cell(struct lane *l, const struct cell *c)
{
	size_t at;

	if (l->cell && text_eq(l->question, c[QUESTION].text))
		return l->cell;
	at = group_intern(l->cells, key_of(l, c));
	l->cell = group_entry(l->cells, at);
	l->question = group_key(l->cells, at);
	l->question.n--;	/* without the separator */
	return l->cell;
}

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const uint32_t *slot = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++) {
		uint64_t *cell = group_span_entry(all, index[i]);

		cell[slot[i]]++;
	}
}

static void take(struct lane *l, struct input *in, const struct cell *c)
{
	const struct answers *a = l->a;
	enum reason reason =
		survey_judge(&a->scale, &c[SCORE], &c[SCALE_MAX]);
	uint32_t slot = 0;

	if (reason == REASON_NONE) {
		slot = (uint32_t)score_slot(&a->scale, c[SCORE].real);
	} else if (is_sure(a, c)) {
		scale_reject(in, &a->scale, c, SCORE, SCALE_MAX, reason);
		return;
	}
	if (answers_grouped(a))
		group_add(l->cells, key_of(l, c), &slot);
	else
		ungrouped_cell(l, c)[slot]++;
}

static void read_rows(struct input *in, void *state)
{
	struct lane *l = state;
	struct row row;

	while (input_next(in, &row)) {
		if (is_left_out(l->a->o, row.cell))
			input_skip(in);
		else
			take(l, in, row.cell);
	}
	group_finish(l->cells);
}

static void *begin(void *ctx)
{
	const struct answers *a = ctx;
	struct lane *l = mem_zalloc(1, sizeof(*l));

	l->a = a;
	l->by = by_fork(&a->by);
	l->cells = group_new(score_bytes(&a->scale), sizeof(uint32_t), fold,
			     NULL);
	return l;
}

static void release(struct lane *l)
{
	by_fork_free(l->by);
	group_free(l->cells);
	free(l);
}

static void merge(void *into, const void *from, void *ctx)
{
	const struct answers *a = ctx;

	score_merge(&a->scale, into, from);
}

static void join(void *into, void *from)
{
	struct lane *l = into, *other = from;
	union {
		const struct answers *in;
		void *out;
	} ctx = { l->a };

	group_join(l->cells, other->cells, merge, ctx.out, NULL);
	release(other);
}

/* ---- which question ---- */

/* The questions that were asked, as a table of names. */
static struct group *questions_of(const struct lane *l)
{
	struct group *questions = group_new(0, 0, NULL, NULL);

	for (size_t i = 0; i < group_count(l->cells); i++) {
		struct text rest = group_key(l->cells, i), question;

		text_split(&rest, SEPARATOR, &question);
		group_intern(questions, question);
	}
	return questions;
}

static _Noreturn void refuse_questions(const struct answers *a,
				       struct group *questions)
{
	uint32_t *order = group_sorted(questions);
	struct buf list = { 0 }, usual = { 0 };

	for (size_t i = 0; a->usual[i]; i++)
		buf_addf(&usual, "%s%s",
			 !i ? "neither " : a->usual[i + 1] ? ", " : " nor ",
			 a->usual[i]);
	for (size_t i = 0; i < group_count(questions) && i < 20; i++) {
		struct text q = group_key(questions, order[i]);

		buf_adds(&list, i ? ", " : "");
		if (q.n)
			utf8_show(&list, q, 40);
		else
			buf_adds(&list, "(empty)");
	}
	free(order);
	die("%zu questions and %s among them: choose one by --question: "
	    "%s%s",
	    group_count(questions), usual.p, list.p,
	    group_count(questions) > 20 ? ", ..." : "");
}

/* Number of the question whose answers count; SIZE_MAX: there are none. */
static size_t chosen_question(const struct answers *a,
			      struct group *questions)
{
	if (group_count(questions) == 0)
		return SIZE_MAX;
	if (group_count(questions) == 1)
		return 0;
	for (size_t i = 0; a->usual[i]; i++) {
		size_t q = group_find(questions, text_of(a->usual[i]));

		if (q != SIZE_MAX)
			return q;
	}
	refuse_questions(a, questions);
}

/* ---- groups ---- */

/* What the rows of the other questions and of the chosen one came to. */
struct remains {
	uint64_t left_out, bad;
};

static uint64_t *cell_of(struct answers *a, size_t group)
{
	while (a->groups <= group) {
		a->cell = mem_resize(a->cell, a->groups + 1,
				     a->cell_words * sizeof(*a->cell));
		memset(a->cell + a->groups * a->cell_words, 0,
		       a->cell_words * sizeof(*a->cell));
		a->groups++;
	}
	return a->cell + group * a->cell_words;
}

/* Gives the cells of the chosen question to their groups. */
static struct remains by_groups(struct answers *a, const struct lane *l,
				struct text chosen)
{
	struct remains r = { 0 };

	for (size_t i = 0; i < group_count(l->cells); i++) {
		const uint64_t *cell = group_entry(l->cells, i);
		struct text rest = group_key(l->cells, i), question;

		text_split(&rest, SEPARATOR, &question);
		if (!text_eq(question, chosen)) {
			r.left_out += cell[0] + score_answers(&a->scale, cell);
			continue;
		}
		r.bad += cell[0];
		score_merge(&a->scale, cell_of(a, by_number(&a->by, rest)),
			    cell);
	}
	return r;
}

static void settle(struct answers *a, const struct lane *l)
{
	struct group *questions = questions_of(l);
	size_t chosen = chosen_question(a, questions);
	struct remains r = { 0 };

	if (chosen != SIZE_MAX)
		r = by_groups(a, l, group_key(questions, chosen));
	if (r.bad > 0)
		die("%llu of the only question's scores are no whole numbers "
		    "of %lld-%lld; --question with its name sets such rows "
		    "aside",
		    (unsigned long long)r.bad, (long long)a->scale.low,
		    (long long)a->scale.high);
	input_unuse(a->in, r.left_out);
	group_free(questions);
}

/* ---- all of it ---- */

void answers_open(struct answers *a, char *const *files, size_t nfiles)
{
	const struct nps_options *o = a->o;
	const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_FILLED },
		[QUESTION] = { "question", COL_TEXT,
			       o->question ? INPUT_REQUIRED : INPUT_OPTIONAL },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
	};

	a->cell_words = score_bytes(&a->scale) / sizeof(*a->cell);
	a->in = by_input(&a->by, &o->common, schema_find(TEXT("surveys")),
			 columns, is_dated(o) ? COLUMNS : DATE, files, nfiles);
	if (o->trend)
		by_trend(&a->by, trend_unit(o), DATE);
}

void answers_read(struct answers *a)
{
	static const struct lanes_job job = { begin, read_rows, join };
	struct lane *l = lanes_fold(a->in, &job, a);

	settle(a, l);
	release(l);
	if (by_count(&a->by) > 0)
		cell_of(a, by_count(&a->by) - 1);
	a->order = by_order(&a->by);
}

const uint64_t *answers_cell(const struct answers *a, size_t group)
{
	return a->cell + group * a->cell_words;
}

bool answers_grouped(const struct answers *a)
{
	return a->by.n > 0 || a->by.unit;
}

void answers_release(struct answers *a)
{
	free(a->cell);
	free(a->order);
	by_release(&a->by);
}
