/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of events, and why one is set aside. */
#include "base/day.h"
#include "base/msg.h"
#include "canon/eventrows.h"

#define SECOND_US INT64_C(1000000)

const struct input_column eventrows_columns[EVENT_COLUMNS] = {
	[EVENT_CASE_ID] = { "case_id", COL_TEXT, INPUT_FILLED },
	[EVENT_AT] = { "at", COL_INSTANT, INPUT_FILLED },
	[EVENT_EVENT] = { "event", COL_TEXT, INPUT_FILLED },
	[EVENT_OWNER] = { "owner", COL_TEXT, INPUT_OPTIONAL },
	[EVENT_SEVERITY] = { "severity", COL_TEXT, INPUT_OPTIONAL },
	[EVENT_DUE] = { "due", COL_INSTANT, INPUT_OPTIONAL },
	[EVENT_ROLE] = { "role", COL_TEXT, INPUT_OPTIONAL },
	[EVENT_ACTOR] = { "actor", COL_TEXT, INPUT_OPTIONAL },
};

size_t eventrows_all(const struct casework *cases,
		     struct input_column columns[EVENTROWS_MAX])
{
	const struct schema *schema = schema_find(TEXT("complaints"));
	size_t n = EVENT_COLUMNS;

	memcpy(columns, eventrows_columns, sizeof(eventrows_columns));
	for (size_t k = 0; k < casework_columns(cases); k++) {
		struct text name = casework_column(cases, k);
		const struct schema_column *c = schema_column(schema, name);

		columns[n++] = (struct input_column){
			name.p, c ? c->type : COL_TEXT, INPUT_OPTIONAL
		};
	}
	return n;
}

void eventrows_fields(const struct row *row, const struct casework *cases,
		      struct text field[CASEWORK_FIELDS])
{
	for (size_t k = 0; k < casework_columns(cases); k++)
		field[k] = row->cell[EVENT_COLUMNS + k].text;
}

static int64_t due_of(const struct cell *cell, struct place *place)
{
	int32_t day;

	if (!cell->known)
		return CASEWORK_NO_TIME;
	if (day_parse(cell->text, &day) && cell->text.n == DAY_BYTES)
		return place_day_end(place, day) - SECOND_US;
	return cell->us;
}

struct casework_event eventrows_event(const struct row *row,
				      struct place *place)
{
	const struct cell *cell = row->cell;

	return (struct casework_event){
		.case_id = cell[EVENT_CASE_ID].text,
		.event = cell[EVENT_EVENT].text,
		.at = cell[EVENT_AT].us,
		.zone_minutes = place_zone(place, cell[EVENT_AT].us),
		.owner = cell[EVENT_OWNER].text,
		.severity = cell[EVENT_SEVERITY].text,
		.due = due_of(&cell[EVENT_DUE], place),
		.role = cell[EVENT_ROLE].text,
		.actor = cell[EVENT_ACTOR].text,
	};
}

static void reject_illegal(struct input *in, const struct casework_event *ev,
			   const struct workflow *workflow, int state)
{
	struct text s = workflow_state(workflow, state)->name;

	input_reject(in, EVENT_EVENT, REASON_ILLEGAL_EVENT,
		     "%.*s is not allowed: the case is in state %.*s",
		     (int)ev->event.n, ev->event.p, (int)s.n, s.p);
}

static void reject_backwards(struct input *in, const struct casework_event *ev,
			     const struct casework *cases,
			     const struct workflow *workflow, int state,
			     struct place *place)
{
	struct text s = workflow_state(workflow, state)->name;
	struct casework_case k = { 0 };
	char at[INSTANT_BYTES];
	size_t i, n;

	if (casework_find(cases, ev->case_id, &i))
		k = casework_case(cases, i, (struct casework_when){ 0 });
	n = instant_format(k.last_at, place_zone(place, k.last_at), at);
	input_reject(in, EVENT_AT, REASON_TIME_BACKWARDS,
		     "earlier than the case's last event, at %.*s; the case is "
		     "in state %.*s", (int)n, at, (int)s.n, s.p);
}

static void reject_role(struct input *in, const struct casework_event *ev,
			const struct workflow *workflow, int level)
{
	int r = workflow_find_role(workflow, ev->role);
	struct text e = ev->event;

	if (ev->role.n == 0)
		input_reject(in, EVENT_ROLE, REASON_FORBIDDEN_ROLE,
			     "the workflow asks for the role of who acts");
	else if (r == WORKFLOW_NOT)
		input_reject(in, EVENT_ROLE, REASON_FORBIDDEN_ROLE,
			     "%.*s is not for a role that the workflow does "
			     "not have", (int)e.n, e.p);
	else if (workflow_role(workflow, r)->level < level)
		input_reject(in, EVENT_ROLE, REASON_FORBIDDEN_ROLE,
			     "%.*s takes a role of level %d here", (int)e.n,
			     e.p, level);
	else
		input_reject(in, EVENT_ROLE, REASON_FORBIDDEN_ROLE,
			     "%.*s is not for the role %.*s", (int)e.n, e.p,
			     (int)ev->role.n, ev->role.p);
}

static void reject_lowering(struct input *in, const struct casework_event *ev,
			    int severity)
{
	input_reject(in, EVENT_SEVERITY, REASON_NEEDS_APPROVAL,
		     "%.*s may not lower the severity, which is %d",
		     (int)ev->event.n, ev->event.p, severity);
}

static void reject_missing(struct input *in, const struct casework_event *ev,
			   struct text name)
{
	input_reject(in, -1, REASON_MISSING_FIELD, "%.*s requires the column "
		     "%.*s", (int)ev->event.n, ev->event.p, (int)name.n,
		     name.p);
}

static void reject_guarded(struct input *in, const struct casework_event *ev,
			   const struct workflow *workflow,
			   const struct workflow_guard *g)
{
	struct text name = workflow_field(workflow, g->field);

	input_reject(in, -1, REASON_GUARDED,
		     g->roles ? "%.*s takes another role for such a %.*s" :
				"%.*s is not allowed for such a %.*s",
		     (int)ev->event.n, ev->event.p, (int)name.n, name.p);
}

/* What the rules of the transition have against it. */
static void reject_by_rule(struct input *in, enum casework_verdict verdict,
			   const struct casework_event *ev,
			   const struct casework *cases,
			   const struct workflow *workflow)
{
	struct casework_refusal r = casework_refusal(cases);

	if (verdict == CASEWORK_FORBIDDEN_ROLE)
		reject_role(in, ev, workflow, r.level);
	else if (verdict == CASEWORK_NEEDS_APPROVAL)
		reject_lowering(in, ev, r.severity);
	else if (verdict == CASEWORK_MISSING_FIELD)
		reject_missing(in, ev, workflow_field(workflow, r.field));
	else
		reject_guarded(in, ev, workflow, r.guard);
}

void eventrows_reject(struct input *in, enum casework_verdict verdict,
		      const struct casework_event *ev,
		      const struct casework *cases,
		      const struct workflow *workflow, int state,
		      struct place *place)
{
	struct text name = workflow_name(workflow);

	switch (verdict) {
	case CASEWORK_UNKNOWN_EVENT:
		input_reject(in, EVENT_EVENT, REASON_UNKNOWN_EVENT,
			     "the workflow %.*s has no such event",
			     (int)name.n, name.p);
		return;
	case CASEWORK_UNKNOWN_CASE:
		input_reject(in, EVENT_CASE_ID, REASON_UNKNOWN_CASE,
			     "there is no such case, and %.*s does not open "
			     "one", (int)ev->event.n, ev->event.p);
		return;
	case CASEWORK_ILLEGAL:
		reject_illegal(in, ev, workflow, state);
		return;
	case CASEWORK_BACKWARDS:
		reject_backwards(in, ev, cases, workflow, state, place);
		return;
	case CASEWORK_FORBIDDEN_ROLE:
	case CASEWORK_NEEDS_APPROVAL:
	case CASEWORK_MISSING_FIELD:
	case CASEWORK_GUARDED:
		reject_by_rule(in, verdict, ev, cases, workflow);
		return;
	case CASEWORK_FINE:
		break;
	}
	bug("an event that is fine was set aside");
}
