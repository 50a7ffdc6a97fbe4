/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * RFM: customers scored by recency (how lately they bought), frequency (how
 * often) and monetary value (how much), and named by their three scores.
 *
 * A score is 1 (worst) to `scores` (best). It is told by a scale, the bounds
 * between the bands of one measure, whole numbers all: days, purchases, fen.
 * So equal values always have equal scores, whatever the order of customers,
 * and a scale kept from one month scores the next one alike.
 *
 * A scale comes from cuts of one's own, or from the customers themselves by
 * quantiles: of n customers, the one who has b of them strictly worse off
 * than himself gets
 *	1 + floor(scores * b / n)
 * That is the rank with ties counted down (R: rank(x, ties.method = "min"),
 * minus 1, is b). Where many are equal, as most frequencies are, some scores
 * stay empty: nobody is parted from his equal for the sake of even bands.
 * The rule is ours; the seeds ask for segmentation and value analysis (seed
 * 002, 2.3) and give no scores.
 */
#ifndef MODEL_RFM_H
#define MODEL_RFM_H

#include "base/text.h"

#define RFM_SCORES_MIN 2
#define RFM_SCORES_MAX 10

enum rfm_measure { RFM_R, RFM_F, RFM_M, RFM_MEASURES };

/*
 * The bands of one measure in the order of values: band i holds the values up
 * to at_most[i] (inclusive), the last one all above. `less` says that small
 * values are the good ones (days since the last purchase).
 */
struct rfm_scale {
	unsigned scores;
	bool less;
	int64_t at_most[RFM_SCORES_MAX - 1];	/* scores - 1, ascending */
};

unsigned rfm_score(const struct rfm_scale *, int64_t value);

/* The scale that the quantile rule above makes of these values, which are
 * sorted in place. No values: every bound is 0. No value is INT64_MIN. */
void rfm_quantiles(struct rfm_scale *, int64_t *values, size_t n,
		   unsigned scores, bool less);

/*
 * Bounds in the order of values, "30,90,180,365", `scores` - 1 of them and
 * ascending; with `money`, decimals in yuan. Returns NULL, or what is wrong.
 */
const char *rfm_scale_parse(struct rfm_scale *, const char *bounds,
			    unsigned scores, bool less, bool money);

/* ---- segments ---- */

#define RFM_SEGMENTS_MAX 64

/* A name for the customers whose scores lie in three ranges, inclusive. A
 * segment may have several such rows; its names stand in the first. */
struct rfm_segment {
	struct text id, en, zh;		/* borrowed */
	unsigned low[RFM_MEASURES], high[RFM_MEASURES];
	size_t first;			/* number of its first row; ours */
};

/* All zero is an empty table. Of the rows that fit the first one counts. */
struct rfm_segments {
	size_t n;
	unsigned scores;
	struct rfm_segment item[RFM_SEGMENTS_MAX];
	uint8_t of[RFM_SCORES_MAX * RFM_SCORES_MAX * RFM_SCORES_MAX];
};

/* "4-5", "3" or "*" (any). False when it is no such range of scores. */
bool rfm_range_parse(struct text, unsigned *low, unsigned *high);
/* Returns NULL, or what is wrong. */
const char *rfm_segments_add(struct rfm_segments *,
			     const struct rfm_segment *);
enum rfm_fit { RFM_FITS, RFM_OTHER_SCORES, RFM_GAP };
/*
 * After the last row: finds the segment of each combination of 1..scores.
 * RFM_OTHER_SCORES: the greatest score in the table is not `scores`; RFM_GAP:
 * a combination has no segment, and the first such is left in gap.
 */
enum rfm_fit rfm_segments_finish(struct rfm_segments *, unsigned scores,
				 unsigned gap[RFM_MEASURES]);
/* The number of the segment's first row. */
size_t rfm_segment_of(const struct rfm_segments *, unsigned r, unsigned f,
		      unsigned m);

#endif
