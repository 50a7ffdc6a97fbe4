/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What serving each customer cost, for the schemes that weigh it: rates for
 * contacts, complaints and visits, and costs that are given as they are.
 */
#ifndef CMD_TIER_SERVICE_H
#define CMD_TIER_SERVICE_H

#include "cmd/tier/tier.h"
#include "model/servicecost.h"

extern const struct opt service_options[];

/* Of one customer. */
struct served {
	int64_t fen;
	uint32_t contacts, complaints, visits;
	bool used;		/* given to a customer of some group of --by */
};

/* Reads the files of the options into run->service. The scheme is by margin
 * from now on. */
void service_open(struct run *);
/* With -v it tells, after the last group, what could not be laid to anybody. */
void service_close(struct run *);

/* scheme.purchase: the rate of the visit. */
int64_t service_visit(const struct run *, const struct cell *);

/*
 * The cost of each entry of ranking.customers, by its number; the caller
 * frees. Those who cost something and never bought are added to the
 * customers, as entries without a deal (not with --by, --leads or
 * --customers). Dies where somebody stands in two groups of --by: what he
 * cost which of them is not known.
 */
struct served *service_settle(const struct run *, struct ranking *);
/* Where the figures come from: "rates: ..." */
void service_source(const struct run *, struct buf *);

/* An entry's amount less cost, and the rest; dies when it is too large. */
int64_t service_net(int64_t profit, int64_t cost);

/* Columns that say what the cost is made of. */
#define SERVICE_COLUMNS                                                        \
	{ "contacts", COL_INT }, { "complaints", COL_INT },                    \
		{ "visits", COL_INT }
void service_put(const struct served *, struct output *);

#endif
