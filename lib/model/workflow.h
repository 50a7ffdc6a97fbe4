/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workflow as data: which events a case admits in which state, and where
 * they lead. Nothing about a particular workflow is in the code; the two of
 * the house are seven-step.json and eight-step.json beside this file, and
 * canon/workflow_json.h reads those and a user's own.
 *
 * States and events are small numbers, in the order in which they were
 * added. State 0 is "there is no such case yet".
 */
#ifndef MODEL_WORKFLOW_H
#define MODEL_WORKFLOW_H

#include "base/text.h"

#define WORKFLOW_NEW 0		/* the state before a case's first event */
#define WORKFLOW_NOT (-1)	/* no such state, event or transition */
#define WORKFLOW_MAX 1000	/* states, and events, at most */

struct workflow_state {
	struct text name;
	struct text zh;		/* its name in Chinese, may be empty */
	bool closed;		/* the case rests; only a reopening leaves */
	bool paused;		/* the clock of working time stands still */
};

/* What an event does to the clock besides moving the case. */
enum workflow_clock {
	WORKFLOW_CLOCK_RUNS,
	WORKFLOW_CLOCK_PAUSE,	/* stands still until it is resumed, or until
				 * the case moves to another state */
	WORKFLOW_CLOCK_RESUME
};

struct workflow_event {
	struct text name;
	struct text zh;
	enum workflow_clock clock;
};

struct workflow;

/* Why a definition cannot be taken. */
enum workflow_fault {
	WORKFLOW_FINE,
	WORKFLOW_BAD_NAME,	/* empty, too long, beginning with @, or with
				 * control bytes */
	WORKFLOW_TWICE,		/* state, event or transition given twice */
	WORKFLOW_TOO_MANY,	/* more than WORKFLOW_MAX */
	WORKFLOW_NO_STATE,	/* a transition names a state not given */
	WORKFLOW_NO_EVENT,	/* or an event not given */
	WORKFLOW_NO_TARGET,	/* a new case has no state to stay in */
	WORKFLOW_NO_START,	/* no event is allowed on a new case */
	WORKFLOW_UNREACHED	/* no event leads to some state */
};

const char *workflow_strerror(enum workflow_fault);

/* All texts are copied; workflow_free() frees everything. */
struct workflow *workflow_new(struct text name);
void workflow_free(struct workflow *);

/*
 * First all states and events, then the transitions. `from` is a state's
 * name or a class of states:
 *	@new	no case yet		@open	every state not closed
 *	@closed	every closed state	@any	@open and @closed
 * An empty `to` leaves the case in the state it is in. A pair of state and
 * event can be given only once, whether by name or by class.
 */
enum workflow_fault workflow_add_state(struct workflow *,
				       struct workflow_state);
enum workflow_fault workflow_add_event(struct workflow *,
				       struct workflow_event);
enum workflow_fault workflow_allow(struct workflow *, struct text from,
				   struct text event, struct text to);
/* What is wrong with the whole, its own name included; for
 * WORKFLOW_UNREACHED *state is the first such state. */
enum workflow_fault workflow_check(const struct workflow *, int *state);

struct text workflow_name(const struct workflow *);
/* Numbers run from 0 up to these; state 0 is WORKFLOW_NEW, named "". */
int workflow_states(const struct workflow *);
int workflow_events(const struct workflow *);
const struct workflow_state *workflow_state(const struct workflow *, int);
const struct workflow_event *workflow_event(const struct workflow *, int);
/* The number of a name, or WORKFLOW_NOT. */
int workflow_find_state(const struct workflow *, struct text name);
int workflow_find_event(const struct workflow *, struct text name);

/* Where an event leads from a state, or WORKFLOW_NOT when it is not
 * allowed there. Both numbers are valid. */
int workflow_step(const struct workflow *, int state, int event);

#endif
