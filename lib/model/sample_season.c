/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When cars are bought, and when the dealer is closed. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/sample_life.h"

#define FAR_AWAY 1000

/* Days since the nearest spring festival (negative before it). */
static int32_t since_festival(const struct sample_world *w, int32_t day)
{
	const struct sample_list *l = &w->list[SAMPLE_FESTIVALS];
	int32_t nearest = FAR_AWAY;

	for (size_t i = 0; i < l->rows; i++) {
		int32_t festival;

		if (day_parse(sample_list_get(l, i, 1), &festival) &&
		    abs(day - festival) < abs(nearest))
			nearest = day - festival;
	}
	return nearest;
}

static uint64_t festival_percent(int32_t since)
{
	if (since >= 0 && since <= 2)
		return 0;
	if (since >= -1 && since <= 6)
		return 10;
	if (since >= 7 && since <= 15)
		return 55;
	return since >= -28 && since < -1 ? 120 : 100;
}

static uint64_t day_weight(const struct sample_world *w, int32_t day)
{
	static const uint64_t month[12] = {105, 70, 85, 75, 80,	 92,
					   70,	75, 95, 92, 100, 130};
	static const uint64_t weekday[7] = {80, 78, 82, 88, 105, 150, 140};
	struct civil c = day_civil(day);

	return month[c.month - 1] * weekday[day_weekday(day) - 1] *
	       festival_percent(since_festival(w, day));
}

struct sample_season sample_season_new(const struct sample_world *w,
				       int32_t first, int32_t last)
{
	struct sample_season s = {.first = first,
				  .days = (size_t)(last - first) + 1};

	s.upto = mem_zalloc(s.days + 1, sizeof(*s.upto));
	for (size_t i = 0; i < s.days; i++)
		s.upto[i + 1] = s.upto[i] + day_weight(w, first + (int32_t)i);
	return s;
}

void sample_season_release(struct sample_season *s)
{
	free(s->upto);
	*s = (struct sample_season){0};
}

int32_t sample_season_draw(const struct sample_season *s, struct rng *r)
{
	uint64_t at = rng_below(r, s->upto[s->days]);
	size_t lo = 0, hi = s->days;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->upto[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return s->first + (int32_t)lo;
}

int32_t sample_open_day(const struct sample_world *w, int32_t day)
{
	int32_t since = since_festival(w, day);

	return since >= 0 && since <= 2 ? day + 3 - since : day;
}
