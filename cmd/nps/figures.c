/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each group and period. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/nps/figures.h"
#include "num/rates.h"

struct figures {
	const struct nps_options *o;
	const struct measure *m;
	struct answers a;
	struct trend *trend;
	char scale[48];		/* as a column has it */
	struct output *out;
};

void put_fixed4(struct output *out, bool known, double v)
{
	if (known && isfinite(v))
		output_fixed4(out, v);
	else
		output_empty(out);
}

void put_share(struct output *out, bool known, double v)
{
	if (known)
		output_share_real(out, v);
	else
		output_empty(out);
}

/* ---- what the options add ---- */

/* Is the mapping of scores another than the usual one? Then it is shown. */
static bool shows_scale(const struct figures *f)
{
	return f->o->scale || f->o->promoter != NPS_NOT_GIVEN ||
	       f->o->detractor != NPS_NOT_GIVEN;
}

static void put_scale(const struct figures *f)
{
	output_str(f->out, f->scale);
	if (!f->m->cuts)
		return;
	output_int(f->out, f->a.scale.promoter);
	output_int(f->out, f->a.scale.detractor);
}

static void put_weights(const struct figures *f, const struct score_group *g)
{
	bool known = g->n > 0;

	put_fixed4(f->out, known, g->effective);
	put_fixed4(f->out, known, (double)g->n / g->effective);
	if (f->a.strata)
		output_int(f->out, (int64_t)g->strata_missing);
}

static void put_invited(const struct figures *f, size_t group)
{
	struct invited_count c = invited_of(f->a.invited, group);
	struct rates_interval ci = rates_share(c.answered, c.invited);

	output_int(f->out, (int64_t)c.invited);
	output_int(f->out, (int64_t)c.answered);
	output_share(f->out, (money_wide)c.answered, (money_wide)c.invited);
	put_share(f->out, c.invited > 0, ci.low);
	put_share(f->out, c.invited > 0, ci.high);
}

static void put_trend(const struct figures *f, size_t group,
		      const struct score_group *g, bool known)
{
	struct nps_estimate now = { 0 };

	if (known)
		now = f->m->estimate(g);
	trend_put(f->trend, group_key(f->a.by.labels, group),
		  known ? &now : NULL, f->out);
}

/* ---- the result ---- */

static const struct output_column scale_column[] = {
	{ "scale", COL_TEXT },
	{ "promoters_from", COL_INT },
	{ "detractors_to", COL_INT },
};
static const struct output_column weight_column[] = {
	{ "effective_n", COL_FIXED4 },
	{ "design_effect", COL_FIXED4 },
	{ "strata_missing", COL_INT },
};
static const struct output_column invited_column[] = {
	{ "invited", COL_INT },	     { "answered", COL_INT },
	{ "response_rate", COL_SHARE }, { "rate_low", COL_SHARE },
	{ "rate_high", COL_SHARE },
};

#define COLUMNS_MAX 40

static void open_output(struct figures *f)
{
	const struct {
		bool wanted;
		const struct output_column *column;
		size_t n;
	} parts[] = {
		{ true, f->m->column, f->m->columns },
		{ shows_scale(f), scale_column, f->m->cuts ? 3 : 1 },
		{ f->o->weight || f->o->weights, weight_column,
		  f->a.strata ? 3 : 2 },
		{ f->a.invited != NULL, invited_column,
		  NELEMS(invited_column) },
		{ f->o->trend != 0, trend_columns, TREND_COLUMNS },
	};
	struct output_column all[COLUMNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < NELEMS(parts); i++)
		for (size_t k = 0; parts[i].wanted && k < parts[i].n; k++)
			all[n++] = parts[i].column[k];
	f->out = by_open(&f->a.by, &f->o->common, all, n);
}

static void write_row(const struct figures *f, size_t group,
		      const struct score_group *g)
{
	bool known = g->n > 0 && g->n >= (uint64_t)f->o->min_n;

	by_put(&f->a.by, group, f->out);
	f->m->put(g, known, f->out);
	if (shows_scale(f))
		put_scale(f);
	if (g->weighted)
		put_weights(f, g);
	if (f->a.invited)
		put_invited(f, group);
	if (f->trend)
		put_trend(f, group, g, known);
	output_end(f->out);
}

/* Groups in order; one that only other questions were asked in is none. */
static void write_rows(const struct figures *f)
{
	for (size_t i = 0; i < f->a.groups; i++) {
		size_t group = f->a.order[i];
		struct score_group g = answers_group(&f->a, group);

		if (g.n || !answers_grouped(&f->a) ||
		    (f->a.invited && invited_of(f->a.invited, group).invited))
			write_row(f, group, &g);
		score_release(&g);
	}
}

int figures_run(const struct nps_options *o, const struct measure *m,
		char **files, size_t nfiles)
{
	struct figures f = {
		.o = o,
		.m = m,
		.a = { .o = o,
		       .scale = m->cuts ? scale_cuts(o, m->scale) :
					  scale_range(o, m->scale),
		       .usual = m->usual },
	};

	text_putf(f.scale, sizeof(f.scale), "%lld-%lld",
		  (long long)f.a.scale.low, (long long)f.a.scale.high);
	answers_open(&f.a, files, nfiles);
	open_output(&f);
	answers_read(&f.a);
	if (o->trend)
		f.trend = trend_new();
	write_rows(&f);
	answers_close(&f.a, output_rows(f.out));
	trend_free(f.trend);
	return output_close(f.out);
}
