/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Platinum, gold, iron, lead: what each customer brings against what serving
 * him costs. Ranked by what is left over (or by what a yuan of service
 * brings); who has no deal in these days comes last, without a rank.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/tier/service.h"
#include "model/metal.h"

static struct {
	int by;
} asked;

static const struct opt options[] = {
	{ OPT_CHOICE, 0, "rank-by", "net|return",
	  "metal: profit less cost, or over cost", &asked.by, .common = true },
	{ OPT_END },
};

struct metal_run {
	bool own_cuts;
};

static void open_scheme(struct run *run)
{
	struct metal_run *s = mem_zalloc(1, sizeof(*s));

	if (asked.by == METAL_RETURN)
		need_value_order(run);
	s->own_cuts = tiers_choose(run, &metal_tiers);
	service_open(run);
	run->state = s;
}

static void close_scheme(struct run *run)
{
	struct metal_run *s = run->state;

	service_close(run);
	free(s);
}

/* ---- placing ---- */

struct placed {
	struct served *of; /* by entry */
	struct metal *at;  /* by rank, then those without a deal */
	struct metal_total total[TIERS_MAX], all;
};

static void read_customers(struct ranking *r, struct placed *p)
{
	size_t n = r->n + r->outside;

	p->at = ranking_keep(r, mem_alloc(n, sizeof(*p->at)));
	for (size_t i = 0; i < n; i++) {
		uint32_t who = r->at[i].who;

		service_net(r->at[i].value, p->of[who].fen);
		p->at[i] =
			(struct metal){ r->at[i].value, p->of[who].fen, who };
	}
}

static void name_tiers(const struct tier_scheme *s, struct ranking *r)
{
	ranking_name(r, s);
	r->name[r->names++] = TEXT("lead");
	r->name[r->names++] = TEXT("no_deal");
	r->statuses = 1;
}

/* The ranking as the metals have it: its value is what is left over. */
static void put_in_order(const struct tier_scheme *s, struct ranking *r,
			 struct placed *p, size_t paying)
{
	size_t tier = 0;

	r->total = 0;
	for (size_t i = 0; i < r->n + r->outside; i++) {
		const struct metal *m = &p->at[i];

		r->at[i].who = m->who;
		r->at[i].value = service_net(m->profit, m->cost);
		if (i < paying)
			tier = tier_of(s, paying, i + 1, tier);
		else
			tier = i < r->n ? s->n : s->n + 1;
		r->tier[i] = (unsigned char)tier;
		if (i < r->n)
			r->total += r->at[i].value;
	}
}

/* Of each tier, of those without a deal, and of all who make up the 100 %. */
static void add_up(const struct tier_scheme *s, const struct ranking *r,
		   struct placed *p, size_t paying)
{
	metal_totals(s, p->at, r->n, paying, p->total);
	for (size_t t = 0; t <= s->n; t++) {
		p->all.customers += p->total[t].customers;
		p->all.profit += p->total[t].profit;
		p->all.cost += p->total[t].cost;
	}
	for (size_t i = r->n; i < r->n + r->outside; i++)
		metal_add(&p->total[s->n + 1], &p->at[i]);
}

static void place(const struct run *run, struct ranking *r, int32_t as_of)
{
	struct placed *p = ranking_keep(r, mem_zalloc(1, sizeof(*p)));
	size_t paying;

	(void)as_of;
	r->own = p;
	p->of = ranking_keep(r, service_settle(run, r));
	ranking_rank(r, DAY_MIN);
	name_tiers(&run->tiers, r);
	read_customers(r, p);
	paying =
		metal_order(p->at, r->n, (enum metal_by)asked.by, r->customers);
	put_in_order(&run->tiers, r, p, paying);
	add_up(&run->tiers, r, p, paying);
}

/* ---- columns ---- */

/* Profit over cost with four decimals; empty where there is no cost. */
static void put_return(money_wide profit, money_wide cost, struct output *out)
{
	if (cost > 0)
		output_fixed4(out, (double)money_ratio(profit, cost, 4) / 1e4);
	else
		output_empty(out);
}

static const struct output_column more[] = {
	{ "profit", COL_MONEY },
	{ "cost_to_serve", COL_MONEY },
	{ "return", COL_FIXED4 },
	SERVICE_COLUMNS,
};

static void put_more(const struct run *run, const struct ranking *r, size_t i,
		     struct output *out)
{
	const struct placed *p = r->own;
	const struct metal *m = &p->at[i];

	(void)run;
	output_money(out, m->profit);
	output_money(out, m->cost);
	put_return(m->profit, m->cost, out);
	service_put(&p->of[m->who], out);
}

static const struct output_column tier_more[] = {
	{ "profit", COL_MONEY },       { "cost_to_serve", COL_MONEY },
	{ "return", COL_FIXED4 },      { "share_count", COL_SHARE },
	{ "share_profit", COL_SHARE }, { "share_resource", COL_SHARE },
	{ "rule", COL_TEXT },	       { "source", COL_TEXT },
};

static void put_rule(const struct run *run, size_t tier, struct output *out)
{
	const struct tier_scheme *s = &run->tiers;
	char number[NUMBER_MAX_BYTES];
	struct buf b = { 0 };
	size_t n;

	if (tier < s->n) {
		n = number_format((double)s->ppm[tier] / 1e4, number);
		buf_addf(&b, "profit >= cost_to_serve: up to %.*s %% by %s",
			 (int)n, number, asked.by ? "return" : "net");
	} else {
		buf_adds(&b,
			 tier == s->n ? "profit < cost_to_serve" : "no deal");
	}
	output_text(out, buf_text(&b));
	buf_release(&b);
}

static void put_source(const struct run *run, struct output *out)
{
	const struct metal_run *s = run->state;
	struct buf b = { 0 };

	buf_adds(&b, s->own_cuts ? "cuts: as given; " : "cuts: ours; ");
	service_source(run, &b);
	output_text(out, buf_text(&b));
	buf_release(&b);
}

static void put_tier_more(const struct run *run, const struct ranking *r,
			  size_t tier, struct output *out)
{
	const struct placed *p = r->own;
	const struct metal_total *t = &p->total[tier], *all = &p->all;
	bool inside = tier <= run->tiers.n;

	output_money_wide(out, t->profit);
	output_money_wide(out, t->cost);
	put_return(t->profit, t->cost, out);
	output_share(out, (money_wide)t->customers,
		     inside ? (money_wide)all->customers : 0);
	output_share(out, t->profit, inside ? all->profit : 0);
	output_share(out, t->cost, inside ? all->cost : 0);
	put_rule(run, tier, out);
	put_source(run, out);
}

const struct scheme scheme_metal = {
	.name = "metal",
	.uses = { "--scheme metal", { options, service_options } },
	.purchases = true,
	.purchase = service_visit,
	.line = line_without_day,
	.open = open_scheme,
	.close = close_scheme,
	.place = place,
	.more = { more, NELEMS(more), put_more },
	.tier_more = { tier_more, NELEMS(tier_more), put_tier_more },
};
