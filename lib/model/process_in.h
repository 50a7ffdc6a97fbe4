/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What process*.c share: the events as they came, and the answers. */
#ifndef MODEL_PROCESS_IN_H
#define MODEL_PROCESS_IN_H

#include "base/group.h"
#include "model/process.h"

#define PROCESS_END UINT32_MAX	/* of a chain of events */

/* An event, chained to the one of its case that was added next. */
struct process_event {
	int64_t at;
	uint64_t order;
	uint32_t activity;	/* its name's number, as first met */
	uint32_t next;
};

/* A case: the chain of its events. */
struct process_chain {
	uint32_t first, last;	/* first + 1, last + 1; 0: none yet */
};

struct process {
	struct process_event *event;
	size_t n, cap;
	struct group *cases;	/* struct process_chain each */
	struct group *names;	/* of activities */

	/* made by process_finish() */
	struct process_totals totals;
	struct text *name;
	struct process_pair *pair;
	size_t pairs, pair_cap;
	struct process_variant *variant;
	size_t variants, variant_cap;
	struct process_activity *activity;	/* by number, later by output */
	struct group *pair_keys, *variant_keys;
	struct arena ways;	/* the activities of variants */
};

#endif
