/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that only the end of the data tells of a customer: the tier among all
 * that bought in the span, and whether the first purchase lies in the period.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/mix/mix.h"
#include "model/tier.h"

/* As crm-tier has it. */
#define INACTIVE_MONTHS 12

/* What one customer did in one span. */
struct total {
	/* Wide: groups come in any order, and only the whole may be too
	 * large. */
	money_wide amount;
	int32_t last, active;	/* days; DAY_NONE: none */
	bool known;		/* has rows in the span */
	uint8_t tier;		/* INACTIVE, or of the pyramid */
};

#define INACTIVE UINT8_MAX

/* Of one span, by number of customer. */
static void add_totals(const struct plan *p, const struct mix *m, int span,
		       struct total *total)
{
	for (size_t i = 0; i < mix_groups(m); i++) {
		struct mix_cell c = mix_cell(m, i);
		struct total *t = &total[c.who];
		struct text label;
		struct place at = fold_place(p, c.key, &label);

		if (at.span != span || at.period < p->first_period)
			continue;
		if (!t->known)
			*t = (struct total){ .last = DAY_NONE,
					     .active = DAY_NONE,
					     .known = true };
		t->amount += c.amount;
		if (c.last_day > t->last)
			t->last = c.last_day;
		if (c.active_day > t->active)
			t->active = c.active_day;
	}
}

/* The day on which it is asked who is inactive. */
static int32_t last_day(const struct plan *p, const struct total *total,
			size_t n, int span)
{
	int32_t last = DAY_NONE;

	if (p->o->common.as_of != DAY_NONE)
		return p->range[span].last;
	for (size_t i = 0; i < n; i++)
		if (total[i].known && total[i].last > last)
			last = total[i].last;
	return last;
}

static void rank_span(const struct plan *p, const struct mix *m, int span,
		      struct total *total)
{
	const struct group *customers = mix_customers(m);
	size_t count = group_count(customers), n = 0, tier = 0;
	struct ranked *active = mem_alloc(count, sizeof(*active));
	int32_t since;

	add_totals(p, m, span, total);
	since = last_day(p, total, count, span);
	if (since != DAY_NONE)
		since = day_add_months(since, -INACTIVE_MONTHS);
	for (size_t i = 0; i < count; i++) {
		struct total *t = &total[i];
		int64_t fen;

		if (!money_narrow(t->amount, &fen))
			die("the sum of one customer's amounts is too large");
		t->tier = INACTIVE;
		if (t->known && t->active != DAY_NONE && t->active >= since)
			active[n++] = (struct ranked){ fen, (uint32_t)i };
	}
	rank_descending(active, n, customers);
	for (size_t i = 0; i < n; i++) {
		tier = tier_of(&tier_pyramid, n, i + 1, tier);
		total[active[i].who].tier = (uint8_t)tier;
	}
	free(active);
}

/* The customers' totals in each span, when tiers are asked for. */
struct totals {
	struct total *span[SPANS];
};

static struct totals make_totals(const struct plan *p, const struct mix *m)
{
	size_t n = group_count(mix_customers(m));
	int spans = p->o->compare && !p->o->trend ? SPANS : 1;
	struct totals t = {{ 0 }};

	for (int s = 0; s < spans && dims_have(&p->dims, LATE_TIER); s++) {
		t.span[s] = mem_zalloc(n, sizeof(*t.span[s]));
		rank_span(p, m, s, t.span[s]);
	}
	return t;
}

static struct text tier_name(const struct total *total, uint32_t who)
{
	if (total[who].tier == INACTIVE)
		return TEXT("inactive");
	return tier_pyramid.name[total[who].tier];
}

static struct text newness(const struct mix *m, uint32_t who, int32_t start)
{
	int32_t first = mix_first_day(m, who);

	if (first == DAY_NONE)
		return TEXT("unknown");
	return first >= start ? TEXT("new") : TEXT("existing");
}

/* The whole key of a cell. */
static void settle_key(const struct plan *p, const struct mix *m,
		       const struct totals *totals, const struct mix_cell *c,
		       struct buf *key)
{
	struct text late[LATES] = { 0 }, label;
	struct place at = fold_place(p, c->key, &label);

	if (dims_have(&p->dims, LATE_TIER))
		late[LATE_TIER] = tier_name(totals->span[at.span], c->who);
	if (dims_have(&p->dims, LATE_NEW))
		late[LATE_NEW] = newness(m, c->who, at.start);
	buf_clear(key);
	buf_add(key, c->key.p, c->key.n - label.n);
	dims_fill(&p->dims, label, late, key);
}

static void settle_cells(const struct plan *p, const struct mix *m,
			 struct settled *s)
{
	struct totals totals = make_totals(p, m);
	struct buf key = { 0 };

	s->to = mem_alloc(mix_groups(m), sizeof(*s->to));

	for (size_t i = 0; i < mix_groups(m); i++) {
		struct mix_cell c = mix_cell(m, i);

		settle_key(p, m, &totals, &c, &key);
		s->to[i] = (uint32_t)group_intern(s->keys, buf_text(&key));
	}
	s->n = group_count(s->keys);
	s->sum = mem_zalloc(s->n, sizeof(*s->sum));
	mix_rollup(m, s->to, s->n, s->sum);
	for (size_t i = 0; i < SPANS; i++)
		free(totals.span[i]);
	buf_release(&key);
}

struct settled late_settle(const struct plan *p, const struct mix *m)
{
	struct settled s = { .mix = m, .keys = group_new(0, 0, NULL, NULL) };

	if (dims_have(&p->dims, LATE_TIER) || dims_have(&p->dims, LATE_NEW)) {
		settle_cells(p, m, &s);
	} else {
		s.n = mix_groups(m);
		s.sum = mem_alloc(s.n, sizeof(*s.sum));
		for (size_t i = 0; i < s.n; i++) {
			s.sum[i] = mix_group(m, i);
			group_intern(s.keys, s.sum[i].key);
		}
	}
	for (size_t i = 0; i < s.n; i++)
		s.sum[i].key = group_key(s.keys, i);
	return s;
}

void settled_release(struct settled *s)
{
	group_free(s->keys);
	free(s->sum);
	free(s->to);
}

void settled_rollup(const struct settled *s, const uint32_t *to, size_t n,
		    struct mix_group *sum)
{
	size_t fine = mix_groups(s->mix);
	uint32_t *whole;

	if (!s->to) {
		mix_rollup(s->mix, to, n, sum);
		return;
	}
	whole = mem_alloc(fine, sizeof(*whole));
	for (size_t i = 0; i < fine; i++)
		whole[i] = to[s->to[i]];
	mix_rollup(s->mix, whole, n, sum);
	free(whole);
}
