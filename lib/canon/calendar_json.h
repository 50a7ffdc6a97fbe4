/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Business calendars as JSON files; crm-complaint(1) describes them:
 *
 *	{ "name": "...", "note": "...",
 *	  "week": { "mon": ["08:30-12:00", "13:00-18:00"], ..., "sun": [] },
 *	  "holidays": "china-holidays", "makeup": ["09:00-17:00"],
 *	  "days": { "2025-10-01": [], ... } }
 *
 * A weekday left out has no hours. "holidays" is a list of days or several
 * (day,kind,zh,en; kind holiday or workday), shipped or files beside the
 * calendar; of two lists the later one has its way, and "days" over all. On a
 * workday of a list the hours are those of "makeup", else the weekday's own,
 * else Monday's.
 */
#ifndef CANON_CALENDAR_JSON_H
#define CANON_CALENDAR_JSON_H

#include "canon/place.h"
#include "model/calendar.h"

/* `name` as json_doc_read() takes it; the clocks are those of the place
 * (NULL: Greenwich). Dies when it is no calendar, or has no hours at all. */
struct calendar *calendar_json_read(const char *name, const struct place *);

#endif
