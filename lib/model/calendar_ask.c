/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a calendar: time between, the next hours, what a time is. */
#include "model/calendar_in.h"

static size_t stretch_at(const struct calendar *cal, int64_t at)
{
	size_t low = 0, high = cal->stretches;

	/* Mostly: where the clocks are changed no more. */
	if (at >= cal->stretch[high - 1].at)
		return high - 1;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (cal->stretch[mid].at <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* The first instant that is no longer of a stretch. */
static int64_t stretch_end(const struct calendar *cal, size_t i)
{
	return i + 1 < cal->stretches ? cal->stretch[i + 1].at :
					CALENDAR_NEVER;
}

/* Working microseconds up to an instant, from when does not matter. */
static int64_t total(const struct calendar *cal, int64_t at)
{
	const struct stretch *s = &cal->stretch[stretch_at(cal, at)];

	return calendar_local_total(cal, at + s->east) + s->more;
}

int64_t calendar_between(const struct calendar *cal, int64_t from, int64_t to)
{
	return to <= from ? 0 : total(cal, to) - total(cal, from);
}

static bool has_week(const struct calendar *cal)
{
	for (size_t i = 0; i < 7; i++)
		if (cal->week[i].n > 0)
			return true;
	return false;
}

int64_t calendar_day(const struct calendar *cal)
{
	int64_t longest = 0;

	for (size_t i = 0; i < 7; i++) {
		int64_t day = calendar_hours_minutes(&cal->week[i]);

		longest = day > longest ? day : longest;
	}
	return (longest ? longest : 8 * 60) * INSTANT_MINUTE;
}

int64_t calendar_week(const struct calendar *cal)
{
	int64_t sum = 0;

	for (size_t i = 0; i < 7; i++)
		sum += calendar_hours_minutes(&cal->week[i]);
	return (sum ? sum : 5 * 8 * 60) * INSTANT_MINUTE;
}

/* The first local time, not before `local`, that lies in hours. */
static int64_t open_from(const struct calendar *cal, int64_t local)
{
	bool weekly = has_week(cal);
	int64_t us;
	int32_t day = calendar_split(local, &us);
	size_t i = calendar_singles(cal, day);

	while (day <= DAY_MAX) {
		const struct single *own = calendar_single(cal, i, day);
		const struct calendar_hours *h =
			own ? &own->hours : calendar_weekday_hours(cal, day);

		for (size_t k = 0; k < h->n; k++) {
			int64_t from = h->span[k].from * INSTANT_MINUTE;

			if (us < h->span[k].to * INSTANT_MINUTE)
				return day * INSTANT_DAY +
				       (us > from ? us : from);
		}
		us = 0;
		i += own != NULL;
		day++;
		/* Without a week there are only the single days. */
		if (!weekly)
			day = i < cal->n ? cal->single[i].day : DAY_MAX + 1;
	}
	return CALENDAR_NEVER;
}

int64_t calendar_next(const struct calendar *cal, int64_t at)
{
	for (size_t i = stretch_at(cal, at); i < cal->stretches; i++) {
		const struct stretch *s = &cal->stretch[i];
		int64_t from = at > s->at ? at : s->at;
		int64_t open = open_from(cal, from + s->east);

		if (open != CALENDAR_NEVER &&
		    open - s->east < stretch_end(cal, i))
			return open - s->east;
	}
	return CALENDAR_NEVER;
}

/* No more working time passes than time: what is still lacking may be added
 * without going too far, until nothing is. */
int64_t calendar_after(const struct calendar *cal, int64_t from, int64_t us)
{
	int64_t target = total(cal, from) + us;
	int64_t at = calendar_next(cal, from), left = us;

	while (left > 0 && at != CALENDAR_NEVER) {
		if (left > LAST - at)
			return CALENDAR_NEVER;
		at += left;
		left = target - total(cal, at);
		if (left > 0)
			at = calendar_next(cal, at);
	}
	return at;
}

/* A part of a day, ending at a time of day. */
static int64_t day_part(const struct calendar_hours *h, int64_t us,
			enum calendar_why *why)
{
	*why = CALENDAR_CLOSED;
	for (size_t i = 0; i < h->n; i++) {
		int64_t from = h->span[i].from * INSTANT_MINUTE;
		int64_t to = h->span[i].to * INSTANT_MINUTE;

		if (us < from) {
			*why = i > 0 ? CALENDAR_BREAK : CALENDAR_CLOSED;
			return from;
		}
		if (us < to) {
			*why = CALENDAR_WORKING;
			return to;
		}
	}
	return INSTANT_DAY;
}

struct calendar_part calendar_part(const struct calendar *cal, int64_t at)
{
	size_t i = stretch_at(cal, at);
	int64_t us, end, east = cal->stretch[i].east;
	int32_t day = calendar_split(at + east, &us);
	const struct single *own =
		calendar_single(cal, calendar_singles(cal, day), day);
	const struct calendar_hours *h = own ? &own->hours :
					       calendar_weekday_hours(cal, day);
	struct calendar_part part = { .to = CALENDAR_NEVER };

	end = day * INSTANT_DAY + day_part(h, us, &part.why) - east;
	part.to = end < stretch_end(cal, i) ? end : stretch_end(cal, i);
	if (h->n == 0)
		part.why = CALENDAR_REST;
	if (part.why == CALENDAR_WORKING && !own && day > cal->listed)
		part.why = CALENDAR_WORKING_UNLISTED;
	if (!own)
		return part;
	part.name = own->name;
	part.zh = own->zh;
	if (own->kind == CALENDAR_HOLIDAY && !calendar_counts(part.why))
		part.why = CALENDAR_ON_HOLIDAY;
	if (own->kind == CALENDAR_MAKEUP && part.why == CALENDAR_WORKING)
		part.why = CALENDAR_WORKING_MAKEUP;
	return part;
}
