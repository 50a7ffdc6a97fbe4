/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers say in surveys: the net promoter score. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/survey.h"

#include "cmd/report/build.h"
#include "cmd/report/trend.h"

enum { SCORE, DATE, QUESTION, SCALE_MAX, TOUCHPOINT, COLUMNS };

/* 0 to 10, as crm-nps takes it when nothing is said. */
static const struct nps_scale scale = { 0, 10, 9, 6 };

struct answer {
	uint32_t question, touchpoint;
	int32_t day;
	double score;
};

struct opinion {
	struct group *questions, *touchpoints;
	struct answer *answer;
	size_t n, cap;
	int32_t first_day;
	bool has_question, has_touchpoint;
	size_t chosen;		/* question */
};

/* ---- reading ---- */

/* Answers to the question that is asked for are judged as crm-nps does it;
 * scores of other questions may have any scale. */
static bool is_wanted(const struct build *b, const struct cell *c)
{
	if (b->question)
		return text_is(c[QUESTION].text, b->question);
	return !c[QUESTION].known || text_is(c[QUESTION].text, "nps") ||
	       text_is(c[QUESTION].text, "recommend");
}

/* REASON_NONE: it is a score. */
static enum reason judge(const struct cell *c)
{
	return survey_judge(&scale, &c[SCORE], &c[SCALE_MAX]);
}

static void add_answer(struct opinion *o, const struct cell *c)
{
	o->answer = mem_grow(o->answer, o->n, &o->cap, sizeof(*o->answer));
	o->answer[o->n++] = (struct answer){
		.question = (uint32_t)group_intern(o->questions,
						   c[QUESTION].text),
		.touchpoint = (uint32_t)group_intern(o->touchpoints,
						     c[TOUCHPOINT].text),
		.day = c[DATE].day,
		.score = judge(c) == REASON_NONE ? c[SCORE].real : (double)NAN,
	};
	if (o->first_day == DAY_NONE || c[DATE].day < o->first_day)
		o->first_day = c[DATE].day;
}

static void read_rows(struct build *b, struct opinion *o)
{
	static const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_FILLED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[QUESTION] = { "question", COL_TEXT, INPUT_OPTIONAL },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[TOUCHPOINT] = { "touchpoint", COL_TEXT, INPUT_OPTIONAL },
	};
	struct reader *r = reader_open(b, SURVEYS, columns, COLUMNS, DATE);
	struct row row;

	while (reader_next(r, &row)) {
		enum reason reason = judge(row.cell);

		if (row.cell[DATE].day > b->as_of)
			input_skip(reader_input(r));
		else if (reason != REASON_NONE && is_wanted(b, row.cell))
			input_reject(reader_input(r), SCORE, reason,
				     "not a whole score from 0 to 10");
		else
			add_answer(o, row.cell);
	}
	o->has_question = reader_has(r, QUESTION);
	o->has_touchpoint = reader_has(r, TOUCHPOINT);
	reader_close(r);
}

/* ---- which question ---- */

/* nps, else recommend, else the only one; false when none can be chosen. */
static bool choose(struct build *b, struct opinion *o)
{
	static const char *const usual[] = { "nps", "recommend" };

	o->chosen = SIZE_MAX;
	if (b->question)
		o->chosen = group_find(o->questions, text_of(b->question));
	for (size_t i = 0; !b->question && i < NELEMS(usual); i++)
		if (o->chosen == SIZE_MAX)
			o->chosen = group_find(o->questions,
					       text_of(usual[i]));
	if (!b->question && o->chosen == SIZE_MAX &&
	    group_count(o->questions) == 1)
		o->chosen = 0;
	if (o->chosen == SIZE_MAX)
		return false;
	for (size_t i = 0; i < o->n; i++)
		if (o->answer[i].question == o->chosen &&
		    isnan(o->answer[i].score))
			return false;
	return true;
}

/* " --question nps", where the stream has several or it was asked for. */
static const char *question_option(struct build *b, const struct opinion *o)
{
	struct buf words = { 0 };
	const char *option;

	if (!o->has_question)
		return "";
	buf_adds(&words, " --question ");
	origin_quote(&words,
		     report_str(b->report, group_key(o->questions, o->chosen)));
	option = report_str(b->report, buf_text(&words));
	buf_release(&words);
	return option;
}

/* ---- counting ---- */

#define ANY SIZE_MAX

static struct nps_counts count(const struct opinion *o, struct day_range r,
			       size_t touchpoint)
{
	struct nps_counts c = { 0 };

	for (size_t i = 0; i < o->n; i++) {
		const struct answer *a = &o->answer[i];
		if (a->question == o->chosen && a->day >= r.first &&
		    a->day <= r.last &&
		    (touchpoint == ANY || a->touchpoint == touchpoint))
			nps_add(&c, &scale, a->score);
	}
	return c;
}

static const char *interval_words(struct build *b, const struct nps_result *n)
{
	struct buf low = { 0 }, high = { 0 };
	const char *words;

	value_show(&low, value_score(n->ci_low));
	value_show(&high, value_score(n->ci_high));
	words = report_fmt(b->report, tr("%llu answers, 95%% from %s to %s"),
			   (unsigned long long)n->n, low.p, high.p);
	buf_release(&low);
	buf_release(&high);
	return words;
}

static void write_card(struct build *b, const struct opinion *o)
{
	struct value value[SPANS];
	struct nps_result now = { 0 }, before = { 0 };

	for (int s = 0; s < SPANS; s++) {
		struct nps_counts c = count(o, b->range[s], ANY);
		struct nps_result n = nps_finish(&c);
		value[s] = n.n ? value_score(n.nps) : value_none();
		if (s == NOW)
			now = n;
		if (s == BEFORE)
			before = n;
	}
	build_name(b, "nps_answers", value_count((int64_t)now.n));
	if (before.n) {
		build_name(b, "nps_before_low", value_score(before.ci_low));
		build_name(b, "nps_before_high", value_score(before.ci_high));
	}
	if (!now.n)
		return;
	struct origin from = origin_of(b, SURVEYS, NULL,
				       "crm-nps%s %s --get nps",
				       question_option(b, o),
				       origin_period(b, b->range[NOW]));
	build_card(b, "nps", tr("Net promoter score"), value, 1,
		   interval_words(b, &now), &from);
	build_name(b, "nps_low", value_score(now.ci_low));
	build_name(b, "nps_high", value_score(now.ci_high));
}

/* ---- by month ---- */

static void draw_trend(struct build *b, struct section *s,
		       const struct opinion *o)
{
	struct trend t = trend_of(b, o->first_day);
	double *value = mem_alloc(3 * t.n, sizeof(*value));
	struct series series = { .name = tr("Net promoter score"),
				 .value = value,
				 .low = value + t.n,
				 .high = value + 2 * t.n,
				 .n = t.n };
	struct chart c = trend_chart(b, &t, CHART_LINE);

	for (size_t i = 0; i < t.n; i++) {
		int32_t period = t.first + (int32_t)i;
		struct day_range r = {
			cohort_period_start(period, b->unit),
			cohort_period_start(period + 1, b->unit) - 1,
		};
		struct nps_counts counts = count(o, r, ANY);
		struct nps_result n = nps_finish(&counts);
		value[i] = n.n ? n.nps : (double)NAN;
		series.low[i] = n.n ? n.ci_low : (double)NAN;
		series.high[i] = n.n ? n.ci_high : (double)NAN;
	}
	c.title = trend_title(b, tr("Net promoter score by month"),
			      tr("Net promoter score by quarter"),
			      tr("Net promoter score by year"),
			      tr("Net promoter score by week"));
	c.about = tr("A line of the score of each period, -100 to 100, with "
		     "its 95% interval; a period without answers is a gap.");
	c.axis = tr("Score, with 95% interval");
	c.series = &series;
	c.nseries = 1;
	c.floor = -100;
	c.ceiling = 100;
	struct origin from = origin_of(
		b, SURVEYS, NULL, "crm-nps%s --trend %s --since %s --until %s",
		question_option(b, o), cohort_unit_name(b->unit),
		origin_day(b, t.first_day),
		origin_day(b, b->range[NOW].last));
	report_figure(b->report, s, c.title, &c, &from);
	free(value);
	trend_release(&t);
}

/* ---- by touchpoint ---- */

static void add_touchpoint(struct build *b, struct table *t, const char *name,
			   const struct nps_counts *c)
{
	struct report *r = b->report;
	struct nps_result n = nps_finish(c);

	table_cell(r, t, value_text(*name ? tr(name) : tr("(none)")));
	table_cell(r, t, value_count((int64_t)n.n));
	table_cell(r, t, value_count((int64_t)c->promoters));
	table_cell(r, t, value_count((int64_t)c->passives));
	table_cell(r, t, value_count((int64_t)c->detractors));
	table_cell(r, t, value_score(n.nps));
	table_cell(r, t, value_score(n.ci_low));
	table_cell(r, t, value_score(n.ci_high));
}

static void write_touchpoints(struct build *b, struct section *s,
			      const struct opinion *o)
{
	struct report *r = b->report;
	uint32_t *order = group_sorted(o->touchpoints);
	struct origin from = origin_of(b, SURVEYS, NULL,
				       "crm-nps%s --by touchpoint %s",
				       question_option(b, o),
				       origin_period(b, b->range[NOW]));
	struct table *t = report_table(
		r, s, report_fmt(r, tr("Score by occasion, %s"),
				 b->label[NOW]), &from);

	table_column(r, t, "touchpoint", tr("Occasion"), VALUE_TEXT);
	table_column(r, t, "n", tr("Answers"), VALUE_COUNT);
	table_column(r, t, "promoters", tr("Promoters"), VALUE_COUNT);
	table_column(r, t, "passives", tr("Passives"), VALUE_COUNT);
	table_column(r, t, "detractors", tr("Detractors"), VALUE_COUNT);
	table_column(r, t, "nps", tr("Score"), VALUE_SCORE);
	table_column(r, t, "ci_low", tr("95% from"), VALUE_SCORE);
	table_column(r, t, "ci_high", tr("95% to"), VALUE_SCORE);
	for (size_t i = 0; i < group_count(o->touchpoints); i++) {
		struct nps_counts c = count(o, b->range[NOW], order[i]);
		if (c.promoters + c.passives + c.detractors)
			add_touchpoint(b, t,
				       report_str(r, group_key(o->touchpoints,
							       order[i])),
				       &c);
	}
	free(order);
}

static bool any_in_period(const struct build *b, const struct opinion *o)
{
	struct nps_counts c = count(o, b->range[NOW], ANY);

	return c.promoters + c.passives + c.detractors > 0;
}

static void write_section(struct build *b, struct section *s,
			  struct opinion *o)
{
	if (o->n == 0) {
		report_absent(b->report, s, "%s",
			      tr("There are no answers up to the end of the "
				 "period."));
		return;
	}
	if (!choose(b, o)) {
		report_absent(b->report, s, "%s",
			      tr("None of the questions in the surveys can be "
				 "taken for the one about recommending: "
				 "--question names it."));
		return;
	}
	write_card(b, o);
	draw_trend(b, s, o);
	if (!any_in_period(b, o))
		report_absent(b->report, s, "%s",
			      tr("There are no answers in the period itself."));
	else if (o->has_touchpoint)
		write_touchpoints(b, s, o);
}

void opinion_read(struct build *b)
{
	struct section *s = report_section(b->report, REPORT_BODY, "nps",
					   tr("Satisfaction"));
	struct opinion o = { .first_day = DAY_NONE };

	if (!inputs_have(b, SURVEYS)) {
		report_absent(b->report, s, "%s",
			      tr("There are no surveys in the data: this "
				 "section is left out."));
		return;
	}
	o.questions = group_new(0, 0, NULL, NULL);
	o.touchpoints = group_new(0, 0, NULL, NULL);
	read_rows(b, &o);
	write_section(b, s, &o);
	group_free(o.questions);
	group_free(o.touchpoints);
	free(o.answer);
}
