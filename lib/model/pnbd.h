/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pareto/NBD: Schmittlein, Morrison & Colombo, Counting Your Customers: Who
 * Are They and What Will They Do Next?, Management Science 33 (1987) 1-24;
 * notation of Fader & Hardie, A Note on Deriving the Pareto/NBD Model and
 * Related Expressions (2005).
 *
 * Customers buy at random at a rate lambda ~ Gamma(r, alpha) as long as they
 * are alive, and leave at random, at a rate mu ~ Gamma(s, beta), whether they
 * buy or not. alpha and beta have the unit of time; all are positive.
 */
#ifndef MODEL_PNBD_H
#define MODEL_PNBD_H

#include "model/fit.h"
#include "model/history.h"

enum pnbd_parameter { PNBD_R, PNBD_ALPHA, PNBD_S, PNBD_BETA };

/*
 * Log-likelihood of the histories: a customer's likelihood is
 *
 *   Gamma(r+x) / Gamma(r) alpha^r beta^s [
 *     (alpha+T)^-(r+x) (beta+T)^-s
 *     + int_{t_x}^T s (alpha+u)^-(r+x) (beta+u)^-(s+1) du ]
 *
 * alive at T, or gone at a time u since the last purchase. The papers write
 * the integral as a difference of two 2F1, which cancels when t_x is near T
 * and takes thousands of terms when alpha and beta are far apart; here it is
 * a sum over Gauss-Legendre nodes, all of one sign, and so are its
 * derivatives. Relative error of a likelihood below 1e-12; finite for every
 * sound history. gradient (4 derivatives by the parameters) may be NULL.
 */
double pnbd_loglik(const double *parameter, const struct histories *,
		   double *gradient);

/* P(alive at T | x, t_x, T): the share of the first term. */
double pnbd_alive(const double *parameter, const struct buyer *);
/* P(alive at T + t | alive at T) = ((beta+T) / (beta+T+t))^s */
double pnbd_stay(const double *parameter, const struct buyer *, double t);

/* E[X(t)] of a new customer: r beta / (alpha (s-1)) [1 - (beta /
 * (beta+t))^(s-1)], at s = 1 its limit r beta / alpha ln((beta+t) / beta). */
double pnbd_new(const double *parameter, double t);
/* Purchases in (T, T+t] of a customer alive at T: the same with r + x,
 * alpha + T, s, beta + T. */
double pnbd_if_alive(const double *parameter, const struct buyer *, double t);

/* P(y purchases in (T, T+t] | history, alive at T). */
double pnbd_later(const double *parameter, const struct buyer *, double y,
		  double t);

/* The time on which the expectation of a customer of age T bends. */
double pnbd_bend(const double *parameter, double T);

/*
 * P(X(t) = x): the negative binomial of the time until t or until the
 * customer left, whichever came first (Fader & Hardie, Deriving an Expression
 * for P(X(t) = x) Under the Pareto/NBD Model, 2006), by the nodes of above.
 */
double pnbd_pmf(const double *parameter, double x, double t);

/* Maximum likelihood estimates. */
struct fit pnbd_fit(const struct histories *);

#endif
