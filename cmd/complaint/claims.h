/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the trade claims of complaints: figures that contradict each other, in
 * a file (complaint-claims.csv, or --claims-file) with the source of each. A
 * claim is taken because it is the one that the file marks, or because it was
 * asked for by name; which one was, every result says.
 */
#ifndef CMD_COMPLAINT_CLAIMS_H
#define CMD_COMPLAINT_CLAIMS_H

#include "base/mem.h"
#include "model/casestats.h"
#include "model/iceberg.h"
#include "stream/output.h"

/* What a claim is good for. The last are those of outcomes, in the order of
 * enum casestats_outcome. */
enum claim_slot {
	CLAIM_HEARD,		/* how many do not complain */
	CLAIM_GONE,		/* of them never come back */
	CLAIM_TOLD,		/* are told by one */
	CLAIM_ATTITUDE,		/* of complaints are of manner */
	CLAIM_RETURN,		/* of customers come back, by outcome */
	CLAIM_SLOTS = CLAIM_RETURN + CASESTATS_OUTCOMES,
	CLAIM_OTHER = CLAIM_SLOTS	/* only listed */
};

#define CLAIM_PARTS 8

struct claim {
	struct text name, measure, source;
	enum claim_slot slot;
	bool people;		/* of CLAIM_HEARD: how many one stands for,
				 * and not the share of the silent */
	bool chosen;
	struct iceberg_part part[CLAIM_PARTS];
	size_t parts;
	struct iceberg_range range;	/* expected of all parts */
};

struct claims {
	struct claim *at;
	size_t n, cap;
	struct arena arena;
	const struct claim *taken[CLAIM_SLOTS];	/* NULL: the file has none */
};

/* path NULL: the file that ships. `asked`: names of --claim; dies when the
 * file has no such claim, or two are asked for one thing. */
void claims_open(struct claims *, const char *path,
		 const struct opt_list *asked);
void claims_close(struct claims *);
/* The claim taken; dies, naming `what` it is needed for, when there is none. */
const struct claim *claims_need(const struct claims *, enum claim_slot,
				const char *what);
/* Name and source. */
void claims_put(const struct claim *, struct output *);
/* The file as it is, and which of its claims are taken. */
int claims_list(const struct common *, const char *path,
		const struct opt_list *asked);

#endif
