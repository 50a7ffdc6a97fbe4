/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants of day.h: reading, printing, the clock. */
#include <time.h>

#include "base/day.h"

#define FIRST_US (DAY_MIN * INSTANT_DAY)
#define LAST_US ((DAY_MAX + 1) * INSTANT_DAY - 1)

enum { FRACTION_DIGITS = 6 };

/* Takes two digits of at most `max` off the front. */
static bool take_two(struct text *t, unsigned max, unsigned *v)
{
	if (t->n < 2)
		return false;
	unsigned tens = (unsigned)(unsigned char)t->p[0] - '0';
	unsigned ones = (unsigned)(unsigned char)t->p[1] - '0';

	if (tens > 9 || ones > 9 || tens * 10 + ones > max)
		return false;
	*v = tens * 10 + ones;
	t->p += 2;
	t->n -= 2;
	return true;
}

static bool take(struct text *t, char c)
{
	if (t->n == 0 || t->p[0] != c)
		return false;
	t->p++;
	t->n--;
	return true;
}

/* .f to .ffffff, as microseconds */
static bool take_fraction(struct text *t, int64_t *us)
{
	int64_t v = 0;
	int places = 0;

	for (; t->n > 0 && places <= FRACTION_DIGITS; places++) {
		unsigned d = (unsigned)(unsigned char)t->p[0] - '0';

		if (d > 9)
			break;
		v = v * 10 + d;
		t->p++;
		t->n--;
	}
	if (places == 0 || places > FRACTION_DIGITS)
		return false;
	while (places++ < FRACTION_DIGITS)
		v *= 10;
	*us = v;
	return true;
}

/* HH:MM[:SS[.ffffff]], as microseconds since midnight */
static bool take_clock(struct text *t, int64_t *us)
{
	unsigned hour, minute, second = 0;
	int64_t fraction = 0;

	if (!take_two(t, 23, &hour) || !take(t, ':') ||
	    !take_two(t, 59, &minute))
		return false;
	if (take(t, ':')) {
		if (!take_two(t, 59, &second))
			return false;
		if (take(t, '.') && !take_fraction(t, &fraction))
			return false;
	}
	*us = (hour * 60 + minute) * INSTANT_MINUTE + second * INSTANT_SECOND +
	      fraction;
	return true;
}

/* Z, +HH:MM, +HHMM or +HH up to the end of the text */
static bool take_zone(struct text *t, int *zone_minutes)
{
	unsigned hour, minute = 0;
	bool west = t->n > 0 && t->p[0] == '-';

	if (take(t, 'Z')) {
		*zone_minutes = 0;
		return t->n == 0;
	}
	if (!take(t, '+') && !take(t, '-'))
		return false;
	if (!take_two(t, 23, &hour))
		return false;
	if (t->n > 0) {
		take(t, ':');
		if (!take_two(t, 59, &minute) || t->n > 0)
			return false;
	}
	*zone_minutes = (int)(hour * 60 + minute) * (west ? -1 : 1);
	return true;
}

bool instant_parse(struct text t, int zone_minutes, int64_t *us)
{
	struct text date = { t.p, DAY_BYTES };
	int64_t clock = 0;
	int32_t day;

	if (t.n < DAY_BYTES || !day_parse(date, &day))
		return false;
	t.p += DAY_BYTES;
	t.n -= DAY_BYTES;
	if (t.n > 0) {
		if (!take(&t, 'T') && !take(&t, ' '))
			return false;
		if (!take_clock(&t, &clock))
			return false;
		if (t.n > 0 && !take_zone(&t, &zone_minutes))
			return false;
	}
	clock += day * INSTANT_DAY - zone_minutes * INSTANT_MINUTE;
	if (clock < FIRST_US || clock > LAST_US)
		return false;
	*us = clock;
	return true;
}

static size_t put(char *to, unsigned v, int digits)
{
	for (int i = digits; i-- > 0; v /= 10)
		to[i] = (char)('0' + v % 10);
	return (size_t)digits;
}

/* Civil time in the zone, kept within the years that a day can name. */
static int64_t civil_us(int64_t us, int zone_minutes)
{
	us += zone_minutes * INSTANT_MINUTE;
	if (us < FIRST_US)
		return FIRST_US;
	return us > LAST_US ? LAST_US : us;
}

static int32_t floor_day(int64_t us)
{
	return (int32_t)((us - FIRST_US) / INSTANT_DAY) + DAY_MIN;
}

int32_t instant_day(int64_t us, int zone_minutes)
{
	return floor_day(civil_us(us, zone_minutes));
}

static size_t put_fraction(char *to, unsigned us)
{
	size_t n = 1 + FRACTION_DIGITS;

	if (us == 0)
		return 0;
	to[0] = '.';
	put(to + 1, us, FRACTION_DIGITS);
	while (to[n - 1] == '0')
		n--;
	return n;
}

static size_t put_zone(char *to, int zone_minutes)
{
	unsigned m = (unsigned)(zone_minutes < 0 ? -zone_minutes :
						   zone_minutes);

	to[0] = zone_minutes < 0 ? '-' : '+';
	put(to + 1, m / 60, 2);
	to[3] = ':';
	put(to + 4, m % 60, 2);
	return 6;
}

size_t instant_format(int64_t us, int zone_minutes, char to[INSTANT_BYTES])
{
	us = civil_us(us, zone_minutes);

	int32_t day = floor_day(us);
	uint64_t rest = (uint64_t)(us - day * INSTANT_DAY);
	unsigned second = (unsigned)(rest / INSTANT_SECOND);
	size_t n = day_format(day, to);

	to[n++] = 'T';
	n += put(to + n, second / 3600, 2);
	to[n++] = ':';
	n += put(to + n, second / 60 % 60, 2);
	to[n++] = ':';
	n += put(to + n, second % 60, 2);
	n += put_fraction(to + n, (unsigned)(rest % INSTANT_SECOND));
	if (zone_minutes != 0)
		return n + put_zone(to + n, zone_minutes);
	to[n++] = 'Z';
	return n;
}

int64_t instant_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * INSTANT_SECOND + t.tv_nsec / 1000;
}
