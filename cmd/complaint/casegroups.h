/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chosen cases and the groups of --by that they belong to: what stats,
 * trend and impact begin with when the events are read.
 */
#ifndef CMD_COMPLAINT_CASEGROUPS_H
#define CMD_COMPLAINT_CASEGROUPS_H

#include "cmd/complaint/casesource.h"

struct casegroups {
	struct casesource *src;
	uint32_t *at;		/* numbers of the chosen cases, by case_id */
	uint32_t *group;	/* of each of them */
	size_t n;
	size_t groups;		/* at least 1 without --by */
	size_t *order;		/* the groups in the order of output */
};

/*
 * Takes the words month, week, quarter and year out of --by: at most one of
 * them, which is returned; NULL when there is none. Before casesource_init()
 * has seen any column; the rest of --by lives in `names`.
 */
const char *casegroups_unit(struct common *, struct arena *names);

/* The number of a column that need not be there. */
size_t casegroups_wish(struct casesource *, const char *name);

/* After casesource_read(). Events of cases that are not chosen count as left
 * out. */
void casegroups_make(struct casegroups *, struct casesource *);
/* The chosen cases alone, as casecols_choose(). */
uint32_t *casegroups_choose(struct casesource *, size_t *n);
void casegroups_release(struct casegroups *);

/* The values that a column has in the chosen cases, as keys: number 0 is the
 * unknown one, the empty text. value[i] is the number of case i's; both are
 * the caller's to free. */
struct group *casegroups_values(const struct casegroups *, size_t column,
				uint32_t **value);

/* How many cases of a group have a value: pairs by group, then by number of
 * the value, *n of them; the caller frees. */
struct casegroups_pair {
	uint32_t group, value, cases;
};

struct casegroups_pair *casegroups_pairs(const struct casegroups *,
					 const uint32_t *value, size_t *n);

#endif
