/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts of money: reading, printing, checked sums, exact ratios. */

#include "base/digits.h"
#include "base/money.h"

enum {
	DECIMALS = 2,
	FAST_BYTES = 17,	/* so many digits fit without a check */
	WORD_MIN = 4		/* the shortest for parse_words(): 0.00 */
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

/* Digits, a point and two digits in the last bytes of a word: the value
 * without the point; false when it is not so. */
static inline bool last_word(uint64_t word, int64_t *v)
{
	const uint64_t whole = 0xffffffffffu, places = 0xffff000000000000u;
	unsigned point = word >> 40 & 0xff;

	word = (word & places) | (word & whole) << 8 | '0';
	*v = digits_value(word);
	return point == '.' && digits_are(word);
}

/* An amount as money_format() writes it, of WORD_MIN to 16 bytes; false: not
 * of that shape, which parse_other() then judges. How long it is cannot be
 * foreseen, so it is not asked byte after byte. */
static inline bool parse_words(const char *p, size_t n, int64_t *v)
{
	uint64_t first;

	if (n - WORD_MIN <= 8 - WORD_MIN)
		return last_word(digits_load_last(p, n), v);
	if (n - 9 > 16 - 9 || !last_word(digits_load(p + n - 8), v))
		return false;
	/* What stands before the last eight bytes, behind 0s. */
	first = digits_load(p) << 8 * (16 - n) |
		DIGITS_ZERO >> 8 * (n - 9) >> 8;
	*v += digits_value(first) * INT64_C(10000000);
	return digits_are(first);
}

/* Apart, so that it costs nothing where it is not needed. */
static __attribute__((noinline)) bool parse_other(struct text t, int64_t *fen)
{
	const char *p = t.p, *end = p + t.n;
	bool negative = *p == '-';
	uint64_t v;

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

bool money_parse(struct text t, int64_t *fen)
{
	bool negative, sign;
	int64_t v;

	if (t.n == 0)
		return false;
	negative = *t.p == '-';
	sign = negative | (*t.p == '+');
	if (!parse_words(t.p + sign, t.n - sign, &v))
		return parse_other(t, fen);
	*fen = negative ? -v : v;
	return true;
}

size_t money_format(int64_t fen, char *to)
{
	uint64_t v = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
	uint64_t digits = digits_of((uint32_t)(v % 100000000));
	size_t n = fen < 0;

	*to = '-';
	if (v < 100000000) {
		unsigned zeros = digits_leading(digits, 5);

		digits_store(to + n, (digits + DIGITS_ZERO) >> 8 * zeros);
		n += 6 - zeros;
	} else {
		n += text_put_u64(to + n, v / 100);
	}
	to[n++] = '.';
	to[n++] = (char)('0' + (digits >> 48 & 0xff));
	to[n++] = (char)('0' + (digits >> 56));
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

static int64_t ratio64(int64_t numerator, int64_t denominator)
{
	int64_t whole = numerator / denominator;
	int64_t rest = numerator % denominator;

	if (rest < 0)
		rest = -rest;
	if (rest >= denominator - rest)
		whole += numerator < 0 ? -1 : 1;
	return whole;
}

money_wide money_ratio(money_wide numerator, money_wide denominator,
		       int decimals)
{
	static const int power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
	money_wide whole, rest;

	numerator *= power[decimals];
	/* Division of 128 bits takes several times as long. */
	if (numerator == (int64_t)numerator &&
	    denominator == (int64_t)denominator)
		return ratio64((int64_t)numerator, (int64_t)denominator);
	whole = numerator / denominator;
	rest = numerator % denominator;
	if (rest < 0)
		rest = -rest;
	if (rest >= denominator - rest)
		whole += numerator < 0 ? -1 : 1;
	return whole;
}

size_t money_format_share(money_wide numerator, money_wide denominator,
			  char *to)
{
	const uint64_t unit = 1000000;
	int64_t scaled;
	uint64_t size, digits;
	size_t n;

	if (denominator <= 0 ||
	    !money_narrow(money_ratio(numerator, denominator, 6), &scaled))
		return 0;
	size = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
	digits = digits_of((uint32_t)(size % unit)) + DIGITS_ZERO;
	n = scaled < 0;
	*to = '-';
	n += text_put_u64(to + n, size / unit);
	to[n++] = '.';
	/* Eight digits, of which the first two are zeros. */
	digits_store(to + n, digits >> 16);
	return n + 6;
}
