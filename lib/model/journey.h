/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Journeys: what somebody felt at one touchpoint after the other, and what is
 * remembered of it: the peak and the end rather than the mean (Kahneman,
 * Fredrickson, Schreiber, Redelmeier, When more pain is preferred to less,
 * Psychological Science 4 (1993) 401).
 *
 * A moment is a touchpoint at a time; several answers to it count as their
 * mean, kept to six decimals. The peak is the moment that deviates most from
 * the middle of the scale, the end is the latest moment. Of moments that
 * deviate alike, and of latest ones at the same time, the one with the lower
 * score counts: that bad weighs more than good, and that the order of rows
 * says nothing, is our rule.
 */
#ifndef MODEL_JOURNEY_H
#define MODEL_JOURNEY_H

#include "base/text.h"
#include "num/pairs.h"

struct journeys;

/* On a scale from low to high, both within PAIRS_MAX of 0. */
struct journeys *journeys_new(int64_t low, int64_t high);
void journeys_free(struct journeys *);
/* An answer, in any order: whose journey (`key`, within `group`, any number
 * from 0 on), when (microseconds), where, and a score of the scale. */
void journeys_add(struct journeys *, size_t group, struct text key, int64_t at,
		  struct text touchpoint, int64_t score);

/* Of a group. */
struct journeys_group {
	uint64_t single;	/* journeys of one moment, which has neither
				 * peak nor end: left out of all that follows */
	uint64_t moments;
	/* a journey each: x peak, y end */
	struct pairs peak_end;
	/* x (peak + end) / 2, y the mean of the moments */
	struct pairs score_mean;
};

/* Adds all up: an array of `groups` elements, which the caller frees; all
 * groups of journeys_add() must be below that. */
struct journeys_group *journeys_finish(struct journeys *, size_t groups);

#endif
