/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What crm-clv churn is made of: money spent on customers, and the claims of
 * the trade. */
#ifndef CMD_CLV_CHURN_H
#define CMD_CLV_CHURN_H

#include "canon/spend.h"
#include "stream/common.h"
#include "stream/output.h"

/* The columns behind those of the count, when there is spend: of a period,
 * per customer won, per customer kept, the ratio of these, and what it would
 * cost to win as many as were lost. */
#define SPENT_COLUMNS 6
extern const struct output_column spent_columns[SPENT_COLUMNS];
void spent_put(const struct spend *, const struct churn *, struct output *);

/* The claims of the trade, with the own figures of one year: rows
 * claim,source,measure,claimed_low,claimed_high,own,answer,n, the last one
 * the customers of the opening. */
struct output *claims_open(const struct common *);
void claims_write(const struct churn *year, const struct spend *,
		  struct output *);

#endif
