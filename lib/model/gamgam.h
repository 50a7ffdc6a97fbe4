/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gamma-Gamma model of spend: a customer's spend per purchase is
 * Gamma(p, nu) with nu ~ Gamma(q, gamma) across customers, whatever his
 * frequency. Colombo & Jiang, J. of Interactive Marketing 13 (1999) 2-12;
 * Fader, Hardie & Lee, RFM and CLV, J. of Marketing Research 42 (2005)
 * 415-430; Fader & Hardie, "The Gamma-Gamma Model of Monetary Value", note
 * 025 (2013).
 *
 * Parameters: p, q (numbers) and gamma (money), in this order.
 */
#ifndef MODEL_GAMGAM_H
#define MODEL_GAMGAM_H

#include "model/fit.h"
#include "model/history.h"

enum gamgam_parameter { GAMGAM_P, GAMGAM_Q, GAMGAM_GAMMA };

/* Those that the model is about: x > 0 and a mean spend z > 0. */
struct spender {
	double x, z, count;
};

struct spenders {
	struct spender *at;	/* distinct, by x, then z */
	size_t n;
	double customers;	/* sum of the counts */
	double spend;		/* sum of count * z */
	double left_out;	/* repeat buyers with z <= 0 */
	double correlation;	/* Pearson's, of x and z; NAN when undefined */
};

/* The spenders among n buyers, whose order does not matter. The caller
 * releases. */
struct spenders spenders_of(const struct buyer *, size_t n);
void spenders_release(struct spenders *);

/*
 * Sum over the customers of
 *
 *   ln[ Gamma(px+q) / (Gamma(px) Gamma(q)) * gamma^q z^(px-1) x^(px)
 *       / (gamma + x z)^(px+q) ]
 *
 * (note 025, the marginal distribution of z). gradient may be NULL.
 */
double gamgam_loglik(const double *parameter, const struct spenders *,
		     double *gradient);

struct fit gamgam_fit(const struct spenders *);

/*
 * E(M | z, x) = p (gamma + x z) / (p x + q - 1), the mean spend per purchase
 * to expect (note 025); for x = 0 that of the population,
 * p gamma / (q - 1). NAN when there is no such mean (p x + q <= 1) and when
 * z < 0, which the model does not know.
 */
double gamgam_expected(const double *parameter, double x, double z);

#endif
