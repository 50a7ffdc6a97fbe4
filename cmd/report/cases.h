/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the section on complaints share. */
#ifndef CMD_REPORT_CASES_H
#define CMD_REPORT_CASES_H

#include "cmd/report/build.h"
#include "model/timers.h"

struct cases {
	struct build *build;
	struct place *place;
	struct workflow *workflow;
	struct calendar *hours;
	struct casework *work;
	struct timers *timers;	/* whose deadline is a case's due */
	struct tally *cause;	/* of the cases of twelve months */
	struct day_range year;	/* those twelve months */
	int64_t end;		/* events from here on are not known yet */
};

/* What the cases come to. */
struct cases_sum {
	uint64_t opened[SPANS], open, overdue, reopened, cases;
	uint64_t *state;		/* by number */
	int32_t first_day;		/* a case was opened on */
};

int32_t cases_day(const struct cases *, int64_t us);
/* Case i as it stands at the end. */
struct casework_case cases_case(const struct cases *, size_t i);
bool cases_is_open(const struct cases *, const struct casework_case *);
/* The cases as crm-complaint has them, counted by crm-mix. */
struct origin cases_origin(struct build *, const char *tail);

/* The tables: how many are in which state; the oldest that are open. */
void cases_write_states(struct cases *, struct section *,
			const struct cases_sum *);
void cases_write_open(struct cases *, struct section *,
		      const struct cases_sum *);

#endif
