/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --cdv: customer delivered value, what customers get less what it costs them,
 * by items that a data file finds among the questions.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/share.h"
#include "cmd/nps/figures.h"
#include "cmd/nps/responses.h"
#include "model/delivered.h"

static const char *items;	/* --items */

/* ---- the items ---- */

enum { ITEM_QUESTION, ITEM_NAME, ITEM_SIDE, ITEM_LOW, ITEM_HIGH, ITEM_COLUMNS };

static _Noreturn void refuse(const struct row *row, const char *why)
{
	die("%s:%llu: %s", row->file, (unsigned long long)row->line, why);
}

static void add_item(struct delivered *d, const struct row *row)
{
	static const char *const why[DELIVERED_FAULTS] = {
		[DELIVERED_TWICE] = "the question has a line already",
		[DELIVERED_TWO_SIDES] = "the item is of the other side too",
		[DELIVERED_NO_SCALE] = "low and high are no scale",
		[DELIVERED_TOO_MANY] = "more items than 32",
	};
	const struct cell *c = row->cell;
	bool cost = text_is(c[ITEM_SIDE].text, "cost");
	enum delivered_fault fault;

	if (!cost && !text_is(c[ITEM_SIDE].text, "value"))
		refuse(row, "side is neither value nor cost");
	fault = delivered_ask(d, c[ITEM_QUESTION].text, c[ITEM_NAME].text,
			      cost ? DELIVERED_COST : DELIVERED_VALUE,
			      c[ITEM_LOW].real, c[ITEM_HIGH].real);
	if (fault != DELIVERED_FINE)
		refuse(row, why[fault]);
}

static void read_items(struct delivered *d)
{
	static const struct input_column columns[ITEM_COLUMNS] = {
		[ITEM_QUESTION] = { "question", COL_TEXT, INPUT_FILLED },
		[ITEM_NAME] = { "item", COL_TEXT, INPUT_FILLED },
		[ITEM_SIDE] = { "side", COL_TEXT, INPUT_FILLED },
		[ITEM_LOW] = { "low", COL_REAL, INPUT_FILLED },
		[ITEM_HIGH] = { "high", COL_REAL, INPUT_FILLED },
	};
	char *path = items ? mem_strdup(items) :
			     share_path("delivered-value.csv");
	char *files[] = { path, NULL };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, ITEM_COLUMNS, files, 1);
	while (input_next(in, &row))
		add_item(d, &row);
	input_close(in, 0);
	free(path);
}

/* ---- the answers ---- */

static void take(struct delivered *d, struct responses *r,
		 const struct cell *c)
{
	size_t q = delivered_question(d, c[RESPONSE_QUESTION].text);
	double score = c[RESPONSE_SCORE].real;
	double most = responses_scale_max(c);
	char value[NUMBER_MAX_BYTES];

	if (q == SIZE_MAX || (r->o->question &&
			      !text_is(c[RESPONSE_QUESTION].text,
				       r->o->question)))
		input_skip(r->in);
	else if (most > 0 && most != delivered_scale_max(d, q))
		input_reject(r->in, RESPONSE_SCALE_MAX, REASON_OUT_OF_RANGE,
			     "not the highest score that --items gives the "
			     "question");
	else if (!delivered_on_scale(d, q, score))
		input_reject(r->in, RESPONSE_SCORE, REASON_OUT_OF_RANGE,
			     "%.*s is not on the scale that --items gives the "
			     "question",
			     (int)number_format(score, value), value);
	else
		delivered_add(d, by_label(&r->by, c), c[RESPONSE_ID].text, q,
			      score);
}

/* ---- the figures ---- */

struct table {
	const struct nps_options *o;
	const struct by *by;
	struct output *out;
	size_t group;
};

/* A sum of so many items, each within 0..100, less that of so many costs. */
static void put_row(const struct table *t, const char *side, struct text item,
		    size_t values, size_t costs, const struct pairs *pairs)
{
	double low = -100 * (double)costs, high = 100 * (double)values;
	bool known = pairs->n && pairs->n >= (uint64_t)t->o->min_n;
	struct pairs_figure f = pairs_difference(pairs);

	if (known)
		f = pairs_within(f, pairs->n, low, high);

	by_put(t->by, t->group, t->out);
	output_str(t->out, side);
	output_text(t->out, item);
	output_int(t->out, (int64_t)pairs->n);
	put_fixed4(t->out, known, f.value);
	put_fixed4(t->out, known, f.se);
	put_fixed4(t->out, known, f.low);
	put_fixed4(t->out, known, f.high);
	output_int(t->out, (int64_t)(values + costs));
	output_end(t->out);
}

static void put_items(const struct table *t, const struct delivered *d,
		      const struct delivered_group *g, enum delivered_side side)
{
	for (size_t i = 0; i < delivered_items(d); i++) {
		enum delivered_side its;
		struct text name = delivered_item(d, i, &its);

		if (its == side && g->item[i].n)
			put_row(t, delivered_side_names[side], name, 1, 0,
				&g->item[i]);
	}
}

/* Of the sides that have items; the net of both alone. */
static void put_group(const struct table *t, const struct delivered *d,
		      const struct delivered_group *g)
{
	const size_t *n = g->items;

	put_items(t, d, g, DELIVERED_VALUE);
	put_items(t, d, g, DELIVERED_COST);
	for (int s = 0; s < DELIVERED_SIDES; s++)
		if (n[s])
			put_row(t, delivered_side_names[s], TEXT("all"), n[s],
				0, &g->side[s]);
	if (n[DELIVERED_VALUE] && n[DELIVERED_COST])
		put_row(t, "net", TEXT("all"), n[DELIVERED_VALUE],
			n[DELIVERED_COST], &g->net);
}

static void write_table(struct table *t, struct responses *r,
			struct delivered *d)
{
	size_t groups = responses_groups(r);
	struct delivered_group *all = delivered_finish(d, groups);

	for (size_t i = 0; i < groups; i++) {
		t->group = r->order[i];
		put_group(t, d, &all[t->group]);
	}
	free(all);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column figures[] = {
		{ "side", COL_TEXT },	  { "item", COL_TEXT },
		{ "n", COL_INT },	  { "mean", COL_FIXED4 },
		{ "se", COL_FIXED4 },	  { "ci_low", COL_FIXED4 },
		{ "ci_high", COL_FIXED4 }, { "items", COL_INT },
	};
	struct delivered *d = delivered_new();
	struct responses r;
	struct table t = { .o = o, .by = &r.by };
	const struct cell *c;

	(void)value;
	read_items(d);
	t.out = responses_open(&r, o, figures, NELEMS(figures), files, nfiles);
	while (responses_next(&r, &c))
		take(d, &r, c);
	write_table(&t, &r, d);
	delivered_free(d);
	return responses_close(&r, t.out);
}

static const struct opt items_opts[] = {
	{ OPT_TEXT, 0, "items", "FILE",
	  "which question is which item (delivered-value.csv)", &items,
	  .common = true },
	{ OPT_END },
};

const struct analysis analysis_cdv = {
	.name = "cdv",
	.help = "value delivered less what it costs",
	.takes = TAKES_QUESTION | TAKES_MIN_N,
	.uses = { items_opts },
	.run = run,
};
