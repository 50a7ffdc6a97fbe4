/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bins of one width. */
#include "model/histogram.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define BINS_BY_RULE 100

static double range_of(const struct step *s, size_t n)
{
	return figure_real(s[n - 1].value) - figure_real(s[0].value);
}

/* What the rule, or the number of bins that is wanted, asks for. */
static double raw_width(const struct step *s, size_t n, size_t bins)
{
	uint64_t total = steps_total(s, n);
	double range = range_of(s, n), width;
	struct figure low, high;

	if (bins)
		return range / (double)bins;
	low = steps_quantile(s, n, total, STEPS_ONE / 4, true);
	high = steps_quantile(s, n, total, STEPS_ONE / 4 * 3, true);
	width = 2 * (figure_real(high) - figure_real(low)) /
		cbrt((double)total);
	if (width <= 0)
		width = range / (ceil(log2((double)total)) + 1);
	return width < range / BINS_BY_RULE ? range / BINS_BY_RULE : width;
}

/* The least of 1, 2, 5 times a power of ten that is at least `least`. */
struct figure histogram_width(const struct step *s, size_t n, int decimals,
			      size_t bins)
{
	static const int64_t steps[] = { 1, 2, 5 };
	double least = raw_width(s, n, bins);
	struct figure w = { 1, -decimals };

	for (; w.e < FIGURE_EXPONENT; w.e++)
		for (size_t i = 0; i < NELEMS(steps); i++) {
			w.m = steps[i];
			/* A hair below is what rounding made of equal. */
			if (figure_real(w) >= least * (1 - 1e-12))
				return w;
		}
	return w;
}

struct figure histogram_days(const struct step *s, size_t n, size_t bins)
{
	static const int64_t days[] = { 1, 2, 7, 14, 28, 91, 182, 364 };
	double least = raw_width(s, n, bins);
	struct figure w = { 1, 0 };

	for (size_t i = 0; i < NELEMS(days); i++) {
		w.m = days[i];
		if ((double)w.m >= least)
			return w;
	}
	while ((double)w.m < least)
		w.m *= 2;
	return w;
}

static int64_t floor_wide(__int128 a, __int128 b)
{
	__int128 q = a / b - (a % b != 0 && (a < 0) != (b < 0));

	if (q > INT64_MAX)
		return INT64_MAX;
	return q < INT64_MIN ? INT64_MIN : (int64_t)q;
}

/* floor((v - origin) / width), exact where the digits fit in 128 bits. */
static int64_t bin_of(const struct histogram *h, struct figure v)
{
	__int128 value = v.m, width = h->width.m, origin = h->origin;
	int up = v.e - h->width.e;
	double real;

	if (v.m == 0)
		up = 0;
	if (up > 18 || up < -18) {
		real = floor(figure_real(v) / figure_real(h->width));
		return fabs(real) < 9e18 ? (int64_t)real : INT64_MAX;
	}
	for (; up > 0; up--)
		value *= 10;
	for (; up < 0; up++) {
		width *= 10;
		origin *= 10;
	}
	return floor_wide(value - origin, width);
}

static bool edge_fits(const struct histogram *h, __int128 at)
{
	__int128 edge = h->origin + at * h->width.m;

	return edge <= INT64_MAX && edge >= INT64_MIN;
}

bool histogram_make(struct histogram *h, const struct step *s, size_t n,
		    struct figure width, int64_t origin)
{
	int64_t last;

	*h = (struct histogram){ .width = width, .origin = origin };
	if (!n)
		return true;
	h->first = bin_of(h, s[0].value);
	last = bin_of(h, s[n - 1].value);
	if ((__int128)last - h->first >= HISTOGRAM_BINS ||
	    h->first == INT64_MIN || last == INT64_MAX ||
	    !edge_fits(h, h->first) || !edge_fits(h, (__int128)last + 1))
		return false;
	h->bins = (size_t)(last - h->first) + 1;
	h->count = mem_zalloc(h->bins, sizeof(*h->count));
	for (size_t i = 0; i < n; i++)
		h->count[bin_of(h, s[i].value) - h->first] += s[i].count;
	return true;
}

struct figure histogram_edge(const struct histogram *h, size_t i)
{
	__int128 at = (__int128)h->first + (__int128)i;

	return (struct figure){ (int64_t)(h->origin + at * h->width.m),
				h->width.e };
}

void histogram_release(struct histogram *h)
{
	free(h->count);
	*h = (struct histogram){ 0 };
}
