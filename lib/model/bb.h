/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BB, the beta-binomial model: there are n occasions to buy, everybody stays,
 * and buys at each with a chance p ~ Beta(alpha, beta) (Chatfield & Goodhardt,
 * The Beta-Binomial Model for Consumer Purchasing Behaviour, Applied
 * Statistics 19 (1970) 240-250). What BG/BB becomes where nobody leaves, and
 * the base line that it has to beat. Histories are those of bgbb.h.
 */
#ifndef MODEL_BB_H
#define MODEL_BB_H

#include "model/fit.h"
#include "model/history.h"

enum bb_parameter { BB_ALPHA, BB_BETA };

/*
 * Sum over the customers of ln[ B(alpha+x, beta+n-x) / B(alpha, beta) ], the
 * likelihood of purchases at their occasions, as bgbb_loglik() has it.
 * gradient (2 derivatives) may be NULL.
 */
double bb_loglik(const double *parameter, const struct histories *,
		 double *gradient);

/* alpha t / (alpha+beta), and (alpha+x) t / (alpha+beta+n); t is rounded
 * down. */
double bb_new(const double *parameter, double t);
double bb_if_alive(const double *parameter, const struct buyer *, double t);
/* P(y purchases in (T, T+t] | history). */
double bb_later(const double *parameter, const struct buyer *, double y,
		double t);
double bb_bend(const double *parameter, double T);
/* P(X(n) = x), the beta-binomial distribution. */
double bb_pmf(const double *parameter, double x, double n);

struct fit bb_fit(const struct histories *);

#endif
