/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-loyalty index: the index of loyalty (CLI), a weighted mean of parts
 * whose weights are data and are printed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "stream/output.h"

#include "cmd/loyalty/totals.h"
#include "cmd/loyalty/verbs.h"

struct weights {
	double of[LOYALTY_PARTS];
	char *source[LOYALTY_PARTS];
};

static enum loyalty_part part_of(struct text word)
{
	int i = 0;

	while (i < LOYALTY_PARTS && !text_is(word, loyalty_part_names[i]))
		i++;
	return (enum loyalty_part)i;
}

static void read_weights(struct weights *w, const char *file)
{
	enum { PART, WEIGHT, SOURCE, COLUMNS };
	static const struct input_column columns[COLUMNS] = {
		[PART] = { "part", COL_TEXT, INPUT_FILLED },
		[WEIGHT] = { "weight", COL_REAL, INPUT_FILLED },
		[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
	};
	char *path =
		file ? mem_strdup(file) : share_path("loyalty-weights.csv");
	char *files[] = { path, NULL };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, COLUMNS, files, 1);
	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		enum loyalty_part k = part_of(c[PART].text);

		if (k == LOYALTY_PARTS) {
			input_reject(in, PART, REASON_BAD_VALUE,
				     "repeat, recommend or stay is meant");
		} else if (!(c[WEIGHT].real >= 0)) {
			input_reject(in, WEIGHT, REASON_OUT_OF_RANGE,
				     "a weight is 0 or more");
		} else if (w->source[k]) {
			input_reject(in, PART, REASON_DUP_KEY,
				     "the same part twice");
		} else {
			w->of[k] = c[WEIGHT].real;
			w->source[k] = mem_alloc(c[SOURCE].text.n + 1, 1);
			memcpy(w->source[k], c[SOURCE].text.p,
			       c[SOURCE].text.n);
			w->source[k][c[SOURCE].text.n] = '\0';
		}
	}
	input_close(in, 0);
	free(path);
}

static void put_part(struct output *out, const struct loyalty_score *s,
		     double weight, double used, const char *source)
{
	output_str(out, s->name);
	output_str(out, s->zh);
	output_fixed4(out, s->score);
	output_int(out, (int64_t)s->n);
	output_real(out, weight);
	output_share_real(out, used);
	output_str(out, s->derived);
	output_str(out, source);
	output_end(out);
}

static void put_parts(struct output *out, const struct loyalty_totals *t,
		      const struct weights *w)
{
	struct loyalty_score part[LOYALTY_PARTS];
	double used[LOYALTY_PARTS], weights = 0, of = 0;
	struct loyalty_score all = { .name = "index",
				     .zh = "忠诚度指数",
				     .n = t->customers };

	for (int i = 0; i < LOYALTY_PARTS; i++)
		part[i] = loyalty_part((enum loyalty_part)i, t);
	all.score = loyalty_index(part, w->of, used);
	for (int i = 0; i < LOYALTY_PARTS; i++) {
		put_part(out, &part[i], w->of[i], used[i], w->source[i]);
		weights += w->of[i];
		of += used[i];
	}
	all.derived = "the parts' weighted mean, of those that are known";
	put_part(out, &all, weights, of, NULL);
}

static int run(const struct common *common, const struct totals_ask *ask,
	       const char *weights, char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "part", COL_TEXT },	 { "zh", COL_TEXT },
		{ "score", COL_FIXED4 }, { "n", COL_INT },
		{ "weight", COL_REAL },	 { "weight_used", COL_SHARE },
		{ "derived", COL_TEXT }, { "source", COL_TEXT },
	};
	struct weights w = { { 0 }, { NULL } };
	struct loyalty_totals t;
	struct people p;
	struct output *out;

	read_weights(&w, weights);
	people_read(&p, &ask->people, files, nfiles);
	t = totals_of(&p, ask);
	out = output_open(common, columns, NELEMS(columns));
	put_parts(out, &t, &w);
	people_close(&p, output_rows(out));
	for (int i = 0; i < LOYALTY_PARTS; i++)
		free(w.source[i]);
	return output_close(out);
}

int loyalty_index_main(int argc, char **argv)
{
	struct totals_ask ask = { .contacts = NULL };
	const char *weights = NULL;
	struct common common;
	size_t n;

	common_init(&common);
	ask.people.common = &common;
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "surveys", "FILE", "who would recommend us",
		  &ask.people.surveys },
		{ OPT_TEXT, 0, "questions", "FILE",
		  "which question is about what", &ask.people.questions },
		{ OPT_TEXT, 0, "weights", "FILE",
		  "part,weight,source: repeat, recommend, stay", &weights },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty index", "[OPTION...] [FILE...]",
		"The customer loyalty index (CLI), 0 to 100: a weighted mean "
		"of repeat buying,\nrecommendation and staying. Weights and "
		"their source are printed.\n"
		"in: transactions, and --surveys\n"
		"out: part,zh,score,n,weight,weight_used,derived,source",
		"crm-loyalty index --surveys surveys.csv transactions.csv", opts
	};
	char **files = opt_parse(&program, argc, argv, &n);

	return run(&common, &ask, weights, files, n);
}
