/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one reading of the transactions leaves for their three sections. */
#ifndef CMD_REPORT_DEALS_H
#define CMD_REPORT_DEALS_H

#include "base/group.h"
#include "model/churn.h"
#include "model/cohort.h"
#include "model/mix.h"

#include "cmd/report/build.h"

/* An entry of the table of customers. */
struct deals_customer {
	int64_t value;		/* fen, up to as_of */
	int32_t last;		/* day of the last deal, less DAY_MIN, plus 1 */
	uint32_t overflow;
};

struct deals {
	struct group *customers;	/* of struct deals_customer */
	struct group *kinds;
	struct mix *whole[SPANS], *kind[SPANS];
	struct mix *months;		/* by number of the trend's period */
	struct cohort_event *event;	/* of all rows up to as_of */
	size_t n, cap;
	struct churn_event *purchase;
	size_t npurchases, purchase_cap;
	int32_t first_day, last_day;	/* DAY_NONE: no rows */
	bool has_kind;
};

/* True when the data reach back to the beginning of a span, so that it can be
 * compared with. */
bool deals_cover(const struct deals *, struct day_range);

void revenue_write(struct build *, const struct deals *);
void tiers_write(struct build *, struct deals *);
void retention_write(struct build *, struct deals *);

#endif
