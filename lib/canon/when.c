/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates: three numbers and what stands between them, then perhaps a time. */
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "canon/when.h"

/* Day 0 of the 1900 system from 1 March 1900 on: 45356 is 2024-03-05. */
#define SERIAL_ZERO (-25569)
#define SERIAL_FIRST 61		/* before it the system counts a day too many */
#define SERIAL_LAST 99999	/* 2173 */

/* One number of the date and how it was written. */
struct part {
	int value;
	size_t digits;
};

struct cursor {
	const char *p, *end;
};

static bool take_char(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

static bool take_word(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(c->end - c->p) < n || memcmp(c->p, word, n) != 0)
		return false;
	c->p += n;
	return true;
}

static void skip_blanks(struct cursor *c)
{
	while (take_char(c, ' '))
		;
}

static bool take_number(struct cursor *c, size_t max, struct part *part)
{
	*part = (struct part){ 0 };
	while (c->p < c->end && ascii_is_digit(*c->p) && part->digits < max) {
		part->value = part->value * 10 + *c->p++ - '0';
		part->digits++;
	}
	return part->digits > 0;
}

static size_t digits_ahead(const struct cursor *c)
{
	size_t n = 0;

	while (c->p + n < c->end && ascii_is_digit(c->p[n]))
		n++;
	return n;
}

/* ---- the day ---- */

static int full_year(struct part year)
{
	if (year.digits != 2)
		return year.value;
	return year.value + (year.value < 70 ? 2000 : 1900);
}

/* Which days say that there is none. */
static bool means_none(int year, int month, int day)
{
	return (year == 0 && month == 0 && day == 0) ||
	       (year == 1900 && month == 1 && day <= 1) ||
	       (year == 1899 && month == 12 && day >= 30) ||
	       (year == 1 && month == 1 && day == 1);
}

static enum when_state settle(int year, int month, int day, struct when *when)
{
	struct civil civil = { year, month, day };

	if (means_none(year, month, day))
		return WHEN_NONE;
	if (!day_exists(civil))
		return WHEN_BAD;
	when->day = day_of(civil);
	return WHEN_GOOD;
}

/* 2024年3月5日, blanks between the parts allowed, 号 for 日, 日 left out. */
static enum when_state read_chinese(struct cursor *c, struct part year,
				    enum when_order order, struct when *when)
{
	struct part month, day;

	if (year.digits == 2 && order != WHEN_YMD)
		return WHEN_AMBIGUOUS;
	if (year.digits != 4 && year.digits != 2)
		return WHEN_BAD;
	skip_blanks(c);
	if (!take_number(c, 2, &month))
		return WHEN_BAD;
	skip_blanks(c);
	if (!take_word(c, "月"))
		return WHEN_BAD;
	skip_blanks(c);
	if (!take_number(c, 2, &day))
		return WHEN_BAD;
	skip_blanks(c);
	if (!take_word(c, "日"))
		take_word(c, "号");
	return settle(full_year(year), month.value, day.value, when);
}

/* Three parts whose first is not a year of four digits. */
static enum when_state in_order(const struct part p[3], enum when_order order,
				struct when *when)
{
	static const int place[][3] = {
		/* which part is the year, the month, the day */
		[WHEN_YMD] = { 0, 1, 2 },
		[WHEN_DMY] = { 2, 1, 0 },
		[WHEN_MDY] = { 2, 0, 1 },
	};
	const int *at = place[order];
	struct part year;

	if (order == WHEN_ASK)
		return WHEN_AMBIGUOUS;
	year = p[at[0]];
	if ((year.digits != 2 && year.digits != 4) || p[at[1]].digits > 2 ||
	    p[at[2]].digits > 2)
		return WHEN_BAD;
	return settle(full_year(year), p[at[1]].value, p[at[2]].value, when);
}

static enum when_state read_parts(struct cursor *c, struct part first,
				  enum when_order order, struct when *when)
{
	struct part p[3] = { first };
	char mark = c->p < c->end ? *c->p : '\0';

	if (mark != '-' && mark != '/' && mark != '.')
		return WHEN_BAD;
	for (int i = 1; i < 3; i++)
		if (!take_char(c, mark) || !take_number(c, 4, &p[i]))
			return WHEN_BAD;
	if (first.digits == 4) {
		if (p[1].digits > 2 || p[2].digits > 2)
			return WHEN_BAD;
		return settle(first.value, p[1].value, p[2].value, when);
	}
	if (first.digits > 2)
		return WHEN_BAD;
	return in_order(p, order, when);
}

static enum when_state read_packed(struct cursor *c, struct when *when)
{
	struct part year, month, day;

	take_number(c, 4, &year);
	take_number(c, 2, &month);
	take_number(c, 2, &day);
	return settle(year.value, month.value, day.value, when);
}

/* ---- the time ---- */

enum half { HALF_NONE, HALF_AM, HALF_PM };

static enum half take_half(struct cursor *c)
{
	static const struct {
		const char *word;
		enum half half;
	} words[] = {
		{ "上午", HALF_AM }, { "下午", HALF_PM }, { "凌晨", HALF_AM },
		{ "晚上", HALF_PM }, { "AM", HALF_AM },	  { "PM", HALF_PM },
		{ "am", HALF_AM },   { "pm", HALF_PM },
	};

	for (size_t i = 0; i < NELEMS(words); i++)
		if (take_word(c, words[i].word)) {
			skip_blanks(c);
			return words[i].half;
		}
	return HALF_NONE;
}

static void take_weekday(struct cursor *c)
{
	static const char *const days[] = { "一", "二", "三", "四",
					    "五", "六", "日", "天" };

	if (!take_word(c, "星期") && !take_word(c, "周"))
		return;
	for (size_t i = 0; i < NELEMS(days); i++)
		if (take_word(c, days[i]))
			break;
	skip_blanks(c);
}

static void take_fraction(struct cursor *c, struct when *when)
{
	int32_t unit = 100000;

	for (; c->p < c->end && ascii_is_digit(*c->p); c->p++, unit /= 10)
		when->micro += (*c->p - '0') * unit;
}

static bool take_clock(struct cursor *c, int *h, int *m, int *s)
{
	struct part hour, minute, second = { 0 };

	if (!take_number(c, 2, &hour))
		return false;
	if (!take_char(c, ':') && !take_word(c, "时") && !take_word(c, "点"))
		return false;
	if (!take_number(c, 2, &minute))
		return false;
	if (take_char(c, ':') || take_word(c, "分")) {
		if (take_number(c, 2, &second))
			take_word(c, "秒");
	}
	*h = hour.value;
	*m = minute.value;
	*s = second.value;
	return *h < 24 && *m < 60 && *s < 60;
}

static bool to_24_hours(enum half half, int *hour)
{
	if (half == HALF_NONE)
		return true;
	if (half == HALF_PM && *hour < 12)
		*hour += 12;
	else if (half == HALF_AM && *hour == 12)
		*hour = 0;
	return half == HALF_PM ? *hour >= 12 : *hour < 12;
}

static bool take_zone(struct cursor *c, struct when *when)
{
	struct part hours, minutes = { 0 };
	bool west;

	if (take_char(c, 'Z') || take_char(c, 'z')) {
		when->zone_minutes = 0;
		return true;
	}
	west = c->p < c->end && *c->p == '-';
	if (!west && !(c->p < c->end && *c->p == '+'))
		return true;
	c->p++;
	if (!take_number(c, 2, &hours) || hours.digits != 2)
		return false;
	if (take_char(c, ':') || c->p < c->end) {
		if (!take_number(c, 2, &minutes) || minutes.digits != 2)
			return false;
	}
	if (hours.value > 14 || minutes.value > 59)
		return false;
	when->zone_minutes = hours.value * 60 + minutes.value;
	if (west)
		when->zone_minutes = -when->zone_minutes;
	return true;
}

static bool read_time(struct cursor *c, struct when *when)
{
	int hour, minute, second;
	enum half half;

	if (!take_char(c, 'T'))
		skip_blanks(c);
	take_weekday(c);
	if (c->p == c->end)
		return true;
	half = take_half(c);
	if (!take_clock(c, &hour, &minute, &second))
		return false;
	if (take_char(c, '.')) {
		if (digits_ahead(c) == 0)
			return false;
		take_fraction(c, when);
	}
	skip_blanks(c);
	if (half == HALF_NONE)
		half = take_half(c);
	if (!to_24_hours(half, &hour) || !take_zone(c, when))
		return false;
	when->second = hour * 3600 + minute * 60 + second;
	return c->p == c->end;
}

/* ---- a spreadsheet's day count ---- */

/* 45356 or 45356.4323 */
static enum when_state read_serial(struct cursor *c, struct when *when)
{
	struct part whole;
	int64_t fraction = 0, unit = 1;

	take_number(c, 5, &whole);
	if (take_char(c, '.')) {
		if (digits_ahead(c) == 0)
			return WHEN_BAD;
		for (; c->p < c->end && ascii_is_digit(*c->p); c->p++) {
			if (unit >= 1000000000)
				continue;
			fraction = fraction * 10 + *c->p - '0';
			unit *= 10;
		}
	}
	if (c->p != c->end || whole.value < SERIAL_FIRST ||
	    whole.value > SERIAL_LAST)
		return WHEN_BAD;
	when->day = whole.value + SERIAL_ZERO;
	if (unit > 1) {
		int64_t s = (fraction * DAY_SECONDS * 2 + unit) / (unit * 2);

		when->second = (int32_t)(s < DAY_SECONDS ? s : DAY_SECONDS - 1);
	}
	return WHEN_SERIAL;
}

/* 20240305102231 and 202403051022 */
static bool take_packed_time(struct cursor *c, struct when *when)
{
	size_t n = digits_ahead(c);
	struct part hour, minute, second = { 0 };

	if (n == 0)
		return true;
	if (n != 4 && n != 6)
		return false;
	take_number(c, 2, &hour);
	take_number(c, 2, &minute);
	if (n == 6)
		take_number(c, 2, &second);
	if (hour.value > 23 || minute.value > 59 || second.value > 59)
		return false;
	when->second = hour.value * 3600 + minute.value * 60 + second.value;
	return true;
}

static bool is_serial(const struct cursor *c)
{
	size_t n = digits_ahead(c);
	const char *after = c->p + n;

	if (n != 5)
		return false;
	return after == c->end || *after == '.';
}

enum when_state when_read(struct text t, enum when_order order,
			  struct when *when)
{
	struct cursor c;
	enum when_state state;
	struct part first;
	size_t n;

	*when = (struct when){ DAY_NONE, -1, 0, WHEN_NO_ZONE };
	if (t.n == 0)
		return WHEN_NONE;
	c = (struct cursor){ t.p, t.p + t.n };
	if (is_serial(&c))
		return read_serial(&c, when);
	n = digits_ahead(&c);
	if (n == 8 || n == 12 || n == 14) {
		state = read_packed(&c, when);
		if (!take_packed_time(&c, when))
			return WHEN_BAD;
	} else {
		if (!take_number(&c, 4, &first))
			return WHEN_BAD;
		skip_blanks(&c);
		if (take_word(&c, "年"))
			state = read_chinese(&c, first, order, when);
		else
			state = read_parts(&c, first, order, when);
	}
	if (state == WHEN_BAD || state == WHEN_AMBIGUOUS)
		return state;
	if (when->second < 0 && !read_time(&c, when))
		return WHEN_BAD;
	return c.p == c.end ? state : WHEN_BAD;
}

size_t when_put_day(const struct when *when, char to[WHEN_BYTES])
{
	return day_format(when->day, to);
}

static char *put_two(char *to, int v)
{
	*to++ = (char)('0' + v / 10);
	*to++ = (char)('0' + v % 10);
	return to;
}

size_t when_put_time(const struct when *when, char to[WHEN_BYTES])
{
	char *at = to;

	if (when->second < 0)
		return 0;
	at = put_two(at, when->second / 3600);
	*at++ = ':';
	at = put_two(at, when->second / 60 % 60);
	*at++ = ':';
	at = put_two(at, when->second % 60);
	return (size_t)(at - to);
}

size_t when_put_instant(const struct when *when, int zone_minutes,
			char to[WHEN_BYTES])
{
	size_t n = when_put_day(when, to);
	int32_t micro = when->micro;
	int zone = when->zone_minutes;

	if (when->second < 0)
		return n;
	to[n++] = 'T';
	n += when_put_time(when, to + n);
	if (micro) {
		to[n++] = '.';
		for (int32_t unit = 100000; micro; unit /= 10) {
			to[n++] = (char)('0' + micro / unit);
			micro %= unit;
		}
	}
	if (zone == WHEN_NO_ZONE)
		zone = zone_minutes;
	if (zone == WHEN_NO_ZONE)
		return n;
	to[n++] = zone < 0 ? '-' : '+';
	zone = zone < 0 ? -zone : zone;
	put_two(to + n, zone / 60);
	to[n + 2] = ':';
	put_two(to + n + 3, zone % 60);
	return n + 5;
}
