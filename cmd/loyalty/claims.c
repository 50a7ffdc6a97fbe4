/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty claims: the figures that the trade quotes about loyalty and
 * retention, each beside one's own. The claims are data: those of crm-clv
 * churn, crm-tier and crm-complaint impact, and loyalty-claims.csv.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "canon/spend.h"
#include "model/churnclaims.h"
#include "model/concentration.h"
#include "model/tier.h"
#include "num/rates.h"
#include "stream/output.h"

#include "cmd/loyalty/cases.h"
#include "cmd/loyalty/verbs.h"

#define MONTHS 12 /* the year that is looked at, and who is still active */

struct claims {
	struct common common;
	struct people_ask ask;
	const char *spend, *complaints, *workflow;
	struct people p;
	struct cases_told cases;
	struct churn year;
	double cost_ratio;
	struct ranked *ranked; /* of everybody with a purchase */
	size_t n;
	struct output *out;
};

/* Own figure of a claim. */
struct own {
	double value, low, high; /* NAN: not known */
	uint64_t n;
	const char *derived;
};

enum {
	CLAIM,
	SOURCE,
	WORDS,
	MEASURE,
	OUTCOME,
	LOW,
	HIGH,
	TOP,
	SHARE,
	COLUMNS
};

static const struct own unknown = {NAN, NAN, NAN, 0, NULL};

/* ---- own figures ---- */

static struct own share_of(uint64_t x, uint64_t n, const char *derived)
{
	struct rates_interval i = rates_share(x, n);

	if (n == 0)
		return unknown;
	return (struct own){100 * (double)x / (double)n, 100 * i.low,
			    100 * i.high, n, derived};
}

/* Purchases by those who did not come again three times. */
static struct own incidental(const struct claims *c)
{
	const struct loyalty_rule rule = {3, false, 0};
	uint64_t of = 0, all = 0;

	for (size_t i = 0; i < group_count(c->p.persons); i++) {
		const struct loyalty_facts *f = &people_person(&c->p, i)->facts;

		all += f->purchases;
		if (!loyalty_repeating(f, &rule))
			of += f->purchases;
	}
	return share_of(of, all,
			"purchases of customers with less than 3 repeats");
}

static struct own repeats(const struct claims *c)
{
	struct own own = {NAN, NAN, NAN, 0,
			  "mean repeats of satisfied "
			  "customers"};
	uint64_t sum = 0;

	for (size_t i = 0; i < group_count(c->p.persons); i++) {
		const struct loyalty_facts *f = &people_person(&c->p, i)->facts;

		if (f->purchases == 0 || f->satisfied != LOYALTY_YES)
			continue;
		own.n++;
		sum += loyalty_repeats(f);
	}
	if (own.n == 0)
		return unknown;
	own.value = (double)sum / (double)own.n;
	return own;
}

static struct own of_top(const struct claims *c, int64_t top)
{
	money_wide total = concentration_total(c->ranked, c->n);

	if (total <= 0)
		return unknown;
	return (struct own){
		100 * (double)concentration_top(c->ranked, c->n, top) /
			(double)total,
		NAN, NAN, c->n, "amount of the best customers / of all"};
}

/* By the outcome of the case. */
static struct own return_of(const struct claims *c, struct text outcome)
{
	static const char *const derived[CASESTATS_OUTCOMES] = {
		[CASESTATS_ON_SPOT] = "cases closed within 24 hours whose "
				      "customers bought in 12 months",
		[CASESTATS_SOLVED] = "cases solved later whose customers "
				     "bought in 12 months",
		[CASESTATS_UNSOLVED] = "cases not solved whose customers "
				       "bought in 12 months",
	};

	for (unsigned k = 0; k < CASESTATS_OUTCOMES; k++)
		if (text_is(outcome, casestats_outcome_name(k)))
			return share_of(c->cases.back[k].back,
					c->cases.back[k].n, derived[k]);
	return unknown;
}

/* False: no such measure. */
static bool own_of(const struct claims *c, const struct cell *claim,
		   struct own *own)
{
	struct text measure = claim[MEASURE].text;
	struct churnclaims_own churn;

	if (text_is(measure, "return_pct")) {
		*own = return_of(c, claim[OUTCOME].text);
	} else if (text_is(measure, "attitude_pct")) {
		*own = share_of(c->cases.attitude, c->cases.caused,
				"cases whose cause is attitude, of those "
				"with a cause");
	} else if (text_is(measure, "incidental_pct")) {
		*own = incidental(c);
	} else if (text_is(measure, "repeats_of_satisfied")) {
		*own = repeats(c);
	} else if (churnclaims_own(measure, &c->year, c->cost_ratio, &churn)) {
		*own = (struct own){
			churn.value, churn.low, churn.high, c->year.opening,
			isfinite(churn.value) ? "the last 12 months" : NULL};
	} else {
		return false;
	}
	return true;
}

/* ---- rows ---- */

static const char *verdict(const struct own *own, double low, double high)
{
	double from = isnan(own->low) ? own->value : own->low;
	double to = isnan(own->high) ? own->value : own->high;

	if (!isfinite(own->value))
		return "not in your data";
	if (!isnan(low) && to < low)
		return "below";
	return !isnan(high) && from > high ? "above" : "within";
}

static void put_claim(struct output *out, const struct cell *c, double low,
		      double high, const struct own *own, const char *judged)
{
	output_text(out, c[CLAIM].text);
	output_text(out, c[SOURCE].text);
	output_text(out, c[WORDS].text);
	output_real(out, low);
	output_real(out, high);
	output_fixed4(out, isfinite(own->value) ? own->value : NAN);
	output_int(out, (int64_t)own->n);
	output_fixed4(out, own->low);
	output_fixed4(out, own->high);
	output_str(out, judged);
	output_str(out, own->derived);
	output_end(out);
}

static void put_tier(struct claims *all, struct input *in, const struct cell *c)
{
	double claimed = c[SHARE].real;
	struct own own;
	int64_t top;

	if (!tier_percent(c[TOP].text, &top)) {
		input_reject(in, TOP, REASON_BAD_NUMBER, NULL);
		return;
	}
	own = of_top(all, top);
	put_claim(all->out, c, claimed, claimed, &own,
		  verdict(&own, claimed, claimed));
}

static void put_row(struct claims *all, struct input *in, const struct cell *c)
{
	double low = c[LOW].known ? c[LOW].real : NAN;
	double high = c[HIGH].known ? c[HIGH].real : NAN;
	struct own own;

	if (c[TOP].known) {
		put_tier(all, in, c);
		return;
	}
	if (!own_of(all, c, &own))
		own = unknown;
	put_claim(all->out, c, low, high, &own, verdict(&own, low, high));
}

static void put_file(struct claims *all, const char *name)
{
	static const struct input_column columns[COLUMNS] = {
		[CLAIM] = {"claim", COL_TEXT, INPUT_FILLED},
		[SOURCE] = {"source", COL_TEXT, INPUT_FILLED},
		[WORDS] = {"words", COL_TEXT, INPUT_OPTIONAL},
		[MEASURE] = {"measure", COL_TEXT, INPUT_OPTIONAL},
		[OUTCOME] = {"outcome", COL_TEXT, INPUT_OPTIONAL},
		[LOW] = {"low", COL_REAL, INPUT_OPTIONAL},
		[HIGH] = {"high", COL_REAL, INPUT_OPTIONAL},
		[TOP] = {"top_pct", COL_TEXT, INPUT_OPTIONAL},
		[SHARE] = {"share_pct", COL_REAL, INPUT_OPTIONAL},
	};
	char *files[] = {share_path(name), NULL};
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, COLUMNS, files, 1);
	while (input_next(in, &row))
		put_row(all, in, row.cell);
	input_close(in, 0);
	free(files[0]);
}

/* ---- the year, and the ranking ---- */

static void rank(struct claims *c)
{
	size_t n = group_count(c->p.persons);
	int64_t *sum = mem_zalloc(n, sizeof(*sum));

	for (size_t i = 0; i < c->p.events; i++) {
		const struct churn_event *e = &c->p.event[i];

		if (__builtin_add_overflow(sum[e->customer], e->fen,
					   &sum[e->customer]))
			die("what a customer brought is more than 64 bits of "
			    "fen hold");
	}
	c->ranked = mem_alloc(n, sizeof(*c->ranked));
	for (size_t i = 0; i < n; i++)
		if (people_person(&c->p, i)->facts.purchases)
			c->ranked[c->n++] =
				(struct ranked){sum[i], (uint32_t)i};
	rank_descending(c->ranked, c->n, c->p.persons);
	free(sum);
}

static void look_at_year(struct claims *c)
{
	struct day_range year = {day_add_months(c->p.last + 1, -MONTHS),
				 c->p.last};
	struct spend *spend;

	c->cost_ratio = NAN;
	if (c->p.events == 0)
		return;
	churn_count(c->p.event, c->p.events, &year, 1, MONTHS, &c->year);
	if (!c->spend)
		return;
	spend = spend_read(c->spend, &year, 1);
	c->cost_ratio = spend_ratio(spend, &c->year);
	free(spend);
}

static int run(struct claims *c, char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{"claim", COL_TEXT},
		{"source", COL_TEXT},
		{"words", COL_TEXT},
		{"claimed_low", COL_REAL},
		{"claimed_high", COL_REAL},
		{"own", COL_FIXED4},
		{"n", COL_INT},
		{"ci_low", COL_FIXED4},
		{"ci_high", COL_FIXED4},
		{"verdict", COL_TEXT},
		{"derived", COL_TEXT},
	};

	people_read(&c->p, &c->ask, files, nfiles);
	if (c->complaints)
		c->cases = cases_read(&c->p, &c->common, c->complaints,
				      c->workflow);
	rank(c);
	look_at_year(c);
	c->out = output_open(&c->common, columns, NELEMS(columns));
	put_file(c, "loyalty-claims.csv");
	put_file(c, "churn-claims.csv");
	put_file(c, "tier-claims.csv");
	put_file(c, "complaint-claims.csv");
	free(c->ranked);
	people_close(&c->p, output_rows(c->out));
	return output_close(c->out);
}

int loyalty_claims(int argc, char **argv)
{
	struct claims c = {.ask.keep_events = true};
	size_t n;

	common_init(&c.common);
	c.ask.common = &c.common;
	const struct opt opts[] = {
		{OPT_TEXT, 0, "surveys", "FILE", "who is satisfied",
		 &c.ask.surveys},
		{OPT_TEXT, 0, "questions", "FILE",
		 "which question is about what", &c.ask.questions},
		{OPT_TEXT, 0, "spend", "FILE",
		 "what winning and keeping customers cost, by month", &c.spend},
		{OPT_TEXT, 0, "complaints", "FILE",
		 "a log, or events: who comes back", &c.complaints},
		{OPT_TEXT, 0, "workflow", "NAME",
		 "of the complaints (the log's, or seven-step)", &c.workflow},
		{.kind = OPT_INCLUDE, .to = c.common.opts},
		{.kind = OPT_END},
	};
	const struct program program = {
		"crm-loyalty claims", "[OPTION...] [FILE...]",
		"The figures that the trade quotes about loyalty and "
		"retention, each beside\nyour own.\n"
		"in: transactions (customer_id, date, amount, kind, txn_id)\n"
		"out: claim,source,words,claimed_low,claimed_high,own,n,"
		"ci_low,ci_high,\nverdict,derived",
		"crm-loyalty claims --surveys surveys.csv transactions.csv",
		opts};
	char **files = opt_parse(&program, argc, argv, &n);

	return run(&c, files, n);
}
