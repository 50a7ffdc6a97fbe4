/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaps between purchases. */
#include <math.h>
#include <stdlib.h>

#include "model/rhythm.h"

static int by_length(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

int32_t rhythm_median(const int32_t *day, size_t n, int32_t *room)
{
	if (n < 2)
		return 0;
	for (size_t i = 0; i + 1 < n; i++)
		room[i] = day[i + 1] - day[i];
	qsort(room, n - 1, sizeof(*room), by_length);
	return room[(n - 2) / 2];
}

void rhythm_add(struct rhythm_test *t, const int32_t *day, size_t n)
{
	if (n < 3)
		return;
	double before = day[n - 2] - day[n - 3], last = day[n - 1] - day[n - 2];
	double m = before / (before + last) - 0.5;

	t->customers++;
	t->sum += m;
	t->square += m * m;
}

double rhythm_k(const struct rhythm_test *t)
{
	double n = t->customers;
	double v = (t->square - t->sum * t->sum / n) / (n - 1);

	return n > 1 && v > 0 ? (1 - 4 * v) / (8 * v) : NAN;
}
