/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a net promoter score has changed: because other groups answered, or
 * because the groups score otherwise. With s the share of a group among the
 * answers (0..1), x its score and X that of all, X = sum s x, before (0) and
 * now (1), a group's two effects are
 *
 *	mix   = (s1 - s0) ((x0 + x1) / 2 - (X0 + X1) / 2)
 *	score = (s0 + s1) / 2 (x1 - x0)
 *
 * and all of them sum up to X1 - X0: each difference is weighted with the
 * mean of the other factor (Bennet, J. Royal Statistical Society 83 (1920)
 * 455), and what is taken off in the mix vanishes in the sum, since shares sum
 * up to 1 both times; it makes the mix of a group that grew positive just
 * when it scores above the whole. Who answered on one side only has that score
 * on both sides, and so an effect of mix alone.
 *
 * Effects are rounded to ten-thousandths of a point so that they sum up to the
 * difference of the two rounded scores exactly: all are rounded down, then
 * those that lost most get one more (largest remainders; the first of equals).
 */
#ifndef MODEL_NPSMIX_H
#define MODEL_NPSMIX_H

#include <stddef.h>

#include "model/nps.h"

#define NPSMIX_UNITS 10000	/* in a point of the score */

struct npsmix {
	struct nps_counts before, now;	/* given */
	int64_t mix, score;		/* found, in units */
};

/* Sets the effects of n groups; there are answers both before and now, in one
 * group at least. Returns the whole change in units, the sum of all effects;
 * *mix and *score are the sums of each. */
int64_t npsmix_split(struct npsmix *, size_t n, int64_t *mix, int64_t *score);

#endif
