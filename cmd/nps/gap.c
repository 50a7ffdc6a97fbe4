/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --gap: how far each moment of truth stays behind what was expected of it,
 * the widest gap first, and how many promises were kept.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/nps/figures.h"
#include "cmd/nps/pairing.h"
#include "num/rates.h"

static const char *moment;	/* --moment */

/* Those without an expectation last. */
static bool widest(const struct item *a, const struct item *b)
{
	double left = pairs_difference(&a->pairs).value;
	double right = pairs_difference(&b->pairs).value;

	if (isnan(left) != isnan(right))
		return isnan(right);
	if (!isnan(left) && left != right)
		return left > right;
	return text_cmp(a->name, b->name) < 0;
}

static void put_row(struct output *out, const struct pairing *p,
		    const struct item *item)
{
	struct pairs_figure gap = pairs_difference(&item->pairs);
	struct rates_interval kept = rates_share(item->kept, item->promises);
	bool known = item->pairs.n >= (uint64_t)p->o->min_n;
	bool promised = item->promises > 0;

	by_put(&p->by, item->label, out);
	output_text(out, item->name);
	output_int(out, (int64_t)item->pairs.n);
	put_fixed4(out, known, pairs_mean_x(&item->pairs));
	put_fixed4(out, known, pairs_mean_y(&item->pairs));
	put_fixed4(out, known, gap.value);
	put_fixed4(out, known, gap.se);
	put_fixed4(out, known, gap.low);
	put_fixed4(out, known, gap.high);
	output_int(out, (int64_t)item->promises);
	output_int(out, (int64_t)item->kept);
	output_share(out, item->kept, item->promises);
	put_share(out, promised, kept.low);
	put_share(out, promised, kept.high);
	output_end(out);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	const struct output_column columns[] = {
		{ moment ? moment : "touchpoint", COL_TEXT },
		{ "n", COL_INT },	   { "expected", COL_FIXED4 },
		{ "perceived", COL_FIXED4 }, { "gap", COL_FIXED4 },
		{ "se", COL_FIXED4 },	   { "ci_low", COL_FIXED4 },
		{ "ci_high", COL_FIXED4 }, { "promises", COL_INT },
		{ "kept", COL_INT },	   { "kept_rate", COL_SHARE },
		{ "kept_low", COL_SHARE }, { "kept_high", COL_SHARE },
	};
	struct pairing p = { .o = o, .item = columns[0].name,
			     .promises = true };
	struct output *out;
	size_t *order;

	(void)value;
	pairing_open(&p, files, nfiles);
	out = by_open(&p.by, &o->common, columns, NELEMS(columns));
	pairing_read(&p);
	order = pairing_order(&p, widest);
	for (size_t k = 0; k < p.n; k++)
		put_row(out, &p, &p.list[order[k]]);
	free(order);
	pairing_close(&p, output_rows(out));
	return output_close(out);
}

static const struct opt moment_opts[] = {
	{ OPT_TEXT, 0, "moment", "COL", "what a moment of truth is (touchpoint)",
	  &moment, .common = true },
	{ OPT_END },
};

const struct analysis analysis_gap = {
	.name = "gap",
	.help = "expectation less perception",
	.takes = TAKES_QUESTION | TAKES_MIN_N,
	.uses = { moment_opts },
	.run = run,
};
