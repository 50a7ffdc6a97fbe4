/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --drivers: which questions go with the outcome, and how well each is done.
 * --question names the outcome; without it the first of the usual ones that
 * was asked.
 */
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/figures.h"
#include "model/drivers.h"

enum { SCORE, QUESTION, RESPONSE, SCALE_MAX, DATE, COLUMNS };

static int64_t answered;	/* --answered, percent */

/* Half of the responses must have answered a question. */
#define ANSWERED 50

/* False when there are none: no fault then, the header is the result. */
static bool read_answers(struct drivers *d, const struct nps_options *o,
			 struct input *in)
{
	struct row row;
	bool any = false;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		any = true;
		if (is_later(o, &c[DATE]) || !c[SCORE].known ||
		    !c[QUESTION].known)
			input_skip(in);
		else
			drivers_add(d, c[RESPONSE].text, c[QUESTION].text,
				    c[SCORE].real,
				    c[SCALE_MAX].known ? c[SCALE_MAX].real :
							 0);
	}
	return any;
}

static const char *outcome_of(const struct nps_options *o)
{
	return o->question ? o->question : usual_nps[0];
}

static void refuse(const struct nps_options *o, enum drivers_fault fault)
{
	static const char *const why[] = {
		[DRIVERS_NO_OUTCOME] = "nobody answered it; --question names "
				       "another outcome",
		[DRIVERS_NO_QUESTION] = "there is no other question that "
					"enough of those who answered it "
					"answered, and not all alike",
		[DRIVERS_TOO_MANY] = "more than 60 questions are to be held "
				     "against it; --where leaves some out",
		[DRIVERS_TOO_FEW] = "too few responses answered it and all "
				    "the questions that are held against it",
		[DRIVERS_NO_SPREAD] = "all gave it the same score",
	};

	if (fault != DRIVERS_FINE)
		die("the outcome \"%s\": %s", outcome_of(o), why[fault]);
}

static void put_row(struct output *out, const struct driver *v,
		    const struct nps_options *o,
		    const struct drivers_whole *whole)
{
	output_text(out, v->question);
	output_int(out, (int64_t)v->n);
	put_fixed4(out, v->n > 0, v->performance);
	put_fixed4(out, true, v->correlation);
	output_share_real(out, v->weight);
	output_share_real(out, v->importance);
	output_share_real(out, v->shapley);
	put_fixed4(out, true, v->vif);
	output_str(out, drivers_quadrant_names[v->quadrant]);
	output_str(out, outcome_of(o));
	output_int(out, (int64_t)whole->cases);
	output_share_real(out, whole->r2);
	put_fixed4(out, true, whole->condition);
	output_end(out);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[QUESTION] = { "question", COL_TEXT, INPUT_REQUIRED },
		[RESPONSE] = { "response_id", COL_TEXT, INPUT_FILLED },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY,
			   is_dated(o) ? INPUT_FILLED : INPUT_OPTIONAL },
	};
	static const struct output_column figures[] = {
		{ "question", COL_TEXT },    { "n", COL_INT },
		{ "performance", COL_FIXED4 }, { "correlation", COL_FIXED4 },
		{ "weight", COL_SHARE },     { "importance", COL_SHARE },
		{ "shapley", COL_SHARE },    { "vif", COL_FIXED4 },
		{ "quadrant", COL_TEXT },    { "outcome", COL_TEXT },
		{ "cases", COL_INT },	     { "r2", COL_SHARE },
		{ "condition", COL_FIXED4 },
	};
	struct drivers *d = drivers_new(text_of(outcome_of(o)));
	struct drivers_whole whole;
	struct output *out;
	struct input *in;

	(void)value;
	if (o->common.by || o->trend)
		die_usage("--drivers is of all answers: choose some by "
			  "--where and --period");
	in = input_open(&o->common, schema_find(TEXT("surveys")), columns,
			COLUMNS, files, nfiles);
	if (read_answers(d, o, in))
		refuse(o, drivers_finish(
				  d, (double)(answered ? answered : ANSWERED) /
					     100));
	whole = drivers_whole(d);
	out = output_open(&o->common, figures, NELEMS(figures));
	for (size_t i = 0; i < drivers_count(d); i++) {
		struct driver v = drivers_driver(d, i);

		put_row(out, &v, o, &whole);
	}
	input_close(in, output_rows(out));
	drivers_free(d);
	return output_close(out);
}

static const struct opt answered_opts[] = {
	{ OPT_INT, 0, "answered", "PERCENT",
	  "leave out questions that fewer answered (50)", &answered, 1, 100,
	  .common = true },
	{ OPT_END },
};

const struct analysis analysis_drivers = {
	.name = "drivers",
	.help = "what goes with the outcome",
	.takes = TAKES_QUESTION,
	.uses = { answered_opts },
	.run = run,
};
