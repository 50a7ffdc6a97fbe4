/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change of a net promoter score in parts; npsmix.h has the formula. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/npsmix.h"

static uint64_t answers(const struct nps_counts *c)
{
	return c->promoters + c->passives + c->detractors;
}

/* In points; n > 0. */
static double score_of(const struct nps_counts *c)
{
	double score = (double)c->promoters - (double)c->detractors;

	return 100 * score / (double)answers(c);
}

/* Half away from zero, as scores are printed. */
static int64_t rounded(double points)
{
	return llround(points * NPSMIX_UNITS);
}

/* Both times all answers. */
struct whole {
	struct nps_counts before, now;
	double middle;		/* (X0 + X1) / 2 */
};

/* One effect under way: what was cut off, and where it stands. */
struct effect {
	double rest;
	int64_t *units;
	size_t at;
};

static int by_rest(const void *a, const void *b)
{
	const struct effect *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static void set_effect(struct effect *e, double points, int64_t *units)
{
	double exact = points * NPSMIX_UNITS, down = floor(exact);

	*units = (int64_t)down;
	e->units = units;
	e->rest = exact - down;
}

static void split_one(struct npsmix *g, const struct whole *w,
		      struct effect effect[2])
{
	double n0 = (double)answers(&g->before), n1 = (double)answers(&g->now);
	double s0 = n0 / (double)answers(&w->before);
	double s1 = n1 / (double)answers(&w->now);
	double x0, x1;

	if (n0 + n1 == 0) {
		x0 = x1 = 0;
	} else {
		x0 = score_of(n0 > 0 ? &g->before : &g->now);
		x1 = score_of(n1 > 0 ? &g->now : &g->before);
	}
	set_effect(&effect[0], (s1 - s0) * ((x0 + x1) / 2 - w->middle),
		   &g->mix);
	set_effect(&effect[1], (s0 + s1) / 2 * (x1 - x0), &g->score);
}

/* Spreads what rounding down has lost: up to a unit for each effect; one more
 * or one less than that where the last digits of the doubles are at odds. */
static void spread(struct effect *effect, size_t n, int64_t left)
{
	int64_t one = left < 0 ? -1 : 1;

	for (size_t i = 0; i < n; i++)
		effect[i].at = i;
	qsort(effect, n, sizeof(*effect), by_rest);
	for (size_t i = 0; left != 0; left -= one) {
		*effect[i].units += one;
		i = i + 1 < n ? i + 1 : 0;
	}
}

int64_t npsmix_split(struct npsmix *g, size_t n, int64_t *mix, int64_t *score)
{
	struct effect *effect = mem_alloc(2 * n, sizeof(*effect));
	struct whole w = { 0 };
	int64_t change, left;

	for (size_t i = 0; i < n; i++) {
		nps_merge(&w.before, &g[i].before);
		nps_merge(&w.now, &g[i].now);
	}
	w.middle = (score_of(&w.before) + score_of(&w.now)) / 2;
	change = rounded(score_of(&w.now)) - rounded(score_of(&w.before));
	left = change;
	for (size_t i = 0; i < n; i++) {
		split_one(&g[i], &w, &effect[2 * i]);
		left -= g[i].mix + g[i].score;
	}
	spread(effect, 2 * n, left);
	*mix = *score = 0;
	for (size_t i = 0; i < n; i++) {
		*mix += g[i].mix;
		*score += g[i].score;
	}
	free(effect);
	return change;
}
