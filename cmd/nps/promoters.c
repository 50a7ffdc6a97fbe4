/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --nps: the net promoter score with its interval. */
#include "base/mem.h"
#include "cmd/nps/answers.h"
#include "model/score.h"

static void write_row(struct output *out, const struct nps_counts *c)
{
	struct nps_result r = nps_finish(c);
	const double value[] = { r.nps, r.se, r.ci_low, r.ci_high };

	output_int(out, (int64_t)r.n);
	output_int(out, (int64_t)c->promoters);
	output_int(out, (int64_t)c->passives);
	output_int(out, (int64_t)c->detractors);
	for (size_t i = 0; i < NELEMS(value); i++) {
		if (r.n)
			output_fixed4(out, value[i]);
		else
			output_empty(out);
	}
	output_end(out);
}

/* Groups in order; one that only other questions were asked in is none. */
static void write_rows(const struct answers *a, struct output *out)
{
	for (size_t i = 0; i < a->groups; i++) {
		const uint64_t *cell = answers_cell(a, a->order[i]);
		struct nps_counts c = score_nps(&a->scale, cell);

		if (answers_grouped(a) &&
		    c.promoters + c.passives + c.detractors == 0)
			continue;
		by_put(&a->by, a->order[i], out);
		write_row(out, &c);
	}
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const char *const usual[] = { "nps", "recommend", NULL };
	static const struct output_column columns[] = {
		{ "n", COL_INT },	  { "promoters", COL_INT },
		{ "passives", COL_INT },  { "detractors", COL_INT },
		{ "nps", COL_FIXED4 },	  { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
	};
	struct answers a = { .o = o,
			     .scale = scale_cuts(o, "0-10"),
			     .usual = usual };
	struct output *out;

	(void)value;
	answers_open(&a, files, nfiles);
	out = by_open(&a.by, &o->common, columns, NELEMS(columns));
	answers_read(&a);
	write_rows(&a, out);
	input_close(a.in, output_rows(out));
	answers_release(&a);
	return output_close(out);
}

const struct analysis analysis_nps = {
	.name = "nps",
	.help = "net promoter score, when nothing else is asked for",
	.run = run,
};
