/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a durable log (caselog.h) that cannot be gone on with, or of
 * which something is left out: the same words in every program. */
#ifndef STREAM_CASELOG_TELL_H
#define STREAM_CASELOG_TELL_H

#include "base/mem.h"
#include "stream/caselog.h"

/* Ends the run: a good line says what its reader cannot take. */
_Noreturn void caselog_bad_line(const struct caselog *, uint64_t line,
				const char *why);
/* The text of a member of such a line, in the arena when it is escaped; a bad
 * line when it cannot be had. */
struct text caselog_text(const struct caselog *, uint64_t line,
			 const struct caselog_member *, struct arena *);
/* Ends the run after caselog_next() gave -1. */
_Noreturn void caselog_damaged(const struct caselog *);
/* Tells of bytes behind the last event that no commit has set off yet, as
 * far as the log was read. */
void caselog_tell_tail(const struct caselog *);

#endif
