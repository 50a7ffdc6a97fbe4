/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases from events: a fold over a group table, one small entry a case. */
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/casework.h"

/* What is kept of a case. Owners and severities repeat: kept once each. */
struct entry {
	int64_t opened_at, closed_at, last_at, due;
	int64_t working;		/* up to last_at */
	uint32_t events, reopened;
	uint32_t owner, severity;	/* numbers of words */
	int16_t state;
	bool paused;			/* by an event */
};

struct casework {
	const struct workflow *workflow;
	const struct calendar *calendar;
	struct group *cases;
	struct group *words;		/* number 0: the empty word */
};

struct casework *casework_new(const struct workflow *workflow,
			      const struct calendar *calendar)
{
	struct casework *cw = mem_zalloc(1, sizeof(*cw));

	cw->workflow = workflow;
	cw->calendar = calendar;
	cw->cases = group_new(sizeof(struct entry), 0, NULL, NULL);
	cw->words = group_new(1, 0, NULL, NULL);
	group_intern(cw->words, TEXT(""));
	return cw;
}

void casework_free(struct casework *cw)
{
	if (cw == NULL)
		return;
	group_free(cw->cases);
	group_free(cw->words);
	free(cw);
}

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

static void set_word(struct casework *cw, uint32_t *to, struct text word)
{
	if (word.n > 0)
		*to = (uint32_t)group_intern(cw->words, word);
}

static void open_case(struct entry *e, const struct casework_event *ev)
{
	*e = (struct entry){ .opened_at = ev->at, .due = CASEWORK_NO_TIME,
			     .closed_at = CASEWORK_NO_TIME };
}

/* The event is allowed and leads to `next`. */
static void move(struct casework *cw, struct entry *e,
		 const struct casework_event *ev, int next, int event)
{
	const struct workflow_state *to = workflow_state(cw->workflow, next);
	bool was_closed;

	if (e->state == WORKFLOW_NEW)
		open_case(e, ev);
	else
		e->working += working_since(cw, e, ev->at);
	was_closed = workflow_state(cw->workflow, e->state)->closed;
	if (was_closed && !to->closed) {
		e->reopened++;
		e->closed_at = CASEWORK_NO_TIME;
	} else if (!was_closed && to->closed) {
		e->closed_at = ev->at;
	}
	set_pause(e, workflow_event(cw->workflow, event)->clock,
		  next != e->state);
	e->state = (int16_t)next;
	e->last_at = ev->at;
	e->events++;
	set_word(cw, &e->owner, ev->owner);
	set_word(cw, &e->severity, ev->severity);
	if (ev->due != CASEWORK_NO_TIME)
		e->due = ev->due;
}

enum casework_verdict casework_add(struct casework *cw,
				   const struct casework_event *ev, int *state)
{
	int event = workflow_find_event(cw->workflow, ev->event);
	size_t i = group_find(cw->cases, ev->case_id);
	struct entry *e = NULL;
	int next;

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
	if (!e) {
		i = group_intern(cw->cases, ev->case_id);
		e = group_entry(cw->cases, i);
	}
	move(cw, e, ev, next, event);
	*state = next;
	return CASEWORK_FINE;
}

size_t casework_count(const struct casework *cw)
{
	return group_count(cw->cases);
}

uint32_t *casework_sorted(const struct casework *cw)
{
	return group_sorted(cw->cases);
}

bool casework_find(const struct casework *cw, struct text case_id, size_t *i)
{
	*i = group_find(cw->cases, case_id);
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
