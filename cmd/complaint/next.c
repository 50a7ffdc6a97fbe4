/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint next LOG [CASE]: what may happen to a case now, and who may
 * do it; or the next step of every open case.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/nextsteps.h"

#include "cmd/complaint/casesource.h"
#include "cmd/complaint/timecells.h"
#include "cmd/complaint/verbs.h"

struct next {
	struct casesource src;
	struct common *common;
	const struct timers *timers;
	struct output *out;
};

static void put_roles(struct next *x, const struct nextstep *s)
{
	if (s->anybody)
		output_empty(x->out);
	else if (s->roles)
		timecells_roles(x->out, x->src.workflow, s->roles);
	else
		output_str(x->out, "nobody");
}

/* ---- one case ---- */

static const struct output_column step_columns[] = {
	{ "case_id", COL_TEXT },  { "state", COL_TEXT },
	{ "paused", COL_TEXT },	  { "event", COL_TEXT },
	{ "to", COL_TEXT },	  { "ends", COL_TEXT },
	{ "roles", COL_TEXT },	  { "required", COL_TEXT },
	{ "guards", COL_TEXT },	  { "timer", COL_TEXT },
	{ "due", COL_INSTANT },
};

static void write_step(struct next *x, const struct casework_case *c,
		       const struct nextstep *s)
{
	const struct workflow *w = x->src.workflow;
	struct output *out = x->out;

	output_text(out, c->case_id);
	output_text(out, x->src.cols.state[c->state]);
	timecells_yes(out, c->paused);
	output_text(out, workflow_event(w, s->event)->name);
	output_text(out, x->src.cols.state[s->to]);
	timecells_yes(out, workflow_state(w, s->to)->closed);
	put_roles(x, s);
	timecells_required(out, w, s->rule);
	timecells_guards(out, w, s->rule);
	if (s->timer == NEXTSTEPS_NO_TIMER)
		output_empty(out);
	else
		output_text(out, timers_timer(x->timers, s->timer)->name);
	timecells_instant(out, x->src.place, s->due);
	output_end(out);
}

static void write_steps(struct next *x, size_t i)
{
	const struct workflow *w = x->src.workflow;
	struct casework_case c =
		timers_case(x->timers, i, x->src.asked.when);
	struct nextstep *step =
		mem_alloc((size_t)workflow_events(w), sizeof(*step));
	size_t n = nextsteps_list(x->timers, w, &c, i, x->src.asked.when,
				  step);

	x->out = output_open(x->common, step_columns, NELEMS(step_columns));
	for (size_t k = 0; k < n; k++)
		write_step(x, &c, &step[k]);
	free(step);
}

/* ---- all open cases ---- */

static const struct output_column case_columns[] = {
	{ "case_id", COL_TEXT },  { "state", COL_TEXT },
	{ "paused", COL_TEXT },	  { "owner", COL_TEXT },
	{ "severity", COL_TEXT }, { "next", COL_TEXT },
	{ "to", COL_TEXT },	  { "roles", COL_TEXT },
	{ "required", COL_TEXT }, { "timer", COL_TEXT },
	{ "due", COL_INSTANT },	  { "late", COL_TEXT },
	{ "as_of", COL_DAY },
};

/* An open case with the timer whose time is up first. */
struct open_case {
	size_t i, order;	/* order: by case_id */
	size_t timer;
	struct timers_status nearest;
};

static bool has_due(const struct open_case *o)
{
	return o->timer != NEXTSTEPS_NO_TIMER;
}

/* By due time, those without one last; then by case_id. */
static int by_due(const void *a, const void *b)
{
	const struct open_case *x = a, *y = b;

	if (has_due(x) != has_due(y))
		return has_due(y) - has_due(x);
	if (has_due(x) && x->nearest.due != y->nearest.due)
		return x->nearest.due < y->nearest.due ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static void write_next(struct next *x, const struct casework_case *c, size_t i)
{
	const struct workflow *w = x->src.workflow;
	struct nextstep s;

	if (!nextsteps_first(x->timers, w, c, i, x->src.asked.when, &s)) {
		for (int k = 0; k < 4; k++)
			output_empty(x->out);
		return;
	}
	output_text(x->out, workflow_event(w, s.event)->name);
	output_text(x->out, x->src.cols.state[s.to]);
	put_roles(x, &s);
	timecells_required(x->out, w, s.rule);
}

static void write_case(struct next *x, const struct open_case *o)
{
	struct casework_case c =
		timers_case(x->timers, o->i, x->src.asked.when);
	struct output *out = x->out;

	output_text(out, c.case_id);
	output_text(out, x->src.cols.state[c.state]);
	timecells_yes(out, c.paused);
	output_text(out, c.owner);
	output_text(out, c.severity);
	write_next(x, &c, o->i);
	if (has_due(o)) {
		output_text(out, timers_timer(x->timers, o->timer)->name);
		timecells_instant(out, x->src.place, o->nearest.due);
		timecells_yes(out, o->nearest.late);
	} else {
		output_empty(out);
		timecells_instant(out, x->src.place, c.due);
		if (c.due == CASEWORK_NO_TIME)
			output_empty(out);
		else
			timecells_yes(out, c.overdue);
	}
	output_day(out, x->src.asked.day);
	output_end(out);
}

static void write_cases(struct next *x)
{
	size_t n, open = 0;
	uint32_t *chosen = casecols_choose(&x->src.cols, &n);
	struct open_case *o = mem_alloc(n, sizeof(*o));

	for (size_t k = 0; k < n; k++) {
		struct casework_case c = casework_case(x->src.cases, chosen[k],
						       x->src.asked.when);

		if (workflow_state(x->src.workflow, c.state)->closed)
			continue;
		o[open] = (struct open_case){ .i = chosen[k], .order = k };
		o[open].timer = nextsteps_nearest(x->timers, chosen[k],
						  x->src.asked.when,
						  &o[open].nearest);
		open++;
	}
	if (open > 0)
		qsort(o, open, sizeof(*o), by_due);
	x->out = output_open(x->common, case_columns, NELEMS(case_columns));
	for (size_t k = 0; k < open; k++)
		write_case(x, &o[k]);
	free(o);
	free(chosen);
}

/* ---- */

static int run(struct next *x, char **files, size_t n)
{
	size_t i;

	if (n == 2)
		x->src.only = text_of(files[1]);
	x->src.all_timers = true;
	casesource_open(&x->src, files, 1);
	x->timers = x->src.timers;
	casesource_read(&x->src);
	if (n == 1)
		write_cases(x);
	else if (casework_find(x->src.cases, x->src.only, &i))
		write_steps(x, i);
	else
		die("%s: there is no case \"%s\"", files[0], files[1]);
	casesource_close(&x->src, output_rows(x->out));
	return output_close(x->out);
}

int next_main(int argc, char **argv)
{
	struct next x = { .out = NULL };
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	x.common = &common;
	casesource_init(&x.src, &common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = x.src.opts },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint next", "[OPTION...] LOG [CASE]",
		"Writes what may happen to a case now: case_id,state,paused,"
		"event,to,ends,\nroles,required,guards,timer,due. Without "
		"CASE: the next step of every open\ncase, the most urgent "
		"first.",
		"crm-complaint next cases.log -t table", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n < 1 || n > 2)
		die_usage("a log is needed, and a case at most");
	if (n == 2)
		timecells_one_case(&common);
	if (common.by)
		die_usage("--by: the cases are not grouped; see stats");
	status = run(&x, files, n);
	return status;
}
