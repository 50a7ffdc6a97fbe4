/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far forecasts of single customers were from what came. */
#ifndef MODEL_FORECAST_H
#define MODEL_FORECAST_H

#include "model/history.h"
#include "num/special.h"

/* Sums over the customers; zero bytes are none. */
struct forecast {
	double customers;
	struct sum actual, expected;
	struct sum distance, square;	/* |e - a|, (e - a)^2 */
	struct sum aa, ee, ae;
};

void forecast_add(struct forecast *, double actual, double expected);

/* (expected - actual) / actual of the totals, in percent; NAN when nothing
 * came. */
double forecast_bias_pct(const struct forecast *);
double forecast_mae(const struct forecast *);	/* mean absolute error */
double forecast_rmse(const struct forecast *);	/* root of the mean square */
/* Pearson's, of single customers; NAN where either is the same for all. */
double forecast_correlation(const struct forecast *);

/*
 * Rules that need no model, for a time t ahead: everybody as in the mean
 * (`mean`: purchases over time of all, the same for each), each as before
 * (`rate`: x / T t), and each as before unless silent for longer than
 * `hiatus`, then nothing (Wuebben & Wangenheim, Instant Customer Base
 * Analysis: Managerial Heuristics Often "Get It Right", J. of Marketing 72
 * (2008) 82-93). T > 0, else 0.
 */
enum forecast_rule { FORECAST_MEAN, FORECAST_RATE, FORECAST_HIATUS,
		     FORECAST_RULES };
const char *forecast_rule_name(enum forecast_rule);
/* `rate`: purchases of all over their time, for FORECAST_MEAN. */
double forecast_by_rule(enum forecast_rule, const struct buyer *, double rate,
			double hiatus, double t);

#endif
