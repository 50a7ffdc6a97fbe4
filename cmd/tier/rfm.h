/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --scheme rfm keeps from its options to its result. */
#ifndef CMD_TIER_RFM_H
#define CMD_TIER_RFM_H

#include "cmd/tier/tier.h"
#include "model/rfm.h"

struct rfm_options {
	int64_t scores;			/* 0: not given */
	const char *cuts[RFM_MEASURES];
	const char *segments, *reference, *save;
	int count_by, frequency, recency, returns, monetary;
};

struct rfm_run {
	const struct rfm_options *o;
	unsigned scores;
	struct rfm_scale scale[RFM_MEASURES];
	bool fixed[RFM_MEASURES];	/* by cuts or a reference */
	struct rfm_segments segments;
	struct text source[RFM_SEGMENTS_MAX];
	unsigned char tier[RFM_SEGMENTS_MAX];	/* of a segment's first row */
	struct arena hold;
	struct common save;
	struct output *saved;		/* of --save-cuts */
};

extern const struct opt rfm_table[];	/* the options */
/* scheme.open and .close: run->state is a struct rfm_run. */
void rfm_open(struct run *);
void rfm_close(struct run *);

extern const char *const rfm_measure_name[RFM_MEASURES];

/* Reads --segments, or the table that ships. Dies on gaps. */
void rfm_read_segments(const struct run *, struct rfm_run *);
/* "r 4-5, f 3, m *; ..." of the segment whose first row is `first`. */
void rfm_rule(const struct rfm_segments *, size_t first, struct buf *);

/* Reads --reference: scores, scale, fixed. */
void rfm_read_reference(const struct run *, struct rfm_run *);
/* --save-cuts: made before the first row, written when the scales are. */
void rfm_create_cuts(const struct run *, struct rfm_run *);
void rfm_write_cuts(const struct rfm_run *);
/* The bound of a band as it is printed, without NUL; returns the bytes. */
size_t rfm_bound(const struct rfm_scale *, enum rfm_measure, unsigned band,
		 char to[MONEY_MAX_BYTES]);

#endif
