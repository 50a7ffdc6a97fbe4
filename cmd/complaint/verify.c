/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint verify LOG: whether every line of the log is as it was
 * written. One row out; status 3 when a line is damaged.
 */
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/complaint/caselist.h"
#include "cmd/complaint/verbs.h"

static const struct output_column columns[] = {
	{ "status", COL_TEXT },	{ "line", COL_INT }, { "events", COL_INT },
	{ "torn", COL_INT },	{ "sum", COL_TEXT },
};

static void write_row(struct output *out, const struct caselog *log,
		      uint64_t damaged)
{
	struct caselog_state s = caselog_state(log);

	output_str(out, damaged ? "damaged" : "whole");
	if (damaged)
		output_int(out, (int64_t)damaged);
	else
		output_empty(out);
	output_int(out, (int64_t)s.seq);
	output_int(out, (int64_t)s.torn_lines + (s.tail_bytes > 0));
	output_text(out, (struct text){ s.sum, s.seq ? sizeof(s.sum) : 0 });
	output_end(out);
}

int verify_main(int argc, char **argv)
{
	struct caselist list = { .path = NULL };
	struct caselog_line line;
	struct caselog_fault fault;
	struct common common;
	struct output *out;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint verify", "[OPTION...] LOG",
		"Checks that the log is as it was written, and writes "
		"status,line,events,\ntorn,sum. Status 3, and the line named, "
		"when it is not. Keep the sum\nelsewhere: it vouches for all "
		"the events up to it.",
		"crm-complaint verify cases.log", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	caselist_guard(&common, files[0]);
	list.path = files[0];
	caselist_open(&list, CASELOG_READ, INT64_MAX);
	while (caselog_next(list.log, &line) > 0)
		continue;
	fault = caselog_fault(list.log);
	out = output_open(&common, columns, NELEMS(columns));
	write_row(out, list.log, fault.line);
	if (fault.line)
		warn("%s:%llu: damaged: %s", list.path,
		     (unsigned long long)fault.line, fault.why);
	else
		caselist_tell_tail(&list);
	status = output_close(out);
	caselist_close(&list);
	return fault.line ? EXIT_FOUND : status;
}
