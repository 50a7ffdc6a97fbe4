/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The periods of a trend: those of the report's unit up to its own. */
#ifndef CMD_REPORT_TREND_H
#define CMD_REPORT_TREND_H

#include "cmd/report/build.h"

struct trend {
	int32_t first;			/* period number (cohort_period) */
	size_t n;
	int32_t first_day;		/* of the first period */
	const char **label;
};

/* From the first period with data, but not before b->trend_first. */
struct trend trend_of(struct build *, int32_t data_first_day);
void trend_release(struct trend *);
/* Which of them a period number is; n or more: none. */
size_t trend_place(const struct trend *, int32_t period);
/* That of the report's own period, or CHART_NONE. */
size_t trend_now(const struct build *, const struct trend *);
/* Labels, highlight and what to hold it against; the rest is the caller's. */
struct chart trend_chart(const struct build *, const struct trend *,
			 enum chart_kind);
/* One of four titles, by the unit. */
const char *trend_title(const struct build *, const char *month,
			const char *quarter, const char *year,
			const char *week);

#endif
