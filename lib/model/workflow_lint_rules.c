/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint for workflows: roles, rules and timers. */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/number.h"
#include "model/workflow_lint_in.h"

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
		lint_tell_at(l, true, "guard-never", s, e,
			     "no severity of 1 to 5 stands so");
	for (size_t i = 0; number && i < g->values; i++)
		if (!number_real(g->value[i], &v))
			lint_tell_at(l, false, "guard-words", s, e,
				     "a column of numbers is held against "
				     "what is none");
	if (g->roles && rule->roles && !(g->roles & rule->roles))
		lint_tell_at(l, false, "guard-nobody", s, e,
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
		lint_tell_at(l, true, "nobody-may", s, e, message);
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

void lint_roles(const struct lint *l)
{
	uint64_t used = used_roles(l);

	for (int r = 0; r < workflow_roles(l->w); r++) {
		const struct workflow_role *role = workflow_role(l->w, r);

		if (!(used >> r & 1) && !has_severity(l, role->level))
			lint_tell(
				l, false, "unused-role", "role", role->name,
				"no transition, guard or severity asks for it");
	}
}

/* Every rule once, at the first transition that is under it. */
void lint_rules(const struct lint *l)
{
	bool *seen = mem_zalloc((size_t)workflow_rules(l->w), sizeof(*seen));

	for (size_t i = 0; i < l->states * l->events; i++) {
		size_t s = i / l->events, e = i % l->events;
		int rule = workflow_rule_number(l->w, (int)s, (int)e);

		if (lint_step(l, s, e) == WORKFLOW_NOT || seen[rule])
			continue;
		seen[rule] = true;
		lint_rule(l, s, e);
	}
	free(seen);
	for (int k = 0; k < workflow_fields(l->w); k++)
		if (l->to->column(l->to->ctx, workflow_field(l->w, k)) ==
		    WORKFLOW_COLUMN_NONE)
			lint_tell(l, false, "unused-column", "column",
				  workflow_field(l->w, k),
				  "not a column of the stream: only an event "
				  "with a "
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
			lint_tell(l, false, "timer-unlimited", "timer", t->name,
				  "no limit for some severity");
			return;
		}
		if (s > 1 && comparable(now, before) &&
		    minutes_of(now) > minutes_of(before)) {
			lint_tell(l, false, "timer-slack", "timer", t->name,
				  "a worse severity has more time");
			return;
		}
	}
}

void lint_timer(const struct lint *l, const struct workflow_timer *t)
{
	bool *stops = mem_zalloc(l->states, sizeof(*stops));
	bool starts = false, endless = false;

	memcpy(stops, t->until, l->states * sizeof(*stops));
	lint_spread_back(l, stops);
	for (size_t s = 1; s < l->states; s++) {
		if (!t->from[s] || !l->reached[s])
			continue;
		starts = true;
		endless = endless || !stops[s];
	}
	free(stops);
	if (!starts)
		lint_tell(l, true, "timer-never", "timer", t->name,
			  "no case comes into a state where it starts");
	if (endless)
		lint_tell(
			l, true, "timer-endless", "timer", t->name,
			"from where it starts no state is reached in which it "
			"stops");
	lint_limits(l, t);
}
