/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days of the proleptic Gregorian calendar, counted from 1970-01-01 = 0, in
 * the years 1 to 9999. No time_t, no TZ: a civil day has neither.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/text.h"

#define DAY_NONE INT32_MIN	/* no day known */
#define DAY_BYTES 10		/* YYYY-MM-DD */
#define DAY_MIN (-719162)	/* 0001-01-01 */
#define DAY_MAX 2932896		/* 9999-12-31 */
#define DAY_MINUTES 1440
#define DAY_SECONDS 86400

struct civil {
	int year, month, day;	/* month 1..12, day 1..31 */
};

/* Days are taken to lie in DAY_MIN..DAY_MAX, and a civil day to exist, unless
 * said otherwise: the parsers let nothing else in. */
int32_t day_of(struct civil);
struct civil day_civil(int32_t day);
bool day_exists(struct civil);
int day_weekday(int32_t day);		/* ISO: Monday 1 .. Sunday 7 */
int32_t day_month_start(int32_t day);
/* Moves by calendar months; the 31st becomes the month's last day. Stops at
 * DAY_MIN and DAY_MAX. */
int32_t day_add_months(int32_t day, int months);

/* YYYY-MM-DD, the whole slice; an instant's text (instant_parse) gives the
 * civil day that is written in it, whatever its zone. */
bool day_parse(struct text, int32_t *day);
size_t day_format(int32_t day, char to[DAY_BYTES]);	/* no NUL */

/* Both ends inclusive. DAY_MIN and DAY_MAX: open. */
struct day_range {
	int32_t first, last;
};

/*
 * "2025-10", "2025", "2025Q3", "2025W40" (ISO 8601 week), "2025-10-03",
 * "last-month", "last-quarter" (the last whole one before today's), "ytd"
 * (1 January to today); these three are reckoned from `today`, and false when
 * it is DAY_NONE. Week 53 only in years that have one.
 */
bool day_period(struct text, int32_t today, struct day_range *);

/*
 * The label of the period that a day lies in: unit is one of "day", "week",
 * "month", "quarter", "year"; gives "2025-10-03", "2025W40", "2025-10",
 * "2025Q4", "2025". Writes at most 10 bytes, no NUL; 0 on an unknown unit.
 */
size_t day_label(int32_t day, const char *unit, char to[DAY_BYTES]);

/*
 * Instants: microseconds since 1970-01-01T00:00:00Z.
 * Read from YYYY-MM-DD[T| ]HH:MM[:SS[.f]][Z|+HH:MM|+HHMM|+HH] with 1 to 6
 * digits of f; without a zone, `zone_minutes` east of Greenwich is meant; a
 * bare day is its midnight. No hour 24, no second 60. What lies before
 * 0001-01-01T00:00Z or after 9999-12-31T23:59:59.999999Z is refused.
 */
#define INSTANT_BYTES 32
#define INSTANT_SECOND INT64_C(1000000)	/* microseconds */
#define INSTANT_MINUTE (60 * INSTANT_SECOND)
#define INSTANT_HOUR (60 * INSTANT_MINUTE)
#define INSTANT_DAY (24 * INSTANT_HOUR)

bool instant_parse(struct text, int zone_minutes, int64_t *us);
/* "2025-10-03T10:22:31+08:00", zone 0 as "Z"; fraction only when there is one,
 * without trailing zeros; no NUL. */
size_t instant_format(int64_t us, int zone_minutes, char to[INSTANT_BYTES]);
int32_t instant_day(int64_t us, int zone_minutes);
/*
 * Offset of a zone name ("Asia/Shanghai", "UTC", "+08:00") at an instant, in
 * minutes (old local mean times rounded to them); false when it is unknown.
 * Reads the system's zone files, not TZ; Asia/Shanghai and UTC are known
 * without them. Opens a file each time: ask once, not for each row.
 */
bool instant_zone(struct text name, int64_t us, int *zone_minutes);

/*
 * All changes of a zone's offset, in order: from `at` on it is zone_minutes.
 * The first one has INT64_MIN. Those that a rule goes on to make for ever are
 * listed up to 2199, and the last one holds from there on. Allocated, the
 * caller frees; NULL when the zone is unknown.
 */
struct instant_change {
	int64_t at;
	int zone_minutes;
};
struct instant_change *instant_changes(struct text name, size_t *n);
/* The offset that holds at an instant, and the one by which the clocks show
 * `local` (which is the instant that would be, were the place at Greenwich).
 * Where they show it twice it is the first time; where they leap over it, the
 * offset before the leap. */
int instant_offset(const struct instant_change *, size_t n, int64_t us);
int instant_offset_local(const struct instant_change *, size_t n,
			 int64_t local);

/* The clocks of a zone: all its changes, borrowed. */
struct instant_clock {
	const struct instant_change *change;
	size_t n;
};
/* instant_parse() where the clocks tell which zone is meant. */
bool instant_parse_by(struct text, struct instant_clock, int64_t *us);
int64_t instant_midnight(struct instant_clock, int32_t day);
/* The day that the clocks' calendar shows at an instant. */
int32_t instant_day_by(struct instant_clock, int64_t us);

/* The only place that reads the clock. */
int64_t instant_now(void);

#endif
