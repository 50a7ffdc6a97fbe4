/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv fit: the summary of customers in, one object for each model out:
 * its parameters and how sure they are.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/buyers.h"
#include "canon/fits.h"
#include "canon/tenures.h"
#include "model/choose.h"

#include "cmd/clv/verbs.h"

enum { IN_SUMMARY, IN_SURVIVORS, IN_SURVIVAL };

struct options {
	struct common common;
	const char *models;
	int unit, in;
	double of;
	bool contracts;		/* sbg is among the models */
};

/* What one group of --by is fitted to. */
struct base {
	struct buyers buyers;
	struct survivors survivors;
	struct tenure_list tenures;
};

struct bases {
	struct base *item;
	size_t n, cap;
};

static struct base *base_for(struct bases *all, size_t label)
{
	while (all->n <= label) {
		all->item = mem_grow(all->item, all->n, &all->cap,
				     sizeof(*all->item));
		all->item[all->n++] = (struct base){ 0 };
	}
	return &all->item[label];
}

static void check_models(struct options *o)
{
	struct text rest = text_of(o->models), name;

	while (text_split(&rest, ',', &name))
		if (text_is(name, "sbg"))
			o->contracts = true;
		else if (!text_is(name, "gg") && !text_is(name, "auto"))
			need_model(name, ", sbg, gg, auto");
}

/* Without --by a fit that fails ends the run; with it, it is one row. */
static void finish(const struct by *by, size_t label, const struct fit *f,
		   enum unit unit, const struct spenders *spenders,
		   struct text chosen, struct output *out)
{
	if (by->n == 0)
		need_fit(f);
	by_put(by, label, out);
	fits_write(out, f, unit, spenders, chosen);
}

/* model NULL: auto. */
static void fit_time(const struct options *o, const struct by *by,
		     size_t label, const struct lifetime_model *model,
		     const struct histories *h, struct output *out)
{
	struct buf why = { 0 };
	struct fit f;

	if (model)
		f = model->fit(h);
	else
		model = choose_by_aic(h, &f, &why);
	if (model && model->simpler && f.state != FIT_REFUSED) {
		struct fit simple =
			lifetime_find(text_of(model->simpler))->fit(h);

		fit_compare(&f, &simple);
	}
	finish(by, label, &f, (enum unit)o->unit, NULL, buf_text(&why), out);
	buf_release(&why);
}

static void fit_spend(const struct by *by, size_t label,
		      const struct buyers *b, struct output *out)
{
	struct spenders s = spenders_of(b->at, b->n);
	struct fit f = gamgam_fit(&s);

	finish(by, label, &f, UNIT_DAY, &s, (struct text){ 0 }, out);
	spenders_release(&s);
}

static void fit_contracts(const struct options *o, const struct by *by,
			  size_t label, const struct base *b,
			  struct output *out)
{
	struct tenures t = tenures_view(&b->tenures);
	struct fit f = sbg_fit(&t);

	if (f.state != FIT_REFUSED) {
		struct fit same = sbg_fit_same(&t);

		fit_compare(&f, &same);
	}
	finish(by, label, &f, (enum unit)o->unit, NULL, (struct text){ 0 },
	       out);
}

static void fit_group(const struct options *o, const struct by *by,
		      size_t label, const struct base *b, struct output *out)
{
	struct text rest = text_of(o->models), name;
	struct histories h = histories_of(b->buyers.at, b->buyers.n);

	h.log_gaps = b->buyers.log_gaps;
	while (text_split(&rest, ',', &name)) {
		if (text_is(name, "gg"))
			fit_spend(by, label, &b->buyers, out);
		else if (text_is(name, "sbg"))
			fit_contracts(o, by, label, b, out);
		else
			fit_time(o, by, label, lifetime_find(name), &h, out);
	}
	histories_release(&h);
}

/* ---- reading ---- */

static struct input *open_rows(const struct options *o, struct by *by,
			       char *const *files, size_t nfiles)
{
	static const struct {
		const struct input_column *column;
		size_t n;
	} kinds[] = {
		[IN_SUMMARY] = { buyer_columns, BUYER_COLUMNS },
		[IN_SURVIVORS] = { survivors_columns, SURVIVORS_COLUMNS },
		[IN_SURVIVAL] = { step_columns, STEP_COLUMNS },
	};

	return by_input(by, &o->common, NULL, kinds[o->in].column,
			kinds[o->in].n, files, nfiles);
}

static void read_row(const struct options *o, struct input *in,
		     const struct cell *c, struct base *b)
{
	struct buyer buyer;

	if (o->in == IN_SURVIVORS) {
		survivors_read(in, c, &b->survivors);
	} else if (o->in == IN_SURVIVAL) {
		step_read(in, c, &b->tenures);
	} else if (buyer_read(in, c, &buyer)) {
		buyers_add(&b->buyers, &buyer);
		buyers_add_gaps(&b->buyers, &buyer, &c[BUYER_LOG_GAPS]);
		if (o->contracts && !tenures_add_buyer(&b->tenures, &buyer))
			die("more than %d periods: another --unit of the "
			    "summary is meant",
			    TENURES_MAX);
	}
}

static void base_release(struct base *b)
{
	buyers_release(&b->buyers);
	tenures_release(&b->tenures);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	struct bases all = { 0 };
	struct row row;
	struct by by;
	struct input *in = open_rows(o, &by, files, nfiles);
	struct output *out = fits_open(&by, &o->common);

	while (input_next(in, &row))
		read_row(o, in, row.cell,
			 base_for(&all, by_label(&by, row.cell)));
	size_t *order = by_order(&by);

	if (by.n == 0)
		base_for(&all, 0);
	for (size_t i = 0; i < all.n; i++) {
		struct base *b = &all.item[order[i]];
		const char *wrong = survivors_tenures(&b->survivors, o->of,
						      &b->tenures);

		if (wrong)
			die("%s", wrong);
		fit_group(o, &by, order[i], b, out);
		base_release(b);
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
	if (!output_format_told(c))
		c->to = "ndjson";
}

int clv_fit(int argc, char **argv)
{
	struct options o = { .models = "mbgnbd", .unit = UNIT_WEEK };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "model", "NAME[,NAME]",
		  "mbgnbd, pnbd, mbgcnbd, bgbb, sbg, gg, auto, ...",
		  &o.models },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "the unit of recency and T (week)", &o.unit },
		{ OPT_CHOICE, 0, "in", "summary|survivors|survival",
		  "what the rows are; the latter two for sbg", &o.in },
		{ OPT_REAL, 0, "of", "N",
		  "survivors: of so many, where they are shares",
		  &o.of },
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

	check_models(&o);
	if (o.in != IN_SUMMARY && !text_is(text_of(o.models), "sbg"))
		die_usage("--in survivors and survival are of --model sbg");
	prefer_objects(&o.common);
	return run(&o, files, nfiles);
}
