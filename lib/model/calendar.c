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
#include "base/day.h"
#include "base/mem.h"
#include "model/calendar.h"

/* Monday 0001-01-01: no day that is known comes before it. */
#define FIRST_DAY DAY_MIN
#define FIRST (FIRST_DAY * INSTANT_DAY)
#define LAST ((DAY_MAX + 1) * INSTANT_DAY)

struct single {
	int32_t day;
	struct calendar_hours hours;
	enum calendar_kind kind;
	struct text name, zh;
	int64_t more;	/* minutes that this day and those before it have over
			 * their weekdays' hours */
};

/* Between two changes of the clocks. */
struct stretch {
	int64_t at;
	int64_t east;		/* microseconds */
	int64_t more;		/* on the totals of local time */
};

struct calendar {
	struct calendar_hours week[7];
	struct single *single;		/* in order of days */
	size_t n, cap;
	struct stretch *stretch;	/* at least one */
	size_t stretches;
	struct arena names;
	int32_t listed;		/* last day of the last year that a list of
				 * holidays has days in; DAY_MAX: no list */
};

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

/* The day as it was set singly, if it was; `i` is singles_before(). */
static const struct single *single_at(const struct calendar *cal, size_t i,
				      int32_t day)
{
	return i < cal->n && cal->single[i].day == day ? &cal->single[i] :
							 NULL;
}

/* A local time as a day and the time of the day. A zone's offset may lead
 * out of the years that are known. */
static int32_t split(int64_t local, int64_t *us)
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

/* Working microseconds from the first Monday up to a local time. */
static int64_t local_total(const struct calendar *cal, int64_t local)
{
	int64_t us;
	int32_t day = split(local, &us), days = day - FIRST_DAY;
	size_t singles = singles_before(cal, day);
	const struct single *own = single_at(cal, singles, day);
	int64_t week = 0, minutes = 0;

	for (int32_t i = 0; i < 7; i++) {
		week += day_minutes(&cal->week[i]);
		if (i < days % 7)
			minutes += day_minutes(&cal->week[i]);
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
			  local_total(cal, s->at + before->east) -
			  local_total(cal, s->at + s->east);
	}
}

/* Brings the running surplus of the single days from the i-th on up to
 * date. */
static void add_up(struct calendar *cal, size_t i)
{
	int64_t more = i > 0 ? cal->single[i - 1].more : 0;

	for (; i < cal->n; i++) {
		struct single *s = &cal->single[i];

		more += day_minutes(&s->hours) -
			day_minutes(weekday_hours(cal, s->day));
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
	return single_at(cal, singles_before(cal, day), day) != NULL;
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
	size_t at = singles_before(cal, day);

	if (!calendar_hours_fine(h) || single_at(cal, at, day))
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

	return local_total(cal, at + s->east) + s->more;
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
		int64_t day = day_minutes(&cal->week[i]);

		longest = day > longest ? day : longest;
	}
	return (longest ? longest : 8 * 60) * INSTANT_MINUTE;
}

int64_t calendar_week(const struct calendar *cal)
{
	int64_t sum = 0;

	for (size_t i = 0; i < 7; i++)
		sum += day_minutes(&cal->week[i]);
	return (sum ? sum : 5 * 8 * 60) * INSTANT_MINUTE;
}

/* The first local time, not before `local`, that lies in hours. */
static int64_t open_from(const struct calendar *cal, int64_t local)
{
	bool weekly = has_week(cal);
	int64_t us;
	int32_t day = split(local, &us);
	size_t i = singles_before(cal, day);

	while (day <= DAY_MAX) {
		const struct single *own = single_at(cal, i, day);
		const struct calendar_hours *h =
			own ? &own->hours : weekday_hours(cal, day);

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
	int32_t day = split(at + east, &us);
	const struct single *own =
		single_at(cal, singles_before(cal, day), day);
	const struct calendar_hours *h = own ? &own->hours :
					       weekday_hours(cal, day);
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
