/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint cases LOG: the log's cases, one a row. */
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "stream/input.h"

#include "cmd/complaint/caselist.h"
#include "cmd/complaint/caserows.h"
#include "cmd/complaint/verbs.h"

static int write_cases(const struct common *common, struct caselist *list)
{
	struct caserows rows = {
		.common = common, .workflow = list->workflow,
		.cases = list->cases, .place = list->place,
		.asked = place_asked(list->place, common, list->last_at),
		.choose = true,
	};
	struct input_counts counts = {
		.in = list->used + list->left_out, .used = list->used,
		.filtered = list->left_out,
	};
	struct output *out = caserows_open(common);

	caserows_write(&rows, out);
	if (common->summary)
		input_print_summary(&counts, output_rows(out));
	return output_close(out);
}

int cases_main(int argc, char **argv)
{
	const char *calendar = "business-hours";
	struct caselist list = { .path = NULL };
	struct calendar *hours;
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "another than the log's own",
		  .to = &list.workflow_asked },
		{ OPT_TEXT, 0, "calendar", "FILE",
		  "business hours for working_minutes", .to = &calendar },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint cases", "[OPTION...] LOG",
		"Writes a row a case: case_id,state,opened_at,closed_at,owner,"
		"severity,due,\noverdue,reopened,minutes,working_minutes,"
		"paused,as_of. --where and the\nperiod (by opened_at) choose "
		"among these rows.",
		"crm-complaint cases cases.log --where overdue=yes", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	caselist_guard(&common, files[0]);
	if (common.by || common.withs.n)
		die_usage("--by and --with: a log has no such columns; pipe "
			  "the cases on");
	list.place = place_new(&common);
	hours = calendar_json_read(calendar, list.place);
	caserows_check(&common, list.place);
	list.path = files[0];
	list.calendar = hours;
	caselist_open(&list, CASELOG_READ,
		      place_asked(list.place, &common, CASEWORK_NO_TIME).end);
	caselist_catch_up(&list);
	caselist_tell_tail(&list);
	caselist_begin(&list);
	status = write_cases(&common, &list);
	caselist_close(&list);
	calendar_free(hours);
	place_free(list.place);
	return status;
}
