/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What workflow_json.c and workflow_json_rules.c have in common. */
#ifndef CANON_WORKFLOW_JSON_IN_H
#define CANON_WORKFLOW_JSON_IN_H

#include "canon/json_doc.h"
#include "model/workflow.h"

/* One name or a list of names, as a list that the caller releases. `key` is
 * what they are called in the file; an absent value is an empty list. */
struct json_list workflow_json_names(const struct json_doc *,
				     const struct json_value *,
				     const char *place, const char *key);
bool workflow_json_true(const struct json_value *);
/* Tells of a fault, or dies of it; `what` (may be empty) is the name that is
 * at fault. True when there is none. */
bool workflow_json_check(const struct json_doc *, const char *place,
			 enum workflow_fault, struct text what);

void workflow_json_role(const struct json_doc *, struct workflow *,
			struct text item, const char *place);
void workflow_json_timer(const struct json_doc *, struct workflow *,
			 struct text item, const char *place);
/* The number of the rule that the values make. */
int workflow_json_rule(const struct json_doc *, struct workflow *,
		       const char *place, const struct json_value *roles,
		       const struct json_value *required,
		       const struct json_value *guards);
void workflow_json_severity(const struct json_doc *, struct workflow *,
			    struct text object);
void workflow_json_maps(const struct json_doc *, struct workflow *,
			struct text object);

#endif
