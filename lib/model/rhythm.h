/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's own rhythm: how long from one purchase to the next. */
#ifndef MODEL_RHYTHM_H
#define MODEL_RHYTHM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The median gap in days between n purchase days (ascending, distinct), of
 * two middle ones the shorter; 0 with fewer than two days. `room` holds n - 1
 * numbers, and is written to.
 */
int32_t rhythm_median(const int32_t *day, size_t n, int32_t *room);

/*
 * k of an Erlang-k gap, by the share M of one of two consecutive gaps in
 * their sum, over customers: M has the variance 1 / (4 (2k + 1)) (Wheat &
 * Morrison, Estimating Purchase Regularity with Two Interpurchase Times, J.
 * of Marketing Research 27 (1990) 87-93), so that k = (1 - 4 v) / (8 v). The
 * last two gaps of every customer with two or more.
 */
struct rhythm_test {
	double customers;	/* with two gaps */
	double sum, square;	/* of M - 1/2 */
};

void rhythm_add(struct rhythm_test *, const int32_t *day, size_t n);
/* k, 1 being purchases at random; NAN without two customers, or when all keep
 * a perfect pace. */
double rhythm_k(const struct rhythm_test *);

#endif
