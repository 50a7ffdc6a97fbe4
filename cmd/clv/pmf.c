/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv pmf: how many customers bought how often, beside how many the model
 * says; or, with --horizon, how likely a new customer is to buy so often in
 * that time. A picture of whether the model fits.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/buyers.h"
#include "canon/fits.h"

#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	const char *params;
	double horizon;		/* NAN: not given */
	int unit;
	int64_t bins;
};

/* Customers by frequency 0 .. bins - 2, and all above in one. */
struct counts {
	double *observed, *expected;
	size_t n;
};

/* Those who share T share what is expected of them. */
static void expect_age(struct counts *c, const struct scorer_models *m,
		       double T, double customers)
{
	double rest = 1;

	for (size_t x = 0; x + 1 < c->n; x++) {
		double chance = m->model->pmf(m->parameter, (double)x, T);

		c->expected[x] += customers * chance;
		rest -= chance;
	}
	c->expected[c->n - 1] += customers * fmax(rest, 0);
}

static struct counts count(const struct options *o,
			   const struct scorer_models *m,
			   const struct buyers *b)
{
	struct counts c = { .n = (size_t)o->bins };
	struct histories h = histories_of(b->at, b->n);

	c.observed = mem_zalloc(c.n, sizeof(*c.observed));
	c.expected = mem_zalloc(c.n, sizeof(*c.expected));
	for (size_t i = 0; i < h.frequencies; i++) {
		double x = h.frequency[i].x;
		size_t at = x < (double)(c.n - 1) ? (size_t)x : c.n - 1;

		c.observed[at] += h.frequency[i].count;
	}
	/* histories are in order of T */
	for (size_t i = 0, k; i < h.n; i = k) {
		double customers = 0;

		for (k = i; k < h.n && h.at[k].T == h.at[i].T; k++)
			customers += h.at[k].count;
		expect_age(&c, m, h.at[i].T, customers);
	}
	histories_release(&h);
	return c;
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "purchases", COL_INT },  { "and_more", COL_TEXT },
		{ "observed", COL_INT },   { "expected", COL_REAL },
	};
	struct fits fits = fits_read(o->params);
	struct input *in = input_open(&o->common, NULL, buyer_columns,
				      BUYER_COLUMNS, files, nfiles);
	struct output *out =
		output_open(&o->common, columns, NELEMS(columns));
	struct buyers buyers = { 0 };
	struct buyer b;
	struct row row;

	while (input_next(in, &row))
		if (buyer_read(in, row.cell, &b))
			buyers_add(&buyers, &b);
	struct counts c = count(o, &fits.models, &buyers);

	for (size_t x = 0; x < c.n; x++) {
		output_int(out, (int64_t)x);
		output_str(out, x + 1 == c.n ? "yes" : "no");
		output_int(out, (int64_t)c.observed[x]);
		output_real(out, c.expected[x]);
		output_end(out);
	}
	free(c.observed);
	free(c.expected);
	buyers_release(&buyers);
	input_close(in, output_rows(out));
	return output_close(out);
}

/* One new customer: no rows are read. */
static int run_fresh(const struct options *o)
{
	static const struct output_column columns[] = {
		{ "purchases", COL_INT },
		{ "probability", COL_REAL },
		{ "cumulative", COL_REAL },
	};
	struct fits fits = fits_read(o->params);
	double days = unit_days(o->unit < 0 ? fits.unit : (enum unit)o->unit);
	double t = o->horizon * days / unit_days(fits.unit), sum = 0;
	struct output *out =
		output_open(&o->common, columns, NELEMS(columns));

	for (int64_t x = 0; x < o->bins; x++) {
		double chance = fits.models.model->pmf(fits.models.parameter,
						       (double)x, t);

		sum += chance;
		output_int(out, x);
		output_real(out, chance);
		output_real(out, fmin(sum, 1));
		output_end(out);
	}
	return output_close(out);
}

int clv_pmf(int argc, char **argv)
{
	struct options o = { .horizon = NAN, .unit = -1, .bins = 8 };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "params", "FILE", "what crm-clv fit wrote",
		  &o.params },
		{ OPT_REAL, 0, "horizon", "N",
		  "of one new customer in this time; reads no rows",
		  &o.horizon },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "of --horizon (that of the fit)", &o.unit },
		{ OPT_INT, 0, "bins", "N",
		  "numbers of purchases, from 0 on (8)", &o.bins, 2, 100000 },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv pmf", "--params FILE [OPTION...] [FILE...]",
		"How many customers bought how often, and how many the model "
		"says.\n"
		"in: customer_id,frequency,recency,T\n"
		"out: purchases,and_more,observed,expected; with --horizon:\n"
		"     purchases,probability,cumulative",
		"crm-clv pmf --params fit.ndjson -t table summary.csv", opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	if (!o.params)
		die_usage("--params FILE is needed: what crm-clv fit wrote");
	if (o.common.by)
		die_usage("--by: one model tells of all rows");
	if (o.horizon <= 0 || o.horizon > 1e6)
		die_usage("--horizon is a time ahead, above 0");
	if (isnan(o.horizon))
		return run(&o, files, nfiles);
	if (nfiles)
		die_usage("--horizon is of one new customer: no rows are "
			  "read");
	return run_fresh(&o);
}
