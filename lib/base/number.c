/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain numbers, in and out. The process keeps LC_NUMERIC C (msg_init()). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"

enum {
	/* From here on a number is not worth reading: 308 digits and an
	 * exponent say all that a double can hold. */
	REAL_MAX_BYTES = 400,
	/* A double keeps 15 decimal digits. */
	DIGITS = 15
};

static const double power10[] = {
	1e0,  1e1,  1e2,  1e3,	1e4,  1e5,  1e6,  1e7,	1e8,  1e9,  1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

bool number_int(struct text t, int64_t *v)
{
	bool negative = t.n > 0 && t.p[0] == '-';
	size_t i = t.n > 0 && (negative || t.p[0] == '+');
	int64_t sum = 0;

	if (i == t.n)
		return false;
	for (; i < t.n; i++) {
		int d = t.p[i] - '0';

		if (d < 0 || d > 9 || __builtin_mul_overflow(sum, 10, &sum) ||
		    __builtin_add_overflow(sum, negative ? -d : d, &sum))
			return false;
	}
	*v = sum;
	return true;
}

static size_t skip_digits(struct text t, size_t i)
{
	while (i < t.n && ascii_is_digit(t.p[i]))
		i++;
	return i;
}

/* [+-]digits[.digits][e[+-]digits] and nothing else */
static bool is_real(struct text t)
{
	size_t i = t.n > 0 && (t.p[0] == '-' || t.p[0] == '+');
	size_t from = i;

	i = skip_digits(t, i);
	if (i == from)
		return false;
	if (i < t.n && t.p[i] == '.') {
		from = ++i;
		i = skip_digits(t, i);
		if (i == from)
			return false;
	}
	if (i < t.n && (t.p[i] == 'e' || t.p[i] == 'E')) {
		i++;
		i += i < t.n && (t.p[i] == '-' || t.p[i] == '+');
		from = i;
		i = skip_digits(t, i);
		if (i == from)
			return false;
	}
	return i == t.n;
}

/*
 * Up to 15 digits without an exponent: the digits and the power of ten are
 * both exact doubles, so that one division rounds rightly (Clinger 1990, "How
 * to read floating point numbers accurately", section 4).
 */
static bool short_real(struct text t, double *v)
{
	bool negative = t.n > 0 && t.p[0] == '-';
	size_t i = t.n > 0 && (negative || t.p[0] == '+');
	size_t places = 0;
	bool point = false;
	int64_t sum = 0;

	if (t.n - i > DIGITS || i == t.n || !ascii_is_digit(t.p[i]) ||
	    !ascii_is_digit(t.p[t.n - 1]))
		return false;
	for (; i < t.n; i++) {
		if (t.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (!ascii_is_digit(t.p[i]))
			return false;
		sum = sum * 10 + (t.p[i] - '0');
		places += point;
	}
	/* An integer first: -0 becomes 0. */
	*v = (double)(negative ? -sum : sum) / power10[places];
	return true;
}

bool number_real(struct text t, double *v)
{
	char copy[REAL_MAX_BYTES + 1];
	double x;

	if (short_real(t, v))
		return true;
	if (t.n > REAL_MAX_BYTES || !is_real(t))
		return false;
	memcpy(copy, t.p, t.n);
	copy[t.n] = '\0';
	x = strtod(copy, NULL);
	if (!isfinite(x))
		return false;
	*v = x + 0.0;		/* -0 becomes 0 */
	return true;
}

/* Ten digits, as an integer 10^9 .. 10^10 - 1 and the power of ten that it is
 * to be multiplied by; false when rounding to them is a close call. */
static bool ten_digits(double v, uint64_t *digits, int *power)
{
	static const long double tens[] = { 1e0L, 1e1L, 1e2L,  1e3L,  1e4L,
					    1e5L, 1e6L, 1e7L,  1e8L,  1e9L,
					    1e10L, 1e11L, 1e12L, 1e13L };
	long double x, whole, rest;
	int p = 0;

	if (!(v >= 1e-4 && v < 1e9))
		return false;
	while (p < (int)NELEMS(tens) - 1 && (long double)v * tens[p] < 1e9L)
		p++;
	/* One rounding of a number below 2^34: wrong by less than 2^-18, with
	 * the 53 bits that are the least a long double has. */
	x = (long double)v * tens[p];
	whole = floorl(x);
	rest = x - whole;
	if (fabsl(rest - 0.5L) < 1e-4L || whole < 1e9L)
		return false;
	*digits = (uint64_t)whole + (rest > 0.5L);
	*power = -p;
	return *digits < 10000000000;
}

/* digits * 10^power without trailing zeros, -13 <= power <= 0. */
static size_t put_digits(uint64_t digits, int power, char *to)
{
	char all[20];
	size_t n = 0, len, whole;

	while (power < 0 && digits % 10 == 0) {
		digits /= 10;
		power++;
	}
	len = text_put_u64(all, digits);
	if ((size_t)-power >= len) {
		to[n++] = '0';
		whole = 0;
	} else {
		whole = len - (size_t)-power;
		memcpy(to, all, whole);
		n = whole;
	}
	if (!power)
		return n;
	to[n++] = '.';
	for (size_t zeros = (size_t)-power - (len - whole); zeros; zeros--)
		to[n++] = '0';
	memcpy(to + n, all + whole, len - whole);
	return n + len - whole;
}

size_t number_format(double v, char to[NUMBER_MAX_BYTES])
{
	uint64_t digits;
	int power;

	if (!isfinite(v))
		bug("a number to be printed is not finite");
	if (fabs(v) < 1e9 && v == (double)(int64_t)v) {
		size_t minus = v < 0;

		to[0] = '-';
		return minus + text_put_u64(to + minus, (uint64_t)fabs(v));
	}
	/* printf takes ten times as long; it keeps what is not plain. */
	if (ten_digits(fabs(v), &digits, &power)) {
		size_t minus = v < 0;

		to[0] = '-';
		return minus + put_digits(digits, power, to + minus);
	}
	return (size_t)snprintf(to, NUMBER_MAX_BYTES, "%.10g", v);
}

/*
 * v = 0.d1d2...d15 * 10^point, as decimal digits; snprintf rounds the exact
 * binary value once, to 15 digits.
 */
static int decompose(double v, char digits[DIGITS])
{
	char s[NUMBER_MAX_BYTES];

	snprintf(s, sizeof(s), "%.*e", DIGITS - 1, v);
	digits[0] = s[0];
	memcpy(digits + 1, s + 2, DIGITS - 1);
	return atoi(s + 2 + DIGITS) + 1;
}

/* v * 10^decimals, to the nearest integer, half up; v >= 0. */
static uint64_t scaled(double v, int decimals)
{
	char digits[DIGITS];
	int n = decompose(v, digits) + decimals;
	uint64_t sum = 0;

	for (int i = 0; i < n; i++)
		sum = sum * 10 + (uint64_t)(i < DIGITS ? digits[i] - '0' : 0);
	return sum + (n >= 0 && n < DIGITS && digits[n] >= '5');
}

size_t number_format_fixed(double v, int decimals, char to[NUMBER_MAX_BYTES])
{
	size_t n = 0;

	if (!isfinite(v))
		bug("a number to be printed is not finite");
	if (fabs(v) >= 1e12)
		return number_format(v, to);
	uint64_t whole = scaled(fabs(v), decimals);
	uint64_t unit = (uint64_t)power10[decimals];

	if (v < 0 && whole > 0)
		to[n++] = '-';
	n += text_put_u64(to + n, whole / unit);
	if (decimals == 0)
		return n;
	to[n++] = '.';
	whole %= unit;
	for (int i = decimals; i-- > 0; whole /= 10)
		to[n + (size_t)i] = (char)('0' + whole % 10);
	return n + (size_t)decimals;
}

size_t number_format_share(double share, char to[NUMBER_MAX_BYTES])
{
	return number_format_fixed(share, 6, to);
}
