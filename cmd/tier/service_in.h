/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of service.c share. */
#ifndef CMD_TIER_SERVICE_IN_H
#define CMD_TIER_SERVICE_IN_H

#include "cmd/tier/service.h"

struct service {
	struct servicecost rates;
	struct text source; /* of the rates that ship */
	struct arena hold;
	struct group *cost; /* struct served by customer_id */
	struct day_range range;
	uint64_t nobody; /* contacts and cases without a name */
	int64_t nobody_fen;
};

/* Adds to what a customer cost; gives the entry, or NULL, and counts it, where
 * no name stands. */
struct served *service_served(struct service *, struct text who, int64_t fen);
/* The rate of what a row tells; dies when there is none. */
int64_t service_rate(const struct service *, enum servicecost_kind,
		     const struct row *, const struct cell *what);
/* Reads --complaints. */
void service_read_cases(const struct run *, struct service *, const char *path);

#endif
