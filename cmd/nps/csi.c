/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --csi: satisfaction as the lecture defines it, what was perceived in
 * proportion to what was expected, for each question and over all.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/nps/figures.h"
#include "cmd/nps/pairing.h"

static const char *ideal;	/* --ideal */

static bool by_name(const struct item *a, const struct item *b)
{
	return text_cmp(a->name, b->name) < 0;
}

static const char *verdict(double ratio)
{
	if (isnan(ratio))
		return NULL;
	if (ratio < 1)
		return "dissatisfied";
	return ratio > 1 ? "delighted" : "satisfied";
}

static void put_row(struct output *out, const struct pairing *p,
		    struct text name, const struct item *item, bool known)
{
	struct pairs_figure r = pairs_ratio(&item->pairs);
	int64_t n = (int64_t)item->pairs.n;

	by_put(&p->by, item->label, out);
	output_text(out, name);
	output_int(out, n);
	put_fixed4(out, known, pairs_mean_y(&item->pairs));
	put_fixed4(out, known, pairs_mean_x(&item->pairs));
	put_fixed4(out, known, r.value);
	put_fixed4(out, known, r.se);
	put_fixed4(out, known, r.low);
	put_fixed4(out, known, r.high);
	output_share(out, item->below, known ? n : 0);
	output_share(out, item->met, known ? n : 0);
	output_share(out, item->above, known ? n : 0);
	output_str(out, known ? verdict(r.value) : NULL);
	if (p->ideal) {
		put_fixed4(out, known, pairs_mean_x(&item->ideal));
		put_fixed4(out, known, pairs_ratio(&item->ideal).value);
	}
	output_end(out);
}

static void add(struct item *all, const struct item *item)
{
	all->label = item->label;
	pairs_merge(&all->pairs, &item->pairs);
	pairs_merge(&all->ideal, &item->ideal);
	all->below += item->below;
	all->met += item->met;
	all->above += item->above;
}

static void write_rows(struct output *out, const struct pairing *p)
{
	uint64_t least = (uint64_t)p->o->min_n;
	size_t *order = pairing_order(p, by_name);
	struct item all = { 0 };

	for (size_t k = 0; k < p->n; k++) {
		const struct item *item = &p->list[order[k]];

		put_row(out, p, item->name, item, item->pairs.n >= least);
		add(&all, item);
		if (k + 1 < p->n && p->list[order[k + 1]].label == item->label)
			continue;
		put_row(out, p, TEXT("all"), &all, all.pairs.n >= least);
		all = (struct item){ 0 };
	}
	free(order);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "question", COL_TEXT },     { "n", COL_INT },
		{ "perceived", COL_FIXED4 },  { "expected", COL_FIXED4 },
		{ "csi", COL_FIXED4 },	      { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 },     { "ci_high", COL_FIXED4 },
		{ "dissatisfied", COL_SHARE }, { "satisfied", COL_SHARE },
		{ "delighted", COL_SHARE },   { "verdict", COL_TEXT },
		{ "ideal", COL_FIXED4 },      { "ideal_csi", COL_FIXED4 },
	};
	struct pairing p = { .o = o, .item = "question", .ideal = ideal };
	struct output *out;

	(void)value;
	pairing_open(&p, files, nfiles);
	out = by_open(&p.by, &o->common, columns,
		      NELEMS(columns) - (ideal ? 0 : 2));
	pairing_read(&p);
	write_rows(out, &p);
	pairing_close(&p, output_rows(out));
	return output_close(out);
}

static const struct opt ideal_opts[] = {
	{ OPT_TEXT, 0, "ideal", "COL", "the ideal expectation, besides the basic",
	  &ideal, .common = true },
	{ OPT_END },
};

const struct analysis analysis_csi = {
	.name = "csi",
	.help = "perceived against expected",
	.takes = TAKES_QUESTION | TAKES_MIN_N,
	.uses = { ideal_opts },
	.run = run,
};
