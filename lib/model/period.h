/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Periods held against each other: the one before, and the same one a year
 * before. A range of whole calendar months moves by months (the 28th of
 * February is the month's end as the 31st of January is), any other by days.
 */
#ifndef MODEL_PERIOD_H
#define MODEL_PERIOD_H

#include "base/day.h"

#define PERIOD_LABEL_BYTES 24

/* Days in a range; both ends are known (neither DAY_MIN nor DAY_MAX). */
int32_t period_days(struct day_range);
/* Calendar months that the range covers exactly, or 0. */
int period_months(struct day_range);

/* The range of the same length that ends on the day before. */
struct day_range period_before(struct day_range);
/* The same months a year earlier; whole weeks 52 weeks earlier, so that the
 * same weekdays are compared; anything else by the calendar. */
struct day_range period_year_before(struct day_range);

/* "2025-10", "2025Q4", "2025", "2025W40", "2025-10-03", which day_period()
 * reads back, or "2025-10-03..2025-10-09". No NUL; returns the bytes. */
size_t period_label(struct day_range, char to[PERIOD_LABEL_BYTES]);

#endif
