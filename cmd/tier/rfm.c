/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recency, frequency and monetary value: each customer scored by the three,
 * and named by his scores. Ranked by value, as everywhere; who never bought
 * (rows of returns alone) comes last, without scores.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/rfm.h"

/* ---- reading ---- */

/* The first day is kept as a number that falls as days go on, 0: none. */
struct buyer {
	struct customer customer;
	int32_t before;
};

struct buyer_line {
	struct line line;
	int32_t before;
};

#define BEFORE(day) (DAY_MAX + 1 - (day))

/* Recency and frequency are of the same purchases. */
static bool complete_line(const struct run *run, const struct cell *c,
			  void *line)
{
	struct buyer_line *l = line;
	bool bought = c[DATE].known && row_purchase(run, c).n > 0;

	l->line.day = bought ? c[DATE].day + DAY_BIAS : 0;
	l->before = bought ? BEFORE(c[DATE].day) : 0;
	return true;
}

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct buyer_line *line = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++) {
		struct buyer *b = group_span_entry(all, index[i]);

		customer_add(&b->customer, &line[i].line);
		if (line[i].before > b->before)
			b->before = line[i].before;
	}
}

static void join(void *entry, const void *other)
{
	struct buyer *a = entry;
	const struct buyer *b = other;

	customer_join(&a->customer, &b->customer);
	if (b->before > a->before)
		a->before = b->before;
}

/* ---- placing ---- */

/* One customer, in the order of ranking.at. */
struct scored {
	int64_t value[RFM_MEASURES];
	unsigned char score[RFM_MEASURES];
	int32_t last;
};

struct placed {
	struct scored *at;
	int32_t as_of;
};

static void measure(const struct rfm_options *o, struct ranking *r, size_t i,
		    int32_t as_of, struct scored *s)
{
	uint32_t who = r->at[i].who, bought = r->bought[who];
	const struct buyer *b = group_entry(r->customers, who);
	int32_t first = DAY_MAX + 1 - b->before;

	s->last = b->customer.last - DAY_BIAS;
	s->value[RFM_R] = o->recency ? s->last - first : as_of - s->last;
	s->value[RFM_F] = bought - (o->frequency ? 1 : 0);
	s->value[RFM_M] =
		o->monetary ? (int64_t)money_ratio(r->at[i].value, bought, 0)
			    : r->at[i].value;
}

static void scale_by_quantiles(struct rfm_run *s, enum rfm_measure m,
			       const struct scored *at, size_t n)
{
	int64_t *values = mem_alloc(n, sizeof(*values));

	for (size_t i = 0; i < n; i++)
		values[i] = at[i].value[m];
	rfm_quantiles(&s->scale[m], values, n, s->scores,
		      m == RFM_R && !s->o->recency);
	free(values);
}

/* -v: the bounds, and where they come from. */
static void tell(const struct rfm_run *s, size_t n)
{
	for (size_t m = 0; m < RFM_MEASURES; m++) {
		const struct rfm_scale *scale = &s->scale[m];
		struct buf b = { 0 };

		for (unsigned i = 0; i + 1 < s->scores; i++) {
			char number[MONEY_MAX_BYTES];
			size_t k = rfm_bound(scale, (enum rfm_measure)m, i,
					     number);

			buf_addf(&b, "%u up to %.*s, ",
				 scale->less ? s->scores - i : 1 + i, (int)k,
				 number);
		}
		warn("%s: score %s%u above (%s; %zu customers)",
		     rfm_measure_name[m], b.p, scale->less ? 1 : s->scores,
		     s->o->reference ? "of --reference"
		     : s->fixed[m]   ? "as given"
				     : "by quantiles",
		     n);
		buf_release(&b);
	}
}

static void name_tiers(const struct rfm_segments *s, struct ranking *r)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].first == i)
			r->name[r->names++] = s->item[i].id;
	r->name[r->names++] = TEXT("no_deal");
	r->statuses = 1;
}

static void place(const struct run *run, struct ranking *r, int32_t as_of)
{
	struct rfm_run *s = run->state;
	struct placed *p = ranking_keep(r, mem_zalloc(1, sizeof(*p)));

	ranking_rank(r, DAY_MIN);
	name_tiers(&s->segments, r);
	p->at = ranking_keep(r, mem_zalloc(r->n, sizeof(*p->at)));
	p->as_of = as_of;
	r->own = p;
	for (size_t i = 0; i < r->n; i++)
		measure(s->o, r, i, as_of, &p->at[i]);
	for (size_t m = 0; m < RFM_MEASURES; m++) {
		/* What is compared with is scored by the same bounds. */
		if (!s->fixed[m] && r->side == NOW)
			scale_by_quantiles(s, (enum rfm_measure)m, p->at, r->n);
		for (size_t i = 0; i < r->n; i++)
			p->at[i].score[m] = (unsigned char)rfm_score(
				&s->scale[m], p->at[i].value[m]);
	}
	for (size_t i = 0; i < r->n; i++) {
		const unsigned char *score = p->at[i].score;

		r->tier[i] =
			s->tier[rfm_segment_of(&s->segments, score[RFM_R],
					       score[RFM_F], score[RFM_M])];
	}
	for (size_t i = r->n; i < r->n + r->outside; i++)
		r->tier[i] = (unsigned char)(r->names - 1);
	if (run->common.verbose)
		tell(s, r->n);
	if (s->saved && r->side == NOW)
		rfm_write_cuts(s);
}

/* ---- columns ---- */

/* The first row of the segment that a tier is; NULL: it is none. */
static const struct rfm_segment *segment_of(const struct rfm_run *s,
					    size_t tier)
{
	for (size_t i = 0; i < s->segments.n; i++)
		if (s->segments.item[i].first == i && s->tier[i] == tier)
			return &s->segments.item[i];
	return NULL;
}

static const struct output_column more[] = {
	{ "r", COL_INT },
	{ "f", COL_INT },
	{ "m", COL_INT },
	{ "segment", COL_TEXT },
	{ "segment_zh", COL_TEXT },
	{ "recency", COL_INT },
	{ "frequency", COL_INT },
	{ "monetary", COL_MONEY },
	{ "last_purchase", COL_DAY },
	{ "as_of", COL_DAY },
};

static void put_names(const struct rfm_run *s, size_t tier, struct output *out)
{
	const struct rfm_segment *one = segment_of(s, tier);

	output_text(out, one ? one->en : TEXT("No deal"));
	output_text(out, one ? one->zh : TEXT("无成交客户"));
}

static void put_more(const struct run *run, const struct ranking *r, size_t i,
		     struct output *out)
{
	const struct placed *p = r->own;
	const struct scored *s = i < r->n ? &p->at[i] : NULL;

	for (size_t m = 0; m < RFM_MEASURES; m++) {
		if (s)
			output_int(out, s->score[m]);
		else
			output_empty(out);
	}
	put_names(run->state, r->tier[i], out);
	if (s) {
		output_int(out, s->value[RFM_R]);
		output_int(out, s->value[RFM_F]);
		output_money(out, s->value[RFM_M]);
	} else {
		output_empty(out);
		output_int(out, r->bought[r->at[i].who]);
		output_empty(out);
	}
	output_day(out, s ? s->last : DAY_NONE);
	output_day(out, p->as_of);
}

static const struct output_column tier_more[] = {
	{ "segment", COL_TEXT },      { "segment_zh", COL_TEXT },
	{ "mean_recency", COL_REAL }, { "mean_frequency", COL_REAL },
	{ "rule", COL_TEXT },	      { "source", COL_TEXT },
};

static void put_mean_of(const struct ranking *r, size_t tier,
			enum rfm_measure m, struct output *out)
{
	const struct placed *p = r->own;
	int64_t sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->tier[i] == tier) {
			sum += p->at[i].value[m];
			n++;
		}
	if (n)
		output_real(out, (double)sum / (double)n);
	else
		output_empty(out);
}

static void put_tier_more(const struct run *run, const struct ranking *r,
			  size_t tier, struct output *out)
{
	const struct rfm_run *s = run->state;
	const struct rfm_segment *one = segment_of(s, tier);
	struct buf rule = { 0 };

	put_names(s, tier, out);
	put_mean_of(r, tier, RFM_R, out);
	put_mean_of(r, tier, RFM_F, out);
	if (one)
		rfm_rule(&s->segments, one->first, &rule);
	else
		buf_adds(&rule, "no purchase");
	output_text(out, buf_text(&rule));
	output_text(out, one ? s->source[one->first] : TEXT("ours"));
	buf_release(&rule);
}

const struct scheme scheme_rfm = {
	.name = "rfm",
	.uses = { "--scheme rfm", { rfm_table } },
	.purchases = true,
	.entry_size = sizeof(struct buyer),
	.line_size = sizeof(struct buyer_line),
	.line = complete_line,
	.fold = fold,
	.join = join,
	.open = rfm_open,
	.close = rfm_close,
	.place = place,
	.more = { more, NELEMS(more), put_more },
	.tier_more = { tier_more, NELEMS(tier_more), put_tier_more },
};
