/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-nps: surveys in, the net promoter score with its interval out, one row
 * per group and period; or another analysis of the answers. The parts are in
 * cmd/nps.
 */
#include "base/msg.h"
#include "cmd/nps/nps.h"

int main(int argc, char **argv)
{
	struct nps_options o = { .promoter = NPS_NOT_GIVEN,
				 .detractor = NPS_NOT_GIVEN };
	struct opt of_analyses[ANALYSES_OPTS + 1];
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "question", "ID",
		  "this question only (nps, recommend, or the one)",
		  &o.question },
		{ OPT_TEXT, 0, "scale", "LOW-HIGH",
		  "whole scores that are possible (nps: 0-10)", &o.scale },
		{ OPT_INT, 0, "promoters", "SCORE",
		  "from this score on a promoter (9)", &o.promoter, -1000000,
		  1000000 },
		{ OPT_INT, 0, "detractors", "SCORE",
		  "up to this score a detractor (6)", &o.detractor, -1000000,
		  1000000 },
		{ OPT_CHOICE, 0, "trend", TREND_WORDS, "one row per period",
		  &o.trend },
		{ OPT_INT, 0, "min-n", "N", "no figures of fewer answers",
		  &o.min_n, 1, 1000000000 },
		{ OPT_CHOICE, 0, "duplicates", DUPLICATES_WORDS,
		  "which answers of one customer count", &o.duplicates,
		  .common = true },
		{ OPT_TEXT, 0, "per", "COL,...",
		  "duplicates: of one what (customer_id)", &o.per,
		  .common = true },
		{ OPT_TEXT, 0, "weight", "COL", "answers have weights", &o.weight,
		  .common = true },
		{ OPT_TEXT, 0, "weights", "FILE",
		  "of strata: COL...,population", &o.weights },
		{ OPT_TEXT, 0, "invitations", "FILE",
		  "with the response rate", &o.invitations, .common = true },
		{ OPT_INCLUDE, .to = of_analyses },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-nps", "[OPTION...] [FILE...]",
		"Net promoter score of surveys with its 95 % interval, or "
		"what is asked for.\n"
		"in: surveys\n"
		"out: [groups,]n,promoters,passives,detractors,nps,se,ci_low,"
		"ci_high",
		"crm-nps --trend month --by store_id surveys.csv", opts
	};
	const char *value;
	size_t nfiles;
	char **files;

	msg_init("crm-nps");
	common_init(&o.common);
	analyses_include(of_analyses);
	files = opt_parse(&program, argc, argv, &nfiles);
	return analyses_chosen(&o, &value)->run(&o, value, files, nfiles);
}
