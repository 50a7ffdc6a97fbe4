/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's own rhythm: how long from one purchase to the next. */
#ifndef MODEL_RHYTHM_H
#define MODEL_RHYTHM_H

#include <stddef.h>
#include <stdint.h>

#include "model/history.h"

/*
 * The visits behind n purchase days (ascending, distinct): a day that comes
 * fewer than `within` days after a visit began is a part of it. Their first
 * days are written to visit[] (room for n); returns how many there are.
 */
size_t rhythm_visits(const int32_t *day, size_t n, int32_t within,
		     int32_t *visit);
/*
 * A customer as he is by visits, from what he is by purchase days: one who
 * bought on four days of one week and never again came once. All money after
 * the first day is spread evenly over his days. `unit_days` is the unit of
 * his times.
 */
struct buyer rhythm_buyer(const struct buyer *, const int32_t *visit, size_t n,
			  double unit_days);

/*
 * The median gap in days between n purchase days (ascending, distinct), of
 * two middle ones the shorter; 0 with fewer than two days. `room` holds n - 1
 * numbers, and is written to.
 */
int32_t rhythm_median(const int32_t *day, size_t n, int32_t *room);

/* The middle one of n > 0 rhythms, of two the shorter; sorts them. */
int32_t rhythm_typical(int32_t *rhythm, size_t n);
/*
 * A customer's rhythm, whose median gap between n visits is `own`: that, or
 * what is typical of all where a single gap is shorter. 0: none.
 */
int32_t rhythm_of(int32_t own, size_t n, int32_t typical);

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
