/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a workflow that can be read may still have wrong with it. An error is
 * what cases will get stuck on or what can never come to pass; a warning what
 * its author most likely did not mean. The rules' codes are stable:
 *
 *	error	no-start	no event opens a case
 *		unreachable	no way leads to a state
 *		no-terminal	no state is closed
 *		dead-end	no event leaves an open state
 *		no-way-out	from an open state no closed one is reached
 *		nobody-may	no role that a transition names has the level
 *				of some severity
 *		guard-never	a guard that cannot hold
 *		timer-endless	from where it starts a timer cannot stop
 *		timer-never	no case comes into a state where it starts
 *		map-unknown	a map names a state the other lacks
 *	warning	no-reopening	no event leaves a closed state for an open one
 *		unused-event	an event is allowed nowhere
 *		unused-role	a role that nothing is asked of
 *		unused-column	a rule names a column that no event of the
 *				stream has
 *		guard-words	numbers held against what is none
 *		guard-nobody	a guard's roles are none of the transition's
 *		no-resume	a clock is stopped by an event, none goes on
 *		no-lowering	severity has levels, nothing may lower it
 *		no-form		an event that opens cases asks for no columns
 *		no-chinese	a state, event, role or timer without its name
 *		timer-slack	a worse severity has more time
 *		timer-unlimited	no limit for some severity
 *		map-partial	a state without a counterpart
 *		map-closed	a closed state stands for an open one, or an
 *				open for a closed
 */
#ifndef MODEL_WORKFLOW_LINT_H
#define MODEL_WORKFLOW_LINT_H

#include "model/workflow.h"

/* Says what the data know of columns. */
enum workflow_column_kind {
	WORKFLOW_COLUMN_NONE,	/* the stream has no such column */
	WORKFLOW_COLUMN_TEXT,
	WORKFLOW_COLUMN_NUMBER
};

struct workflow_lint {
	enum workflow_column_kind (*column)(void *ctx, struct text name);
	void (*tell)(void *ctx, bool error, const char *rule,
		     const char *where, const char *message);
	void *ctx;
};

/* Tells of everything, in a fixed order. */
void workflow_lint(const struct workflow *, const struct workflow_lint *);
/* Holds its map onto another workflow against that one. */
void workflow_lint_map(const struct workflow *, const struct workflow *other,
		       const struct workflow_lint *);

#endif
