/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --csat: the share of the satisfied, who gave one of the highest scores. */
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/figures.h"

static int64_t boxes;		/* --top; 0: two */

static const struct opt table[] = {
	{ OPT_INT, 0, "top", "N", "csat: the N highest scores (2)", &boxes, 1,
	  SCORE_MAX, true },
	{ OPT_END },
};

static int64_t top_from(const struct nps_scale *s)
{
	return s->high - (boxes ? boxes : 2) + 1;
}

static void put(const struct score_group *g, bool known, struct output *out)
{
	struct score_top t = { 0 };

	if (g->n)
		t = score_top(g, top_from(g->scale));
	output_int(out, (int64_t)g->n);
	output_int(out, (int64_t)t.count);
	put_share(out, known, t.share);
	put_share(out, known, t.se);
	put_share(out, known, t.low);
	put_share(out, known, t.high);
	output_int(out, top_from(g->scale));
}

static struct nps_estimate estimate(const struct score_group *g)
{
	struct score_top t = score_top(g, top_from(g->scale));

	return (struct nps_estimate){ t.share, t.low, t.high };
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column column[] = {
		{ "n", COL_INT },	 { "satisfied", COL_INT },
		{ "csat", COL_SHARE },	 { "se", COL_SHARE },
		{ "ci_low", COL_SHARE }, { "ci_high", COL_SHARE },
		{ "top_from", COL_INT },
	};
	static const struct measure measure = {
		"1-5", false, usual_csat, column, NELEMS(column), put, estimate,
	};
	struct nps_scale s = scale_range(o, measure.scale);

	(void)value;
	if (top_from(&s) <= s.low)
		die_usage("--top %lld is all of the scale or more",
			  (long long)(boxes ? boxes : 2));
	return figures_run(o, &measure, files, nfiles);
}

const struct analysis analysis_csat = {
	.name = "csat",
	.help = "the satisfied: share of the top scores (1-5)",
	.takes = TAKES_ANSWERS | TAKES_INVITATIONS,
	.uses = { table },
	.run = run,
};
