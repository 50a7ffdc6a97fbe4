/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verb process writes: tables (processrows.c) or a picture
 * (processgraph.c). */
#ifndef CMD_COMPLAINT_PROCESSVIEW_H
#define CMD_COMPLAINT_PROCESSVIEW_H

#include "model/process.h"
#include "canon/place.h"
#include "stream/input.h"

enum processview_unit { PROCESSVIEW_MINUTE, PROCESSVIEW_HOUR, PROCESSVIEW_DAY };
#define PROCESSVIEW_UNITS "minute|hour|day"

struct processview {
	const struct common *common;
	const struct process *process;
	struct text *name;		/* of activities, as they are shown */
	int unit;			/* enum processview_unit */
	int64_t top, min_count;		/* 0: all */
	struct place *place;		/* of first_at and last_at */
	struct input *in;		/* closed before the result is; NULL: */
	struct input_counts counts;	/* a log was read, so many events */
	struct rejects *rejects;	/* of it */
};

/* The reading ends: rejects, and --summary with the rows that went out. */
void processview_close_input(const struct processview *, uint64_t out);

/* Each writes the whole result, ends the input and gives the exit status. */
int processview_pairs(const struct processview *);
int processview_variants(const struct processview *);
int processview_rework(const struct processview *);
int processview_activities(const struct processview *);
int processview_totals(const struct processview *);
int processview_graph(const struct processview *);

#endif
