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

double mbgnbd_if_alive(const double *p, const struct buyer *b, double t)
{
	const double posterior[] = { p[R] + b->x, p[ALPHA] + b->T, p[A],
				     p[B] + b->x + 1 };

	return betageo_purchases(posterior, t);
}

double mbgnbd_pmf(const double *p, double x, double t)
{
	return betageo_pmf(p, true, x, t);
}
