/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What calendar.c and calendar_ask.c have in common. */
#ifndef MODEL_CALENDAR_IN_H
#define MODEL_CALENDAR_IN_H

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

int64_t calendar_hours_minutes(const struct calendar_hours *);
const struct calendar_hours *calendar_weekday_hours(const struct calendar *cal,
						    int32_t day);
/* How many single days come before `day`. */
size_t calendar_singles(const struct calendar *cal, int32_t day);
/* The day as it was set singly, if it was; `i` is calendar_singles(). */
const struct single *calendar_single(const struct calendar *cal, size_t i,
				     int32_t day);
/* A local time as a day and the time of the day. A zone's offset may lead
 * out of the years that are known. */
int32_t calendar_split(int64_t local, int64_t *us);
/* Working microseconds from the first Monday up to a local time. */
int64_t calendar_local_total(const struct calendar *cal, int64_t local);

#endif
