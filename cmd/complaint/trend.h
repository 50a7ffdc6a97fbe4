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
	int32_t first_day, last_day;	/* what is known begins and ends so */
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

/* The days of the services in order, each on the first day of its rows; the
 * caller frees. */
struct trend_days {
	int32_t *day;
	size_t n;
};

struct trend_days trend_service_days(const struct trend *);

/* What the register says of an action. Days are counted from DAY_NONE, so that
 * 0 is none; instants less INT64_MIN / 2. */
struct trend_action {
	int64_t begun, done;
	int64_t done_at, returned_at, issue_at;
	uint32_t issue;		/* number of the word in `issues` */
};

struct trend_actions {
	struct group *by_id;	/* entries: struct trend_action */
	struct group *issues;	/* 0: none */
};

/* From a log of actions, or a stream of their entries, up to last_day; both
 * groups are the caller's to free. */
struct trend_actions trend_read_actions(const struct trend *);
/* The day there of an instant, counted from DAY_NONE. */
int64_t trend_day(const struct trend *, int64_t at);

/* change_pct, p, change */
void trend_put_change(struct output *, const struct trend *,
		      struct casetrend_rate now, struct casetrend_rate before);
/* Rows of --actions: whether causes came back. */
struct output *trend_recurrence(struct trend *);

#endif
