/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a world's years pass: deals, visits, the parts counter. */
#ifndef MODEL_SAMPLE_LIFE_H
#define MODEL_SAMPLE_LIFE_H

#include "model/sample_world.h"

/* Days on which something that follows the season is likely to happen. */
struct sample_season {
	int32_t first;
	size_t days;
	uint64_t *upto; /* weight of the days before day i */
};

/*
 * The season of car sales from one day to another: the year's end is strong,
 * the weeks before the spring festival are good and those of it nearly empty,
 * and people buy at weekends. Weights are ours.
 */
struct sample_season sample_season_new(const struct sample_world *,
				       int32_t first, int32_t last);
void sample_season_release(struct sample_season *);
int32_t sample_season_draw(const struct sample_season *, struct rng *);
/* The next day, itself included, on which the dealer is open. */
int32_t sample_open_day(const struct sample_world *, int32_t day);

/* Makes all customers and lets them live: deals, visits and pieces, owner by
 * owner (not yet in order of time). */
void sample_life_make(struct sample_world *);

#endif
