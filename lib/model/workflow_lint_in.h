/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What workflow_lint.c and workflow_lint_rules.c have in common. */
#ifndef MODEL_WORKFLOW_LINT_IN_H
#define MODEL_WORKFLOW_LINT_IN_H

#include "model/workflow_lint.h"

struct lint {
	const struct workflow *w;
	const struct workflow_lint *to;
	size_t states, events;
	bool *reached;		/* [state] from the new case */
	bool *ends;		/* [state] a closed state can be reached */
};

/* Of a state, an event, ...; and of what an event does in a state. */
void lint_tell(const struct lint *, bool error, const char *rule,
	       const char *kind, struct text name, const char *message);
void lint_tell_at(const struct lint *, bool error, const char *rule,
		  size_t state, size_t event, const char *message);
/* Marks the states from which a marked one can be reached. */
void lint_spread_back(const struct lint *, bool *marked);
/* The state that the event leads to, or WORKFLOW_NOT. */
int lint_step(const struct lint *, size_t state, size_t event);

void lint_rules(const struct lint *);
void lint_roles(const struct lint *);
void lint_timer(const struct lint *, const struct workflow_timer *);

#endif
