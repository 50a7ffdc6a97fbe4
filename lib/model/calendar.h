/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A business calendar: on which hours of which days time counts as working
 * time. Every weekday has its spans (a lunch break makes two of them), and
 * single days may have others: none on a holiday, some on a Sunday that is
 * worked to make up for one.
 *
 * Times here are local: microseconds since 1970-01-01T00:00 on the clock of
 * the place where the work is done (an instant plus its zone's offset).
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include "base/text.h"

#define CALENDAR_SPANS 8	/* at most so many a day */
#define CALENDAR_MINUTE INT64_C(60000000)	/* microseconds */

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

/* Spans in order, none empty, none overlapping: true when they are, and then
 * taken; else nothing is changed. weekday: Monday 1 .. Sunday 7. */
bool calendar_set_weekday(struct calendar *, int weekday,
			  const struct calendar_hours *);
/* The same for one day; false also when the day has been set before. */
bool calendar_set_day(struct calendar *, int32_t day,
		      const struct calendar_hours *);
/* Reads "08:30-18:00"; "24:00" may end a span. */
bool calendar_span_parse(struct text, struct calendar_span *);

/* Working microseconds from `from` up to `to`, 0 when to <= from. Takes
 * time in the logarithm of the days set singly. Any span of time is allowed,
 * within the years that base/day.h knows. */
int64_t calendar_between(const struct calendar *, int64_t from, int64_t to);

#endif
