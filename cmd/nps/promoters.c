/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --nps: the net promoter score with its interval. */
#include "base/mem.h"
#include "cmd/nps/figures.h"

static int method;		/* enum nps_method */

static const struct opt table[] = {
	{ OPT_CHOICE, 0, "ci-method", NPS_METHOD_WORDS, "of the interval",
	  &method, .common = true },
	{ OPT_END },
};

static void put(const struct score_group *g, bool known, struct output *out)
{
	struct nps_counts c = score_nps_counts(g);
	struct nps_result r = { 0 };

	if (known)
		r = score_nps(g, (enum nps_method)method);
	output_int(out, (int64_t)g->n);
	output_int(out, (int64_t)c.promoters);
	output_int(out, (int64_t)c.passives);
	output_int(out, (int64_t)c.detractors);
	put_fixed4(out, known, r.nps);
	put_fixed4(out, known, r.se);
	put_fixed4(out, known, r.ci_low);
	put_fixed4(out, known, r.ci_high);
}

static struct nps_estimate estimate(const struct score_group *g)
{
	struct nps_result r = score_nps(g, (enum nps_method)method);

	return (struct nps_estimate){ r.nps, r.ci_low, r.ci_high };
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column column[] = {
		{ "n", COL_INT },	  { "promoters", COL_INT },
		{ "passives", COL_INT },  { "detractors", COL_INT },
		{ "nps", COL_FIXED4 },	  { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
	};
	static const struct measure measure = {
		"0-10", true, usual_nps, column, NELEMS(column), put, estimate,
	};

	(void)value;
	return figures_run(o, &measure, files, nfiles);
}

const struct analysis analysis_nps = {
	.name = "nps",
	.help = "net promoter score, when nothing else is asked for",
	.advanced = true,
	.takes = TAKES_ANSWERS | TAKES_CUTS | TAKES_INVITATIONS,
	.uses = { table },
	.run = run,
};
