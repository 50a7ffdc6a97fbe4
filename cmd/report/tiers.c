/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structure of customers: the pyramid, the curve, the best. */
#include "cmd/report/deals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/concentration.h"
#include "model/tier.h"
#include "stream/output.h"

#define BEST 10			/* customers named in the table */
#define CURVE_STEPS 100

/* Customers ranked by value: those with a deal since the window began, and
 * everybody. */
struct ranking {
	struct ranked *active, *all;
	size_t n, nall;
	size_t inactive;
	money_wide inactive_value, total, total_all;
};

static struct ranking rank(const struct build *b, struct deals *d)
{
	struct ranking r = { 0 };
	int32_t since = day_add_months(b->as_of, -(int)b->inactive_after) -
			DAY_MIN + 1;

	r.nall = group_count(d->customers);
	r.active = mem_alloc(r.nall, sizeof(*r.active));
	r.all = mem_alloc(r.nall, sizeof(*r.all));
	for (size_t i = 0; i < r.nall; i++) {
		const struct deals_customer *c = group_entry(d->customers, i);

		if (c->overflow)
			die("the sum of one customer's amounts is too large");
		r.all[i] = (struct ranked){ c->value, (uint32_t)i };
		if (c->last >= since) {
			r.active[r.n++] = r.all[i];
		} else {
			r.inactive++;
			r.inactive_value += c->value;
		}
	}
	rank_descending(r.active, r.n, d->customers);
	rank_descending(r.all, r.nall, d->customers);
	r.total = concentration_total(r.active, r.n);
	r.total_all = concentration_total(r.all, r.nall);
	return r;
}

static void release(struct ranking *r)
{
	free(r->active);
	free(r->all);
}

static struct value share(money_wide part, money_wide whole)
{
	if (whole <= 0)
		return value_none();
	return value_share((int64_t)money_ratio(part, whole, 6));
}

static struct value money(money_wide wide)
{
	return value_money(output_narrow(wide));
}

static struct origin tier_origin(struct build *b, const char *tail,
				 const char *result)
{
	const char *after = "";

	if (b->inactive_after != 12)
		after = report_fmt(b->report, " --inactive-after %lld",
				   (long long)b->inactive_after);
	return origin_of(b, TRANSACTIONS, tail, "crm-tier --as-of %s%s%s",
			 origin_day(b, b->as_of), after, result);
}

/* ---- the pyramid ---- */

static const char *tier_name(struct build *b, size_t i)
{
	return tr(report_str(b->report, tier_pyramid.name[i]));
}

static void draw_pyramid(struct build *b, struct section *s,
			 const struct ranking *r,
			 const struct tier_total *total)
{
	size_t n = tier_pyramid.n;
	const char *label[TIER_CUTS_MAX];
	double customers[TIER_CUTS_MAX], of_customers[TIER_CUTS_MAX];
	double of_value[TIER_CUTS_MAX];
	struct series series[] = {
		{ .name = tr("Customers"), .value = customers, .n = n },
		{ .name = tr("Share of customers"), .value = of_customers,
		  .n = n },
		{ .name = tr("Share of value"), .value = of_value, .n = n },
	};
	struct chart c = {
		.kind = CHART_PYRAMID,
		.title = tr("Pyramid of customers"),
		.about = tr("A triangle of four tiers, the best customers on "
			    "top; beside each tier the share of all value "
			    "that it brings."),
		.label = label,
		.n = n,
		.series = series,
		.nseries = NELEMS(series),
		.highlight = CHART_NONE,
		.compare = CHART_NONE,
	};

	for (size_t i = 0; i < n; i++) {
		label[i] = tier_name(b, i);
		customers[i] = (double)total[i].customers;
		of_customers[i] = value_size(share(
			(money_wide)total[i].customers, (money_wide)r->n));
		of_value[i] = value_size(share(total[i].value, r->total));
	}
	struct origin o = tier_origin(b, NULL, " --summary-by-tier");
	report_figure(b->report, s,
		      report_fmt(b->report, tr("Pyramid of customers on %s"),
				 origin_day(b, b->as_of)), &c, &o);
}

static void add_tier(struct build *b, struct table *t, const char *name,
		     struct tier_total total, const struct ranking *base)
{
	struct report *r = b->report;
	money_wide customers = (money_wide)total.customers;

	table_cell(r, t, value_text(name));
	table_cell(r, t, value_count((int64_t)total.customers));
	table_cell(r, t, base ? share(customers, (money_wide)base->n) :
				value_none());
	table_cell(r, t, money(total.value));
	table_cell(r, t, base ? share(total.value, base->total) :
				value_none());
	table_cell(r, t, customers ? money(money_ratio(total.value, customers,
						       0)) :
				     value_none());
}

static void write_tiers(struct build *b, struct section *s,
			const struct ranking *rank,
			const struct tier_total *total)
{
	struct report *r = b->report;
	struct origin o = tier_origin(b, NULL, " --summary-by-tier");
	struct table *t = report_table(r, s, tr("Tiers and their value"), &o);

	table_column(r, t, "tier", tr("Tier"), VALUE_TEXT);
	table_column(r, t, "customers", tr("Customers"), VALUE_COUNT);
	table_column(r, t, "customer_share", tr("Share of customers"),
		     VALUE_SHARE);
	table_column(r, t, "value", tr("Amount, yuan"), VALUE_MONEY);
	table_column(r, t, "value_share", tr("Share of value"), VALUE_SHARE);
	table_column(r, t, "mean_value", tr("Amount per customer"),
		     VALUE_MONEY);
	for (size_t i = 0; i < tier_pyramid.n; i++)
		add_tier(b, t, tier_name(b, i), total[i], rank);
	if (rank->inactive) {
		struct tier_total gone = { rank->inactive,
					   rank->inactive_value };
		add_tier(b, t, tr("inactive"), gone, NULL);
	}
	build_name(b, "vip_share", share(total[0].value, rank->total));
	build_name(b, "active", value_count((int64_t)rank->n));
	build_name(b, "inactive", value_count((int64_t)rank->inactive));
	build_name(b, "inactive_share",
		   share((money_wide)rank->inactive,
			 (money_wide)(rank->n + rank->inactive)));
}

/* ---- the curve ---- */

struct top {
	const char *name;
	int64_t ppm;
	const char *words;
};

static void name_tops(struct build *b, const struct ranking *r)
{
	static const struct top tops[] = {
		{ "top_1_share", 10000, NULL },
		{ "top_4_share", 40000, NULL },
		{ "top_20_share", 200000, NULL },
		{ "top_22_share", 220000, NULL },
	};

	for (size_t i = 0; i < NELEMS(tops); i++)
		build_name(b, tops[i].name,
			   share(concentration_top(r->all, r->nall,
						   tops[i].ppm),
				 r->total_all));
	build_name(b, "top_20_customers",
		   value_count((int64_t)rank_cut(r->nall, 200000)));
	build_name(b, "customers", value_count((int64_t)r->nall));
}

/* One of the points of the curve: where the best fifth begins. */
static void mark_top(struct build *b, struct chart *c, const double *x,
		     const double *y, size_t n)
{
	struct value top = build_value(b, "top_20_share");
	size_t at = 0;
	struct buf words = { 0 };

	if (!value_known(top))
		return;
	for (size_t i = 1; i < n; i++)
		if (fabs(x[i] - 80.0) < fabs(x[at] - 80.0))
			at = i;
	value_show(&words, top);
	c->mark[0] = (struct chart_mark){
		x[at], y[at],
		report_fmt(b->report, tr("the best 20%% bring %s"), words.p)
	};
	c->nmarks = 1;
	buf_release(&words);
}

static void draw_curve(struct build *b, struct section *s,
		       const struct ranking *r, double gini)
{
	size_t customers[CURVE_STEPS + 1], n = 0;
	money_wide value[CURVE_STEPS + 1];
	double x[CURVE_STEPS + 1], y[CURVE_STEPS + 1];
	struct series series = { .value = y, .x = x };
	struct chart c = {
		.kind = CHART_CURVE,
		.title = tr("Lorenz curve of value"),
		.about = tr("Customers from the smallest to the largest along "
			    "the bottom, the share of all value that they "
			    "bring together upwards. The dashed line is where "
			    "everybody brings the same."),
		.axis = tr("Share of value, cumulative"),
		.across = tr("Share of customers, cumulative, the smallest "
			     "first"),
		.series = &series,
		.nseries = 1,
		.highlight = CHART_NONE,
		.compare = CHART_NONE,
	};

	concentration_curve(r->all, r->nall, CURVE_STEPS, customers, value);
	for (size_t k = 0; k <= CURVE_STEPS; k++) {
		if (k && customers[k] == customers[k - 1])
			continue;
		x[n] = value_size(share((money_wide)customers[k],
					(money_wide)r->nall));
		y[n++] = value_size(share(value[k], r->total_all));
	}
	series.n = n;
	mark_top(b, &c, x, y, n);
	struct origin o = tier_origin(b, NULL, " --curve");
	report_figure(b->report, s,
		      report_fmt(b->report,
				 tr("Lorenz curve of value, Gini index %.3f"),
				 gini), &c, &o);
}

static void write_concentration(struct build *b, struct section *s,
				const struct ranking *rank, double gini)
{
	static const char *const names[] = {
		"top_1_share", "top_4_share", "top_20_share", "top_22_share",
		"customers", "total",
	};
	const char *labels[] = {
		tr("the best 1% of customers"), tr("the best 4%"),
		tr("the best 20%"), tr("the best 22%"), tr("Customers"),
		tr("Amount of all, yuan"),
	};
	struct report *r = b->report;
	struct origin o = tier_origin(b, NULL, " --concentration");
	struct table *t = report_table(r, s, tr("How much a few bring"), &o);

	build_name(b, "gini", value_real(gini));
	build_name(b, "total", money(rank->total_all));
	table_column(r, t, "measure", tr("Measure"), VALUE_TEXT);
	table_column(r, t, "value", tr("Value"), VALUE_REAL);
	table_cell(r, t, value_text(tr("Gini index (0 all alike, 1 one has "
				       "all)")));
	table_cell(r, t, value_real(gini));
	for (size_t i = 0; i < NELEMS(names); i++) {
		table_cell(r, t, value_text(labels[i]));
		table_cell(r, t, build_value(b, names[i]));
	}
}

/* ---- the best ---- */

static void write_best(struct build *b, struct section *s, struct deals *d,
		       const struct ranking *rank)
{
	struct report *r = b->report;
	size_t n = rank->n < BEST ? rank->n : BEST, tier = 0;
	struct origin o = tier_origin(
		b, report_fmt(r, "| head -n %zu", n + 1), "");
	struct table *t = report_table(
		r, s, report_fmt(r, tr("The %zu best customers"), n), &o);

	table_column(r, t, "customer_id", tr("Customer"), VALUE_TEXT);
	table_column(r, t, "rank", tr("Rank"), VALUE_COUNT);
	table_column(r, t, "value", tr("Amount, yuan"), VALUE_MONEY);
	table_column(r, t, "share", tr("Share"), VALUE_SHARE);
	table_column(r, t, "tier", tr("Tier"), VALUE_TEXT);
	table_column(r, t, "last", tr("Last deal"), VALUE_DAY);
	for (size_t i = 0; i < n; i++) {
		uint32_t who = rank->active[i].who;
		const struct deals_customer *c = group_entry(d->customers,
							     who);

		tier = tier_of(&tier_pyramid, rank->n, i + 1, tier);
		table_cell(r, t, value_text(names_of(
				 b, group_key(d->customers, who))));
		table_cell(r, t, value_count((int64_t)i + 1));
		table_cell(r, t, value_money(c->value));
		table_cell(r, t, share(c->value, rank->total));
		table_cell(r, t, value_text(tier_name(b, tier)));
		table_cell(r, t, value_day(c->last + DAY_MIN - 1));
	}
}

void tiers_write(struct build *b, struct deals *d)
{
	struct section *s = report_section(b->report, REPORT_BODY, "tiers",
					   tr("Structure of customers"));
	struct ranking r = rank(b, d);
	struct tier_total total[TIER_CUTS_MAX];
	double gini;

	if (r.n == 0) {
		report_absent(b->report, s, "%s",
			      tr("No customer had a deal within the window: "
				 "there are no tiers to show."));
		release(&r);
		return;
	}
	tier_totals(&tier_pyramid, r.active, r.n, total);
	draw_pyramid(b, s, &r, total);
	write_tiers(b, s, &r, total);
	name_tops(b, &r);
	if (concentration_gini(r.all, r.nall, &gini)) {
		draw_curve(b, s, &r, gini);
		write_concentration(b, s, &r, gini);
	} else {
		report_absent(b->report, s, "%s",
			      tr("The value of all customers together is not "
				 "positive: there is no curve and no Gini "
				 "index."));
	}
	write_best(b, s, d, &r);
	release(&r);
}
