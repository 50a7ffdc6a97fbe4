/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix in pieces: dims.c knows the words of --by, fold.c reads the rows,
 * late.c settles what only the end of the data tells of a customer, items.c
 * makes the rows of the result and their shares, columns.c writes them,
 * plain.c is the run of all that, pivot.c that of a cross table. Other results
 * have files of their own, and results.c what these have in common.
 */
#ifndef CMD_MIX_MIX_H
#define CMD_MIX_MIX_H

#include "model/cohort.h"
#include "model/mix.h"
#include "stream/input.h"
#include "stream/output.h"

#include "cmd/mix/dims.h"

enum measure { MEASURE_AUTO, AMOUNTS, PURCHASES, CUSTOMERS, ROWS, DISTINCT };

#define MEASURE_WORDS "auto|amount|purchases|customers|rows|distinct"
#define TREND_WORDS   "none|week|month|quarter|year"

struct mix_options {
	struct common common;
	const char *stream, *count;
	int measure;		/* enum measure */
	int trend;		/* of TREND_WORDS, 0: none */
	bool compare;
	const char *pivot;	/* word whose values are columns, or NULL */
	int pivot_share;	/* enum pivot_share */
	/* the other results, at most one of them */
	bool growth, market, share_of_customer, newness;
	const char *against, *mix_of, *sources; /* growth */
	int effects;
	const char *totals; /* market */
	double share_cut, growth_cut; /* percent; NAN: not given */
	bool total; /* share of customer */
	int no_rival; /* 1: who has no record buys all here */
	const char *claimed; /* newness */
	double more;	     /* percent; NAN: not given */
};

/* What the cells of --pivot are shares of. */
enum pivot_share { NO_SHARE, OF_ROW, OF_COLUMN, OF_ALL };

#define PIVOT_SHARE_WORDS "none|row|column|all"

#define FOLD_COLUMNS 6

/* The three spans that --compare tells apart. */
enum span { NOW, BEFORE, YEAR_BEFORE, SPANS };

/* What is set before the first row is read and stays as it is: any number of
 * threads may look at it. */
struct plan {
	const struct mix_options *o;
	const struct schema *schema;	/* NULL: any table */
	bool deals;			/* the stream is one of transactions */
	bool customers;			/* it has customers */
	struct day_range range[SPANS];
	struct dims dims;
	const char *new_unit;		/* the period in which customers are
					 * new (day_label), or NULL: range */
	size_t place_bytes;		/* of the place that keys begin with */
	int32_t first_period;		/* of the trend, the first one shown;
					 * INT32_MIN: the first there is */
	struct input_column columns[FOLD_COLUMNS + DIMS_COLUMNS];
};

/* The trend's unit of time. */
static inline enum cohort_unit plan_unit(const struct plan *p)
{
	return (enum cohort_unit)(p->o->trend - 1);
}

/* ---- plan.c ---- */

/* Checks the options and says what is read and compared. --period and its
 * kin in the options become the days that must be read for that. */
struct plan plan_make(struct mix_options *);
void plan_release(struct plan *);

/* ---- fold.c: rows read and summed up ---- */

/* Where a group belongs besides its label; it stands before the label in the
 * mix's key. Other results may sort rows into other such places. */
struct place {
	int32_t span;		/* enum span */
	int32_t period;		/* of the trend */
	int32_t start;		/* first day of the period that says who is
				 * new, or 0 */
};

/* Opens the input and settles the words of --by, which dims_split() cut. */
struct input *fold_open(struct plan *, char *const *files, size_t nfiles);
/* All rows, finished; the keys are a place and a label. */
struct mix *fold_rows(const struct plan *, struct input *);
/* Takes a key apart. */
struct place fold_place(const struct plan *, struct text key,
			struct text *label);
/* Puts one together; the label is added behind it. */
void fold_key(const struct plan *, struct place, struct buf *to);

/* ---- late.c ---- */

/* The sums of a mix once what was open is settled: n of them, with keys as
 * above and whole labels. The mix must outlive it; the caller releases. */
struct settled {
	const struct mix *mix;
	struct group *keys;
	struct mix_group *sum;	/* of each key */
	uint32_t *to;		/* the key that each group of the mix became,
				 * or NULL: they are the same */
	size_t n;
};

struct settled late_settle(const struct plan *, const struct mix *);
void settled_release(struct settled *);
/* As mix_rollup(), of the settled groups. */
void settled_rollup(const struct settled *, const uint32_t *to, size_t n,
		    struct mix_group *sum);

/* ---- items.c: rows of the result ---- */

struct item {
	struct text label; /* parts of --by, NUL between them */
	size_t rank;		/* among the labels, bytewise */
	int32_t period;
	const struct mix_group *span[SPANS]; /* NULL: before the data begin */
	int64_t share, cum_share;	/* millionths */
	int64_t tenths;			/* of a percent */
};

struct items {
	struct item *at;
	size_t n, cap;
	bool shared;		/* the total is positive: there are shares */
	struct group *labels;
};

/* The number of the period a year before; of weeks, 52 weeks before. */
int32_t items_year_before(int32_t period, enum cohort_unit);
/* The settled sums must outlive the items. The data begin on first_day, or
 * there are none (DAY_NONE): nothing is compared with what lies before. */
struct items items_make(const struct plan *, const struct settled *,
			int32_t first_day);
void items_release(struct items *);
money_wide measured(const struct plan *, const struct mix_group *);

/* ---- columns.c ---- */

struct output *columns_open(const struct plan *);
/* Adds period and words of --by to column[n]; gives how many there are. */
size_t columns_labels(const struct plan *, struct output_column *column,
		      size_t n);
/* Writes them. */
void columns_put_labels(const struct plan *, const struct item *,
			struct output *);
void columns_write(const struct plan *, const struct items *, struct output *);

/* ---- the runs: each gives the exit status ---- */

int plain_run(struct mix_options *, char **files, size_t nfiles);
int growth_run(struct mix_options *, char **files, size_t nfiles);
int market_run(struct mix_options *, char **files, size_t nfiles);
int wallet_run(struct mix_options *, char **files, size_t nfiles);
int newness_run(struct mix_options *, char **files, size_t nfiles);
int pivot_run(struct mix_options *, char **files, size_t nfiles);

#endif
