/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where growth came from. */
#include "model/growth.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/mix.h"
#include "num/shapley.h"

/* Drivers that are factors of the product. */
#define FACTORS GROWTH_REFUNDS

const char *growth_driver_name(enum growth_driver d)
{
	static const char *const names[GROWTH_DRIVERS] = {
		"customers", "frequency", "breadth", "mix", "ticket", "refunds",
	};

	return names[d];
}

/* ---- sums ---- */

static uint64_t counted(const struct growth_sums *s, int side)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->kind[i].purchases[side];
	return n;
}

static money_wide paid(const struct growth_sums *s, int side)
{
	money_wide sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->kind[i].paid[side];
	return sum;
}

money_wide growth_income(const struct growth_sums *s, int side)
{
	return paid(s, side) + s->refunds[side];
}

money_wide growth_ticket(const struct growth_sums *s, int side)
{
	uint64_t n = counted(s, side);

	return n ? money_ratio(paid(s, side), (money_wide)n, 0) : 0;
}

bool growth_level(const struct growth_sums *s, enum growth_driver d, int side,
		  double *level)
{
	uint64_t n = counted(s, side);

	if (d == GROWTH_MIX ||
	    (n == 0 && d != GROWTH_CUSTOMERS && d != GROWTH_REFUNDS))
		return false;
	switch (d) {
	case GROWTH_CUSTOMERS:
		*level = (double)s->customers[side];
		break;
	case GROWTH_FREQUENCY:
		*level =
			(double)s->purchases[side] / (double)s->customers[side];
		break;
	case GROWTH_BREADTH:
		*level = (double)n / (double)s->purchases[side];
		break;
	case GROWTH_TICKET:
		*level = (double)((long double)paid(s, side) / n);
		break;
	default:
		*level = (double)s->refunds[side];
	}
	return true;
}

/* ---- the product ---- */

/* Each factor on each side; paid[m][t] is what is paid by purchase with the
 * mix of side m and the tickets of side t. */
struct product {
	long double customers[2], frequency[2], breadth[2];
	long double mean[2][2];
};

/* What a purchase of the kind cost on a side, or on the other one. */
static long double ticket(const struct growth_kind *k, int side)
{
	if (!k->purchases[side])
		side = !side;
	return (long double)k->paid[side] / (long double)k->purchases[side];
}

static long double mean_ticket(const struct growth_sums *s, int mix, int side)
{
	long double all = (long double)counted(s, mix), sum = 0;

	if (mix == side)
		return (long double)paid(s, side) / all;
	for (size_t i = 0; i < s->n; i++)
		if (s->kind[i].purchases[mix])
			sum += (long double)s->kind[i].purchases[mix] *
			       ticket(&s->kind[i], side);
	return sum / all;
}

/* `from` has purchases; sides without take its figures. */
static void fill_side(struct product *p, const struct growth_sums *s, int side,
		      int from)
{
	p->customers[side] = (long double)s->customers[side];
	p->frequency[side] = (long double)s->purchases[from] /
			     (long double)s->customers[from];
	p->breadth[side] =
		(long double)counted(s, from) / (long double)s->purchases[from];
}

static struct product product_of(const struct growth_sums *s)
{
	struct product p;
	int from[2];

	for (int side = 0; side < 2; side++) {
		from[side] = s->customers[side] ? side : !side;
		fill_side(&p, s, side, from[side]);
	}
	for (int m = 0; m < 2; m++)
		for (int t = 0; t < 2; t++)
			p.mean[m][t] = mean_ticket(s, from[m], from[t]);
	return p;
}

/* Bit d of the set: the driver d is as on side 1. */
static long double product_value(unsigned set, const void *ctx)
{
	const struct product *p = ctx;

	return p->customers[set & 1] * p->frequency[set >> 1 & 1] *
	       p->breadth[set >> 2 & 1] * p->mean[set >> 3 & 1][set >> 4 & 1];
}

void growth_drivers(const struct growth_sums *s, money_wide fen[GROWTH_DRIVERS])
{
	long double effect[FACTORS];
	struct product p;

	for (int d = 0; d < GROWTH_DRIVERS; d++)
		fen[d] = 0;
	fen[GROWTH_REFUNDS] = s->refunds[1] - s->refunds[0];
	if (!s->customers[0] && !s->customers[1])
		return;
	p = product_of(s);
	shapley(FACTORS, product_value, &p, effect);
	growth_round(effect, FACTORS, paid(s, 1) - paid(s, 0), fen);
}

/* ---- rounding ---- */

/* Remainders that differ by less than this part of a fen, which rounding in
 * the sums may make, are equal. */
#define FINENESS 1000000

struct rest {
	int64_t size; /* in the direction of what is left over */
	size_t at;
};

static int64_t whole(long double v)
{
	return (int64_t)(v < 0 ? v - 0.5L : v + 0.5L);
}

static int by_size(const void *a, const void *b)
{
	const struct rest *x = a, *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

void growth_round(const long double *part, size_t n, money_wide total,
		  money_wide *fen)
{
	struct rest *rest = mem_alloc(n, sizeof(*rest));
	money_wide left = total, step, more;

	for (size_t i = 0; i < n; i++) {
		fen[i] = (money_wide)part[i];
		left -= fen[i];
	}
	step = left < 0 ? -1 : 1;
	for (size_t i = 0; i < n; i++)
		rest[i] = (struct rest){whole((part[i] - (long double)fen[i]) *
					      (long double)step * FINENESS),
					i};
	qsort(rest, n, sizeof(*rest), by_size);
	more = left * step;
	for (size_t i = 0; i < n; i++) {
		money_wide each = more / (money_wide)n +
				  ((money_wide)i < more % (money_wide)n);
		fen[rest[i].at] += each * step;
	}
	free(rest);
}

/* ---- customers ---- */

const char *growth_move_name(enum growth_move m)
{
	static const char *const names[GROWTH_MOVES] = {
		"new", "returning", "up", "same", "down", "lost", "idle",
	};

	return names[m];
}

enum growth_move growth_move_of(const struct growth_customer *c)
{
	if (!c->bought[0] && !c->bought[1])
		return GROWTH_IDLE;
	if (!c->bought[1])
		return GROWTH_LOST;
	if (!c->bought[0])
		return c->before ? GROWTH_RETURNING : GROWTH_NEW;
	if (c->fen[0] == c->fen[1])
		return GROWTH_SAME;
	return c->fen[1] > c->fen[0] ? GROWTH_UP : GROWTH_DOWN;
}

/* ---- shares ---- */

bool growth_shares(const money_wide *fen, size_t n, int64_t *tenths)
{
	money_wide *value = mem_alloc(n, sizeof(*value)), total = 0;
	bool good;

	for (size_t i = 0; i < n; i++)
		total += fen[i];
	for (size_t i = 0; i < n; i++)
		value[i] = total < 0 ? -fen[i] : fen[i];
	good = mix_shares(value, n, 1000, tenths);
	free(value);
	return good;
}
