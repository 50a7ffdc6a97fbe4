/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times of single cases: until somebody responded, and in each state. A
 * watcher of the cases (casework_watch()); what it keeps depends on the events
 * of one case alone.
 *
 * The response is the first event after the opening one that leads the case
 * to another state, or, where events are named, the first of these. All times
 * are microseconds; working time runs while the case is open, not paused, and
 * the calendar has hours.
 */
#ifndef MODEL_CASESTATS_H
#define MODEL_CASESTATS_H

#include "model/casework.h"
#include "model/durations.h"

struct casestats;

/* `response` NULL: any event that moves the case; else, by event number,
 * whether it counts (borrowed). `dwell`: times in states are kept, 24 bytes a
 * state and case. Before the first event; casestats_free() frees. */
struct casestats *casestats_watch(struct casework *, const struct workflow *,
				  const bool *response, bool dwell);
void casestats_free(struct casestats *);

struct casestats_response {
	bool given;
	int64_t elapsed, working;	/* from the opening to it */
};

struct casestats_response casestats_response(const struct casestats *,
					     size_t i);

/* All stays of a case in one state that are over. Times of a closed state are
 * of those who were reopened. */
struct casestats_dwell {
	int64_t elapsed, working;
	uint32_t stays;
};

/* Valid until the next event. */
struct casestats_dwell casestats_dwell(const struct casestats *, size_t i,
				       int state);

/*
 * Was the case in time? A case that was closed: whether before its due time;
 * one that is open: no when that is past, else it is not known yet.
 */
enum casestats_verdict {
	CASESTATS_UNKNOWN,	/* no due time, or not over yet */
	CASESTATS_WITHIN,
	CASESTATS_LATE
};

enum casestats_verdict casestats_verdict(const struct casework_case *);

/*
 * How a case ended: `solved` when it is closed in a state that counts as
 * solved, and `on spot` when that was within so long after it was opened and
 * it was never reopened. Open cases are not solved.
 */
enum casestats_outcome {
	CASESTATS_ON_SPOT,
	CASESTATS_SOLVED,
	CASESTATS_UNSOLVED,
	CASESTATS_OUTCOMES
};

const char *casestats_outcome_name(enum casestats_outcome);
/* Which states these are, for casestats_outcome(): of the names, with a comma
 * between them, each that the workflow has. The caller frees; *missing is the
 * first that it does not have; its p NULL: there is none. */
bool *casestats_unsolved(const struct workflow *, struct text states,
			 struct text *missing);
/* What is taken when nobody says otherwise; ours. */
#define CASESTATS_UNSOLVED_STATES "explained,withdrawn"
#define CASESTATS_ON_SPOT_HOURS 24

/* unsolved[state]: a case that rests in it was not solved. on_spot: in
 * microseconds. */
enum casestats_outcome casestats_outcome(const struct casework_case *,
					 const bool *unsolved,
					 int64_t on_spot);

/* How often each customer complained: at[i] cases of customer i. */
struct casestats_repeats {
	uint64_t customers, cases;	/* known customers, and their cases */
	uint64_t repeaters, repeated;	/* with at least k, and theirs */
};

struct casestats_repeats casestats_repeats(const uint32_t *at, size_t n,
					   uint32_t k);

#endif
