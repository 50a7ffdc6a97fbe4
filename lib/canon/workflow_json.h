/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workflows as JSON files; crm-complaint(1) describes them. The shape:
 *
 *	{ "name": "...", "note": "...",
 *	  "states": [ { "name": "...", "zh": "...", "closed": true,
 *			"paused": true }, ... ],
 *	  "events": [ { "name": "...", "zh": "...", "clock": "pause" }, ... ],
 *	  "transitions": [ { "from": STATES, "event": EVENTS, "to": "..." },
 *			   ... ] }
 *
 * STATES and EVENTS are one name or a list of names; the classes of states
 * are those of workflow_allow().
 */
#ifndef CANON_WORKFLOW_JSON_H
#define CANON_WORKFLOW_JSON_H

#include "model/workflow.h"

/* `name` as json_doc_read() takes it. Dies when it is no workflow. */
struct workflow *workflow_json_read(const char *name);

#endif
