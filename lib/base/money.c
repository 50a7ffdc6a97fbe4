/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts of money: reading, printing, checked sums, exact ratios. */
#include <limits.h>

#include "base/money.h"

enum {
	DECIMALS = 2,
	FAST_BYTES = 17		/* so many digits fit without a check */
};

/* Takes digits up to the first other byte into *v; false on overflow. */
static bool digits(const char **p, const char *end, uint64_t *v)
{
	for (; *p < end; (*p)++) {
		unsigned d = (unsigned)(unsigned char)**p - '0';

		if (d > 9)
			return true;
		if (__builtin_mul_overflow(*v, 10, v) ||
		    __builtin_add_overflow(*v, d, v))
			return false;
	}
	return true;
}

/* The digits behind the point: two count, the third rounds, the rest need
 * only be digits. */
static bool fraction(const char *p, const char *end, uint64_t *v)
{
	if (p == end)
		return false;
	for (int place = 0; place < DECIMALS || p < end; place++) {
		unsigned d = 0;

		if (p < end)
			d = (unsigned)(unsigned char)*p++ - '0';
		if (d > 9)
			return false;
		if (place < DECIMALS && (__builtin_mul_overflow(*v, 10, v) ||
					 __builtin_add_overflow(*v, d, v)))
			return false;
		if (place == DECIMALS && d >= 5 &&
		    __builtin_add_overflow(*v, 1, v))
			return false;
	}
	return true;
}

/* Any number of digits, every step checked. */
static bool parse_long(const char *p, const char *end, uint64_t *v)
{
	const char *start = p;

	*v = 0;
	if (!digits(&p, end, v) || p == start)
		return false;
	if (p < end && *p == '.')
		return fraction(p + 1, end, v);
	return p == end && !__builtin_mul_overflow(*v, 100, v);
}

/* At most FAST_BYTES with no more than two decimals; false: not of that
 * shape, which parse_long() then judges. */
static bool parse_short(const char *p, const char *end, uint64_t *v)
{
	static const unsigned scale[] = { 100, 10, 1 };
	const char *start = p;
	uint64_t sum = 0;
	size_t places = 0;

	while (p < end) {
		unsigned d = (unsigned)(unsigned char)*p - '0';

		if (d > 9)
			break;
		sum = sum * 10 + d;
		p++;
	}
	if (p == start)
		return false;
	if (p < end) {
		if (*p != '.' || end - p < 2 || end - p > 3)
			return false;
		while (++p < end) {
			unsigned d = (unsigned)(unsigned char)*p - '0';

			if (d > 9)
				return false;
			sum = sum * 10 + d;
			places++;
		}
	}
	*v = sum * scale[places];
	return true;
}

bool money_parse(struct text t, int64_t *fen)
{
	const char *p = t.p;
	uint64_t v;
	bool negative;

	if (t.n == 0)
		return false;
	const char *end = p + t.n;

	negative = *p == '-';
	if (negative || *p == '+')
		p++;
	if (!(end - p <= FAST_BYTES && parse_short(p, end, &v)) &&
	    !parse_long(p, end, &v))
		return false;
	if (v > (uint64_t)INT64_MAX + negative)
		return false;
	*fen = (int64_t)(negative ? 0 - v : v);
	return true;
}

size_t money_format(int64_t fen, char *to)
{
	uint64_t v = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
	unsigned cents = (unsigned)(v % 100);
	size_t n = 0;

	if (fen < 0)
		to[n++] = '-';
	n += text_put_u64(to + n, v / 100);
	to[n++] = '.';
	to[n++] = (char)('0' + cents / 10);
	to[n++] = (char)('0' + cents % 10);
	return n;
}

bool money_add(int64_t *sum, int64_t fen)
{
	int64_t v;

	if (__builtin_add_overflow(*sum, fen, &v))
		return false;
	*sum = v;
	return true;
}

bool money_narrow(money_wide wide, int64_t *fen)
{
	if (wide < INT64_MIN || wide > INT64_MAX)
		return false;
	*fen = (int64_t)wide;
	return true;
}

money_wide money_ratio(money_wide numerator, money_wide denominator,
		       int decimals)
{
	for (int i = 0; i < decimals; i++)
		numerator *= 10;

	money_wide whole = numerator / denominator;
	money_wide rest = numerator % denominator;

	if (rest < 0)
		rest = -rest;
	if (rest >= denominator - rest)
		whole += numerator < 0 ? -1 : 1;
	return whole;
}
