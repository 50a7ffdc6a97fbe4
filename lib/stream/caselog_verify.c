/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether every line of a log is as it was written. */
#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_tell.h"
#include "stream/caselog_verify.h"
#include "stream/output.h"

const char caselog_verify_about[] =
	"Checks that the log is as it was written, and writes "
	"status,line,events,\ntorn,sum. Status 3, and the line named, "
	"when it is not. Keep the sum\nelsewhere: it vouches for all "
	"the events up to it.";

static const struct output_column columns[] = {
	{"status", COL_TEXT}, {"line", COL_INT}, {"events", COL_INT},
	{"torn", COL_INT},    {"sum", COL_TEXT},
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
	output_text(out, (struct text){s.sum, s.seq ? sizeof(s.sum) : 0});
	output_end(out);
}

int caselog_verify(const struct common *common, struct caselog *log)
{
	struct caselog_line line;
	struct caselog_fault fault;
	struct output *out;
	int status;

	while (caselog_next(log, &line) > 0)
		continue;
	fault = caselog_fault(log);
	out = output_open(common, columns, NELEMS(columns));
	write_row(out, log, fault.line);
	if (fault.line)
		warn("%s:%llu: damaged: %s", caselog_path(log),
		     (unsigned long long)fault.line, fault.why);
	else
		caselog_tell_tail(log);
	status = output_close(out);
	return fault.line ? EXIT_FOUND : status;
}
