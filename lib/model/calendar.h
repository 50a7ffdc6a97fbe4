/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A business calendar: on which hours of which days time counts as working
 * time. Every weekday has its spans (a lunch break makes two of them), and
 * single days may have others: none on a holiday, some on a Sunday that is
 * worked to make up for one.
 *
 * Times here are instants of base/day.h. The calendar is told how the clocks
 * of the place run (calendar_set_zone()), and counts time that passed, not
 * what the clocks showed: a night shift in which they are put forward is an
 * hour shorter. Without a zone its clocks are those of Greenwich, so that
 * local times may be given as well.
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include "base/day.h"

#define CALENDAR_SPANS 8	/* at most so many a day */

/* Minutes since midnight, from <= t < to; to may be 1440. */
struct calendar_span {
	int from, to;
};

struct calendar_hours {
	size_t n;
	struct calendar_span span[CALENDAR_SPANS];
};

struct calendar;

/* Without any hours; calendar_free() frees it. */
struct calendar *calendar_new(void);
void calendar_free(struct calendar *);

/* Spans in order, none empty, none overlapping, all within a day. */
bool calendar_hours_fine(const struct calendar_hours *);
/* True when the hours are fine, and then taken; else nothing is changed.
 * weekday: Monday 1 .. Sunday 7. */
bool calendar_set_weekday(struct calendar *, int weekday,
			  const struct calendar_hours *);
/* The same for one day; false also when the day has been set before. */
bool calendar_set_day(struct calendar *, int32_t day,
		      const struct calendar_hours *);
/* Reads "08:30-18:00"; "24:00" may end a span. */
bool calendar_span_parse(struct text, struct calendar_span *);

/*
 * A day set by the list of a country or by the house, which says what it is
 * called (in English and in Chinese; both are copied, both may be empty).
 */
enum calendar_kind {
	CALENDAR_OWN,		/* hours of its own, for no reason given */
	CALENDAR_HOLIDAY,	/* without hours */
	CALENDAR_MAKEUP		/* worked to make up for a holiday */
};
bool calendar_set_named(struct calendar *, int32_t day,
			const struct calendar_hours *, enum calendar_kind,
			struct text name, struct text zh);
/* Has the day been set singly? */
bool calendar_is_set(const struct calendar *, int32_t day);
const struct calendar_hours *calendar_weekday(const struct calendar *,
					      int weekday);
/* How the place's clocks run: as instant_changes() lists it, copied. Best
 * after all days. */
void calendar_set_zone(struct calendar *, const struct instant_change *,
		       size_t n);

/* Working microseconds from `from` up to `to`, 0 when to <= from. Takes
 * time in the logarithm of the days set singly. Any span of time is allowed,
 * within the years that base/day.h knows. */
int64_t calendar_between(const struct calendar *, int64_t from, int64_t to);

/* Working microseconds of the longest day of the week, and of a week: what
 * "three working days" are. Where no weekday has hours, those of eight hours
 * on five days. */
int64_t calendar_day(const struct calendar *);
int64_t calendar_week(const struct calendar *);

#define CALENDAR_NEVER INT64_MAX

/* The first instant not before `at` at which work is done (a span's end is
 * outside); CALENDAR_NEVER when there is none before the year 10000. */
int64_t calendar_next(const struct calendar *, int64_t at);
/*
 * The first instant by which so much working time has passed since `from`
 * (us > 0; 0 gives calendar_next()): it lies in a span or is its end, and
 * calendar_between() up to it is us. CALENDAR_NEVER as above.
 */
int64_t calendar_after(const struct calendar *, int64_t from, int64_t us);

/* What the time after an instant is, and for how long. */
enum calendar_why {
	CALENDAR_WORKING,
	CALENDAR_WORKING_MAKEUP,	/* on a make-up workday */
	CALENDAR_WORKING_UNLISTED,	/* in a year after all that the lists
					 * of holidays reach */
	CALENDAR_BREAK,			/* between two spans of a day */
	CALENDAR_CLOSED,		/* before the first, after the last */
	CALENDAR_REST,			/* a day without hours */
	CALENDAR_ON_HOLIDAY
};

struct calendar_part {
	int64_t to;		/* CALENDAR_NEVER: without end */
	enum calendar_why why;
	struct text name, zh;	/* of a day set singly; the calendar's */
};

/* The part that begins at (or goes on at) an instant. It ends at midnight
 * and where the clocks are changed at the latest: the next one may be of the
 * same kind. */
struct calendar_part calendar_part(const struct calendar *, int64_t at);
static inline bool calendar_counts(enum calendar_why why)
{
	return why <= CALENDAR_WORKING_UNLISTED;
}

#endif
