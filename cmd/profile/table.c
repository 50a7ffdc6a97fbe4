/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile: a row for each column, a figure for each measure; or with
 * --long a row for each figure.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/profile/profile.h"
#include "num/cellgrid.h"
#include "num/hll.h"

struct context {
	struct profile_writer w;
	const struct profile_column *column;
	const struct description *r;
	uint64_t rows;
	int64_t ppm;		/* of a quantile */
	bool between;
};

enum quantiles { QUANTILES_NONE, QUANTILES_BELOW, QUANTILES_ABOVE };

struct measure {
	const char *name;
	enum col_type type;
	void (*put)(const struct context *);
	bool people;		/* shown to them unless --full */
	enum quantiles quantiles;	/* stands for those of --quantiles */
};

static void put_type(const struct context *c)
{
	output_str(c->w.out, describe_type_name(c->r->type));
}

static void put_rows(const struct context *c)
{
	output_int(c->w.out, (int64_t)c->rows);
}

static void put_filled(const struct context *c)
{
	output_int(c->w.out, (int64_t)c->r->filled);
}

static void put_filled_pct(const struct context *c)
{
	profile_put_pct(&c->w, c->r->filled, c->rows);
}

static void put_unfit(const struct context *c)
{
	output_int(c->w.out, (int64_t)c->r->unfit);
}

static void put_distinct(const struct context *c)
{
	char s[32];
	size_t n;

	if (c->r->exact || !c->w.people) {
		output_int(c->w.out, (int64_t)c->r->distinct);
		return;
	}
	n = text_putf(s, sizeof(s), "~%llu",
		      (unsigned long long)c->r->distinct);
	output_text(c->w.out, (struct text){ s, n });
}

static void put_edge(const struct context *c, struct figure f)
{
	if (c->r->ordered)
		profile_put_figure(&c->w, c->r, f, false);
	else
		output_empty(c->w.out);
}

static void put_min(const struct context *c)
{
	put_edge(c, c->r->min);
}

static void put_max(const struct context *c)
{
	put_edge(c, c->r->max);
}

/* There is no time between two instants that was one of the rows'. */
static void put_quantile(const struct context *c)
{
	const struct description *r = c->r;

	if (!r->ordered) {
		output_empty(c->w.out);
		return;
	}
	profile_put_figure(&c->w, r,
			   steps_quantile(r->step, r->steps, r->n, c->ppm,
					  c->between && r->numeric),
			   !r->exact);
}

static void put_median(const struct context *c)
{
	struct context half = *c;

	half.ppm = STEPS_ONE / 2;
	put_quantile(&half);
}

/* Means of money to the fen, from the exact sum. */
static void put_mean(const struct context *c)
{
	const struct description *r = c->r;
	__int128 fen = r->sum;
	int64_t mean;

	if (r->numeric && r->type == DESCRIBE_MONEY && r->summed &&
	    r->sum_decimals <= 2) {
		for (int i = r->sum_decimals; i < 2; i++)
			fen *= 10;
		if (money_narrow(money_ratio(fen, (money_wide)r->n, 0),
				 &mean)) {
			output_money(c->w.out, mean);
			return;
		}
	}
	profile_put_real(&c->w, r->mean);
}

static void put_sd(const struct context *c)
{
	profile_put_real(&c->w, sqrt(c->r->variance));
}

static void put_sum(const struct context *c)
{
	const struct description *r = c->r;
	char s[64];
	__int128 sum = r->sum;
	int decimals = r->sum_decimals;

	if (!r->numeric) {
		output_empty(c->w.out);
		return;
	}
	if (!r->summed) {
		profile_put_real(&c->w, r->total);
		return;
	}
	for (; decimals > 0 && sum % 10 == 0; decimals--)
		sum /= 10;
	for (; r->type == DESCRIBE_MONEY && decimals < 2; decimals++)
		sum *= 10;
	output_json(c->w.out,
		    (struct text){ s, figure_put_wide(s, sum, decimals) });
}

static void put_count_of(const struct context *c, uint64_t count)
{
	if (c->r->numeric)
		output_int(c->w.out, (int64_t)count);
	else
		output_empty(c->w.out);
}

static void put_zeros(const struct context *c)
{
	put_count_of(c, c->r->zeros);
}

static void put_negatives(const struct context *c)
{
	put_count_of(c, c->r->negatives);
}

static void put_length(const struct context *c, uint64_t length)
{
	if (c->r->filled)
		output_int(c->w.out, (int64_t)length);
	else
		output_empty(c->w.out);
}

static void put_length_min(const struct context *c)
{
	put_length(c, c->r->length_min);
}

static void put_length_max(const struct context *c)
{
	put_length(c, c->r->length_max);
}

static void put_length_mean(const struct context *c)
{
	profile_put_real(&c->w, (double)c->r->length_sum /
					(double)c->r->filled);
}

static void put_top(const struct context *c)
{
	profile_put_top(&c->w, c->column, c->r);
}

static void put_distinct_error(const struct context *c)
{
	output_real(c->w.out, c->r->exact ? 0 : HLL_ERROR * 200);
}

static void put_quantile_error(const struct context *c)
{
	if (!c->r->ordered)
		output_empty(c->w.out);
	else
		output_real(c->w.out, c->r->exact || !c->r->numeric ?
					      0 :
					      CELLGRID_ERROR * 100);
}

static void put_top_error(const struct context *c)
{
	profile_put_real(&c->w, c->r->top_error * 100);
}

static const struct measure all_measures[] = {
	{ "type", COL_TEXT, put_type, true, QUANTILES_NONE },
	{ "rows", COL_INT, put_rows, false, QUANTILES_NONE },
	{ "filled", COL_INT, put_filled, false, QUANTILES_NONE },
	{ "filled_pct", COL_MONEY, put_filled_pct, true, QUANTILES_NONE },
	{ "unfit", COL_INT, put_unfit, false, QUANTILES_NONE },
	{ "distinct", COL_INT, put_distinct, true, QUANTILES_NONE },
	{ "min", COL_REAL, put_min, true, QUANTILES_NONE },
	{ "", COL_REAL, put_quantile, false, QUANTILES_BELOW },
	{ "median", COL_REAL, put_median, true, QUANTILES_NONE },
	{ "", COL_REAL, put_quantile, false, QUANTILES_ABOVE },
	{ "max", COL_REAL, put_max, true, QUANTILES_NONE },
	{ "mean", COL_REAL, put_mean, true, QUANTILES_NONE },
	{ "sd", COL_REAL, put_sd, false, QUANTILES_NONE },
	{ "sum", COL_REAL, put_sum, false, QUANTILES_NONE },
	{ "zeros", COL_INT, put_zeros, false, QUANTILES_NONE },
	{ "negatives", COL_INT, put_negatives, false, QUANTILES_NONE },
	{ "length_min", COL_INT, put_length_min, false, QUANTILES_NONE },
	{ "length_mean", COL_REAL, put_length_mean, false, QUANTILES_NONE },
	{ "length_max", COL_INT, put_length_max, false, QUANTILES_NONE },
	{ "top", COL_TEXT, put_top, true, QUANTILES_NONE },
	{ "distinct_error_pct", COL_REAL, put_distinct_error, false,
	  QUANTILES_NONE },
	{ "quantile_error_pct", COL_REAL, put_quantile_error, false,
	  QUANTILES_NONE },
	{ "top_error_pct", COL_REAL, put_top_error, false, QUANTILES_NONE },
};

#define MEASURES (NELEMS(all_measures) + PROFILE_QUANTILES)

/* A measure of this run, each quantile one of its own. */
struct wanted {
	const struct measure *measure;
	int64_t ppm;
	char name[32];
};

/* 250000: "p25"; 25000: "p2.5" */
static void name_quantile(struct wanted *w)
{
	struct figure f = figure_short((struct figure){ w->ppm, -4 });
	char s[FIGURE_BYTES];
	size_t n = figure_format(f, 0, s);

	text_putf(w->name, sizeof(w->name), "p%.*s", (int)n, s);
}

/* The median stands between them. */
static size_t choose_quantiles(const struct profile_options *o,
			       const struct measure *m, struct wanted *w)
{
	size_t n = 0;

	for (size_t q = 0; q < o->nppm; q++) {
		bool above = o->ppm[q] > STEPS_ONE / 2;

		if (above != (m->quantiles == QUANTILES_ABOVE))
			continue;
		w[n] = (struct wanted){ m, o->ppm[q], "" };
		name_quantile(&w[n++]);
	}
	return n;
}

static size_t choose_measures(const struct profile_options *o, bool all,
			      struct wanted *w)
{
	size_t n = 0;

	for (size_t i = 0; i < NELEMS(all_measures); i++) {
		const struct measure *m = &all_measures[i];

		if (!all && !m->people)
			continue;
		if (m->quantiles) {
			n += choose_quantiles(o, m, w + n);
			continue;
		}
		w[n] = (struct wanted){ m, 0, "" };
		text_putf(w[n].name, sizeof(w[n].name), "%s", m->name);
		n++;
	}
	return n;
}

static struct output *open_output(const struct profile *p,
				  const struct wanted *w, size_t n)
{
	struct output_column c[1 + MEASURES] = { { "column", COL_TEXT } };

	if (p->o->long_form) {
		c[1] = (struct output_column){ "measure", COL_TEXT };
		c[2] = (struct output_column){ "value", COL_TEXT };
		return by_open(&p->by, &p->o->common, c, 3);
	}
	for (size_t i = 0; i < n; i++)
		c[1 + i] = (struct output_column){ w[i].name,
						   w[i].measure->type };
	return by_open(&p->by, &p->o->common, c, 1 + n);
}

static void write_column(const struct profile *p, struct context *c,
			 const struct wanted *w, size_t n, size_t label)
{
	bool long_form = p->o->long_form;
	struct output *out = c->w.out;

	if (!long_form) {
		by_put(&p->by, label, out);
		output_str(out, c->column->name);
	}
	for (size_t i = 0; i < n; i++) {
		if (long_form) {
			by_put(&p->by, label, out);
			output_str(out, c->column->name);
			output_str(out, w[i].name);
		}
		c->ppm = w[i].ppm;
		w[i].measure->put(c);
		if (long_form)
			output_end(out);
	}
	if (!long_form)
		output_end(out);
}

static void write_group(const struct profile *p, struct output *out,
			const struct wanted *w, size_t n, size_t label)
{
	for (size_t i = 0; i < p->columns; i++) {
		struct description r = profile_describe(
			p, label, i, (size_t)p->o->top);
		struct context c = { .w = profile_writer(p, out),
				     .column = &p->column[i],
				     .r = &r,
				     .rows = p->group[label].rows,
				     .between = p->o->between };

		write_column(p, &c, w, n, label);
		description_release(&r);
	}
}

/* People are shown less, unless they ask or single figures are asked for. */
static bool wants_all(const struct profile_options *o)
{
	return o->full || o->common.get || o->common.fail_if.n ||
	       !output_for_people(&o->common);
}

int profile_table(const struct profile_options *o, char *const *files,
		  size_t nfiles)
{
	struct wanted w[MEASURES];
	size_t n = choose_measures(o, wants_all(o), w), *order;
	struct profile p;
	struct output *out;

	profile_read(&p, o, files, nfiles, NULL);
	out = open_output(&p, w, n);
	order = by_order(&p.by);
	for (size_t i = 0; i < by_count(&p.by); i++)
		write_group(&p, out, w, n, order[i]);
	free(order);
	profile_close(&p, output_rows(out));
	return output_close(out);
}
