/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --mean and --ces: the mean score, its spread and its interval. */
#include "base/mem.h"
#include "cmd/nps/figures.h"

static void put_mean(const struct score_group *g, bool known,
		     struct output *out)
{
	struct score_mean m = { 0 };

	if (known)
		m = score_mean(g);
	output_int(out, (int64_t)g->n);
	put_fixed4(out, known, m.mean);
	put_fixed4(out, known, m.sd);
	put_fixed4(out, known, m.se);
	put_fixed4(out, known, m.low);
	put_fixed4(out, known, m.high);
}

static struct nps_estimate estimate(const struct score_group *g)
{
	struct score_mean m = score_mean(g);

	return (struct nps_estimate){ m.mean, m.low, m.high };
}

static int run_mean(const struct nps_options *o, const char *value,
		    char **files, size_t nfiles)
{
	static const char *const usual[] = { NULL };
	static const struct output_column column[] = {
		{ "n", COL_INT },	  { "mean", COL_FIXED4 },
		{ "sd", COL_FIXED4 },	  { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
	};
	static const struct measure measure = {
		"0-10",	 false,	  usual, column, NELEMS(column),
		put_mean, estimate,
	};

	(void)value;
	return figures_run(o, &measure, files, nfiles);
}

const struct analysis analysis_mean = {
	.name = "mean",
	.help = "mean score with its interval",
	.takes = TAKES_ANSWERS | TAKES_INVITATIONS,
	.run = run_mean,
};

/* ---- effort ---- */

/* The first score above the middle: from there on one agrees that it was
 * easy; 5 of 1-7. */
static int64_t easy_from(const struct nps_scale *s)
{
	return s->low + (s->high - s->low) / 2 + 1;
}

static void put_ces(const struct score_group *g, bool known,
		    struct output *out)
{
	struct score_top t = { 0 };

	put_mean(g, known, out);
	if (g->n)
		t = score_top(g, easy_from(g->scale));
	output_int(out, (int64_t)t.count);
	put_share(out, known, t.share);
	output_int(out, easy_from(g->scale));
}

static int run_ces(const struct nps_options *o, const char *value,
		   char **files, size_t nfiles)
{
	static const char *const usual[] = { "ces", "effort", NULL };
	static const struct output_column column[] = {
		{ "n", COL_INT },	  { "ces", COL_FIXED4 },
		{ "sd", COL_FIXED4 },	  { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
		{ "easy", COL_INT },	  { "easy_share", COL_SHARE },
		{ "easy_from", COL_INT },
	};
	static const struct measure measure = {
		"1-7", false, usual, column, NELEMS(column), put_ces, estimate,
	};

	(void)value;
	return figures_run(o, &measure, files, nfiles);
}

const struct analysis analysis_ces = {
	.name = "ces",
	.help = "customer effort score: mean (1-7)",
	.takes = TAKES_ANSWERS | TAKES_INVITATIONS,
	.run = run_ces,
};
