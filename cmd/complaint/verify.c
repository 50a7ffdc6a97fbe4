/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint verify LOG: whether every line of the log is as it was
 * written. One row out; status 3 when a line is damaged.
 */
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/complaint/actionlist.h"
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

static int verify(const struct common *common,
		  const struct caselist_kind *kind, char *path)
{
	struct caselist list = { .kind = kind, .path = path };
	struct caselog_line line;
	struct caselog_fault fault;
	struct output *out;
	int status;

	caselist_guard(common, path);
	caselist_open(&list, CASELOG_READ, INT64_MAX);
	while (caselog_next(list.log, &line) > 0)
		continue;
	fault = caselog_fault(list.log);
	out = output_open(common, columns, NELEMS(columns));
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

static int run(int argc, char **argv, const char *name,
	       const struct caselist_kind *kind, const char *example)
{
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		name, "[OPTION...] LOG",
		"Checks that the log is as it was written, and writes "
		"status,line,events,\ntorn,sum. Status 3, and the line named, "
		"when it is not. Keep the sum\nelsewhere: it vouches for all "
		"the events up to it.",
		example, opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	return verify(&common, kind, files[0]);
}

int verify_main(int argc, char **argv)
{
	return run(argc, argv, "crm-complaint verify", &caselist_complaints,
		   "crm-complaint verify cases.log");
}

int actions_verify_main(int argc, char **argv)
{
	return run(argc, argv, "crm-complaint actions verify",
		   &caselist_actions,
		   "crm-complaint actions verify actions.log");
}
