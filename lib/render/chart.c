/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the drawers of pictures share: the scale of an axis. */
#include "render/chart.h"

#include <math.h>

/* The smallest 1, 2 or 5 times a power of ten that is >= size > 0. No pow():
 * repeated exact steps give the same ticks on every machine. */
static double round_step(double size)
{
	static const double lead[] = {1.0, 2.0, 5.0, 10.0};
	double unit = 1.0;

	while (unit > size)
		unit /= 10.0;
	while (unit * 10.0 <= size)
		unit *= 10.0;
	for (size_t i = 0; i < 4; i++)
		/* a hair of room for what division has rounded */
		if (lead[i] * unit >= size * (1.0 - 1e-9))
			return lead[i] * unit;
	return 10.0 * unit;
}

struct chart_scale chart_scale(double lo, double hi, int want, bool whole)
{
	if (hi - lo < 1e-9)
		hi = lo + 1.0;
	double step = round_step((hi - lo) / (double)want);
	if (whole && step < 1.0)
		step = 1.0;
	struct chart_scale s = {.step = step};
	double first = floor(lo / step + 1e-9);
	double last = ceil(hi / step - 1e-9);
	s.first = first * step;
	s.last = last * step;
	s.ticks = (size_t)(last - first) + 1;
	return s;
}

static void widen(double v, double *lo, double *hi)
{
	if (!isfinite(v))
		return;
	if (!(v >= *lo))
		*lo = v;
	if (!(v <= *hi))
		*hi = v;
}

bool chart_range(const struct chart *c, double *lo, double *hi)
{
	*lo = (double)NAN;
	*hi = (double)NAN;
	for (size_t s = 0; s < c->nseries; s++)
		for (size_t i = 0; i < c->series[s].n; i++) {
			widen(c->series[s].value[i], lo, hi);
			if (c->series[s].low)
				widen(c->series[s].low[i], lo, hi);
			if (c->series[s].high)
				widen(c->series[s].high[i], lo, hi);
		}
	return isfinite(*lo);
}
