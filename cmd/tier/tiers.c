/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row a tier, the highest first, then those outside if there are any. */
#include "cmd/tier/tier.h"

static void write_tier(const struct run *run, const struct ranking *r,
		       size_t tier, struct tier_total t, struct output *out)
{
	bool inside = tier < r->names - r->statuses;

	output_text(out, r->name[tier]);
	output_int(out, (int64_t)t.customers);
	output_share(out, (money_wide)t.customers,
		     inside ? (money_wide)r->n : 0);
	put_wide(run, out, t.value);
	output_share(out, t.value, inside ? r->total : 0);
	put_mean(run, out, t.value, t.customers);
	if (tier < r->placed && run->scheme->tier_more.put)
		run->scheme->tier_more.put(run, r, tier, out);
	else
		put_empty(out, run->scheme->tier_more.n);
	output_end(out);
}

void tiers_write(const struct run *run, const struct by *by, size_t label,
		 const struct ranking *r, struct output *out)
{
	struct tier_total total[TIERS_MAX] = { 0 };

	for (size_t i = 0; i < r->n + r->outside; i++) {
		total[r->tier[i]].customers++;
		total[r->tier[i]].value += r->at[i].value;
	}
	for (size_t t = 0; t < r->names; t++) {
		if (t >= r->names - r->statuses && !total[t].customers)
			continue;
		by_put(by, label, out);
		write_tier(run, r, t, total[t], out);
	}
}
