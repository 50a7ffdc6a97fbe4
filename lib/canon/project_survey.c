/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Surveys: a row for each answer, from wide tables and long ones. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "canon/project_in.h"

/* What a survey was about, by words in its type; the first that is there. */
static const struct {
	const char *word, *touchpoint;
} touchpoints[] = {
	{ "投诉", "complaint" }, { "抱怨", "complaint" },
	{ "售后", "service" },	 { "服务", "service" },
	{ "维修", "service" },	 { "保养", "service" },
	{ "配件", "parts" },	 { "备件", "parts" },
	{ "销售", "sales" },	 { "购车", "sales" },
	{ "交车", "sales" },	 { "新车", "sales" },
	{ "试驾", "sales" },	 { "形象", "image" },
};

static void settle_touchpoint(struct project *p, struct text *row)
{
	struct text *t = project_cell(p, row, AT_TOUCHPOINT);

	for (size_t i = 0; i < NELEMS(touchpoints) && t->n; i++)
		if (text_find(*t, touchpoints[i].word) != SIZE_MAX) {
			*t = text_of(touchpoints[i].touchpoint);
			return;
		}
}

/* The number of an answer that has none: its content, and which one it is of
 * those in the file that are just like it, "r72b75bd98b945d-2". Two people
 * may well answer alike. */
static void set_response(struct project *p, struct text *row,
			 struct text *id)
{
	struct buf b = { 0 };
	uint32_t n;

	*id = project_hash(p, 'r');
	project_key(p, *project_cell(p, row, AT_STORE_ID), *id);
	n = project_ordinal(p);
	if (n == 1)
		return;
	buf_addf(&b, "%.*s-%u", (int)id->n, id->p, n);
	*id = project_keep(p, buf_text(&b));
	buf_release(&b);
}

static void set_document(struct project *p, struct text *row,
			 struct project_unit *u)
{
	struct text *id = project_cell(p, row, AT_RESPONSE_ID);
	struct text date = *project_cell(p, row, AT_DATE);
	bool numbered = id->n > 0;
	int32_t day;

	if (!numbered)
		set_response(p, row, id);
	project_key(p, *project_cell(p, row, AT_STORE_ID), *id);
	u->document = p->key.n;
	u->when = date.n && day_parse(date, &day) ? day : INT64_MIN;
	p->when[0] = u->when;
	u->ordinal = numbered ? project_ordinal(p) : 1;
}

/* The scale where it is known: words have five, 0 to 10 asks for a
 * recommendation unless the header says otherwise. */
static void set_score(struct project *p, struct text *row,
		      const struct plan_column *c, const struct reading *r)
{
	struct text *scale = project_cell(p, row, AT_SCALE_MAX);
	bool known = c->match.field != FIELD_NONE &&
		     strcmp(field_all[c->match.field].name, "question") != 0;

	*project_cell(p, row, AT_QUESTION) =
		known ? text_of(field_all[c->match.field].name) : c->name;
	*project_cell(p, row, AT_SCORE) = r->text;
	if (scale->n)
		return;
	if (r->likert)
		*scale = TEXT("5");
	else if (known && c->scale_max.n)
		*scale = c->scale_max;
	else if (known && strcmp(field_all[c->match.field].name, "nps") == 0)
		*scale = TEXT("10");
}

static enum project_result wide(struct project *p, const struct text *model)
{
	struct text *comment;
	size_t answers = 0;

	for (size_t i = 0; i < p->plan->columns; i++) {
		const struct plan_column *c = &p->plan->column[i];
		const struct reading *r;
		struct text *answer;

		if (!c->question)
			continue;
		r = project_look(p, i);
		if (!r)
			return PROJECT_BAD;
		if (r->text.n == 0)
			continue;
		answer = answers ? project_new_row(p) : p->out;
		memcpy(answer, model, p->columns * sizeof(*answer));
		p->when[answers] = p->when[0];
		set_score(p, answer, c, r);
		/* The words belong to the form, not to each answer. */
		comment = project_cell(p, answer, AT_COMMENT);
		if (answers++)
			comment->n = 0;
	}
	return answers ? PROJECT_PUT : PROJECT_NOTHING;
}

enum project_result project_survey(struct project *p, struct project_unit *u)
{
	struct text *row = project_new_row(p);
	enum project_result result = PROJECT_PUT;

	if (!project_fill(p, row))
		return PROJECT_BAD;
	if (!p->plan->canonical)
		settle_touchpoint(p, row);
	set_document(p, row, u);
	if (plan_has_questions(p->plan)) {
		struct text *model =
			mem_alloc(p->columns, sizeof(*model));

		memcpy(model, row, p->columns * sizeof(*model));
		result = wide(p, model);
		free(model);
		return result;
	}
	/* One question a row: each is a unit of its own. */
	project_key_add(p, *project_cell(p, row, AT_QUESTION));
	if (!p->plan->canonical && project_cell(p, row, AT_SCORE)->n == 0)
		return PROJECT_NOTHING;
	return result;
}
