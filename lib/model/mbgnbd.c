/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MBG/NBD: a customer may leave after the first purchase already. */
#include "model/mbgnbd.h"

enum { R = BETAGEO_R, ALPHA = BETAGEO_ALPHA, A = BETAGEO_A, B = BETAGEO_B };

struct fit mbgnbd_fit(const struct histories *h)
{
	return betageo_fit("mbgnbd", true, h);
}

double mbgnbd_loglik(const double *p, const struct histories *h)
{
	return betageo_loglik(p, true, h, NULL);
}

double mbgnbd_alive(const double *p, const struct buyer *b)
{
	return betageo_alive(p, true, b);
}

double mbgnbd_stay(const double *p, const struct buyer *b, double t)
{
	return betageo_stay(p, true, b, t);
}

double mbgnbd_new(const double *p, double t)
{
	const double stayed[] = { p[R], p[ALPHA], p[A], p[B] + 1 };

	return p[B] / (p[A] + p[B]) * betageo_purchases(stayed, t);
}

/* Of one who is alive at T: he stayed x + 1 times, and may leave after the
 * next purchase, not before. */
static void posterior_of(const double *p, const struct buyer *b,
			 double posterior[4])
{
	posterior[R] = p[R] + b->x;
	posterior[ALPHA] = p[ALPHA] + b->T;
	posterior[A] = p[A];
	posterior[B] = p[B] + b->x + 1;
}

double mbgnbd_if_alive(const double *p, const struct buyer *b, double t)
{
	double posterior[4];

	posterior_of(p, b, posterior);
	return betageo_purchases(posterior, t);
}

double mbgnbd_later(const double *p, const struct buyer *b, double y, double t)
{
	double posterior[4];

	posterior_of(p, b, posterior);
	return betageo_pmf(posterior, false, y, t);
}

double mbgnbd_pmf(const double *p, double x, double t)
{
	return betageo_pmf(p, true, x, t);
}
