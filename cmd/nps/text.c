/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --text: what comments are about, counted by a list of codes and their words;
 * and how those scored who said it.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/nps/figures.h"
#include "model/comments.h"
#include "num/rates.h"

enum { COMMENT, RESPONSE, SCORE, QUESTION, DATE, COLUMNS };

static const char *codes;	/* --codes */

/* A code as people call it. */
struct label {
	struct text code, zh, en;
};

struct run {
	const struct nps_options *o;
	struct comments *comments;
	struct label *label;
	size_t cap;
	struct arena names;
	struct input *in;
	struct by by;
	struct output *out;
};

/* ---- the codes ---- */

enum { CODE, ZH, EN, WORDS, EXCEPT, CODE_COLUMNS };

static struct text keep(struct run *r, const struct cell *c)
{
	return (struct text){ arena_copy(&r->names, c->text.p, c->text.n),
			      c->text.n };
}

static void add_code(struct run *r, const struct row *row)
{
	static const char *const why[COMMENTS_FAULTS] = {
		[COMMENTS_TWICE] = "the code has a line already",
		[COMMENTS_WORDLESS] = "no words, or an empty one",
		[COMMENTS_RESERVED] = "uncoded and all are no codes",
		[COMMENTS_TOO_MANY] = "more codes than 256",
	};
	const struct cell *c = row->cell;
	size_t n = comments_codes(r->comments);
	enum comments_fault fault =
		comments_code(r->comments, c[CODE].text, c[WORDS].text,
			      c[EXCEPT].text);

	if (fault != COMMENTS_FINE)
		die("%s:%llu: %s", row->file, (unsigned long long)row->line,
		    why[fault]);
	r->label = mem_grow(r->label, n, &r->cap, sizeof(*r->label));
	r->label[n] = (struct label){ keep(r, &c[CODE]), keep(r, &c[ZH]),
				      keep(r, &c[EN]) };
}

static void read_codes(struct run *r)
{
	static const struct input_column columns[CODE_COLUMNS] = {
		[CODE] = { "code", COL_TEXT, INPUT_FILLED },
		[ZH] = { "zh", COL_TEXT, INPUT_OPTIONAL },
		[EN] = { "en", COL_TEXT, INPUT_OPTIONAL },
		[WORDS] = { "words", COL_TEXT, INPUT_FILLED },
		[EXCEPT] = { "except", COL_TEXT, INPUT_OPTIONAL },
	};
	char *path = codes ? mem_strdup(codes) :
			     share_path("comment-codes.csv");
	char *files[] = { path, NULL };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, CODE_COLUMNS, files, 1);
	while (input_next(in, &row))
		add_code(r, &row);
	input_close(in, 0);
	free(path);
}

/* ---- the comments ---- */

static void take(struct run *r, const struct cell *c)
{
	const struct nps_options *o = r->o;

	if (text_trim(c[COMMENT].text).n == 0 || is_later(o, &c[DATE]) ||
	    (o->question && !text_is(c[QUESTION].text, o->question)))
		input_skip(r->in);
	else if (c[SCORE].known && !(fabs(c[SCORE].real) <= PAIRS_MAX))
		input_reject(r->in, SCORE, REASON_OUT_OF_RANGE,
			     "greater than a score can be");
	else
		comments_add(r->comments, by_label(&r->by, c),
			     c[RESPONSE].text, c[COMMENT].text,
			     c[SCORE].known ? c[SCORE].real : (double)NAN);
}

static void open_input(struct run *r, char **files, size_t nfiles)
{
	const struct input_column columns[COLUMNS] = {
		[COMMENT] = { "comment", COL_TEXT, INPUT_REQUIRED },
		[RESPONSE] = { "response_id", COL_TEXT, INPUT_FILLED },
		[SCORE] = { "score", COL_REAL, INPUT_OPTIONAL },
		[QUESTION] = { "question", COL_TEXT, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY,
			   is_dated(r->o) ? INPUT_FILLED : INPUT_OPTIONAL },
	};

	r->in = by_input(&r->by, &r->o->common, schema_find(TEXT("surveys")),
			 columns, COLUMNS, files, nfiles);
	if (trend_unit(r->o))
		by_trend(&r->by, trend_unit(r->o), DATE);
}

/* ---- the figures ---- */

static void put_row(const struct run *r, size_t group, const struct label *l,
		    const struct comments_count *n, uint64_t all)
{
	struct rates_interval share = rates_share(n->responses, all);
	struct pairs_figure f = pairs_difference(&n->score);
	bool known = all > 0 && all >= (uint64_t)r->o->min_n;
	bool scored = n->score.n > 0 &&
		      n->score.n >= (uint64_t)r->o->min_n;

	by_put(&r->by, group, r->out);
	output_text(r->out, l->code);
	output_text(r->out, l->zh);
	output_text(r->out, l->en);
	output_int(r->out, (int64_t)n->responses);
	output_share(r->out, n->responses, known ? (money_wide)all : 0);
	put_share(r->out, known, share.low);
	put_share(r->out, known, share.high);
	output_int(r->out, (int64_t)n->score.n);
	put_fixed4(r->out, scored, f.value);
	put_fixed4(r->out, scored, f.se);
	put_fixed4(r->out, scored, f.low);
	put_fixed4(r->out, scored, f.high);
	output_end(r->out);
}

/* The most mentioned code first; those mentioned alike as in the file. */
static void order_codes(size_t *order, size_t n,
			const struct comments_count *count)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = i;

		while (k > 0 &&
		       count[order[k - 1]].responses < count[i].responses) {
			order[k] = order[k - 1];
			k--;
		}
		order[k] = i;
	}
}

static void put_group(const struct run *r, size_t group,
		      const struct comments_count *count)
{
	static const struct label uncoded = { .code = { "uncoded", 7 } };
	static const struct label all = { .code = { "all", 3 } };
	size_t n = comments_codes(r->comments), order[COMMENTS_CODES];
	uint64_t whole = count[n + 1].responses;

	order_codes(order, n, count);
	for (size_t i = 0; i < n; i++)
		put_row(r, group, &r->label[order[i]], &count[order[i]],
			whole);
	put_row(r, group, &uncoded, &count[n], whole);
	put_row(r, group, &all, &count[n + 1], whole);
}

static void write_rows(const struct run *r)
{
	size_t groups = by_count(&r->by);
	struct comments_count *count = comments_finish(r->comments, groups);
	size_t *order = by_order(&r->by);

	for (size_t i = 0; i < groups; i++)
		put_group(r, order[i],
			  &count[order[i] * (comments_codes(r->comments) + 2)]);
	free(order);
	free(count);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "code", COL_TEXT },	   { "zh", COL_TEXT },
		{ "en", COL_TEXT },	   { "responses", COL_INT },
		{ "share", COL_SHARE },	   { "share_low", COL_SHARE },
		{ "share_high", COL_SHARE }, { "scored", COL_INT },
		{ "mean", COL_FIXED4 },	   { "se", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 },  { "ci_high", COL_FIXED4 },
	};
	struct run r = { .o = o, .comments = comments_new() };
	struct row row;

	(void)value;
	read_codes(&r);
	open_input(&r, files, nfiles);
	r.out = by_open(&r.by, &o->common, columns, NELEMS(columns));
	while (input_next(r.in, &row))
		take(&r, row.cell);
	write_rows(&r);
	input_close(r.in, output_rows(r.out));
	by_release(&r.by);
	comments_free(r.comments);
	arena_release(&r.names);
	free(r.label);
	return output_close(r.out);
}

static const struct opt codes_opts[] = {
	{ OPT_TEXT, 0, "codes", "FILE",
	  "codes of comments and their words (comment-codes.csv)", &codes,
	  .common = true },
	{ OPT_END },
};

const struct analysis analysis_text = {
	.name = "text",
	.help = "what comments are about, by codes",
	.advanced = true,
	.takes = TAKES_QUESTION | TAKES_MIN_N,
	.uses = { codes_opts },
	.run = run,
};
