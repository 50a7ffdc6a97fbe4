/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --drivers: which questions go with the outcome, and how well each is done.
 * --question names the outcome; without it the first of the usual ones that
 * was asked.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/nps/figures.h"
#include "cmd/nps/responses.h"
#include "model/drivers.h"

static int64_t answered;	/* --answered, percent */

/* Half of the responses must have answered a question. */
#define ANSWERED 50

static const char *outcome_of(const struct nps_options *o)
{
	return o->question ? o->question : usual_nps[0];
}

/* The answers of each group, by its number. */
struct sets {
	const struct nps_options *o;
	struct drivers **group;
	size_t groups, cap;
};

static struct drivers *set_of(struct sets *s, size_t group)
{
	while (s->groups <= group) {
		s->group = mem_grow(s->group, s->groups, &s->cap,
				    sizeof(struct drivers *));
		s->group[s->groups++] = drivers_new(text_of(outcome_of(s->o)));
	}
	return s->group[group];
}

/* Of a group among others it is told when asked for; its questions have no
 * figures then. */
static void tell(const struct responses *r, size_t group,
		 enum drivers_fault fault)
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
	struct buf name = { 0 };
	struct text rest, cell;

	if (fault == DRIVERS_FINE)
		return;
	if (r->by.n == 0 && !r->by.unit)
		die("the outcome \"%s\": %s", outcome_of(r->o), why[fault]);
	if (!r->o->common.verbose)
		return;
	rest = group_key(r->by.labels, group);
	while (text_split(&rest, '\0', &cell)) {
		buf_adds(&name, name.n ? ", " : "");
		utf8_show(&name, cell, 40);
	}
	warn("%s: the outcome \"%s\": %s", name.p ? name.p : "",
	     outcome_of(r->o), why[fault]);
	buf_release(&name);
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

static void put_group(struct output *out, const struct responses *r,
		      struct drivers *d, size_t group)
{
	double least = (double)(answered ? answered : ANSWERED) / 100;
	struct drivers_whole whole;

	tell(r, group, drivers_finish(d, least));
	whole = drivers_whole(d);
	for (size_t i = 0; i < drivers_count(d); i++) {
		struct driver v = drivers_driver(d, i);

		by_put(&r->by, group, out);
		put_row(out, &v, r->o, &whole);
	}
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column figures[] = {
		{ "question", COL_TEXT },    { "n", COL_INT },
		{ "performance", COL_FIXED4 }, { "correlation", COL_FIXED4 },
		{ "weight", COL_SHARE },     { "importance", COL_SHARE },
		{ "shapley", COL_SHARE },    { "vif", COL_FIXED4 },
		{ "quadrant", COL_TEXT },    { "outcome", COL_TEXT },
		{ "cases", COL_INT },	     { "r2", COL_SHARE },
		{ "condition", COL_FIXED4 },
	};
	struct sets s = { .o = o };
	struct responses r;
	const struct cell *c;
	struct output *out;
	size_t groups;

	(void)value;
	out = responses_open(&r, o, figures, NELEMS(figures), files, nfiles);
	while (responses_next(&r, &c))
		drivers_add(set_of(&s, by_label(&r.by, c)),
			    c[RESPONSE_ID].text, c[RESPONSE_QUESTION].text,
			    c[RESPONSE_SCORE].real, responses_scale_max(c));
	groups = responses_groups(&r);
	/* Without any row there is no fault: the header is the result. */
	for (size_t i = 0; i < groups && r.any; i++)
		put_group(out, &r, set_of(&s, r.order[i]), r.order[i]);
	for (size_t i = 0; i < s.groups; i++)
		drivers_free(s.group[i]);
	free(s.group);
	return responses_close(&r, out);
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
