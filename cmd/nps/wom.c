/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --wom: word of mouth, how many hear well of the firm from its promoters and
 * ill from its detractors. How many one of them tells are claims of the trade
 * that contradict each other, in complaint-claims.csv: those that the file
 * marks are taken, or those of --claim.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/nps/figures.h"
#include "model/iceberg.h"
#include "num/figure.h"

#define PARTS_MAX 8

enum side { WELL, ILL, SIDES };

struct claim {
	struct text name, source;
	enum side side;
	bool chosen;
	struct iceberg_part part[PARTS_MAX];
	size_t parts;
	struct iceberg_range range;	/* expected of all parts */
};

struct claims {
	char *path;
	struct claim *at;
	size_t n, cap;
	struct arena arena;
	const struct claim *taken[SIDES];
};

static struct opt_list asked;	/* --claim */
static const char *file;	/* --claims-file */

/* ---- the claims ---- */

enum { CLAIM, MEASURE, LOW, HIGH, PART, CHOSEN, SOURCE, COLUMNS };

static const struct input_column columns[COLUMNS] = {
	[CLAIM] = { "claim", COL_TEXT, INPUT_FILLED },
	[MEASURE] = { "measure", COL_TEXT, INPUT_FILLED },
	[LOW] = { "low", COL_TEXT, INPUT_FILLED },
	[HIGH] = { "high", COL_TEXT, INPUT_FILLED },
	[PART] = { "part_pct", COL_TEXT, INPUT_OPTIONAL },
	[CHOSEN] = { "chosen", COL_TEXT, INPUT_OPTIONAL },
	[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
};

static const char *const measures[SIDES] = { "told_by_pleased", "told" };

static bool read_figure(struct text t, int64_t *units)
{
	struct figure f;

	return figure_parse(t, &f) && figure_decimals(f) <= 4 &&
	       figure_scale(f, 4, units) && *units >= 0;
}

/* A row's figures; without a part they are those of all. */
static bool read_part(const struct cell *c, struct iceberg_part *p)
{
	p->part = ICEBERG_WHOLE;
	return (!c[PART].known || read_figure(c[PART].text, &p->part)) &&
	       read_figure(c[LOW].text, &p->figure.low) &&
	       read_figure(c[HIGH].text, &p->figure.high) &&
	       p->figure.low <= p->figure.high;
}

static struct claim *find(const struct claims *all, struct text name)
{
	for (size_t i = 0; i < all->n; i++)
		if (text_eq(all->at[i].name, name))
			return &all->at[i];
	return NULL;
}

static struct text keep(struct claims *all, struct text t)
{
	return (struct text){ arena_copy(&all->arena, t.p, t.n), t.n };
}

static void take_row(struct claims *all, struct input *in,
		     const struct cell *c)
{
	struct iceberg_part part;
	enum side side = WELL;
	struct claim *claim;

	while (side < SIDES && !text_is(c[MEASURE].text, measures[side]))
		side++;
	if (side == SIDES)
		return;
	if (!read_part(c, &part)) {
		input_reject(in, LOW, REASON_BAD_NUMBER,
			     "low and high are no numbers of people");
		return;
	}
	claim = find(all, c[CLAIM].text);
	if (!claim) {
		all->at = mem_grow(all->at, all->n, &all->cap,
				   sizeof(*all->at));
		claim = &all->at[all->n++];
		*claim = (struct claim){
			.name = keep(all, c[CLAIM].text),
			.source = keep(all, c[SOURCE].text),
			.side = side,
			.chosen = text_is(c[CHOSEN].text, "yes"),
		};
	}
	if (claim->side != side || claim->parts == PARTS_MAX)
		input_reject(in, CLAIM, REASON_BAD_VALUE,
			     "another claim has this name");
	else
		claim->part[claim->parts++] = part;
}

static void take_marked(struct claims *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct claim *c = &all->at[i];

		if (!iceberg_expect(c->part, c->parts, &c->range))
			die("%s: the parts of the claim \"%.*s\" do not add up "
			    "to 100", all->path, (int)c->name.n, c->name.p);
		if (!c->chosen)
			continue;
		if (all->taken[c->side])
			die("%s: two claims are chosen for the same: \"%.*s\" "
			    "is the second", all->path, (int)c->name.n,
			    c->name.p);
		all->taken[c->side] = c;
	}
}

static void take_asked(struct claims *all)
{
	bool once[SIDES] = { false };

	for (size_t i = 0; i < asked.n; i++) {
		const struct claim *c = find(all, text_of(asked.item[i]));

		if (!c)
			die_usage("--claim: there is no claim \"%s\" of how "
				  "many are told", asked.item[i]);
		if (once[c->side])
			die_usage("--claim: \"%s\" is the second one for the "
				  "same", asked.item[i]);
		once[c->side] = true;
		all->taken[c->side] = c;
	}
	for (int side = WELL; side < SIDES; side++)
		if (!all->taken[side])
			die("%s: no claim is chosen for %s; --claim names one",
			    all->path, measures[side]);
}

static void open_claims(struct claims *all)
{
	struct common common;
	struct input *in;
	struct row row;

	*all = (struct claims){
		.path = file ? mem_strdup(file) :
			       share_path("complaint-claims.csv"),
	};
	common_beside(&common);
	in = input_open(&common, NULL, columns, COLUMNS, &all->path, 1);
	while (input_next(in, &row))
		take_row(all, in, row.cell);
	input_close(in, 0);
	take_marked(all);
	take_asked(all);
}

static void close_claims(struct claims *all)
{
	free(all->path);
	free(all->at);
	arena_release(&all->arena);
}

/* ---- the result ---- */

static struct iceberg_count told(uint64_t people, const struct claim *c)
{
	int64_t n = (int64_t)people;

	return iceberg_each((struct iceberg_count){ n, n, n }, c->range);
}

static void put_figure(struct output *out, bool known, int64_t n)
{
	if (known)
		output_int(out, n);
	else
		output_empty(out);
}

static void put_row(const struct claims *all, const struct answers *a,
		    size_t group, struct output *out)
{
	struct score_group g = answers_group(a, group);
	struct nps_counts n = score_nps_counts(&g);
	struct iceberg_count well = told(n.promoters, all->taken[WELL]);
	struct iceberg_count ill = told(n.detractors, all->taken[ILL]);
	bool known = g.n && g.n >= (uint64_t)a->o->min_n;

	if (g.n || !answers_grouped(a)) {
		by_put(&a->by, group, out);
		output_int(out, (int64_t)g.n);
		output_int(out, (int64_t)n.promoters);
		output_int(out, (int64_t)n.passives);
		output_int(out, (int64_t)n.detractors);
		put_figure(out, known, well.middle);
		put_figure(out, known, ill.middle);
		put_figure(out, known, well.middle - ill.middle);
		put_figure(out, known, well.low - ill.high);
		put_figure(out, known, well.high - ill.low);
		for (int side = WELL; side < SIDES; side++) {
			output_text(out, all->taken[side]->name);
			output_text(out, all->taken[side]->source);
		}
		output_end(out);
	}
	score_release(&g);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column result[] = {
		{ "n", COL_INT },	    { "promoters", COL_INT },
		{ "passives", COL_INT },    { "detractors", COL_INT },
		{ "told_well", COL_INT },   { "told_ill", COL_INT },
		{ "net", COL_INT },	    { "net_low", COL_INT },
		{ "net_high", COL_INT },    { "well_claim", COL_TEXT },
		{ "well_source", COL_TEXT }, { "ill_claim", COL_TEXT },
		{ "ill_source", COL_TEXT },
	};
	struct answers a = { .o = o,
			     .scale = scale_cuts(o, "0-10"),
			     .usual = usual_nps };
	struct claims all;
	struct output *out;

	(void)value;
	open_claims(&all);
	answers_open(&a, files, nfiles);
	out = by_open(&a.by, &o->common, result, NELEMS(result));
	answers_read(&a);
	for (size_t i = 0; i < a.groups; i++)
		put_row(&all, &a, a.order[i], out);
	answers_close(&a, output_rows(out));
	close_claims(&all);
	return output_close(out);
}

static const struct opt table[] = {
	{ OPT_LIST, 0, "claim", "NAME", "wom: take this one of the claims",
	  &asked, .common = true },
	{ OPT_TEXT, 0, "claims-file", "FILE", "wom: other claims", &file,
	  .common = true },
	{ OPT_END },
};

const struct analysis analysis_wom = {
	.name = "wom",
	.help = "word of mouth: how many are told",
	.advanced = true,
	.takes = TAKES_QUESTION | TAKES_SCALE | TAKES_CUTS | TAKES_MIN_N |
		 TAKES_DUPLICATES | TAKES_PER,
	.uses = { table },
	.run = run,
};
