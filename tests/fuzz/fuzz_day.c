/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, instants, periods and zone names: what is read is printed back as
 * the same, and stays within the calendar. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "tests/fuzz/fuzz.h"

static bool is_day(int32_t day)
{
	return day >= DAY_MIN && day <= DAY_MAX;
}

static void try_day(struct text t)
{
	char s[DAY_BYTES];
	int32_t day;

	if (!day_parse(t, &day))
		return;
	must(is_day(day) && day_exists(day_civil(day)));
	day_format(day, s);
	must(memcmp(s, t.p, DAY_BYTES) == 0);
}

static void try_instant(struct text t)
{
	static const int zones[] = { 0, 480, -210, 1439, -1439 };
	char s[INSTANT_BYTES];
	int64_t us, again;
	int32_t day;

	for (size_t i = 0; i < NELEMS(zones); i++) {
		if (!instant_parse(t, zones[i], &us))
			continue;
		must(day_parse(t, &day));
		struct text printed = { s, instant_format(us, 0, s) };

		must(instant_parse(printed, 0, &again) && again == us);
		must(instant_format(us, zones[i], s) <= INSTANT_BYTES);
		must(is_day(instant_day(us, zones[i])));
	}
}

static void try_period(struct text t)
{
	struct day_range r;
	char s[DAY_BYTES];

	if (!day_period(t, 20413, &r))
		return;
	must(is_day(r.first) && is_day(r.last) && r.first <= r.last);
	must(day_label(r.first, "week", s) == 7);
}

static void try_zone(struct text t)
{
	int minutes;

	if (instant_zone(t, 0, &minutes))
		must(abs(minutes) < 1440);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct text t = { (const char *)data, size };

	try_day(t);
	try_instant(t);
	try_period(t);
	try_zone(t);
	return 0;
}
