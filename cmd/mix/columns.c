/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the result. */
#include "cmd/mix/mix.h"

/* One row under way. */
struct writing {
	const struct plan *p;
	const struct items *all;
	const struct item *it;
	struct output *out;
};

static void put_measure(const struct writing *w, money_wide value)
{
	if (w->p->o->measure == AMOUNTS)
		output_money_wide(w->out, value);
	else
		output_int(w->out, (int64_t)value);
}

static void put_rows(const struct writing *w)
{
	output_int(w->out, (int64_t)w->it->span[NOW]->rows);
}

static void put_purchases(const struct writing *w)
{
	output_int(w->out, (int64_t)w->it->span[NOW]->purchases);
}

static void put_customers(const struct writing *w)
{
	output_int(w->out, (int64_t)w->it->span[NOW]->customers);
}

static void put_amount(const struct writing *w)
{
	output_money_wide(w->out, w->it->span[NOW]->amount);
}

static void put_mean(const struct writing *w)
{
	const struct mix_group *g = w->it->span[NOW];

	if (g->purchases)
		output_money_wide(
			w->out,
			money_ratio(g->amount, (money_wide)g->purchases, 0));
	else
		output_empty(w->out);
}

static void put_distinct(const struct writing *w)
{
	output_int(w->out, (int64_t)w->it->span[NOW]->distinct);
}

static void put_share(const struct writing *w)
{
	output_share(w->out, w->it->share, w->all->shared ? 1000000 : 0);
}

static void put_cum_share(const struct writing *w)
{
	output_share(w->out, w->it->cum_share, w->all->shared ? 1000000 : 0);
}

static void put_share_pct(const struct writing *w)
{
	if (w->all->shared)
		output_tenths(w->out, w->it->tenths);
	else
		output_empty(w->out);
}

/* False: there are no data of that time. */
static bool is_known(const struct writing *w, int span)
{
	return w->it->span[span] != NULL;
}

static money_wide value(const struct writing *w, int span)
{
	return measured(w->p, w->it->span[span]);
}

static void put_before(const struct writing *w, int span)
{
	if (is_known(w, span))
		put_measure(w, value(w, span));
	else
		output_empty(w->out);
}

static void put_change(const struct writing *w, int span)
{
	if (is_known(w, span))
		put_measure(w, value(w, NOW) - value(w, span));
	else
		output_empty(w->out);
}

static void put_change_pct(const struct writing *w, int span)
{
	money_wide now = value(w, NOW);
	money_wide then = is_known(w, span) ? value(w, span) : 0;

	if (then > 0)
		output_real(w->out,
			    (double)money_ratio((now - then) * 100, then, 2) /
				    100.0);
	else
		output_empty(w->out);
}

static void put_previous(const struct writing *w)
{
	put_before(w, BEFORE);
}

static void put_previous_pct(const struct writing *w)
{
	put_change_pct(w, BEFORE);
}

static void put_previous_change(const struct writing *w)
{
	put_change(w, BEFORE);
}

static void put_year_ago(const struct writing *w)
{
	put_before(w, YEAR_BEFORE);
}

static void put_year_pct(const struct writing *w)
{
	put_change_pct(w, YEAR_BEFORE);
}

static void put_year_change(const struct writing *w)
{
	put_change(w, YEAR_BEFORE);
}

/* When a column is there. */
enum when { ALWAYS, OF_DEALS, OF_CUSTOMERS, COUNTED, COMPARED };

/* COL_TEXT stands for the measure's own type. */
#define OF_MEASURE COL_TEXT

static const struct column {
	const char *name;
	enum col_type type;
	enum when when;
	void (*put)(const struct writing *);
} columns[] = {
	{"rows", COL_INT, ALWAYS, put_rows},
	{"purchases", COL_INT, OF_DEALS, put_purchases},
	{"customers", COL_INT, OF_CUSTOMERS, put_customers},
	{"amount", COL_MONEY, OF_DEALS, put_amount},
	{"mean_purchase", COL_MONEY, OF_DEALS, put_mean},
	{"distinct", COL_INT, COUNTED, put_distinct},
	{"share", COL_SHARE, ALWAYS, put_share},
	{"cum_share", COL_SHARE, ALWAYS, put_cum_share},
	{"previous", OF_MEASURE, COMPARED, put_previous},
	{"change_pct", COL_REAL, COMPARED, put_previous_pct},
	{"year_ago", OF_MEASURE, COMPARED, put_year_ago},
	{"year_change_pct", COL_REAL, COMPARED, put_year_pct},
	{"share_pct", COL_REAL, ALWAYS, put_share_pct},
	{"change", OF_MEASURE, COMPARED, put_previous_change},
	{"year_change", OF_MEASURE, COMPARED, put_year_change},
};

static bool is_wanted(const struct plan *p, const struct column *c)
{
	const bool there[] = {
		[ALWAYS] = true,
		[OF_DEALS] = p->deals,
		[OF_CUSTOMERS] = p->customers,
		[COUNTED] = p->o->count != NULL,
		[COMPARED] = p->o->compare,
	};
	return there[c->when];
}

size_t columns_labels(const struct plan *p, struct output_column *column,
		      size_t n)
{
	if (p->o->trend)
		column[n++] = (struct output_column){ "period", COL_TEXT };
	for (size_t i = 0; i < p->dims.n; i++)
		column[n++] = (struct output_column){ p->dims.dim[i].name,
						      COL_TEXT };
	return n;
}

struct output *columns_open(const struct plan *p)
{
	struct output_column c[1 + DIMS_MAX + NELEMS(columns)];
	enum col_type measure = p->o->measure == AMOUNTS ? COL_MONEY : COL_INT;
	size_t n = columns_labels(p, c, 0);

	for (size_t i = 0; i < NELEMS(columns); i++) {
		enum col_type type = columns[i].type;

		if (is_wanted(p, &columns[i]))
			c[n++] = (struct output_column){
				columns[i].name,
				type == OF_MEASURE ? measure : type};
	}
	return output_open(&p->o->common, c, n);
}

void columns_put_labels(const struct plan *p, const struct item *it,
			struct output *out)
{
	struct text rest = it->label, part = { 0 };
	char period[DAY_BYTES];
	size_t n;

	if (p->o->trend) {
		n = day_label(cohort_period_start(it->period, plan_unit(p)),
			      cohort_unit_name(plan_unit(p)), period);
		output_text(out, (struct text){ period, n });
	}
	for (size_t i = 0; i < p->dims.n; i++) {
		dims_part(&rest, &part);
		output_text(out, part);
	}
}

void columns_write(const struct plan *p, const struct items *all,
		   struct output *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct writing w = { p, all, &all->at[i], out };

		columns_put_labels(p, w.it, out);
		for (size_t c = 0; c < NELEMS(columns); c++)
			if (is_wanted(p, &columns[c]))
				columns[c].put(&w);
		output_end(out);
	}
}
