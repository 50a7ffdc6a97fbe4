/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns are read for counting answers, and which question counts. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/nps/lane.h"

#define SEPARATOR LANE_SEPARATOR
#define PERS_MAX 8
/* Date, weight, customer, --per and strata. */
#define COLUMNS_MAX (ANSWER_COLUMNS + 3 + PERS_MAX + STRATA_COLUMNS)

/* ---- which question ---- */

/* The parts of a key of cells. */
struct place {
	uint32_t stratum;
	struct text question, group;
};

static struct place place_of(const struct answers *a, struct text key)
{
	struct place p = { .group = key };

	if (a->strata) {
		memcpy(&p.stratum, key.p, sizeof(p.stratum));
		p.group.p += sizeof(p.stratum);
		p.group.n -= sizeof(p.stratum);
	}
	text_split(&p.group, SEPARATOR, &p.question);
	return p;
}

/* The questions that were asked, as a table of names. */
static struct group *questions_of(const struct lane *l)
{
	struct group *questions = group_new(0, 0, NULL, NULL);

	for (size_t i = 0; i < group_count(l->cells); i++)
		group_intern(questions,
			     place_of(l->a, group_key(l->cells, i)).question);
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
	if (!usual.n)
		die("%zu questions: choose one by --question: %s%s",
		    group_count(questions), list.p,
		    group_count(questions) > 20 ? ", ..." : "");
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
	if (group_count(questions) == 1 || a->by_question)
		return 0;
	for (size_t i = 0; a->usual[i]; i++) {
		size_t q = group_find(questions, text_of(a->usual[i]));

		if (q != SIZE_MAX)
			return q;
	}
	refuse_questions(a, questions);
}

/* ---- groups ---- */

static uint64_t *cell_at(const struct answers *a, size_t group)
{
	return a->cell + group * a->cells * score_words(&a->shape);
}

/* Room for the cells of so many groups. */
static void make_groups(struct answers *a, size_t n)
{
	size_t bytes = a->cells * score_words(&a->shape) * sizeof(*a->cell);

	if (n <= a->groups)
		return;
	a->cell = mem_resize(a->cell, n, bytes);
	memset(cell_at(a, a->groups), 0, (n - a->groups) * bytes);
	a->groups = n;
}

/* What the rows that are in no group's figures came to. */
struct remains {
	uint64_t left_out;	/* of other questions */
	uint64_t bad;		/* of the chosen one, off its scale */
	uint64_t merged;
};

static bool is_chosen(const struct answers *a, struct text question,
		      struct text chosen)
{
	return a->by_question || text_eq(question, chosen);
}

/* Gives the cells of the chosen question to their groups. */
static struct remains by_groups(struct answers *a, const struct lane *l,
				struct text chosen)
{
	struct remains r = { 0 };
	size_t n = group_count(l->cells);
	size_t *group = mem_alloc(n, sizeof(*group));

	for (size_t i = 0; i < n; i++) {
		struct place p = place_of(a, group_key(l->cells, i));

		group[i] = SIZE_MAX;
		if (is_chosen(a, p.question, chosen))
			group[i] = by_number(&a->by, p.group);
	}
	make_groups(a, by_count(&a->by));
	for (size_t i = 0; i < n; i++) {
		const uint64_t *cell = group_entry(l->cells, i);
		struct place p = place_of(a, group_key(l->cells, i));

		if (group[i] == SIZE_MAX) {
			r.left_out += cell[0] + score_answers(&a->shape, cell);
			continue;
		}
		r.bad += cell[0];
		score_merge(&a->shape,
			    cell_at(a, group[i]) +
				    p.stratum * score_words(&a->shape),
			    cell);
	}
	free(group);
	return r;
}

/* Second answers: of the chosen question merged, else of no account. */
static void count_merged(const struct answers *a, struct group *merged,
			 struct text chosen, struct remains *r)
{
	for (size_t i = 0; i < group_count(merged); i++) {
		uint64_t n = *(uint64_t *)group_entry(merged, i);

		if (is_chosen(a, group_key(merged, i), chosen))
			r->merged += n;
		else
			r->left_out += n;
	}
	if (r->merged && a->o->duplicates == DUPLICATES_REFUSE)
		die("%llu answers of who had answered before; --duplicates "
		    "last counts the last one, --duplicates all each",
		    (unsigned long long)r->merged);
}

/* Those who answered the chosen question. */
static struct group *who_answered(const struct answers *a,
				  const struct lane *l, struct text chosen)
{
	struct group *who = group_new(0, 0, NULL, NULL);

	for (size_t i = 0; l->who && i < group_count(l->who); i++) {
		struct text rest = group_key(l->who, i), question;

		text_split(&rest, SEPARATOR, &question);
		if (is_chosen(a, question, chosen))
			group_intern(who, rest);
	}
	return who;
}

static void settle(struct answers *a, struct lane *l)
{
	struct group *merged = group_new(sizeof(uint64_t), 0, NULL, NULL);
	struct group *questions, *who;
	struct text name = { 0 };
	struct remains r = { 0 };
	size_t chosen;

	lane_settle_kept(l, merged);
	questions = questions_of(l);
	chosen = chosen_question(a, questions);
	if (chosen != SIZE_MAX) {
		name = group_key(questions, chosen);
		r = by_groups(a, l, name);
		count_merged(a, merged, name, &r);
	}
	if (chosen == SIZE_MAX && a->o->question)
		warn("nobody answered a question \"%s\"", a->o->question);
	if (r.bad > 0)
		die("%llu of the only question's scores are no whole numbers "
		    "of %lld-%lld; --question with its name sets such rows "
		    "aside",
		    (unsigned long long)r.bad, (long long)a->scale.low,
		    (long long)a->scale.high);
	input_unuse(a->in, r.left_out);
	input_merge(a->in, r.merged);
	if (a->invited) {
		who = who_answered(a, l, name);
		invited_read(a->invited, &a->by, who);
		group_free(who);
	}
	group_free(questions);
	group_free(merged);
}

/* ---- columns ---- */

static size_t add_column(struct answers *a, size_t *n, const char *name,
			 enum col_type type)
{
	a->columns[*n] =
		(struct input_column){ name, type, INPUT_FILLED };
	return (*n)++;
}

/* The names of --per, and the day, which decides who counts. */
static void add_per(struct answers *a, size_t *n)
{
	const char *list = a->o->per ? a->o->per : "customer_id";
	struct text rest = text_of(list), part;

	if (!is_dated(a->o))
		a->date = add_column(a, n, "date", COL_DAY);
	a->place = place_new(&a->o->common);
	a->clock.change = place_changes(a->place, &a->clock.n);
	a->per = *n;
	while (text_split(&rest, ',', &part)) {
		if (!part.n || a->npers == PERS_MAX)
			die_usage("--per %s: one to %d names of columns", list,
				  PERS_MAX);
		a->columns[*n] = (struct input_column){
			arena_strdup(&a->names, part.p, part.n), COL_TEXT,
			INPUT_REQUIRED
		};
		(*n)++;
		a->npers++;
	}
}

static bool names_question(const char *by)
{
	struct text rest = text_of(by), part;

	while (by && text_split(&rest, ',', &part))
		if (text_is(part, "question"))
			return true;
	return false;
}

static size_t choose_columns(struct answers *a)
{
	const struct nps_options *o = a->o;
	const struct input_column first[ANSWER_COLUMNS] = {
		[ANSWER_SCORE] = { "score", COL_REAL, INPUT_FILLED },
		[ANSWER_QUESTION] = { "question", COL_TEXT,
				      o->question ? INPUT_REQUIRED :
						    INPUT_OPTIONAL },
		[ANSWER_SCALE_MAX] = { "scale_max", COL_REAL,
				       INPUT_OPTIONAL },
	};
	size_t n = ANSWER_COLUMNS;

	a->columns = mem_zalloc(COLUMNS_MAX, sizeof(*a->columns));
	memcpy(a->columns, first, sizeof(first));
	if (is_dated(o))
		a->date = add_column(a, &n, "date", COL_DAY);
	if (o->duplicates != DUPLICATES_ALL)
		add_per(a, &n);
	if (o->weight)
		a->weight = add_column(a, &n, o->weight, COL_REAL);
	a->stratum = n;
	if (a->strata)
		strata_columns(a->strata, a->columns, &n);
	a->customer = n;
	if (o->invitations)
		a->columns[n++] = (struct input_column){
			"customer_id", COL_TEXT, INPUT_OPTIONAL
		};
	return n;
}

/* ---- all of it ---- */

void answers_open(struct answers *a, char *const *files, size_t nfiles)
{
	const struct nps_options *o = a->o;
	size_t columns;

	if (o->weight && o->weights)
		die_usage("--weight and --weights are two ways to say what an "
			  "answer counts for");
	if (o->per && !o->duplicates)
		die_usage("--per goes with --duplicates");
	a->shape = (struct score_shape){ a->scale, o->weight != NULL };
	a->by_question = !o->question && names_question(o->common.by);
	if (o->weights)
		a->strata = strata_open(o->weights);
	a->cells = a->strata ? strata_count(a->strata) : 1;
	columns = choose_columns(a);
	a->in = by_input(&a->by, &o->common, schema_find(TEXT("surveys")),
			 a->columns, columns, files, nfiles);
	if (o->trend)
		by_trend(&a->by, trend_unit(o), a->date);
	if (o->invitations)
		a->invited = invited_open(a);
}

void answers_read(struct answers *a)
{
	struct lane *l = lane_read(a);

	settle(a, l);
	lane_free(l);
	make_groups(a, by_count(&a->by));
	a->order = by_order(&a->by);
}

struct score_group answers_group(const struct answers *a, size_t group)
{
	const uint64_t *cell = cell_at(a, group);

	if (!a->strata)
		return score_group(&a->shape, cell);
	return score_stratified(&a->shape, cell, a->cells,
				strata_population(a->strata));
}

void answers_close(struct answers *a, uint64_t rows)
{
	input_close(a->in, rows);
	free(a->cell);
	free(a->order);
	free(a->columns);
	arena_release(&a->names);
	place_free(a->place);
	strata_free(a->strata);
	invited_free(a->invited);
	by_release(&a->by);
}
