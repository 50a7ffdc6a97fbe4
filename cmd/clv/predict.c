/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv predict: the summary of customers and fitted models in; who is
 * still there, and what each will buy and bring, out.
 */
#include "base/msg.h"
#include "canon/buyers.h"
#include "canon/fits.h"

#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	const char *params;
	struct ahead ahead;
	bool details;
};

static int run(const struct options *o, char **files, size_t nfiles)
{
	struct fits fits = fits_read(o->params);
	struct discount discount = ahead_discount(&o->ahead, fits.unit);
	struct scorer *scorer = scorer_new(&fits.models, &discount);
	struct input *in = input_open(&o->common, NULL, buyer_columns,
				      BUYER_COLUMNS, files, nfiles);
	struct output *out = scores_open(&o->common, o->details);
	struct buyer buyer;
	struct row row;

	while (input_next(in, &row)) {
		if (!buyer_read(in, row.cell, &buyer))
			continue;
		struct score score = scorer_score(scorer, &buyer);

		struct score_details details;

		if (o->details)
			details = scorer_details(scorer, &buyer, &score);
		scores_write(out, row.cell[BUYER_ID].text, &score,
			     o->details ? &details : NULL);
	}
	scorer_free(scorer);
	input_close(in, output_rows(out));
	return output_close(out);
}

int clv_predict(int argc, char **argv)
{
	struct options o = { .ahead = AHEAD_BY_DEFAULT };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "params", "FILE", "what crm-clv fit wrote",
		  &o.params },
		{ OPT_REAL, 0, "horizon", "N", "how far ahead (one year)",
		  &o.ahead.horizon },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "the unit of N (that of the fit)", &o.ahead.unit },
		{ OPT_REAL, 0, "discount", "RATE",
		  "a year, for clv (0.1: 10 %)", &o.ahead.annual },
		{ OPT_REAL, 0, "discount-every", "N",
		  "at the end of steps of N (0: at every moment)",
		  &o.ahead.every },
		{ OPT_FLAG, 0, "details", NULL,
		  "add p_alive_then, an interval of purchases, DERT",
		  &o.details },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv predict", "--params FILE [OPTION...] [FILE...]",
		"Tells what each customer will buy and bring.\n"
		"in: customer_id,frequency,recency,T,monetary_value\n"
		"out: customer_id,p_alive,expected_purchases,expected_spend,"
		"clv",
		"crm-clv predict --params fit.ndjson --horizon 12 "
		"--unit month summary.csv",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	if (!o.params)
		die_usage("--params FILE is needed: what crm-clv fit wrote");
	if (o.common.by)
		die_usage("--by: predict gives one row for each customer");
	return run(&o, files, nfiles);
}
