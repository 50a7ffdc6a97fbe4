/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Business calendars as JSON files; crm-complaint(1) describes them:
 *
 *	{ "name": "...", "note": "...",
 *	  "week": { "mon": ["08:30-12:00", "13:00-18:00"], ..., "sun": [] },
 *	  "days": { "2025-10-01": [], ... } }
 *
 * A weekday left out has no hours.
 */
#ifndef CANON_CALENDAR_JSON_H
#define CANON_CALENDAR_JSON_H

#include "model/calendar.h"

/* `name` as json_doc_read() takes it. Dies when it is no calendar. */
struct calendar *calendar_json_read(const char *name);

#endif
