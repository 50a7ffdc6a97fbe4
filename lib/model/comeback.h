/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether customers came back: those who bought again within so many calendar
 * months after a day, among those of whom that time is over.
 */
#ifndef MODEL_COMEBACK_H
#define MODEL_COMEBACK_H

#include <stddef.h>
#include <stdint.h>

/* Within so many, when nobody says otherwise; ours. */
#define COMEBACK_MONTHS 12

/* Customers are numbered from 0 without gaps. */
struct comeback_visit {
	uint32_t customer;
	int32_t day;
};

struct comeback_counts {
	uint64_t n;		/* whose time is over */
	uint64_t back;		/* of these, came back in it */
	uint64_t early;		/* whose time is not over yet: not in n,
				 * whether they came back or not, for else
				 * the quick ones alone would count */
};

/* Sorts purchases by customer and day, for what follows. */
void comeback_sort(struct comeback_visit *, size_t n);
/* Counts one who left on a day; n sorted visits, all known until `last`. A
 * purchase on that very day is not counted: it may be what was complained
 * of. */
void comeback_count(struct comeback_counts *, const struct comeback_visit *,
		    size_t n, struct comeback_visit left, int months,
		    int32_t last);

#endif
