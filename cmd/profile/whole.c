/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile without a verb: its options, and which result they ask for. */
#include <string.h>

#include "base/msg.h"
#include "base/number.h"
#include "cmd/profile/profile.h"

/* "5,25,50": percent, at most four decimals. */
static void read_quantiles(struct profile_options *o)
{
	struct text rest = text_of(o->quantiles), part;
	struct figure f;

	while (text_split(&rest, ',', &part)) {
		int64_t ppm;

		if (!figure_parse(part, &f) || figure_decimals(f) > 4 ||
		    !figure_scale(f, 4, &ppm) || ppm < 0 || ppm > STEPS_ONE)
			die_usage("--quantiles: \"%s\" is not a list of "
				  "percentages from 0 to 100, with at most 4 "
				  "decimals",
				  o->quantiles);
		for (size_t i = 0; i < o->nppm; i++)
			if (o->ppm[i] == ppm)
				die_usage("--quantiles: \"%s\" has one of "
					  "them twice",
					  o->quantiles);
		if (o->nppm == PROFILE_QUANTILES)
			die_usage("--quantiles: at most %d",
				  PROFILE_QUANTILES);
		o->ppm[o->nppm++] = ppm;
	}
}

/* Which results there are besides the table; one at a time. */
static void check_results(const struct profile_options *o)
{
	int results = (o->histogram != NULL) + (o->compare != NULL) +
		      o->values + o->long_form;

	if (results > 1)
		die_usage("--histogram, --compare, --values and --long are "
			  "results of their own: one at a time");
	if ((o->bins || o->width) && !o->histogram)
		die_usage("--bins and --width go with --histogram");
	if (o->bins && o->width)
		die_usage("--bins or --width: one says the other");
	if (o->compare && o->common.by)
		die_usage("--compare is by its own column; --by goes without "
			  "it");
}

static int run(struct profile_options *o, char **files, size_t nfiles)
{
	read_quantiles(o);
	o->common.private = o->raw;
	check_results(o);
	if (o->histogram)
		return profile_histogram(o, files, nfiles);
	if (o->compare) {
		o->common.by = o->compare;
		return profile_compare(o, files, nfiles);
	}
	if (o->values)
		return profile_values(o, files, nfiles);
	return profile_table(o, files, nfiles);
}

int profile_whole(int argc, char **argv)
{
	struct profile_options o = { .quantiles = "5,25,75,95", .top = 5 };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "column", "COL,...", "these, in this order",
		  &o.columns },
		{ OPT_TEXT, 0, "quantiles", "PCT,...",
		  "besides the median (5,25,75,95)", &o.quantiles },
		{ OPT_FLAG, 0, "interpolate", NULL,
		  "quantiles between two values, as R has them", &o.between },
		{ OPT_INT, 0, "top", "K", "most frequent values (5)", &o.top,
		  .min = 1, .max = 1000 },
		{ OPT_FLAG, 0, "values", NULL, "a row for each of those",
		  &o.values },
		{ OPT_FLAG, 0, "long", NULL, "a row for each single figure",
		  &o.long_form },
		{ OPT_FLAG, 0, "full", NULL,
		  "tables, too, with all measures", &o.full },
		{ OPT_TEXT, 0, "histogram", "COL", "how one column spreads",
		  &o.histogram },
		{ OPT_INT, 0, "bins", "N", "about so many of equal width",
		  &o.bins, .min = 1, .max = 1000 },
		{ OPT_TEXT, 0, "width", "W", "of that width (days for dates)",
		  &o.width },
		{ OPT_TEXT, 0, "compare", "COL",
		  "groups side by side, with effect sizes", &o.compare },
		{ OPT_TEXT, 0, "stream", "NAME",
		  "whose types to take; table: none", &o.stream },
		{ OPT_LIST, 0, "type", "COL=TYPE", "what a column holds",
		  &o.types },
		{ OPT_INT, 0, "exact", "N",
		  "different values counted one by one (65536)", &o.exact,
		  .min = 1, .max = 1 << 26 },
		{ OPT_FLAG, 0, "raw", NULL,
		  "phones, names and the like as they are", &o.raw },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-profile", "[VERB] [OPTION...] [FILE...]",
		"Descriptive statistics of any table, column by column.",
		"crm-profile -t table customers.csv", opts
	};
	size_t nfiles;
	char **files;

	common_init(&o.common);
	o.common.as_is = true;
	files = opt_parse(&program, argc, argv, &nfiles);
	return run(&o, files, nfiles);
}
