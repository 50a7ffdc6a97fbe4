/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain decimal numbers as canonical streams hold them, free of locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/text.h"

#define NUMBER_MAX_BYTES 32	/* longest number_format() output, with NUL */

/* [+-]digits, whole slice; false when it does not fit in 64 bits. */
bool number_int(struct text, int64_t *v);
/* [+-]digits[.digits][e[+-]digits], whole slice, finite; the nearest double.
 * No hex, no nan, no inf, no blanks, whatever the locale. */
bool number_real(struct text, double *v);
/* "%.10g", and 0 for -0; never nan or inf (that is a bug()). */
size_t number_format(double v, char to[NUMBER_MAX_BYTES]);
/* Six decimals, as shares are printed, rounded half away from zero. */
size_t number_format_share(double share, char to[NUMBER_MAX_BYTES]);

#endif
