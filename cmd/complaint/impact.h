/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of crm-complaint impact. */
#ifndef CMD_COMPLAINT_IMPACT_H
#define CMD_COMPLAINT_IMPACT_H

#include "cmd/complaint/casegroups.h"
#include "cmd/complaint/claims.h"

struct impact {
	struct common common;
	struct casesource src;
	struct casegroups g;
	struct codes *codes;
	struct arena names;
	const char *unit;		/* of --by month and the like */
	struct claims claims;
	struct opt_list asked;		/* --claim */
	const char *claims_file;
	bool list, value;
	const char *clv;		/* the file of --with */
	const char *transactions;
	int64_t months;
	int64_t on_spot_hours;
	const char *unsolved_states;
	bool *unsolved;			/* by state */
	size_t customer;		/* column customer_id */
};

struct output *impact_iceberg(struct impact *);
struct output *impact_value(struct impact *);
struct output *impact_returns(struct impact *);

/* How the i-th of the chosen cases ended. */
enum casestats_outcome impact_outcome(const struct impact *, size_t i);

#endif
