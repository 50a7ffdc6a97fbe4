/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix --market: the four forms of a market, by own share and the market's
 * growth. What the market was is told by a file of totals, or by the rows
 * that say `competitor` yes.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cmd/mix/sides.h"
#include "model/market.h"

/* Sums of one segment; whole: of the market, [0] the earlier period. */
struct segment {
	money_wide own[2], whole[2];
};

struct markets {
	struct sides sides;
	bool units;	    /* purchases, not money */
	struct segment *of; /* of each label */
	size_t n, cap;
	struct market *market; /* in the order of the result */
	uint32_t *label;
	struct market_cuts cuts;
};

static struct segment *segment_of(struct markets *w, size_t label)
{
	while (w->n <= label) {
		w->of = mem_grow(w->of, w->n, &w->cap, sizeof(*w->of));
		w->of[w->n++] = (struct segment){{0}, {0}};
	}
	return &w->of[label];
}

static void add_rows(struct markets *w)
{
	const struct sides *s = &w->sides;

	for (size_t i = 0; i < group_count(s->labels); i++)
		segment_of(w, i);
	for (size_t i = 0; i < mix_groups(s->mix); i++) {
		struct sides_key key = sides_key(s, i);
		struct mix_group g = mix_group(s->mix, i);
		money_wide v = w->units ? (money_wide)g.purchases : g.amount;

		if (key.part == PART_WHOLE)
			w->of[key.label].own[key.side] = v;
		if (!s->o->totals)
			w->of[key.label].whole[key.side] += v;
	}
}

/* A column that says nothing is no market: all would be the own one. */
static void need_rivals(const struct sides *s)
{
	bool rows = mix_groups(s->mix) > 0;

	for (size_t i = 0; i < mix_groups(s->mix); i++)
		if (sides_key(s, i).part == PART_RIVALS)
			return;
	if (rows)
		die_usage("--market: no row of the two periods says "
			  "`competitor` yes; --totals FILE says what the "
			  "market was");
}

/* ---- a file of totals ---- */

enum { PERIOD, AMOUNT, UNITS, COLUMNS };

static bool lies_in(struct day_range r, struct day_range outer)
{
	return r.first >= outer.first && r.last <= outer.last;
}

static void add_total(struct markets *w, const struct cell *c,
		      struct day_range r, struct buf *label)
{
	money_wide v = w->units ? c[UNITS].whole : c[AMOUNT].fen;

	buf_clear(label);
	for (size_t i = 0; i < w->sides.dims.n; i++) {
		if (i)
			buf_addc(label, '\0');
		buf_addt(label, c[COLUMNS + i].text);
	}
	size_t at = group_intern(w->sides.labels, buf_text(label));

	for (int side = 0; side < 2; side++)
		if (lies_in(r, w->sides.range[side]))
			segment_of(w, at)->whole[side] += v;
}

static void read_row(struct markets *w, struct input *in, const struct cell *c,
		     struct buf *label)
{
	int column = w->units ? UNITS : AMOUNT;
	int64_t v = w->units ? c[UNITS].whole : c[AMOUNT].fen;
	struct day_range r;

	if (!day_period(c[PERIOD].text, DAY_NONE, &r))
		input_reject(in, PERIOD, REASON_BAD_DATE,
			     "it is no period such as 2025-10 or 2025Q3");
	else if (!lies_in(r, w->sides.range[0]) &&
		 !lies_in(r, w->sides.range[1]))
		input_skip(in);
	else if (v < 0)
		input_reject(in, column, REASON_OUT_OF_RANGE,
			     "a market is not below 0");
	else
		add_total(w, c, r, label);
}

static void read_totals(struct markets *w, const char *path)
{
	struct input_column c[COLUMNS + DIMS_MAX] = {
		[PERIOD] = {"period", COL_TEXT, INPUT_FILLED},
		[AMOUNT] = {"amount", COL_MONEY,
			    w->units ? INPUT_OPTIONAL : INPUT_FILLED},
		[UNITS] = {"units", COL_INT,
			   w->units ? INPUT_FILLED : INPUT_OPTIONAL},
	};
	char *files[] = {(char *)(uintptr_t)path, NULL};
	struct buf label = {0};
	struct common common;
	struct input *in;
	struct row row;

	for (size_t i = 0; i < w->sides.dims.n; i++)
		c[COLUMNS + i] = (struct input_column){
			w->sides.dims.dim[i].name, COL_TEXT, INPUT_REQUIRED};
	common_beside(&common);
	in = input_open(&common, NULL, c, COLUMNS + w->sides.dims.n, files, 1);
	while (input_next(in, &row))
		read_row(w, in, row.cell, &label);
	input_close(in, 0);
	buf_release(&label);
}

/* ---- the forms ---- */

/* The largest market first, equal ones bytewise. */
static int by_size(const void *a, const void *b, void *ctx)
{
	const uint32_t *x = a, *y = b;
	const struct markets *w = ctx;
	money_wide wx = w->of[*x].whole[1], wy = w->of[*y].whole[1];

	if (wx != wy)
		return wx > wy ? -1 : 1;
	return text_cmp(group_key(w->sides.labels, *x),
			group_key(w->sides.labels, *y));
}

static void set_cuts(struct markets *w)
{
	const struct mix_options *o = w->sides.o;

	if (!market_mean_cuts(w->market, w->n, &w->cuts))
		die("the market is too large");
	if (!isnan(o->share_cut))
		w->cuts.share = market_percent(o->share_cut);
	if (!isnan(o->growth_cut))
		w->cuts.growth = market_percent(o->growth_cut);
}

/* Own sales are part of the market: where they are more, the totals are of
 * something else. */
static void check_total(const struct markets *w, const struct segment *s,
			int side)
{
	if (w->sides.o->totals && s->whole[side] > 0 &&
	    s->own[side] > s->whole[side])
		die("%s: a market of %s is smaller than what was sold here; "
		    "own sales are part of it",
		    w->sides.o->totals, w->sides.name[side]);
}

static void settle(struct markets *w)
{
	w->label = mem_alloc(w->n, sizeof(*w->label));
	w->market = mem_alloc(w->n, sizeof(*w->market));
	for (size_t i = 0; i < w->n; i++)
		w->label[i] = (uint32_t)i;
	if (w->n)
		qsort_r(w->label, w->n, sizeof(*w->label), by_size, w);
	for (size_t i = 0; i < w->n; i++)
		for (int side = 0; side < 2; side++) {
			const struct segment *s = &w->of[w->label[i]];

			check_total(w, s, side);
			w->market[i].own[side] = output_narrow(s->own[side]);
			w->market[i].whole[side] =
				output_narrow(s->whole[side]);
		}
	set_cuts(w);
}

/* ---- the result ---- */

static struct output *open_result(const struct markets *w)
{
	enum col_type sum = w->units ? COL_INT : COL_MONEY;
	const struct output_column columns[] = {
		{"own", sum},
		{"market", sum},
		{"share", COL_SHARE},
		{"own_before", sum},
		{"market_before", sum},
		{"own_growth_pct", COL_REAL},
		{"growth_pct", COL_REAL},
		{"form", COL_TEXT},
		{"share_cut_pct", COL_REAL},
		{"growth_cut_pct", COL_REAL},
	};

	return sides_output(&w->sides, columns, NELEMS(columns));
}

static void put_sum(const struct markets *w, int64_t v, struct output *out)
{
	if (w->units)
		output_int(out, v);
	else
		output_money(out, v);
}

/* numerator / denominator in percent, with two decimals */
static void put_percent(money_wide numerator, money_wide denominator,
			struct output *out)
{
	if (denominator > 0)
		output_real(out, (double)money_ratio(numerator * 100,
						     denominator, 2) /
					 100.0);
	else
		output_empty(out);
}

static void write_market(const struct markets *w, size_t i, struct output *out)
{
	const struct market *m = &w->market[i];

	sides_put(&w->sides, w->label[i], out);
	put_sum(w, m->own[1], out);
	put_sum(w, m->whole[1], out);
	output_share(out, m->own[1], m->whole[1]);
	put_sum(w, m->own[0], out);
	put_sum(w, m->whole[0], out);
	put_percent((money_wide)m->own[1] - m->own[0], m->own[0], out);
	put_percent((money_wide)m->whole[1] - m->whole[0], m->whole[0], out);
	output_str(out, market_form_name(market_form_of(m, &w->cuts)));
	put_percent(w->cuts.share.numerator, w->cuts.share.denominator, out);
	put_percent(w->cuts.growth.numerator, w->cuts.growth.denominator, out);
	output_end(out);
}

/* ---- the run ---- */

static void check(const struct mix_options *o)
{
	bool cut = !isnan(o->share_cut) && !isnan(o->growth_cut);

	if (o->measure != MEASURE_AUTO && o->measure != AMOUNTS &&
	    o->measure != PURCHASES)
		die_usage("--market: --measure is amount or purchases");
	if (!o->common.by && !cut)
		die_usage("--market: --by says the segments; without it "
			  "--share-cut and --growth-cut are needed");
	if (o->share_cut < 0 || o->share_cut > 100)
		die_usage("--share-cut: not 0 to 100 percent");
	if (fabs(o->growth_cut) > 1e6)
		die_usage("--growth-cut: not a percentage of growth");
	if (o->totals && strcmp(o->totals, "-") == 0)
		die_usage("--totals: standard input is where the rows come "
			  "from; give the totals by their name");
}

int market_run(struct mix_options *o, char **files, size_t nfiles)
{
	unsigned want = SIDES_WHOLE | SIDES_MEASURED;
	struct markets w = {.units = o->measure == PURCHASES};
	struct input *in;
	struct output *out;

	check(o);
	w.sides =
		sides_make(o, "--market",
			   o->totals ? want : want | SIDES_RIVALS, o->against);
	in = sides_open(&w.sides, files, nfiles);
	if (!o->totals && !w.sides.rivals)
		die_usage("--market: the rows have no column `competitor`; "
			  "--totals FILE says what the market was");
	out = open_result(&w);
	sides_read(&w.sides, in);
	if (!o->totals)
		need_rivals(&w.sides);
	add_rows(&w);
	if (o->totals)
		read_totals(&w, o->totals);
	settle(&w);
	for (size_t i = 0; i < w.n; i++)
		write_market(&w, i, out);
	input_close(in, output_rows(out));
	sides_release(&w.sides);
	free(w.of);
	free(w.market);
	free(w.label);
	return output_close(out);
}
