/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * impact: the lifetime value of those who complained, by how it ended, and how
 * much of it is at risk. A customer counts once, by the worst end of his
 * cases.
 */
#include <stdlib.h>

#include "base/msg.h"
#include "stream/join.h"

#include "cmd/complaint/impact.h"

/* A customer's worst end in a group. */
struct worst {
	uint64_t key;		/* group and customer */
	enum casestats_outcome outcome;
};

static int by_place(const void *a, const void *b)
{
	const struct worst *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->outcome < y->outcome) - (x->outcome > y->outcome);
}

/* One row for each group and customer, the worst end first among equals. */
static struct worst *find_worst(const struct impact *m, const uint32_t *value,
				size_t *n)
{
	struct worst *w = mem_alloc(m->g.n, sizeof(*w));
	size_t kept = 0;

	for (size_t i = 0; i < m->g.n; i++)
		w[i] = (struct worst){ (uint64_t)m->g.group[i] << 32 |
					       value[i],
				       impact_outcome(m, i) };
	if (m->g.n > 0)
		qsort(w, m->g.n, sizeof(*w), by_place);
	for (size_t i = 0; i < m->g.n; i++)
		if (kept == 0 || w[i].key != w[kept - 1].key ||
		    (uint32_t)w[i].key == 0)
			w[kept++] = w[i];
	*n = kept;
	return w;
}

struct ends {
	uint64_t customers, without;	/* without: no value is known */
	money_wide fen;
};

static bool value_of(const struct join *join, size_t column, struct text id,
		     int64_t *fen)
{
	struct text t = id.n ? join_value(join, id, column) : id;

	if (t.n == 0)
		return false;
	if (!money_parse(t, fen))
		die("--with: the column clv has a value that is no amount");
	return true;
}

/* Ends of each group and outcome. */
static struct ends *add_up(const struct impact *m)
{
	struct ends *ends = mem_zalloc(m->g.groups * CASESTATS_OUTCOMES,
				       sizeof(*ends));
	struct join *join = join_open(m->clv);
	size_t column = SIZE_MAX, n;
	uint32_t *value;
	struct group *values = casegroups_values(&m->g, m->customer, &value);
	struct worst *w = find_worst(m, value, &n);

	if (!join_has(join, "clv"))
		die("%s: there is no column \"clv\"", m->clv);
	column = join_keep(join, "clv");
	join_load(join, "customer_id");
	for (size_t i = 0; i < n; i++) {
		struct ends *e = &ends[(w[i].key >> 32) * CASESTATS_OUTCOMES +
				       w[i].outcome];
		int64_t fen = 0;

		e->customers++;
		e->without += !value_of(join, column,
					group_key(values, (uint32_t)w[i].key),
					&fen);
		e->fen += fen;
	}
	free(w);
	free(value);
	group_free(values);
	join_free(join);
	return ends;
}

static void put_ends(struct output *out, const struct ends *e)
{
	output_int(out, (int64_t)e->customers);
	output_int(out, (int64_t)e->without);
	output_money_wide(out, e->fen);
}

static void put_group(const struct impact *m, size_t g, const struct ends *e,
		      struct output *out)
{
	struct ends total = { 0 };
	money_wide at_risk = 0;

	for (unsigned k = 0; k < CASESTATS_OUTCOMES; k++) {
		const struct claim *c = m->claims.taken[CLAIM_RETURN + k];
		money_wide risk = iceberg_at_risk(e[k].fen, c->range.low);

		at_risk += risk;
		total.customers += e[k].customers;
		total.without += e[k].without;
		total.fen += e[k].fen;
		by_put(&m->src.cols.by, g, out);
		output_str(out, casestats_outcome_name(k));
		put_ends(out, &e[k]);
		output_real(out, (double)c->range.low / ICEBERG_UNIT);
		output_money_wide(out, risk);
		claims_put(c, out);
		output_end(out);
	}
	by_put(&m->src.cols.by, g, out);
	output_str(out, "total");
	put_ends(out, &total);
	output_empty(out);
	output_money_wide(out, at_risk);
	output_empty(out);
	output_empty(out);
	output_end(out);
}

struct output *impact_value(struct impact *m)
{
	static const struct output_column columns[] = {
		{ "outcome", COL_TEXT },    { "customers", COL_INT },
		{ "without_clv", COL_INT }, { "clv", COL_MONEY },
		{ "return_pct", COL_REAL }, { "at_risk", COL_MONEY },
		{ "claim", COL_TEXT },	    { "source", COL_TEXT },
	};
	struct output *out;
	struct ends *ends;

	for (unsigned k = 0; k < CASESTATS_OUTCOMES; k++)
		claims_need(&m->claims, CLAIM_RETURN + k,
			    "those who come back");
	ends = add_up(m);
	out = by_open(&m->src.cols.by, &m->common, columns, NELEMS(columns));
	for (size_t i = 0; i < m->g.groups; i++) {
		size_t g = m->g.order[i];

		put_group(m, g, ends + g * CASESTATS_OUTCOMES, out);
	}
	free(ends);
	return out;
}
