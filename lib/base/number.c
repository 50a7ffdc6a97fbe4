/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain numbers, in and out. The process keeps LC_NUMERIC C (msg_init()). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

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
	while (i < t.n && is_digit(t.p[i]))
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

	if (t.n - i > DIGITS || i == t.n || !is_digit(t.p[i]) ||
	    !is_digit(t.p[t.n - 1]))
		return false;
	for (; i < t.n; i++) {
		if (t.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (!is_digit(t.p[i]))
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

size_t number_format(double v, char to[NUMBER_MAX_BYTES])
{
	if (!isfinite(v))
		bug("a number to be printed is not finite");
	if (fabs(v) < 1e9 && v == (double)(int64_t)v) {
		size_t minus = v < 0;

		to[0] = '-';
		return minus + text_put_u64(to + minus, (uint64_t)fabs(v));
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
