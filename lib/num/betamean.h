/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean of a function of a share that is Beta-distributed. */
#ifndef NUM_BETAMEAN_H
#define NUM_BETAMEAN_H

/*
 * E[f(P)] for P ~ Beta(a, b), a > 0, b > 0, f bounded and smooth on 0..1.
 *
 * Trapezoidal sum over y = ln(p / (1 - p)), where the density is analytic in
 * a strip of width pi and the sum converges geometrically (Trefethen and
 * Weideman, SIAM Review 56 (2014) 385, theorem 5.1); the tails, where f no
 * longer changes, are summed as the geometric series that they are. Works for
 * a and b from 1e-6 to 1e6, J-, U- and bell-shaped, with relative error of
 * about 1e-13 for an f of one sign that does not turn faster than
 * (1 + c p)^-r. Some hundred evaluations of f.
 */
double beta_mean(double a, double b, double (*f)(double p, void *ctx),
		 void *ctx);

#endif
