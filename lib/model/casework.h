/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases from events. Every event is checked against the workflow and the
 * state that its case is in, and moves the case; what is asked of a case
 * (state, clocks, reopenings, overdue) is computed from the events alone, so
 * that the same events give other answers under another calendar.
 *
 * Events of different cases may come in any order; those of one case in the
 * order of time. Memory is in proportion to the cases: about 100 bytes each,
 * and 4 for every column that is kept of them.
 *
 *	cw = casework_new(workflow, calendar);
 *	casework_fields(cw, names, n);		what is wanted of each case
 *	casework_watch(cw, sizeof(struct mine), step, ctx);
 *	columns to read = casework_columns(cw), casework_column(cw, k)
 *	casework_add(cw, &event, &state);	for every event
 *	casework_case(cw, i, when); casework_field(cw, i, f);
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
	struct text role, actor; /* of who acts */
	/* The columns of casework_column(), in their order; an empty text says
	 * nothing. NULL: none of them. */
	const struct text *field;
	/* It stands in a log, and was checked when it came there: only the
	 * state and the time are looked at, so that a log stays readable when
	 * roles, guards or forms are made stricter. */
	bool recorded;
};

enum casework_verdict {
	CASEWORK_FINE,
	CASEWORK_UNKNOWN_EVENT,	/* the workflow has no such event */
	CASEWORK_UNKNOWN_CASE,	/* there is no such case, and the event does
				 * not open one */
	CASEWORK_ILLEGAL,	/* not allowed in the case's state */
	CASEWORK_BACKWARDS,	/* earlier than the case's last event */
	CASEWORK_FORBIDDEN_ROLE, /* not for this role; or a role is wanted */
	CASEWORK_NEEDS_APPROVAL, /* lowers the severity, and may not */
	CASEWORK_MISSING_FIELD,	/* a column that the transition requires */
	CASEWORK_GUARDED	/* a guard keeps it from this role, or at all */
};

/* More about the last verdict that was one of the last four. */
struct casework_refusal {
	const struct workflow_rule *rule;
	const struct workflow_guard *guard;	/* CASEWORK_GUARDED */
	int field;		/* of the workflow: CASEWORK_MISSING_FIELD */
	int level;		/* that a role must have; 0: no matter */
	int severity;		/* of the case */
};

struct casework;

/* Both are borrowed. `calendar` may be NULL: all time is working time; it
 * knows itself how the clocks of the place run. */
struct casework *casework_new(const struct workflow *,
			      const struct calendar *);
void casework_free(struct casework *);

/*
 * ---- columns ----
 *
 * Of the columns named here the case keeps the last value that was given, as
 * a word: for what repeats (category, store_id, cause), not for free text.
 * `owner` and `severity` may be among them, and are always kept. The rules of
 * the workflow name columns besides. Before the first event; at most
 * CASEWORK_FIELDS altogether, else false.
 */
#define CASEWORK_FIELDS 64
#define CASEWORK_NO_FIELD SIZE_MAX

bool casework_fields(struct casework *, const struct text *names, size_t n);
/* What a reader must give in casework_event.field: those of the columns above
 * that have no place of their own in the event. Fixed from the first event. */
size_t casework_columns(const struct casework *);
/* The name ends in a NUL, and lives as long as the cases. */
struct text casework_column(const struct casework *, size_t k);
/* The number of a kept column, or CASEWORK_NO_FIELD. */
size_t casework_find_field(const struct casework *, struct text name);
/* Its value in case i, empty when none was given; as a text, and as the
 * number of a word: equal numbers are equal words, 0 is the empty one. */
struct text casework_field(const struct casework *, size_t i, size_t field);
uint32_t casework_field_word(const struct casework *, size_t i, size_t field);
/* A word by its number; valid until the next casework_add(). */
struct text casework_word(const struct casework *, uint32_t word);

/*
 * Says what severity a text in the column `scene` stands for, 0: none. A scene
 * sets the severity of a case that has none and raises a lower one, where the
 * event itself gives no severity; it never lowers one. `digest` tells what is
 * said from what might be said otherwise (model/casework_keep.h). Before the
 * first event; false when there is no room for the column.
 */
bool casework_scenes(struct casework *,
		     int (*severity)(void *ctx, struct text scene), void *ctx,
		     uint64_t digest);

/*
 * ---- watchers ----
 *
 * Whoever computes something of the events one by one (timers, statistics)
 * asks for `bytes` of room in every case, zeroed, and is called after each
 * event that was taken. Watchers are called in the order in which they came.
 */
struct casework_change {
	const struct casework *cases;
	const struct casework_event *event;
	size_t i;		/* the case */
	int number;		/* of the event, in the workflow */
	int from, to;		/* states; from WORKFLOW_NEW: the case opens */
	/* Whether working time stood still while the case was open: between
	 * the event before and this one, and from now on. */
	bool was_paused, paused;
	int64_t last_at;	/* of the event before; when the case opens,
				 * this one's own */
	int64_t elapsed;	/* since then, and the part of it in which */
	int64_t working;	/* the case was open, not paused, in hours */
	uint32_t owner_was, owner;	/* words */
	uint32_t severity_was, severity;
};

/* Before the first event. Returns the watcher's number. */
size_t casework_watch(struct casework *, size_t bytes,
		      void (*step)(void *ctx, void *mine,
				   const struct casework_change *),
		      void *ctx);
/* The watcher's room in case i; valid until the next casework_add(). */
void *casework_mine(const struct casework *, size_t watcher, size_t i);

/*
 * Takes one event. *state is the state after it; when the verdict is not
 * CASEWORK_FINE nothing has changed, and *state is the state that the case
 * is in (WORKFLOW_NEW: there is none).
 */
enum casework_verdict casework_add(struct casework *,
				   const struct casework_event *, int *state);
/*
 * Says which cases the next events will be of (the first CASEWORK_EXPECT are
 * looked at): it changes nothing, but with very many cases their memory is
 * waited for together, which is most of the time that an event takes.
 */
#define CASEWORK_EXPECT 64
void casework_expect(const struct casework *, const struct text *case_id,
		     size_t n);
/* Why, after a verdict that has reasons of its own. */
struct casework_refusal casework_refusal(const struct casework *);

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
