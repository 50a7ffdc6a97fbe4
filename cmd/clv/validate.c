/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv validate: models fitted to what came until a day, held against what
 * came after it, and against rules of thumb. Transactions in; one row for
 * each model and rule out, or the customers by how often they had bought.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/forecast.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/model.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	struct model_ask ask;
	const char *models, *kinds;
	int32_t calibration_end;
	int64_t hiatus, bins;
	bool by_frequency;
};

/* The customers of calibration, and what each bought later. */
struct base {
	const struct deals *deals;
	struct buyers buyers;
	double *later;
	double horizon;		/* in the unit of the buyers */
	double rate;		/* purchases of all over their time */
};

static struct base base_of(const struct options *o, const struct deals *d,
			   double unit)
{
	struct base b = {
		.deals = d,
		.buyers = deals_buyers(d, o->calibration_end, unit),
		.horizon = (d->last - o->calibration_end) / unit,
	};
	double purchases = 0, time = 0;

	b.later = mem_alloc(b.buyers.n, sizeof(*b.later));
	for (size_t i = 0; i < b.buyers.n; i++) {
		b.later[i] = summary_row(d->summary, i).holdout_frequency;
		purchases += b.buyers.at[i].x;
		time += b.buyers.at[i].T;
	}
	b.rate = time > 0 ? purchases / time : 0;
	return b;
}

/* What is expected of customer i: by a model, or by a rule when there is no
 * scorer. */
struct expecter {
	const struct base *base;
	struct scorer *scorer;
	enum forecast_rule rule;
	double hiatus;
};

static double expected_of(const struct expecter *e, size_t i)
{
	const struct buyer *b = &e->base->buyers.at[i];

	if (e->scorer)
		return scorer_score(e->scorer, b).purchases;
	return forecast_by_rule(e->rule, b, e->base->rate, e->hiatus,
				e->base->horizon);
}

static void write_whole(const char *name, const struct expecter *e,
			struct output *out)
{
	struct forecast f = { 0 };

	for (size_t i = 0; i < e->base->buyers.n; i++)
		forecast_add(&f, e->base->later[i], expected_of(e, i));
	output_str(out, name);
	output_int(out, (int64_t)f.customers);
	output_int(out, (int64_t)sum_value(&f.actual));
	output_real(out, sum_value(&f.expected));
	output_fixed4(out, forecast_bias_pct(&f));
	output_real(out, forecast_mae(&f));
	output_real(out, forecast_rmse(&f));
	output_real(out, forecast_correlation(&f));
	output_end(out);
}

/* Frequencies 0 .. bins - 2, and all above in one. */
static void write_bins(const struct options *o, const char *name,
		       const struct expecter *e, struct output *out)
{
	size_t n = (size_t)o->bins;
	struct forecast *bin = mem_zalloc(n, sizeof(*bin));

	for (size_t i = 0; i < e->base->buyers.n; i++) {
		double x = e->base->buyers.at[i].x;
		size_t at = x < (double)(n - 1) ? (size_t)x : n - 1;

		forecast_add(&bin[at], e->base->later[i], expected_of(e, i));
	}
	for (size_t k = 0; k < n; k++) {
		double customers = bin[k].customers;
		double actual = sum_value(&bin[k].actual);
		double expected = sum_value(&bin[k].expected);

		output_str(out, name);
		output_int(out, (int64_t)k);
		output_str(out, k + 1 == n ? "yes" : "no");
		output_int(out, (int64_t)customers);
		output_int(out, (int64_t)actual);
		output_real(out, expected);
		output_real(out, actual / customers);
		output_real(out, expected / customers);
		output_end(out);
	}
	free(bin);
}

static void write_one(const struct options *o, const char *name,
		      const struct expecter *e, struct output *out)
{
	if (o->by_frequency)
		write_bins(o, name, e, out);
	else
		write_whole(name, e, out);
}

static void write_model(const struct options *o, const struct base *b,
			const char *name, struct output *out)
{
	struct model_ask ask = { .name = name,
				 .unit = o->ask.unit,
				 .verbose = o->common.verbose };
	struct fits fits = model_open(&ask);
	const struct discount ahead = { .horizon = b->horizon };

	model_fit(&fits, &ask, b->deals, o->calibration_end, &b->buyers);
	struct expecter e = { .base = b,
			      .scorer = scorer_new(&fits.models, &ahead) };

	write_one(o, name, &e, out);
	scorer_free(e.scorer);
}

static void write_all(const struct options *o, const struct base *b,
		      double unit, struct output *out)
{
	struct text rest = text_of(o->models), name;

	while (text_split(&rest, ',', &name))
		write_model(o, b, lifetime_find(name)->name, out);
	for (int rule = 0; rule < FORECAST_RULES; rule++) {
		struct expecter e = {
			.base = b,
			.rule = (enum forecast_rule)rule,
			.hiatus = (double)o->hiatus * unit_days(UNIT_MONTH) /
				  unit,
		};
		write_one(o, forecast_rule_name(e.rule), &e, out);
	}
}

static struct output *open_output(const struct options *o)
{
	static const struct output_column whole[] = {
		{ "model", COL_TEXT },	   { "customers", COL_INT },
		{ "actual", COL_INT },	   { "expected", COL_REAL },
		{ "bias_pct", COL_FIXED4 },  { "mae", COL_REAL },
		{ "rmse", COL_REAL },	   { "correlation", COL_REAL },
	};
	static const struct output_column bins[] = {
		{ "model", COL_TEXT },	   { "frequency", COL_INT },
		{ "and_more", COL_TEXT },  { "customers", COL_INT },
		{ "actual", COL_INT },	   { "expected", COL_REAL },
		{ "mean_actual", COL_REAL }, { "mean_expected", COL_REAL },
	};

	if (o->by_frequency)
		return output_open(&o->common, bins, NELEMS(bins));
	return output_open(&o->common, whole, NELEMS(whole));
}

static bool want_gaps(const struct options *o)
{
	struct text rest = text_of(o->models), name;
	bool paced = false;

	while (text_split(&rest, ',', &name))
		paced |= lifetime_find(name)->paced;
	return paced;
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	const struct deals_ask ask = { .common = &o->common,
				       .who = deals_who(&o->common),
				       .calibration_end = o->calibration_end,
				       .kinds = o->kinds,
				       .keep_days = want_gaps(o) };
	double unit = unit_days((enum unit)o->ask.unit);
	struct deals d;

	deals_read(&d, &ask, files, nfiles);
	if (d.last <= o->calibration_end && summary_count(d.summary) > 0)
		die("nothing is later than --calibration-end: no holdout");
	struct output *out = open_output(o);

	if (summary_count(d.summary) > 0) {
		struct base b = base_of(o, &d, unit);

		write_all(o, &b, unit, out);
		buyers_release(&b.buyers);
		free(b.later);
	}
	deals_close(&d, output_rows(out));
	return output_close(out);
}

int clv_validate(int argc, char **argv)
{
	struct options o = { .ask = { .unit = UNIT_WEEK },
			     .models = "mbgnbd,pnbd",
			     .calibration_end = DAY_NONE,
			     .hiatus = 12,
			     .bins = 8 };
	const struct opt opts[] = {
		{ OPT_DAY, 0, "calibration-end", "DATE",
		  "the last day that the models know", &o.calibration_end },
		{ OPT_TEXT, 0, "model", "NAME,...",
		  "models of repeat buying (mbgnbd,pnbd)", &o.models },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS, "of the fit (week)",
		  &o.ask.unit },
		{ OPT_INT, 0, "inactive-after", "MONTHS",
		  "rule hiatus: silent for longer, gone (12)", &o.hiatus, 1,
		  1200 },
		{ OPT_FLAG, 0, "by-frequency", NULL,
		  "by how often they had bought", &o.by_frequency },
		{ OPT_INT, 0, "bins", "N",
		  "of them: the last one is of all above (8)", &o.bins, 2,
		  1000 },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &o.kinds },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv validate", "--calibration-end DATE [OPTION...] "
				    "[FILE...]",
		"Holds what models expected against what came, beside rules "
		"of thumb.\n"
		"in: transactions (customer_id, date, amount)\n"
		"out: model,customers,actual,expected,bias_pct,mae,rmse,"
		"correlation",
		"crm-clv validate --calibration-end 2025-03-31 "
		"transactions.csv",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);
	struct text rest = text_of(o.models), name;

	while (text_split(&rest, ',', &name))
		need_model(name, "");
	if (o.calibration_end == DAY_NONE)
		die_usage("--calibration-end DATE is needed: what the models "
			  "may know");
	return run(&o, files, nfiles);
}
