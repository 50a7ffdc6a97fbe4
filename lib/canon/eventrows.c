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
};

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
	case CASEWORK_FINE:
		break;
	}
	bug("an event that is fine was set aside");
}
