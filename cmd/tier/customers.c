/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row a customer: by rank, then those outside the hundred per cent. */
#include "cmd/tier/tier.h"

/* Customers that are asked for from memory before their turn. */
#define AHEAD 16

static void put_shares(const struct run *run, const struct ranking *r, size_t i,
		       money_wide sum, struct output *out)
{
	if (i >= r->n) {
		output_empty(out);
		put_value(run, out, r->at[i].value);
		output_empty(out);
		output_empty(out);
		return;
	}
	output_int(out, (int64_t)i + 1);
	put_value(run, out, r->at[i].value);
	output_share(out, r->at[i].value, r->total);
	output_share(out, sum, r->total);
}

void customers_write(const struct run *run, const struct by *by, size_t label,
		     const struct ranking *r, struct output *out)
{
	money_wide sum = 0;

	for (size_t i = 0; i < r->n + r->outside; i++) {
		if (i + AHEAD < r->n + r->outside)
			group_prefetch(r->customers, r->at[i + AHEAD].who);
		by_put(by, label, out);
		output_text(out, group_key(r->customers, r->at[i].who));
		sum += r->at[i].value;
		put_shares(run, r, i, sum, out);
		output_text(out, r->name[r->tier[i]]);
		if (run->scheme->put_more)
			run->scheme->put_more(run, r, i, out);
		output_end(out);
	}
}
