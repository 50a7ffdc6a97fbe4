/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of events, and why one is set aside. */
#include "base/day.h"
#include "base/msg.h"
#include "canon/eventrows.h"

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
		return place_day_end(place, day) - INSTANT_SECOND;
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

/* A refusal under way: its sentence, and what it is about. */
struct refusal {
	struct buf *why;
	const struct casework_event *ev;
	const struct casework *cases;
	const struct workflow *workflow;
	int state;
	struct place *place;
};

static struct eventrows_refusal say(const struct refusal *r, int column,
				    enum reason reason, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static struct eventrows_refusal say(const struct refusal *r, int column,
				    enum reason reason, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vaddf(r->why, fmt, args);
	va_end(args);
	return (struct eventrows_refusal){ column, reason };
}

static struct eventrows_refusal say_illegal(const struct refusal *r)
{
	struct text e = r->ev->event;
	struct text s = workflow_state(r->workflow, r->state)->name;

	return say(r, EVENT_EVENT, REASON_ILLEGAL_EVENT,
		   "%.*s is not allowed: the case is in state %.*s", (int)e.n,
		   e.p, (int)s.n, s.p);
}

static struct eventrows_refusal say_backwards(const struct refusal *r)
{
	struct text s = workflow_state(r->workflow, r->state)->name;
	struct casework_case k = { 0 };
	char at[INSTANT_BYTES];
	size_t i, n;

	if (casework_find(r->cases, r->ev->case_id, &i))
		k = casework_case(r->cases, i, (struct casework_when){ 0 });
	n = instant_format(k.last_at, place_zone(r->place, k.last_at), at);
	return say(r, EVENT_AT, REASON_TIME_BACKWARDS,
		   "earlier than the case's last event, at %.*s; the case is "
		   "in state %.*s", (int)n, at, (int)s.n, s.p);
}

static struct eventrows_refusal say_role(const struct refusal *r, int level)
{
	const enum reason reason = REASON_FORBIDDEN_ROLE;
	struct text e = r->ev->event, role = r->ev->role;
	int known = workflow_find_role(r->workflow, role);

	if (role.n == 0)
		return say(r, EVENT_ROLE, reason,
			   "the workflow asks for the role of who acts");
	if (known == WORKFLOW_NOT)
		return say(r, EVENT_ROLE, reason, "%.*s is not for a role that "
			   "the workflow does not have", (int)e.n, e.p);
	if (workflow_role(r->workflow, known)->level < level)
		return say(r, EVENT_ROLE, reason,
			   "%.*s takes a role of level %d here", (int)e.n, e.p,
			   level);
	return say(r, EVENT_ROLE, reason, "%.*s is not for the role %.*s",
		   (int)e.n, e.p, (int)role.n, role.p);
}

static struct eventrows_refusal say_guarded(const struct refusal *r,
					    const struct workflow_guard *g)
{
	struct text name = workflow_field(r->workflow, g->field);
	struct text e = r->ev->event;

	return say(r, -1, REASON_GUARDED,
		   g->roles ? "%.*s takes another role for this %.*s" :
			      "%.*s is not allowed for this %.*s",
		   (int)e.n, e.p, (int)name.n, name.p);
}

/* What the rules of the transition have against it. */
static struct eventrows_refusal say_rule(const struct refusal *r,
					 enum casework_verdict verdict)
{
	struct casework_refusal rule = casework_refusal(r->cases);
	struct text e = r->ev->event, name;

	if (verdict == CASEWORK_FORBIDDEN_ROLE)
		return say_role(r, rule.level);
	if (verdict == CASEWORK_NEEDS_APPROVAL)
		return say(r, EVENT_SEVERITY, REASON_NEEDS_APPROVAL,
			   "%.*s may not lower the severity, which is %d",
			   (int)e.n, e.p, rule.severity);
	if (verdict == CASEWORK_GUARDED)
		return say_guarded(r, rule.guard);
	name = workflow_field(r->workflow, rule.field);
	return say(r, -1, REASON_MISSING_FIELD,
		   "%.*s requires the column %.*s", (int)e.n, e.p, (int)name.n,
		   name.p);
}

struct eventrows_refusal
eventrows_refuse(struct buf *why, enum casework_verdict verdict,
		 const struct casework_event *ev, const struct casework *cases,
		 const struct workflow *workflow, int state,
		 struct place *place)
{
	const struct refusal r = { why, ev, cases, workflow, state, place };
	struct text name = workflow_name(workflow), e = ev->event;

	switch (verdict) {
	case CASEWORK_UNKNOWN_EVENT:
		return say(&r, EVENT_EVENT, REASON_UNKNOWN_EVENT,
			   "the workflow %.*s has no such event", (int)name.n,
			   name.p);
	case CASEWORK_UNKNOWN_CASE:
		return say(&r, EVENT_CASE_ID, REASON_UNKNOWN_CASE,
			   "there is no such case, and %.*s does not open one",
			   (int)e.n, e.p);
	case CASEWORK_ILLEGAL:
		return say_illegal(&r);
	case CASEWORK_BACKWARDS:
		return say_backwards(&r);
	case CASEWORK_FORBIDDEN_ROLE:
	case CASEWORK_NEEDS_APPROVAL:
	case CASEWORK_MISSING_FIELD:
	case CASEWORK_GUARDED:
		return say_rule(&r, verdict);
	case CASEWORK_FINE:
		break;
	}
	bug("an event that is fine was set aside");
}

void eventrows_reject(struct input *in, enum casework_verdict verdict,
		      const struct casework_event *ev,
		      const struct casework *cases,
		      const struct workflow *workflow, int state,
		      struct place *place)
{
	struct buf why = { 0 };
	struct eventrows_refusal r = eventrows_refuse(&why, verdict, ev, cases,
						      workflow, state, place);

	input_reject(in, r.column, r.reason, "%.*s", (int)why.n, why.p);
	buf_release(&why);
}
