/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may happen next to a case. */
#include "model/nextsteps.h"

static uint64_t high_enough(const struct workflow *w, uint64_t roles,
			    struct text severity)
{
	int level = workflow_level(w, workflow_severity(severity));
	uint64_t fit = 0;

	for (int r = 0; r < workflow_roles(w); r++)
		if ((roles >> r & 1) && workflow_role(w, r)->level >= level)
			fit |= UINT64_C(1) << r;
	return fit;
}

static bool runs(const struct timers_status *s)
{
	return s->state == TIMERS_RUNNING || s->state == TIMERS_PAUSED;
}

/* Does coming into a state end the timer? */
static bool stops(const struct workflow *w, const struct workflow_timer *timer,
		  int to)
{
	return timer->until[to] ||
	       (workflow_state(w, to)->closed && !timer->from[to]);
}

static void see_timers(const struct timers *t, const struct workflow *w,
		       size_t i, struct casework_when when,
		       struct nextstep *step)
{
	step->timer = NEXTSTEPS_NO_TIMER;
	step->due = CASEWORK_NO_TIME;
	for (size_t k = 0; k < timers_count(t); k++) {
		struct timers_status s;

		if (!stops(w, timers_timer(t, k), step->to))
			continue;
		s = timers_status(t, i, k, when);
		if (!runs(&s) || s.due == CASEWORK_NO_TIME ||
		    (step->timer != NEXTSTEPS_NO_TIMER && s.due >= step->due))
			continue;
		step->timer = k;
		step->due = s.due;
	}
}

static struct nextstep step_of(const struct timers *t, const struct workflow *w,
			       const struct casework_case *c, size_t i,
			       struct casework_when when, int event, int to)
{
	struct nextstep s = { .event = event, .to = to,
			      .rule = workflow_rule(w, c->state, event) };

	s.anybody = s.rule->roles == 0;
	s.roles = high_enough(w, s.rule->roles, c->severity);
	see_timers(t, w, i, when, &s);
	return s;
}

size_t nextsteps_list(const struct timers *t, const struct workflow *w,
		      const struct casework_case *c, size_t i,
		      struct casework_when when, struct nextstep *steps)
{
	size_t n = 0;

	for (int e = 0; e < workflow_events(w); e++) {
		int to = workflow_step(w, c->state, e);

		if (to != WORKFLOW_NOT)
			steps[n++] = step_of(t, w, c, i, when, e, to);
	}
	return n;
}

bool nextsteps_first(const struct timers *t, const struct workflow *w,
		     const struct casework_case *c, size_t i,
		     struct casework_when when, struct nextstep *step)
{
	int found = WORKFLOW_NOT, to = WORKFLOW_NOT;

	for (int e = 0; e < workflow_events(w); e++) {
		int next = workflow_step(w, c->state, e);

		if (next == WORKFLOW_NOT || next == c->state)
			continue;
		if (found == WORKFLOW_NOT ||
		    (workflow_state(w, to)->closed &&
		     !workflow_state(w, next)->closed)) {
			found = e;
			to = next;
		}
	}
	if (found == WORKFLOW_NOT)
		return false;
	*step = step_of(t, w, c, i, when, found, to);
	return true;
}

size_t nextsteps_nearest(const struct timers *t, size_t i,
			 struct casework_when when,
			 struct timers_status *nearest)
{
	size_t found = NEXTSTEPS_NO_TIMER;

	for (size_t k = 0; k < timers_count(t); k++) {
		struct timers_status s = timers_status(t, i, k, when);

		if (!runs(&s) || s.due == CASEWORK_NO_TIME ||
		    (found != NEXTSTEPS_NO_TIMER && s.due >= nearest->due))
			continue;
		found = k;
		*nearest = s;
	}
	return found;
}
