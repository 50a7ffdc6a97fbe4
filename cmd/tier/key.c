/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key accounts: the orders of the transactions, and the customers' ratings of
 * potential, bargaining power and cooperation, each in points, weighted.
 * Ranked by the score; who lacks a rating that counts has none, and comes
 * last.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/key.h"
#include "model/weights.h"

/* ---- placing ---- */

struct account {
	int64_t points[KEY_FACTORS];
	bool known[KEY_FACTORS];
	int64_t score; /* ten-thousandths; -1: none */
};

struct placed {
	struct account *of; /* by entry */
	int64_t score[TIERS_MAX];
};

static void read_accounts(const struct key_run *s, struct ranking *r,
			  struct account *of)
{
	for (size_t i = 0; i < r->n; i++) {
		uint32_t who = r->at[i].who;
		struct rating one =
			ratings_of(s->ratings, group_key(r->customers, who));
		struct account *a = &of[who];

		a->points[KEY_ORDERS] = r->at[i].value;
		a->known[KEY_ORDERS] = true;
		for (size_t k = 0; k < RATINGS; k++) {
			a->points[KEY_POTENTIAL + k] = one.value[k];
			a->known[KEY_POTENTIAL + k] = one.known[k];
		}
	}
}

/* Values to points, among those customers who have the factor. */
static void count_points(const struct ranking *r, struct account *of,
			 size_t factor, enum key_scale scale)
{
	int64_t *v = mem_alloc(r->n, sizeof(*v));
	size_t n = 0, at = 0;

	for (size_t i = 0; i < r->n; i++)
		if (of[r->at[i].who].known[factor])
			v[n++] = of[r->at[i].who].points[factor];
	key_points(v, n, scale);
	for (size_t i = 0; i < r->n; i++)
		if (of[r->at[i].who].known[factor])
			of[r->at[i].who].points[factor] = v[at++];
	free(v);
}

static bool can_score(const struct key_weights *w, const struct account *a)
{
	for (size_t i = 0; i < KEY_FACTORS; i++)
		if (w->w[i] && !a->known[i])
			return false;
	return true;
}

/* Those with a score by score, then those without by id, then as it was. */
static void put_in_order(struct ranking *r, const struct account *of)
{
	size_t n = r->n, scored = 0, none = 0;
	struct ranked *s = mem_alloc(n, sizeof(*s));
	struct ranked *u = mem_alloc(n, sizeof(*u));
	int64_t *value = mem_alloc(group_count(r->customers), sizeof(*value));

	for (size_t i = 0; i < n; i++) {
		uint32_t who = r->at[i].who;

		value[who] = r->at[i].value;
		if (of[who].score >= 0)
			s[scored++] = (struct ranked){ of[who].score, who };
		else
			u[none++] = (struct ranked){ 0, who };
	}
	rank_descending(s, scored, r->customers);
	rank_descending(u, none, r->customers);
	r->total = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t who = i < scored ? s[i].who : u[i - scored].who;

		r->at[i] = (struct ranked){ value[who], who };
		r->total += i < scored ? value[who] : 0;
	}
	r->n = scored;
	r->outside += none;
	free(s);
	free(u);
	free(value);
}

static void name_tiers(const struct tier_scheme *s, struct ranking *r)
{
	ranking_name(r, s);
	r->name[r->names++] = TEXT("unscored");
	r->name[r->names++] = TEXT("no_deal");
	r->statuses = 2;
}

static void cut(const struct tier_scheme *s, struct ranking *r,
		struct placed *p, size_t unscored)
{
	size_t tier = 0;

	for (size_t i = 0; i < r->n + r->outside; i++) {
		if (i < r->n)
			tier = tier_of(s, r->n, i + 1, tier);
		else
			tier = s->n + (i >= r->n + unscored);
		r->tier[i] = (unsigned char)tier;
		if (i < r->n)
			p->score[tier] += p->of[r->at[i].who].score;
	}
}

/* -v: the weights, and what is lacking of whom. */
static void tell(const struct key_run *s, const struct ranking *r,
		 const struct account *of)
{
	warn("weights: %s", s->weights_text.p);
	for (size_t k = KEY_POTENTIAL; k < KEY_FACTORS; k++) {
		size_t lacking = 0;

		for (size_t i = 0; i < r->n; i++)
			lacking += !of[r->at[i].who].known[k];
		warn("%s: not known of %zu of %zu customers",
		     key_factor_name[k], lacking, r->n);
	}
}

static void place(const struct run *run, struct ranking *r, int32_t as_of)
{
	const struct key_run *s = run->state;
	struct placed *p = ranking_keep(r, mem_zalloc(1, sizeof(*p)));
	size_t all;

	(void)as_of;
	r->own = p;
	ranking_rank(r, DAY_MIN);
	name_tiers(&run->tiers, r);
	p->of = ranking_keep(r, mem_zalloc(group_count(r->customers),
					   sizeof(*p->of)));
	read_accounts(s, r, p->of);
	if (run->common.verbose)
		tell(s, r, p->of);
	for (size_t k = 0; k < KEY_FACTORS; k++)
		count_points(r, p->of, k, s->scale);
	for (size_t i = 0; i < r->n; i++) {
		struct account *a = &p->of[r->at[i].who];

		a->score = can_score(&s->weights, a)
				   ? key_score(&s->weights, a->points)
				   : -1;
	}
	all = r->n;
	put_in_order(r, p->of);
	cut(&run->tiers, r, p, all - r->n);
}

/* ---- columns ---- */

static const struct output_column more[] = {
	{ "score", COL_FIXED4 },
	{ "orders_points", COL_FIXED4 },
	{ "potential_points", COL_FIXED4 },
	{ "bargaining_points", COL_FIXED4 },
	{ "cooperation_points", COL_FIXED4 },
	{ "missing", COL_TEXT },
	{ "weights", COL_TEXT },
};

static void put_points(struct output *out, bool known, int64_t points)
{
	if (known)
		output_fixed4(out, (double)points / KEY_POINT);
	else
		output_empty(out);
}

static void put_missing(const struct key_weights *w, const struct account *a,
			struct output *out)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < KEY_FACTORS; i++)
		if (!a->known[i] && w->w[i])
			buf_addf(&b, "%s%s", b.n ? ";" : "",
				 key_factor_name[i]);
	output_text(out, buf_text(&b));
	buf_release(&b);
}

static void put_more(const struct run *run, const struct ranking *r, size_t i,
		     struct output *out)
{
	const struct key_run *s = run->state;
	const struct placed *p = r->own;
	const struct account *a = &p->of[r->at[i].who];

	put_points(out, i < r->n, a->score);
	for (size_t k = 0; k < KEY_FACTORS; k++)
		put_points(out, a->known[k], a->points[k]);
	/* Who bought nothing was not asked about. */
	if (r->tier[i] <= run->tiers.n)
		put_missing(&s->weights, a, out);
	else
		output_empty(out);
	output_text(out, buf_text(&s->weights_text));
}

static const struct output_column tier_more[] = {
	{ "mean_score", COL_FIXED4 },
	{ "rule", COL_TEXT },
	{ "source", COL_TEXT },
};

static void put_rule(const struct run *run, size_t tier, struct output *out)
{
	const struct tier_scheme *s = &run->tiers;
	struct buf b = { 0 };

	if (tier < s->n) {
		buf_adds(&b, "up to ");
		weight_format(s->ppm[tier], &b);
		buf_adds(&b, " % by score");
	} else {
		buf_adds(&b, tier == s->n ? "a rating that counts is missing"
					  : "no deal");
	}
	output_text(out, buf_text(&b));
	buf_release(&b);
}

static void put_tier_more(const struct run *run, const struct ranking *r,
			  size_t tier, struct output *out)
{
	const struct key_run *s = run->state;
	const struct placed *p = r->own;
	struct buf b = { 0 };
	int64_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->tier[i] == tier;
	put_points(out, n > 0,
		   n ? (int64_t)money_ratio(p->score[tier], n, 0) : 0);
	put_rule(run, tier, out);
	buf_addf(&b, "cuts: %s; weights: %s", s->own_cuts ? "as given" : "ours",
		 s->weights_text.p);
	output_text(out, buf_text(&b));
	buf_release(&b);
}

const struct scheme scheme_key = {
	.name = "key",
	.uses = { "--scheme key", { key_table, ratings_options } },
	.line = line_without_day,
	.open = key_open,
	.close = key_close,
	.place = place,
	.more = { more, NELEMS(more), put_more },
	.tier_more = { tier_more, NELEMS(tier_more), put_tier_more },
};
