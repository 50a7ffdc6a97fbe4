/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NBD: everybody stays, and buys at random at a rate lambda ~ Gamma(r,
 * alpha) (Ehrenberg, The Pattern of Consumer Purchases, Applied Statistics 8
 * (1959) 26-41). The base line that a model with churn has to beat: BG/NBD
 * and Pareto/NBD become it where nobody leaves. alpha has the unit of time.
 */
#ifndef MODEL_NBD_H
#define MODEL_NBD_H

#include "model/fit.h"
#include "model/history.h"

enum nbd_parameter { NBD_R, NBD_ALPHA };

/*
 * Sum over the customers of
 *
 *   ln[ Gamma(r+x) / Gamma(r) alpha^r / (alpha+T)^(r+x) ],
 *
 * the likelihood of purchases at their times, as the models with churn have
 * it, so that log-likelihoods may be compared. gradient may be NULL.
 */
double nbd_loglik(const double *parameter, const struct histories *,
		  double *gradient);

double nbd_alive(const double *parameter, const struct buyer *);	/* 1 */
double nbd_stay(const double *parameter, const struct buyer *, double t);
/* r t / alpha, and (r+x) t / (alpha+T) */
double nbd_new(const double *parameter, double t);
double nbd_if_alive(const double *parameter, const struct buyer *, double t);
/* P(y purchases in (T, T+t] | history, alive at T). */
double nbd_later(const double *parameter, const struct buyer *, double y,
		 double t);
double nbd_bend(const double *parameter, double T);

/* ln P(X(t) = x), the negative binomial distribution, t > 0. */
double nbd_log_pmf(double r, double alpha, double x, double t);
double nbd_pmf(const double *parameter, double x, double t);

struct fit nbd_fit(const struct histories *);

#endif
