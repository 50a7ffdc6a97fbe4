/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --chain: the service-profit chain over the groups of --by, stores say. The
 * answers tell how content staff and customers are, the transactions who came
 * back and what was earned.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/chain.h"
#include "cmd/nps/figures.h"

static const char *staff_question;	/* --staff-question */
static bool units_asked;		/* --units */

static const char *const usual_staff[] = { "staff_satisfaction", "staff",
					   NULL };

/* The ends of the scales that a question's rows name; 0: none did. */
struct ends {
	double low, high;
};

/* ---- the answers ---- */

enum { SCORE, QUESTION, SCALE_MAX, ANSWERED, ANSWERS };

static void open_answers(struct chain *h, char **files, size_t nfiles)
{
	const struct input_column columns[ANSWERS] = {
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[QUESTION] = { "question", COL_TEXT, INPUT_REQUIRED },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[ANSWERED] = { "date", COL_DAY,
			       is_dated(h->o) ? INPUT_FILLED : INPUT_OPTIONAL },
	};

	h->in = by_input(&h->by, &h->o->common, schema_find(TEXT("surveys")),
			 columns, ANSWERS, files, nfiles);
}

static void see_scale(struct ends *e, const struct cell *scale_max)
{
	double end = scale_max->real;

	if (!scale_max->known)
		return;
	if (e->high == 0)
		e->low = e->high = end;
	e->low = fmin(e->low, end);
	e->high = fmax(e->high, end);
}

static struct pairs *scores_of(struct chain *h, size_t unit, size_t question)
{
	const size_t key[2] = { unit, question };
	struct text bytes = { (const char *)key, sizeof(key) };
	size_t i = group_intern(h->answers, bytes);

	if (i == h->scored) {
		h->scores = mem_grow(h->scores, h->scored, &h->cap,
				     sizeof(*h->scores));
		h->scores[h->scored++] = (struct pairs){ 0 };
	}
	return &h->scores[i];
}

static void take_answer(struct chain *h, const struct cell *c)
{
	size_t unit, question;

	if (!c[SCORE].known || !c[QUESTION].known ||
	    is_later(h->o, &c[ANSWERED])) {
		input_skip(h->in);
		return;
	}
	unit = by_label(&h->by, c);
	question = group_intern(h->questions, c[QUESTION].text);
	if (pairs_add(scores_of(h, unit, question), c[SCORE].real, 0))
		see_scale(group_entry(h->questions, question), &c[SCALE_MAX]);
	else
		input_reject(h->in, SCORE, REASON_OUT_OF_RANGE,
			     "no scale has such a score");
}

/* ---- the units ---- */

void chain_units(struct chain *h, size_t n)
{
	if (n <= h->units)
		return;
	h->unit = mem_resize(h->unit, n, sizeof(*h->unit));
	memset(h->unit + h->units, 0, (n - h->units) * sizeof(*h->unit));
	h->units = n;
}

/* Number of the question that tells: the one named, or the first usual one
 * that was asked; SIZE_MAX: none was. */
static size_t chosen(const struct chain *h, const char *option,
		     const char *named, const char *const *usual)
{
	const char *first = named ? named : usual[0];
	size_t q = SIZE_MAX;
	const struct ends *e;

	if (named)
		q = group_find(h->questions, text_of(named));
	for (; !named && *usual && q == SIZE_MAX; usual++)
		q = group_find(h->questions, text_of(*usual));
	if (q == SIZE_MAX) {
		warn("nobody answered a question \"%s\"%s; --%s names it",
		     first, named ? "" : " or the like", option);
		return q;
	}
	e = group_entry(h->questions, q);
	if (e->low != e->high) {
		struct text name = group_key(h->questions, q);

		die("question \"%.*s\" was answered on scales that end at %g "
		    "and at %g: choose one by --where scale_max=...",
		    (int)name.n, name.p, e->low, e->high);
	}
	return q;
}

static void count_answers(struct chain *h)
{
	size_t staff, customers;

	customers = chosen(h, "question", h->o->question, usual_csat);
	staff = chosen(h, "staff-question", staff_question, usual_staff);
	if (staff == customers && staff != SIZE_MAX)
		die_usage("--question and --staff-question are one question");
	for (size_t i = 0; i < group_count(h->answers); i++) {
		struct profitchain_unit *u;
		size_t key[2];

		memcpy(key, group_key(h->answers, i).p, sizeof(key));
		u = &h->unit[key[0]];
		if (key[1] == customers)
			pairs_merge(&u->answers, &h->scores[i]);
		else if (key[1] == staff)
			pairs_merge(&u->staff, &h->scores[i]);
	}
}

/* In the order of output, so that sums are the same whatever the order of
 * rows. */
static void sort_units(struct chain *h)
{
	struct profitchain_unit *sorted;

	h->order = by_order(&h->by);
	sorted = mem_alloc(h->units, sizeof(*sorted));
	for (size_t i = 0; i < h->units; i++)
		sorted[i] = h->unit[h->order[i]];
	free(h->unit);
	h->unit = sorted;
}

static void read_all(struct chain *h, const char *path)
{
	struct row row;

	while (input_next(h->in, &row))
		take_answer(h, row.cell);
	chain_deals(h, path);
	chain_units(h, by_count(&h->by));
	count_answers(h);
	sort_units(h);
}

/* ---- the results ---- */

static uint64_t least(const struct nps_options *o)
{
	return o->min_n > 1 ? (uint64_t)o->min_n : 1;
}

static void put_unit(const struct chain *h, size_t i, struct output *out)
{
	const struct profitchain_unit *u = &h->unit[i];
	double figure[PROFITCHAIN_LINKS];

	for (int k = 0; k < PROFITCHAIN_LINKS; k++)
		figure[k] = profitchain_figure(u, (enum profitchain_link)k,
					       least(h->o));
	by_put(&h->by, h->order[i], out);
	output_int(out, (int64_t)u->staff.n);
	put_fixed4(out, true, figure[PROFITCHAIN_STAFF]);
	output_int(out, (int64_t)u->answers.n);
	put_fixed4(out, true, figure[PROFITCHAIN_CUSTOMERS]);
	output_int(out, (int64_t)u->customers);
	output_int(out, (int64_t)u->repeating);
	put_share(out, true, figure[PROFITCHAIN_LOYALTY]);
	if (u->margins)
		output_money_wide(out, u->margin);
	else
		output_empty(out);
	if (isnan(figure[PROFITCHAIN_PROFIT]))
		output_empty(out);
	else
		output_money_wide(out,
				  money_ratio(u->margin, u->customers, 0));
	output_end(out);
}

static void put_step(const struct chain *h, enum profitchain_link from,
		     struct output *out)
{
	struct correlation c =
		profitchain_step(h->unit, h->units, from, least(h->o));

	output_str(out, profitchain_names[from]);
	output_str(out, profitchain_names[from + 1]);
	output_int(out, (int64_t)c.n);
	put_fixed4(out, true, c.r);
	put_fixed4(out, true, c.low);
	put_fixed4(out, true, c.high);
	put_fixed4(out, true, c.p);
	output_end(out);
}

static struct output *open_result(const struct chain *h)
{
	static const struct output_column units[] = {
		{ "staff_answers", COL_INT },
		{ "staff_satisfaction", COL_FIXED4 },
		{ "answers", COL_INT },
		{ "customer_satisfaction", COL_FIXED4 },
		{ "customers", COL_INT },
		{ "repeating", COL_INT },
		{ "loyalty", COL_SHARE },
		{ "margin", COL_MONEY },
		{ "profit", COL_MONEY },
	};
	static const struct output_column steps[] = {
		{ "from", COL_TEXT },	  { "to", COL_TEXT },
		{ "n", COL_INT },	  { "r", COL_FIXED4 },
		{ "ci_low", COL_FIXED4 }, { "ci_high", COL_FIXED4 },
		{ "p", COL_FIXED4 },
	};

	return units_asked ?
		       by_open(&h->by, &h->o->common, units, NELEMS(units)) :
		       output_open(&h->o->common, steps, NELEMS(steps));
}

static int run(const struct nps_options *o, const char *path, char **files,
	       size_t nfiles)
{
	struct chain h = {
		.o = o,
		.questions = group_new(sizeof(struct ends), 0, NULL, NULL),
		.answers = group_new(1, 0, NULL, NULL),
	};
	struct output *out;

	if (!o->common.by)
		die_usage("--chain compares units: --by store_id or the like "
			  "says which");
	if (o->trend)
		die_usage("--chain compares units, not periods: who buys again "
			  "does so in another one");
	open_answers(&h, files, nfiles);
	out = open_result(&h);
	read_all(&h, path);
	for (size_t i = 0; units_asked && i < h.units; i++)
		put_unit(&h, i, out);
	for (int k = 0; !units_asked && k + 1 < PROFITCHAIN_LINKS; k++)
		put_step(&h, (enum profitchain_link)k, out);
	input_close(h.in, output_rows(out));
	by_release(&h.by);
	group_free(h.questions);
	group_free(h.answers);
	free(h.scores);
	free(h.unit);
	free(h.order);
	return output_close(out);
}

static const struct opt table[] = {
	{ OPT_TEXT, 0, "staff-question", "ID",
	  "chain: what staff are asked (staff_satisfaction, staff)",
	  &staff_question, .common = true },
	{ OPT_FLAG, 0, "units", NULL, "chain: the units' figures",
	  &units_asked, .common = true },
	{ OPT_END },
};

const struct analysis analysis_chain = {
	.name = "chain",
	.arg = "FILE",
	.help = "staff, customers, loyalty, profit of transactions",
	.advanced = true,
	.takes = TAKES_QUESTION | TAKES_MIN_N,
	.uses = { table },
	.run = run,
};
