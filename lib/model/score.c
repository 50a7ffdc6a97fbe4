/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers counted score by score, and what they come to. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/score.h"
#include "num/rates.h"
#include "num/student.h"

/* ---- counting ---- */

/* Adds a wide number to the one at `to`, low word first. */
static void add_wide(uint64_t *to, unsigned __int128 v)
{
	v += (unsigned __int128)to[1] << 64 | to[0];
	to[0] = (uint64_t)v;
	to[1] = (uint64_t)(v >> 64);
}

static double wide_real(const uint64_t *from)
{
	return ldexp((double)from[1], 64) + (double)from[0];
}

/* The wide numbers of score i (from 0): weights, and behind them squares. */
static size_t wide_at(const struct score_shape *s, size_t i)
{
	return 1 + score_count(&s->scale) + 4 * i;
}

void score_add(const struct score_shape *s, uint64_t *cell, size_t slot,
	       uint64_t weight)
{
	cell[slot]++;
	if (slot && s->weighted) {
		uint64_t *wide = cell + wide_at(s, slot - 1);

		add_wide(wide, weight);
		add_wide(wide + 2, (unsigned __int128)weight * weight);
	}
}

void score_merge(const struct score_shape *s, uint64_t *cell,
		 const uint64_t *part)
{
	size_t counts = 1 + score_count(&s->scale);

	for (size_t i = 0; i < counts; i++)
		cell[i] += part[i];
	for (size_t i = counts; i < score_words(s); i += 2)
		add_wide(cell + i,
			 (unsigned __int128)part[i + 1] << 64 | part[i]);
}

uint64_t score_answers(const struct score_shape *s, const uint64_t *cell)
{
	uint64_t n = 0;

	for (size_t i = 1; i <= score_count(&s->scale); i++)
		n += cell[i];
	return n;
}

/* ---- groups ---- */

static struct score_group group_new_of(const struct score_shape *s)
{
	size_t k = score_count(&s->scale);

	return (struct score_group){
		.scale = &s->scale,
		.count = mem_zalloc(k, sizeof(uint64_t)),
		.share = mem_zalloc(k, sizeof(double)),
	};
}

void score_release(struct score_group *g)
{
	free(g->count);
	free(g->share);
}

static void add_counts(struct score_group *g, const uint64_t *cell)
{
	for (size_t i = 0; i < score_count(g->scale); i++) {
		g->count[i] += cell[1 + i];
		g->n += cell[1 + i];
	}
}

static void set_weighted(struct score_group *g, const struct score_shape *s,
			 const uint64_t *cell)
{
	size_t k = score_count(&s->scale);
	uint64_t all[4] = { 0 };

	for (size_t i = 0; i < k; i++) {
		const uint64_t *wide = cell + wide_at(s, i);

		add_wide(all, (unsigned __int128)wide[1] << 64 | wide[0]);
		add_wide(all + 2, (unsigned __int128)wide[3] << 64 | wide[2]);
	}
	double weight = wide_real(all), squares = wide_real(all + 2);

	/* whoever counts for nothing has not answered */
	if (!(weight > 0)) {
		g->n = 0;
		return;
	}
	g->effective = weight * weight / squares;
	for (size_t i = 0; i < k; i++)
		g->share[i] = wide_real(cell + wide_at(s, i)) / weight;
}

struct score_group score_group(const struct score_shape *s,
			       const uint64_t *cell)
{
	struct score_group g = group_new_of(s);

	g.weighted = s->weighted;
	add_counts(&g, cell);
	if (g.n && s->weighted) {
		set_weighted(&g, s, cell);
	} else if (g.n) {
		g.effective = (double)g.n;
		for (size_t i = 0; i < score_count(g.scale); i++)
			g.share[i] = (double)g.count[i] / (double)g.n;
	}
	return g;
}

struct score_group score_stratified(const struct score_shape *s,
				    const uint64_t *cell, size_t n,
				    const double *population)
{
	struct score_group g = group_new_of(s);
	size_t words = score_words(s);
	double whole = 0, squares = 0;

	g.weighted = true;
	for (size_t h = 0; h < n; h++) {
		add_counts(&g, cell + h * words);
		if (score_answers(s, cell + h * words))
			whole += population[h];
		else
			g.strata_missing++;
	}
	for (size_t h = 0; h < n; h++) {
		const uint64_t *c = cell + h * words;
		double answers = (double)score_answers(s, c);
		double part = population[h] / whole;

		if (answers == 0)
			continue;
		squares += part * part / answers;
		for (size_t i = 0; i < score_count(g.scale); i++)
			g.share[i] += part * (double)c[1 + i] / answers;
	}
	if (g.n)
		g.effective = 1 / squares;
	return g;
}

/* ---- net promoter score ---- */

struct nps_counts score_nps_counts(const struct score_group *g)
{
	struct nps_counts c = { 0 };

	for (size_t i = 0; i < score_count(g->scale); i++)
		nps_add_many(&c, g->scale, g->scale->low + (int64_t)i,
			     g->count[i]);
	return c;
}

struct nps_result score_nps(const struct score_group *g,
			    enum nps_method method)
{
	struct nps_counts c = score_nps_counts(g);
	struct nps_result r;
	double p = 0, d = 0;

	if (!g->weighted)
		return nps_finish_by(&c, method);
	for (size_t i = 0; i < score_count(g->scale); i++) {
		int64_t score = g->scale->low + (int64_t)i;

		p += score >= g->scale->promoter ? g->share[i] : 0;
		d += score <= g->scale->detractor ? g->share[i] : 0;
	}
	r = nps_effective(p, d, g->effective, method);
	r.n = g->n;
	return r;
}

/* ---- top boxes ---- */

struct score_top score_top(const struct score_group *g, int64_t from)
{
	struct score_top t = { 0 };
	struct rates_interval ci;

	for (size_t i = 0; i < score_count(g->scale); i++)
		if (g->scale->low + (int64_t)i >= from) {
			t.count += g->count[i];
			t.share += g->share[i];
		}
	if (!g->weighted)
		t.share = (double)t.count / (double)g->n;
	t.share = fmin(t.share, 1);
	t.se = sqrt(t.share * (1 - t.share) / g->effective);
	ci = rates_share_of(t.share, g->effective);
	t.low = ci.low;
	t.high = ci.high;
	return t;
}

/* ---- mean ---- */

static void mean_interval(struct score_mean *m, const struct score_group *g)
{
	double low = (double)g->scale->low, high = (double)g->scale->high;
	double off;

	if (m->se > 0) {
		off = student_t(g->effective - 1, 0.975) * m->se;
		m->low = fmax(low, m->mean - off);
		m->high = fmin(high, m->mean + off);
	} else {
		struct rates_interval ci = rates_share_of(
			(m->mean - low) / (high - low), g->effective);

		m->low = low + ci.low * (high - low);
		m->high = low + ci.high * (high - low);
	}
}

static double mean_square(const struct score_group *g, double mean)
{
	double square = 0;

	for (size_t i = 0; i < score_count(g->scale); i++) {
		double off = (double)g->scale->low + (double)i - mean;

		square += g->share[i] * off * off;
	}
	return square;
}

/* Of answers without weights by whole numbers, which are exact. */
static double mean_of(const struct score_group *g)
{
	__int128 sum = 0;
	double mean = 0;

	for (size_t i = 0; i < score_count(g->scale); i++) {
		sum += (__int128)g->count[i] * (g->scale->low + (int64_t)i);
		mean += g->share[i] * ((double)g->scale->low + (double)i);
	}
	return g->weighted ? mean : (double)sum / (double)g->n;
}

struct score_mean score_mean(const struct score_group *g)
{
	struct score_mean m = { .mean = mean_of(g), .sd = NAN, .se = NAN };
	double freedom = g->effective - 1;

	if (freedom > 0) {
		m.sd = sqrt(mean_square(g, m.mean) * g->effective / freedom);
		m.se = m.sd / sqrt(g->effective);
	}
	mean_interval(&m, g);
	return m;
}
