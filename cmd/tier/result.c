/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results: their columns, and who writes them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/tier/tier.h"

static struct output *open_with(const struct run *run, const struct by *by,
				const struct output_column *ours, size_t n,
				const struct output_column *more, size_t nmore)
{
	struct output_column *all = mem_alloc(n + nmore, sizeof(*all));
	struct output *out;

	memcpy(all, ours, n * sizeof(*all));
	if (nmore)
		memcpy(all + n, more, nmore * sizeof(*all));
	out = by_open(by, &run->common, all, n + nmore);
	free(all);
	return out;
}

/* The scheme's columns, and behind them what was asked for. */
static struct output *open_customers(const struct run *run,
				     const struct by *by)
{
	const struct output_column columns[] = {
		{ "customer_id", COL_TEXT },
		{ "rank", COL_INT },
		{ "value", unit_type(run->measure.unit) },
		{ "share", COL_SHARE },
		{ "cum_share", COL_SHARE },
		{ "tier", COL_TEXT },
	};
	size_t n = run->scheme->more.n;
	struct output_column *more = mem_alloc(n + 2, sizeof(*more));
	struct output *out;

	if (n)
		memcpy(more, run->scheme->more.column, n * sizeof(*more));
	if (run->with_purchases)
		more[n++] = (struct output_column){ "purchases", COL_INT };
	if (run->leads)
		more[n++] = (struct output_column){ "lead_id", COL_TEXT };
	out = open_with(run, by, columns, NELEMS(columns), more, n);
	free(more);
	return out;
}

static struct output *open_tiers(const struct run *run, const struct by *by)
{
	const struct output_column columns[] = {
		{ "tier", COL_TEXT },
		{ "customers", COL_INT },
		{ "customer_share", COL_SHARE },
		{ "value", unit_type(run->measure.unit) },
		{ "value_share", COL_SHARE },
		{ "mean_value", mean_type(run->measure.unit) },
	};

	return open_with(run, by, columns, NELEMS(columns),
			 run->scheme->tier_more.column,
			 run->scheme->tier_more.n);
}

static struct output *open_concentration(const struct run *run,
					 const struct by *by)
{
	static const struct output_column columns[] = {
		{ "measure", COL_TEXT }, { "value", COL_REAL }
	};

	return by_open(by, &run->common, columns, NELEMS(columns));
}

static struct output *open_curve(const struct run *run, const struct by *by)
{
	static const struct output_column columns[] = {
		{ "customer_share", COL_SHARE }, { "value_share", COL_SHARE }
	};

	return by_open(by, &run->common, columns, NELEMS(columns));
}

static struct output *open_claims(const struct run *run, const struct by *by)
{
	static const struct output_column columns[] = {
		{ "claim", COL_TEXT },	       { "source", COL_TEXT },
		{ "top_share", COL_SHARE },    { "claimed_share", COL_SHARE },
		{ "own_share", COL_SHARE },    { "difference", COL_SHARE },
		{ "holds", COL_TEXT },	       { "n", COL_INT },
		{ "needed_share", COL_SHARE },
	};

	return by_open(by, &run->common, columns, NELEMS(columns));
}

static struct output *open_moves(const struct run *run, const struct by *by)
{
	enum col_type value = unit_type(run->measure.unit);
	const struct output_column columns[] = {
		{ "from", COL_TEXT },	  { "to", COL_TEXT },
		{ "customers", COL_INT }, { "value_then", value },
		{ "value_now", value },	  { "change", value },
	};

	return by_open(by, &run->common, columns, NELEMS(columns));
}

static struct output *open_movers(const struct run *run, const struct by *by)
{
	enum col_type value = unit_type(run->measure.unit);
	const struct output_column columns[] = {
		{ "customer_id", COL_TEXT },
		{ "from", COL_TEXT },
		{ "to", COL_TEXT },
		{ "move", COL_TEXT },
		{ "value_then", value },
		{ "value_now", value },
		{ "change", value },
		{ "purchases_then", COL_INT },
		{ "purchases_now", COL_INT },
		{ "by_count", value },
		{ "by_ticket", value },
		{ "why", COL_TEXT },
	};

	return by_open(by, &run->common, columns, NELEMS(columns));
}

static const struct {
	struct output *(*open)(const struct run *, const struct by *);
	void (*write)(const struct run *, const struct by *, size_t label,
		      const struct ranking *, struct output *);
} results[] = {
	[RESULT_CUSTOMERS] = { open_customers, customers_write },
	[RESULT_TIERS] = { open_tiers, tiers_write },
	[RESULT_CONCENTRATION] = { open_concentration, concentration_write },
	[RESULT_CURVE] = { open_curve, curve_write },
	[RESULT_WHALE] = { open_curve, whale_write },
	[RESULT_CLAIMS] = { open_claims, claims_write },
	[RESULT_MOVES] = { open_moves, moves_write },
	[RESULT_MOVERS] = { open_movers, movers_write },
};

struct output *result_open(const struct run *run, const struct by *by)
{
	return results[run->result].open(run, by);
}

void result_write(const struct run *run, const struct by *by, size_t label,
		  const struct ranking *r, struct output *out)
{
	results[run->result].write(run, by, label, r, out);
}
