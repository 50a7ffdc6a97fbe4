/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sBG, the shifted beta-geometric model of contracts: at each renewal a
 * customer leaves with a chance theta ~ Beta(alpha, beta) of his own. Fader &
 * Hardie, How to Project Customer Retention, J. of Interactive Marketing 21
 * (2007) 76-90; Customer-Base Valuation in a Contractual Setting: The Perils
 * of Ignoring Heterogeneity, Marketing Science 29 (2010) 85-93.
 */
#ifndef MODEL_SBG_H
#define MODEL_SBG_H

#include "model/fit.h"

enum sbg_parameter { SBG_ALPHA, SBG_BETA };

/* Customers who left in a period, and who were there at its end when last
 * seen. */
struct tenure {
	double lost, kept;
};

struct tenures {
	const struct tenure *at;	/* of period t at [t-1], t = 1 .. n */
	size_t n;
};

/*
 * sum_t lost_t ln P(T = t) + kept_t ln S(t),
 * P(T = t) = B(alpha+1, beta+t-1) / B(alpha, beta) (2007, equation (5)).
 * gradient may be NULL.
 */
double sbg_loglik(const double *parameter, const struct tenures *,
		  double *gradient);

/* S(t) = B(alpha, beta+t) / B(alpha, beta) (2007, equation (6)); t whole. */
double sbg_survival(const double *parameter, double t);
/* r_t = (beta+t-1) / (alpha+beta+t-1), t = 1, 2, ... (2007, equation (8)) */
double sbg_retention(const double *parameter, double t);

/*
 * Discounted expected residual lifetime just before the n-th renewal, at a
 * rate d > 0 a period: sum_{t>=n} S(t) / S(n-1) / (1+d)^(t-n) (2010, equation
 * (10)). n = 0: the discounted expected lifetime of a new customer, sum_{t>=0}
 * S(t) / (1+d)^t.
 */
double sbg_residual(const double *parameter, double n, double d);

struct fit sbg_fit(const struct tenures *);
/* The same with one churn for all, "geometric": lost over renewals. */
struct fit sbg_fit_same(const struct tenures *);

#endif
