/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint cases LOG: the log's cases, or those of events, one a row. */
#include "base/msg.h"

#include "cmd/complaint/caserows.h"
#include "cmd/complaint/verbs.h"

int cases_main(int argc, char **argv)
{
	const char *columns = NULL;
	struct casesource src;
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	casesource_init(&src, &common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "columns", "COL,...",
		  "further columns of the events, as last given",
		  .to = &columns },
		{ .kind = OPT_INCLUDE, .to = src.opts },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint cases", "[OPTION...] LOG | [FILE...]",
		"Writes a row a case: case_id,state,opened_at,closed_at,owner,"
		"severity,due,\noverdue,reopened,minutes,working_minutes,"
		"paused,as_of. --where and the\nperiod (by opened_at) choose "
		"among these rows, and by any column of the events.",
		"crm-complaint cases cases.log --where overdue=yes", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (common.by)
		die_usage("--by: the cases are not grouped; see stats");
	return caserows_run(&src, columns, files, n);
}
