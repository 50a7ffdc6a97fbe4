/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad lines, damage and torn tails, in words. */
#include "base/msg.h"
#include "stream/caselog_tell.h"

void caselog_bad_line(const struct caselog *log, uint64_t line, const char *why)
{
	die("%s:%llu: %s", caselog_path(log), (unsigned long long)line, why);
}

void caselog_damaged(const struct caselog *log)
{
	struct caselog_fault fault = caselog_fault(log);

	die("%s:%llu: damaged: %s; nothing is taken from or added to a log "
	    "that is not whole",
	    caselog_path(log), (unsigned long long)fault.line, fault.why);
}

void caselog_tell_tail(const struct caselog *log)
{
	struct caselog_state s = caselog_state(log);

	if (s.tail_bytes > 0)
		warn("%s:%llu: a torn last line of %llu bytes, never "
		     "acknowledged; it is not counted",
		     caselog_path(log), (unsigned long long)s.tail_line,
		     (unsigned long long)s.tail_bytes);
}
