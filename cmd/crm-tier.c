/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-tier: transactions (or any table with an id and a value) in, customers
 * ranked by value and cut into tiers out; or the tiers' totals, how
 * concentrated the whole is, and who moved. The parts are in cmd/tier.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/margins.h"

/* The results that are asked for by a flag of their own. */
struct asked {
	bool by_tier, concentration, curve, whale, claims, movers;
};

static void choose_result(struct run *run, const struct asked *a)
{
	const struct {
		bool asked;
		const char *name;
		enum result_kind result;
	} all[] = {
		{ a->by_tier, "--summary-by-tier", RESULT_TIERS },
		{ a->concentration, "--concentration", RESULT_CONCENTRATION },
		{ a->curve, "--curve", RESULT_CURVE },
		{ a->whale, "--whale", RESULT_WHALE },
		{ a->claims, "--claims", RESULT_CLAIMS },
		{ a->movers, "--movers", RESULT_MOVERS },
		{ !a->movers && run->moves, "--moves", RESULT_MOVES },
		{ !a->movers && run->moves_from, "--moves-from",
		  RESULT_MOVES },
	};
	const char *before = NULL;

	for (size_t i = 0; i < NELEMS(all); i++) {
		if (!all[i].asked)
			continue;
		if (before)
			die_usage("%s and %s are two results: ask for one",
				  before, all[i].name);
		before = all[i].name;
		run->result = all[i].result;
	}
}

static void check(const struct run *run, const char *measure)
{
	if (run->table && measure)
		die_usage("--measure goes with transactions, not with --value");
	if (run->id && strcmp(run->id, "customer_id") != 0 &&
	    (run->leads || run->customers))
		die_usage("--leads and --customers tell of customers, not of "
			  "--id %s",
			  run->id);
	if (run->moves && run->moves_from)
		die_usage("--moves and --moves-from are two ways to say what "
			  "is compared with");
	if (run->result == RESULT_MOVERS && !run->moves && !run->moves_from)
		die_usage("--movers goes with --moves or --moves-from");
	if (run->claims.n + (run->claims_file != NULL) &&
	    run->result != RESULT_CLAIMS)
		die_usage("--claim and --claims-file go with --claims");
	if (run->tops && run->result != RESULT_CONCENTRATION)
		die_usage("--top goes with --concentration");
	if (run->tops)
		tops_check(run->tops);
	if (run->inactive_after && run->scheme != &scheme_pyramid)
		die_usage("--inactive-after goes with --scheme pyramid; the "
			  "others know no inactive ones");
	if (run->stages && !run->leads)
		die_usage("--stages goes with --leads");
}

/* "pyramid|rfm|...": the words of --scheme. */
static const char *scheme_words(struct buf *b)
{
	for (size_t i = 0; schemes[i]; i++)
		buf_addf(b, "%s%s", i ? "|" : "", schemes[i]->name);
	return b->p;
}

/* Customers, and below them those who never bought. */
static void place(const struct run *run, struct lane *l, enum side s,
		  struct ranking *r)
{
	int32_t as_of = run->as_of[s];

	if (as_of == DAY_NONE)
		as_of = lane_last_day(l, s);
	run->scheme->place(run, r, as_of);
	r->placed = r->names;
	if (s == NOW && (run->leads || run->customers))
		leads_place(r);
}

static void write_all(const struct run *run, struct by *by, struct lane *l,
		      const struct leads *leads, struct output *out)
{
	struct standings **earlier = NULL;
	size_t *order;

	if (run->moves)
		earlier = standings_read(run, by, leads);
	order = by_order(by);
	for (size_t i = 0; i < by_count(by); i++) {
		struct ranking *r = lane_ranking(l, NOW, order[i]);

		place(run, l, NOW, r);
		if (earlier)
			r->then = earlier[order[i]];
		if (run->moves_from) {
			struct ranking *then =
				lane_ranking(l, THEN, order[i]);

			place(run, l, THEN, then);
			r->then = standings_of(then);
			ranking_release(then);
		}
		result_write(run, by, order[i], r, out);
		ranking_release(r);
	}
	free(earlier);
	free(order);
}

static int run_all(struct run *run, char **files, size_t nfiles)
{
	struct by by;
	struct input *in;
	struct output *out;
	struct lane *l;
	struct leads *leads;

	run->files = files;
	run->nfiles = nfiles;
	if (run->scheme->open)
		run->scheme->open(run);
	if (run->result == RESULT_CLAIMS)
		run->known = claims_open(run);
	run->margins = margins_open(run);
	read_prepare(run);
	in = by_input(&by, &run->scan,
		      run->table ? NULL : schema_find(TEXT("transactions")),
		      run->column, run->columns, files, nfiles);
	out = result_open(run, &by);
	l = read_all(run, in, &by);
	leads = leads_read(run, l, &by);
	write_all(run, &by, l, leads, out);
	leads_free(leads);
	lane_free(l);
	claims_close(run->known);
	margins_free(run->margins);
	input_close(in, output_rows(out));
	if (run->scheme->close)
		run->scheme->close(run);
	by_release(&by);
	return output_close(out);
}

int main(int argc, char **argv)
{
	struct run run = { 0 };
	struct asked asked = { 0 };
	struct buf words = { 0 };
	struct opt of_schemes[16];
	const char *measure = NULL;
	int scheme = 0, status;
	/* Those marked last are told in the manual, not by -h. */
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "scheme", scheme_words(&words),
		  "what the tiers are (pyramid)", &scheme },
		{ OPT_TEXT, 0, "cuts", "PCT,...",
		  "tier limits, cumulative percent of customers", &run.cuts },
		{ OPT_TEXT, 0, "names", "NAME,...", "the tiers' names",
		  &run.names },
		{ OPT_TEXT, 0, "measure", "MEASURE",
		  "amount, margin, count, days or a column", &measure },
		{ OPT_TEXT, 0, "id", "COL",
		  "who: customer_id, vin, household_id, ...", &run.id },
		{ OPT_TEXT, 0, "value", "COL", "any table: how much",
		  &run.value },
		{ OPT_TEXT, 0, "inactive-after", "MONTHS",
		  "no deal for so long: inactive (12; 90d)",
		  &run.inactive_after },
		{ OPT_TEXT, 0, "leads", "FILE",
		  "potential and suspect ones too", &run.leads },
		{ OPT_TEXT, 0, "customers", "FILE",
		  "those on file who never bought too", &run.customers },
		{ OPT_FLAG, 0, "summary-by-tier", NULL, "one row a tier",
		  &asked.by_tier },
		{ OPT_FLAG, 0, "concentration", NULL,
		  "Gini index and top shares", &asked.concentration },
		{ OPT_FLAG, 0, "curve", NULL, "points of the Lorenz curve",
		  &asked.curve },
		{ OPT_FLAG, 0, "whale", NULL, "points of the whale curve",
		  &asked.whale },
		{ OPT_FLAG, 0, "claims", NULL,
		  "80/20 and the like against the data", &asked.claims },
		{ OPT_TEXT, 0, "moves", "EARLIER",
		  "from which tier to which since that result", &run.moves },
		{ OPT_TEXT, 0, "moves-from", "PERIOD",
		  "the same since a period or day of the rows",
		  &run.moves_from },
		{ OPT_FLAG, 0, "movers", NULL, "and who, and why",
		  &asked.movers },
		{ OPT_LIST, 0, "claim", "TOP:SHARE", "one more claim",
		  &run.claims, .common = true },
		{ OPT_TEXT, 0, "claims-file", "FILE", "other claims",
		  &run.claims_file, .common = true },
		{ OPT_TEXT, 0, "margins", "FILE",
		  "kind,margin_pct of rows without a cost", &run.margins_file,
		  .common = true },
		{ OPT_TEXT, 0, "top", "PCT,...", "more top shares", &run.tops,
		  .common = true },
		{ OPT_TEXT, 0, "stages", "FILE", "what stages of leads mean",
		  &run.stages, .common = true },
		{ OPT_FLAG, 0, "purchases", NULL,
		  "a column with each one's number of purchases",
		  &run.with_purchases, .common = true },
		{ OPT_INCLUDE, .to = of_schemes },
		{ OPT_INCLUDE, .to = run.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-tier", "[OPTION...] [FILE...]",
		"Ranks customers by what they are worth and cuts them into "
		"tiers.\n"
		"in: transactions, or any table with --id and --value\n"
		"out: customer_id,rank,value,share,cum_share,tier",
		"crm-tier --until 2025-10-31 --summary-by-tier -t table "
		"transactions.csv",
		opts
	};
	size_t nfiles;
	char **files;

	msg_init("crm-tier");
	common_init(&run.common);
	optuse_include(schemes_uses, of_schemes, NELEMS(of_schemes));
	files = opt_parse(&program, argc, argv, &nfiles);
	run.scheme = schemes[scheme];
	optuse_check(schemes_uses, &run.scheme->uses);
	run.measured = measure != NULL;
	run.measure = measure_parse(measure);
	run.table = run.value != NULL;
	inactive_parse(&run);
	choose_result(&run, &asked);
	check(&run, measure);
	status = run_all(&run, files, nfiles);
	buf_release(&words);
	return status;
}
