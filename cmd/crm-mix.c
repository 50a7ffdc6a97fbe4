/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix: what the whole is made of. Transactions (or another stream) in;
 * out, by group or by period, rows, purchases, customers and money, the
 * group's share of the whole, and what it was before.
 */
#include <math.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/optuse.h"
#include "cmd/mix/mix.h"

/* What was not given is NULL, false, 0 or not a number. */
static struct mix_options asked = {.stream = "transactions",
				   .share_cut = NAN,
				   .growth_cut = NAN,
				   .more = NAN};

/* ---- options of one result, or of some ---- */

static const struct opt of_two_periods[] = {
	{OPT_TEXT, 0, "against", "PERIOD",
	 "growth, market: or previous, year-before", &asked.against,
	 .common = true},
	{OPT_END},
};

static const struct opt of_growth[] = {
	{OPT_CHOICE, 0, "effects", "auto|sources|drivers|customers",
	 "growth: told by what", &asked.effects, .common = true},
	{OPT_TEXT, 0, "mix-of", "COL", "growth: the mix of what (kind)",
	 &asked.mix_of, .common = true},
	{OPT_TEXT, 0, "sources", "FILE",
	 "growth: names of sources (source,word)", &asked.sources,
	 .common = true},
	{OPT_END},
};

static const struct opt of_market[] = {
	{OPT_TEXT, 0, "totals", "FILE",
	 "market: period,amount by --by's columns", &asked.totals,
	 .common = true},
	{OPT_REAL, 0, "share-cut", "PCT",
	 "market: a high share (that of all)", &asked.share_cut,
	 .common = true},
	{OPT_REAL, 0, "growth-cut", "PCT",
	 "market: fast growth (that of all)", &asked.growth_cut,
	 .common = true},
	{OPT_END},
};

static const struct opt of_wallets[] = {
	{OPT_FLAG, 0, "total", NULL,
	 "share-of-customer: all of them in one row", &asked.total,
	 .common = true},
	{OPT_CHOICE, 0, "no-rival", "unknown|whole",
	 "share-of-customer: of who has no record", &asked.no_rival,
	 .common = true},
	{OPT_END},
};

static const struct opt of_newness[] = {
	{OPT_REAL, 0, "more", "PCT", "newness: so much more of each (10)",
	 &asked.more, .common = true},
	{OPT_TEXT, 0, "claimed", "LOW-HIGH",
	 "newness: said of existing ones (85-95)", &asked.claimed,
	 .common = true},
	{OPT_END},
};

/* ---- the results ---- */

static const struct result {
	const bool *asked;
	int (*run)(struct mix_options *, char **files, size_t nfiles);
	struct optuse uses;
} results[] = {
	{&asked.growth, growth_run, {"--growth", {of_two_periods, of_growth}}},
	{&asked.market, market_run, {"--market", {of_two_periods, of_market}}},
	{&asked.share_of_customer,
	 wallet_run,
	 {"--share-of-customer", {of_wallets}}},
	{&asked.newness, newness_run, {"--newness", {of_newness}}},
};

static const struct optuse *const results_uses[] = {
	&results[0].uses, &results[1].uses, &results[2].uses, &results[3].uses,
	NULL};

/* The one that was asked for; NULL: none of them. */
static const struct result *chosen(void)
{
	const struct result *one = NULL;

	for (size_t i = 0; i < NELEMS(results); i++) {
		if (!*results[i].asked)
			continue;
		if (one || asked.pivot)
			die_usage("--pivot, --growth, --market, --newness "
				  "and --share-of-customer are results of "
				  "their own: one at a time");
		one = &results[i];
	}
	return one;
}

static int run(char **files, size_t nfiles)
{
	const struct result *one = chosen();

	optuse_check(results_uses, one ? &one->uses : NULL);
	if (one)
		return one->run(&asked, files, nfiles);
	return (asked.pivot ? pivot_run : plain_run)(&asked, files, nfiles);
}

int main(int argc, char **argv)
{
	struct opt of_results[8];
	const struct opt opts[] = {
		{OPT_TEXT, 0, "stream", "NAME",
		 "what the rows are (transactions)", &asked.stream},
		{OPT_CHOICE, 0, "trend", TREND_WORDS, "one result per period",
		 &asked.trend},
		{OPT_CHOICE, 0, "measure", MEASURE_WORDS, "of shares",
		 &asked.measure},
		{OPT_TEXT, 0, "count", "COL",
		 "count the distinct values of COL too", &asked.count},
		{OPT_FLAG, 0, "compare", NULL,
		 "with the period before and the year before", &asked.compare},
		{ OPT_TEXT, 0, "pivot", "COL",
		  "a cross table: the values of COL are columns", &asked.pivot },
		{ OPT_CHOICE, 0, "pivot-share", PIVOT_SHARE_WORDS,
		  "its cells in percent of", &asked.pivot_share },
		{OPT_FLAG, 0, "growth", NULL,
		 "what the change on another period came from", &asked.growth},
		{OPT_FLAG, 0, "market", NULL,
		 "own share, the market's growth, its form", &asked.market},
		{OPT_FLAG, 0, "share-of-customer", NULL,
		 "own part of what customers spend", &asked.share_of_customer},
		{OPT_FLAG, 0, "newness", NULL,
		 "income of existing and of new customers", &asked.newness},
		{OPT_INCLUDE, .to = of_results},
		{ OPT_INCLUDE, .to = asked.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-mix", "[OPTION...] [FILE...]",
		"What the whole is made of, by --by or --trend.\n"
		"in: transactions, or the stream of --stream\n"
		"out: rows,purchases,customers,amount,mean_purchase,share,"
		"cum_share",
		"crm-mix --period 2025-10 --by kind -t table transactions.csv",
		opts};
	size_t nfiles;
	char **files;

	msg_init("crm-mix");
	common_init(&asked.common);
	optuse_include(results_uses, of_results, NELEMS(of_results));
	files = opt_parse(&program, argc, argv, &nfiles);
	return run(files, nfiles);
}
