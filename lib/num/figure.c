/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact decimals. */
#include "num/figure.h"

#include "base/number.h"

/* Powers of ten that a 64-bit number holds. */
#define POWERS 19

static const int64_t power[POWERS] = {
	1,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
};

/* Ten to the 22 is the last power that a double holds exactly. */
#define EXACT_POWER 22

static double real_power(int n)
{
	double p = 1;

	while (n >= POWERS) {
		p *= (double)power[POWERS - 1];
		n -= POWERS - 1;
	}
	return p * (double)power[n];
}

/* Takes digits off the front; false when they do not fit any more. */
static bool take_digits(struct text *t, uint64_t *m, size_t *taken)
{
	const char *p = t->p, *end = p + t->n;

	while (p < end && (unsigned char)(*p - '0') <= 9) {
		if (__builtin_mul_overflow(*m, 10u, m) ||
		    __builtin_add_overflow(*m, (uint64_t)(*p - '0'), m))
			return false;
		p++;
	}
	*taken = (size_t)(p - t->p);
	t->p = p;
	t->n -= *taken;
	return true;
}

static bool take_exponent(struct text *t, int32_t *e)
{
	bool negative;
	uint64_t size = 0;
	size_t digits;

	if (t->n == 0 || (*t->p != 'e' && *t->p != 'E'))
		return true;
	t->p++;
	t->n--;
	negative = text_take(t, '-');
	if (!negative)
		text_take(t, '+');
	if (!take_digits(t, &size, &digits) || !digits ||
	    size > FIGURE_EXPONENT)
		return false;
	*e += negative ? -(int32_t)size : (int32_t)size;
	return true;
}

/* Digits before and behind the point; false when they are none, too many, or
 * begin with a needless zero. */
static bool take_mantissa(struct text *t, uint64_t *m, int32_t *e)
{
	size_t whole, fraction = 0;
	bool zero = t->n > 0 && *t->p == '0';

	if (!take_digits(t, m, &whole) || !whole || (zero && whole > 1))
		return false;
	if (text_take(t, '.') &&
	    (!take_digits(t, m, &fraction) || !fraction))
		return false;
	*e = fraction <= FIGURE_EXPONENT ? -(int32_t)fraction : -FIGURE_BYTES;
	return fraction <= FIGURE_EXPONENT;
}

bool figure_parse(struct text t, struct figure *f)
{
	uint64_t m = 0;
	int32_t e = 0;
	bool negative = text_take(&t, '-');

	if (!negative)
		text_take(&t, '+');
	if (!take_mantissa(&t, &m, &e) || !take_exponent(&t, &e) || t.n ||
	    m > INT64_MAX || e < -FIGURE_EXPONENT || e > FIGURE_EXPONENT)
		return false;
	*f = (struct figure){ negative ? -(int64_t)m : (int64_t)m, e };
	return true;
}

static int sign(int64_t v)
{
	return (v > 0) - (v < 0);
}

/* |m| with the e of both brought to one; the exponents are so near that the
 * digits fit. */
static int compare_near(struct figure a, struct figure b)
{
	__int128 x = a.m, y = b.m;

	for (; a.e > b.e; a.e--)
		x *= 10;
	for (; b.e > a.e; b.e--)
		y *= 10;
	return (x > y) - (x < y);
}

static int digits_of(int64_t m)
{
	uint64_t size = m < 0 ? -(uint64_t)m : (uint64_t)m;
	int n = 0;

	while (n < POWERS && size >= (uint64_t)power[n])
		n++;
	return n;
}

int figure_cmp(struct figure a, struct figure b)
{
	int sa = sign(a.m), sb = sign(b.m), high_a, high_b;

	if (a.e == b.e)
		return (a.m > b.m) - (a.m < b.m);
	if (sa != sb || sa == 0)
		return (sa > sb) - (sa < sb);
	/* Where the first digit stands; when the same, the exponents are at
	 * most 18 apart. */
	high_a = a.e + digits_of(a.m);
	high_b = b.e + digits_of(b.m);
	if (high_a != high_b)
		return high_a > high_b ? sa : -sa;
	return compare_near(a, b);
}

double figure_real(struct figure f)
{
	double m = (double)f.m;

	if (f.e < 0)
		return m / real_power(-f.e);
	return m * real_power(f.e);
}

int figure_decimals(struct figure f)
{
	return f.e < 0 ? -f.e : 0;
}

struct figure figure_short(struct figure f)
{
	if (f.m == 0)
		return (struct figure){ 0 };
	while (f.m % 10 == 0) {
		f.m /= 10;
		f.e++;
	}
	return f;
}

bool figure_scale(struct figure f, int decimals, int64_t *scaled)
{
	int shift = f.e + decimals;
	int64_t v, half;

	if (shift >= 0)
		return f.m == 0 ? (*scaled = 0, true) :
				  shift < POWERS &&
					  !__builtin_mul_overflow(f.m,
								  power[shift],
								  scaled);
	if (shift <= -POWERS) {
		*scaled = 0;
		return true;
	}
	v = f.m / power[-shift];
	half = power[-shift] / 2;
	if (f.m % power[-shift] >= half)
		v++;
	else if (f.m % power[-shift] <= -half)
		v--;
	*scaled = v;
	return true;
}

size_t figure_put_wide(char *to, __int128 units, int decimals)
{
	char digit[48];
	unsigned __int128 size = units < 0 ? -(unsigned __int128)units :
					     (unsigned __int128)units;
	int n = 0;
	size_t at = 0;

	do {
		digit[n++] = (char)('0' + (int)(size % 10));
		size /= 10;
	} while (size || n <= decimals);
	if (units < 0)
		to[at++] = '-';
	while (n > 0) {
		if (n == decimals)
			to[at++] = '.';
		to[at++] = digit[--n];
	}
	return at;
}

size_t figure_format(struct figure f, int decimals, char to[FIGURE_BYTES])
{
	__int128 units = f.m;
	int places = figure_decimals(f);
	char real[NUMBER_MAX_BYTES];
	size_t n;

	if (places > 20 || f.e > 18) {
		n = number_format(figure_real(f), real);
		memcpy(to, real, n);
		return n;
	}
	for (int i = 0; i < f.e; i++)
		units *= 10;
	for (; places < decimals && places < 18; places++)
		units *= 10;
	return figure_put_wide(to, units, places);
}
