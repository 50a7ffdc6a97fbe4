/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad lines, damage and torn tails, in words. */
#include "base/msg.h"
#include "stream/caselog_tell.h"

void caselog_bad_line(const struct caselog *log, uint64_t line, const char *why)
{
	die("%s:%llu: %s", caselog_path(log), (unsigned long long)line, why);
}

struct text caselog_text(const struct caselog *log, uint64_t line,
			 const struct caselog_member *m, struct arena *arena)
{
	struct buf plain = { 0 };
	struct text value = m->value;

	if (!m->escaped)
		return value;
	if (!caselog_unescape(&plain, m->value))
		caselog_bad_line(log, line,
				 "an escape that the log does not use");
	value.n = plain.n;
	value.p = arena_copy(arena, plain.p, plain.n);
	buf_release(&plain);
	return value;
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
