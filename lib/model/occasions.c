/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar periods with a purchase. */
#include "model/cohort.h"
#include "model/occasions.h"

static int32_t period(int32_t day, enum unit unit)
{
	static const enum cohort_unit calendar[] = {
		[UNIT_WEEK] = COHORT_WEEK,
		[UNIT_MONTH] = COHORT_MONTH,
		[UNIT_YEAR] = COHORT_YEAR,
	};

	return unit == UNIT_DAY ? day : cohort_period(day, calendar[unit]);
}

struct occasions occasions_of(const int32_t *day, size_t n, int32_t end,
			      enum unit unit)
{
	int32_t first = period(day[0], unit), before = first;
	struct occasions o = { .T = period(end, unit) - first };
	size_t i = 1;

	for (; i < n && day[i] <= end; i++) {
		o.t_x = period(day[i], unit) - first;
		o.x += first + o.t_x != before;
		before = first + o.t_x;
	}
	before = first - 1;
	for (; i < n; i++) {
		int32_t at = period(day[i], unit);

		o.later += at != before;
		before = at;
	}
	return o;
}
