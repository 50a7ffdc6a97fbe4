/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What crm-clv churn is made of: money spent on customers, and the claims of
 * the trade. */
#ifndef CMD_CLV_CHURN_H
#define CMD_CLV_CHURN_H

#include "model/churn.h"
#include "stream/common.h"
#include "stream/output.h"

/* Money spent on customers in a period, by purpose. */
struct spent {
	money_wide winning, keeping;	/* acquisition, retention */
};

/*
 * Reads the stream spend into one struct spent for each of the periods, which
 * ascend and must hold whole months; dies otherwise. What is for another
 * purpose is left out. The caller frees.
 */
struct spent *spent_read(const char *file, const struct day_range *period,
			 size_t periods);

/* The columns behind those of the count, when there is spend: of a period,
 * per customer won, per customer kept, the ratio of these, and what it would
 * cost to win as many as were lost. */
#define SPENT_COLUMNS 6
extern const struct output_column spent_columns[SPENT_COLUMNS];
void spent_put(const struct spent *, const struct churn *, struct output *);
/* Cost of winning one over that of keeping one; NAN: not known. */
double spent_ratio(const struct spent *, const struct churn *);

/* The claims of the trade, with the own figures of one year: rows
 * claim,source,measure,claimed_low,claimed_high,own,answer,n, the last one
 * the customers of the opening. */
struct output *claims_open(const struct common *);
void claims_write(const struct churn *year, const struct spent *,
		  struct output *);

#endif
