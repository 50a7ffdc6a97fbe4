/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --distribution: how many gave each score; a row for each of the scale. */
#include "base/mem.h"
#include "cmd/nps/figures.h"
#include "num/rates.h"

static void write_group(const struct answers *a, size_t group,
			const struct score_group *g, struct output *out)
{
	bool known = g->n > 0 && g->n >= (uint64_t)a->o->min_n;
	double below = 0;

	for (size_t i = 0; i < score_count(g->scale); i++) {
		struct rates_interval ci = { 0 };

		if (known)
			ci = rates_share_of(g->share[i], g->effective);
		below += g->share[i];
		by_put(&a->by, group, out);
		output_int(out, g->scale->low + (int64_t)i);
		output_int(out, (int64_t)g->count[i]);
		put_share(out, known, g->share[i]);
		put_share(out, known, below < 1 ? below : 1);
		put_share(out, known, ci.low);
		put_share(out, known, ci.high);
		output_end(out);
	}
}

static void write_groups(const struct answers *a, struct output *out)
{
	for (size_t i = 0; i < a->groups; i++) {
		struct score_group g = answers_group(a, a->order[i]);

		if (g.n || !answers_grouped(a))
			write_group(a, a->order[i], &g, out);
		score_release(&g);
	}
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const char *const usual[] = { NULL };
	static const struct output_column column[] = {
		{ "score", COL_INT },	    { "n", COL_INT },
		{ "share", COL_SHARE },	    { "cum_share", COL_SHARE },
		{ "ci_low", COL_SHARE },    { "ci_high", COL_SHARE },
	};
	struct answers a = { .o = o,
			     .scale = scale_range(o, "0-10"),
			     .usual = usual };
	struct output *out;

	(void)value;
	answers_open(&a, files, nfiles);
	out = by_open(&a.by, &o->common, column, NELEMS(column));
	answers_read(&a);
	write_groups(&a, out);
	answers_close(&a, output_rows(out));
	return output_close(out);
}

const struct analysis analysis_distribution = {
	.name = "distribution",
	.help = "how many gave each score",
	.advanced = true,
	.takes = TAKES_ANSWERS,
	.run = run,
};
