/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What crm-complaint trend is made of. */
#ifndef CMD_COMPLAINT_TREND_H
#define CMD_COMPLAINT_TREND_H

#include "model/casetrend.h"

#include "cmd/complaint/casegroups.h"

struct trend {
	struct common common;
	struct casesource src;
	struct casegroups g;
	struct codes *codes;
	struct arena names;
	struct casetrend marks;
	enum cohort_unit unit;
	struct day_range range;		/* of the rows */
	int32_t last_day;		/* what is known ends with it */
	bool any;			/* of the chosen cases there are some */
	int32_t first, last;		/* periods */
	const char *services;		/* --services FILE */
	const char *kinds;		/* --service-kinds */
	const char *actions;		/* --actions FILE */
	const char *cause;		/* --issue-column */
	size_t column;			/* of it, with --actions */
	int64_t window;			/* --window, months */
	int64_t months;			/* --repeat-months */
	double alpha;
};

static inline size_t trend_periods(const struct trend *t)
{
	return (size_t)(t->last - t->first) + 1;
}

/* Service orders of each group and period: [group * periods + period - first];
 * the caller frees. NULL without --services. */
uint64_t *trend_services(const struct trend *);

/* change_pct, p, change */
void trend_put_change(struct output *, const struct trend *,
		      struct casetrend_rate now, struct casetrend_rate before);
/* Rows of --actions: whether causes came back. */
struct output *trend_recurrence(struct trend *);

#endif
