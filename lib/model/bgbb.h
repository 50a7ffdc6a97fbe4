/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BG/BB: Fader, Hardie & Shang, Customer-Base Analysis in a Discrete-Time
 * Noncontractual Setting, Marketing Science 29 (2010) 1086-1108.
 *
 * There are n occasions to buy (a yearly fair, a service each spring). Who is
 * alive buys at each with a chance p ~ Beta(alpha, beta), and leaves before
 * each with a chance theta ~ Beta(gamma, delta). A history has x occasions
 * with a purchase, the last of them number t_x, out of T = n; the acquisition
 * itself is occasion 0 and not counted. All times are whole.
 */
#ifndef MODEL_BGBB_H
#define MODEL_BGBB_H

#include "model/fit.h"
#include "model/history.h"

enum bgbb_parameter { BGBB_ALPHA, BGBB_BETA, BGBB_GAMMA, BGBB_DELTA };

/* True when the buyer is sound and x, t_x and T are whole, x <= t_x. */
bool bgbb_knows(const struct buyer *);
bool bgbb_knows_all(const struct histories *);
/* What a fit says where they are not. */
#define BGBB_NOT_OCCASIONS                                             \
	"occasions are whole numbers, with at most one purchase each: " \
	"crm-clv summary --occasions counts them"

/*
 * Log-likelihood of the histories: a customer's likelihood is
 *
 *   B(alpha+x, beta+n-x) / B(alpha, beta)
 *       B(gamma, delta+n) / B(gamma, delta)
 *   + sum_{i=t_x}^{n-1} B(alpha+x, beta+i-x) / B(alpha, beta)
 *       B(gamma+1, delta+i) / B(gamma, delta)
 *
 * (equation (4)). gradient (4 derivatives) may be NULL. The sum is left off
 * where the rest is below 1e-20 of it, and thousands of occasions are added up
 * by some of them (num/longsum.h); error about 1e-11, of slopes 1e-10.
 */
double bgbb_loglik(const double *parameter, const struct histories *,
		   double *gradient);

/* P(alive at n | x, t_x, n): the share of the first term. (Equation (11) is
 * of the next occasion: bgbb_stay() of 1 times this.) 0 when below 1e-20. */
double bgbb_alive(const double *parameter, const struct buyer *);
/* P(alive at n + t | alive at n) = B(gamma, delta+n+t) / B(gamma, delta+n) */
double bgbb_stay(const double *parameter, const struct buyer *, double t);

/* E[X(n)] of a new customer (equation (7)), and purchases in the next t
 * occasions of one alive at n (equation (13) over P(alive)): the chance to
 * buy times the occasions that he is expected to be alive on, summed one by
 * one, as the closed form breaks down at gamma = 1. t is rounded down. */
double bgbb_new(const double *parameter, double t);
double bgbb_if_alive(const double *parameter, const struct buyer *, double t);
/* P(y purchases in (T, T+t] | history, alive at T). */
double bgbb_later(const double *parameter, const struct buyer *, double y,
		  double t);
double bgbb_bend(const double *parameter, double T);

/* P(X(n) = x): equation (6). */
double bgbb_pmf(const double *parameter, double x, double n);

struct fit bgbb_fit(const struct histories *);

#endif
