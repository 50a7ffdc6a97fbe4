/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Working time is the difference of two running totals, each reckoned from
 * the same Monday: whole weeks, whole days, the spans of the last day, and
 * what the single days before it have more or less than their weekday. The
 * totals are of local time; between two changes of the clocks local time
 * passes as time does, and what a change left out or showed twice is added to
 * all totals after it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "model/calendar_in.h"

struct calendar *calendar_new(void)
{
	struct calendar *cal = mem_zalloc(1, sizeof(*cal));

	cal->stretch = mem_alloc(1, sizeof(*cal->stretch));
	cal->stretch[0] = (struct stretch){ .at = INT64_MIN };
	cal->stretches = 1;
	cal->listed = DAY_MAX;
	return cal;
}

void calendar_free(struct calendar *cal)
{
	if (cal == NULL)
		return;
	free(cal->single);
	free(cal->stretch);
	arena_release(&cal->names);
	free(cal);
}

bool calendar_hours_fine(const struct calendar_hours *h)
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

int64_t calendar_hours_minutes(const struct calendar_hours *h)
{
	int64_t sum = 0;

	for (size_t i = 0; i < h->n; i++)
		sum += h->span[i].to - h->span[i].from;
	return sum;
}

const struct calendar_hours *calendar_weekday_hours(const struct calendar *cal,
						    int32_t day)
{
	return &cal->week[day_weekday(day) - 1];
}

size_t calendar_singles(const struct calendar *cal, int32_t day)
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

const struct single *calendar_single(const struct calendar *cal, size_t i,
				     int32_t day)
{
	return i < cal->n && cal->single[i].day == day ? &cal->single[i] :
							 NULL;
}

int32_t calendar_split(int64_t local, int64_t *us)
{
	int64_t since = local < FIRST ? 0 : local - FIRST;

	*us = since % INSTANT_DAY;
	return (int32_t)(since / INSTANT_DAY) + FIRST_DAY;
}

/* Working microseconds of one day before the time of day `us`. */
static int64_t before_in_day(const struct calendar_hours *h, int64_t us)
{
	int64_t sum = 0;

	for (size_t i = 0; i < h->n; i++) {
		int64_t from = h->span[i].from * INSTANT_MINUTE;
		int64_t to = h->span[i].to * INSTANT_MINUTE;

		if (us <= from)
			break;
		sum += (us < to ? us : to) - from;
	}
	return sum;
}

int64_t calendar_local_total(const struct calendar *cal, int64_t local)
{
	int64_t us;
	int32_t day = calendar_split(local, &us), days = day - FIRST_DAY;
	size_t singles = calendar_singles(cal, day);
	const struct single *own = calendar_single(cal, singles, day);
	int64_t week = 0, minutes = 0;

	for (int32_t i = 0; i < 7; i++) {
		week += calendar_hours_minutes(&cal->week[i]);
		if (i < days % 7)
			minutes += calendar_hours_minutes(&cal->week[i]);
	}
	minutes += days / 7 * week;
	if (singles > 0)
		minutes += cal->single[singles - 1].more;
	return minutes * INSTANT_MINUTE +
	       before_in_day(own ? &own->hours : &cal->week[days % 7], us);
}

/* Brings what the changes of the clocks left out or added up to date. */
static void add_up_changes(struct calendar *cal)
{
	for (size_t i = 1; i < cal->stretches; i++) {
		struct stretch *s = &cal->stretch[i], *before = s - 1;

		s->more = before->more +
			  calendar_local_total(cal, s->at + before->east) -
			  calendar_local_total(cal, s->at + s->east);
	}
}

/* Brings the running surplus of the single days from the i-th on up to
 * date. */
static void add_up(struct calendar *cal, size_t i)
{
	int64_t more = i > 0 ? cal->single[i - 1].more : 0;

	for (; i < cal->n; i++) {
		struct single *s = &cal->single[i];

		more += calendar_hours_minutes(&s->hours) -
			calendar_hours_minutes(
				calendar_weekday_hours(cal, s->day));
		s->more = more;
	}
	add_up_changes(cal);
}

bool calendar_set_weekday(struct calendar *cal, int weekday,
			  const struct calendar_hours *h)
{
	if (!calendar_hours_fine(h))
		return false;
	cal->week[weekday - 1] = *h;
	add_up(cal, 0);
	return true;
}

const struct calendar_hours *calendar_weekday(const struct calendar *cal,
					      int weekday)
{
	return &cal->week[weekday - 1];
}

static struct text keep(struct calendar *cal, struct text t)
{
	return (struct text){ arena_copy(&cal->names, t.p, t.n), t.n };
}

bool calendar_is_set(const struct calendar *cal, int32_t day)
{
	return calendar_single(cal, calendar_singles(cal, day), day) != NULL;
}

static void see_listed(struct calendar *cal, int32_t day)
{
	int32_t end = day_of((struct civil){ day_civil(day).year, 12, 31 });

	if (cal->listed == DAY_MAX || end > cal->listed)
		cal->listed = end;
}

bool calendar_set_named(struct calendar *cal, int32_t day,
			const struct calendar_hours *h,
			enum calendar_kind kind, struct text name,
			struct text zh)
{
	size_t at = calendar_singles(cal, day);

	if (!calendar_hours_fine(h) || calendar_single(cal, at, day))
		return false;
	cal->single = mem_grow(cal->single, cal->n, &cal->cap,
			       sizeof(*cal->single));
	memmove(&cal->single[at + 1], &cal->single[at],
		(cal->n - at) * sizeof(*cal->single));
	cal->single[at] = (struct single){ .day = day, .hours = *h,
					   .kind = kind,
					   .name = keep(cal, name),
					   .zh = keep(cal, zh) };
	cal->n++;
	if (kind != CALENDAR_OWN)
		see_listed(cal, day);
	add_up(cal, at);
	return true;
}

bool calendar_set_day(struct calendar *cal, int32_t day,
		      const struct calendar_hours *h)
{
	return calendar_set_named(cal, day, h, CALENDAR_OWN, TEXT(""),
				  TEXT(""));
}

void calendar_set_zone(struct calendar *cal, const struct instant_change *c,
		       size_t n)
{
	cal->stretch = mem_resize(cal->stretch, n, sizeof(*cal->stretch));
	cal->stretches = n;
	for (size_t i = 0; i < n; i++)
		cal->stretch[i] = (struct stretch){
			.at = c[i].at,
			.east = c[i].zone_minutes * INSTANT_MINUTE,
		};
	add_up_changes(cal);
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

		if (shape[i] == ':' ? c != ':' : !ascii_is_digit(c))
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
