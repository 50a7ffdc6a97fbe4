/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint replay: an event stream in, its cases out, without a log.
 * What the workflow does not allow is a reject.
 */
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "canon/eventrows.h"
#include "canon/workflow_json.h"

#include "cmd/complaint/caserows.h"
#include "cmd/complaint/verbs.h"

struct replay {
	struct input *in;
	struct workflow *workflow;
	struct casework *cases;
	struct place *place;
	int64_t end;		/* of --as-of */
	int64_t last_at;
};

static void take(struct replay *r, const struct row *row)
{
	struct casework_event ev = eventrows_event(row, r->place);
	enum casework_verdict verdict;
	int state;

	if (ev.at >= r->end) {
		input_skip(r->in);
		return;
	}
	verdict = casework_add(r->cases, &ev, &state);
	if (verdict != CASEWORK_FINE)
		eventrows_reject(r->in, verdict, &ev, r->cases, r->workflow,
				 state, r->place);
	else if (ev.at > r->last_at)
		r->last_at = ev.at;
}

static int write_cases(const struct common *common, const struct replay *r)
{
	struct caserows rows = {
		.common = common, .workflow = r->workflow, .cases = r->cases,
		.place = r->place,
		.asked = place_asked(r->place, common, r->last_at),
	};
	struct output *out = caserows_open(common);

	caserows_write(&rows, out);
	input_close(r->in, output_rows(out));
	return output_close(out);
}

int replay_main(int argc, char **argv)
{
	const char *workflow = "seven-step", *calendar = "business-hours";
	struct replay r = { .last_at = CASEWORK_NO_TIME };
	struct calendar *hours;
	struct common common;
	struct row row;
	size_t nfiles;
	char **files;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "seven-step, eight-step or FILE.json",
		  .to = &workflow },
		{ OPT_TEXT, 0, "calendar", "FILE",
		  "business hours for working_minutes", .to = &calendar },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint replay", "[OPTION...] [FILE...]",
		"Reads complaint events and writes a row a case: case_id,state,"
		"opened_at,\nclosed_at,owner,severity,due,overdue,reopened,"
		"minutes,working_minutes,...\nAn event that the workflow does "
		"not allow is a reject.",
		"crm-complaint replay --rejects bad.csv complaints.csv", opts
	};

	files = opt_parse(&program, argc, argv, &nfiles);
	r.workflow = workflow_json_read(workflow);
	r.place = place_new(&common);
	hours = calendar_json_read(calendar, r.place);
	r.cases = casework_new(r.workflow, hours);
	r.end = place_asked(r.place, &common, CASEWORK_NO_TIME).end;
	r.in = input_open(&common, schema_find(TEXT("complaints")),
			  eventrows_columns, EVENT_COLUMNS, files, nfiles);
	while (input_next(r.in, &row))
		take(&r, &row);
	status = write_cases(&common, &r);
	casework_free(r.cases);
	calendar_free(hours);
	workflow_free(r.workflow);
	place_free(r.place);
	return status;
}
