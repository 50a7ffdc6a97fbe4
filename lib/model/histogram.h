/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a distribution spreads: bins of one width, their edges multiples of it,
 * so that they read well and are the same for every part of the data. A bin
 * holds its lower edge and not its upper one; edges are exact decimals.
 */
#ifndef MODEL_HISTOGRAM_H
#define MODEL_HISTOGRAM_H

#include "num/steps.h"

#define HISTOGRAM_BINS 1000	/* at most */

struct histogram {
	struct figure width;
	int64_t origin;		/* in units of 10^width.e; an edge lies here */
	int64_t first;		/* its lower edge: origin + first * width */
	size_t bins;
	uint64_t *count;
};

/*
 * A width that reads well (1, 2 or 5 times a power of ten) and is no finer
 * than the decimals of the data: near 2 IQR n^(-1/3) (Freedman and Diaconis,
 * Z. Wahrscheinlichkeitstheorie 57 (1981) 453, quartiles of type 7); where
 * half the values are equal, near the range by ceil(log2 n) + 1 (Sturges,
 * JASA 21 (1926) 65); such that there are at most 100 bins. bins > 0: the
 * least such width that needs no more than bins + 1 of them. n > 0.
 */
struct figure histogram_width(const struct step *, size_t n, int decimals,
			      size_t bins);
/* The same of days: 1, 2, 7, 14, 28, 91, 182, 364 days and so on, doubling. */
struct figure histogram_days(const struct step *, size_t n, size_t bins);
/* A Monday, where bins of days begin to be counted. */
#define HISTOGRAM_MONDAY 4

/* False, and nothing to release: more than HISTOGRAM_BINS bins, or edges that
 * 64 bits do not hold. width > 0. */
bool histogram_make(struct histogram *, const struct step *, size_t n,
		    struct figure width, int64_t origin);
/* Lower edge of bin i; i = bins: the upper edge of the last one. */
struct figure histogram_edge(const struct histogram *, size_t i);
void histogram_release(struct histogram *);

#endif
