/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil days: conversion, reading, printing, periods. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"

enum {
	ERA_DAYS = 146097,	/* 400 years */
	ERA_SHIFT = 719468	/* 0000-03-01 to 1970-01-01 */
};

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30,
					    31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Hinnant's days_from_civil; years begin in March, so that the leap day is
 * the last of its year. The year is positive: no rounding to mind. */
int32_t day_of(struct civil c)
{
	unsigned y = (unsigned)c.year - (c.month <= 2);
	unsigned m = (unsigned)(c.month > 2 ? c.month - 3 : c.month + 9);
	unsigned of_year = (153 * m + 2) / 5 + (unsigned)c.day - 1;

	return (int32_t)(y * 365 + y / 4 - y / 100 + y / 400 + of_year) -
	       ERA_SHIFT;
}

/* Hinnant's civil_from_days */
struct civil day_civil(int32_t day)
{
	unsigned z = (unsigned)(day + ERA_SHIFT);
	unsigned era = z / ERA_DAYS, of_era = z % ERA_DAYS;
	unsigned y = (of_era - of_era / 1460 + of_era / 36524 -
		      of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * y + y / 4 - y / 100);
	unsigned m = (5 * of_year + 2) / 153;
	struct civil c = {
		.year = (int)(y + era * 400 + (m >= 10)),
		.month = (int)(m < 10 ? m + 3 : m - 9),
		.day = (int)(of_year - (153 * m + 2) / 5 + 1),
	};

	return c;
}

bool day_exists(struct civil c)
{
	return c.year >= 1 && c.year <= 9999 && c.month >= 1 &&
	       c.month <= 12 && c.day >= 1 &&
	       c.day <= month_days(c.year, c.month);
}

int day_weekday(int32_t day)
{
	/* DAY_MIN was a Monday. */
	return (int)((unsigned)(day - DAY_MIN) % 7) + 1;
}

int32_t day_month_start(int32_t day)
{
	return day - day_civil(day).day + 1;
}

int32_t day_add_months(int32_t day, int months)
{
	struct civil c = day_civil(day);
	int64_t n = (int64_t)c.year * 12 + c.month - 1 + months;

	if (n < 1 * 12)
		return DAY_MIN;
	if (n >= 10000 * 12)
		return DAY_MAX;
	c.year = (int)(n / 12);
	c.month = (int)(n % 12) + 1;
	if (c.day > month_days(c.year, c.month))
		c.day = month_days(c.year, c.month);
	return day_of(c);
}

/*
 * True when eight bytes are NNNN-NN-. Exclusive or with the digit 0 and the
 * hyphen leaves 0..9 and 0; what is larger carries into the byte's top bit
 * when the gap to 128 is added. Bytes stay apart, so their order is no matter.
 */
static bool is_date_head(const char *p)
{
	uint64_t v, zero, gap;

	memcpy(&v, p, 8);
	memcpy(&zero, "0000-00-", 8);
	memcpy(&gap, "\x76\x76\x76\x76\x7f\x76\x76\x7f", 8);
	v ^= zero;
	return ((v | ((v & 0x7f7f7f7f7f7f7f7f) + gap)) &
		0x8080808080808080) == 0;
}

static int digit(char c)
{
	return c - '0';
}

static int two(const char *p)
{
	return digit(p[0]) * 10 + digit(p[1]);
}

bool day_parse(struct text t, int32_t *day)
{
	int64_t unused;

	if (t.n < DAY_BYTES)
		return false;
	const char *p = t.p;

	if (!is_date_head(p) || (unsigned)digit(p[8]) > 9 ||
	    (unsigned)digit(p[9]) > 9)
		return false;
	struct civil c = { two(p) * 100 + two(p + 2), two(p + 5), two(p + 8) };

	if (!day_exists(c))
		return false;
	if (t.n > DAY_BYTES && !instant_parse(t, 0, &unused))
		return false;
	*day = day_of(c);
	return true;
}

static void put_digits(char *to, int n, int v)
{
	while (n-- > 0) {
		to[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

size_t day_format(int32_t day, char to[DAY_BYTES])
{
	struct civil c = day_civil(day);

	put_digits(to, 4, c.year);
	to[4] = '-';
	put_digits(to + 5, 2, c.month);
	to[7] = '-';
	put_digits(to + 8, 2, c.day);
	return DAY_BYTES;
}

/* The Monday of an ISO year's week 1, which holds 4 January. */
static int32_t first_monday(int year)
{
	int32_t fourth = day_of((struct civil){ year, 1, 4 });

	return fourth - day_weekday(fourth) + 1;
}

/* The year that a day's week belongs to is that of its Thursday. */
static int iso_week(int32_t day, int *year)
{
	int32_t thursday = day - day_weekday(day) + 4;

	*year = day_civil(thursday).year;
	return (day - first_monday(*year)) / 7 + 1;
}

/* The months [from, from + n) of a year, 1-based. */
static struct day_range months(int year, int from, int n)
{
	struct day_range r;

	r.first = day_of((struct civil){ year, from, 1 });
	from += n - 1;
	r.last = day_of((struct civil){ year, from, month_days(year, from) });
	return r;
}

static bool period_year(int year, int unused, struct day_range *r)
{
	(void)unused;
	*r = months(year, 1, 12);
	return true;
}

static bool period_month(int year, int month, struct day_range *r)
{
	if (month < 1 || month > 12)
		return false;
	*r = months(year, month, 1);
	return true;
}

static bool period_quarter(int year, int quarter, struct day_range *r)
{
	if (quarter < 1 || quarter > 4)
		return false;
	*r = months(year, quarter * 3 - 2, 3);
	return true;
}

static bool period_week(int year, int week, struct day_range *r)
{
	int of_year;

	if (week < 1 || week > 53)
		return false;
	r->first = first_monday(year) + (week - 1) * 7;
	if (iso_week(r->first, &of_year) != week || of_year != year)
		return false;
	r->last = r->first + 6 > DAY_MAX ? DAY_MAX : r->first + 6;
	return true;
}

/* The last whole span of n months (a month, a quarter) before today's. */
static bool period_last(int32_t today, int n, struct day_range *r)
{
	struct civil c = day_civil(today);
	int32_t start = day_of(
		(struct civil){ c.year, (c.month - 1) / n * n + 1, 1 });

	if (start == DAY_MIN)
		return false;
	r->first = day_add_months(start, -n);
	r->last = start - 1;
	return true;
}

static bool period_word(struct text t, int32_t today, struct day_range *r)
{
	if (today < DAY_MIN || today > DAY_MAX)
		return false;
	if (text_is(t, "last-month"))
		return period_last(today, 1, r);
	if (text_is(t, "last-quarter"))
		return period_last(today, 3, r);
	if (!text_is(t, "ytd"))
		return false;
	*r = months(day_civil(today).year, 1, 12);
	r->last = today;
	return true;
}

/* Whether t is written like the pattern, where 9 stands for a digit. */
static bool looks_like(struct text t, const char *pattern)
{
	if (t.n != strlen(pattern))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		if (pattern[i] == '9' ? (unsigned)digit(t.p[i]) > 9
				      : t.p[i] != pattern[i])
			return false;
	}
	return true;
}

static const struct {
	const char *pattern;
	bool (*range)(int year, int number, struct day_range *);
} shapes[] = {
	{ "9999", period_year },
	{ "9999-99", period_month },
	{ "9999Q9", period_quarter },
	{ "9999W99", period_week },
};

bool day_period(struct text t, int32_t today, struct day_range *r)
{
	if (t.n == DAY_BYTES && day_parse(t, &r->first)) {
		r->last = r->first;
		return true;
	}
	for (size_t i = 0; i < NELEMS(shapes); i++) {
		if (!looks_like(t, shapes[i].pattern))
			continue;
		int year = two(t.p) * 100 + two(t.p + 2);
		int number = 0;

		for (size_t k = 5; k < t.n; k++)
			number = number * 10 + digit(t.p[k]);
		return year >= 1 && shapes[i].range(year, number, r);
	}
	return period_word(t, today, r);
}

static size_t label_day(int32_t day, char *to)
{
	return day_format(day, to);
}

static size_t label_month(int32_t day, char *to)
{
	day_format(day, to);
	return 7;
}

static size_t label_year(int32_t day, char *to)
{
	day_format(day, to);
	return 4;
}

static size_t label_quarter(int32_t day, char *to)
{
	struct civil c = day_civil(day);

	put_digits(to, 4, c.year);
	to[4] = 'Q';
	put_digits(to + 5, 1, (c.month + 2) / 3);
	return 6;
}

static size_t label_week(int32_t day, char *to)
{
	int year, week = iso_week(day, &year);

	put_digits(to, 4, year);
	to[4] = 'W';
	put_digits(to + 5, 2, week);
	return 7;
}

static const struct {
	const char *unit;
	size_t (*label)(int32_t day, char *to);
} labels[] = {
	{ "day", label_day },
	{ "week", label_week },
	{ "month", label_month },
	{ "quarter", label_quarter },
	{ "year", label_year },
};

size_t day_label(int32_t day, const char *unit, char to[DAY_BYTES])
{
	for (size_t i = 0; i < NELEMS(labels); i++) {
		if (strcmp(unit, labels[i].unit) == 0)
			return labels[i].label(day, to);
	}
	return 0;
}
