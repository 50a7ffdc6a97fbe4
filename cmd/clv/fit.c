/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv fit: the summary of customers in, one object for each model out:
 * its parameters and how sure they are.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/buyers.h"
#include "canon/fits.h"

#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	const char *models;
	int unit;
};

/* The buyers of each group of --by. */
struct bases {
	struct buyers *item;
	size_t n, cap;
};

static struct buyers *base_for(struct bases *all, size_t label)
{
	while (all->n <= label) {
		all->item = mem_grow(all->item, all->n, &all->cap,
				     sizeof(*all->item));
		all->item[all->n++] = (struct buyers){ 0 };
	}
	return &all->item[label];
}

static void check_models(const char *models)
{
	struct text rest = text_of(models), name;

	while (text_split(&rest, ',', &name))
		if (!text_is(name, "gg"))
			need_model(name, ", gg");
}

/* Without --by a fit that fails ends the run; with it, it is one row. */
static void finish(const struct by *by, size_t label, const struct fit *f,
		   enum unit unit, const struct spenders *spenders,
		   struct output *out)
{
	if (by->n == 0)
		need_fit(f);
	by_put(by, label, out);
	fits_write(out, f, unit, spenders);
}

static void fit_group(const struct options *o, const struct by *by,
		      size_t label, const struct buyers *b, struct output *out)
{
	struct text rest = text_of(o->models), name;
	enum unit unit = (enum unit)o->unit;
	struct histories h = histories_of(b->at, b->n);

	while (text_split(&rest, ',', &name)) {
		const struct lifetime_model *model = lifetime_find(name);

		if (model) {
			struct fit f = model->fit(&h);

			finish(by, label, &f, unit, NULL, out);
		} else {
			struct spenders s = spenders_of(b->at, b->n);
			struct fit f = gamgam_fit(&s);

			finish(by, label, &f, unit, &s, out);
			spenders_release(&s);
		}
	}
	histories_release(&h);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	struct bases all = { 0 };
	struct buyer buyer;
	struct row row;
	struct by by;
	struct input *in = by_input(&by, &o->common, NULL, buyer_columns,
				    BUYER_COLUMNS, files, nfiles);
	struct output *out = fits_open(&by, &o->common);

	while (input_next(in, &row))
		if (buyer_read(in, row.cell, &buyer))
			buyers_add(base_for(&all, by_label(&by, row.cell)),
				   &buyer);
	size_t *order = by_order(&by);

	if (by.n == 0)
		base_for(&all, 0);
	for (size_t i = 0; i < all.n; i++) {
		fit_group(o, &by, order[i], &all.item[order[i]], out);
		buyers_release(&all.item[order[i]]);
	}
	free(order);
	free(all.item);
	input_close(in, output_rows(out));
	by_release(&by);
	return output_close(out);
}

/* An object is what is read on: never a row of CSV unless that is asked. */
static void prefer_objects(struct common *c)
{
	static const char *const tables[] = { ".csv", ".tsv", ".json", ".md",
					      ".txt" };

	if (c->to)
		return;
	for (size_t i = 0; c->output && i < NELEMS(tables); i++)
		if (text_ends(text_of(c->output), tables[i]))
			return;
	c->to = "ndjson";
}

int clv_fit(int argc, char **argv)
{
	struct options o = { .models = "mbgnbd", .unit = UNIT_WEEK };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "model", "NAME[,NAME]",
		  "mbgnbd (default), nbd, bgnbd, pnbd, mbgcnbd, bgbb, gg", &o.models },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "the unit of recency and T (week)", &o.unit },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv fit", "[OPTION...] [FILE...]",
		"Fits models of repeat buying and of spend by maximum "
		"likelihood.\n"
		"in: customer_id,frequency,recency,T,monetary_value\n"
		"out: one object a model: model,unit,parameters,"
		"standard_errors,loglik,...",
		"crm-clv summary transactions.csv | crm-clv fit "
		"--model mbgnbd,gg",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	check_models(o.models);
	prefer_objects(&o.common);
	return run(&o, files, nfiles);
}
