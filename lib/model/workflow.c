/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows: the transitions are kept as a full table, states by events. */
#include <stdlib.h>

#include "model/workflow_in.h"

#define NAME_MAX_BYTES 200

static const struct {
	const char *code, *text;
} faults[] = {
	[WORKFLOW_FINE] = { "fine", "no fault" },
	[WORKFLOW_BAD_NAME] = {
		"bad-name", "a name that is empty, too long or not plain" },
	[WORKFLOW_TWICE] = { "twice", "given twice" },
	[WORKFLOW_TOO_MANY] = { "too-many", "too many of them" },
	[WORKFLOW_NO_STATE] = {
		"unknown-state", "names a state that is not given" },
	[WORKFLOW_NO_EVENT] = {
		"unknown-event", "names an event that is not given" },
	[WORKFLOW_NO_TARGET] = {
		"no-target", "a new case needs a state to go to" },
	[WORKFLOW_NO_START] = {
		"no-start", "no event opens a case (from @new)" },
	[WORKFLOW_UNREACHED] = {
		"unreachable", "no event leads to this state" },
	[WORKFLOW_NO_ROLE] = {
		"unknown-role", "names a role that is not given" },
	[WORKFLOW_BAD_LEVEL] = {
		"bad-level", "a level is 1 to 9, not below the one before" },
	[WORKFLOW_BAD_GUARD] = {
		"bad-guard", "a guard needs one value (\"in\": a list)" },
	[WORKFLOW_BAD_LIMIT] = {
		"bad-limit", "a limit is written 30m, 4h, 3d or 2w" },
	[WORKFLOW_OVERLAP] = {
		"bad-timer", "stops in a state in which it starts" },
	[WORKFLOW_DEADLINES] = { "two-deadlines", "a second deadline" },
};

const char *workflow_strerror(enum workflow_fault fault)
{
	return faults[fault].text;
}

const char *workflow_fault_code(enum workflow_fault fault)
{
	return faults[fault].code;
}

struct text workflow_keep(struct workflow *w, struct text t)
{
	return (struct text){ arena_copy(&w->texts, t.p, t.n), t.n };
}

void workflow_free(struct workflow *w)
{
	if (w == NULL)
		return;
	free(w->state);
	free(w->event);
	free(w->next);
	free(w->under);
	free(w->rule);
	free(w->timer);
	free(w->pair);
	arena_release(&w->texts);
	free(w);
}

bool workflow_name_fine(struct text name)
{
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7f)
			return false;
	return name.n > 0 && name.n <= NAME_MAX_BYTES && name.p[0] != '@';
}

struct workflow *workflow_new(struct text name)
{
	struct workflow *w = mem_zalloc(1, sizeof(*w));

	w->name = workflow_keep(w, name);
	w->state = mem_grow(NULL, 0, &w->state_cap, sizeof(*w->state));
	w->state[w->states++] = (struct workflow_state){ .closed = false };
	w->rule = mem_grow(NULL, 0, &w->rule_cap, sizeof(*w->rule));
	w->rule[w->rules++] = (struct workflow_rule){ .guards = 0 };
	return w;
}

enum workflow_fault workflow_add_state(struct workflow *w,
				       struct workflow_state s)
{
	if (!workflow_name_fine(s.name))
		return WORKFLOW_BAD_NAME;
	if (workflow_find_state(w, s.name) != WORKFLOW_NOT)
		return WORKFLOW_TWICE;
	if (w->states > WORKFLOW_MAX || w->next != NULL)
		return WORKFLOW_TOO_MANY;
	if (w->states == w->state_cap)
		w->state = mem_grow(w->state, w->states, &w->state_cap,
				    sizeof(*w->state));
	s.name = workflow_keep(w, s.name);
	s.zh = workflow_keep(w, s.zh);
	w->state[w->states++] = s;
	return WORKFLOW_FINE;
}

/* The names of a form, copied. */
static const struct text *keep_form(struct workflow *w,
				    const struct workflow_event *e)
{
	struct text *to = arena_alloc(&w->texts, e->forms * sizeof(*to));

	for (size_t i = 0; i < e->forms; i++)
		to[i] = workflow_keep(w, e->form[i]);
	return to;
}

enum workflow_fault workflow_add_event(struct workflow *w,
				       struct workflow_event e)
{
	for (size_t i = 0; i < e.forms; i++)
		if (!workflow_name_fine(e.form[i]))
			return WORKFLOW_BAD_NAME;
	if (!workflow_name_fine(e.name))
		return WORKFLOW_BAD_NAME;
	if (workflow_find_event(w, e.name) != WORKFLOW_NOT)
		return WORKFLOW_TWICE;
	if (w->events == WORKFLOW_MAX || w->next != NULL)
		return WORKFLOW_TOO_MANY;
	if (w->events == w->event_cap)
		w->event = mem_grow(w->event, w->events, &w->event_cap,
				    sizeof(*w->event));
	e.name = workflow_keep(w, e.name);
	e.zh = workflow_keep(w, e.zh);
	e.form = keep_form(w, &e);
	w->event[w->events++] = e;
	return WORKFLOW_FINE;
}

/* Whether the class or name `from` holds the state numbered s. */
static bool from_holds(const struct workflow *w, struct text from, size_t s)
{
	if (text_is(from, "@new"))
		return s == WORKFLOW_NEW;
	if (s == WORKFLOW_NEW)
		return false;
	if (text_is(from, "@open"))
		return !w->state[s].closed;
	if (text_is(from, "@closed"))
		return w->state[s].closed;
	return text_is(from, "@any") || text_eq(from, w->state[s].name);
}

static void make_table(struct workflow *w)
{
	size_t n = w->states * w->events;

	w->next = mem_alloc(n, sizeof(*w->next));
	w->under = mem_zalloc(n, sizeof(*w->under));
	for (size_t i = 0; i < n; i++)
		w->next[i] = WORKFLOW_NOT;
}

enum workflow_fault workflow_mark(const struct workflow *w, struct text from,
				  bool *in)
{
	bool known = text_is(from, "@new") || text_is(from, "@open") ||
		     text_is(from, "@closed") || text_is(from, "@any");

	for (size_t s = 0; s < w->states; s++) {
		if (!from_holds(w, from, s))
			continue;
		in[s] = true;
		known = true;
	}
	return known ? WORKFLOW_FINE : WORKFLOW_NO_STATE;
}

enum workflow_fault workflow_allow(struct workflow *w, struct text from,
				   struct text event, struct text to)
{
	return workflow_allow_under(w, from, event, to, 0);
}

enum workflow_fault workflow_allow_under(struct workflow *w, struct text from,
					 struct text event, struct text to,
					 int rule)
{
	int e = workflow_find_event(w, event);
	int t = workflow_find_state(w, to);
	bool stays = to.n == 0, known = false;

	if (e == WORKFLOW_NOT)
		return WORKFLOW_NO_EVENT;
	if (!stays && t == WORKFLOW_NOT)
		return WORKFLOW_NO_STATE;
	if (w->next == NULL)
		make_table(w);
	for (size_t s = 0; s < w->states; s++) {
		size_t at = s * w->events + (size_t)e;

		if (!from_holds(w, from, s))
			continue;
		known = true;
		if (w->next[at] != WORKFLOW_NOT)
			return WORKFLOW_TWICE;
		if (stays && s == WORKFLOW_NEW)
			return WORKFLOW_NO_TARGET;
		w->next[at] = (int16_t)(stays ? (int)s : t);
		w->under[at] = (uint16_t)rule;
	}
	return known ? WORKFLOW_FINE : WORKFLOW_NO_STATE;
}

/* Marks what can be reached from `state`, a state at a time. */
static void reach(const struct workflow *w, bool *reached)
{
	bool more = true;

	reached[WORKFLOW_NEW] = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < w->states * w->events; i++) {
			int16_t to = w->next[i];

			if (!reached[i / w->events] || to == WORKFLOW_NOT ||
			    reached[to])
				continue;
			reached[to] = more = true;
		}
	}
}

enum workflow_fault workflow_check(const struct workflow *w, int *state)
{
	bool start = false;
	bool *reached;

	*state = WORKFLOW_NOT;
	if (!workflow_name_fine(w->name))
		return WORKFLOW_BAD_NAME;
	for (size_t e = 0; w->next != NULL && e < w->events; e++)
		start = start || w->next[e] != WORKFLOW_NOT;
	if (!start)
		return WORKFLOW_NO_START;
	reached = mem_zalloc(w->states, sizeof(*reached));
	reach(w, reached);
	for (size_t s = 0; s < w->states && *state == WORKFLOW_NOT; s++)
		if (!reached[s])
			*state = (int)s;
	free(reached);
	return *state == WORKFLOW_NOT ? WORKFLOW_FINE : WORKFLOW_UNREACHED;
}

void workflow_set_content(struct workflow *w, uint64_t content)
{
	w->content = content;
}

uint64_t workflow_content(const struct workflow *w)
{
	return w->content;
}

struct text workflow_name(const struct workflow *w)
{
	return w->name;
}

int workflow_states(const struct workflow *w)
{
	return (int)w->states;
}

int workflow_events(const struct workflow *w)
{
	return (int)w->events;
}

const struct workflow_state *workflow_state(const struct workflow *w, int s)
{
	return &w->state[s];
}

const struct workflow_event *workflow_event(const struct workflow *w, int e)
{
	return &w->event[e];
}

int workflow_find_state(const struct workflow *w, struct text name)
{
	for (size_t s = 1; s < w->states; s++)
		if (text_eq(w->state[s].name, name))
			return (int)s;
	return WORKFLOW_NOT;
}

int workflow_find_event(const struct workflow *w, struct text name)
{
	for (size_t e = 0; e < w->events; e++)
		if (text_eq(w->event[e].name, name))
			return (int)e;
	return WORKFLOW_NOT;
}

int workflow_step(const struct workflow *w, int state, int event)
{
	if (w->next == NULL)
		return WORKFLOW_NOT;
	return w->next[(size_t)state * w->events + (size_t)event];
}

int workflow_rules(const struct workflow *w)
{
	return (int)w->rules;
}

int workflow_rule_number(const struct workflow *w, int state, int event)
{
	return w->next ? w->under[(size_t)state * w->events + (size_t)event] :
			 0;
}

const struct workflow_rule *workflow_rule(const struct workflow *w, int state,
					  int event)
{
	return &w->rule[workflow_rule_number(w, state, event)];
}
