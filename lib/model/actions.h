/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Corrective actions: what a register of them (cases of a workflow such as
 * action-steps.json beside this file) says about each. Found, planned, done,
 * and then: did it help?
 */
#ifndef MODEL_ACTIONS_H
#define MODEL_ACTIONS_H

#include "model/casework.h"

/* Of the last round: coming into `planned` after it was evaluated begins a new
 * one. Coming there again, nothing is done and evaluated yet. */
struct actions_action {
	int64_t planned_at, done_at, evaluated_at;	/* or CASEWORK_NO_TIME */
	uint32_t rounds;	/* of planning; 0: it was never planned */
	bool dropped;		/* it is in the state of that name */
};

struct actions;

/* Watches the cases from their first event on, by the states planned, done,
 * evaluated and dropped of the workflow, as far as it has them. All are
 * borrowed. */
struct actions *actions_new(struct casework *, const struct workflow *);
void actions_free(struct actions *);
struct actions_action actions_action(const struct actions *, size_t i);

/* The instant up to which an action was, or is, under way: when it was done,
 * or dropped (closed_at), else `today`. It is late when its due time is before
 * that. */
int64_t actions_end(const struct actions_action *, int64_t closed_at,
		    int64_t today);

/*
 * What came of it. With a target, which says whether more or less is better:
 * reached (the figure is at the target or beyond it), better or worse than
 * before, or the same. Unknown without one of the three figures (NAN), or
 * when the target is what it was before.
 */
enum actions_effect {
	ACTIONS_UNKNOWN, ACTIONS_REACHED, ACTIONS_BETTER, ACTIONS_SAME,
	ACTIONS_WORSE
};

enum actions_effect actions_effect(double before, double after, double target);
const char *actions_effect_name(enum actions_effect);	/* NULL: unknown */

#endif
