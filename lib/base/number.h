/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain decimal numbers as canonical streams hold them, free of locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/text.h"

#define NUMBER_MAX_BYTES 32	/* longest number_format() output, with NUL */

/* [+-]digits, whole slice; false when it does not fit in 64 bits. */
bool number_int(struct text, int64_t *v);
/* [+-]digits[.digits][e[+-]digits], whole slice, finite, at most 400 bytes;
 * the nearest double (0 when it is too small for one), -0 read as 0.
 * No hex, no nan, no inf, no blanks, whatever the locale. */
bool number_real(struct text, double *v);
/* The same of one or two digits, as most scores and counts are, without a
 * call; false: ask number_real(). */
static inline bool number_short(struct text t, double *v)
{
	unsigned tens, ones;

	if (t.n - 1 > 1)
		return false;
	tens = t.n == 2 ? (unsigned)t.p[0] - '0' : 0;
	ones = (unsigned)t.p[t.n - 1] - '0';
	*v = 10 * tens + ones;
	return tens <= 9 && ones <= 9;
}
/* "%.10g", and 0 for -0; never nan or inf (that is a bug()). */
size_t number_format(double v, char to[NUMBER_MAX_BYTES]);
/*
 * `decimals` (0 to 6) places, rounded half away from zero: first to the 15
 * digits that a double keeps, then on those, so that 0.0000005, which is a
 * little less in binary, goes up. No -0. From 1e12 on as number_format().
 */
size_t number_format_fixed(double v, int decimals, char to[NUMBER_MAX_BYTES]);
/* Six decimals, as shares are printed. */
size_t number_format_share(double share, char to[NUMBER_MAX_BYTES]);

#endif
