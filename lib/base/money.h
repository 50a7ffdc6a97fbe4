/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money is a count of fen (1/100 yuan, or cents of whatever currency the data
 * is in) in 64 bits; never a double. Sums of many amounts are 128 bits wide.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/text.h"

#define MONEY_MAX_BYTES 24	/* longest money_format() output, with NUL */

typedef __int128 money_wide;	/* a sum of amounts, in fen */

/*
 * Reads a plain decimal: [+-]digits[.digits], whole slice, no blanks, no
 * thousands separators, no exponent. More than two decimals are rounded half
 * away from zero. -0 is 0. False when it is not such a number or does not fit
 * in 64 bits.
 */
bool money_parse(struct text, int64_t *fen);
/* Writes "-1234.50" without NUL; returns the bytes (< MONEY_MAX_BYTES). */
size_t money_format(int64_t fen, char *to);

/* Checked arithmetic: false (and *sum as it was) on overflow. */
bool money_add(int64_t *sum, int64_t fen);
bool money_narrow(money_wide, int64_t *fen);

/*
 * numerator / denominator with `decimals` places (at most 6) as an integer
 * scaled by 10^decimals, rounded half away from zero. denominator > 0 and
 * |numerator| < 2^100. Shares and means of money are made by this alone.
 */
money_wide money_ratio(money_wide numerator, money_wide denominator,
		       int decimals);

#endif
