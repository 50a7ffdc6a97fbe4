/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows: the transitions are kept as a full table, states by events. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/workflow.h"

#define NAME_MAX_BYTES 200

struct workflow {
	struct text name;
	struct arena texts;
	struct workflow_state *state;
	struct workflow_event *event;
	size_t states, state_cap, events, event_cap;
	int16_t *next;		/* [state * events + event]; made when the first
				 * transition comes, fixing both counts */
};

static const char *const fault_text[] = {
	[WORKFLOW_FINE] = "no fault",
	[WORKFLOW_BAD_NAME] = "a name that is empty, too long or not plain",
	[WORKFLOW_TWICE] = "given twice",
	[WORKFLOW_TOO_MANY] = "too many states or events",
	[WORKFLOW_NO_STATE] = "names a state that is not given",
	[WORKFLOW_NO_EVENT] = "names an event that is not given",
	[WORKFLOW_NO_TARGET] = "a new case needs a state to go to",
	[WORKFLOW_NO_START] = "no event opens a case (from @new)",
	[WORKFLOW_UNREACHED] = "no event leads to this state",
};

const char *workflow_strerror(enum workflow_fault fault)
{
	return fault_text[fault];
}

static struct text keep(struct workflow *w, struct text t)
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
	arena_release(&w->texts);
	free(w);
}

/* Names stand in messages and tables: no control bytes. */
static bool name_fine(struct text name)
{
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7f)
			return false;
	return name.n > 0 && name.n <= NAME_MAX_BYTES && name.p[0] != '@';
}

struct workflow *workflow_new(struct text name)
{
	struct workflow *w = mem_zalloc(1, sizeof(*w));

	w->name = keep(w, name);
	w->state = mem_grow(NULL, 0, &w->state_cap, sizeof(*w->state));
	w->state[w->states++] = (struct workflow_state){ .closed = false };
	return w;
}

enum workflow_fault workflow_add_state(struct workflow *w,
				       struct workflow_state s)
{
	if (!name_fine(s.name))
		return WORKFLOW_BAD_NAME;
	if (workflow_find_state(w, s.name) != WORKFLOW_NOT)
		return WORKFLOW_TWICE;
	if (w->states > WORKFLOW_MAX || w->next != NULL)
		return WORKFLOW_TOO_MANY;
	if (w->states == w->state_cap)
		w->state = mem_grow(w->state, w->states, &w->state_cap,
				    sizeof(*w->state));
	s.name = keep(w, s.name);
	s.zh = keep(w, s.zh);
	w->state[w->states++] = s;
	return WORKFLOW_FINE;
}

enum workflow_fault workflow_add_event(struct workflow *w,
				       struct workflow_event e)
{
	if (!name_fine(e.name))
		return WORKFLOW_BAD_NAME;
	if (workflow_find_event(w, e.name) != WORKFLOW_NOT)
		return WORKFLOW_TWICE;
	if (w->events == WORKFLOW_MAX || w->next != NULL)
		return WORKFLOW_TOO_MANY;
	if (w->events == w->event_cap)
		w->event = mem_grow(w->event, w->events, &w->event_cap,
				    sizeof(*w->event));
	e.name = keep(w, e.name);
	e.zh = keep(w, e.zh);
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
	for (size_t i = 0; i < n; i++)
		w->next[i] = WORKFLOW_NOT;
}

enum workflow_fault workflow_allow(struct workflow *w, struct text from,
				   struct text event, struct text to)
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
		int16_t *next = &w->next[s * w->events + (size_t)e];

		if (!from_holds(w, from, s))
			continue;
		known = true;
		if (*next != WORKFLOW_NOT)
			return WORKFLOW_TWICE;
		if (stays && s == WORKFLOW_NEW)
			return WORKFLOW_NO_TARGET;
		*next = (int16_t)(stays ? (int)s : t);
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
	if (!name_fine(w->name))
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
