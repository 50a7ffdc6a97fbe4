/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Working time is the difference of two running totals, each reckoned from
 * the same Monday: whole weeks, whole days, the spans of the last day, and
 * what the single days before it have more or less than their weekday.
 */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "model/calendar.h"

#define DAY_MINUTES 1440
#define DAY_US (DAY_MINUTES * CALENDAR_MINUTE)
/* Monday 0001-01-01: no day that is known comes before it. */
#define FIRST_DAY DAY_MIN

struct single {
	int32_t day;
	struct calendar_hours hours;
	int64_t more;	/* minutes that this day and those before it have over
			 * their weekdays' hours */
};

struct calendar {
	struct calendar_hours week[7];
	struct single *single;		/* in order of days */
	size_t n, cap;
};

struct calendar *calendar_new(void)
{
	return mem_zalloc(1, sizeof(struct calendar));
}

void calendar_free(struct calendar *cal)
{
	if (cal == NULL)
		return;
	free(cal->single);
	free(cal);
}

static bool hours_fine(const struct calendar_hours *h)
{
	int end = 0;

	if (h->n > CALENDAR_SPANS)
		return false;
	for (size_t i = 0; i < h->n; i++) {
		if (h->span[i].from < end || h->span[i].to <= h->span[i].from)
			return false;
		end = h->span[i].to;
	}
	return end <= DAY_MINUTES;
}

static int64_t day_minutes(const struct calendar_hours *h)
{
	int64_t sum = 0;

	for (size_t i = 0; i < h->n; i++)
		sum += h->span[i].to - h->span[i].from;
	return sum;
}

static const struct calendar_hours *weekday_hours(const struct calendar *cal,
						  int32_t day)
{
	return &cal->week[day_weekday(day) - 1];
}

/* Brings the running surplus of the single days up to date. */
static void add_up(struct calendar *cal)
{
	int64_t more = 0;

	for (size_t i = 0; i < cal->n; i++) {
		struct single *s = &cal->single[i];

		more += day_minutes(&s->hours) -
			day_minutes(weekday_hours(cal, s->day));
		s->more = more;
	}
}

bool calendar_set_weekday(struct calendar *cal, int weekday,
			  const struct calendar_hours *h)
{
	if (!hours_fine(h))
		return false;
	cal->week[weekday - 1] = *h;
	add_up(cal);
	return true;
}

/* How many single days come before `day`. */
static size_t singles_before(const struct calendar *cal, int32_t day)
{
	size_t low = 0, high = cal->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (cal->single[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool calendar_set_day(struct calendar *cal, int32_t day,
		      const struct calendar_hours *h)
{
	size_t at = singles_before(cal, day);

	if (!hours_fine(h) || (at < cal->n && cal->single[at].day == day))
		return false;
	cal->single = mem_grow(cal->single, cal->n, &cal->cap,
			       sizeof(*cal->single));
	memmove(&cal->single[at + 1], &cal->single[at],
		(cal->n - at) * sizeof(*cal->single));
	cal->single[at] = (struct single){ .day = day, .hours = *h };
	cal->n++;
	add_up(cal);
	return true;
}

/* HH:MM off the front, as minutes. */
static bool take_clock(struct text *t, int *minutes)
{
	static const char shape[] = "dd:dd";
	int v = 0;

	if (t->n < sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		char c = t->p[i];

		if (shape[i] == ':' ? c != ':' : c < '0' || c > '9')
			return false;
	}
	v = ((t->p[0] - '0') * 10 + (t->p[1] - '0')) * 60;
	if (t->p[3] > '5')
		return false;
	v += (t->p[3] - '0') * 10 + (t->p[4] - '0');
	t->p += sizeof(shape) - 1;
	t->n -= sizeof(shape) - 1;
	*minutes = v;
	return v <= DAY_MINUTES;
}

bool calendar_span_parse(struct text t, struct calendar_span *span)
{
	struct calendar_span s;

	if (!take_clock(&t, &s.from) || t.n == 0 || t.p[0] != '-')
		return false;
	t.p++;
	t.n--;
	if (!take_clock(&t, &s.to) || t.n != 0 || s.to <= s.from)
		return false;
	*span = s;
	return true;
}

/* Working microseconds of one day before the time of day `us`. */
static int64_t before_in_day(const struct calendar_hours *h, int64_t us)
{
	int64_t sum = 0;

	for (size_t i = 0; i < h->n; i++) {
		int64_t from = h->span[i].from * CALENDAR_MINUTE;
		int64_t to = h->span[i].to * CALENDAR_MINUTE;

		if (us <= from)
			break;
		sum += (us < to ? us : to) - from;
	}
	return sum;
}

/* Working microseconds from the first Monday up to a local time. */
static int64_t total(const struct calendar *cal, int64_t local)
{
	/* A zone's offset may lead out of the years that are known. */
	int64_t since = local < FIRST_DAY * DAY_US ?
				0 :
				local - FIRST_DAY * DAY_US;
	int32_t days = (int32_t)(since / DAY_US), day = days + FIRST_DAY;
	size_t singles = singles_before(cal, day);
	const struct calendar_hours *today = &cal->week[days % 7];
	int64_t week = 0, minutes = 0;

	for (int32_t i = 0; i < 7; i++) {
		week += day_minutes(&cal->week[i]);
		if (i < days % 7)
			minutes += day_minutes(&cal->week[i]);
	}
	minutes += days / 7 * week;
	if (singles > 0)
		minutes += cal->single[singles - 1].more;
	if (singles < cal->n && cal->single[singles].day == day)
		today = &cal->single[singles].hours;
	return minutes * CALENDAR_MINUTE + before_in_day(today, since % DAY_US);
}

int64_t calendar_between(const struct calendar *cal, int64_t from, int64_t to)
{
	return to <= from ? 0 : total(cal, to) - total(cal, from);
}
