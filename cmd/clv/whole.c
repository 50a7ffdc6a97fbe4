/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv without a verb: transactions in, what each customer will buy and
 * bring out. Summary, fit and predict in one go.
 */
#include "base/msg.h"
#include "canon/buyers.h"
#include "canon/fits.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	const char *model, *kinds;
	bool margin;
	int unit;
	struct ahead ahead;
};

/* -v: what is not as it should be about a fit, and the fit. */
static void tell(const struct options *o, const struct fit *f)
{
	struct buf reason = { 0 };

	if (!o->common.verbose)
		return;
	fit_reason(f, &reason);
	warn("%s: converged %s, loglik %.2f, %.0f customers%s%s", f->model,
	     fit_converged(f), f->loglik, f->customers, reason.n ? ": " : "",
	     reason.n ? reason.p : "");
	buf_release(&reason);
}

/* Both models of the buyers. Without a fit of spend its columns stay empty. */
static struct scorer_models fit_models(const struct options *o,
				       const struct buyers *b)
{
	const struct lifetime_model *model = lifetime_find(text_of(o->model));
	struct histories h = histories_of(b->at, b->n);
	struct spenders s = spenders_of(b->at, b->n);

	h.log_gaps = b->log_gaps;
	struct fit fit = model->fit(&h), spend = gamgam_fit(&s);

	need_fit(&fit);
	tell(o, &fit);
	tell(o, &spend);
	histories_release(&h);
	spenders_release(&s);
	return fits_models(model, &fit,
			   spend.state == FIT_REFUSED ? NULL : &spend);
}

static void write_scores(const struct options *o, const struct summary *s,
			 const struct buyers *b, struct output *out)
{
	if (b->n == 0)
		return;
	struct scorer_models models = fit_models(o, b);
	struct discount discount =
		ahead_discount(&o->ahead, (enum unit)o->unit);
	struct scorer *scorer = scorer_new(&models, &discount);

	for (size_t i = 0; i < b->n; i++) {
		struct score score = scorer_score(scorer, &b->at[i]);

		scores_write(out, summary_row(s, i).customer, &score);
	}
	scorer_free(scorer);
}

/* True when the model asks for the gaps between purchases. */
static bool is_paced(const struct options *o)
{
	return lifetime_find(text_of(o->model))->paced;
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	const struct deals_ask ask = { .common = &o->common,
				       .calibration_end = DAY_NONE,
				       .kinds = o->kinds,
				       .margin = o->margin,
				       .keep_days = is_paced(o) };
	struct deals d;

	deals_read(&d, &ask, files, nfiles);
	struct output *out = scores_open(&o->common);
	struct buyers buyers =
		deals_buyers(&d, d.last, unit_days((enum unit)o->unit));

	write_scores(o, d.summary, &buyers, out);
	buyers_release(&buyers);
	deals_close(&d, output_rows(out));
	return output_close(out);
}

int clv_whole(int argc, char **argv)
{
	struct options o = { .model = "mbgnbd",
			     .unit = UNIT_WEEK,
			     .ahead = { .unit = -1, .annual = 0.1 } };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "model", "NAME", "mbgnbd (default), pnbd, mbgcnbd, nbd, bgnbd",
		  &o.model },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &o.kinds },
		{ OPT_FLAG, 0, "margin", NULL, "money is amount less cost",
		  &o.margin },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "the unit of the horizon (week)", &o.unit },
		{ OPT_REAL, 0, "horizon", "N", "how far ahead (one year)",
		  &o.ahead.horizon },
		{ OPT_REAL, 0, "discount", "RATE",
		  "a year, for clv (0.1: 10 %)", &o.ahead.annual },
		{ OPT_REAL, 0, "discount-every", "N",
		  "at the end of steps of N (0: at every moment)",
		  &o.ahead.every },
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

	need_model(text_of(o.model), "");
	ahead_discount(&o.ahead, (enum unit)o.unit);
	return run(&o, files, nfiles);
}
