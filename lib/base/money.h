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
/* Writes "-1234.50" without NUL; returns how many bytes it takes; `to` has
 * room for MONEY_MAX_BYTES. */
size_t money_format(int64_t fen, char *to);

/* Checked arithmetic: false (and *sum as it was) on overflow. */
bool money_add(int64_t *sum, int64_t fen);
bool money_narrow(money_wide, int64_t *fen);

/*
 * A running sum of 96 bits, in two parts that lie among other things: what
 * 2^31 amounts can make, whatever their order. Zeros are a sum of nothing.
 */
static inline void money_carry_sum(uint64_t *low, int32_t *high,
				   uint64_t more_low, int32_t more_high)
{
	*high += more_high + __builtin_add_overflow(*low, more_low, low);
}

static inline void money_carry(uint64_t *low, int32_t *high, int64_t fen)
{
	money_carry_sum(low, high, (uint64_t)fen, fen < 0 ? -1 : 0);
}

static inline money_wide money_carried(uint64_t low, int32_t high)
{
	return (money_wide)high * ((money_wide)1 << 64) + (money_wide)low;
}

/*
 * numerator / denominator with `decimals` places (at most 6) as an integer
 * scaled by 10^decimals, rounded half away from zero. denominator > 0 and
 * |numerator| < 2^100. Shares and means of money are made by this alone.
 */
money_wide money_ratio(money_wide numerator, money_wide denominator,
		       int decimals);
/* The same with six decimals as "-0.123456", without NUL; returns the bytes, 0
 * when the denominator is not positive or the ratio too large to be one. `to`
 * has room for MONEY_SHARE_BYTES. */
#define MONEY_SHARE_BYTES 32
size_t money_format_share(money_wide numerator, money_wide denominator,
			  char *to);

#endif
