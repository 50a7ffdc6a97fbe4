/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Complaints by period: how many were opened, closed and reopened, how many
 * stood open at the end, and whether a period differs from the one before by
 * more than chance.
 *
 *	open at the end = open before + opened + reopened - closed
 *
 * A case that is closed, reopened and closed again was closed twice. What
 * happened is handed over as marks, in any order and in as many parts as one
 * likes.
 */
#ifndef MODEL_CASETREND_H
#define MODEL_CASETREND_H

#include <stdbool.h>

#include "base/day.h"
#include "model/cohort.h"

enum casetrend_kind {
	CASETREND_OPENED,
	CASETREND_CLOSED,
	CASETREND_REOPENED,
	CASETREND_KNOWN,	/* opened, and the customer is known */
	CASETREND_REPEATED,	/* so, and had complained shortly before */
	CASETREND_KINDS
};

struct casetrend_mark {
	uint32_t group;
	int32_t day;
	enum casetrend_kind kind;
};

/* Zero bytes are valid and empty. */
struct casetrend {
	struct casetrend_mark *mark;
	size_t n, cap;
};

void casetrend_add(struct casetrend *, uint32_t group, int32_t day,
		   enum casetrend_kind);
void casetrend_join(struct casetrend *, const struct casetrend *from);
/* Group g becomes to[g]; marks of a group that becomes none go. */
#define CASETREND_NOWHERE UINT32_MAX
void casetrend_regroup(struct casetrend *, const uint32_t *to);
void casetrend_release(struct casetrend *);

struct casetrend_row {
	uint64_t count[CASETREND_KINDS];
	int64_t open;		/* at the end of the period */
};

/* Periods first .. last (cohort_period()) of each group: row [group * periods
 * + period - first]; the caller frees. What was before the first counts in
 * `open` only; nothing may be after the last. */
struct casetrend_row *casetrend_finish(const struct casetrend *,
				       size_t groups, int32_t first,
				       int32_t last, enum cohort_unit);

/*
 * A count out of something: complaints out of services, or of days. The rate
 * is count / out of, its limits are those of rates_count(); out of nothing it
 * is NAN.
 */
struct casetrend_rate {
	uint64_t count;
	double of;
};

/* What one rate is of another: (a / b - 1) in percent, NAN when there is
 * none; p of rates_compare(). */
struct casetrend_change {
	double pct, p;
};

struct casetrend_change casetrend_compare(struct casetrend_rate now,
					  struct casetrend_rate before);

/* The days of a period from `since` to `until`, both inclusive: what the data
 * do not reach is no time without complaints. */
int32_t casetrend_days(int32_t period, enum cohort_unit, int32_t since,
		       int32_t until);

/* ---- who complains again ---- */

/* An opened case: customers are numbered from 0 without gaps. */
struct casetrend_opening {
	uint32_t customer, who;	/* who: the caller's */
	int64_t at;		/* an instant */
	int32_t day;
	bool repeated;		/* out */
};

/* Marks those whose customer had opened another case not more than so many
 * calendar months before. Sorts by customer, instant and who; of two at one
 * instant the second is a repetition. */
void casetrend_repeated(struct casetrend_opening *, size_t n, int months);

/* ---- does a cause come back? ---- */

/* The months before a corrective action was begun, and those after it was
 * done, until a day. Either is empty (first > last) when there are no days. */
struct casetrend_windows {
	struct day_range before, after;
};

struct casetrend_windows casetrend_windows(int32_t begun, int32_t done,
					   int months, int32_t until);

#endif
