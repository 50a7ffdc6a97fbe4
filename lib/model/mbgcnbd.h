/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * MBG/CNBD-k: as the MBG/NBD, but customers keep a pace: the time between two
 * purchases is Erlang-k, k stages of rate lambda each, so that a larger k
 * means more even gaps (a service that comes by the half-year). Platzer &
 * Reutterer, Ticking Away the Moments: Timing Regularity Helps to Better
 * Predict Customer Activity, Marketing Science 35 (2016) 779-799; Reutterer,
 * Platzer & Schroeder, Leveraging purchase regularity for predicting customer
 * behavior the easy way, Int. J. of Research in Marketing 38 (2021) 194-215.
 *
 * k = 1 is the MBG/NBD. lambda ~ Gamma(r, alpha) is the rate of stages; after
 * each purchase, the first too, a customer leaves with a chance p ~ Beta(a,
 * b). The parameter k is whole, 1..MBGCNBD_K.
 *
 * Everything is in sums of one sign over stages and purchases, where the
 * papers have approximations: with N(t) stages in a time t, negative binomial
 * by rate, m purchases are made when N(t) reaches m k less the stages already
 * passed.
 */
#ifndef MODEL_MBGCNBD_H
#define MODEL_MBGCNBD_H

#include "model/fit.h"
#include "model/history.h"

enum mbgcnbd_parameter {
	MBGCNBD_R,
	MBGCNBD_ALPHA,
	MBGCNBD_A,
	MBGCNBD_B,
	MBGCNBD_K
};

#define MBGCNBD_K_MAX 12

/*
 * Log-likelihood of the histories: with q = T - t_x, a customer's is
 *
 *   alpha^r / Gamma(r) prod(gap^(k-1)) / Gamma(k)^x [
 *     B(a, b+x+1) / B(a, b) sum_{j<k} Gamma(r+kx+j) q^j / j!
 *         (alpha+T)^-(r+kx+j)
 *     + B(a+1, b+x) / B(a, b) Gamma(r+kx) (alpha+t_x)^-(r+kx) ]
 *
 * The product over the x gaps does not depend on what is fitted but tells
 * different k apart; its logarithm is (k-1) histories.log_gaps - x ln
 * Gamma(k), and is left out where log_gaps is not known (NAN).
 * gradient (4 derivatives, not by k) may be NULL.
 */
double mbgcnbd_loglik(const double *parameter, const struct histories *,
		      double *gradient);

double mbgcnbd_alive(const double *parameter, const struct buyer *);
double mbgcnbd_stay(const double *parameter, const struct buyer *, double t);
double mbgcnbd_new(const double *parameter, double t);
/* Depends on t_x: who has been silent for long is about to come. */
double mbgcnbd_if_alive(const double *parameter, const struct buyer *,
			double t);
/* P(y purchases in (T, T+t] | history, alive at T). */
double mbgcnbd_later(const double *parameter, const struct buyer *, double y,
		     double t);
double mbgcnbd_bend(const double *parameter, double T);
double mbgcnbd_pmf(const double *parameter, double x, double t);

/* For the k of the largest likelihood, tried upwards as long as it rises;
 * refused when log_gaps is not known. */
struct fit mbgcnbd_fit(const struct histories *);

#endif
