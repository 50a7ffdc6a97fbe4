/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The service-profit chain: contented staff make contented customers, who come
 * back, and that is where profit comes from (Heskett, Jones, Loveman, Sasser
 * and Schlesinger, Putting the Service-Profit Chain to Work, Harvard Business
 * Review 72 (1994) 164-174). Whether one's own house bears it out is seen by
 * the correlation of each link with the next one, over units that can be
 * compared: stores, departments, months.
 */
#ifndef MODEL_PROFITCHAIN_H
#define MODEL_PROFITCHAIN_H

#include "base/money.h"
#include "num/correlate.h"
#include "num/pairs.h"

enum profitchain_link {
	PROFITCHAIN_STAFF,	/* mean score of the staff's answers */
	PROFITCHAIN_CUSTOMERS,	/* mean score of the customers' answers */
	PROFITCHAIN_LOYALTY,	/* share of the customers who bought again */
	PROFITCHAIN_PROFIT,	/* margin of a customer, in yuan */
	PROFITCHAIN_LINKS
};
/* "staff_satisfaction", "customer_satisfaction", "loyalty", "profit" */
extern const char *const profitchain_names[PROFITCHAIN_LINKS];

/* What is known of a unit. Zero bytes are valid: nothing is. */
struct profitchain_unit {
	struct pairs staff, answers;	/* scores as x; y is 0 */
	uint64_t customers;		/* who bought */
	uint64_t repeating;		/* and bought again */
	uint64_t margins;		/* rows of which the margin is known */
	money_wide margin;		/* of these, fen */
};

/* NAN: not known, or (of scores) of fewer than `least` answers. */
double profitchain_figure(const struct profitchain_unit *,
			  enum profitchain_link, uint64_t least);

/* A link with the next one, over n units; `from` is not the last. */
struct correlation profitchain_step(const struct profitchain_unit *, size_t n,
				    enum profitchain_link from,
				    uint64_t least);

#endif
