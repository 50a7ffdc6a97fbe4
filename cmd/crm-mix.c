/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix: what the whole is made of. Transactions (or another stream) in;
 * out, by group or by period, rows, purchases, customers and money, the
 * group's share of the whole, and what it was before.
 */
#include "base/msg.h"
#include "cmd/mix/mix.h"

int main(int argc, char **argv)
{
	struct mix_options o = { .stream = "transactions" };
	const struct opt opts[] = {
		{OPT_TEXT, 0, "stream", "NAME",
		 "what the rows are (transactions)", &o.stream},
		{OPT_CHOICE, 0, "trend", TREND_WORDS, "one result per period",
		 &o.trend},
		{OPT_CHOICE, 0, "measure", MEASURE_WORDS, "of shares",
		 &o.measure},
		{OPT_TEXT, 0, "count", "COL",
		 "count the distinct values of COL too", &o.count},
		{OPT_FLAG, 0, "compare", NULL,
		 "with the period before and the year before", &o.compare},
		{ OPT_TEXT, 0, "pivot", "COL",
		  "a cross table: the values of COL are columns", &o.pivot },
		{ OPT_CHOICE, 0, "pivot-share", PIVOT_SHARE_WORDS,
		  "its cells in percent of", &o.pivot_share },
		{ OPT_INCLUDE, .to = o.common.opts },
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
	common_init(&o.common);
	files = opt_parse(&program, argc, argv, &nfiles);
	if (o.pivot)
		return pivot_run(&o, files, nfiles);
	return plain_run(&o, files, nfiles);
}
