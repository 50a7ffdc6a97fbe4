/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles of a distribution in steps. */
#include "num/steps.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	return figure_cmp(x->value, y->value);
}

size_t steps_sort(struct step *step, size_t n)
{
	size_t left = 0;

	if (n)
		qsort(step, n, sizeof(*step), by_value);
	for (size_t i = 0; i < n; i++) {
		if (left && figure_cmp(step[left - 1].value,
				       step[i].value) == 0)
			step[left - 1].count += step[i].count;
		else
			step[left++] = step[i];
	}
	return left;
}

uint64_t steps_total(const struct step *step, size_t n)
{
	uint64_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += step[i].count;
	return total;
}

/* Number of the step that the value of this rank, from 1, is in. */
static size_t step_of(const struct step *step, size_t n, uint64_t rank)
{
	size_t i = 0;

	while (i + 1 < n && rank > step[i].count)
		rank -= step[i++].count;
	return i;
}

struct figure steps_near(double v, int decimals)
{
	double scaled;

	for (;; decimals--) {
		scaled = decimals < 0 ? v / pow(10, -decimals) :
					v * pow(10, decimals);
		if (fabs(scaled) < 9e15)
			break;
	}
	return (struct figure){ llround(scaled), -decimals };
}

/* a + (b - a) * part / STEPS_ONE */
static struct figure mix(struct figure a, struct figure b, int64_t part)
{
	int places = figure_decimals(a) > figure_decimals(b) ?
			     figure_decimals(a) :
			     figure_decimals(b);
	int64_t x, y;
	__int128 units;

	if (figure_scale(a, places, &x) && figure_scale(b, places, &y)) {
		units = (__int128)x * (STEPS_ONE - part) + (__int128)y * part;
		places += 6;
		while (units && units % 10 == 0 && places > 0) {
			units /= 10;
			places--;
		}
		if (units <= INT64_MAX && units >= -INT64_MAX)
			return (struct figure){ (int64_t)units,
						units ? -places : 0 };
	}
	return steps_near(figure_real(a) + (figure_real(b) - figure_real(a)) *
						   ((double)part / STEPS_ONE),
			  15);
}

struct figure steps_quantile(const struct step *step, size_t n, uint64_t total,
			     int64_t ppm, bool between)
{
	unsigned __int128 place;
	uint64_t rank;
	size_t i;

	if (!between) {
		place = (unsigned __int128)total * (uint64_t)ppm;
		rank = (uint64_t)((place + STEPS_ONE - 1) / STEPS_ONE);
		return step[step_of(step, n, rank ? rank : 1)].value;
	}
	place = (unsigned __int128)(total - 1) * (uint64_t)ppm;
	rank = (uint64_t)(place / STEPS_ONE) + 1;
	i = step_of(step, n, rank);
	if (place % STEPS_ONE == 0)
		return step[i].value;
	return mix(step[i].value, step[step_of(step, n, rank + 1)].value,
		   (int64_t)(place % STEPS_ONE));
}
