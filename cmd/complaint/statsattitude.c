/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The share of complaints that manner caused, beside what is claimed. */
#include <math.h>
#include <stdlib.h>

#include "num/rates.h"

#include "cmd/complaint/claims.h"
#include "cmd/complaint/stats.h"

struct caused {
	uint64_t known, attitude, unknown;
};

static struct caused *count(const struct stats *s)
{
	struct caused *c = mem_zalloc(s->g.groups, sizeof(*c));
	uint32_t *value;
	struct group *values = casegroups_values(&s->g, s->column[0], &value);

	for (size_t i = 0; i < s->g.n; i++) {
		struct caused *to = &c[s->g.group[i]];

		to->known += value[i] != 0;
		to->unknown += value[i] == 0;
		to->attitude += text_is(group_key(values, value[i]),
					s->attitude);
	}
	free(value);
	group_free(values);
	return c;
}

static const char *answer(const struct caused *c, struct rates_interval i,
			  const struct claim *claim)
{
	if (c->known == 0)
		return "not in your data";
	if ((double)claim->range.low / ICEBERG_WHOLE > i.high)
		return "below";
	if ((double)claim->range.high / ICEBERG_WHOLE < i.low)
		return "above";
	return "holds";
}

static void put_row(const struct caused *c, const struct claim *claim,
		    struct output *out)
{
	struct rates_interval i = rates_share(c->attitude, c->known);

	output_int(out, (int64_t)(c->known + c->unknown));
	output_int(out, (int64_t)c->known);
	output_int(out, (int64_t)c->attitude);
	output_fixed4(out, c->known ? 100 * (double)c->attitude /
					      (double)c->known : NAN);
	output_fixed4(out, 100 * i.low);
	output_fixed4(out, 100 * i.high);
	output_real(out, (double)claim->range.low / ICEBERG_UNIT);
	output_real(out, (double)claim->range.high / ICEBERG_UNIT);
	output_str(out, answer(c, i, claim));
	claims_put(claim, out);
	output_end(out);
}

struct output *stats_attitude(struct stats *s)
{
	static const struct output_column columns[] = {
		{ "cases", COL_INT },	      { "cause_known", COL_INT },
		{ "attitude", COL_INT },      { "own_pct", COL_FIXED4 },
		{ "low_pct", COL_FIXED4 },    { "high_pct", COL_FIXED4 },
		{ "claimed_low", COL_REAL },  { "claimed_high", COL_REAL },
		{ "answer", COL_TEXT },	      { "claim", COL_TEXT },
		{ "source", COL_TEXT },
	};
	const struct by *by = &s->src.cols.by;
	struct opt_list none = { 0 };
	const struct claim *claim;
	struct claims claims;
	struct output *out;
	struct caused *c;

	claims_open(&claims, s->claims_file, &none);
	claim = claims_need(&claims, CLAIM_ATTITUDE, "the share of attitude");
	c = count(s);
	out = by_open(by, &s->common, columns, NELEMS(columns));
	for (size_t i = 0; i < s->g.groups; i++) {
		by_put(by, s->g.order[i], out);
		put_row(&c[s->g.order[i]], claim, out);
	}
	free(c);
	claims_close(&claims);
	return out;
}
