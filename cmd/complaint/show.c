/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint show LOG CASE: what happened to one case, event by event; its
 * timers; and how their due times came about.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/timers.h"

#include "cmd/complaint/casesource.h"
#include "cmd/complaint/timecells.h"
#include "cmd/complaint/verbs.h"

/* An event that was taken. Texts are in the arena. */
struct moment {
	uint64_t seq;
	int64_t at, due;
	int event, from, to;
	bool paused;
	int64_t elapsed, working;	/* up to it */
	struct text actor, role, owner, severity, note;
};

struct show {
	struct casesource src;
	struct common *common;
	const struct timers *timers;
	size_t note;			/* casework_event.field of the note */
	struct moment *moment;
	size_t n, cap;
	struct arena texts;
	struct output *out;
};

static struct text keep(struct show *s, struct text t)
{
	return (struct text){ arena_copy(&s->texts, t.p, t.n), t.n };
}

static void see(void *ctx, void *mine, const struct casework_change *c)
{
	struct show *s = ctx;
	const struct casework_event *ev = c->event;
	struct moment m = {
		.seq = casesource_seq(&s->src), .at = ev->at, .due = ev->due,
		.event = c->number, .from = c->from, .to = c->to,
		.paused = c->paused, .actor = keep(s, ev->actor),
		.elapsed = c->elapsed, .working = c->working,
		.role = keep(s, ev->role), .owner = keep(s, ev->owner),
		.severity = keep(s, ev->severity),
	};

	(void)mine;
	if (ev->field)
		m.note = keep(s, ev->field[s->note]);
	if (s->n > 0) {
		m.elapsed += s->moment[s->n - 1].elapsed;
		m.working += s->moment[s->n - 1].working;
	}
	s->moment = mem_grow(s->moment, s->n, &s->cap, sizeof(*s->moment));
	s->moment[s->n++] = m;
}

/* ---- the time line ---- */

static const struct output_column line_columns[] = {
	{ "seq", COL_INT },	   { "at", COL_INSTANT },
	{ "event", COL_TEXT },	   { "actor", COL_TEXT },
	{ "role", COL_TEXT },	   { "from", COL_TEXT },
	{ "to", COL_TEXT },	   { "minutes", COL_INT },
	{ "working_minutes", COL_INT }, { "paused", COL_TEXT },
	{ "owner", COL_TEXT },	   { "severity", COL_TEXT },
	{ "due", COL_INSTANT },	   { "note", COL_TEXT },
};

static void write_moment(struct show *s, const struct moment *m,
			 const struct moment *before)
{
	static const struct moment none = { 0 };
	const struct workflow *w = s->src.workflow;
	struct output *out = s->out;

	if (!before)
		before = &none;
	if (m->seq > 0)
		output_int(out, (int64_t)m->seq);
	else
		output_empty(out);
	timecells_instant(out, s->src.place, m->at);
	output_text(out, workflow_event(w, m->event)->name);
	output_text(out, m->actor);
	output_text(out, m->role);
	output_text(out, s->src.cols.state[m->from]);
	output_text(out, s->src.cols.state[m->to]);
	timecells_step(out, before->elapsed, m->elapsed);
	timecells_step(out, before->working, m->working);
	timecells_yes(out, m->paused);
	output_text(out, m->owner);
	output_text(out, m->severity);
	timecells_instant(out, s->src.place, m->due);
	output_text(out, m->note);
	output_end(out);
}

static void write_line(struct show *s)
{
	s->out = output_open(s->common, line_columns, NELEMS(line_columns));
	for (size_t i = 0; i < s->n; i++)
		write_moment(s, &s->moment[i],
			     i > 0 ? &s->moment[i - 1] : NULL);
}

/* ---- the timers ---- */

static const struct output_column timer_columns[] = {
	{ "timer", COL_TEXT },	      { "state", COL_TEXT },
	{ "started_at", COL_INSTANT }, { "stopped_at", COL_INSTANT },
	{ "severity", COL_TEXT },     { "within", COL_TEXT },
	{ "clock", COL_TEXT },	      { "used_minutes", COL_INT },
	{ "due", COL_INSTANT },	      { "given", COL_TEXT },
	{ "late", COL_TEXT },	      { "late_minutes", COL_INT },
	{ "late_working_minutes", COL_INT }, { "runs", COL_INT },
	{ "as_of", COL_DAY },
};

static void write_late(struct show *s, const struct timers_status *t)
{
	int64_t end = t->state == TIMERS_STOPPED ? t->stop :
						   s->src.asked.when.today;

	if (t->due == CASEWORK_NO_TIME)
		output_empty(s->out);
	else
		timecells_yes(s->out, t->late);
	if (!t->late) {
		output_empty(s->out);
		output_empty(s->out);
		return;
	}
	timecells_minutes(s->out, end - t->due);
	timecells_minutes(s->out,
			  calendar_between(s->src.calendar, t->due, end));
}

static void write_timer(struct show *s, size_t i, size_t k)
{
	static const char *const state[] = {
		[TIMERS_UNUSED] = "unused", [TIMERS_RUNNING] = "running",
		[TIMERS_PAUSED] = "paused", [TIMERS_STOPPED] = "stopped",
	};
	const struct workflow_timer *timer = timers_timer(s->timers, k);
	struct timers_status t =
		timers_status(s->timers, i, k, s->src.asked.when);
	struct output *out = s->out;

	output_text(out, timer->name);
	output_str(out, state[t.state]);
	timecells_instant(out, s->src.place, t.start);
	timecells_instant(out, s->src.place, t.stop);
	if (t.severity > 0)
		output_int(out, t.severity);
	else
		output_empty(out);
	timecells_limit(out, timer->within[t.severity]);
	output_str(out, timer->working ? "working" : "wall");
	timecells_minutes(out, t.used);
	timecells_instant(out, s->src.place, t.due);
	timecells_yes(out, t.given);
	write_late(s, &t);
	output_int(out, t.runs);
	output_day(out, s->src.asked.day);
	output_end(out);
}

static void write_timers(struct show *s, size_t i)
{
	s->out = output_open(s->common, timer_columns, NELEMS(timer_columns));
	for (size_t k = 0; k < timers_count(s->timers); k++)
		write_timer(s, i, k);
}

/* ---- the arithmetic ---- */

static const struct output_column due_columns[] = {
	{ "timer", COL_TEXT },	   { "from", COL_INSTANT },
	{ "to", COL_INSTANT },	   { "minutes", COL_INT },
	{ "counted", COL_INT },	   { "total", COL_INT },
	{ "why", COL_TEXT },	   { "holiday", COL_TEXT },
	{ "holiday_zh", COL_TEXT },
};

static void write_row(struct show *s, size_t k, const struct timers_row *r)
{
	static const char *const why[] = {
		[TIMERS_WORKING] = "working", [TIMERS_MAKEUP] = "makeup",
		[TIMERS_UNLISTED] = "unlisted",
		[TIMERS_BREAK] = "break",     [TIMERS_CLOSED] = "closed",
		[TIMERS_REST] = "rest",	      [TIMERS_HOLIDAY] = "holiday",
		[TIMERS_WAITING] = "paused",  [TIMERS_WALL] = "wall",
	};

	output_text(s->out, timers_timer(s->timers, k)->name);
	timecells_instant(s->out, s->src.place, r->from);
	timecells_instant(s->out, s->src.place, r->to);
	timecells_minutes(s->out, r->to - r->from);
	timecells_step(s->out, r->total - r->counted, r->total);
	timecells_minutes(s->out, r->total);
	output_str(s->out, why[r->why]);
	output_text(s->out, r->name);
	output_text(s->out, r->zh);
	output_end(s->out);
}

static void write_due(struct show *s, size_t i)
{
	s->out = output_open(s->common, due_columns, NELEMS(due_columns));
	for (size_t k = 0; k < timers_count(s->timers); k++) {
		size_t n;
		struct timers_row *row = timers_rows(s->timers, i, k,
						     s->src.asked.when, &n);

		for (size_t r = 0; r < n; r++)
			write_row(s, k, &row[r]);
		free(row);
	}
}

/* ---- */

static size_t note_of(const struct casework *cw)
{
	for (size_t k = 0; k < casework_columns(cw); k++)
		if (text_is(casework_column(cw, k), "note"))
			return k;
	bug("the cases do not have the column note");
}

static int run(struct show *s, char **files, bool timers, bool due)
{
	size_t i;

	s->src.all_timers = true;
	s->src.only = text_of(files[1]);
	casesource_open(&s->src, files, 1);
	if (!casework_fields(s->src.cases, &TEXT("note"), 1))
		die_usage("more than %d columns of the events",
			  CASEWORK_FIELDS);
	s->timers = s->src.timers;
	s->note = note_of(s->src.cases);
	casework_watch(s->src.cases, 0, see, s);
	casesource_read(&s->src);
	if (!casework_find(s->src.cases, s->src.only, &i))
		die("%s: there is no case \"%s\"", files[0], files[1]);
	if (due)
		write_due(s, i);
	else if (timers)
		write_timers(s, i);
	else
		write_line(s);
	casesource_close(&s->src, output_rows(s->out));
	return output_close(s->out);
}

int show_main(int argc, char **argv)
{
	bool timers = false, due = false;
	struct show s = { .n = 0 };
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	s.common = &common;
	casesource_init(&s.src, &common);
	const struct opt opts[] = {
		{ OPT_FLAG, 0, "timers", NULL,
		  "its timers: used, due, late", .to = &timers },
		{ OPT_FLAG, 0, "due", NULL,
		  "how each due time comes about", .to = &due },
		{ .kind = OPT_INCLUDE, .to = s.src.opts },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint show", "[OPTION...] LOG CASE",
		"Writes what happened to a case, a row an event: seq,at,event,"
		"actor,role,\nfrom,to,minutes,working_minutes,paused,owner,"
		"severity,due,note.",
		"crm-complaint show cases.log K3 --due -t table", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 2)
		die_usage("a log and a case are needed");
	timecells_one_case(&common);
	if (timers && due)
		die_usage("--timers and --due are two results; ask for one");
	status = run(&s, files, timers, due);
	free(s.moment);
	arena_release(&s.texts);
	return status;
}
