/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cases really went through: which activity follows which, and after
 * how long; which ways through there are (variants); what is done over again
 * (rework). From any log of events that names a case, an activity and a time;
 * no workflow is asked.
 *
 * The events of a case are put in the order of time, those of one time in the
 * order of input. Nothing depends on the order in which different cases come.
 * Memory: 24 bytes an event and some 60 a case, and 8 to 16 an event more
 * while the answers are made, since medians are exact. The directly-follows
 * relation is that of W. van der Aalst, "Process Mining" (2nd ed., 2016),
 * section 6.2; times are microseconds.
 */
#ifndef MODEL_PROCESS_H
#define MODEL_PROCESS_H

#include "base/text.h"
#include "model/calendar.h"

#define PROCESS_EDGE UINT32_MAX	/* in place of an activity: before the first
				 * event of a case, or after its last */

struct process;

struct process *process_new(void);
void process_free(struct process *);

/*
 * One event; the texts are copied. `order` is its place in the input, for
 * events of one case at one time. False when there are too many events (more
 * than 4 thousand million).
 */
bool process_add(struct process *, struct text case_id, struct text activity,
		 int64_t at, uint64_t order);
/* Brings the events of `from` into `into` and frees `from`: the same as when
 * all had been added to one. False as above. */
bool process_join(struct process *into, struct process *from);

/* After the last event, before anything below. Without a calendar (NULL) there
 * are no working times. */
void process_finish(struct process *, const struct calendar *);

/* Spans of time, ascending. n may be 0. */
struct process_times {
	int64_t *us;
	size_t n, cap;
	__int128 sum;
};

#define PROCESS_ONE 1000000	/* ppm of the whole */

/* Both NAN for none. The quantile lies between the two values next to
 * (n - 1) p + 1 (type 7 of num/steps.h), as README figures and spreadsheets
 * have it. */
double process_mean(const struct process_times *);
double process_quantile(const struct process_times *, int64_t ppm);

struct process_totals {
	uint64_t cases, events;
	uint64_t activities, variants;
	uint64_t transitions;		/* pairs of activities that follow each
					 * other, a loop on itself included */
	uint64_t steps;			/* how often that happened */
	uint64_t reworked;		/* cases in which an activity came
					 * again */
	uint64_t out_of_order;		/* cases whose events came in another
					 * order than that of time */
	int64_t first_at, last_at;	/* of all events; cases > 0 */
	struct process_times duration;	/* first to last event of a case */
};
const struct process_totals *process_totals(const struct process *);

/* An activity as its numbers in what follows: 0 .. activities - 1, in bytewise
 * order of the names. */
struct text process_name(const struct process *, uint32_t activity);

/* A pair of activities that follow each other directly. */
struct process_pair {
	uint32_t from, to;		/* PROCESS_EDGE: begin, end */
	uint64_t count, cases;
	struct process_times wait;	/* from one to the other; none at the
					 * begin and the end */
	struct process_times working;	/* the business hours of it */
};
/* First the begins, then the steps, then the ends, each by count descending
 * and by the names. */
size_t process_pairs(const struct process *);
const struct process_pair *process_pair(const struct process *, size_t i);

/* A way through: the same activities in the same order. */
struct process_variant {
	const uint32_t *activity;	/* n of them */
	size_t n;
	struct process_times duration;	/* one a case */
};
/* The most frequent first; among equals the shorter one, then by the names. */
size_t process_variants(const struct process *);
const struct process_variant *process_variant(const struct process *, size_t i);

struct process_activity {
	uint32_t activity;
	uint64_t events, cases;
	uint64_t first, last;		/* cases that begin, that end with it */
	struct process_times next;	/* up to the next event of the case */
	/* rework */
	uint64_t again_cases;		/* cases in which it came again */
	uint64_t again;			/* events but for the first of a case */
	uint64_t itself;		/* of these, directly after itself */
	uint64_t one_between;		/* of these, A B A: after one other */
	struct process_times loop;	/* in those cases: from the first to the
					 * last time that it came */
};
/* By number of events descending, then by name. */
const struct process_activity *process_activity(const struct process *,
						size_t i);

#endif
