/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-tier: transactions (or any table with an id and a value) in, customers
 * ranked by value and cut into tiers out; or the tiers' totals, or how
 * concentrated the whole is.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "model/concentration.h"
#include "model/tier.h"
#include "stream/by.h"
#include "stream/input.h"
#include "stream/output.h"

enum { ID, VALUE, DATE, KIND, COST, TXN, COLUMNS };
enum measure { AMOUNT, MARGIN, COUNT };
enum scheme { PYRAMID };

struct options {
	struct common common;
	int scheme, measure;
	const char *cuts, *names, *id, *value;
	int64_t inactive_after;
	bool by_tier, concentration, curve;
};

/* Any table, not transactions. */
static bool is_table(const struct options *o)
{
	return o->id || o->value;
}

/* What is known of one customer after the last row. */
struct customer {
	int64_t value;		/* fen, or purchases */
	int32_t last;		/* day of the last deal, as day + DAY_BIAS */
	uint32_t overflow;
};

/* What one row adds. */
struct line {
	int64_t value;
	int32_t day;
};

/* Entries start zeroed: days are kept so that 0 is before all of them. */
#define DAY_BIAS (1 - DAY_MIN)

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct line *line = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++) {
		struct customer *c = group_span_entry(all, index[i]);

		if (__builtin_add_overflow(c->value, line[i].value, &c->value))
			c->overflow = 1;
		if (line[i].day > c->last)
			c->last = line[i].day;
	}
}

/* One result: the customers of one group of --by, or all. */
struct ranking {
	struct group *customers;
	struct ranked *active, *inactive;
	size_t n, inactive_n;
	money_wide total;	/* of the active */
};

/* Everybody when the data have no dates; else those with a deal since the
 * day `since`. The rest is listed by id. */
static void rank(struct ranking *r, int32_t since)
{
	size_t count = group_count(r->customers);

	r->active = mem_alloc(count, sizeof(*r->active));
	r->inactive = mem_alloc(count, sizeof(*r->inactive));
	for (size_t i = 0; i < count; i++) {
		const struct customer *c = group_entry(r->customers, i);
		struct ranked one = { c->value, (uint32_t)i };

		if (c->overflow)
			die("the sum of one customer's amounts is too large");
		if (since != DAY_NONE && c->last < since + DAY_BIAS) {
			one.value = 0;
			r->inactive[r->inactive_n++] = one;
		} else {
			r->active[r->n++] = one;
		}
	}
	rank_descending(r->active, r->n, r->customers);
	rank_descending(r->inactive, r->inactive_n, r->customers);
	r->total = concentration_total(r->active, r->n);
}

static void ranking_free(struct ranking *r)
{
	group_free(r->customers);
	free(r->active);
	free(r->inactive);
}

static void put_value(const struct options *o, struct output *out,
		      int64_t value)
{
	if (o->measure == COUNT)
		output_int(out, value);
	else
		output_money(out, value);
}

static void put_wide(const struct options *o, struct output *out,
		     money_wide value)
{
	int64_t narrow;

	if (!money_narrow(value, &narrow))
		die("a total is too large");
	put_value(o, out, narrow);
}

/* Customers that are asked for from memory before their turn. */
#define AHEAD 16

static void write_customers(const struct options *o, const struct by *by,
			    size_t label, const struct ranking *r,
			    const struct tier_scheme *s, struct output *out)
{
	money_wide sum = 0;
	size_t tier = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (i + AHEAD < r->n)
			group_prefetch(r->customers, r->active[i + AHEAD].who);
		by_put(by, label, out);
		output_text(out, group_key(r->customers, r->active[i].who));
		output_int(out, (int64_t)i + 1);
		put_value(o, out, r->active[i].value);
		sum += r->active[i].value;
		output_share(out, r->active[i].value, r->total);
		output_share(out, sum, r->total);
		tier = tier_of(s, r->n, i + 1, tier);
		output_text(out, s->name[tier]);
		output_end(out);
	}
	for (size_t i = 0; i < r->inactive_n; i++) {
		uint32_t who = r->inactive[i].who;
		const struct customer *c = group_entry(r->customers, who);

		by_put(by, label, out);
		output_text(out, group_key(r->customers, who));
		output_empty(out);
		put_value(o, out, c->value);
		output_empty(out);
		output_empty(out);
		output_str(out, "inactive");
		output_end(out);
	}
}

static void write_tier(const struct options *o, const struct by *by,
		       size_t label, struct text name, struct tier_total t,
		       const struct ranking *base, struct output *out)
{
	by_put(by, label, out);
	output_text(out, name);
	output_int(out, (int64_t)t.customers);
	output_share(out, (money_wide)t.customers,
		     base ? (money_wide)base->n : 0);
	put_wide(o, out, t.value);
	output_share(out, t.value, base ? base->total : 0);
	if (!t.customers)
		output_empty(out);
	else if (o->measure == COUNT)
		output_real(out, (double)t.value / (double)t.customers);
	else
		put_wide(o, out,
			 money_ratio(t.value, (money_wide)t.customers, 0));
	output_end(out);
}

static void write_tiers(const struct options *o, const struct by *by,
			size_t label, const struct ranking *r,
			const struct tier_scheme *s, struct output *out)
{
	struct tier_total total[TIER_CUTS_MAX], inactive = { 0 };

	tier_totals(s, r->active, r->n, total);
	for (size_t t = 0; t < s->n; t++)
		write_tier(o, by, label, s->name[t], total[t], r, out);
	for (size_t i = 0; i < r->inactive_n; i++) {
		const struct customer *c =
			group_entry(r->customers, r->inactive[i].who);

		inactive.value += c->value;
	}
	inactive.customers = r->inactive_n;
	if (inactive.customers)
		write_tier(o, by, label, TEXT("inactive"), inactive, NULL,
			   out);
}

static void write_measure(const struct by *by, size_t label, const char *name,
			  struct output *out)
{
	by_put(by, label, out);
	output_str(out, name);
}

static void write_concentration(const struct options *o, const struct by *by,
				size_t label, const struct ranking *r,
				struct output *out)
{
	static const struct {
		const char *name;
		int64_t ppm;
	} tops[] = { { "top_1_share", 10000 },
		     { "top_4_share", 40000 },
		     { "top_20_share", 200000 },
		     { "top_22_share", 220000 } };
	double gini;

	write_measure(by, label, "gini", out);
	if (concentration_gini(r->active, r->n, &gini))
		output_real(out, gini);
	else
		output_empty(out);
	output_end(out);
	for (size_t i = 0; i < NELEMS(tops); i++) {
		write_measure(by, label, tops[i].name, out);
		output_share(out,
			     concentration_top(r->active, r->n, tops[i].ppm),
			     r->total);
		output_end(out);
	}
	write_measure(by, label, "customers", out);
	output_int(out, (int64_t)r->n);
	output_end(out);
	write_measure(by, label, "total", out);
	put_wide(o, out, r->total);
	output_end(out);
}

#define CURVE_STEPS 100

static void write_curve(const struct by *by, size_t label,
			const struct ranking *r, struct output *out)
{
	size_t customers[CURVE_STEPS + 1];
	money_wide value[CURVE_STEPS + 1];

	if (!r->n)
		return;
	concentration_curve(r->active, r->n, CURVE_STEPS, customers, value);
	for (size_t k = 0; k <= CURVE_STEPS; k++) {
		if (k && customers[k] == customers[k - 1])
			continue;
		by_put(by, label, out);
		output_share(out, (money_wide)customers[k], (money_wide)r->n);
		output_share(out, value[k], r->total);
		output_end(out);
	}
}

static struct output *open_output(const struct options *o, const struct by *by)
{
	enum col_type value = o->measure == COUNT ? COL_INT : COL_MONEY;
	const struct output_column customers[] = {
		{ "customer_id", COL_TEXT }, { "rank", COL_INT },
		{ "value", value },	     { "share", COL_SHARE },
		{ "cum_share", COL_SHARE },  { "tier", COL_TEXT },
	};
	const struct output_column tiers[] = {
		{ "tier", COL_TEXT },	  { "customers", COL_INT },
		{ "customer_share", COL_SHARE }, { "value", value },
		{ "value_share", COL_SHARE },
		{ "mean_value", o->measure == COUNT ? COL_REAL : COL_MONEY },
	};
	const struct output_column measures[] = { { "measure", COL_TEXT },
						  { "value", COL_REAL } };
	const struct output_column curve[] = {
		{ "customer_share", COL_SHARE }, { "value_share", COL_SHARE }
	};

	if (o->by_tier)
		return by_open(by, &o->common, tiers, NELEMS(tiers));
	if (o->concentration)
		return by_open(by, &o->common, measures, NELEMS(measures));
	if (o->curve)
		return by_open(by, &o->common, curve, NELEMS(curve));
	return by_open(by, &o->common, customers, NELEMS(customers));
}

/* ---- reading ---- */

/* Whether the row is of a purchase that was not met yet. */
static bool is_new_purchase(struct group *purchases, struct buf *key,
			    const struct cell *c)
{
	struct text purchase =
		deal_purchase(&c[KIND], &c[VALUE], &c[TXN], &c[DATE]);
	size_t known = group_count(purchases);

	if (!purchase.n)
		return false;
	buf_clear(key);
	buf_addt(key, c[ID].text);
	buf_addc(key, '\0');
	buf_addt(key, purchase);
	return group_intern(purchases, buf_text(key)) == known;
}

/* What the row adds; false: the row does not count for this measure. */
static bool line_of(const struct options *o, const struct cell *c,
		    struct group *purchases, struct buf *key,
		    struct line *line)
{
	line->value = c[VALUE].fen;
	line->day = c[DATE].known ? c[DATE].day + DAY_BIAS : 0;
	/* Money given back keeps nobody active. Without a kind a negative
	 * amount may as well be a correction of the day's bill. */
	if (c[VALUE].fen < 0 && !is_table(o) &&
	    text_is(c[KIND].text, "refund"))
		line->day = 0;
	if (o->measure == MARGIN)
		return !__builtin_sub_overflow(c[VALUE].fen, c[COST].fen,
					       &line->value);
	if (o->measure == COUNT)
		line->value = is_new_purchase(purchases, key, c);
	return true;
}

/* One group table a label of --by. */
struct rankings {
	struct ranking *item;
	size_t n, cap;
};

static struct ranking *ranking_for(const struct options *o,
				   struct rankings *all, size_t label)
{
	while (all->n <= label) {
		struct group *g = group_new(sizeof(struct customer),
					    sizeof(struct line), fold, NULL);

		/* One thread for all customers, not one for each group. */
		if (!o->common.by && common_threads(&o->common))
			group_use_thread(g);
		all->item = mem_grow(all->item, all->n, &all->cap,
				     sizeof(*all->item));
		all->item[all->n++] = (struct ranking){ .customers = g };
	}
	return &all->item[label];
}

static void read_rows(const struct options *o, struct input *in,
		      struct by *by, struct rankings *all)
{
	struct group *purchases = group_new(0, 0, NULL, NULL);
	int32_t as_of = o->common.as_of;
	struct buf key = { 0 };
	struct row row;
	struct line line;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		if (as_of != DAY_NONE && c[DATE].known && c[DATE].day > as_of) {
			input_skip(in);
			continue;
		}
		if (!line_of(o, c, purchases, &key, &line)) {
			input_reject(in, VALUE, REASON_OUT_OF_RANGE,
				     "amount less cost is too large");
			continue;
		}
		group_add(ranking_for(o, all, by_label(by, c))->customers,
			  c[ID].text, &line);
	}
	if (by_count(by) > all->n)
		ranking_for(o, all, 0);
	buf_release(&key);
	group_free(purchases);
}

/* The first day of a deal that keeps a customer active. */
static int32_t active_since(const struct options *o, const struct input *in)
{
	int32_t day = o->common.as_of != DAY_NONE ? o->common.as_of :
						    input_last_day(in);

	if (day == DAY_NONE || o->concentration || o->curve)
		return DAY_NONE;
	return day_add_months(day, -(int)o->inactive_after);
}

static const struct tier_scheme *scheme_of(const struct options *o,
					   struct tier_scheme *own)
{
	const char *wrong;

	if (!o->cuts && !o->names)
		return &tier_pyramid;
	if (!o->cuts || !o->names)
		die_usage("--cuts and --names go together");
	wrong = tier_parse(own, o->cuts, o->names);
	if (wrong)
		die_usage("--cuts %s --names %s: %s", o->cuts, o->names,
			  wrong);
	return own;
}

static void check(const struct options *o)
{
	if (o->by_tier + o->concentration + o->curve > 1)
		die_usage("--summary-by-tier, --concentration and --curve are "
			  "three results: ask for one");
	if (is_table(o) && o->measure != AMOUNT)
		die_usage("--measure goes with transactions, not with --id "
			  "and --value");
}

static void write_all(const struct options *o, const struct input *in,
		      struct by *by, struct rankings *all, struct output *out)
{
	struct tier_scheme own;
	const struct tier_scheme *s = scheme_of(o, &own);
	int32_t since = active_since(o, in);
	size_t *order = by_order(by);

	for (size_t i = 0; i < all->n; i++) {
		struct ranking *r = &all->item[order[i]];

		group_finish(r->customers);
		rank(r, since);
		if (o->by_tier)
			write_tiers(o, by, order[i], r, s, out);
		else if (o->concentration)
			write_concentration(o, by, order[i], r, out);
		else if (o->curve)
			write_curve(by, order[i], r, out);
		else
			write_customers(o, by, order[i], r, s, out);
		ranking_free(r);
	}
	free(order);
	free(all->item);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	bool table = is_table(o);
	const struct input_column columns[COLUMNS] = {
		[ID] = { o->id ? o->id : "customer_id", COL_TEXT,
			 INPUT_FILLED },
		[VALUE] = { o->value ? o->value : "amount", COL_MONEY,
			    INPUT_FILLED },
		[DATE] = { "date", COL_DAY,
			   table ? INPUT_OPTIONAL : INPUT_FILLED },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
		[COST] = { "cost", COL_MONEY,
			   o->measure == MARGIN ? INPUT_FILLED :
						  INPUT_OPTIONAL },
		[TXN] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
	};
	struct rankings all = { 0 };
	struct by by;
	struct input *in;
	struct output *out;
	size_t n = table ? DATE + 1 : o->measure == AMOUNT ? KIND + 1 : COLUMNS;

	in = by_input(&by, &o->common,
		      table ? NULL : schema_find(TEXT("transactions")),
		      columns, n, files, nfiles);
	out = open_output(o, &by);
	read_rows(o, in, &by, &all);
	write_all(o, in, &by, &all, out);
	input_close(in, output_rows(out));
	by_release(&by);
	return output_close(out);
}

int main(int argc, char **argv)
{
	struct options o = { .inactive_after = 12 };
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "scheme", "pyramid",
		  "vip 1%, large 4%, medium 15%, small 80%", &o.scheme },
		{ OPT_TEXT, 0, "cuts", "PCT,...",
		  "tier limits, cumulative percent of customers", &o.cuts },
		{ OPT_TEXT, 0, "names", "NAME,...", "the tiers' names",
		  &o.names },
		{ OPT_CHOICE, 0, "measure", "amount|margin|count",
		  "what a customer is worth", &o.measure },
		{ OPT_TEXT, 0, "id", "COL", "any table: who", &o.id },
		{ OPT_TEXT, 0, "value", "COL", "any table: how much",
		  &o.value },
		{ OPT_INT, 0, "inactive-after", "MONTHS",
		  "no deal for so long: inactive (12)", &o.inactive_after, 1,
		  1200 },
		{ OPT_FLAG, 0, "summary-by-tier", NULL, "one row a tier",
		  &o.by_tier },
		{ OPT_FLAG, 0, "concentration", NULL,
		  "Gini index and top shares", &o.concentration },
		{ OPT_FLAG, 0, "curve", NULL, "points of the Lorenz curve",
		  &o.curve },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-tier", "[OPTION...] [FILE...]",
		"Ranks customers by what they are worth and cuts them into "
		"tiers.\n"
		"in: transactions, or any table with --id and --value\n"
		"out: customer_id,rank,value,share,cum_share,tier",
		"crm-tier --until 2025-10-31 --summary-by-tier -t table "
		"transactions.csv",
		opts
	};
	size_t nfiles;
	char **files;

	msg_init("crm-tier");
	common_init(&o.common);
	files = opt_parse(&program, argc, argv, &nfiles);
	check(&o);
	return run(&o, files, nfiles);
}
