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

size_t rhythm_visits(const int32_t *day, size_t n, int32_t within,
		     int32_t *visit)
{
	size_t visits = 0;

	for (size_t i = 0; i < n; i++)
		if (i == 0 || day[i] - visit[visits - 1] >= within)
			visit[visits++] = day[i];
	return visits;
}

struct buyer rhythm_buyer(const struct buyer *b, const int32_t *visit,
			  size_t n, double unit_days)
{
	return (struct buyer){
		.x = (double)n - 1,
		.t_x = (visit[n - 1] - visit[0]) / unit_days,
		.T = b->T,
		.z = n > 1 ? b->z * (b->x + 1) / (double)n : 0,
	};
}

int32_t rhythm_typical(int32_t *rhythm, size_t n)
{
	qsort(rhythm, n, sizeof(*rhythm), by_length);
	return rhythm[(n - 1) / 2];
}

int32_t rhythm_of(int32_t own, size_t n, int32_t typical)
{
	return n == 2 && own < typical ? typical : own;
}

int32_t rhythm_median(const int32_t *day, size_t n, int32_t *room)
{
	if (n < 2)
		return 0;
	for (size_t i = 0; i + 1 < n; i++)
		room[i] = day[i + 1] - day[i];
	return rhythm_typical(room, n - 1);
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
