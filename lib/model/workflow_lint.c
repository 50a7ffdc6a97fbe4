/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint for workflows: reachability first, then rules, timers and maps. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/workflow_lint_in.h"

#define WHERE_BYTES 256

/* ---- telling ---- */

void lint_tell(const struct lint *l, bool error, const char *rule,
	       const char *kind, struct text name, const char *message)
{
	char where[WHERE_BYTES];

	text_putf(where, sizeof(where), "%s %.*s", kind, (int)name.n, name.p);
	l->to->tell(l->to->ctx, error, rule, where, message);
}

void lint_tell_at(const struct lint *l, bool error, const char *rule,
		  size_t state, size_t event, const char *message)
{
	struct text s = workflow_state(l->w, (int)state)->name;
	struct text e = workflow_event(l->w, (int)event)->name;
	char where[2 * WHERE_BYTES];

	text_putf(where, sizeof(where), "transition %.*s%s%.*s", (int)s.n, s.p,
		  s.n ? " " : "", (int)e.n, e.p);
	l->to->tell(l->to->ctx, error, rule, where, message);
}

/* ---- states and events ---- */

int lint_step(const struct lint *l, size_t s, size_t e)
{
	return workflow_step(l->w, (int)s, (int)e);
}

static bool is_closed(const struct lint *l, size_t s)
{
	return workflow_state(l->w, (int)s)->closed;
}

/* Marks what can be reached from the marked states. */
static void spread(const struct lint *l, bool *marked)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < l->states * l->events; i++) {
			int to = lint_step(l, i / l->events, i % l->events);

			if (!marked[i / l->events] || to == WORKFLOW_NOT ||
			    marked[to])
				continue;
			marked[to] = more = true;
		}
	}
}

void lint_spread_back(const struct lint *l, bool *marked)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < l->states * l->events; i++) {
			int to = lint_step(l, i / l->events, i % l->events);

			if (marked[i / l->events] || to == WORKFLOW_NOT ||
			    !marked[to])
				continue;
			marked[i / l->events] = more = true;
		}
	}
}

static void find_ways(struct lint *l)
{
	l->reached = mem_zalloc(l->states, sizeof(*l->reached));
	l->ends = mem_zalloc(l->states, sizeof(*l->ends));
	l->reached[WORKFLOW_NEW] = true;
	spread(l, l->reached);
	for (size_t s = 1; s < l->states; s++)
		l->ends[s] = is_closed(l, s);
	lint_spread_back(l, l->ends);
}

static bool is_left(const struct lint *l, size_t s)
{
	for (size_t e = 0; e < l->events; e++) {
		int to = lint_step(l, s, e);

		if (to != WORKFLOW_NOT && (size_t)to != s)
			return true;
	}
	return false;
}

static void lint_state(const struct lint *l, size_t s)
{
	struct text name = workflow_state(l->w, (int)s)->name;

	if (!l->reached[s])
		lint_tell(l, true, "unreachable", "state", name,
			  "no way leads to this state");
	if (is_closed(l, s))
		return;
	if (!is_left(l, s))
		lint_tell(l, true, "dead-end", "state", name,
			  "no event leaves this state, and it is not closed");
	else if (!l->ends[s])
		lint_tell(l, true, "no-way-out", "state", name,
			  "from here no closed state can be reached");
}

/* Whether an event leads from a closed state to an open one. */
static bool reopens(const struct lint *l)
{
	for (size_t i = 0; i < l->states * l->events; i++) {
		int to = lint_step(l, i / l->events, i % l->events);

		if (is_closed(l, i / l->events) && to != WORKFLOW_NOT &&
		    !is_closed(l, (size_t)to))
			return true;
	}
	return false;
}

static bool is_allowed(const struct lint *l, size_t e)
{
	for (size_t s = 0; s < l->states; s++)
		if (lint_step(l, s, e) != WORKFLOW_NOT)
			return true;
	return false;
}

static void lint_states(const struct lint *l)
{
	struct text name = workflow_name(l->w);
	bool start = false, terminal = false;

	for (size_t e = 0; e < l->events; e++)
		start = start || lint_step(l, WORKFLOW_NEW, e) != WORKFLOW_NOT;
	for (size_t s = 1; s < l->states; s++)
		terminal = terminal || is_closed(l, s);
	if (!start)
		lint_tell(l, true, "no-start", "workflow", name,
			  "no event opens a case (from @new)");
	if (!terminal)
		lint_tell(l, true, "no-terminal", "workflow", name,
			  "no state is closed: no case ever ends");
	for (size_t s = 1; s < l->states; s++)
		lint_state(l, s);
	if (terminal && !reopens(l))
		lint_tell(l, false, "no-reopening", "workflow", name,
			  "no event takes a closed case up again");
}

static void lint_events(const struct lint *l)
{
	bool pause = false, resume = false, lowers = false;

	for (size_t e = 0; e < l->events; e++) {
		const struct workflow_event *ev = workflow_event(l->w, (int)e);

		pause = pause || ev->clock == WORKFLOW_CLOCK_PAUSE;
		resume = resume || ev->clock == WORKFLOW_CLOCK_RESUME;
		lowers = lowers || ev->lowers;
		if (!is_allowed(l, e))
			lint_tell(l, false, "unused-event", "event", ev->name,
				  "allowed in no state");
		if (lint_step(l, WORKFLOW_NEW, e) != WORKFLOW_NOT && !ev->forms)
			lint_tell(l, false, "no-form", "event", ev->name,
				  "opens cases, and asks for no columns");
	}
	if (pause && !resume)
		lint_tell(l, false, "no-resume", "workflow",
			  workflow_name(l->w),
			  "an event stops the clock, and none sets it going");
	if (workflow_has_levels(l->w) && !lowers)
		lint_tell(l, false, "no-lowering", "workflow",
			  workflow_name(l->w),
			  "a severity given by mistake can never be lowered");
}

/* ---- names ---- */

static void want_chinese(const struct lint *l, const char *kind,
			 struct text name, struct text zh)
{
	if (zh.n == 0)
		lint_tell(l, false, "no-chinese", kind, name,
			  "has no name in Chinese (\"zh\")");
}

static void lint_names(const struct lint *l)
{
	const struct workflow *w = l->w;

	for (int r = 0; r < workflow_roles(w); r++)
		want_chinese(l, "role", workflow_role(w, r)->name,
			     workflow_role(w, r)->zh);
	for (int s = 1; s < (int)l->states; s++)
		want_chinese(l, "state", workflow_state(w, s)->name,
			     workflow_state(w, s)->zh);
	for (int e = 0; e < (int)l->events; e++)
		want_chinese(l, "event", workflow_event(w, e)->name,
			     workflow_event(w, e)->zh);
	for (int t = 0; t < workflow_timers(w); t++)
		want_chinese(l, "timer", workflow_timer(w, t)->name,
			     workflow_timer(w, t)->zh);
}

void workflow_lint(const struct workflow *w, const struct workflow_lint *to)
{
	struct lint l = { .w = w, .to = to,
			  .states = (size_t)workflow_states(w),
			  .events = (size_t)workflow_events(w) };

	find_ways(&l);
	lint_states(&l);
	lint_events(&l);
	lint_rules(&l);
	lint_roles(&l);
	for (int t = 0; t < workflow_timers(w); t++)
		lint_timer(&l, workflow_timer(w, t));
	lint_names(&l);
	free(l.reached);
	free(l.ends);
}

static void lint_pair(const struct lint *l, const struct workflow_pair *p,
		      const struct workflow *other)
{
	int to = workflow_find_state(other, p->means);
	struct text name = workflow_state(l->w, p->state)->name;

	if (to == WORKFLOW_NOT)
		lint_tell(l, true, "map-unknown", "state", name,
			  "stands for a state that the other workflow lacks");
	else if (workflow_state(other, to)->closed !=
		 is_closed(l, (size_t)p->state))
		lint_tell(
			l, false, "map-closed", "state", name,
			"one of it and what it stands for is closed, the other "
			"is not");
}

void workflow_lint_map(const struct workflow *w, const struct workflow *other,
		       const struct workflow_lint *to)
{
	struct lint l = { .w = w, .to = to };

	for (int s = 1; s < workflow_states(w); s++) {
		bool there = false;

		for (size_t i = 0; i < workflow_maps(w); i++) {
			const struct workflow_pair *p = workflow_map(w, i);

			if (p->state != s ||
			    !text_eq(p->other, workflow_name(other)))
				continue;
			there = true;
			lint_pair(&l, p, other);
		}
		if (!there)
			lint_tell(&l, false, "map-partial", "state",
				  workflow_state(w, s)->name,
				  "has no counterpart in the other workflow");
	}
}
