/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones and days of the place, by the list of its zone's changes. */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/place.h"

struct place {
	struct instant_change *change;
	size_t n;
};

struct place *place_new(const struct common *common)
{
	struct place *p = mem_zalloc(1, sizeof(*p));

	p->change = instant_changes(text_of(common->tz), &p->n);
	if (!p->change)
		die_usage("--tz: \"%s\" is not a time zone known here",
			  common->tz);
	return p;
}

void place_free(struct place *p)
{
	if (p == NULL)
		return;
	free(p->change);
	free(p);
}

const struct instant_change *place_changes(const struct place *p, size_t *n)
{
	*n = p->n;
	return p->change;
}

int place_zone(struct place *p, int64_t us)
{
	return instant_offset(p->change, p->n, us);
}

int place_zone_local(struct place *p, int64_t local)
{
	return instant_offset_local(p->change, p->n, local);
}

int64_t place_day_end(struct place *p, int32_t day)
{
	int64_t local = (day + INT64_C(1)) * INSTANT_DAY;

	return local - place_zone_local(p, local) * INSTANT_MINUTE;
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
		a.when.today = a.end - INSTANT_SECOND;
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
