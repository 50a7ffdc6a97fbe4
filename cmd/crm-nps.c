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
		  "whole scores that are possible (0-10)", &o.scale },
		{ OPT_INT, 0, "promoters", "SCORE",
		  "from this score on a promoter (9)", &o.promoter, -1000000,
		  1000000 },
		{ OPT_INT, 0, "detractors", "SCORE",
		  "up to this score a detractor (6)", &o.detractor, -1000000,
		  1000000 },
		{ OPT_CHOICE, 0, "trend", TREND_WORDS, "one row per period",
		  &o.trend },
		{ OPT_INCLUDE, .to = of_analyses },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-nps", "[OPTION...] [FILE...]",
		"Net promoter score of surveys with its 95 % interval.\n"
		"in: surveys: score, and question, date where they matter\n"
		"out: [period,][groups,]n,promoters,passives,detractors,"
		"nps,se,ci_low,\n     ci_high",
		"crm-nps --trend month --by store_id surveys.csv", opts
	};
	const char *value;
	size_t nfiles;
	char **files;

	msg_init("crm-nps");
	common_init(&o.common);
	analyses_include(of_analyses);
	files = opt_parse(&program, argc, argv, &nfiles);
	return analyses_chosen(&value)->run(&o, value, files, nfiles);
}
