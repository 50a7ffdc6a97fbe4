/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What churn-claims.csv claims of customers who leave, of one's own year: each
 * figure by the name of its measure.
 *
 *	churn_pct	100 c, c = lost / opening
 *	half_life_years	ln .5 / ln (1 - c)
 *	cost_ratio	winning one over keeping one, as given
 *	points_pct	how much more a customer is worth, undiscounted, when
 *			five points fewer leave: 1 / (c - .05) over 1 / c
 *	existing_pct	of the income, from those who were there at the opening
 */
#ifndef MODEL_CHURNCLAIMS_H
#define MODEL_CHURNCLAIMS_H

#include "base/text.h"
#include "model/churn.h"

struct churnclaims_own {
	double value;		/* NAN: not known */
	/* 95 % limits, from those of c (num/rates.h); NAN: one has no
	 * end, or it is no share of customers */
	double low, high;
};

/* False when there is no such measure. */
bool churnclaims_own(struct text measure, const struct churn *year,
		     double cost_ratio, struct churnclaims_own *);

#endif
