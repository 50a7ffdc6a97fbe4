/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint replay: an event stream in, its cases out, without a log.
 * What the workflow does not allow is a reject. Unlike cases, --where and the
 * period choose among the events.
 */
#include "base/msg.h"

#include "cmd/complaint/caserows.h"
#include "cmd/complaint/verbs.h"

int replay_main(int argc, char **argv)
{
	const char *columns = NULL;
	struct casesource src;
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	casesource_init(&src, &common);
	src.pick_events = true;
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "columns", "COL,...",
		  "further columns of the events, as last given",
		  .to = &columns },
		{ .kind = OPT_INCLUDE, .to = src.opts },
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

	files = opt_parse(&program, argc, argv, &n);
	if (common.by)
		die_usage("--by: the cases are not grouped; see stats");
	return caserows_run(&src, columns, files, n);
}
