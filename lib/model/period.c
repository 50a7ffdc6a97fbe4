/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods held against each other. */
#include "model/period.h"

#include <string.h>

#include "base/mem.h"

int32_t period_days(struct day_range r)
{
	return r.last - r.first + 1;
}

static bool is_month_start(int32_t day)
{
	return day_month_start(day) == day;
}

int period_months(struct day_range r)
{
	if (!is_month_start(r.first) || r.last == DAY_MAX ||
	    !is_month_start(r.last + 1))
		return 0;
	struct civil from = day_civil(r.first), to = day_civil(r.last);
	return (to.year - from.year) * 12 + to.month - from.month + 1;
}

/* Whole months stay whole, whatever their lengths. */
static struct day_range move_months(struct day_range r, int months)
{
	return (struct day_range){ day_add_months(r.first, months),
				   day_add_months(r.last + 1, months) - 1 };
}

static struct day_range move_days(struct day_range r, int32_t days)
{
	return (struct day_range){ r.first + days, r.last + days };
}

struct day_range period_before(struct day_range r)
{
	int months = period_months(r);

	if (months)
		return move_months(r, -months);
	return move_days(r, -period_days(r));
}

struct day_range period_year_before(struct day_range r)
{
	if (period_months(r))
		return move_months(r, -12);
	if (period_days(r) % 7 == 0)
		return move_days(r, -364);
	return (struct day_range){ day_add_months(r.first, -12),
				   day_add_months(r.last, -12) };
}

static bool same(struct day_range a, struct day_range b)
{
	return a.first == b.first && a.last == b.last;
}

size_t period_label(struct day_range r, char to[PERIOD_LABEL_BYTES])
{
	static const char *const units[] = { "year", "quarter", "month",
					     "week", "day" };

	for (size_t i = 0; i < NELEMS(units); i++) {
		struct day_range whole;
		size_t n = day_label(r.first, units[i], to);
		if (day_period((struct text){ to, n }, r.first, &whole) &&
		    same(whole, r))
			return n;
	}
	size_t n = day_format(r.first, to);
	memcpy(to + n, "..", 2);
	return n + 2 + day_format(r.last, to + n + 2);
}
