/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-nps: surveys in, the net promoter score with its interval out, one row
 * per group and period. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/utf8.h"
#include "stream/by.h"
#include "stream/input.h"
#include "stream/output.h"
#include "canon/survey.h"

enum { SCORE, QUESTION, SCALE_MAX, DATE, COLUMNS };

/* --promoters and --detractors when not given */
#define NOT_GIVEN INT64_MIN

static const char *const units[] = { NULL, "week", "month", "quarter", "year" };

struct options {
	struct common common;
	const char *question;
	const char *scale;
	int64_t promoter, detractor;
	int trend;
};

/* The answers to one question in one group. */
struct tally {
	struct nps_counts counts;
	uint64_t bad;		/* scores that are none of the scale */
	size_t label, question;
};

struct survey {
	const struct options *o;
	struct nps_scale scale;
	struct input *in;
	struct output *out;
	struct by by;
	struct group *questions;
	struct group *tallies;	/* by label and question */
};

/* ---- options ---- */

/* "0-10": the lowest and the highest score. */
static bool parse_scale(const char *text, struct nps_scale *scale)
{
	struct text rest = text_of(text), low;

	return text_split(&rest, '-', &low) && number_int(low, &scale->low) &&
	       number_int(rest, &scale->high) && scale->low < scale->high;
}

static struct nps_scale scale_of(const struct options *o)
{
	struct nps_scale s;

	if (!parse_scale(o->scale, &s))
		die_usage("--scale: \"%s\" is not LOW-HIGH, such as 0-10",
			  o->scale);
	s.promoter = o->promoter == NOT_GIVEN ? 9 : o->promoter;
	s.detractor = o->detractor == NOT_GIVEN ? 6 : o->detractor;
	if (s.high != 10 &&
	    (o->promoter == NOT_GIVEN || o->detractor == NOT_GIVEN))
		die_usage("--scale %s needs --promoters and --detractors: "
			  "9 and 6 are meant for a scale that ends at 10",
			  o->scale);
	if (!nps_scale_ok(&s))
		die_usage("--scale %s, --promoters %lld, --detractors %lld: "
			  "detractors must end below promoters, both on the "
			  "scale",
			  o->scale, (long long)s.promoter,
			  (long long)s.detractor);
	return s;
}

/* ---- reading ---- */

static struct tally *tally_of(struct survey *s, const struct cell *c)
{
	size_t label = by_label(&s->by, c);
	size_t question = group_intern(s->questions, c[QUESTION].text);
	size_t key[2] = { label, question };
	struct text bytes = { (const char *)key, sizeof(key) };
	struct tally *t =
		group_entry(s->tallies, group_intern(s->tallies, bytes));

	t->label = label;
	t->question = question;
	return t;
}

static void set_aside(struct survey *s, const struct cell *c,
		      enum reason reason)
{
	const char *scale = s->o->scale;
	char value[NUMBER_MAX_BYTES];
	bool other_scale = survey_other_scale(&s->scale, &c[SCALE_MAX]);
	int n = (int)number_format(other_scale ? c[SCALE_MAX].real :
						 c[SCORE].real,
				   value);

	if (other_scale)
		input_reject(s->in, SCALE_MAX, reason,
			     "a scale that ends at %.*s, where --scale is %s",
			     n, value, scale);
	else if (reason == REASON_BAD_VALUE)
		input_reject(s->in, SCORE, reason,
			     "%.*s is not a whole score", n, value);
	else
		input_reject(s->in, SCORE, reason, "%.*s is outside %s", n,
			     value, scale);
}

static bool is_usual(struct text question)
{
	return text_is(question, "nps") || text_is(question, "recommend");
}

/*
 * Whether a row is an answer to the question that is asked for, as far as one
 * can tell before the end: without --question, another than the usual ones
 * may turn out to be the only one. Its scores are not set aside, since it
 * rather has a scale of its own, but counted.
 */
static bool is_sure(const struct survey *s, const struct cell *c)
{
	return s->o->question || !input_has(s->in, QUESTION) ||
	       is_usual(c[QUESTION].text);
}

static bool is_left_out(const struct options *o, const struct cell *c)
{
	if (o->question && !text_is(c[QUESTION].text, o->question))
		return true;
	return o->common.as_of != DAY_NONE && c[DATE].day > o->common.as_of;
}

static void read_rows(struct survey *s)
{
	struct row row;

	while (input_next(s->in, &row)) {
		const struct cell *c = row.cell;

		if (is_left_out(s->o, c)) {
			input_skip(s->in);
			continue;
		}
		enum reason reason = survey_judge(&s->scale, &c[SCORE],
						  &c[SCALE_MAX]);

		if (reason != REASON_NONE && is_sure(s, c))
			set_aside(s, c, reason);
		else if (reason != REASON_NONE)
			tally_of(s, c)->bad++;
		else
			nps_add(&tally_of(s, c)->counts, &s->scale,
				c[SCORE].real);
	}
}

/* ---- which question ---- */

static _Noreturn void refuse_questions(const struct survey *s)
{
	uint32_t *order = group_sorted(s->questions);
	struct buf list = { 0 };

	for (size_t i = 0; i < group_count(s->questions) && i < 20; i++) {
		struct text q = group_key(s->questions, order[i]);

		buf_adds(&list, i ? ", " : "");
		if (q.n)
			utf8_show(&list, q, 40);
		else
			buf_adds(&list, "(empty)");
	}
	free(order);
	die("%zu questions and neither nps nor recommend among them: choose "
	    "one by --question: %s%s",
	    group_count(s->questions), list.p,
	    group_count(s->questions) > 20 ? ", ..." : "");
}

/* Number of the question whose answers count; SIZE_MAX: there are none. */
static size_t chosen_question(const struct survey *s)
{
	size_t nps = group_find(s->questions, TEXT("nps"));
	size_t recommend = group_find(s->questions, TEXT("recommend"));

	if (group_count(s->questions) == 0)
		return SIZE_MAX;
	if (group_count(s->questions) == 1)
		return 0;
	if (nps == SIZE_MAX && recommend == SIZE_MAX)
		refuse_questions(s);
	return nps != SIZE_MAX ? nps : recommend;
}

static uint64_t answers(const struct tally *t)
{
	return t->counts.promoters + t->counts.passives +
	       t->counts.detractors + t->bad;
}

/* The chosen question's tallies by label; the others' rows count as left
 * out. The caller frees. */
static struct nps_counts *by_labels(struct survey *s, size_t question)
{
	struct nps_counts *all =
		mem_zalloc(by_count(&s->by), sizeof(*all));
	uint64_t left_out = 0, bad = 0;

	for (size_t i = 0; i < group_count(s->tallies); i++) {
		const struct tally *t = group_entry(s->tallies, i);

		if (t->question != question) {
			left_out += answers(t);
			continue;
		}
		bad += t->bad;
		nps_merge(&all[t->label], &t->counts);
	}
	if (bad > 0)
		die("%llu of the only question's scores are no whole numbers "
		    "of %s; --question with its name sets such rows aside",
		    (unsigned long long)bad, s->o->scale);
	input_unuse(s->in, left_out);
	return all;
}

/* ---- writing ---- */

static void write_row(struct output *out, const struct nps_counts *c)
{
	struct nps_result r = nps_finish(c);
	const double value[] = { r.nps, r.se, r.ci_low, r.ci_high };

	output_int(out, (int64_t)r.n);
	output_int(out, (int64_t)c->promoters);
	output_int(out, (int64_t)c->passives);
	output_int(out, (int64_t)c->detractors);
	for (size_t i = 0; i < NELEMS(value); i++) {
		if (r.n)
			output_fixed4(out, value[i]);
		else
			output_empty(out);
	}
	output_end(out);
}

/* Groups in order; one that only other questions were asked in is none. */
static void write_rows(const struct survey *s, const struct nps_counts *all)
{
	size_t *order = by_order(&s->by);
	bool grouped = s->by.n > 0 || s->by.unit;

	for (size_t i = 0; i < by_count(&s->by); i++) {
		const struct nps_counts *c = &all[order[i]];

		if (grouped && c->promoters + c->passives + c->detractors == 0)
			continue;
		by_put(&s->by, order[i], s->out);
		write_row(s->out, c);
	}
	free(order);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	bool dated = o->trend || o->common.as_of != DAY_NONE;
	const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_FILLED },
		[QUESTION] = { "question", COL_TEXT,
			       o->question ? INPUT_REQUIRED : INPUT_OPTIONAL },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
	};
	static const struct output_column result[] = {
		{ "n", COL_INT },	  { "promoters", COL_INT },
		{ "passives", COL_INT },  { "detractors", COL_INT },
		{ "nps", COL_FIXED4 },	  { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
	};
	struct survey s = { .o = o, .scale = scale_of(o) };

	s.questions = group_new(0, 0, NULL, NULL);
	s.tallies = group_new(sizeof(struct tally), 0, NULL, NULL);
	s.in = by_input(&s.by, &o->common, schema_find(TEXT("surveys")),
			columns, dated ? COLUMNS : DATE, files, nfiles);
	if (o->trend)
		by_trend(&s.by, units[o->trend], DATE);
	s.out = by_open(&s.by, &o->common, result, NELEMS(result));
	read_rows(&s);
	struct nps_counts *all = by_labels(&s, chosen_question(&s));

	write_rows(&s, all);
	free(all);
	input_close(s.in, output_rows(s.out));
	by_release(&s.by);
	group_free(s.questions);
	group_free(s.tallies);
	return output_close(s.out);
}

int main(int argc, char **argv)
{
	struct options o = { .scale = "0-10",
			     .promoter = NOT_GIVEN,
			     .detractor = NOT_GIVEN };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "question", "ID",
		  "this question only (nps, recommend, or the one)",
		  &o.question },
		{ OPT_TEXT, 0, "scale", "LOW-HIGH",
		  "whole scores that are possible (0-10)", &o.scale },
		{ OPT_INT, 0, "promoters", "SCORE",
		  "from this score on a promoter (9)", &o.promoter, -1000000,
		  1000000 },
		{ OPT_INT, 0, "detractors", "SCORE",
		  "up to this score a detractor (6)", &o.detractor, -1000000,
		  1000000 },
		{ OPT_CHOICE, 0, "trend", "none|week|month|quarter|year",
		  "one row per period", &o.trend },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-nps", "[OPTION...] [FILE...]",
		"Net promoter score of surveys with its 95 % interval.\n"
		"in: surveys: score, and question, date where they matter\n"
		"out: [period,][groups,]n,promoters,passives,detractors,"
		"nps,se,ci_low,\n     ci_high",
		"crm-nps --trend month --by store_id surveys.csv", opts
	};
	size_t nfiles;
	char **files;

	msg_init("crm-nps");
	common_init(&o.common);
	files = opt_parse(&program, argc, argv, &nfiles);
	return run(&o, files, nfiles);
}
