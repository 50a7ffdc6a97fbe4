/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of time. */
#include "model/unit.h"

static const struct {
	const char *name;
	double days;
} units[] = {
	[UNIT_DAY] = { "day", 1 },
	[UNIT_WEEK] = { "week", 7 },
	[UNIT_MONTH] = { "month", 365.25 / 12 },
	[UNIT_YEAR] = { "year", 365.25 },
};

double unit_days(enum unit unit)
{
	return units[unit].days;
}

const char *unit_name(enum unit unit)
{
	return units[unit].name;
}
