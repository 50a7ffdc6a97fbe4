/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may happen next to a case: the events that its workflow allows in its
 * state, where they lead, who may make them, and which timer each would stop.
 */
#ifndef MODEL_NEXTSTEPS_H
#define MODEL_NEXTSTEPS_H

#include "model/timers.h"

#define NEXTSTEPS_NO_TIMER SIZE_MAX

struct nextstep {
	int event, to;
	/* Who may: the roles of the transition whose level is that of the
	 * case's severity or higher. 0 when `anybody`, or when nobody is high
	 * enough. */
	uint64_t roles;
	bool anybody;
	const struct workflow_rule *rule;	/* what is required, guards */
	/* Of the running timers that the event stops, the one whose time is up
	 * first (as timers_timer() counts); NEXTSTEPS_NO_TIMER: none with a
	 * due time. */
	size_t timer;
	int64_t due;
};

/* Those of case i, in the order of the workflow's events; fills at most
 * workflow_events() of them and returns how many. */
size_t nextsteps_list(const struct timers *, const struct workflow *,
		      const struct casework_case *, size_t i,
		      struct casework_when, struct nextstep *);

/*
 * The step to take: the first event of the workflow that leads the case to
 * another state that is not closed, or, where there is none, to a closed one.
 * False when the case can only rest.
 */
bool nextsteps_first(const struct timers *, const struct workflow *,
		     const struct casework_case *, size_t i,
		     struct casework_when, struct nextstep *);

/* The running timer of case i whose time is up first, or
 * NEXTSTEPS_NO_TIMER. */
size_t nextsteps_nearest(const struct timers *, size_t i, struct casework_when,
			 struct timers_status *);

#endif
