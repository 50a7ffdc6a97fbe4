/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three ways to tell what a change of the income came from. */
#include "cmd/mix/growth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/growth.h"

static struct line *add_line(struct effect_list *l, struct text name)
{
	l->at = mem_grow(l->at, l->n, &l->cap, sizeof(*l->at));
	l->at[l->n] = (struct line){.name = name};
	return &l->at[l->n++];
}

struct line *growth_add_fen(struct effect_list *l, struct text name,
			    const money_wide fen[2])
{
	struct line *one = add_line(l, name);

	for (int s = 0; s < 2; s++) {
		one->fen[s] = fen[s];
		one->figure[s] = FIGURE_FEN;
	}
	one->amount = fen[1] - fen[0];
	return one;
}

/* ---- drivers ---- */

struct kinds {
	struct group *keys; /* label, NUL, kind */
	struct growth_kind *at;
	uint32_t *label;
	size_t n;
};

static struct kinds collect_kinds(const struct sides *s)
{
	struct kinds k = {.keys = group_new(0, 0, NULL, NULL)};
	size_t n = mix_groups(s->mix);

	k.at = mem_zalloc(n, sizeof(*k.at));
	k.label = mem_alloc(n, sizeof(*k.label));
	for (size_t i = 0; i < n; i++) {
		struct sides_key key = sides_key(s, i);
		struct mix_group g;
		size_t at;

		if (key.part != PART_KIND)
			continue;
		g = mix_group(s->mix, i);
		at = group_intern(k.keys, key.rest);
		k.label[at] = key.label;
		k.at[at].purchases[key.side] = g.purchases;
		k.at[at].paid[key.side] = g.amount;
	}
	k.n = group_count(k.keys);
	return k;
}

static struct growth_sums *collect_sums(const struct growth *w)
{
	struct growth_sums *sums = mem_zalloc(w->n, sizeof(*sums));
	const struct sides *s = &w->sides;

	for (size_t i = 0; i < mix_groups(s->mix); i++) {
		struct sides_key key = sides_key(s, i);
		struct mix_group g = mix_group(s->mix, i);
		struct growth_sums *one = &sums[key.label];

		if (key.part == PART_WHOLE) {
			one->customers[key.side] = g.customers;
			one->purchases[key.side] = g.purchases;
		} else if (key.part == PART_REFUNDS) {
			one->refunds[key.side] = g.amount;
		}
	}
	return sums;
}

static void add_driver(struct effect_list *l, const struct growth_sums *sums,
		       enum growth_driver d, money_wide amount)
{
	struct line *one = add_line(l, text_of(growth_driver_name(d)));
	bool money = d == GROWTH_TICKET || d == GROWTH_REFUNDS;

	one->amount = amount;
	for (int s = 0; s < 2; s++) {
		if (!growth_level(sums, d, s, &one->real[s]))
			continue;
		one->figure[s] = money ? FIGURE_FEN : FIGURE_REAL;
		if (d == GROWTH_REFUNDS)
			one->fen[s] = sums->refunds[s];
		else if (money)
			one->fen[s] = growth_ticket(sums, s);
	}
}

static void fill_drivers(struct growth *w)
{
	struct growth_sums *sums = collect_sums(w);
	struct kinds k = collect_kinds(&w->sides);
	uint32_t *sorted = group_sorted(k.keys);
	struct growth_kind *own = mem_alloc(k.n, sizeof(*own));

	/* sorted, the kinds of one label stand together */
	for (size_t i = 0; i < k.n; i++) {
		struct growth_sums *one = &sums[k.label[sorted[i]]];

		own[i] = k.at[sorted[i]];
		if (!one->n++)
			one->kind = &own[i];
	}
	for (size_t i = 0; i < w->n; i++) {
		money_wide fen[GROWTH_DRIVERS];

		growth_drivers(&sums[i], fen);
		for (int d = 0; d < GROWTH_DRIVERS; d++)
			add_driver(&w->of[i], &sums[i], (enum growth_driver)d,
				   fen[d]);
	}
	group_free(k.keys);
	free(k.at);
	free(k.label);
	free(sorted);
	free(own);
	free(sums);
}

/* ---- sources ---- */

/* Amounts of words that are none of the sources, or of no word. */
struct other {
	struct text word;
	uint32_t label;
	money_wide fen[2];
};

static int by_word(const void *a, const void *b)
{
	const struct other *x = a, *y = b;

	return text_cmp(x->word, y->word);
}

bool growth_is_tagged(const struct sides *s)
{
	for (size_t i = 0; i < mix_groups(s->mix); i++) {
		struct sides_key key = sides_key(s, i);

		if (key.part == PART_SOURCE && key.detail.n)
			return true;
	}
	return false;
}

/* Every group has a line of each source and of what is untagged. */
static void add_sources(struct growth *w)
{
	static const money_wide nothing[2] = {0};

	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < sources_count(w->sources); k++)
			growth_add_fen(&w->of[i], sources_name(w->sources, k),
				       nothing);
}

static void add_to(struct line *l, int side, money_wide fen)
{
	l->fen[side] += fen;
	l->amount = l->fen[1] - l->fen[0];
}

/* Untagged ones last. */
static void add_others(struct growth *w, struct other *o, size_t n)
{
	money_wide(*untagged)[2] = mem_zalloc(w->n, sizeof(*untagged));

	if (n)
		qsort(o, n, sizeof(*o), by_word);
	for (size_t i = 0; i < n; i++)
		if (o[i].word.n)
			growth_add_fen(&w->of[o[i].label], o[i].word, o[i].fen);
		else
			memcpy(untagged[o[i].label], o[i].fen,
			       sizeof(o[i].fen));
	for (size_t i = 0; i < w->n; i++)
		growth_add_fen(&w->of[i], TEXT("untagged"), untagged[i]);
	free(untagged);
}

static void fill_sources(struct growth *w)
{
	const struct sides *s = &w->sides;
	struct group *keys = group_new(0, 0, NULL, NULL);
	struct other *other = mem_zalloc(mix_groups(s->mix), sizeof(*other));

	add_sources(w);
	for (size_t i = 0; i < mix_groups(s->mix); i++) {
		struct sides_key key = sides_key(s, i);
		money_wide fen = mix_group(s->mix, i).amount;
		size_t source;

		if (key.part != PART_SOURCE)
			continue;
		source = sources_find(w->sources, key.detail);
		if (source != SIZE_MAX) {
			add_to(&w->of[key.label].at[source], key.side, fen);
			continue;
		}
		size_t at = group_intern(keys, key.rest);
		other[at].word = key.detail;
		other[at].label = key.label;
		other[at].fen[key.side] = fen;
	}
	add_others(w, other, group_count(keys));
	group_free(keys);
	free(other);
}

/* ---- customers ---- */

static struct growth_customer customer_of(const struct purse *p)
{
	struct growth_customer c = {
		.bought = {(p->met & BOUGHT_0) != 0, (p->met & BOUGHT_1) != 0},
		.before = (p->met & BOUGHT_BEFORE) != 0,
	};

	memcpy(c.fen, p->fen, sizeof(c.fen));
	return c;
}

static void fill_customers(struct growth *w)
{
	static const money_wide nothing[2] = {0};
	const struct sides *s = &w->sides;

	for (size_t i = 0; i < w->n; i++)
		for (int m = 0; m < GROWTH_MOVES; m++)
			growth_add_fen(
				&w->of[i],
				text_of(growth_move_name((enum growth_move)m)),
				nothing);
	for (size_t i = 0; i < purses_count(s->purses); i++) {
		struct purse p = purses_at(s->purses, i);
		struct growth_customer c = customer_of(&p);
		struct line *l;

		if (!sides_counts(&p))
			continue;
		l = &w->of[group_find(s->labels, p.label)]
			     .at[growth_move_of(&c)];
		l->customers++;
		for (int side = 0; side < 2; side++)
			add_to(l, side, c.fen[side]);
	}
}

/* ---- one of them ---- */

void growth_fill(struct growth *w)
{
	if (w->effects == SOURCES)
		fill_sources(w);
	else if (w->effects == CUSTOMERS_MOVED)
		fill_customers(w);
	else
		fill_drivers(w);
}
