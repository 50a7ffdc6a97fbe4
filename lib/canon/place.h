/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the complaints are handled: the zone of --tz at any instant, and the
 * day on which the question is asked.
 */
#ifndef CANON_PLACE_H
#define CANON_PLACE_H

#include "base/day.h"
#include "model/casework.h"
#include "stream/common.h"

struct place;

struct place *place_new(const struct common *);
void place_free(struct place *);
/* All changes of its zone (base/day.h); they are the place's. */
const struct instant_change *place_changes(const struct place *, size_t *n);
/* Minutes east of Greenwich. */
int place_zone(struct place *, int64_t us);
/* Minutes east of Greenwich when the clocks there show `local`, which is the
 * instant that would be were the place at Greenwich. */
int place_zone_local(struct place *, int64_t local);
/* The first instant after a day. */
int64_t place_day_end(struct place *, int32_t day);

/* What --as-of means: events from `end` on are not known yet. */
struct asked {
	int64_t end;		/* INT64_MAX: no --as-of, all are known */
	int32_t day;		/* that what is overdue is reckoned from */
	struct casework_when when;
};

/*
 * `last` is the latest event (CASEWORK_NO_TIME: none). With --as-of, clocks
 * and due times are looked at on the end of that day. Without it, the clocks
 * of open cases end with the latest event, so that the same data give the
 * same figures, and only what is overdue asks the clock on the wall.
 */
struct asked place_asked(struct place *, const struct common *, int64_t last);

#endif
