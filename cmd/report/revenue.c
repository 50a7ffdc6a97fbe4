/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revenue: by month, and of what kind. */
#include "cmd/report/deals.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/report/trend.h"

static struct mix_group whole(const struct deals *d, enum span s)
{
	if (mix_groups(d->whole[s]))
		return mix_group(d->whole[s], 0);
	return (struct mix_group){ 0 };
}

static struct value mean_of(const struct mix_group *g)
{
	if (!g->purchases)
		return value_none();
	return value_money(output_narrow(
		money_ratio(g->amount, (money_wide)g->purchases, 0)));
}

static const char *purchases_words(struct build *b, struct value purchases)
{
	struct buf words = { 0 };
	const char *said;

	value_show(&words, purchases);
	said = report_fmt(b->report, tr("%s purchases"), words.p);
	buf_release(&words);
	return said;
}

static void write_cards(struct build *b, const struct deals *d)
{
	const char *period = origin_period(b, b->range[NOW]);
	struct value revenue[SPANS], buyers[SPANS], mean[SPANS];
	struct value purchases[SPANS];
	struct origin o;

	for (int s = 0; s < SPANS; s++) {
		struct mix_group g = whole(d, (enum span)s);
		bool known = s == NOW || deals_cover(d, b->range[s]);

		revenue[s] = known ? value_money(output_narrow(g.amount)) :
				     value_none();
		buyers[s] = known ? value_count((int64_t)g.customers) :
				    value_none();
		purchases[s] = known ? value_count((int64_t)g.purchases) :
				       value_none();
		mean[s] = known ? mean_of(&g) : value_none();
	}
	o = origin_of(b, TRANSACTIONS, NULL, "crm-mix %s --get amount",
		      period);
	build_card(b, "revenue", tr("Revenue"), revenue, 1, NULL, &o);
	o = origin_of(b, TRANSACTIONS, NULL, "crm-mix %s --get customers",
		      period);
	build_card(b, "buyers", tr("Customers who bought"), buyers, 1, NULL,
		   &o);
	build_name_spans(b, "purchases", purchases);
	o = origin_of(b, TRANSACTIONS, NULL, "crm-mix %s --get mean_purchase",
		      period);
	build_card(b, "mean_purchase", tr("Revenue per purchase"), mean, 1,
		   purchases_words(b, purchases[NOW]), &o);
}

/* ---- by month ---- */

static void write_months(struct build *b, struct section *s,
			 const struct deals *d)
{
	struct trend t = trend_of(b, d->first_day);
	double *value = mem_zalloc(t.n, sizeof(*value));
	struct series series = { .name = tr("Revenue"), .value = value,
				 .n = t.n };
	struct chart c = trend_chart(b, &t, CHART_BARS);

	for (size_t i = 0; i < mix_groups(d->months); i++) {
		struct mix_group g = mix_group(d->months, i);
		int32_t period;

		memcpy(&period, g.key.p, sizeof(period));
		size_t at = trend_place(&t, period);
		if (at < t.n)
			value[at] = (double)output_narrow(g.amount) / 100.0;
	}
	c.title = trend_title(b, tr("Revenue by month"),
			      tr("Revenue by quarter"), tr("Revenue by year"),
			      tr("Revenue by week"));
	c.about = tr("Bars of the revenue of each period, refunds taken off; "
		     "the period of this report stands out.");
	c.axis = tr("Revenue, yuan");
	c.series = &series;
	c.nseries = 1;
	struct origin o = origin_of(
		b, TRANSACTIONS, NULL, "crm-mix --trend %s --since %s --until %s",
		cohort_unit_name(b->unit), origin_day(b, t.first_day),
		origin_day(b, b->range[NOW].last));
	report_figure(b->report, s, c.title, &c, &o);
	trend_release(&t);
	free(value);
}

/* ---- by kind ---- */

struct kind {
	struct text name;
	struct mix_group span[SPANS];
	int64_t share;
	bool shared;
};

static int by_amount(const void *a, const void *b)
{
	const struct kind *x = a, *y = b;

	if (x->span[NOW].amount != y->span[NOW].amount)
		return x->span[NOW].amount > y->span[NOW].amount ? -1 : 1;
	return text_cmp(x->name, y->name);
}

/* Kinds that the periods know of; returns how many. */
static size_t fill_kinds(const struct deals *d, struct kind *k)
{
	size_t all = group_count(d->kinds), n = 0;

	for (size_t i = 0; i < all; i++)
		k[i].name = group_key(d->kinds, i);
	for (int s = 0; s < SPANS; s++)
		for (size_t i = 0; i < mix_groups(d->kind[s]); i++) {
			struct mix_group g = mix_group(d->kind[s], i);
			k[group_find(d->kinds, g.key)].span[s] = g;
		}
	for (size_t i = 0; i < all; i++)
		if (k[i].span[NOW].rows || k[i].span[BEFORE].rows ||
		    k[i].span[YEAR_BEFORE].rows)
			k[n++] = k[i];
	qsort(k, n, sizeof(*k), by_amount);
	return n;
}

static void fill_shares(struct kind *k, size_t n)
{
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *share = mem_zalloc(n, sizeof(*share));

	for (size_t i = 0; i < n; i++)
		value[i] = k[i].span[NOW].amount;
	bool shared = mix_shares(value, n, VALUE_PPM, share);
	for (size_t i = 0; i < n; i++) {
		k[i].share = share[i];
		k[i].shared = shared;
	}
	free(value);
	free(share);
}

static struct value percent_change(money_wide now, money_wide then)
{
	if (then <= 0)
		return value_none();
	return value_real((double)money_ratio((now - then) * 100, then, 2) /
			  100.0);
}

static void add_kind(struct build *b, struct table *t, const struct deals *d,
		     const struct kind *k)
{
	struct report *r = b->report;
	money_wide now = k->span[NOW].amount;
	const char *name = report_str(r, k->name);

	table_cell(r, t, value_text(*name ? tr(name) : tr("(none)")));
	table_cell(r, t, value_count((int64_t)k->span[NOW].purchases));
	table_cell(r, t, value_count((int64_t)k->span[NOW].customers));
	table_cell(r, t, value_money(output_narrow(now)));
	table_cell(r, t, k->shared ? value_share(k->share) : value_none());
	for (int s = BEFORE; s < SPANS; s++) {
		money_wide then = k->span[s].amount;
		bool known = deals_cover(d, b->range[s]);
		table_cell(r, t,
			   known ? value_money(output_narrow(then)) :
				   value_none());
		table_cell(r, t, known ? percent_change(now, then) :
					 value_none());
	}
}

/* The kind that lost the most money on the period before, for the rules. */
static void name_worst(struct build *b, const struct kind *k, size_t n)
{
	const struct kind *worst = NULL;
	money_wide most = 0;

	for (size_t i = 0; i < n; i++) {
		money_wide fell = k[i].span[BEFORE].amount -
				  k[i].span[NOW].amount;
		if (fell > most) {
			most = fell;
			worst = &k[i];
		}
	}
	if (!worst)
		return;
	build_name(b, "worst_kind",
		   value_text(tr(report_str(b->report, worst->name))));
	build_name(b, "worst_kind_loss", value_money(output_narrow(most)));
}

static void write_kinds(struct build *b, struct section *s,
			const struct deals *d)
{
	struct report *r = b->report;
	struct kind *k = mem_zalloc(group_count(d->kinds), sizeof(*k));
	size_t n = fill_kinds(d, k);
	struct origin o = origin_of(b, TRANSACTIONS, NULL,
				    "crm-mix --by kind --compare %s",
				    origin_period(b, b->range[NOW]));
	struct table *t = report_table(
		r, s, report_fmt(r, tr("Revenue by kind of business, %s"),
				 b->label[NOW]), &o);

	fill_shares(k, n);
	table_column(r, t, "kind", tr("Kind"), VALUE_TEXT);
	table_column(r, t, "purchases", tr("Purchases"), VALUE_COUNT);
	table_column(r, t, "customers", tr("Customers"), VALUE_COUNT);
	table_column(r, t, "amount", tr("Revenue"), VALUE_MONEY);
	table_column(r, t, "share", tr("Share"), VALUE_SHARE);
	table_column(r, t, "previous", b->label[BEFORE], VALUE_MONEY);
	table_column(r, t, "change_pct", tr("Change, %"), VALUE_REAL);
	table_column(r, t, "year_ago", b->label[YEAR_BEFORE], VALUE_MONEY);
	table_column(r, t, "year_change_pct", tr("Change, %"), VALUE_REAL);
	for (size_t i = 0; i < n; i++)
		add_kind(b, t, d, &k[i]);
	name_worst(b, k, deals_cover(d, b->range[BEFORE]) ? n : 0);
	free(k);
}

void revenue_write(struct build *b, const struct deals *d)
{
	struct section *s = report_section(b->report, REPORT_BODY, "revenue",
					   tr("Revenue"));

	if (d->first_day == DAY_NONE) {
		report_absent(b->report, s, "%s",
			      tr("No transaction lies on or before the last "
				 "day of the period."));
		return;
	}
	write_cards(b, d);
	write_months(b, s, d);
	if (d->has_kind && whole(d, NOW).rows)
		write_kinds(b, s, d);
}
