/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a writer knows of the cases in a log: those it is asked about, by the
 * index beside the log; or all of them, from the whole log, when there is no
 * index to go by. Which of the two is never seen but in the time it takes.
 */
#ifndef CMD_COMPLAINT_KNOWN_H
#define CMD_COMPLAINT_KNOWN_H

#include "stream/caseindex.h"

#include "cmd/complaint/caselist.h"

struct known {
	struct caselist *list;
	int64_t jobs;			/* -j, to read a long log whole */
	struct caseindex *index;	/* NULL until there is a first event */
	bool whole;			/* all cases are there */
	struct caselines lines;		/* of all cases, then */
	uint64_t merged;		/* lines, in this run */
	uint64_t written;		/* events when the index was written */
};

/* After caselog_lock(): the log is at its end, and known_case() may be asked.
 * Dies as caselist_catch_up(). */
void known_hold(struct known *);
/*
 * Makes sure that the case is among the list's, if there is such a case.
 * False when the index turned out to be damaged: then the caller commits what
 * waits, unlocks, locks, calls known_hold(), and asks again.
 */
bool known_case(struct known *, struct text case_id);
/* After caselog_add(), and after caselog_commit() while the lock is held. */
void known_added(struct known *, struct text case_id);
void known_committed(struct known *);
/* At the end of the run, without the lock: writes an index that is missing.
 * Says on standard error why there is none, when that is wanted. */
void known_end(struct known *, bool say_why);

#endif
