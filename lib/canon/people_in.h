/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of people.h share among themselves. */
#ifndef CANON_PEOPLE_IN_H
#define CANON_PEOPLE_IN_H

#include "base/day.h"
#include "base/group.h"
#include "base/mem.h"
#include "canon/people.h"
#include "canon/pinyin.h"

/* Days are kept so that 0 is none. */
#define PEOPLE_DAY_BIAS (1 - DAY_MIN)

struct people_days {
	int32_t first, last;
};

struct people_fact {
	uint32_t record, field, value;
	struct people_days days;
};

struct people {
	struct group *records;	/* source sign and id */
	struct group *raw[PEOPLE_COLUMNS];
	struct group *values[PEOPLE_COLUMNS];
	struct group *facts;	/* of record, field, value */
	struct pinyin *pinyin;
	struct buf key, form;
	/* after people_finish() */
	uint32_t *order;	/* record number to entry of `records` */
	uint32_t *number;	/* and back */
	struct people_fact *fact; /* by record, field, text of the value */
	size_t nfacts;
	struct linkage_column column[PEOPLE_COLUMNS];
	size_t *start;		/* of each record in `fact` */
	struct buf cells;
};

struct text people_value(const struct people *, const struct people_fact *);

#endif
