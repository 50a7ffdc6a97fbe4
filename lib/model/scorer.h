/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From fitted models to figures of a customer: alive or not, purchases, spend
 * and value to come.
 */
#ifndef MODEL_SCORER_H
#define MODEL_SCORER_H

#include <stdbool.h>

#include "model/discount.h"
#include "model/lifetime.h"

struct scorer_models {
	const struct lifetime_model *model;
	double parameter[FIT_PARAMETERS];
	bool has_spend;			/* a Gamma-Gamma model is there */
	double spend[FIT_PARAMETERS];
};

struct score {
	double alive;		/* P(alive at T), 0..1 */
	double purchases;	/* expected in (T, T + horizon] */
	double spend;		/* expected per purchase; NAN: unknown */
	/* spend * discounted purchases (discount.h): what the customer will
	 * bring within the horizon, at today's value; NAN: unknown */
	double clv;
	double if_alive;	/* the same if he is certainly alive */
};

/* What takes longer to tell, of one customer. */
struct score_details {
	double alive_then;	/* P(alive at T + horizon) */
	/* 95 % prediction interval of purchases within the horizon: the
	 * smallest numbers that are not exceeded with at least .025 and .975 */
	double low, high;
	double dert;		/* discounted purchases for ever; NAN without a
				 * rate of discount */
	double lifetime_value;	/* spend * dert */
};

/*
 * The expensive part of a score depends on x and T alone (and on t_x where
 * purchases keep a pace) and is remembered: customers who share them (days
 * are whole) cost a look-up.
 */
struct scorer;

struct scorer *scorer_new(const struct scorer_models *,
			  const struct discount *);
void scorer_free(struct scorer *);
struct score scorer_score(struct scorer *, const struct buyer *);
struct score_details scorer_details(const struct scorer *,
				    const struct buyer *, const struct score *);

#endif
