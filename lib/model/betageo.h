/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What BG/NBD and MBG/NBD have in common: customers buy at random at a rate
 * lambda ~ Gamma(r, alpha) while they are alive, and after a purchase each
 * leaves for good with a chance p ~ Beta(a, b). In the BG/NBD that first
 * happens after the first repeat purchase; in the MBG/NBD (`early`) already
 * after the very first purchase.
 *
 * Parameters are an array in the order of enum betageo_parameter. alpha has
 * the unit of time; all are positive.
 */
#ifndef MODEL_BETAGEO_H
#define MODEL_BETAGEO_H

#include <stdbool.h>

#include "model/fit.h"
#include "model/history.h"

enum betageo_parameter { BETAGEO_R, BETAGEO_ALPHA, BETAGEO_A, BETAGEO_B };

/*
 * Log-likelihood of the histories. With k = x, or x + 1 when early, and
 * B() the beta function, a customer's likelihood is
 *
 *   Gamma(r+x) alpha^r / Gamma(r) * [
 *     B(a, b+k) / B(a, b) * (alpha + T)^-(r+x)
 *     + [k > 0] B(a+1, b+k-1) / B(a, b) * (alpha + t_x)^-(r+x) ]
 *
 * Fader, Hardie & Lee, Marketing Science 24 (2005) 275, equation (6) for the
 * BG/NBD; Batislam, Denizel & Filiztekin, Int. J. of Research in Marketing 24
 * (2007) 201, for the early form. Computed in logarithms throughout: finite
 * for every sound history, also x = 10^4 and t_x = T.
 * gradient (4 derivatives by the parameters themselves) may be NULL.
 */
double betageo_loglik(const double *parameter, bool early,
		      const struct histories *, double *gradient);

/*
 * P(alive at T | x, t_x, T): the share of the first term of the likelihood,
 * in 0..1. 1 for a customer without a repeat purchase unless early.
 */
double betageo_alive(const double *parameter, bool early,
		     const struct buyer *);

/*
 * P(alive at T + t | x, alive at T) = E[ (1 + p t / (alpha+T))^-(r+x) ],
 * p ~ Beta(a, b+k) with k = x, or x + 1 when early: nothing is bought in t
 * that he leaves after. By beta_mean().
 */
double betageo_stay(const double *parameter, bool early, const struct buyer *,
		    double t);

/*
 * Expected purchases in (0, t] of a customer who is alive at 0, whose rate is
 * Gamma(r, alpha) and who leaves after each with a chance Beta(a, b):
 *
 *   E[ (1 - (1 + p t / alpha)^-r) / p ],  p ~ Beta(a, b)
 *   = (a+b-1)/(a-1) [1 - (alpha/(alpha+t))^r
 *       2F1(r, b; a+b-1; t/(alpha+t))]
 *
 * (equation (9) of the paper). The second form breaks down near a = 1 and
 * a + b = 1 and loses all digits for large r: after Euler's transformation
 * its series has a factor a - 1 that is divided out. Where the series is slow
 * or would cancel, the first form is summed by beta_mean(). Relative error
 * below 1e-11 over 1e-5 <= a, b <= 1e5, r up to 1e5, any t. t >= 0.
 */
double betageo_purchases(const double *parameter, double t);

/* The time on which the expectation of a customer of age T bends. */
double betageo_bend(const double *parameter, double T);

/*
 * P(X(t) = x), x purchases in a time t from the first one on (equation (8);
 * the early form by the same steps).
 */
double betageo_pmf(const double *parameter, bool early, double x, double t);

/* Maximum likelihood estimates of either model, named `model`. */
struct fit betageo_fit(const char *model, bool early,
		       const struct histories *);

#endif
