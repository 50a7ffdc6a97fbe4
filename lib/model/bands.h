/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ages in years, and the bands they fall in. */
#ifndef MODEL_BANDS_H
#define MODEL_BANDS_H

#include "base/text.h"

#define BANDS_MAX 32

/* n bounds, ascending, make n + 1 bands: below the first, ..., from the last
 * on. */
struct bands {
	int64_t bound[BANDS_MAX];
	size_t n;
};

/* "18,25,35": whole numbers from 1 to 150, each above the one before. */
bool bands_parse(struct text, struct bands *);
/* Number of the band that an age >= 0 is in. */
size_t bands_of(const struct bands *, int64_t age);

#define BANDS_LABEL 24

/*
 * `inclusive`: by the ages that are in it, "0-17", "18-24", "65+", as people
 * are counted; else by its ends, "0-1", "1-2", "3+", as cars are: 1-2 is the
 * second year. Writes no NUL; returns the bytes.
 */
size_t bands_label(const struct bands *, size_t i, bool inclusive,
		   char to[BANDS_LABEL]);

/* Whole years from one day to another that is not before it: one who was born
 * on 29 February is a year older on 1 March where there is no such day. */
int64_t bands_years(int32_t from, int32_t to);

#endif
