/* SPDX-License-Identifier: GPL-3.0-or-later */
/* std offset [dst [offset] [,start[/time],end[/time]]], taken part by part. */
#include "base/ascii.h"
#include "base/day.h"
#include "base/zone_rule.h"

static bool take_number(struct text *t, int max, int *v)
{
	size_t n = 0;

	*v = 0;
	while (n < t->n && n < 4 && ascii_is_digit(t->p[n]))
		*v = *v * 10 + (t->p[n++] - '0');
	t->p += n;
	t->n -= n;
	return n > 0 && *v <= max;
}

/* CET or <+0330> */
static bool take_name(struct text *t)
{
	bool quoted = text_take(t, '<');
	size_t n = 0;

	while (n < t->n && (quoted ? t->p[n] != '>' :
				     ((t->p[n] | 0x20) >= 'a' &&
				      (t->p[n] | 0x20) <= 'z')))
		n++;
	t->p += n;
	t->n -= n;
	return n >= 3 && (!quoted || text_take(t, '>'));
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool take_seconds(struct text *t, int *seconds)
{
	int hour, minute = 0, second = 0;
	bool minus = text_take(t, '-');

	if (!minus)
		text_take(t, '+');
	if (!take_number(t, 167, &hour))
		return false;
	if (text_take(t, ':')) {
		if (!take_number(t, 59, &minute))
			return false;
		if (text_take(t, ':') && !take_number(t, 59, &second))
			return false;
	}
	*seconds = (hour * 3600 + minute * 60 + second) * (minus ? -1 : 1);
	return true;
}

/* Mm.w.d: the w-th weekday d (Sunday 0) of month m, week 5 the last one. */
static bool take_month_rule(struct text *t, int year, int32_t *day)
{
	int month, week, weekday;

	if (!take_number(t, 12, &month) || month < 1 || !text_take(t, '.') ||
	    !take_number(t, 5, &week) || week < 1 || !text_take(t, '.') ||
	    !take_number(t, 6, &weekday))
		return false;
	int32_t first = day_of((struct civil){ year, month, 1 });
	int32_t last = day_add_months(first, 1) - 1;

	*day = first + (weekday - day_weekday(first) % 7 + 7) % 7 +
	       7 * (week - 1);
	while (*day > last)
		*day -= 7;
	return true;
}

/* A rule's moment in the year, in seconds of local time. */
static bool take_rule(struct text *t, int year, int64_t *at)
{
	int32_t start = day_of((struct civil){ year, 1, 1 }), day;
	int n, seconds = 7200;
	bool julian = text_take(t, 'J');

	if (!julian && text_take(t, 'M')) {
		if (!take_month_rule(t, year, &day))
			return false;
	} else {
		if (!take_number(t, 365, &n) || (julian && n < 1))
			return false;
		/* Jn knows no 29 February: from March on, n is one short. */
		if (julian &&
		    !(n >= 60 && day_exists((struct civil){ year, 2, 29 })))
			n--;
		day = start + n;
	}
	if (text_take(t, '/') && !take_seconds(t, &seconds))
		return false;
	*at = (int64_t)day * DAY_SECONDS + seconds;
	return true;
}

bool zone_rule_read(struct text t, int year, struct zone_rule *r)
{
	*r = (struct zone_rule){ .has_summer = false };
	if (!take_name(&t) || !take_seconds(&t, &r->standard))
		return false;
	if (t.n == 0)
		return true;
	r->has_summer = true;
	if (!take_name(&t))
		return false;
	r->summer = r->standard - 3600;
	if (t.n > 0 && t.p[0] != ',' && !take_seconds(&t, &r->summer))
		return false;
	if (!text_take(&t, ',') || !take_rule(&t, year, &r->start) ||
	    !text_take(&t, ',') || !take_rule(&t, year, &r->end) || t.n > 0)
		return false;
	r->start += r->standard;
	r->end += r->summer;
	return true;
}

bool zone_rule_east(struct text t, int64_t at, int *east)
{
	struct zone_rule r;

	/* The year asked for does not matter to the offsets. */
	if (!zone_rule_read(t, 2000, &r))
		return false;
	*east = -r.standard;
	if (!r.has_summer)
		return true;
	zone_rule_read(
		t,
		day_civil(instant_day((at - r.standard) * INSTANT_SECOND, 0))
			.year,
		&r);
	if (r.start < r.end ? at >= r.start && at < r.end :
			      at >= r.start || at < r.end)
		*east = -r.summer;
	return true;
}
