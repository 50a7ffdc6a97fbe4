/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix --growth: what the change of the income between two periods came
 * from; by group, and to the fen.
 */
#include "cmd/mix/growth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/growth.h"

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
	total = growth_add_fen(l, TEXT("total"), income);
	total->customers = customers;
	total->tenths = 1000;
	total->shared = sum != 0;
}

static void fill(struct growth *w)
{
	money_wide(*income)[2] = mem_alloc(w->n, sizeof(*income));

	growth_fill(w);
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
		w.effects = growth_is_tagged(&w.sides) ? SOURCES : DRIVERS;
	w.n = group_count(w.sides.labels);
	w.of = mem_zalloc(w.n, sizeof(*w.of));
	out = open_result(&w);
	fill(&w);
	write_result(&w, out);
	input_close(in, output_rows(out));
	release(&w);
	return output_close(out);
}
