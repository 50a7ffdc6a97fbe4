/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workflows as JSON files; crm-complaint(1) describes them. The shape:
 *
 *	{ "name": "...", "note": "...",
 *	  "roles": [ { "name": "...", "zh": "...", "level": 1 }, ... ],
 *	  "roles_required": true,
 *	  "states": [ { "name": "...", "zh": "...", "closed": true,
 *			"paused": true }, ... ],
 *	  "events": [ { "name": "...", "zh": "...", "clock": "pause",
 *			"lowers_severity": true, "form": [ "COLUMN", ... ] },
 *		      ... ],
 *	  "transitions": [ { "from": STATES, "event": EVENTS, "to": "...",
 *			     "roles": ROLES, "required": COLUMNS,
 *			     "guards": [ { "field": "COLUMN", "op": ">",
 *					   "value": VALUE, "roles": ROLES },
 *					 { ..., "refuse": true } ] }, ... ],
 *	  "severity": { "levels": { "1": 1, ..., "5": 5 }, "note": "..." },
 *	  "timers": [ { "name": "...", "zh": "...", "from": STATES,
 *			"until": STATES, "within": { "1": "3d", "": "5d" },
 *			"clock": "wall", "deadline": true }, ... ],
 *	  "maps": { "another-workflow": { "STATE": "its state", ... } } }
 *
 * STATES, EVENTS, ROLES and COLUMNS are one name or a list of names; the
 * classes of states are those of workflow_allow(). Only name, states, events
 * and transitions must be there.
 */
#ifndef CANON_WORKFLOW_JSON_H
#define CANON_WORKFLOW_JSON_H

#include "model/workflow.h"

/* `name` as json_doc_read() takes it. Dies when it is no workflow. */
struct workflow *workflow_json_read(const char *name);

/* Reads on behind every fault and tells of each, instead of dying: the line
 * (0: not known), a stable code, the place in the document, and why. What is
 * at fault is left out; whether every state is reached is not looked at. For
 * people who write one (model/workflow_lint.h), and for tests. */
typedef void workflow_json_tell(void *ctx, unsigned long line,
				const char *rule, const char *place,
				const char *why);
struct workflow *workflow_json_try(const char *name, workflow_json_tell *,
				   void *ctx);
/* The same from the document's own text. */
struct workflow *workflow_json_parse(struct text, workflow_json_tell *,
				     void *ctx);

#endif
