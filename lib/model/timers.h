/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The timers of a workflow over the cases of a casework: how long each has
 * run, when its time is up, and why then.
 *
 * A timer starts when its case comes into one of its `from` states, and stops
 * when it comes into one of its `until` states, or is closed. Coming into a
 * `from` state again (a reopening, a step that was returned) starts it anew,
 * from nothing; the last run is the one that is told.
 *
 * The limit is that of the severity which the case has now, or had when the
 * timer stopped, and counts from the start of the run: what was used before
 * the severity changed stays used, and what was paused stays paused. A
 * working timer counts business hours in which the case was not paused; a
 * wall timer counts all time, and no pause stops it.
 *
 * Nothing is counted while events come in, only starts, stops and pauses are
 * kept: 24 bytes for a timer and for a pause.
 */
#ifndef MODEL_TIMERS_H
#define MODEL_TIMERS_H

#include "model/casework.h"

struct timers;

/*
 * Watches the cases from their first event on. `all`: every timer of the
 * workflow; else the deadline alone, if there is one. All are borrowed;
 * calendar as in casework_new().
 */
struct timers *timers_new(struct casework *, const struct workflow *,
			  const struct calendar *, bool all);
void timers_free(struct timers *);

/* How many are watched, and which of the workflow's the k-th is. */
size_t timers_count(const struct timers *);
const struct workflow_timer *timers_timer(const struct timers *, size_t k);
/* What a limit amounts to in microseconds; 0: no limit. A working day is as
 * long as the longest day of the calendar's week, a working week as long as
 * all its days; on the wall a day has 24 hours and a week seven days. */
int64_t timers_length(const struct timers *, const struct workflow_timer *,
		      struct workflow_limit);

enum timers_state {
	TIMERS_UNUSED,		/* it has never run */
	TIMERS_RUNNING,
	TIMERS_PAUSED,
	TIMERS_STOPPED
};

struct timers_status {
	enum timers_state state;
	int64_t start, stop;	/* CASEWORK_NO_TIME: not, or not yet */
	int severity;		/* whose limit holds; 0: none */
	int64_t limit;		/* microseconds; 0: no limit */
	int64_t used;		/* up to the stop, or to when.until */
	/* The instant at which the limit is used up; the one that an event
	 * gave, where the timer is the deadline. CASEWORK_NO_TIME without a
	 * limit, and while a pause keeps it from being known. */
	int64_t due;
	bool given;		/* by an event */
	bool late;		/* stopped, or still running today, after due */
	uint32_t runs;		/* times it was started */
};

/* Timer k of case i. `when` as in casework_case(). */
struct timers_status timers_status(const struct timers *, size_t i, size_t k,
				   struct casework_when when);

/* casework_case() with the deadline's end as its due, where no event gave
 * one. */
struct casework_case timers_case(const struct timers *, size_t i,
				 struct casework_when when);

/* ---- the arithmetic ---- */

enum timers_why {
	/* as enum calendar_why */
	TIMERS_WORKING, TIMERS_MAKEUP, TIMERS_UNLISTED, TIMERS_BREAK,
	TIMERS_CLOSED, TIMERS_REST, TIMERS_HOLIDAY,
	TIMERS_WAITING,			/* the case was paused */
	TIMERS_WALL			/* all time counts */
};

struct timers_row {
	int64_t from, to;
	int64_t counted, total;	/* microseconds; total: up to `to` */
	enum timers_why why;
	struct text name, zh;	/* of a holiday; the calendar's */
};

/*
 * All the time from the start of timer k to the end of its limit, without a
 * gap, in rows that are counted and rows that are not: the last total is the
 * limit. Where the end is not known (no limit, or paused), up to the stop or
 * when.until. Allocated, the caller frees; NULL when it has never run.
 */
struct timers_row *timers_rows(const struct timers *, size_t i, size_t k,
			       struct casework_when when, size_t *n);

#endif
