/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --index TREE: indicators, classes and a total, weighted as a file says. Two
 * trees ship: index-4s.csv and index-quality.csv in lib/model.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/nps/figures.h"
#include "cmd/nps/responses.h"
#include "model/indexscore.h"

/* ---- the tree ---- */

enum { CLASS, INDICATOR, ASKED, WEIGHT, LOW, HIGH, TARGET, TREE_COLUMNS };

static const struct input_column tree_columns[TREE_COLUMNS] = {
	[CLASS] = { "class", COL_TEXT, INPUT_FILLED },
	[INDICATOR] = { "indicator", COL_TEXT, INPUT_REQUIRED },
	[ASKED] = { "question", COL_TEXT, INPUT_OPTIONAL },
	[WEIGHT] = { "weight", COL_REAL, INPUT_REQUIRED },
	[LOW] = { "low", COL_REAL, INPUT_OPTIONAL },
	[HIGH] = { "high", COL_REAL, INPUT_OPTIONAL },
	[TARGET] = { "target", COL_REAL, INPUT_OPTIONAL },
};

/* Millionths; -1 when it has more than six decimals, or is none. */
static int64_t weight_of(const struct cell *c)
{
	double units = c->known ? c->real * INDEXTREE_ONE : -1;
	double whole = nearbyint(units);

	if (!(units >= 0 && units <= INDEXTREE_ONE) ||
	    fabs(units - whole) > 1e-6)
		return -1;
	return (int64_t)whole;
}

static double target_of(const struct cell *c)
{
	return c->known ? c->real : NAN;
}

static enum indextree_fault add_row(struct indextree *t, const struct cell *c)
{
	if (c[INDICATOR].known)
		return indextree_indicator(
			t, &(struct indextree_leaf){
				   c[CLASS].text, c[INDICATOR].text,
				   c[ASKED].known ? c[ASKED].text :
						    c[INDICATOR].text,
				   weight_of(&c[WEIGHT]),
				   c[LOW].known ? c[LOW].real : 1,
				   c[HIGH].known ? c[HIGH].real : 5,
				   target_of(&c[TARGET]) });
	if (text_is(c[CLASS].text, "total") && !c[WEIGHT].known) {
		indextree_target(t, target_of(&c[TARGET]));
		return INDEXTREE_FINE;
	}
	return indextree_class(t, c[CLASS].text, weight_of(&c[WEIGHT]),
			       target_of(&c[TARGET]));
}

/* "4s" is index-4s.csv, a file of one's own ends in .csv. */
static char *path_of(const char *name)
{
	struct buf file = { 0 };
	char *path;

	if (strchr(name, '/') || text_ends(text_of(name), ".csv"))
		return mem_strdup(name);
	buf_addf(&file, "index-%s.csv",
		 strcmp(name, "default") == 0 ? "4s" : name);
	path = share_path(file.p);
	buf_release(&file);
	if (access(path, R_OK) != 0)
		die_usage("--index %s: 4s and quality are shipped; a file of "
			  "one's own ends in .csv", name);
	return path;
}

static struct indextree *read_tree(const char *name)
{
	struct indextree *t = indextree_new();
	char *path = path_of(name);
	char *files[] = { path, NULL };
	enum indextree_fault fault;
	struct common common;
	struct text class;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, tree_columns, TREE_COLUMNS, files, 1);
	while (input_next(in, &row)) {
		fault = add_row(t, row.cell);
		if (fault != INDEXTREE_FINE)
			input_reject(in, -1, REASON_BAD_VALUE, "%s",
				     indextree_strerror(fault));
	}
	input_close(in, 0);
	fault = indextree_check(t, &class);
	if (fault != INDEXTREE_FINE)
		die("%s: %s: %.*s", path, indextree_strerror(fault),
		    class.n ? (int)class.n : 11,
		    class.n ? class.p : "the classes");
	free(path);
	return t;
}

/* ---- the answers ---- */

/* The scores of each group, by its number. */
struct scores {
	const struct indextree *tree;
	struct indexscore **group;
	size_t groups, cap;
};

static struct indexscore *score_of(struct scores *s, size_t group)
{
	while (s->groups <= group) {
		s->group = mem_grow(s->group, s->groups, &s->cap,
				    sizeof(struct indexscore *));
		s->group[s->groups++] = indexscore_new(s->tree);
	}
	return s->group[group];
}

static void take(struct scores *s, struct responses *r, const struct cell *c)
{
	size_t q = indextree_question(s->tree, c[RESPONSE_QUESTION].text);
	double score = c[RESPONSE_SCORE].real;

	if (q == SIZE_MAX)
		input_skip(r->in);
	else if (!indextree_on_scale(s->tree, q, score,
				     responses_scale_max(c)))
		input_reject(r->in, RESPONSE_SCORE, REASON_OUT_OF_RANGE,
			     "not on the scale that the tree has for the "
			     "question");
	else
		indexscore_add(score_of(s, by_label(&r->by, c)),
			       c[RESPONSE_ID].text, q, score);
}

static void put_row(struct output *out, const struct indexscore_row *r,
		    int64_t least)
{
	bool known = r->n > 0 && r->n >= (uint64_t)least;

	output_str(out, indexscore_level_names[r->level]);
	output_text(out, r->class);
	output_text(out, r->level == INDEXSCORE_INDICATOR ? r->name :
							    (struct text){ 0 });
	output_text(out, r->question);
	output_share_real(out, r->weight);
	output_int(out, (int64_t)r->n);
	put_fixed4(out, known, r->score);
	put_fixed4(out, known, r->se);
	put_fixed4(out, known, r->low);
	put_fixed4(out, known, r->high);
	output_share_real(out, r->covered);
	put_fixed4(out, true, r->target);
	if (known && !isnan(r->target))
		output_str(out, r->below ? "yes" : "no");
	else
		output_empty(out);
	output_end(out);
}

static void put_scores(struct output *out, struct responses *r,
		       struct scores *s)
{
	size_t groups = responses_groups(r);

	for (size_t i = 0; i < groups; i++) {
		struct indexscore *score = score_of(s, r->order[i]);

		indexscore_finish(score);
		for (size_t k = 0; k < indexscore_rows(score); k++) {
			struct indexscore_row row = indexscore_row(score, k);

			by_put(&r->by, r->order[i], out);
			put_row(out, &row, r->o->min_n);
		}
	}
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column figures[] = {
		{ "level", COL_TEXT },	  { "class", COL_TEXT },
		{ "indicator", COL_TEXT }, { "question", COL_TEXT },
		{ "weight", COL_SHARE },  { "n", COL_INT },
		{ "score", COL_FIXED4 },  { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
		{ "covered", COL_SHARE }, { "target", COL_FIXED4 },
		{ "below", COL_TEXT },
	};
	struct indextree *tree = read_tree(value);
	struct scores s = { .tree = tree };
	struct responses r;
	const struct cell *c;
	struct output *out;

	out = responses_open(&r, o, figures, NELEMS(figures), files, nfiles);
	while (responses_next(&r, &c))
		take(&s, &r, c);
	put_scores(out, &r, &s);
	for (size_t i = 0; i < s.groups; i++)
		indexscore_free(s.group[i]);
	free(s.group);
	indextree_free(tree);
	return responses_close(&r, out);
}

const struct analysis analysis_index = {
	.name = "index",
	.arg = "TREE",
	.help = "weighted index: 4s, quality or FILE.csv",
	.takes = TAKES_MIN_N,
	.run = run,
};
