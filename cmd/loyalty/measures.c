/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-loyalty measures: the eight measures of the lecture, each with how it
 * was derived and on how many. */
#include "base/mem.h"
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/loyalty/totals.h"
#include "cmd/loyalty/verbs.h"

static const struct output_column columns[] = {
	{ "measure", COL_TEXT }, { "zh", COL_TEXT },  { "score", COL_FIXED4 },
	{ "n", COL_INT },	 { "raw", COL_REAL }, { "direction", COL_TEXT },
	{ "derived", COL_TEXT },
};

static int run(const struct common *common, const struct totals_ask *ask,
	       int64_t days, char **files, size_t nfiles)
{
	struct loyalty_totals t;
	struct people p;
	struct output *out;

	people_read(&p, &ask->people, files, nfiles);
	t = totals_of(&p, ask);
	out = output_open(common, columns, NELEMS(columns));
	for (int m = 0; m < LOYALTY_MEASURES; m++) {
		struct loyalty_score s = loyalty_measure(
			(enum loyalty_measure)m, &t, (double)days);

		output_str(out, s.name);
		output_str(out, s.zh);
		output_fixed4(out, s.score);
		output_int(out, (int64_t)s.n);
		output_real(out, s.raw);
		output_str(out,
			   s.reversed ? "less is better" : "more is better");
		output_str(out, s.derived);
		output_end(out);
	}
	people_close(&p, output_rows(out));
	return output_close(out);
}

int loyalty_measures(int argc, char **argv)
{
	struct totals_ask ask = { .contacts = NULL };
	struct common common;
	int64_t days = 90;
	size_t n;

	common_init(&common);
	ask.people.common = &common;
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "surveys", "FILE", "what customers answered",
		  &ask.people.surveys },
		{ OPT_TEXT, 0, "questions", "FILE",
		  "which question is about what", &ask.people.questions },
		{ OPT_TEXT, 0, "contacts", "FILE", "who gets in touch",
		  &ask.contacts },
		{ OPT_TEXT, 0, "leads", "FILE", "how long they choose",
		  &ask.leads },
		{ OPT_TEXT, 0, "complaints", "FILE",
		  "who stays after a quality fault", &ask.complaints },
		{ OPT_INT, 0, "choosing-days", "N",
		  "choosing for so long scores 0 (90)", &days, 1, 36500 },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty measures", "[OPTION...] [FILE...]",
		"Scores loyalty by eight measures from 0 to 100, more being "
		"more loyal; what the\nstreams cannot tell has no score.\n"
		"in: transactions, and the files that the options name\n"
		"out: measure,zh,score,n,raw,direction,derived",
		"crm-loyalty measures --surveys surveys.csv transactions.csv",
		opts
	};
	char **files = opt_parse(&program, argc, argv, &n);

	return run(&common, &ask, days, files, n);
}
