/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which field a column of an export is, by its header and its samples. */
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/plan_in.h"
#include "canon/question.h"

static void note_field(struct plan *p, size_t i)
{
	struct plan_column *c = &p->column[i];
	size_t *of = p->of_field + 2 * c->match.field;

	if (of[0] == PLAN_NONE)
		of[0] = i;
	else if (of[1] == PLAN_NONE)
		of[1] = i;
	c->twin = of[0] != i;
}

/* A column of dates by its field: day counts among them are dates when one of
 * the samples is plainly a date. */
static bool holds_dates(const struct grid *g, size_t first, size_t i,
			const struct reading_rules *rules)
{
	for (size_t r = first; r < g->rows; r++) {
		struct when when;
		struct buf room = { 0 };
		struct text raw = { 0 };
		enum when_state state;

		if (i < g->width[r])
			raw = g->cell[r][i];
		state = when_read(clean_code(raw, buf_room(&room, raw.n)),
				  rules->dates, &when);
		buf_release(&room);
		if (state == WHEN_GOOD)
			return true;
	}
	return false;
}

static bool is_date(enum field_kind kind)
{
	return kind == FIELD_DAY || kind == FIELD_INSTANT;
}

/* A canonical name in any case and width. */
static size_t by_name(struct text header)
{
	struct buf folded = { 0 };
	size_t field;

	header_fold(&folded, header);
	field = field_find(buf_text(&folded));
	buf_release(&folded);
	return field;
}

/* What the command line says holds before what a map says, and that before
 * what is found. */
static struct header_match match(const struct plan *p, const struct aliases *a,
				 const struct plan_column *c)
{
	struct header_match m = header_match(a, p->kind, c->name);

	if (c->given)
		return m.rule == HEADER_COL || m.rule == HEADER_MAP ?
			       m :
			       header_given(c->name, c->given->name);
	if (c->repeated)
		return (struct header_match){ .field = FIELD_NONE,
					      .rule = HEADER_REPEATED };
	if (m.rule == HEADER_COL || m.rule == HEADER_MAP)
		return m;
	if (!p->canonical)
		return m;
	m = (struct header_match){ .field = by_name(c->name) };
	if (m.field != FIELD_NONE)
		m.rule = HEADER_NAME;
	return m;
}

void plan_match_column(struct plan *p, const struct aliases *a, size_t i,
			 const struct plan_file *f,
			 const struct reading_rules *rules)
{
	struct plan_column *c = &p->column[i];

	c->match = match(p, a, c);
	c->reading.kind = FIELD_TEXT;
	c->reading.in_wan = c->match.in_wan;
	if (c->match.field == FIELD_NONE)
		return;
	c->reading.kind = field_all[c->match.field].kind;
	if (is_date(c->reading.kind))
		c->reading.serials =
			c->given ? c->given->holds == PLAN_DAY_COUNTS :
				   holds_dates(f->grid, f->first_sample, i,
					       rules);
	note_field(p, i);
}

/* ---- questions of a survey ---- */

/* The highest score that a column may have which no word explains. */
#define SCORE_MOST 100
/* That of the question of recommending, and the least one that shows that its
 * scale is not 1-5 or 1-7, where the header does not say so. */
#define RECOMMEND_MOST 10
#define RECOMMEND_SHOWN 8

static bool is_recommending(const struct plan_file *f, struct text folded,
			    const struct reading_rules *rules, size_t i)
{
	struct text most = question_highest(folded);
	double highest;

	return question_recommends(folded) &&
	       question_scored(f, i, rules, RECOMMEND_MOST, true, &highest) &&
	       (most.n ? text_is(most, "10") : highest >= RECOMMEND_SHOWN);
}

/* A question that no word explains is asked how likely one is to recommend
 * when its wording and its answers say so, and no column is known for it. */
static void find_recommending(struct plan *p, const struct plan_file *f,
			      const struct reading_rules *rules)
{
	size_t nps = field_of("nps");

	for (size_t i = 0; i < p->columns; i++) {
		struct plan_column *c = &p->column[i];
		struct buf folded = { 0 };

		if (p->of_field[2 * nps] != PLAN_NONE)
			return;
		if (c->given || c->match.rule != HEADER_UNKNOWN)
			continue;
		header_fold(&folded, c->name);
		if (is_recommending(f, buf_text(&folded), rules, i)) {
			c->match = (struct header_match){
				.field = nps, .rule = HEADER_WORDING
			};
			note_field(p, i);
		}
		buf_release(&folded);
	}
}

/* A column that no word explains is a question when all its samples are
 * scores, and it has a name that is none of a number. */
static bool is_question(const struct plan_file *f,
			const struct reading_rules *rules, size_t i)
{
	struct buf folded = { 0 };
	double highest;
	bool number;

	header_fold(&folded, f->header[i]);
	number = question_is_number(buf_text(&folded));
	buf_release(&folded);
	return !number &&
	       question_scored(f, i, rules, SCORE_MOST, false, &highest);
}

/* By what is known of the column, or what is in it. */
static bool asks(const struct plan *p, size_t i, const struct plan_file *f,
		 const struct reading_rules *rules)
{
	static const char *const scores[] = { "nps", "csi" };
	const struct plan_column *c = &p->column[i];

	if (c->given)
		return c->given->holds == PLAN_SCORES;
	for (size_t k = 0; k < NELEMS(scores); k++)
		if (c->match.field == field_of(scores[k]) && !c->twin)
			return true;
	/* A table in long form is not asked here: this is of one question. */
	return c->match.field == field_of("question") ||
	       (c->match.field == field_of("score") && !c->twin) ||
	       (c->match.rule == HEADER_UNKNOWN && is_question(f, rules, i));
}

/* The end of the scale that the header names. */
static struct text named_scale(struct plan *p, size_t i)
{
	struct buf folded = { 0 };
	struct text t;

	header_fold(&folded, p->column[i].name);
	t = question_highest(buf_text(&folded));
	t.p = arena_copy(&p->hold, t.p, t.n);
	buf_release(&folded);
	return t;
}

void plan_find_questions(struct plan *p, const struct plan_file *f,
			 const struct reading_rules *rules)
{
	if (p->kind != EXPORT_SURVEY || p->canonical)
		return;
	/* A table in long form says which question each row answers. */
	if (plan_column_of(p, "question") != PLAN_NONE &&
	    plan_column_of(p, "score") != PLAN_NONE)
		return;
	find_recommending(p, f, rules);
	for (size_t i = 0; i < p->columns; i++) {
		p->column[i].question = asks(p, i, f, rules);
		if (!p->column[i].question)
			continue;
		p->column[i].reading.kind = FIELD_SCORE;
		p->column[i].scale_max = named_scale(p, i);
	}
}

bool plan_has_questions(const struct plan *p)
{
	for (size_t i = 0; i < p->columns; i++)
		if (p->column[i].question)
			return true;
	return false;
}

/* ---- numbers of lines ---- */

bool plan_numbers_lines(const struct plan *p, const struct plan_file *f)
{
	size_t column = plan_column_of(p, "row_no"), ones = 0;
	const struct grid *g = f->grid;

	if (column == PLAN_NONE)
		return false;
	if (p->column[column].given)
		return p->column[column].given->holds == PLAN_DOCUMENT_LINES;
	for (size_t r = f->first_sample; r < g->rows; r++)
		if (column < g->width[r])
			ones += text_is(clean_text(g->cell[r][column]), "1");
	return ones > 1;
}
