/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix --growth: what the change of the income between two periods came
 * from; by group, and to the fen.
 */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cmd/mix/sides.h"
#include "cmd/mix/sources.h"
#include "model/growth.h"

enum effects { AUTO, SOURCES, DRIVERS, CUSTOMERS_MOVED };

/* One line of the result: an effect on one group. */
struct line {
	struct text name; /* of the effect */
	money_wide amount;
	/* the effect's own figure in the two periods */
	enum { FIGURE_NONE, FIGURE_FEN, FIGURE_REAL } figure[2];
	money_wide fen[2];
	double real[2];
	uint64_t customers;
	int64_t tenths; /* of a percent of the change */
	bool shared;
};

/* The lines of one group, their sum the last of them. */
struct effect_list {
	struct line *at;
	size_t n, cap;
	money_wide change;
};

struct growth {
	struct sides sides;
	int effects; /* enum effects, never AUTO once the rows are read */
	struct sources *sources;
	struct effect_list *of; /* of each label */
	size_t n;
};

static struct line *add_line(struct effect_list *l, struct text name)
{
	l->at = mem_grow(l->at, l->n, &l->cap, sizeof(*l->at));
	l->at[l->n] = (struct line){.name = name};
	return &l->at[l->n++];
}

static struct line *add_fen(struct effect_list *l, struct text name,
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

static bool is_tagged(const struct sides *s)
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
			add_fen(&w->of[i], sources_name(w->sources, k),
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
			add_fen(&w->of[o[i].label], o[i].word, o[i].fen);
		else
			memcpy(untagged[o[i].label], o[i].fen,
			       sizeof(o[i].fen));
	for (size_t i = 0; i < w->n; i++)
		add_fen(&w->of[i], TEXT("untagged"), untagged[i]);
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
			add_fen(&w->of[i],
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

/* ---- the whole of a group ---- */

/* What the two incomes were, however the change is told. */
static void fill_incomes(struct growth *w, money_wide (*income)[2])
{
	for (size_t i = 0; i < w->n; i++)
		memset(income[i], 0, sizeof(income[i]));
	for (size_t i = 0; i < mix_groups(w->sides.mix); i++) {
		struct sides_key key = sides_key(&w->sides, i);

		if (key.part == PART_WHOLE)
			income[key.label][key.side] =
				mix_group(w->sides.mix, i).amount;
	}
}

static void add_shares(struct effect_list *l)
{
	money_wide *fen = mem_alloc(l->n, sizeof(*fen));
	int64_t *tenths = mem_alloc(l->n, sizeof(*tenths));
	bool shared;

	for (size_t i = 0; i < l->n; i++)
		fen[i] = l->at[i].amount;
	shared = growth_shares(fen, l->n, tenths);
	for (size_t i = 0; i < l->n && shared; i++) {
		l->at[i].tenths = tenths[i];
		l->at[i].shared = true;
	}
	free(fen);
	free(tenths);
}

static void add_total(struct effect_list *l, const money_wide income[2])
{
	uint64_t customers = 0;
	money_wide sum = 0;
	struct line *total;

	for (size_t i = 0; i < l->n; i++) {
		sum += l->at[i].amount;
		customers += l->at[i].customers;
	}
	l->change = income[1] - income[0];
	if (sum != l->change)
		bug("the effects do not add up to the change");
	add_shares(l);
	total = add_fen(l, TEXT("total"), income);
	total->customers = customers;
	total->tenths = 1000;
	total->shared = sum != 0;
}

static void fill(struct growth *w)
{
	money_wide(*income)[2] = mem_alloc(w->n, sizeof(*income));

	if (w->effects == SOURCES)
		fill_sources(w);
	else if (w->effects == CUSTOMERS_MOVED)
		fill_customers(w);
	else
		fill_drivers(w);
	fill_incomes(w, income);
	for (size_t i = 0; i < w->n; i++)
		add_total(&w->of[i], income[i]);
	free(income);
}

/* ---- the result ---- */

static struct output *open_result(const struct growth *w)
{
	static const struct output_column columns[] = {
		{"driver", COL_TEXT},	 {"before", COL_REAL},
		{"after", COL_REAL},	 {"amount", COL_MONEY},
		{"share_pct", COL_REAL}, {"method", COL_TEXT},
		{"customers", COL_INT},
	};
	size_t n = NELEMS(columns) - (w->effects != CUSTOMERS_MOVED);

	return sides_output(&w->sides, columns, n);
}

static void put_figure(const struct line *l, int side, struct output *out)
{
	if (l->figure[side] == FIGURE_FEN)
		output_money_wide(out, l->fen[side]);
	else if (l->figure[side] == FIGURE_REAL)
		output_real(out, l->real[side]);
	else
		output_empty(out);
}

static void write_line(const struct growth *w, uint32_t label,
		       const struct line *l, struct output *out)
{
	static const char *const method[] = {
		[SOURCES] = "growth_source (seed 000)",
		[DRIVERS] = "Shapley (1953)",
		[CUSTOMERS_MOVED] = "customer by customer",
	};

	sides_put(&w->sides, label, out);
	output_text(out, l->name);
	put_figure(l, 0, out);
	put_figure(l, 1, out);
	output_money_wide(out, l->amount);
	if (l->shared)
		output_tenths(out, l->tenths);
	else
		output_empty(out);
	output_str(out, method[w->effects]);
	if (w->effects == CUSTOMERS_MOVED)
		output_int(out, (int64_t)l->customers);
	output_end(out);
}

static money_wide size_of(money_wide change)
{
	return change < 0 ? -change : change;
}

static int by_change(const void *a, const void *b, void *ctx)
{
	const size_t *x = a, *y = b;
	const struct growth *w = ctx;
	money_wide cx = size_of(w->of[w->sides.order[*x]].change);
	money_wide cy = size_of(w->of[w->sides.order[*y]].change);

	if (cx != cy)
		return cx > cy ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

/* Groups whose income changed most come first. */
static void write_result(struct growth *w, struct output *out)
{
	size_t *place = mem_alloc(w->n, sizeof(*place));

	for (size_t i = 0; i < w->n; i++)
		place[i] = i;
	if (w->n)
		qsort_r(place, w->n, sizeof(*place), by_change, w);
	for (size_t i = 0; i < w->n; i++) {
		uint32_t label = (uint32_t)w->sides.order[place[i]];

		for (size_t k = 0; k < w->of[label].n; k++)
			write_line(w, label, &w->of[label].at[k], out);
	}
	free(place);
}

/* ---- the run ---- */

static unsigned wanted(int effects)
{
	switch (effects) {
	case SOURCES:
		return SIDES_WHOLE | SIDES_SOURCES;
	case CUSTOMERS_MOVED:
		return SIDES_WHOLE | SIDES_BUYERS | SIDES_HISTORY;
	case DRIVERS:
		return SIDES_WHOLE | SIDES_KINDS;
	default:
		return SIDES_WHOLE | SIDES_KINDS | SIDES_SOURCES;
	}
}

static void release(struct growth *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->of[i].at);
	free(w->of);
	sources_close(w->sources);
	sides_release(&w->sides);
}

int growth_run(struct mix_options *o, char **files, size_t nfiles)
{
	struct growth w = {.effects = o->effects};
	struct input *in;
	struct output *out;

	w.sides = sides_make(o, "--growth", wanted(o->effects), o->against);
	w.sources = sources_open(o->sources);
	in = sides_open(&w.sides, files, nfiles);
	if (w.effects == SOURCES && !w.sides.tagged)
		die_usage("--effects sources: the rows have no column "
			  "`growth_source`");
	sides_read(&w.sides, in);
	if (w.effects == AUTO)
		w.effects = is_tagged(&w.sides) ? SOURCES : DRIVERS;
	w.n = group_count(w.sides.labels);
	w.of = mem_zalloc(w.n, sizeof(*w.of));
	out = open_result(&w);
	fill(&w);
	write_result(&w, out);
	input_close(in, output_rows(out));
	release(&w);
	return output_close(out);
}
