/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of a complaint log for the verb process: whatever its workflow. */
#ifndef CMD_COMPLAINT_PROCESSLOG_H
#define CMD_COMPLAINT_PROCESSLOG_H

#include "canon/place.h"
#include "model/process.h"
#include "stream/input.h"

struct processlog {
	const struct common *common;
	struct place *place;
	char *path;
	const char *const *activity;	/* names of n members */
	size_t n;
	int64_t end;			/* of --as-of */
	struct process *process;
	struct input_counts counts;	/* filled */
	struct rejects *rejects;	/* filled: for input_settle() */
};

/* Is the one file of the command line a log? Wrong usage when it is one among
 * others. */
bool processlog_is(char *const *files, size_t n);
/* Adds the events that --where, the period and --as-of leave. Events without
 * an activity, and those that --where cannot compare, are rejects. Dies of a
 * damaged line. */
void processlog_read(struct processlog *);

#endif
