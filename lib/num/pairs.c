/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means, differences and ratios of paired values. */
#include <math.h>

#include "num/pairs.h"
#include "num/rates.h"
#include "num/student.h"

static bool units_of(double v, int64_t *units)
{
	if (!(fabs(v) <= PAIRS_MAX))
		return false;
	*units = llround(v * PAIRS_UNITS);
	return true;
}

bool pairs_add(struct pairs *p, double x, double y)
{
	int64_t ux, uy;

	if (!units_of(x, &ux) || !units_of(y, &uy))
		return false;
	p->n++;
	p->x += ux;
	p->y += uy;
	p->xx += (__int128)ux * ux;
	p->yy += (__int128)uy * uy;
	p->xy += (__int128)ux * uy;
	return true;
}

void pairs_merge(struct pairs *p, const struct pairs *from)
{
	p->n += from->n;
	p->x += from->x;
	p->y += from->y;
	p->xx += from->xx;
	p->yy += from->yy;
	p->xy += from->xy;
}

static double mean(__int128 sum, uint64_t n)
{
	return n ? (double)sum / PAIRS_UNITS / (double)n : NAN;
}

double pairs_mean_x(const struct pairs *p)
{
	return mean(p->x, p->n);
}

double pairs_mean_y(const struct pairs *p)
{
	return mean(p->y, p->n);
}

static void limits(struct pairs_figure *f, uint64_t n, double square)
{
	double off;

	f->se = f->low = f->high = NAN;
	if (n < 2)
		return;
	f->se = sqrt(fmax(square, 0) / (double)(n - 1) / (double)n);
	off = student_t((double)(n - 1), 0.975) * f->se;
	f->low = f->value - off;
	f->high = f->value + off;
}

/* squares - sum^2 / n, in units. n * squares - sum^2 is whole and loses nothing
 * as long as it fits, and it does for 10^9 answers on any scale of surveys. */
static double about_mean(uint64_t n, __int128 squares, __int128 sum)
{
	__int128 all, square;

	if (__builtin_mul_overflow((__int128)n, squares, &all) ||
	    __builtin_mul_overflow(sum, sum, &square))
		return (double)((long double)squares -
				(long double)sum * (long double)sum /
					(long double)n);
	return (double)(all - square) / (double)n;
}

struct pairs_figure pairs_difference(const struct pairs *p)
{
	struct pairs_figure f = { .value = mean(p->x - p->y, p->n) };
	__int128 squares = p->xx - 2 * p->xy + p->yy;
	double square = p->n ? about_mean(p->n, squares, p->x - p->y) : 0;

	limits(&f, p->n, square / PAIRS_UNITS / PAIRS_UNITS);
	return f;
}

struct pairs_figure pairs_ratio(const struct pairs *p)
{
	struct pairs_figure f = { NAN, NAN, NAN, NAN };
	long double r, square, units = PAIRS_UNITS;

	if (p->n == 0 || p->x <= 0)
		return f;
	r = (long double)p->y / (long double)p->x;
	f.value = (double)r;
	square = ((long double)p->yy - 2 * r * (long double)p->xy +
		  r * r * (long double)p->xx) / units / units;
	limits(&f, p->n, (double)square);
	if (p->n < 2)
		return f;
	f.se /= pairs_mean_x(p);
	f.low = f.value - (f.value - f.low) / pairs_mean_x(p);
	f.high = f.value + (f.high - f.value) / pairs_mean_x(p);
	return f;
}

struct pairs_figure pairs_within(struct pairs_figure f, uint64_t n, double low,
				 double high)
{
	struct rates_interval r;

	if (f.se > 0) {
		f.low = fmax(f.low, low);
		f.high = fmin(f.high, high);
		return f;
	}
	r = rates_share_of(fmin(fmax((f.value - low) / (high - low), 0), 1),
			   (double)n);
	f.low = low + (high - low) * r.low;
	f.high = low + (high - low) * r.high;
	return f;
}
