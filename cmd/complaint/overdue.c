/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint overdue LOG: every timer of every open case whose time is up,
 * or will soon be, the latest first.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/timers.h"

#include "cmd/complaint/casesource.h"
#include "cmd/complaint/timecells.h"
#include "cmd/complaint/verbs.h"

static const struct output_column columns[] = {
	{ "case_id", COL_TEXT },     { "timer", COL_TEXT },
	{ "state", COL_TEXT },	     { "owner", COL_TEXT },
	{ "severity", COL_TEXT },    { "paused", COL_TEXT },
	{ "started_at", COL_INSTANT }, { "within", COL_TEXT },
	{ "due", COL_INSTANT },	     { "late", COL_TEXT },
	{ "late_minutes", COL_INT }, { "late_working_minutes", COL_INT },
	{ "remind_at", COL_INSTANT }, { "as_of", COL_DAY },
};

#define GIVEN SIZE_MAX	/* the due time of a case, of no timer */

/* A timer that is late, or soon due. */
struct late {
	size_t i, order;	/* case; by case_id */
	size_t timer;
	int64_t due;
};

struct overdue {
	struct casesource src;
	struct common *common;
	const struct timers *timers;
	struct workflow_limit within;	/* n 0: only what is late */
	struct output *out;
	struct late *late;
	size_t n, cap;
};

/* Late, or due within so much of the time that the timer counts. */
static bool is_urgent(const struct overdue *o, bool working, int64_t due)
{
	const struct workflow_timer clock = { .working = working };
	int64_t today = o->src.asked.when.today, left;

	if (due == CASEWORK_NO_TIME || due < today || o->within.n == 0)
		return due != CASEWORK_NO_TIME && due < today;
	left = due - today;
	if (working)
		left = calendar_between(o->src.calendar, today, due);
	return left <= timers_length(o->timers, &clock, o->within);
}

static void add(struct overdue *o, size_t i, size_t order, size_t timer,
		int64_t due)
{
	o->late = mem_grow(o->late, o->n, &o->cap, sizeof(*o->late));
	o->late[o->n++] = (struct late){ i, order, timer, due };
}

static void look_at(struct overdue *o, size_t i, size_t order)
{
	struct casework_when when = o->src.asked.when;
	struct casework_case c = casework_case(o->src.cases, i, when);
	bool deadline = false;

	if (workflow_state(o->src.workflow, c.state)->closed)
		return;
	for (size_t k = 0; k < timers_count(o->timers); k++) {
		const struct workflow_timer *t = timers_timer(o->timers, k);
		struct timers_status s = timers_status(o->timers, i, k, when);

		if (s.state != TIMERS_RUNNING && s.state != TIMERS_PAUSED)
			continue;
		deadline |= t->deadline;
		if (is_urgent(o, t->working, s.due))
			add(o, i, order, k, s.due);
	}
	/* A due time that an event gave, where no timer stands for it. */
	if (!deadline && is_urgent(o, false, c.due))
		add(o, i, order, GIVEN, c.due);
}

/* The longest overdue first; then by case_id, and in the workflow's order. */
static int by_due(const void *a, const void *b)
{
	const struct late *x = a, *y = b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return (x->timer > y->timer) - (x->timer < y->timer);
}

/* How late, or how much time is left: then less than 0. */
static void put_late(struct overdue *o, int64_t due)
{
	int64_t today = o->src.asked.when.today;
	const struct calendar *cal = o->src.calendar;
	int64_t next = calendar_next(cal, today);

	timecells_yes(o->out, today > due);
	timecells_minutes(o->out, today - due);
	timecells_minutes(o->out, calendar_between(cal, due, today) -
					  calendar_between(cal, today, due));
	timecells_instant(o->out, o->src.place,
			  next == CALENDAR_NEVER ? CASEWORK_NO_TIME : next);
}

static void write_row(struct overdue *o, const struct late *l)
{
	struct casework_when when = o->src.asked.when;
	struct casework_case c = casework_case(o->src.cases, l->i, when);
	struct output *out = o->out;

	output_text(out, c.case_id);
	if (l->timer == GIVEN)
		output_str(out, "due");
	else
		output_text(out, timers_timer(o->timers, l->timer)->name);
	output_text(out, o->src.cols.state[c.state]);
	output_text(out, c.owner);
	output_text(out, c.severity);
	timecells_yes(out, c.paused);
	if (l->timer == GIVEN) {
		output_empty(out);
		output_empty(out);
	} else {
		struct timers_status s =
			timers_status(o->timers, l->i, l->timer, when);

		timecells_instant(out, o->src.place, s.start);
		timecells_limit(out, timers_timer(o->timers, l->timer)
					     ->within[s.severity]);
	}
	timecells_instant(out, o->src.place, l->due);
	put_late(o, l->due);
	output_day(out, o->src.asked.day);
	output_end(out);
}

static int run(struct overdue *o, char **files, size_t n)
{
	uint32_t *chosen;

	o->src.all_timers = true;
	casesource_open(&o->src, files, n);
	o->timers = o->src.timers;
	casesource_read(&o->src);
	chosen = casecols_choose(&o->src.cols, &n);
	for (size_t k = 0; k < n; k++)
		look_at(o, chosen[k], k);
	free(chosen);
	if (o->n > 0)
		qsort(o->late, o->n, sizeof(*o->late), by_due);
	o->out = output_open(o->common, columns, NELEMS(columns));
	for (size_t k = 0; k < o->n; k++)
		write_row(o, &o->late[k]);
	casesource_close(&o->src, output_rows(o->out));
	return output_close(o->out);
}

int overdue_main(int argc, char **argv)
{
	const char *within = NULL;
	struct overdue o = { .n = 0 };
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	o.common = &common;
	casesource_init(&o.src, &common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "within", "TIME",
		  "also what is due so soon: 30m, 4h, 2d", .to = &within },
		{ .kind = OPT_INCLUDE, .to = o.src.opts },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint overdue", "[OPTION...] LOG | [FILE...]",
		"Writes the timers of open cases whose time is up, a row each, "
		"the longest\noverdue first: case_id,timer,state,owner,"
		"severity,paused,started_at,within,\ndue,late,late_minutes,"
		"late_working_minutes,remind_at,as_of.",
		"crm-complaint overdue cases.log --within 4h -t table", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (within && !workflow_limit_parse(text_of(within), &o.within))
		die_usage("--within: \"%s\" is not a time such as 30m, 4h or "
			  "2d", within);
	if (common.by)
		die_usage("--by: the timers are not grouped; see stats");
	status = run(&o, files, n);
	free(o.late);
	return status;
}
