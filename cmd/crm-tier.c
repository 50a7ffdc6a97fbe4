/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-tier: transactions (or any table with an id and a value) in, customers
 * ranked by value and cut into tiers out; or the tiers' totals, or how
 * concentrated the whole is. The parts are in cmd/tier.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"

/* The results that are asked for by a flag of their own. */
struct asked {
	bool by_tier, concentration, curve;
};

static void choose_result(struct run *run, const struct asked *a)
{
	const struct {
		bool asked;
		enum result_kind result;
	} all[] = {
		{a->by_tier, RESULT_TIERS},
		{a->concentration, RESULT_CONCENTRATION},
		{a->curve, RESULT_CURVE},
	};
	size_t n = 0;

	for (size_t i = 0; i < NELEMS(all); i++) {
		if (all[i].asked)
			run->result = all[i].result;
		n += all[i].asked;
	}
	if (n > 1)
		die_usage("--summary-by-tier, --concentration and --curve are "
			  "three results: ask for one");
}

/* "pyramid|rfm|...": the words of --scheme. */
static const char *scheme_words(struct buf *b)
{
	for (size_t i = 0; schemes[i]; i++)
		buf_addf(b, "%s%s", i ? "|" : "", schemes[i]->name);
	return b->p;
}

static void write_all(const struct run *run, struct by *by, struct lane *l,
		      struct output *out)
{
	size_t *order = by_order(by);
	int32_t as_of = run->common.as_of;

	if (as_of == DAY_NONE)
		as_of = lane_last_day(l);
	for (size_t i = 0; i < lane_rankings(l); i++) {
		struct ranking *r = lane_ranking(l, order[i]);

		run->scheme->place(run, r, as_of);
		result_write(run, by, order[i], r, out);
		ranking_release(run->scheme, r);
	}
	free(order);
}

static int run_all(struct run *run, char **files, size_t nfiles)
{
	struct by by;
	struct input *in;
	struct output *out;
	struct lane *l;

	run->files = files;
	run->nfiles = nfiles;
	if (run->scheme->open)
		run->scheme->open(run);
	read_columns(run);
	in = by_input(&by, &run->common,
		      run->table ? NULL : schema_find(TEXT("transactions")),
		      run->column, run->columns, files, nfiles);
	out = result_open(run, &by);
	l = read_all(run, in, &by);
	write_all(run, &by, l, out);
	lane_free(l);
	input_close(in, output_rows(out));
	if (run->scheme->close)
		run->scheme->close(run);
	by_release(&by);
	return output_close(out);
}

int main(int argc, char **argv)
{
	struct run run = {.inactive_after = 12};
	struct asked asked = {0};
	struct buf words = {0};
	struct opt of_schemes[SCHEME_OPTS + 1];
	int scheme = 0, measure = -1, status;
	const struct opt opts[] = {
		{OPT_CHOICE, 0, "scheme", scheme_words(&words),
		 "vip 1%, large 4%, medium 15%, small 80%", &scheme},
		{OPT_TEXT, 0, "cuts", "PCT,...",
		 "tier limits, cumulative percent of customers", &run.cuts},
		{OPT_TEXT, 0, "names", "NAME,...", "the tiers' names",
		 &run.names},
		{OPT_CHOICE, 0, "measure", "amount|margin|count",
		 "what a customer is worth", &measure},
		{OPT_TEXT, 0, "id", "COL", "any table: who", &run.id},
		{OPT_TEXT, 0, "value", "COL", "any table: how much",
		 &run.value},
		{OPT_INT, 0, "inactive-after", "MONTHS",
		 "no deal for so long: inactive (12)", &run.inactive_after, 1,
		 1200},
		{OPT_FLAG, 0, "summary-by-tier", NULL, "one row a tier",
		 &asked.by_tier},
		{OPT_FLAG, 0, "concentration", NULL,
		 "Gini index and top shares", &asked.concentration},
		{OPT_FLAG, 0, "curve", NULL, "points of the Lorenz curve",
		 &asked.curve},
		{OPT_INCLUDE, .to = of_schemes},
		{OPT_INCLUDE, .to = run.common.opts},
		{OPT_END},
	};
	const struct program program = {
		"crm-tier", "[OPTION...] [FILE...]",
		"Ranks customers by what they are worth and cuts them into "
		"tiers.\n"
		"in: transactions, or any table with --id and --value\n"
		"out: customer_id,rank,value,share,cum_share,tier",
		"crm-tier --until 2025-10-31 --summary-by-tier -t table "
		"transactions.csv",
		opts};
	size_t nfiles;
	char **files;

	msg_init("crm-tier");
	common_init(&run.common);
	schemes_include(of_schemes);
	files = opt_parse(&program, argc, argv, &nfiles);
	run.scheme = schemes[scheme];
	schemes_check(run.scheme);
	run.measured = measure >= 0;
	run.measure.kind = run.measured ? measure : MEASURE_AMOUNT;
	run.measure.unit = measure == MEASURE_COUNT ? UNIT_WHOLE : UNIT_FEN;
	run.table = run.id || run.value;
	choose_result(&run, &asked);
	if (run.table && measure > MEASURE_AMOUNT)
		die_usage("--measure goes with transactions, not with --id "
			  "and --value");
	status = run_all(&run, files, nfiles);
	buf_release(&words);
	return status;
}
