/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv without a verb: transactions in, what each customer will buy and
 * bring out. Summary, fit and predict in one go.
 */
#include "base/msg.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/model.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	struct model_ask ask;
	const char *kinds;
	bool margin;
	struct ahead ahead;
	bool details;
};

static void write_scores(const struct options *o, struct fits *fits,
			 const struct deals *d, const struct buyers *b,
			 struct output *out)
{
	if (b->n == 0)
		return;
	model_fit(fits, &o->ask, d, d->last, b);
	struct discount discount = ahead_discount(&o->ahead, fits->unit);
	struct scorer *scorer = scorer_new(&fits->models, &discount);

	for (size_t i = 0; i < b->n; i++) {
		struct score score = scorer_score(scorer, &b->at[i]);

		struct score_details details;

		if (o->details)
			details = scorer_details(scorer, &b->at[i], &score);
		scores_write(out, summary_row(d->summary, i).customer, &score,
			     o->details ? &details : NULL);
	}
	scorer_free(scorer);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	const struct deals_ask ask = { .common = &o->common,
				       .who = deals_who(&o->common),
				       .calibration_end = DAY_NONE,
				       .kinds = o->kinds,
				       .margin = o->margin,
				       .keep_days =
					       model_wants_days(&o->ask) };
	struct fits fits = model_open(&o->ask);
	struct deals d;

	deals_read(&d, &ask, files, nfiles);
	struct output *out = scores_open(&o->common, o->details);
	struct buyers buyers =
		deals_buyers(&d, d.last, unit_days(fits.unit));

	write_scores(o, &fits, &d, &buyers, out);
	buyers_release(&buyers);
	deals_close(&d, output_rows(out));
	return output_close(out);
}

int clv_whole(int argc, char **argv)
{
	struct options o = { .ask = { .unit = -1 },
			     .ahead = AHEAD_BY_DEFAULT };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "model", "NAME",
		  "mbgnbd (default), pnbd, mbgcnbd, nbd, bgnbd, auto",
		  &o.ask.name },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &o.kinds },
		{ OPT_FLAG, 0, "margin", NULL, "money is amount less cost",
		  &o.margin },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "the unit of the horizon (week)", &o.ask.unit },
		{ OPT_REAL, 0, "horizon", "N", "how far ahead (one year)",
		  &o.ahead.horizon },
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
		"crm-clv", "[VERB] [OPTION...] [FILE...]",
		"Tells from transactions what each customer will buy and "
		"bring.\n"
		"in: transactions (customer_id, date, amount)\n"
		"out: customer_id,p_alive,expected_purchases,expected_spend,"
		"clv",
		"crm-clv --horizon 12 --unit month transactions.csv", opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	model_check(&o.ask);
	o.ask.verbose = o.common.verbose;
	ahead_discount(&o.ahead, model_open(&o.ask).unit);
	return run(&o, files, nfiles);
}
