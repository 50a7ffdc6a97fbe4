/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BG/NBD: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way,
 * Marketing Science 24 (2005) 275-284.
 *
 * A customer without a repeat purchase is alive for certain in this model:
 * never flag churn by it alone (mbgnbd.h).
 * Parameters: r, alpha, a, b (enum betageo_parameter).
 */
#ifndef MODEL_BGNBD_H
#define MODEL_BGNBD_H

#include "model/betageo.h"

struct fit bgnbd_fit(const struct histories *);

/* Equation (6), summed over the customers. */
double bgnbd_loglik(const double *parameter, const struct histories *);

/*
 * P(alive at T | x, t_x, T) = 1 / (1 + [x > 0] a / (b+x-1)
 *   ((alpha+T) / (alpha+t_x))^(r+x))
 * Fader, Hardie & Lee, "Computing P(alive) Using the BG/NBD Model", note 021
 * (2008).
 */
double bgnbd_alive(const double *parameter, const struct buyer *);

/* P(alive at T + t | alive at T): betageo_stay(). */
double bgnbd_stay(const double *parameter, const struct buyer *, double t);

/* E[X(t)], repeat purchases of a new customer in a time t: equation (9). */
double bgnbd_new(const double *parameter, double t);

/*
 * E[Y(t) | x, t_x, T] / P(alive): purchases in (T, T+t] of a customer who is
 * alive at T. By Bayes his rate is Gamma(r+x, alpha+T) and his chance to leave
 * Beta(a, b+x), so that it is equation (9) at these parameters; times P(alive)
 * it is equation (10).
 */
double bgnbd_if_alive(const double *parameter, const struct buyer *,
		      double t);

/* P(y purchases in (T, T+t] | history, alive at T). */
double bgnbd_later(const double *parameter, const struct buyer *, double y,
		   double t);

/* P(X(t) = x): equation (8). */
double bgnbd_pmf(const double *parameter, double x, double t);

#endif
