/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint for workflows: reachability first, then rules, timers and maps. */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/number.h"
#include "model/workflow_lint.h"

#define WHERE_BYTES 256

struct lint {
	const struct workflow *w;
	const struct workflow_lint *to;
	size_t states, events;
	bool *reached;		/* [state] from the new case */
	bool *ends;		/* [state] a closed state can be reached */
};

/* ---- telling ---- */

static void tell(const struct lint *l, bool error, const char *rule,
		 const char *kind, struct text name, const char *message)
{
	char where[WHERE_BYTES];

	text_putf(where, sizeof(where), "%s %.*s", kind, (int)name.n, name.p);
	l->to->tell(l->to->ctx, error, rule, where, message);
}

static void tell_transition(const struct lint *l, bool error, const char *rule,
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

static int step(const struct lint *l, size_t s, size_t e)
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
			int to = step(l, i / l->events, i % l->events);

			if (!marked[i / l->events] || to == WORKFLOW_NOT ||
			    marked[to])
				continue;
			marked[to] = more = true;
		}
	}
}

/* Marks the states from which a marked one can be reached. */
static void spread_back(const struct lint *l, bool *marked)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < l->states * l->events; i++) {
			int to = step(l, i / l->events, i % l->events);

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
	spread_back(l, l->ends);
}

static bool is_left(const struct lint *l, size_t s)
{
	for (size_t e = 0; e < l->events; e++) {
		int to = step(l, s, e);

		if (to != WORKFLOW_NOT && (size_t)to != s)
			return true;
	}
	return false;
}

static void lint_state(const struct lint *l, size_t s)
{
	struct text name = workflow_state(l->w, (int)s)->name;

	if (!l->reached[s])
		tell(l, true, "unreachable", "state", name,
		     "no way leads to this state");
	if (is_closed(l, s))
		return;
	if (!is_left(l, s))
		tell(l, true, "dead-end", "state", name,
		     "no event leaves this state, and it is not closed");
	else if (!l->ends[s])
		tell(l, true, "no-way-out", "state", name,
		     "from here no closed state can be reached");
}

/* Whether an event leads from a closed state to an open one. */
static bool reopens(const struct lint *l)
{
	for (size_t i = 0; i < l->states * l->events; i++) {
		int to = step(l, i / l->events, i % l->events);

		if (is_closed(l, i / l->events) && to != WORKFLOW_NOT &&
		    !is_closed(l, (size_t)to))
			return true;
	}
	return false;
}

static bool is_allowed(const struct lint *l, size_t e)
{
	for (size_t s = 0; s < l->states; s++)
		if (step(l, s, e) != WORKFLOW_NOT)
			return true;
	return false;
}

static void lint_states(const struct lint *l)
{
	struct text name = workflow_name(l->w);
	bool start = false, terminal = false;

	for (size_t e = 0; e < l->events; e++)
		start = start || step(l, WORKFLOW_NEW, e) != WORKFLOW_NOT;
	for (size_t s = 1; s < l->states; s++)
		terminal = terminal || is_closed(l, s);
	if (!start)
		tell(l, true, "no-start", "workflow", name,
		     "no event opens a case (from @new)");
	if (!terminal)
		tell(l, true, "no-terminal", "workflow", name,
		     "no state is closed: no case ever ends");
	for (size_t s = 1; s < l->states; s++)
		lint_state(l, s);
	if (terminal && !reopens(l))
		tell(l, false, "no-reopening", "workflow", name,
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
			tell(l, false, "unused-event", "event", ev->name,
			     "allowed in no state");
		if (step(l, WORKFLOW_NEW, e) != WORKFLOW_NOT && !ev->forms)
			tell(l, false, "no-form", "event", ev->name,
			     "opens cases, and asks for no columns");
	}
	if (pause && !resume)
		tell(l, false, "no-resume", "workflow", workflow_name(l->w),
		     "an event stops the clock, and none sets it going");
	if (workflow_has_levels(l->w) && !lowers)
		tell(l, false, "no-lowering", "workflow", workflow_name(l->w),
		     "a severity given by mistake can never be lowered");
}

/* ---- roles and rules ---- */

/* The highest level among some roles. */
static int top_level(const struct lint *l, uint64_t roles)
{
	int top = 0;

	for (int r = 0; r < workflow_roles(l->w); r++)
		if ((roles >> r & 1) && workflow_role(l->w, r)->level > top)
			top = workflow_role(l->w, r)->level;
	return top;
}

/* Whether one of the values can be a severity that stands so to a case. */
static bool severity_can(const struct workflow_guard *g)
{
	for (size_t i = 0; i < g->values; i++) {
		double v;

		if (!number_real(g->value[i], &v))
			return true;
		for (int s = 1; s <= WORKFLOW_SEVERITIES; s++)
			if (workflow_compare((s > v) - (s < v), g->op))
				return true;
	}
	return false;
}

static void lint_guard(const struct lint *l, size_t s, size_t e,
		       const struct workflow_rule *rule,
		       const struct workflow_guard *g)
{
	struct text name = workflow_field(l->w, g->field);
	bool number = l->to->column(l->to->ctx, name) ==
		      WORKFLOW_COLUMN_NUMBER;
	double v;

	if (text_is(name, "severity") && !severity_can(g))
		tell_transition(l, true, "guard-never", s, e,
				"no severity of 1 to 5 stands so");
	for (size_t i = 0; number && i < g->values; i++)
		if (!number_real(g->value[i], &v))
			tell_transition(l, false, "guard-words", s, e,
					"a column of numbers is held against "
					"what is none");
	if (g->roles && rule->roles && !(g->roles & rule->roles))
		tell_transition(l, false, "guard-nobody", s, e,
				"when the guard holds nobody may: its roles "
				"are none of the transition's");
}

static void lint_rule(const struct lint *l, size_t s, size_t e)
{
	const struct workflow_rule *rule = workflow_rule(l->w, (int)s, (int)e);
	int top = top_level(l, rule->roles);
	char message[80];

	if (rule->roles && workflow_has_levels(l->w) &&
	    workflow_level(l->w, WORKFLOW_SEVERITIES) > top) {
		text_putf(message, sizeof(message), "severity %d asks for "
			  "level %d, its roles reach %d", WORKFLOW_SEVERITIES,
			  workflow_level(l->w, WORKFLOW_SEVERITIES), top);
		tell_transition(l, true, "nobody-may", s, e, message);
	}
	for (size_t i = 0; i < rule->guards; i++)
		lint_guard(l, s, e, rule, &rule->guard[i]);
}

/* Roles that a transition or a guard names. */
static uint64_t used_roles(const struct lint *l)
{
	uint64_t used = 0;

	for (size_t i = 0; i < l->states * l->events; i++) {
		const struct workflow_rule *rule = workflow_rule(
			l->w, (int)(i / l->events), (int)(i % l->events));

		used |= rule->roles;
		for (size_t g = 0; g < rule->guards; g++)
			used |= rule->guard[g].roles;
	}
	return used;
}

/* Where severity has levels, a role of such a level is who the case is for. */
static bool has_severity(const struct lint *l, int level)
{
	for (int s = 1; s <= WORKFLOW_SEVERITIES; s++)
		if (workflow_has_levels(l->w) &&
		    workflow_level(l->w, s) == level)
			return true;
	return false;
}

static void lint_roles(const struct lint *l)
{
	uint64_t used = used_roles(l);

	for (int r = 0; r < workflow_roles(l->w); r++) {
		const struct workflow_role *role = workflow_role(l->w, r);

		if (!(used >> r & 1) && !has_severity(l, role->level))
			tell(l, false, "unused-role", "role", role->name,
			     "no transition, guard or severity asks for it");
	}
}

/* Every rule once, at the first transition that is under it. */
static void lint_rules(const struct lint *l)
{
	bool *seen = mem_zalloc((size_t)workflow_rules(l->w), sizeof(*seen));

	for (size_t i = 0; i < l->states * l->events; i++) {
		size_t s = i / l->events, e = i % l->events;
		int rule = workflow_rule_number(l->w, (int)s, (int)e);

		if (step(l, s, e) == WORKFLOW_NOT || seen[rule])
			continue;
		seen[rule] = true;
		lint_rule(l, s, e);
	}
	free(seen);
	for (int k = 0; k < workflow_fields(l->w); k++)
		if (l->to->column(l->to->ctx, workflow_field(l->w, k)) ==
		    WORKFLOW_COLUMN_NONE)
			tell(l, false, "unused-column", "column",
			     workflow_field(l->w, k),
			     "not a column of the stream: only an event with a "
			     "column of its own has it");
}

/* ---- timers ---- */

/* A limit in minutes, a day being 24 hours: to compare limits, no more. */
static int64_t minutes_of(struct workflow_limit limit)
{
	static const int64_t minutes[] = {
		[WORKFLOW_MINUTES] = 1, [WORKFLOW_HOURS] = 60,
		[WORKFLOW_DAYS] = DAY_MINUTES, [WORKFLOW_WEEKS] = 10080,
	};

	return limit.n * minutes[limit.unit];
}

static bool comparable(struct workflow_limit a, struct workflow_limit b)
{
	bool days_a = a.unit == WORKFLOW_DAYS || a.unit == WORKFLOW_WEEKS;
	bool days_b = b.unit == WORKFLOW_DAYS || b.unit == WORKFLOW_WEEKS;

	return days_a == days_b;
}

static void lint_limits(const struct lint *l, const struct workflow_timer *t)
{
	for (int s = 1; s <= WORKFLOW_SEVERITIES; s++) {
		struct workflow_limit now = t->within[s];
		struct workflow_limit before = t->within[s - 1];

		if (now.n == 0) {
			tell(l, false, "timer-unlimited", "timer", t->name,
			     "no limit for some severity");
			return;
		}
		if (s > 1 && comparable(now, before) &&
		    minutes_of(now) > minutes_of(before)) {
			tell(l, false, "timer-slack", "timer", t->name,
			     "a worse severity has more time");
			return;
		}
	}
}

static void lint_timer(const struct lint *l, const struct workflow_timer *t)
{
	bool *stops = mem_zalloc(l->states, sizeof(*stops));
	bool starts = false, endless = false;

	memcpy(stops, t->until, l->states * sizeof(*stops));
	spread_back(l, stops);
	for (size_t s = 1; s < l->states; s++) {
		if (!t->from[s] || !l->reached[s])
			continue;
		starts = true;
		endless = endless || !stops[s];
	}
	free(stops);
	if (!starts)
		tell(l, true, "timer-never", "timer", t->name,
		     "no case comes into a state where it starts");
	if (endless)
		tell(l, true, "timer-endless", "timer", t->name,
		     "from where it starts no state is reached in which it "
		     "stops");
	lint_limits(l, t);
}

/* ---- names ---- */

static void want_chinese(const struct lint *l, const char *kind,
			 struct text name, struct text zh)
{
	if (zh.n == 0)
		tell(l, false, "no-chinese", kind, name,
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
		tell(l, true, "map-unknown", "state", name,
		     "stands for a state that the other workflow lacks");
	else if (workflow_state(other, to)->closed !=
		 is_closed(l, (size_t)p->state))
		tell(l, false, "map-closed", "state", name,
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
			tell(&l, false, "map-partial", "state",
			     workflow_state(w, s)->name,
			     "has no counterpart in the other workflow");
	}
}
