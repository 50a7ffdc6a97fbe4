/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Levels of a loyalty programme, and how members rise and fall. The handbook
 * asks for privileges and has no rule; this one is ours:
 *
 * The qualifying points of a day are those earned, less earns reversed, in
 * the months up to it, the day included: (day - months, day]. A reversal
 * counts on its own day, so that they may be below 0. All of a day count
 * together: what is earned and reversed on one day is nothing.
 *
 * On a day with a move a member rises at once to the highest level whose
 * points are reached. (On other days nothing does: that an old reversal goes
 * out of the months is no merit.) The level is good for `months`; then it is
 * reviewed, by the qualifying points of the day of the review: who no longer
 * has those of the level falls to what they are worth, but at most `fall`
 * levels, and is reviewed again `months` later, until the lowest level, from
 * which nobody falls. Between reviews nobody falls.
 */
#ifndef MODEL_CLUB_H
#define MODEL_CLUB_H

#include "base/day.h"

struct club_rule {
	const int64_t *points;	/* of each level, ascending; the first is 0 */
	size_t levels;		/* at least 1 */
	int months;		/* 1 or more */
	size_t fall;		/* 1 or more */
};

/* What came in (or, negative, was reversed) on a day. */
struct club_move {
	int64_t points;
	int32_t day;
};

struct club_standing {
	size_t level;
	int32_t since;		/* on this level; DAY_NONE: from the start */
	int64_t qualifying;	/* on the day asked about */
	/* Of a level above the lowest; DAY_NONE: no review. */
	int32_t review_on;	/* the next one, after the day asked about */
	int64_t held;		/* points that will qualify then, if nothing
				 * more comes in */
	size_t then;		/* the level after that review, if so */
};

/* Of a member with these moves, in ascending order of days, on a day; later
 * moves are not known yet. */
struct club_standing club_stand(const struct club_rule *,
				const struct club_move *, size_t n,
				int32_t day);

#endif
