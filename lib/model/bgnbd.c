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

double bgnbd_if_alive(const double *p, const struct buyer *b, double t)
{
	const double posterior[] = { p[R] + b->x, p[ALPHA] + b->T, p[A],
				     p[B] + b->x };

	return betageo_purchases(posterior, t);
}

double bgnbd_pmf(const double *p, double x, double t)
{
	return betageo_pmf(p, false, x, t);
}
