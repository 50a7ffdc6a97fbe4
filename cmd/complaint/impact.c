/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint impact: what stands behind the complaints that were heard,
 * and what is at risk. No figure of the trade is in the code; each is a claim
 * of a file, and named in the result.
 */
#include <stdlib.h>

#include "base/msg.h"
#include "canon/codes_csv.h"
#include "model/comeback.h"

#include "cmd/complaint/impact.h"
#include "cmd/complaint/verbs.h"

enum casestats_outcome impact_outcome(const struct impact *m, size_t i)
{
	struct casecols_case k = casecols_case(&m->src.cols, m->g.at[i]);

	return casestats_outcome(&k.k, m->unsolved,
				 m->on_spot_hours * INSTANT_HOUR);
}

/* --unsolved: states; those of the default may be missing, for a workflow
 * need not have them. */
static void read_unsolved(struct impact *m)
{
	const char *states = m->unsolved_states ? m->unsolved_states :
						  CASESTATS_UNSOLVED_STATES;
	struct text missing;

	m->unsolved = casestats_unsolved(m->src.workflow, text_of(states),
					 &missing);
	if (m->unsolved_states && missing.p)
		die_usage("--unsolved: the workflow has no state \"%.*s\"",
			  (int)missing.n, missing.p);
}

/* The file of --with is this verb's own: the customers' values. */
static void take_with(struct impact *m)
{
	if (m->common.withs.n > 1)
		die_usage("--with: one file, with the columns customer_id and "
			  "clv");
	if (m->common.withs.n == 1) {
		m->clv = m->common.withs.item[0];
		m->common.withs.n = 0;
	}
	if (m->value && !m->clv)
		die_usage("--value: --with FILE says what customers are "
			  "worth (crm-clv)");
	if (m->clv && m->transactions)
		die_usage("--with and --transactions: one result at a time");
}

static struct output *write_result(struct impact *m)
{
	if (m->clv)
		return impact_value(m);
	return m->transactions ? impact_returns(m) : impact_iceberg(m);
}

static int run(struct impact *m, char **files, size_t n)
{
	struct output *out;
	int status;

	m->unit = casegroups_unit(&m->common, &m->names);
	m->codes = codes_csv_read(NULL);
	claims_open(&m->claims, m->claims_file, &m->asked);
	m->customer = casegroups_wish(&m->src, "customer_id");
	m->src.no_empty_log = true;
	casesource_open(&m->src, files, n);
	casecols_use_codes(&m->src.cols, m->codes);
	if (m->unit)
		by_trend(&m->src.cols.by, m->unit, CASECOLS_BY_DAY);
	read_unsolved(m);
	casesource_read(&m->src);
	casegroups_make(&m->g, &m->src);
	out = write_result(m);
	casegroups_release(&m->g);
	claims_close(&m->claims);
	free(m->unsolved);
	codes_free(m->codes);
	casesource_close(&m->src, output_rows(out));
	status = output_close(out);
	arena_release(&m->names);
	return status;
}

int impact_main(int argc, char **argv)
{
	struct impact m = { .months = COMEBACK_MONTHS,
			    .on_spot_hours = CASESTATS_ON_SPOT_HOURS };
	size_t n;
	char **files;

	common_init(&m.common);
	casesource_init(&m.src, &m.common);
	const struct opt opts[] = {
		{ OPT_FLAG, 0, "claims", NULL, "list the claims, and no cases",
		  .to = &m.list },
		{ OPT_LIST, 0, "claim", "NAME",
		  "take this claim, not the one that is marked",
		  .to = &m.asked },
		{ OPT_TEXT, 0, "claims-file", "FILE", "other claims",
		  .to = &m.claims_file },
		{ OPT_FLAG, 0, "value", NULL,
		  "value at risk, of the column clv of --with",
		  .to = &m.value },
		{ OPT_TEXT, 0, "transactions", "FILE",
		  "who bought again, beside the claims",
		  .to = &m.transactions },
		{ OPT_INT, 0, "months", "N", "bought within N months (12)",
		  .to = &m.months, .min = 1, .max = 1200 },
		{ OPT_INT, 0, "on-spot", "HOURS",
		  "closed so soon is on the spot (24)",
		  .to = &m.on_spot_hours, .min = 0, .max = 1000000 },
		{ OPT_TEXT, 0, "unsolved", "STATE,...",
		  "closed, but not solved (explained,withdrawn)",
		  .to = &m.unsolved_states },
		{ .kind = OPT_INCLUDE, .to = m.src.opts },
		{ .kind = OPT_INCLUDE, .to = m.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint impact", "[OPTION...] LOG | [FILE...]",
		"Writes what the complaints that were heard stand for by the "
		"claims of the trade:\nitem,low,middle,high,claim,source; or "
		"the value at risk, or who bought again.",
		"crm-complaint impact cases.log --claim silent-92", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	take_with(&m);
	if (m.list)
		return claims_list(&m.common, m.claims_file, &m.asked);
	return run(&m, files, n);
}
