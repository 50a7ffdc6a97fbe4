/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil days: conversion, reading, printing, periods. */
#include <string.h>

#include "base/day.h"
#include "base/digits.h"
#include "base/mem.h"

enum {
	ERA_DAYS = 146097,	/* 400 years */
	ERA_SHIFT = 719468	/* from 0000-03-01 to 1970-01-01 */
};

/* Without branches: a column's years come in any order, and every row asks. */
static bool is_leap(int year)
{
	bool by_4 = year % 4 == 0, by_25 = year % 25 == 0;
	bool by_16 = year % 16 == 0;

	return by_4 & (!by_25 | by_16);
}

/* Days of the year before each month, without and with a leap day; the last
 * is the year's length. */
static const short before_month[2][13] = {
	{ 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 },
	{ 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 },
};

static int month_days(int year, int month)
{
	const short *before = before_month[is_leap(year)];

	return before[month] - before[month - 1];
}

static bool exists(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
	       day >= 1 && day <= month_days(year, month);
}

static inline int32_t number(int year, int month, int day)
{
	unsigned y = (unsigned)year - 1;	/* whole years since DAY_MIN */

	return (int32_t)(y * 365 + y / 4 - y / 100 + y / 400) + DAY_MIN +
	       before_month[is_leap(year)][month - 1] + day - 1;
}

int32_t day_of(struct civil c)
{
	return number(c.year, c.month, c.day);
}

bool day_exists(struct civil c)
{
	return exists(c.year, c.month, c.day);
}

/* Years begin in March, so that the leap day is the last of its year; no
 * division but by multiplication (Neri & Schneider, "Euclidean affine
 * functions and their application to calendar algorithms", Software: Practice
 * and Experience 53, 2023, figure 12). Inline: a struct of three numbers that
 * is handed over in two registers is first written and waited for. */
static inline struct civil civil(int32_t day)
{
	uint32_t quarters = 4 * (uint32_t)(day + ERA_SHIFT) + 3;
	uint32_t century = quarters / ERA_DAYS;
	uint64_t year = ((quarters % ERA_DAYS) | 3) * (uint64_t)2939745;
	uint32_t of_year = (uint32_t)year / 2939745 / 4;
	uint32_t month = 2141 * of_year + 197913;
	bool next = of_year >= 306;	/* January, February */

	return (struct civil){
		.year = (int)(100 * century + (uint32_t)(year >> 32) + next),
		.month = (int)(month >> 16) - (next ? 12 : 0),
		.day = (int)((month & 0xffff) / 2141 + 1),
	};
}

struct civil day_civil(int32_t day)
{
	return civil(day);
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
 * Eight bytes NNNN-NN- as 0..9 each, the first in the lowest byte; false when
 * they are not so. Exclusive or with the digit 0 and the hyphen leaves 0..9
 * and 0; what is larger has the byte's top bit set when the gap to 128 is
 * added.
 */
static bool date_head(const char *p, uint64_t *v)
{
	*v = digits_load(p) ^ digits_load("0000-00-");
	return ((*v | (*v + digits_load("\x76\x76\x76\x76"
					"\x7f\x76\x76\x7f"))) &
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

/* Whether what follows a date makes it an instant. */
static bool is_instant(struct text t)
{
	int64_t unused;

	return instant_parse(t, 0, &unused);
}

/* Ten bytes. Numbers apart, not a struct civil: one passed from bytes just
 * stored costs more than all the rest of it. */
static inline bool parse(const char *p, int32_t *day)
{
	unsigned tens = (unsigned)digit(p[8]), ones = (unsigned)digit(p[9]);
	uint64_t v;

	if (!date_head(p, &v) || tens > 9 || ones > 9)
		return false;
	v = v * 10 + (v >> 8);		/* each with the next: a pair */
	unsigned century = v & 0xff, of = v >> 16 & 0xff;
	unsigned m = v >> 40 & 0xff, d = tens * 10 + ones;
	unsigned leap = ((of ? of : century) & 3) == 0;

	if (m - 1 > 11 || !(century | of))
		return false;
	const short *before = &before_month[leap][m];

	if (d - 1 >= (unsigned)(before[0] - before[-1]))
		return false;
	*day = (int32_t)(century * (36525 - 1) + century / 4 + of * 365 +
			 of / 4 - leap + d) + before[-1] + DAY_MIN - 366;
	return true;
}

/* Apart, so that it costs nothing where it is not needed. */
static __attribute__((noinline)) bool parse_instant(struct text t,
						    int32_t *day)
{
	int32_t parsed;

	if (t.n < DAY_BYTES || !parse(t.p, &parsed) || !is_instant(t))
		return false;
	*day = parsed;
	return true;
}

bool day_parse(struct text t, int32_t *day)
{
	return t.n == DAY_BYTES ? parse(t.p, day) : parse_instant(t, day);
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
	struct civil c = civil(day);
	unsigned all = (unsigned)(c.year * 10000 + c.month * 100 + c.day);
	char digits[8];

	digits_store(digits, digits_of(all) + DIGITS_ZERO);
	memcpy(to, digits, 4);
	to[4] = '-';
	memcpy(to + 5, digits + 4, 2);
	to[7] = '-';
	memcpy(to + 8, digits + 6, 2);
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
