/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as exports write them. A year of four digits in front is never in
 * doubt (2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日); 05/03/2024
 * and 24-3-5 are read only when the order of their parts was told.
 * A time of day may follow (10:22, 10:22:31, 10时22分, 下午3:20, 3:20 PM), and
 * a zone (Z, +08:00); the day is the civil day as it is written.
 */
#ifndef CANON_WHEN_H
#define CANON_WHEN_H

#include "base/text.h"

enum when_order {
	WHEN_ASK,		/* nobody told: years of four digits in front */
	WHEN_YMD,
	WHEN_DMY,
	WHEN_MDY
};

enum when_state {
	WHEN_GOOD,
	WHEN_NONE,		/* nothing there, or a day that means so:
				 * 0000-00-00, 1900-01-01, 1899-12-30 */
	WHEN_SERIAL,		/* a day count of a spreadsheet (1900 system):
				 * good only where serials are expected */
	WHEN_AMBIGUOUS,		/* a date in an order that nobody told */
	WHEN_BAD
};

struct when {
	int32_t day;
	int32_t second;		/* of the day, -1: no time given */
	int32_t micro;		/* fraction of the second */
	int zone_minutes;	/* WHEN_NO_ZONE: none written */
};

#define WHEN_NO_ZONE INT32_MAX
#define WHEN_BYTES 40

/* Of a cell that clean_code() has cleaned. Two-digit years: 00..69 are 20xx,
 * 70..99 are 19xx. Fills *when when GOOD or SERIAL. */
enum when_state when_read(struct text clean, enum when_order, struct when *);

/* "2024-03-05". */
size_t when_put_day(const struct when *, char to[WHEN_BYTES]);
/* "10:22:31", or 0 bytes when no time was given. */
size_t when_put_time(const struct when *, char to[WHEN_BYTES]);
/* "2024-03-05", or with its time "2024-03-05T10:22:31+08:00": the zone that
 * was written, else `zone_minutes` (WHEN_NO_ZONE: none is written). */
size_t when_put_instant(const struct when *, int zone_minutes,
			char to[WHEN_BYTES]);

#endif
