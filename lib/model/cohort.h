/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cohorts: customers by the calendar period of their first purchase, and how
 * many of them bought again in each later period.
 *
 * The triangle holds the cells that the log covers and no others: a cohort
 * has as many periods as there are from its own to the last one. The last
 * period is complete only when observation went on to its end.
 */
#ifndef MODEL_COHORT_H
#define MODEL_COHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"

enum cohort_unit { COHORT_WEEK, COHORT_MONTH, COHORT_QUARTER, COHORT_YEAR };

/* "week" .. "year", as day_label() has them */
const char *cohort_unit_name(enum cohort_unit);

/* The running number of the calendar period that a day lies in (weeks begin
 * on Monday), and the first day of a period. */
int32_t cohort_period(int32_t day, enum cohort_unit);
int32_t cohort_period_start(int32_t period, enum cohort_unit);

/* One row of the log: customers are numbered from 0 without gaps. */
struct cohort_event {
	uint32_t customer;
	int32_t day;
	int64_t fen;
	bool purchase;	/* false: money that moved without one (a refund) */
};

struct cohort_cell {
	int64_t retained;	/* customers with a purchase in the period */
	int64_t purchases;	/* customer-days with one */
	money_wide value;	/* sum of fen, of refunds too */
};

struct cohort {
	int32_t period;			/* of first purchase */
	int64_t customers;
	size_t periods;			/* cells 0 .. periods - 1 */
	struct cohort_cell *cell;
};

struct cohorts {
	struct cohort *at;		/* ascending; those without customers
					 * are left out */
	size_t n;
	struct cohort_cell *cells;	/* all of them, owned here */
	int64_t strangers;		/* customers without any purchase */
	money_wide strangers_value;	/* their fen, in no cell */
};

/*
 * Sums up n events of `customers` customers, seen until `last_day`, which no
 * event is later than. Every customer is in exactly one cohort or a stranger,
 * every purchase and all money in exactly one cell (what moved before the
 * first purchase: in the cohort's first) or with the strangers. The caller
 * releases.
 */
struct cohorts cohorts_of(const struct cohort_event *, size_t n,
			  size_t customers, int32_t last_day,
			  enum cohort_unit);
void cohorts_release(struct cohorts *);

#endif
