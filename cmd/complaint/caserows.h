/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases out: the rows that the verbs cases and replay have in common. */
#ifndef CMD_COMPLAINT_CASEROWS_H
#define CMD_COMPLAINT_CASEROWS_H

#include "stream/output.h"
#include "canon/place.h"

struct caserows {
	const struct common *common;
	const struct workflow *workflow;
	const struct casework *cases;
	struct place *place;
	struct asked asked;
	/* --where and the period choose among the cases (by opened_at); else
	 * they were applied to the events. */
	bool choose;
};

/* Dies of a --where that is none of the columns. Before any work. */
void caserows_check(const struct common *, struct place *);
struct output *caserows_open(const struct common *);
/* The cases in bytewise order of case_id. Returns how many were left out. */
uint64_t caserows_write(const struct caserows *, struct output *);

#endif
