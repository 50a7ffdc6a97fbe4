/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the change of an income between two periods came from. Side 0 is the
 * period that is compared with, side 1 the one asked about; all effects add
 * up, in fen, to the income of side 1 less that of side 0.
 *
 * Drivers. The income of a period is what was paid less what was given back,
 *
 *	V = C * F * B * sum over kinds k of (s_k * T_k) + R
 *
 *	C	customers: those with a purchase
 *	F	frequency: purchases by customer
 *	B	breadth: kinds by purchase (a bill with a car and an insurance
 *		on it is one purchase of two kinds); 1 where each purchase is
 *		of one kind
 *	s_k	mix: the part of kind k in purchases counted by kind
 *	T_k	ticket: what was paid by purchase of kind k
 *	R	refunds, below 0
 *
 * and the effect of a driver is its Shapley value (num/shapley.h) between
 * the two periods; s and T, each of all kinds, are one driver each. It does
 * not depend on an order of drivers, swapping the periods turns the signs
 * round, and a driver that did not change has the effect 0. Refunds stand
 * apart: their effect is R_1 - R_0.
 *
 * What is not defined in a period is taken to be as it was in the other one:
 * the ticket of a kind nobody bought (a new kind's income comes with the mix,
 * frequency, and so on, not with its price), and F, B, s of a period without
 * purchases (all the change is then one of customers). The choice is ours.
 *
 * Effects are computed in long double and rounded to fen toward 0; what is
 * left goes to the largest remainders of its sign, the earlier driver first.
 */
#ifndef MODEL_GROWTH_H
#define MODEL_GROWTH_H

#include "base/money.h"

enum growth_driver {
	GROWTH_CUSTOMERS,
	GROWTH_FREQUENCY,
	GROWTH_BREADTH,
	GROWTH_MIX,
	GROWTH_TICKET,
	GROWTH_REFUNDS,
	GROWTH_DRIVERS
};

/* One kind: purchases that have it, and what was paid for it. Money without
 * a purchase is none of it. */
struct growth_kind {
	uint64_t purchases[2];
	money_wide paid[2];
};

struct growth_sums {
	uint64_t customers[2]; /* who bought: 0 only without purchases */
	uint64_t purchases[2]; /* whatever kinds they have */
	money_wide refunds[2];
	const struct growth_kind *kind;
	size_t n;
};

const char *growth_driver_name(enum growth_driver);
/* V of a side. */
money_wide growth_income(const struct growth_sums *, int side);
void growth_drivers(const struct growth_sums *, money_wide fen[GROWTH_DRIVERS]);
/* What is paid by purchase, all kinds together, half away from zero; 0 where
 * there is none. */
money_wide growth_ticket(const struct growth_sums *, int side);
/* C, F, B, the mean of T in fen, and R in fen. False where it is not defined,
 * and for the mix, which is no single figure. */
bool growth_level(const struct growth_sums *, enum growth_driver, int side,
		  double *level);

/*
 * Rounds n parts to whole fen that add up to `total` exactly, as above. The
 * parts add up to about that; what is more than rounding apart is spread
 * evenly.
 */
void growth_round(const long double *part, size_t n, money_wide total,
		  money_wide *fen);

/*
 * The bridge from customer to customer. A purchase makes somebody a customer
 * of a period; new are those without one before side 1 begins.
 */
enum growth_move {
	GROWTH_NEW,
	GROWTH_RETURNING, /* not in side 0, but before side 1 */
	GROWTH_UP,
	GROWTH_SAME,
	GROWTH_DOWN,
	GROWTH_LOST,
	GROWTH_IDLE, /* only money given back, no purchase */
	GROWTH_MOVES
};

struct growth_customer {
	money_wide fen[2];
	bool bought[2];
	bool before; /* a purchase before side 1 begins */
};

const char *growth_move_name(enum growth_move);
enum growth_move growth_move_of(const struct growth_customer *);

/*
 * Parts of a change in tenths of a percent, to exactly 1000 together
 * (mix_shares(), with the signs turned round where the change is one for the
 * worse). False when there was no change.
 */
bool growth_shares(const money_wide *fen, size_t n, int64_t *tenths);

#endif
