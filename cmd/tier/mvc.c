/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Most valuable, second tier, below zero: what each customer brought, what he
 * could be worth, and what serving him costs. Ranked by the first.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/tier/ratings.h"
#include "cmd/tier/service.h"
#include "model/mvc.h"
#include "model/weights.h"

static struct {
	const char *clv, *top, *second;
} asked;

static const struct opt options[] = {
	{ OPT_TEXT, 0, "clv", "FILE", "mvc: customer_id,clv of crm-clv",
	  &asked.clv, .common = true },
	{ OPT_TEXT, 0, "most-valuable", "PCT", "mvc: of greatest actual value",
	  &asked.top, .common = true },
	{ OPT_TEXT, 0, "second-tier", "PCT", "mvc: of greatest gap",
	  &asked.second, .common = true },
	{ OPT_END },
};

/* The parts of the strategic value, and 20 % for either class. */
enum { CLV, POTENTIAL, PARTS };

#define SHARE_OURS 200000

struct mvc_run {
	struct group *clv;	 /* int64_t by customer_id, or NULL */
	struct ratings *ratings; /* or NULL */
	int64_t weight[PARTS];
	int64_t top_ppm, second_ppm;
};

/* ---- options and files ---- */

static void read_clv(const struct run *run, struct mvc_run *s)
{
	const struct input_column columns[] = {
		{ side_id(run), COL_TEXT, INPUT_FILLED },
		{ "clv", COL_MONEY, INPUT_REQUIRED },
	};
	struct common common;
	struct input *in = side_open(run, &common, asked.clv, NULL, columns,
				     NELEMS(columns));
	struct row row;

	s->clv = group_new(sizeof(int64_t), 0, NULL, NULL);
	while (input_next(in, &row)) {
		size_t known = group_count(s->clv), at;

		if (!row.cell[1].known)
			continue;
		at = group_intern(s->clv, row.cell[0].text);
		if (at != known)
			side_refuse(&row, "this customer stands further up");
		*(int64_t *)group_entry(s->clv, at) = row.cell[1].fen;
	}
	input_close(in, 0);
}

static int64_t percent(const char *option, const char *text)
{
	int64_t v;

	if (!text)
		return SHARE_OURS;
	if (!weight_parse(text_of(text), &v) || v < 0 || v > 1000000)
		die_usage("%s %s: a percentage, 0 to 100", option, text);
	return v;
}

/* Weights of the parts that are there; 1 each if none are given. */
static void read_weights(const struct run *run, struct mvc_run *s)
{
	const char *given = ratings_weights(), *wrong;

	s->weight[CLV] = asked.clv ? WEIGHT_ONE : 0;
	s->weight[POTENTIAL] = run->customers ? WEIGHT_ONE : 0;
	if (!given)
		return;
	wrong = weights_parse(text_of(given), s->weight, PARTS);
	if (wrong)
		die_usage("--weights %s: %s (of clv and potential)", given,
			  wrong);
	if (s->weight[CLV] < 0 || s->weight[POTENTIAL] < 0)
		die_usage("--weights %s: the strategic value has no negative "
			  "parts",
			  given);
	if ((s->weight[CLV] && !asked.clv) ||
	    (s->weight[POTENTIAL] && !run->customers))
		die_usage("--weights %s: a weight for what is not given "
			  "(--clv, --customers)",
			  given);
}

static void open_scheme(struct run *run)
{
	static const bool need[RATINGS] = { [RATING_POTENTIAL] = true };
	struct mvc_run *s = mem_zalloc(1, sizeof(*s));

	if (run->cuts || run->names)
		die_usage("--cuts and --names are not for mvc: see "
			  "--most-valuable and --second-tier");
	if (!asked.clv && !run->customers)
		die_usage("--scheme mvc wants strategic values: --clv FILE of "
			  "crm-clv, or --customers FILE with the column "
			  "potential");
	s->top_ppm = percent("--most-valuable", asked.top);
	s->second_ppm = percent("--second-tier", asked.second);
	read_weights(run, s);
	run->state = s;
	service_open(run);
	if (asked.clv)
		read_clv(run, s);
	if (run->customers)
		s->ratings = ratings_open(run, need, NULL);
}

static void close_scheme(struct run *run)
{
	struct mvc_run *s = run->state;

	service_close(run);
	group_free(s->clv);
	ratings_free(s->ratings);
	free(s);
}

/* ---- placing ---- */

struct placed {
	struct served *of; /* by entry */
	struct mvc *at;	   /* by rank, then those without a deal */
	money_wide cost[TIERS_MAX], strategic[TIERS_MAX];
	size_t known[TIERS_MAX];
};

/* Known when all parts that count are. */
static bool strategic_value(const struct mvc_run *s, struct text who,
			    int64_t *value)
{
	money_wide sum = 0;

	if (s->weight[CLV]) {
		size_t at = group_find(s->clv, who);

		if (at == SIZE_MAX)
			return false;
		sum += (money_wide)s->weight[CLV] *
		       *(int64_t *)group_entry(s->clv, at);
	}
	if (s->weight[POTENTIAL]) {
		struct rating one = ratings_of(s->ratings, who);

		if (!one.known[RATING_POTENTIAL])
			return false;
		sum += (money_wide)s->weight[POTENTIAL] *
		       one.value[RATING_POTENTIAL];
	}
	if (!money_narrow(money_ratio(sum, WEIGHT_ONE, 0), value))
		die("a customer's strategic value is too large");
	return true;
}

static void read_customers(const struct mvc_run *s, struct ranking *r,
			   struct placed *p)
{
	size_t n = r->n + r->outside;

	p->at = ranking_keep(r, mem_zalloc(n, sizeof(*p->at)));
	for (size_t i = 0; i < n; i++) {
		struct mvc *m = &p->at[i];

		m->who = r->at[i].who;
		m->actual = r->at[i].value;
		m->cost = p->of[m->who].fen;
		m->known = strategic_value(s, group_key(r->customers, m->who),
					   &m->strategic);
	}
}

static void name_tiers(struct ranking *r)
{
	struct text words = TEXT(MVC_CLASS_WORDS), word;

	while (text_split(&words, '|', &word))
		r->name[r->names++] = word;
	r->name[r->names++] = TEXT("no_deal");
	r->statuses = 1;
}

static void put_in_order(struct ranking *r, struct placed *p)
{
	for (size_t i = 0; i < r->n + r->outside; i++) {
		const struct mvc *m = &p->at[i];
		size_t tier = i < r->n ? (size_t)m->class : MVC_CLASSES;

		r->at[i].who = m->who;
		r->tier[i] = (unsigned char)tier;
		p->cost[tier] += m->cost;
		if (m->known) {
			p->strategic[tier] += m->strategic;
			p->known[tier]++;
		}
	}
}

/* -v: the weights, and who could not be weighed. */
static void tell(const struct mvc_run *s, const struct ranking *r,
		 const struct placed *p)
{
	size_t known = 0;

	for (size_t t = 0; t < MVC_CLASSES; t++)
		known += p->known[t];
	warn("strategic value: %.10g clv + %.10g potential; not known of %zu "
	     "of %zu customers",
	     (double)s->weight[CLV] / WEIGHT_ONE,
	     (double)s->weight[POTENTIAL] / WEIGHT_ONE, r->n - known, r->n);
}

static void place(const struct run *run, struct ranking *r, int32_t as_of)
{
	struct mvc_run *s = run->state;
	struct placed *p = ranking_keep(r, mem_zalloc(1, sizeof(*p)));

	(void)as_of;
	r->own = p;
	p->of = ranking_keep(r, service_settle(run, r));
	ranking_rank(r, DAY_MIN);
	name_tiers(r);
	read_customers(s, r, p);
	if (!mvc_classify(p->at, r->n, s->top_ppm, s->second_ppm, r->customers))
		die("a customer's strategic less actual value is too large");
	put_in_order(r, p);
	if (run->common.verbose)
		tell(s, r, p);
}

/* ---- columns ---- */

static const struct output_column more[] = {
	{ "strategic_value", COL_MONEY },
	{ "gap", COL_MONEY },
	{ "cost_to_serve", COL_MONEY },
	SERVICE_COLUMNS,
};

static void put_more(const struct run *run, const struct ranking *r, size_t i,
		     struct output *out)
{
	const struct placed *p = r->own;
	const struct mvc *m = &p->at[i];

	(void)run;
	if (m->known) {
		output_money(out, m->strategic);
		output_money_wide(out, (money_wide)m->strategic - m->actual);
	} else {
		output_empty(out);
		output_empty(out);
	}
	output_money(out, m->cost);
	service_put(&p->of[m->who], out);
}

static const struct output_column tier_more[] = {
	{ "strategic_value", COL_MONEY }, { "strategic_known", COL_INT },
	{ "cost_to_serve", COL_MONEY },	  { "rule", COL_TEXT },
	{ "source", COL_TEXT },
};

static void put_rule(const struct mvc_run *s, size_t tier, struct output *out)
{
	char number[NUMBER_MAX_BYTES];
	struct buf b = { 0 };
	size_t n;

	switch (tier) {
	case MVC_MOST_VALUABLE:
		n = number_format((double)s->top_ppm / 1e4, number);
		buf_addf(&b,
			 "actual value >= cost_to_serve: first %.*s %% by "
			 "actual value",
			 (int)n, number);
		break;
	case MVC_SECOND_TIER:
		n = number_format((double)s->second_ppm / 1e4, number);
		buf_addf(&b,
			 "of the rest: first %.*s %% by strategic less "
			 "actual value, if above 0",
			 (int)n, number);
		break;
	case MVC_ORDINARY:
		buf_adds(&b, "all others");
		break;
	case MVC_BELOW_ZERO:
		buf_adds(&b, "actual value < cost_to_serve");
		break;
	default:
		buf_adds(&b, "no deal");
	}
	output_text(out, buf_text(&b));
	buf_release(&b);
}

static void put_source(const struct run *run, struct output *out)
{
	const struct mvc_run *s = run->state;
	struct buf b = { 0 };

	buf_adds(&b, asked.top || asked.second ? "shares: as given"
					       : "shares: ours");
	buf_adds(&b, "; strategic value: ");
	weight_format(s->weight[CLV], &b);
	buf_adds(&b, " clv + ");
	weight_format(s->weight[POTENTIAL], &b);
	buf_addf(&b, " potential (weights: %s); ",
		 ratings_weights() ? "as given" : "ours");
	service_source(run, &b);
	output_text(out, buf_text(&b));
	buf_release(&b);
}

static void put_tier_more(const struct run *run, const struct ranking *r,
			  size_t tier, struct output *out)
{
	const struct placed *p = r->own;

	output_money_wide(out, p->strategic[tier]);
	output_int(out, (int64_t)p->known[tier]);
	output_money_wide(out, p->cost[tier]);
	put_rule(run->state, tier, out);
	put_source(run, out);
}

const struct scheme scheme_mvc = {
	.name = "mvc",
	.uses = { "--scheme mvc",
		  { options, service_options, ratings_options } },
	.purchases = true,
	.purchase = service_visit,
	.line = line_without_day,
	.open = open_scheme,
	.close = close_scheme,
	.place = place,
	.more = { more, NELEMS(more), put_more },
	.tier_more = { tier_more, NELEMS(tier_more), put_tier_more },
};
