/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Complaints. A register has a row a case and dates of some steps; the
 * workflow asks for all of them. The steps between two known days happened,
 * but nobody wrote when: they get the day of the next step that is known, and
 * say so in their note.
 */
#include <string.h>

#include "base/mem.h"
#include "canon/codes_csv.h"
#include "canon/project_in.h"

struct step {
	const char *event;
	const char *field;	/* whose date it is; NULL: none has it */
};

#define STEPS 9

static const struct step seven[STEPS] = {
	{ "receive", "complaint_date" },
	{ "judge_valid", "first_response_date" },
	{ "assign", "assigned_date" },
	{ "analyse", NULL },
	{ "propose", NULL },
	{ "approve", NULL },
	{ "implement", "resolved_date" },
	{ "notify", NULL },
	{ "feedback", "closed_date" },
};

static const struct step eight[STEPS] = {
	{ "receive", "complaint_date" },
	{ "calm", "first_response_date" },
	{ "apologise", NULL },
	{ "confirm", "assigned_date" },
	{ "propose", NULL },
	{ "agree", NULL },
	{ "follow_up", "resolved_date" },
	{ "archive", "closed_date" },
	{ NULL, NULL },
};

/* Where a case ends otherwise, by the word of its state. */
static const struct {
	const char *word, *event;
} endings[] = {
	{ "撤诉", "withdraw" },	     { "撤销", "withdraw" },
	{ "撤回", "withdraw" },	     { "不成立", "judge_invalid" },
	{ "无效", "judge_invalid" }, { "解释", "judge_invalid" },
};

/* One event of the case under way. */
struct event {
	const char *name;
	struct text at;
	int64_t us;		/* INT64_MAX: not known (yet) */
	bool implied;
};

struct course {
	struct event event[STEPS + 1];
	size_t n;
};

/* The date of a step; false when the cell is bad. */
static bool date_of(struct project *p, const char *field, struct event *e)
{
	const struct reading *r;

	e->us = INT64_MAX;
	e->at.n = 0;
	if (!field)
		return true;
	if (!project_find(p, field, &r))
		return false;
	if (!r)
		return true;
	e->at = r->text;
	if (!reading_instant(&p->options->rules, r->text, &e->us))
		return project_bad(p, REASON_BAD_TIME, field);
	return true;
}

static const char *ending_of(struct project *p)
{
	struct text state = project_text(p, "complaint_status");

	for (size_t i = 0; i < NELEMS(endings) && state.n; i++)
		if (text_find(state, endings[i].word) != SIZE_MAX)
			return endings[i].event;
	return NULL;
}

/* A step is not later than the known one after it. */
static void settle_times(struct course *c)
{
	const struct event *next = NULL;

	for (size_t i = c->n; i-- > 0;) {
		struct event *e = &c->event[i];

		if (next && e->us > next->us) {
			e->implied = e->us == INT64_MAX;
			e->us = next->us;
			e->at = next->at;
		}
		next = e;
	}
}

/* Forgets steps after the last one with a date. */
static void cut_unknown(struct course *c)
{
	while (c->n && c->event[c->n - 1].us == INT64_MAX)
		c->n--;
}

/* 已撤诉: the steps with dates stand, but for the end, which is another. An
 * invalid case has no steps between. */
static bool end_otherwise(struct project *p, struct course *c,
			  const char *ending)
{
	struct event end = { .name = ending };
	bool invalid = strcmp(ending, "judge_invalid") == 0;

	if (p->options->eight_steps && invalid)
		return true;
	if (!date_of(p, "closed_date", &end))
		return false;
	if (end.us == INT64_MAX && !date_of(p, "first_response_date", &end))
		return false;
	if (end.us == INT64_MAX)
		return true;
	c->n = invalid ? 1 : c->n;
	/* Without its own end: the last step is the one of closed_date. */
	while (c->n > 1 && c->event[c->n - 1].us == end.us)
		c->n--;
	cut_unknown(c);
	c->event[c->n++] = end;
	return true;
}

static bool read_course(struct project *p, struct course *c)
{
	const struct step *steps = p->options->eight_steps ? eight : seven;
	const char *ending = ending_of(p);

	*c = (struct course){ 0 };
	for (size_t i = 0; i < STEPS && steps[i].event; i++) {
		struct event *e = &c->event[c->n++];

		e->name = steps[i].event;
		if (!date_of(p, steps[i].field, e))
			return false;
	}
	if (c->event[0].us == INT64_MAX)
		return project_bad(p, REASON_MISSING, "at");
	cut_unknown(c);
	if (ending && !end_otherwise(p, c, ending))
		return false;
	settle_times(c);
	return true;
}

/* What belongs to one step alone: told there, or at the last step. */
static const struct {
	enum project_at at;
	const char *event[2];
} told[] = {
	{ AT_CAUSE, { "analyse", "confirm" } },
	{ AT_SOLUTION, { "propose", "propose" } },
	{ AT_AMOUNT, { "implement", "follow_up" } },
	{ AT_CONTENT, { "receive", "receive" } },
	{ AT_DEMAND, { "receive", "receive" } },
	{ AT_NOTE, { "receive", "receive" } },
};

static void tell(struct project *p, const struct course *c, size_t i,
		 struct text *row)
{
	for (size_t k = 0; k < NELEMS(told); k++) {
		size_t where = 0;

		while (where + 1 < c->n &&
		       strcmp(c->event[where].name, told[k].event[0]) != 0 &&
		       strcmp(c->event[where].name, told[k].event[1]) != 0)
			where++;
		if (where != i)
			project_cell(p, row, told[k].at)->n = 0;
	}
}

static void make_events(struct project *p, const struct course *c)
{
	for (size_t i = 1; i < c->n; i++) {
		struct text *row = project_new_row(p);

		memcpy(row, p->out, p->columns * sizeof(*row));
	}
	for (size_t i = c->n; i-- > 0;) {
		const struct event *e = &c->event[i];
		struct text *row = p->out + i * p->columns;

		tell(p, c, i, row);
		*project_cell(p, row, AT_EVENT) = text_of(e->name);
		*project_cell(p, row, AT_AT) = e->at;
		if (e->implied)
			*project_cell(p, row, AT_NOTE) = TEXT("implied");
		p->when[i] = e->us;
	}
}

static enum project_result register_row(struct project *p,
					struct project_unit *u)
{
	struct text *row = p->out, *actor, *owner;
	struct course course;

	if (!read_course(p, &course))
		return PROJECT_BAD;
	actor = project_cell(p, row, AT_ACTOR);
	owner = project_cell(p, row, AT_OWNER);
	if (actor->n == 0)
		*actor = owner->n ? *owner : TEXT("unknown");
	/* The latest export knows most of the case. */
	u->when = course.event[course.n - 1].us;
	u->ordinal = project_ordinal(p);
	make_events(p, &course);
	return PROJECT_PUT;
}

static enum project_result event_row(struct project *p, struct project_unit *u)
{
	struct text *row = p->out;
	struct text at = *project_cell(p, row, AT_AT);

	if (project_cell(p, row, AT_ACTOR)->n == 0 && !p->plan->canonical)
		*project_cell(p, row, AT_ACTOR) = TEXT("unknown");
	if (at.n && reading_instant(&p->options->rules, at, &u->when))
		p->when[0] = u->when;
	u->ordinal = project_ordinal(p);
	/* Two steps may fall into one second: only the same row is the same. */
	project_key_add(p, project_hash(p, 'e'));
	return PROJECT_PUT;
}

/* Words of the register as their codes (model/codes.h); a word that stands
 * for none stays. */
static void put_codes(struct project *p, struct text *row)
{
	static const struct {
		enum project_at at;
		struct text kind;
	} coded[] = {
		{ AT_CATEGORY, { "category", 8 } },
		{ AT_CAUSE, { "cause", 5 } },
		{ AT_CHANNEL, { "channel", 7 } },
		{ AT_COMPLAINANT_TYPE, { "complainant_type", 16 } },
		{ AT_SCENE, { "scene", 5 } },
		{ AT_SUBCODE, { "subcode", 7 } },
	};

	if (!p->codes)
		p->codes = codes_csv_read(NULL);
	for (size_t i = 0; i < NELEMS(coded); i++) {
		struct text *cell = project_cell(p, row, coded[i].at);

		*cell = codes_of(p->codes, coded[i].kind, *cell);
	}
}

enum project_result project_complaint(struct project *p,
				      struct project_unit *u)
{
	struct text *row = project_new_row(p), *id;

	if (!project_fill(p, row))
		return PROJECT_BAD;
	put_codes(p, row);
	id = project_cell(p, row, AT_CASE_ID);
	if (id->n == 0)
		*id = project_hash(p, 'k');
	project_key(p, *project_cell(p, row, AT_STORE_ID), *id);
	u->document = p->key.n;
	if (plan_column_of(p->plan, "event") != PLAN_NONE)
		return event_row(p, u);
	return register_row(p, u);
}
