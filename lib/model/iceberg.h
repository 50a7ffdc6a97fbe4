/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the complaints that were heard stand for. The shares are claims of the
 * trade that contradict each other; which of them is taken is the caller's
 * choice, and nothing here knows any.
 */
#ifndef MODEL_ICEBERG_H
#define MODEL_ICEBERG_H

#include <stdbool.h>

#include "base/money.h"

#define ICEBERG_UNIT 10000	/* figures have four decimals */
#define ICEBERG_WHOLE (100 * ICEBERG_UNIT)	/* 100 % */

/* From low to high, in units of 1/10000 (of a percent, of a person). */
struct iceberg_range {
	int64_t low, high;
};

/*
 * A figure for a part of all, such as "80 % tell 8 to 10, and 20 % tell 20".
 * What is expected of all is the sum of part x figure: 10.4 to 12, or 11.2
 * with the middle of 8 to 10. The parts add up to 100 %.
 */
struct iceberg_part {
	int64_t part;		/* of ICEBERG_WHOLE */
	struct iceberg_range figure;
};

/* False when the parts do not add up to 100 %. Rounded half away from zero. */
bool iceberg_expect(const struct iceberg_part *, size_t n,
		    struct iceberg_range *);

/* People, whole ones. */
struct iceberg_count {
	int64_t low, middle, high;
};

/*
 * All who are dissatisfied where `heard` complained and the share `silent`
 * does not: heard / (1 - silent), at both ends and in the middle of the range;
 * 0 <= silent < 100 %. Rounded to whole people half away from zero, as in all
 * that follows.
 */
struct iceberg_count iceberg_by_share(int64_t heard, struct iceberg_range);
/* The same where one who complains stands for so many, himself among them:
 * heard x figure. */
struct iceberg_count iceberg_by_people(int64_t heard, struct iceberg_range);
/* A share of people, and what so many each make. */
struct iceberg_count iceberg_part_of(struct iceberg_count,
				     struct iceberg_range);
struct iceberg_count iceberg_each(struct iceberg_count, struct iceberg_range);
/* Of a the rest without n. */
struct iceberg_count iceberg_less(struct iceberg_count a, int64_t n);

/*
 * Value at risk: the lifetime value of customers of whom the share `returns`
 * (of ICEBERG_WHOLE) come back, value x (1 - returns), in fen, rounded half
 * away from zero.
 */
money_wide iceberg_at_risk(money_wide value, int64_t returns);

#endif
