/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key accounts by the four factors of seed 004 ("a key account's value seen
 * from all sides": number of orders, growth potential, bargaining power,
 * willingness to cooperate), each brought to a scale of 0 to 100 and
 * weighted. A negative weight says that more is worse: it counts 100 less the
 * points. So the score is 0 to 100 as well:
 *
 *	score = sum |w| (w > 0 ? points : 100 - points) / sum |w|
 *
 * Points are counted in ten-thousandths, exactly, each quotient rounded half
 * away from zero once. The seed gives no weights: equal ones, bargaining
 * power against the customer, are ours.
 */
#ifndef MODEL_KEYACCOUNT_H
#define MODEL_KEYACCOUNT_H

#include "base/text.h"

enum key_factor {
	KEY_ORDERS,
	KEY_POTENTIAL,
	KEY_BARGAINING,
	KEY_COOPERATION,
	KEY_FACTORS
};

extern const char *const key_factor_name[KEY_FACTORS];

#define KEY_POINT 10000		/* ten-thousandths in a point */

/*
 * How values become points. KEY_MINMAX: 100 (x - min) / (max - min), so a
 * customer twice as large has twice the distance from the smallest. KEY_RANK:
 * 100 (b + e / 2) / (n - 1), with b customers below and e others equal: one
 * giant does not push all others to the bottom. All equal, or one customer
 * alone: 50 each.
 */
enum key_scale { KEY_MINMAX, KEY_RANK };

/* Brings values[0..n) to ten-thousandths of points, in place. */
void key_points(int64_t *values, size_t n, enum key_scale);

/* Weights in ten-thousandths, in the order of the factors. */
struct key_weights {
	int64_t w[KEY_FACTORS];
};

extern const struct key_weights key_equal_weights;

/* "4,3,-2,1" (weights_parse). Returns NULL, or what is wrong. */
const char *key_weights_parse(struct key_weights *, const char *text);
/* Writes "orders 1, potential 1, bargaining -1, cooperation 1". */
void key_weights_format(const struct key_weights *, struct buf *);

/* The score in ten-thousandths of points. A factor of weight 0 may hold
 * anything. */
int64_t key_score(const struct key_weights *,
		  const int64_t points[KEY_FACTORS]);

#endif
