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

struct service;

/* Reads the files of the options. The scheme is by margin from now on. */
struct service *service_open(struct run *);
void service_free(struct service *);

/* scheme.line: a table without dates has deals all the same. */
bool service_line(const struct run *, const struct cell *, void *line);
/* For scheme.purchase: the rate of the visit. */
int64_t service_visit(const struct service *, const struct cell *);

/*
 * The cost of each entry of ranking.customers, by its number; the caller
 * frees. Those who cost something and never bought are added to the
 * customers, as entries without a deal (not with --by, --leads or
 * --customers). Dies where somebody stands in two groups of --by: what he
 * cost which of them is not known.
 */
struct served *service_settle(const struct run *, struct service *,
			      struct ranking *);
/* Where the figures come from: "rates: ..." */
void service_source(const struct run *, const struct service *, struct buf *);
/* -v, after the last group: what could not be laid to anybody. */
void service_tell(const struct service *);

/* An entry's amount less cost, and the rest; dies when it is too large. */
int64_t service_net(int64_t profit, int64_t cost);

/* Columns that say what the cost is made of. */
#define SERVICE_COLUMNS                                                        \
	{ "contacts", COL_INT }, { "complaints", COL_INT },                    \
		{ "visits", COL_INT }
void service_put(const struct served *, struct output *);

#endif
