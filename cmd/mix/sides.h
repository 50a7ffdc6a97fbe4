/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transactions of two periods summed up side by side: side 1 is the period
 * asked about, side 0 the one that it is held against. What growth, market
 * and newness have in common.
 *
 * Rows that say `competitor` yes are purchases elsewhere and none of the own
 * income: they are counted where the market is asked for, else left out.
 */
#ifndef CMD_MIX_SIDES_H
#define CMD_MIX_SIDES_H

#include "cmd/mix/mix.h"
#include "cmd/mix/purse.h"
#include "cmd/mix/results.h"
#include "model/period.h"

/* What is to be summed up, a bit each. */
enum sides_want {
	SIDES_WHOLE = 1,     /* customers, purchases, amount */
	SIDES_KINDS = 2,     /* and by what --mix-of names */
	SIDES_SOURCES = 4,   /* amounts by growth_source, when there is one */
	SIDES_BUYERS = 8,    /* each customer's amounts */
	SIDES_RIVALS = 16,   /* rows of competitors */
	SIDES_HISTORY = 32,  /* who bought before side 1 begins */
	SIDES_MEASURED = 64, /* nothing: --measure may be given */
};

/* Bits that purses have met. */
enum {
	BOUGHT_0 = 1,
	BOUGHT_1 = 2,
	BOUGHT_BEFORE = 4,
};

/* What a group of the mix holds. */
enum sides_part {
	PART_WHOLE = 'W',
	PART_KIND = 'K',
	PART_REFUNDS = 'R',
	PART_SOURCE = 'S',
	PART_RIVALS = 'C',
};

#define SIDES_COLUMNS 8

struct sides {
	const struct mix_options *o;
	const char *option; /* as messages name what was asked */
	unsigned want;
	struct day_range range[2];
	char name[2][PERIOD_LABEL_BYTES];
	struct dims dims;
	struct input_column columns[SIDES_COLUMNS + DIMS_COLUMNS];
	bool tagged; /* there is a column growth_source */
	bool rivals; /* and one competitor */
	/* once the rows are read */
	struct mix *mix;
	struct purses *purses;
	struct group *labels; /* of all groups; one without --by */
	size_t *order;	      /* label numbers, bytewise */
	int32_t first_day;    /* of the rows that were read */
};

/* Sets the periods: --period and its kin, and `against`, NULL for the period
 * before. Options that do not go together are wrong usage. */
struct sides sides_make(struct mix_options *, const char *option, unsigned want,
			const char *against);
struct input *sides_open(struct sides *, char *const *files, size_t nfiles);
void sides_read(struct sides *, struct input *);
void sides_release(struct sides *);

/* False: the purse tells of before the two periods only. */
bool sides_counts(const struct purse *);

/* A group of the mix: its key taken apart. */
struct sides_key {
	enum sides_part part;
	int side;
	uint32_t label;
	struct text detail; /* the kind or source */
	struct text rest;   /* label and detail */
};

struct sides_key sides_key(const struct sides *, size_t i);

/* Columns of the result: the two periods, those of --by, then the caller's. */
struct output *sides_output(const struct sides *, const struct output_column *,
			    size_t n);
/* Their cells for a label. */
void sides_put(const struct sides *, uint32_t label, struct output *);

#endif
