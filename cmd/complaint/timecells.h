/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that the verbs show, next and overdue have in common. */
#ifndef CMD_COMPLAINT_TIMECELLS_H
#define CMD_COMPLAINT_TIMECELLS_H

#include "stream/output.h"
#include "canon/place.h"
#include "model/workflow.h"

/* Wrong usage when the options choose among cases: one is named. */
void timecells_one_case(const struct common *);

/* An instant in the place's zone; CASEWORK_NO_TIME is unknown. */
void timecells_instant(struct output *, struct place *, int64_t us);
void timecells_yes(struct output *, bool yes);
/* Whole minutes, cut. */
void timecells_minutes(struct output *, int64_t us);
/* The minutes from one running total to the next: cells made so add up to
 * the whole minutes of the last total. */
void timecells_step(struct output *, int64_t before, int64_t total);
/* "30m", "3d"; unknown when there is none. */
void timecells_limit(struct output *, struct workflow_limit);
/* Role names joined by |. */
void timecells_roles(struct output *, const struct workflow *, uint64_t roles);
/* Names of columns that a transition requires, joined by |. */
void timecells_required(struct output *, const struct workflow *,
			const struct workflow_rule *);
/* "amount > 5000: director|manager", joined by "; "; a guard that lets nobody
 * pass says "refused". */
void timecells_guards(struct output *, const struct workflow *,
		      const struct workflow_rule *);

#endif
