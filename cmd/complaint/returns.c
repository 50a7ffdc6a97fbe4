/* SPDX-License-Identifier: GPL-3.0-or-later */
/* impact: of those who complained, who bought again, beside what is claimed. */
#include <math.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "model/comeback.h"
#include "num/rates.h"

#include "cmd/complaint/impact.h"

struct bought {
	struct comeback_visit *at;
	size_t n, cap;
	int32_t last;		/* day of the last row; DAY_NONE: no row */
};

enum { CUSTOMER, DATE, KIND, AMOUNT, COLUMNS };

/* Purchases of the customers who complained; all rows tell until when it is
 * known. */
static void take_row(struct bought *b, const struct group *customers,
		     const struct cell *c)
{
	size_t who;

	if (c[DATE].day > b->last)
		b->last = c[DATE].day;
	if (!c[CUSTOMER].known || deal_is_refund(&c[KIND], &c[AMOUNT]))
		return;
	who = group_find(customers, c[CUSTOMER].text);
	if (who == SIZE_MAX)
		return;
	b->at = mem_grow(b->at, b->n, &b->cap, sizeof(*b->at));
	b->at[b->n++] = (struct comeback_visit){ (uint32_t)who, c[DATE].day };
}

static struct bought read_bought(const struct impact *m,
				 const struct group *customers)
{
	static const struct input_column columns[COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_OPTIONAL },
	};
	struct bought b = { .last = DAY_NONE };
	char *files[1] = { mem_strdup(m->transactions) };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	if (m->common.as_of != DAY_NONE)
		common.until = m->common.as_of;
	in = input_open(&common, schema_find(TEXT("transactions")), columns,
			COLUMNS, files, 1);
	while (input_next(in, &row))
		take_row(&b, customers, row.cell);
	input_close(in, 0);
	free(files[0]);
	comeback_sort(b.at, b.n);
	return b;
}

/* The day from which a return is waited for: that of the closing, or of the
 * opening while the case is open. */
static int32_t left_on(const struct impact *m, size_t i)
{
	struct casecols_case k = casecols_case(&m->src.cols, m->g.at[i]);
	int64_t at = k.k.closed_at == CASEWORK_NO_TIME ? k.k.opened_at :
							 k.k.closed_at;

	return instant_day(at, place_zone(m->src.place, at));
}

/* What is counted of a group and outcome. */
struct returned {
	struct comeback_counts counts;
	uint64_t cases, unknown;
};

static struct returned *count(const struct impact *m)
{
	struct returned *r = mem_zalloc(m->g.groups * CASESTATS_OUTCOMES,
					sizeof(*r));
	uint32_t *value;
	struct group *values = casegroups_values(&m->g, m->customer, &value);
	struct bought b = read_bought(m, values);

	for (size_t i = 0; i < m->g.n; i++) {
		struct returned *to = &r[m->g.group[i] * CASESTATS_OUTCOMES +
					 impact_outcome(m, i)];
		struct comeback_visit left = { value[i], left_on(m, i) };

		to->cases++;
		if (value[i])
			comeback_count(&to->counts, b.at, b.n, left,
				       (int)m->months, b.last);
		else
			to->unknown++;
	}
	free(b.at);
	free(value);
	group_free(values);
	return r;
}

static const char *answer(const struct comeback_counts *c,
			  const struct claim *claim)
{
	struct rates_interval i = rates_share(c->back, c->n);
	double claimed = (double)claim->range.low / ICEBERG_WHOLE;

	if (c->n == 0)
		return "not in your data";
	if (claimed > i.high)
		return "below";
	return claimed < i.low ? "above" : "holds";
}

static void put_row(const struct impact *m, const struct returned *r,
		    const struct claim *claim, struct output *out)
{
	const struct comeback_counts *c = &r->counts;
	struct rates_interval i = rates_share(c->back, c->n);

	output_int(out, m->months);
	output_int(out, (int64_t)r->cases);
	output_int(out, (int64_t)r->unknown);
	output_int(out, (int64_t)c->early);
	output_int(out, (int64_t)c->n);
	output_int(out, (int64_t)c->back);
	output_fixed4(out, c->n ? 100 * (double)c->back / (double)c->n : NAN);
	output_fixed4(out, 100 * i.low);
	output_fixed4(out, 100 * i.high);
	output_real(out, (double)claim->range.low / ICEBERG_UNIT);
	output_str(out, answer(c, claim));
	claims_put(claim, out);
	output_end(out);
}

struct output *impact_returns(struct impact *m)
{
	static const struct output_column columns[] = {
		{ "outcome", COL_TEXT },	{ "months", COL_INT },
		{ "cases", COL_INT },		{ "without_customer", COL_INT },
		{ "too_early", COL_INT },	{ "n", COL_INT },
		{ "returned", COL_INT },	{ "return_pct", COL_FIXED4 },
		{ "low_pct", COL_FIXED4 },	{ "high_pct", COL_FIXED4 },
		{ "claimed_pct", COL_REAL },	{ "answer", COL_TEXT },
		{ "claim", COL_TEXT },		{ "source", COL_TEXT },
	};
	struct output *out;
	struct returned *r;

	for (unsigned k = 0; k < CASESTATS_OUTCOMES; k++)
		claims_need(&m->claims, CLAIM_RETURN + k,
			    "those who come back");
	r = count(m);
	out = by_open(&m->src.cols.by, &m->common, columns, NELEMS(columns));
	for (size_t i = 0; i < m->g.groups * CASESTATS_OUTCOMES; i++) {
		size_t g = m->g.order[i / CASESTATS_OUTCOMES];
		unsigned k = (unsigned)(i % CASESTATS_OUTCOMES);

		by_put(&m->src.cols.by, g, out);
		output_str(out, casestats_outcome_name(k));
		put_row(m, &r[g * CASESTATS_OUTCOMES + k],
			m->claims.taken[CLAIM_RETURN + k], out);
	}
	free(r);
	return out;
}
