/* SPDX-License-Identifier: GPL-3.0-or-later */
/* impact: those who complained, and how many are said to stand behind them. */
#include <stdlib.h>

#include "cmd/complaint/impact.h"

static void put_item(const struct impact *m, size_t g, const char *item,
		     struct iceberg_count c, const struct claim *claim,
		     struct output *out)
{
	by_put(&m->src.cols.by, g, out);
	output_str(out, item);
	output_int(out, c.low);
	output_int(out, c.middle);
	output_int(out, c.high);
	if (claim) {
		claims_put(claim, out);
	} else {
		output_empty(out);
		output_empty(out);
	}
	output_end(out);
}

static struct iceberg_count exactly(int64_t n)
{
	return (struct iceberg_count){ n, n, n };
}

static void put_group(const struct impact *m, size_t g, int64_t cases,
		      int64_t heard, struct output *out)
{
	const struct claim *silent = m->claims.taken[CLAIM_HEARD];
	const struct claim *gone = m->claims.taken[CLAIM_GONE];
	const struct claim *told = m->claims.taken[CLAIM_TOLD];
	struct iceberg_count all =
		silent->people ? iceberg_by_people(heard, silent->range) :
				 iceberg_by_share(heard, silent->range);
	struct iceberg_count quiet = iceberg_less(all, heard);

	put_item(m, g, "cases", exactly(cases), NULL, out);
	put_item(m, g, "heard", exactly(heard), NULL, out);
	put_item(m, g, "dissatisfied", all, silent, out);
	put_item(m, g, "silent", quiet, silent, out);
	put_item(m, g, "gone", iceberg_part_of(quiet, gone->range), gone, out);
	put_item(m, g, "told", iceberg_each(all, told->range), told, out);
}

/* Customers of each group, one for each that is known; a case without one is
 * somebody else's. */
static int64_t *count_heard(const struct impact *m, int64_t *cases)
{
	int64_t *heard = mem_zalloc(m->g.groups, sizeof(*heard));
	uint32_t *value;
	struct group *values = casegroups_values(&m->g, m->customer, &value);
	size_t n;
	struct casegroups_pair *pair = casegroups_pairs(&m->g, value, &n);

	for (size_t i = 0; i < n; i++) {
		heard[pair[i].group] += pair[i].value ? 1 : pair[i].cases;
		cases[pair[i].group] += pair[i].cases;
	}
	free(pair);
	free(value);
	group_free(values);
	return heard;
}

struct output *impact_iceberg(struct impact *m)
{
	static const struct output_column columns[] = {
		{ "item", COL_TEXT },  { "low", COL_INT },
		{ "middle", COL_INT }, { "high", COL_INT },
		{ "claim", COL_TEXT }, { "source", COL_TEXT },
	};
	int64_t *cases = mem_zalloc(m->g.groups, sizeof(*cases));
	int64_t *heard = count_heard(m, cases);
	struct output *out;

	claims_need(&m->claims, CLAIM_HEARD, "those who do not complain");
	claims_need(&m->claims, CLAIM_GONE, "those who never come back");
	claims_need(&m->claims, CLAIM_TOLD, "how many are told");
	out = by_open(&m->src.cols.by, &m->common, columns, NELEMS(columns));
	for (size_t i = 0; i < m->g.groups; i++) {
		size_t g = m->g.order[i];

		put_group(m, g, cases[g], heard[g], out);
	}
	free(cases);
	free(heard);
	return out;
}
