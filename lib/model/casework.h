/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases from events. Every event is checked against the workflow and the
 * state that its case is in, and moves the case; what is asked of a case
 * (state, clocks, reopenings, overdue) is computed from the events alone, so
 * that the same events give other answers under another calendar.
 *
 * Events of different cases may come in any order; those of one case in the
 * order of time. Memory is in proportion to the cases.
 */
#ifndef MODEL_CASEWORK_H
#define MODEL_CASEWORK_H

#include "base/text.h"
#include "model/calendar.h"
#include "model/workflow.h"

#define CASEWORK_NO_TIME INT64_MIN

/*
 * One event. Times are instants of base/day.h (microseconds, UTC).
 * Owner, severity and due belong to the case: an event that gives one of
 * them sets it, whatever the event; `correct` is the event for setting them
 * right without moving the case.
 */
struct casework_event {
	struct text case_id;
	struct text event;
	int64_t at;
	int zone_minutes;	/* of the place, at that instant */
	struct text owner;	/* empty: as it was */
	struct text severity;
	int64_t due;		/* CASEWORK_NO_TIME: as it was */
};

enum casework_verdict {
	CASEWORK_FINE,
	CASEWORK_UNKNOWN_EVENT,	/* the workflow has no such event */
	CASEWORK_UNKNOWN_CASE,	/* there is no such case, and the event does
				 * not open one */
	CASEWORK_ILLEGAL,	/* not allowed in the case's state */
	CASEWORK_BACKWARDS	/* earlier than the case's last event */
};

struct casework;

/* Both are borrowed. `calendar` may be NULL: all time is working time; it
 * knows itself how the clocks of the place run. */
struct casework *casework_new(const struct workflow *,
			      const struct calendar *);
void casework_free(struct casework *);

/*
 * Takes one event. *state is the state after it; when the verdict is not
 * CASEWORK_FINE nothing has changed, and *state is the state that the case
 * is in (WORKFLOW_NEW: there is none).
 */
enum casework_verdict casework_add(struct casework *,
				   const struct casework_event *, int *state);

struct casework_case {
	struct text case_id;
	int state;
	bool paused;		/* by its state or by an event */
	uint64_t events;
	int64_t opened_at;	/* its first event */
	int64_t closed_at;	/* CASEWORK_NO_TIME while it is open; after a
				 * reopening the last closing counts */
	int64_t last_at;	/* its last event */
	int64_t due;
	struct text owner, severity;
	uint32_t reopened;	/* times it left a closed state for an open */
	int64_t elapsed;	/* from opened_at to closed_at, or so far */
	int64_t working;	/* the part of it in which the case was open,
				 * not paused, and the calendar had hours */
	bool overdue;		/* closed, or still open today, after due */
};

/*
 * When the question is asked. The clocks of open cases end at `until` (with
 * the place's offset then), or at the case's last event when that is later;
 * `today` is what the due time of an open case is held against.
 */
struct casework_when {
	int64_t until;
	int zone_minutes;
	int64_t today;
};

size_t casework_count(const struct casework *);
/* Case numbers in bytewise order of their ids; the caller frees. */
uint32_t *casework_sorted(const struct casework *);
/* A case as it stands. The texts stay valid until the next casework_add(). */
struct casework_case casework_case(const struct casework *, size_t i,
				   struct casework_when);
/* The same by id; false when there is no such case. */
bool casework_find(const struct casework *, struct text case_id, size_t *i);

#endif
