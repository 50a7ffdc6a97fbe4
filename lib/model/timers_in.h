/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What timers.c and timers_rows.c have in common. */
#ifndef MODEL_TIMERS_IN_H
#define MODEL_TIMERS_IN_H

#include "model/timers.h"

/* A pause of a case: a list, the newest first. */
struct pause {
	int64_t from, to;	/* to: CALENDAR_NEVER while it lasts */
	uint32_t before;	/* number of the one before, 0: none */
};

struct run {
	int64_t start, stop;
	uint32_t runs;		/* 0: the rest means nothing */
	uint8_t severity;	/* when it stopped */
	bool running;
};

/* What is kept of a case. */
struct mine {
	uint32_t pause;		/* number of the newest, 0: none */
	struct run run[];
};

struct timers {
	struct casework *cases;
	const struct workflow *workflow;
	const struct calendar *calendar;
	int which[WORKFLOW_MAX];	/* the workflow's number of each */
	size_t n, watcher;
	struct pause *pause;		/* the first one is not used */
	size_t pauses, cap;
};

/* One run of a timer, with the pauses that touch it, the oldest first. */
struct view {
	const struct calendar *calendar;	/* NULL: all time counts */
	int64_t start, end;
	struct pause *pause;
	size_t n;
};

const struct mine *timers_mine(const struct timers *, size_t i);
struct timers_status timers_status_of(const struct timers *, size_t i, size_t k,
				      const struct casework_case *,
				      struct casework_when);
void timers_view(struct view *, const struct timers *,
		 const struct workflow_timer *, const struct mine *,
		 const struct run *);
void timers_view_release(struct view *);
/* When `limit` is used up; CASEWORK_NO_TIME when a pause that lasts comes
 * before, or nobody ever works again. */
int64_t timers_used_up(const struct view *, int64_t limit);

#endif
