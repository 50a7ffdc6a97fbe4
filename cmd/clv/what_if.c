/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv what-if: does it pay to keep customers longer? Figures in the
 * options, no rows read; a row for each way to count out.
 */
#include <math.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "model/retain.h"

#include "cmd/clv/verbs.h"

enum { PAID_ONCE, PAID_YEARLY, PAID_BOTH };
enum { TIMING_START, TIMING_END, TIMING_BOTH };

struct options {
	struct common common;
	double margin, churn, acquisition, growth, discount, periods;
	double after, points, cost;
	const char *sbg;
	int paid, timing;
};

/* "ALPHA,BETA": its mean is the churn, and its spread the polarisation. */
static void take_sbg(struct options *o, struct retain_churn *churn)
{
	struct text rest = text_of(o->sbg), one, other;
	double alpha, beta;

	if (!text_split(&rest, ',', &one) || !text_split(&rest, ',', &other) ||
	    text_split(&rest, ',', &rest) || !number_real(one, &alpha) ||
	    !number_real(other, &beta) || !(alpha > 0) || !(beta > 0))
		die_usage("--sbg: \"%s\" is not ALPHA,BETA, both above 0",
			  o->sbg);
	if (o->churn >= 0)
		die_usage("--churn and --sbg: the churn of a first year is "
			  "alpha / (alpha + beta) already");
	churn->rate = o->churn = alpha / (alpha + beta);
	churn->polarisation = 1 / (alpha + beta + 1);
}

static double share(const char *option, double value)
{
	if (!(value > 0) || value > 1)
		die_usage("%s is a share above 0, 0.1 for 10 %%", option);
	return value;
}

/* The churn after: given, or so many points less. */
static double churn_after(const struct options *o)
{
	if (o->after > 1)
		die_usage("--programme-churn is a share, 0.1 for 10 %%");
	if (o->after >= 0)
		return o->after;
	double after = o->churn - o->points / 100;

	/* a hair's breadth of rounding is none */
	if (after <= 1e-12)
		die_usage("--points: a churn of %g cannot fall by %g points",
			  o->churn, o->points);
	return after;
}

static void check(const struct options *o)
{
	if (!(o->margin > 0) || !isfinite(o->margin))
		die_usage("--margin AMOUNT is needed: what a customer brings "
			  "in a period, above 0");
	if (!(o->discount >= 0) || o->discount > 100)
		die_usage("--discount is a rate a period, 0.1 for 10 %%");
	if (!(o->growth > -1) || o->growth > 100)
		die_usage("--growth is a rate a period, 0.03 for 3 %%");
	if (!(o->periods >= 1))
		die_usage("--periods is at least 1");
	if (!(o->points > 0) || o->points > 100)
		die_usage("--points are percentage points, above 0");
	if (!(o->acquisition >= 0) || !(o->cost >= 0))
		die_usage("--acquisition and --programme-cost are not "
			  "negative");
}

static void write_case(struct output *out, const struct retain_case *c)
{
	struct retain_result r = retain_compare(c);

	output_str(out, c->before.polarisation > 0 ? "sbg" : "constant");
	output_str(out, c->timing == RETAIN_START ? "start" : "end");
	output_str(out, c->yearly ? "each-period" : "once");
	output_share_real(out, c->before.rate);
	output_share_real(out, c->after.rate);
	output_real(out, r.stay_before);
	output_real(out, r.stay_after);
	put_expected_money(out, r.before);
	put_expected_money(out, r.after);
	put_expected_money(out, r.after - r.before);
	output_real(out, r.before > 0 ? 100 * (r.after / r.before - 1) : NAN);
	put_expected_money(out, r.break_even);
	output_str(out, !isfinite(r.after - r.before) ? NULL :
			r.after > r.before	      ? "yes" :
							"no");
	output_end(out);
}

/* Each way to count: the model, when the margin comes, when the programme is
 * paid. */
static void write_cases(const struct options *o, const struct retain_case *c,
			struct output *out)
{
	for (int timing = RETAIN_START; timing <= RETAIN_END; timing++) {
		if (o->timing != TIMING_BOTH && o->timing != timing)
			continue;
		for (int yearly = 0; yearly <= 1; yearly++) {
			struct retain_case one = *c;

			if (o->paid != PAID_BOTH && o->paid != yearly)
				continue;
			one.timing = (enum retain_timing)timing;
			one.yearly = yearly;
			write_case(out, &one);
		}
	}
}

static struct output *open_output(const struct common *common)
{
	static const struct output_column columns[] = {
		{ "model", COL_TEXT },	     { "timing", COL_TEXT },
		{ "programme_paid", COL_TEXT },
		{ "churn_before", COL_SHARE }, { "churn_after", COL_SHARE },
		{ "stay_before", COL_REAL },   { "stay_after", COL_REAL },
		{ "value_before", COL_MONEY }, { "value_after", COL_MONEY },
		{ "change", COL_MONEY },       { "change_pct", COL_REAL },
		{ "break_even_cost", COL_MONEY },
		{ "pays", COL_TEXT },
	};

	return output_open(common, columns, NELEMS(columns));
}

static int run(struct options *o)
{
	struct retain_case c = {
		.margin = o->margin,
		.growth = o->growth,
		.acquisition = o->acquisition,
		.programme = o->cost,
		.discount = o->discount,
		.periods = o->periods,
	};

	if (o->sbg)
		take_sbg(o, &c.before);
	if (o->churn < 0)
		die_usage("--churn SHARE or --sbg ALPHA,BETA is needed: who "
			  "leaves in a period");
	c.before.rate = share("--churn", o->churn);
	c.after = c.before;
	c.after.rate = churn_after(o);
	struct output *out = open_output(&o->common);
	struct retain_case constant = c;

	constant.before.polarisation = constant.after.polarisation = 0;
	write_cases(o, &constant, out);
	if (o->sbg)
		write_cases(o, &c, out);
	return output_close(out);
}

int clv_what_if(int argc, char **argv)
{
	struct options o = { .churn = -1,
			     .after = -1,
			     .points = 5,
			     .periods = INFINITY,
			     .paid = PAID_BOTH,
			     .timing = TIMING_BOTH };
	const struct opt opts[] = {
		{ OPT_REAL, 0, "margin", "AMOUNT",
		  "what a customer brings in a period", &o.margin },
		{ OPT_REAL, 0, "churn", "SHARE", "who leaves in a period",
		  &o.churn },
		{ OPT_TEXT, 0, "sbg", "ALPHA,BETA",
		  "customers differ, as sbg of crm-clv fit",
		  &o.sbg },
		{ OPT_REAL, 0, "acquisition", "AMOUNT",
		  "what it costs to win one (0)", &o.acquisition },
		{ OPT_REAL, 0, "programme-churn", "SHARE",
		  "who leaves with the programme", &o.after },
		{ OPT_REAL, 0, "points", "N",
		  "or: so many percentage points less (5)", &o.points },
		{ OPT_REAL, 0, "programme-cost", "AMOUNT",
		  "of the programme, for one customer (0)", &o.cost },
		{ OPT_CHOICE, 0, "paid", "once|each-period|both",
		  "when the programme is paid (both)", &o.paid },
		{ OPT_CHOICE, 0, "timing", "start|end|both",
		  "when in its period a margin comes (both)", &o.timing },
		{ OPT_REAL, 0, "discount", "RATE", "a period (0)",
		  &o.discount },
		{ OPT_REAL, 0, "growth", "RATE", "of the margin, a period (0)",
		  &o.growth },
		{ OPT_REAL, 0, "periods", "N", "how far (for ever)",
		  &o.periods },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv what-if", "--margin AMOUNT --churn SHARE [OPTION...]",
		"Does it pay to keep customers longer? Reads no rows.\n"
		"out: model,timing,programme_paid,churn_before,churn_after,"
		"stay_before,...",
		"crm-clv what-if --margin 100 --churn 0.1 "
		"--programme-cost 20",
		opts
	};
	size_t operands;

	common_init(&o.common);
	opt_parse(&program, argc, argv, &operands);
	if (operands > 0)
		die_usage("what-if reads no files");
	check(&o);
	return run(&o);
}
