/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones and days of the place; a zone's offset is remembered by day. */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/place.h"

#define SECOND_US INT64_C(1000000)
#define DAY_US (86400 * SECOND_US)
#define MEMO 4096

struct place {
	const char *tz;
	/* By UTC day: the offset all through it, where there is one. */
	struct {
		int32_t day;
		int16_t minutes;
	} memo[MEMO];
};

static int zone_at(const struct place *p, int64_t us)
{
	int minutes;

	if (!instant_zone(text_of(p->tz), us, &minutes))
		die_usage("--tz: \"%s\" is not a time zone known here", p->tz);
	return minutes;
}

struct place *place_new(const struct common *common)
{
	struct place *p = mem_zalloc(1, sizeof(*p));

	p->tz = common->tz;
	for (size_t i = 0; i < MEMO; i++)
		p->memo[i].day = DAY_NONE;
	zone_at(p, 0);
	return p;
}

void place_free(struct place *p)
{
	free(p);
}

int place_zone(struct place *p, int64_t us)
{
	int32_t day = instant_day(us, 0);
	size_t slot = (uint32_t)day % MEMO;
	int first, last;

	if (p->memo[slot].day == day)
		return p->memo[slot].minutes;
	first = zone_at(p, day * DAY_US);
	last = zone_at(p, day * DAY_US + DAY_US - 1);
	if (first != last)
		return zone_at(p, us);
	p->memo[slot].day = day;
	p->memo[slot].minutes = (int16_t)first;
	return first;
}

int place_zone_local(struct place *p, int64_t local)
{
	int64_t us = local - place_zone(p, local) * CALENDAR_MINUTE;

	/* Once more, with the offset that holds there. */
	return place_zone(p, us);
}

int64_t place_day_end(struct place *p, int32_t day)
{
	int64_t local = (day + INT64_C(1)) * DAY_US;

	return local - place_zone_local(p, local) * CALENDAR_MINUTE;
}

struct asked place_asked(struct place *p, const struct common *common,
			 int64_t last)
{
	struct asked a = { .end = INT64_MAX };

	if (common->as_of != DAY_NONE) {
		a.day = common->as_of;
		a.end = place_day_end(p, a.day);
		a.when.until = a.end;
		/* A due time at the day's end is kept all through it. */
		a.when.today = a.end - SECOND_US;
	} else {
		a.when.until = last;
		a.when.today = instant_now();
		a.day = instant_day(a.when.today,
				    place_zone(p, a.when.today));
	}
	if (a.when.until != CASEWORK_NO_TIME)
		a.when.zone_minutes = place_zone(p, a.when.until);
	return a;
}
