/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decimal numbers as they are written, kept exactly: m times ten to the e.
 * 12.50 is { 1250, -2 }: what is added, compared and counted is never
 * rounded through a double on the way.
 */
#ifndef NUM_FIGURE_H
#define NUM_FIGURE_H

#include "base/text.h"

#define FIGURE_BYTES 48		/* longest figure_format() output */
#define FIGURE_EXPONENT 280	/* |e| at most */

struct figure {
	int64_t m;
	int32_t e;
};

/*
 * [+-]digits[.digits][e[+-]digits], the whole slice. False for what is no
 * such number, for one that begins with a needless zero (007 is a code), and
 * for one of more digits than 64 bits hold: nothing is ever rounded.
 */
bool figure_parse(struct text, struct figure *);

/* Exact: -1, 0, 1. 10 and 10.00 are equal. */
int figure_cmp(struct figure, struct figure);
/* The nearest double, or next to it. Same bits on every machine. */
double figure_real(struct figure);
/* Digits behind the point that it is written with. */
int figure_decimals(struct figure);
/* Without the zeros that end it: 10.00 is { 1, 1 }. */
struct figure figure_short(struct figure);

/* Rounded half away from zero to so many decimals; false when the digits do
 * not fit in 64 bits. */
bool figure_scale(struct figure, int decimals, int64_t *scaled);
/* A sum or another wide number of units of 10^-decimals, as "-12.50"; no NUL;
 * at most 46 bytes for 0 <= decimals <= 40. */
size_t figure_put_wide(char *to, __int128 units, int decimals);
/* With at least `decimals` digits behind the point; very large or small ones
 * as "%.10g" has them. */
size_t figure_format(struct figure, int decimals, char to[FIGURE_BYTES]);

#endif
