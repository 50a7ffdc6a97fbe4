/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BG/NBD: nobody leaves before the first repeat purchase. */
#include "model/bgnbd.h"

enum { R = BETAGEO_R, ALPHA = BETAGEO_ALPHA, A = BETAGEO_A, B = BETAGEO_B };

struct fit bgnbd_fit(const struct histories *h)
{
	return betageo_fit("bgnbd", false, h);
}

double bgnbd_loglik(const double *p, const struct histories *h)
{
	return betageo_loglik(p, false, h, NULL);
}

double bgnbd_alive(const double *p, const struct buyer *b)
{
	return betageo_alive(p, false, b);
}

double bgnbd_stay(const double *p, const struct buyer *b, double t)
{
	return betageo_stay(p, false, b, t);
}

double bgnbd_new(const double *p, double t)
{
	return betageo_purchases(p, t);
}

/* Of one who is alive at T: rate and chance to leave are Gamma and Beta as
 * those of a new customer, with what is known of him added. */
static void posterior_of(const double *p, const struct buyer *b,
			 double posterior[4])
{
	posterior[R] = p[R] + b->x;
	posterior[ALPHA] = p[ALPHA] + b->T;
	posterior[A] = p[A];
	posterior[B] = p[B] + b->x;
}

double bgnbd_if_alive(const double *p, const struct buyer *b, double t)
{
	double posterior[4];

	posterior_of(p, b, posterior);
	return betageo_purchases(posterior, t);
}

double bgnbd_later(const double *p, const struct buyer *b, double y, double t)
{
	double posterior[4];

	posterior_of(p, b, posterior);
	return betageo_pmf(posterior, false, y, t);
}

double bgnbd_pmf(const double *p, double x, double t)
{
	return betageo_pmf(p, false, x, t);
}
