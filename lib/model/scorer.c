/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of customers, with what they share computed once. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/gamgam.h"
#include "model/scorer.h"

enum { FIRST_SLOTS = 1024 };

/* What a customer who is alive is expected to do; empty when T < 0. */
struct prospect {
	double x, T;
	double t_x;		/* 0 where the model does not ask */
	double purchases, discounted;
};

struct scorer {
	struct scorer_models models;
	struct discount discount;
	struct prospect *slot;	/* open addressing, a power of two of them */
	size_t slots, used;
};

static struct prospect *new_slots(size_t n)
{
	struct prospect *slot = mem_alloc(n, sizeof(*slot));

	for (size_t i = 0; i < n; i++)
		slot[i].T = -1;
	return slot;
}

struct scorer *scorer_new(const struct scorer_models *models,
			  const struct discount *discount)
{
	struct scorer *s = mem_alloc(1, sizeof(*s));

	*s = (struct scorer){ .models = *models,
			      .discount = *discount,
			      .slot = new_slots(FIRST_SLOTS),
			      .slots = FIRST_SLOTS };
	return s;
}

void scorer_free(struct scorer *s)
{
	free(s->slot);
	free(s);
}

static uint64_t bits(double v)
{
	uint64_t b;

	memcpy(&b, &v, sizeof(b));
	return b;
}

/* The slot that holds the history, or the empty one where it belongs. */
static struct prospect *find(const struct scorer *s, double x, double t_x,
			     double T)
{
	uint64_t h = ((bits(x) * 31 + bits(T)) * 31 + bits(t_x)) *
		     UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h >> 32) & (s->slots - 1);

	while (s->slot[i].T >= 0 &&
	       (s->slot[i].x != x || s->slot[i].T != T ||
		s->slot[i].t_x != t_x))
		i = (i + 1) & (s->slots - 1);
	return &s->slot[i];
}

static void grow(struct scorer *s)
{
	struct prospect *old = s->slot;
	size_t n = s->slots;

	s->slots = 2 * n;
	s->slot = new_slots(s->slots);
	for (size_t i = 0; i < n; i++)
		if (old[i].T >= 0)
			*find(s, old[i].x, old[i].t_x, old[i].T) = old[i];
	free(old);
}

/* One customer's expectation as a function of time. */
struct outlook {
	const struct scorer_models *models;
	struct buyer buyer;
};

static double purchases_until(double t, void *ctx)
{
	const struct outlook *o = ctx;

	return o->models->model->if_alive(o->models->parameter, &o->buyer, t);
}

static struct prospect make_prospect(const struct scorer *s,
				     struct buyer b)
{
	struct outlook o = { &s->models, b };
	struct prospect p = { .x = b.x, .T = b.T, .t_x = b.t_x };

	p.purchases = purchases_until(s->discount.horizon, &o);
	p.discounted = p.purchases;
	if (s->models.has_spend)
		p.discounted = discount_expected(
			&s->discount, s->models.model->bend(
				s->models.parameter, b.T), purchases_until, &o);
	return p;
}

static const struct prospect *prospect_of(struct scorer *s, struct buyer b)
{
	b.t_x = s->models.model->paced ? b.t_x : 0;
	struct prospect *p = find(s, b.x, b.t_x, b.T);

	if (p->T >= 0)
		return p;
	if (s->used >= s->slots / 2) {
		grow(s);
		p = find(s, b.x, b.t_x, b.T);
	}
	*p = make_prospect(s, b);
	s->used++;
	return p;
}

/* No interval of purchases goes beyond. */
#define COUNT_MAX 1e6

/* The smallest number of purchases that is not exceeded with at least the
 * probability q; from `from` on, below which *below lies in all. */
static double quantile(const struct scorer_models *m, const struct buyer *b,
		       double alive, double t, double q, double from,
		       double *below)
{
	double y = from;

	/* the last digits of a sum may be missing */
	for (; y < COUNT_MAX; y++) {
		double now = *below + alive * m->model->later(m->parameter, b,
							      y, t);

		if (now >= q - 1e-9)
			break;
		*below = now;
	}
	return y;
}

struct score_details scorer_details(const struct scorer *s,
				    const struct buyer *b,
				    const struct score *score)
{
	const struct scorer_models *m = &s->models;
	struct outlook o = { m, *b };
	struct discount for_ever = { .horizon = INFINITY,
				     .rate = s->discount.rate,
				     .step = s->discount.step };
	double t = s->discount.horizon, below = 1 - score->alive;
	struct score_details d = { .dert = NAN };

	d.alive_then = score->alive * m->model->stay(m->parameter, b, t);
	d.low = quantile(m, b, score->alive, t, 0.025, 0, &below);
	d.high = quantile(m, b, score->alive, t, 0.975, d.low, &below);
	if (for_ever.rate > 0)
		d.dert = score->alive *
			 discount_expected(&for_ever,
					   m->model->bend(m->parameter, b->T),
					   purchases_until, &o);
	d.lifetime_value = d.dert * score->spend;
	return d;
}

struct score scorer_score(struct scorer *s, const struct buyer *b)
{
	const struct prospect *p = prospect_of(s, *b);
	struct score score = { .spend = NAN };

	score.alive = s->models.model->alive(s->models.parameter, b);
	score.purchases = score.alive * p->purchases;
	if (s->models.has_spend)
		score.spend = gamgam_expected(s->models.spend, b->x, b->z);
	score.if_alive = p->discounted * score.spend;
	score.clv = score.alive * score.if_alive;
	return score;
}
