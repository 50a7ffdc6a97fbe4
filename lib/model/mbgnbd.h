/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * MBG/NBD: Batislam, Denizel & Filiztekin, Empirical validation and
 * comparison of models for customer base analysis, Int. J. of Research in
 * Marketing 24 (2007) 201-209; Hoppe & Wagner, Customer base analysis: the
 * case for a central variant of the betageometric/NBD model, Marketing ZFP 29
 * (2007) 75-90.
 *
 * As the BG/NBD, but a customer may leave after the very first purchase
 * already, so that one-time buyers are not alive for certain: the model for
 * churn. Parameters: r, alpha, a, b (enum betageo_parameter).
 */
#ifndef MODEL_MBGNBD_H
#define MODEL_MBGNBD_H

#include "model/betageo.h"

struct fit mbgnbd_fit(const struct histories *);
double mbgnbd_loglik(const double *parameter, const struct histories *);

/* 1 / (1 + a / (b+x) ((alpha+T) / (alpha+t_x))^(r+x)) */
double mbgnbd_alive(const double *parameter, const struct buyer *);

/* P(alive at T + t | alive at T): betageo_stay(). */
double mbgnbd_stay(const double *parameter, const struct buyer *, double t);

/* E[X(t)] of a new customer, who has a / (a+b) to be gone at once:
 * b / (a+b) times the expectation with Beta(a, b+1). */
double mbgnbd_new(const double *parameter, double t);

/* Purchases in (T, T+t] of a customer alive at T: his rate is
 * Gamma(r+x, alpha+T), his chance to leave Beta(a, b+x+1). */
double mbgnbd_if_alive(const double *parameter, const struct buyer *,
		       double t);

/* P(y purchases in (T, T+t] | history, alive at T). */
double mbgnbd_later(const double *parameter, const struct buyer *, double y,
		    double t);

double mbgnbd_pmf(const double *parameter, double x, double t);

#endif
