/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What workflow.c and workflow_rules.c have in common. */
#ifndef MODEL_WORKFLOW_IN_H
#define MODEL_WORKFLOW_IN_H

#include "base/mem.h"
#include "model/workflow.h"

struct workflow_column {
	struct text name;
	bool kept;
};

struct workflow {
	struct text name;
	uint64_t content;
	struct arena texts;
	struct workflow_state *state;
	struct workflow_event *event;
	size_t states, state_cap, events, event_cap;
	/* [state * events + event]; made when the first transition comes,
	 * fixing both counts. */
	int16_t *next;
	uint16_t *under;	/* the number of the rule */

	struct workflow_role role[WORKFLOW_ROLES];
	size_t roles;
	bool roles_required;
	struct workflow_column field[WORKFLOW_FIELDS];
	size_t fields;
	struct workflow_rule *rule;	/* 0: without any rule */
	size_t rules, rule_cap;
	int level[WORKFLOW_SEVERITIES + 1];
	struct workflow_timer *timer;
	size_t timers, timer_cap;
	struct workflow_pair *pair;
	size_t pairs, pair_cap;
};

struct text workflow_keep(struct workflow *, struct text);
/* Names stand in messages and tables: no control bytes. */
bool workflow_name_fine(struct text);

#endif
