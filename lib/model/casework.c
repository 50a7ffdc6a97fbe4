/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases from events: a fold over a group table, one small entry a case. */
#include <stdlib.h>

#include "model/casework_in.h"

/* Whether working time runs for the case as its last event left it. */
static bool clock_runs(const struct casework *cw, const struct entry *e)
{
	const struct workflow_state *s = workflow_state(cw->workflow, e->state);

	return !e->paused && !s->closed && !s->paused;
}

/* Working time from the last event up to an instant. */
static int64_t working_since(const struct casework *cw, const struct entry *e,
			     int64_t at)
{
	if (!clock_runs(cw, e))
		return 0;
	return cw->calendar ? calendar_between(cw->calendar, e->last_at, at) :
			      at - e->last_at;
}

static void set_pause(struct entry *e, enum workflow_clock clock, bool moved)
{
	if (clock == WORKFLOW_CLOCK_PAUSE)
		e->paused = true;
	else if (clock == WORKFLOW_CLOCK_RESUME || moved)
		e->paused = false;
}

static void open_case(struct entry *e, const struct casework_event *ev)
{
	e->opened_at = ev->at;
	e->due = CASEWORK_NO_TIME;
	e->closed_at = CASEWORK_NO_TIME;
	e->last_at = ev->at;
}

static void set_severity(struct casework *cw, struct entry *e,
			 const struct casework_event *ev)
{
	static const char digit[] = "12345";
	int by_scene;

	if (ev->severity.n > 0) {
		casework_set_word(cw, &e->severity, ev->severity);
		e->severe = (uint8_t)workflow_severity(ev->severity);
		return;
	}
	by_scene = casework_scene_of(cw, ev);
	if (by_scene > e->severe && (e->severe || !e->severity)) {
		casework_set_word(cw, &e->severity,
				  (struct text){ digit + by_scene - 1, 1 });
		e->severe = (uint8_t)by_scene;
	}
}

/* Moves the state and the clocks, and says what has changed. */
static struct casework_change move(const struct casework *cw, struct entry *e,
				   const struct casework_event *ev, int next,
				   int event)
{
	const struct workflow *w = cw->workflow;
	const struct workflow_state *from = workflow_state(w, e->state);
	const struct workflow_state *to = workflow_state(w, next);
	struct casework_change c = {
		.cases = cw, .event = ev, .number = event, .from = e->state,
		.to = next, .last_at = e->last_at,
		.was_paused = !from->closed && (e->paused || from->paused),
		.elapsed = ev->at - e->last_at,
	};

	if (e->state != WORKFLOW_NEW)
		c.working = working_since(cw, e, ev->at);
	e->working += c.working;
	if (from->closed && !to->closed) {
		e->reopened++;
		e->closed_at = CASEWORK_NO_TIME;
	} else if (!from->closed && to->closed) {
		e->closed_at = ev->at;
	}
	set_pause(e, workflow_event(w, event)->clock, next != e->state);
	e->state = (int16_t)next;
	e->last_at = ev->at;
	e->events++;
	c.paused = !to->closed && (e->paused || to->paused);
	return c;
}

static void tell_watchers(struct casework *cw, struct entry *e,
			  const struct casework_change *c)
{
	for (size_t k = 0; k < cw->watchers; k++) {
		const struct watcher *w = &cw->watcher[k];

		w->step(w->ctx, (char *)e + w->at, c);
	}
}

static void take(struct casework *cw, size_t i, const struct casework_event *ev,
		 int next, int event)
{
	struct entry *e = group_entry(cw->cases, i);
	struct casework_change c;
	uint32_t owner = e->owner, severity = e->severity;

	if (e->state == WORKFLOW_NEW)
		open_case(e, ev);
	c = move(cw, e, ev, next, event);
	casework_set_word(cw, &e->owner, ev->owner);
	set_severity(cw, e, ev);
	casework_keep(cw, e, ev);
	if (ev->due != CASEWORK_NO_TIME)
		e->due = ev->due;
	c.i = i;
	c.owner_was = owner;
	c.owner = e->owner;
	c.severity_was = severity;
	c.severity = e->severity;
	tell_watchers(cw, e, &c);
}

enum casework_verdict casework_add(struct casework *cw,
				   const struct casework_event *ev, int *state)
{
	int event = workflow_find_event(cw->workflow, ev->event);
	const struct entry *e = NULL;
	enum casework_verdict verdict;
	size_t i;
	int next;

	if (!cw->cases)
		casework_lay_out(cw);
	i = group_find(cw->cases, ev->case_id);
	*state = WORKFLOW_NEW;
	if (i != SIZE_MAX) {
		e = group_entry(cw->cases, i);
		*state = e->state;
	}
	if (event == WORKFLOW_NOT)
		return CASEWORK_UNKNOWN_EVENT;
	next = workflow_step(cw->workflow, *state, event);
	if (next == WORKFLOW_NOT)
		return e ? CASEWORK_ILLEGAL : CASEWORK_UNKNOWN_CASE;
	if (e && ev->at < e->last_at)
		return CASEWORK_BACKWARDS;
	if (!ev->recorded) {
		verdict = casework_judge(cw, e, ev, *state, event);
		if (verdict != CASEWORK_FINE)
			return verdict;
	}
	if (!e)
		i = group_intern(cw->cases, ev->case_id);
	take(cw, i, ev, next, event);
	*state = next;
	return CASEWORK_FINE;
}

void casework_expect(const struct casework *cw, const struct text *case_id,
		     size_t n)
{
	_Static_assert(CASEWORK_EXPECT == GROUP_EXPECT, "the same");

	if (cw->cases)
		group_expect(cw->cases, case_id, n);
}

size_t casework_count(const struct casework *cw)
{
	return cw->cases ? group_count(cw->cases) : 0;
}

uint32_t *casework_sorted(const struct casework *cw)
{
	return cw->cases ? group_sorted(cw->cases) : mem_alloc(0, 1);
}

bool casework_find(const struct casework *cw, struct text case_id, size_t *i)
{
	*i = cw->cases ? group_find(cw->cases, case_id) : SIZE_MAX;
	return *i != SIZE_MAX;
}

struct casework_case casework_case(const struct casework *cw, size_t i,
				   struct casework_when when)
{
	const struct entry *e = group_entry(cw->cases, i);
	const struct workflow_state *s = workflow_state(cw->workflow, e->state);
	int64_t end = e->closed_at;
	int64_t working = e->working;

	if (!s->closed && when.until > e->last_at) {
		end = when.until;
		working += working_since(cw, e, end);
	} else if (!s->closed) {
		end = e->last_at;
	}
	return (struct casework_case){
		.case_id = group_key(cw->cases, i),
		.state = e->state,
		.paused = !s->closed && (e->paused || s->paused),
		.events = e->events,
		.opened_at = e->opened_at,
		.closed_at = e->closed_at,
		.last_at = e->last_at,
		.due = e->due,
		.owner = group_key(cw->words, e->owner),
		.severity = group_key(cw->words, e->severity),
		.reopened = e->reopened,
		.elapsed = end - e->opened_at,
		.working = working,
		.overdue = e->due != CASEWORK_NO_TIME &&
			   (s->closed ? end : when.today) > e->due,
	};
}
