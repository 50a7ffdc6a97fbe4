/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The leaky bucket: how many customers a period began with, came, came back,
 * left, and were there at its end.
 *
 * A customer is active on a day when there was a purchase on it or within the
 * given number of calendar months before it (crm-tier's rule: none for 12
 * months is inactive). Then
 *
 *	closing = opening + new + returned - lost
 *	churn   = lost / opening
 *
 * where opening is counted on the day before the period, new customers bought
 * for the first time in it, and those who returned had been inactive.
 */
#ifndef MODEL_CHURN_H
#define MODEL_CHURN_H

#include "base/day.h"
#include "base/money.h"

/* A purchase, or money that moved without one (a refund); customers are
 * numbered from 0 without gaps. */
struct churn_event {
	uint32_t customer;
	int32_t day;
	int64_t fen;
	bool refund;
};

struct churn {
	uint64_t opening, fresh, returned, lost, closing;
	/* Money of the period: in all, and of those who were there at the
	 * opening. */
	money_wide income, existing;
};

/* lost / opening; NAN when nobody was there. */
double churn_rate(const struct churn *);
/* Periods until half of them are gone at a rate: ln .5 / ln (1 - rate). */
double churn_half_life(double rate);

/*
 * Fills out[i] for each of the periods (ascending, both ends known). The
 * events are sorted here; purchases after a period's end do not count in it.
 */
void churn_count(struct churn_event *, size_t n,
		 const struct day_range *period, size_t periods, int months,
		 struct churn *out);

#endif
