/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes later is worth less: discounted sums of a growing expectation. */
#ifndef MODEL_DISCOUNT_H
#define MODEL_DISCOUNT_H

struct discount {
	double horizon;		/* in the unit of time, > 0; INFINITY: for
				 * ever, which needs a rate */
	double rate;		/* continuous, per unit: ln(1 + annual) * units
				 * of a year; 0: none */
	double step;		/* > 0: what comes within a step counts at its
				 * end; 0: every moment counts by itself */
};

/*
 * With E(t) purchases expected in (0, t], E(0) = 0, and the horizon H:
 *
 *   step 0:  int_0^H e^(-rate t) dE(t)
 *            = e^(-rate H) E(H) + rate int_0^H e^(-rate t) E(t) dt
 *   step s:  sum_i (E(t_i) - E(t_(i-1))) e^(-rate t_i),
 *            t_i = s, 2s, ... and H
 *
 * Times the spend per purchase it is the value of a customer over H (Fader,
 * Hardie & Lee, RFM and CLV, J. of Marketing Research 42 (2005) 415). With H
 * infinite it is DERT, their discounted expected residual transactions.
 * `scale` is the time on which E bends (alpha + T): the integral is taken by
 * 20 Gauss-Legendre points in each stretch of 1.5 of ln(1 + t / scale).
 */
double discount_expected(const struct discount *, double scale,
			 double (*expected)(double t, void *ctx), void *ctx);

#endif
