/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transactions folded to histories: the first stage of summary, of the whole,
 * and of what else asks who bought when.
 */
#ifndef CMD_CLV_DEALS_H
#define CMD_CLV_DEALS_H

#include "canon/buyers.h"
#include "model/summary.h"

struct deals_ask {
	const struct common *common;
	const char *who;		/* column of whose history it is; rows
					 * where it is empty are left out;
					 * NULL: customer_id */
	int32_t calibration_end;	/* DAY_NONE: none */
	const char *kinds;		/* "service,parts"; NULL: all */
	bool margin;			/* money is amount less cost */
	bool keep_days;			/* summary_keep_days() */
};

/* Until when the customers were watched, once the input was read: --as-of,
 * else --until, else the latest date in the data. */
int32_t clv_end(const struct common *, const struct input *);

/* --by COL as `who`, or NULL. Wrong usage when it names more than one. */
const char *deals_who(const struct common *);

enum { DEALS_COLUMNS = 5 };

struct deals {
	struct summary *summary;
	int32_t last;		/* clv_end() */
	struct deals_ask ask;
	struct input *in;
	struct input_column columns[DEALS_COLUMNS];
};

/* Reads transactions (customer_id, date, amount; kind where there is one) to
 * their end. Dies when sums of money are too large. */
void deals_read(struct deals *, const struct deals_ask *, char *const *files,
		size_t nfiles);
/* Sum of the logarithms of the gaps, in units of so many days, between the
 * purchases of n ascending days until `end`. */
double deals_log_gaps(const int32_t *day, size_t n, int32_t end,
		      double unit_days);
/* The customers as buyers, in the order of summary_row(), watched until `end`
 * and in a unit of so many days; their log_gaps when the days were kept. */
struct buyers deals_buyers(const struct deals *, int32_t end,
			   double unit_days);
/*
 * The same as they stood at the end of the day `cut` (without money), for
 * those who had bought by then; later[] (as many numbers, the caller frees)
 * becomes how often each bought after it, until `end`. The days must have
 * been kept.
 */
struct buyers deals_earlier(const struct deals *, int32_t cut, int32_t end,
			    double unit_days, double **later);
/* Ends the input, of which `out` rows were made, and frees. */
void deals_close(struct deals *, uint64_t out);

#endif
