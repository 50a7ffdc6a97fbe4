/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long things took, by group: count, mean, median, percentiles, longest.
 *
 * Times are whole minutes (or any other unit). Percentiles are by rank in
 * whole numbers: the p-th is the least time that at least that share of the
 * times do not exceed, number ceil(n p) in ascending order (Hyndman and Fan,
 * "Sample quantiles in statistical packages", Am. Stat. 50 (1996) 361, type
 * 1). So each is a time that really occurred, and neither the order of the
 * times nor the parts in which they were added matter.
 */
#ifndef MODEL_DURATIONS_H
#define MODEL_DURATIONS_H

#include "base/radix.h"

/* Zero bytes are valid and empty; 16 bytes a time. */
struct durations {
	struct radix_item *at;
	size_t n, cap;
};

/* n = 0: nothing else is known, and mean is NAN. */
struct duration {
	uint64_t n;
	double mean;		/* of the exact sum, rounded once */
	int64_t median, p90, p95, max;
};

/* time >= 0 */
void durations_add(struct durations *, uint32_t group, int64_t time);
void durations_join(struct durations *, const struct durations *from);
/* Figures of the groups 0 .. groups - 1, which no time is beyond; the caller
 * frees. The times are sorted here; more may follow. */
struct duration *durations_finish(struct durations *, size_t groups);
void durations_release(struct durations *);

#endif
