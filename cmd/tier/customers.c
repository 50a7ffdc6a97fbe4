/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row a customer: by rank, then those outside the hundred per cent. */
#include <stdlib.h>

#include "base/mem.h"
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

/* Behind the contract's columns: the scheme's, and what was asked for. */
static void put_more(const struct run *run, const struct ranking *r, size_t i,
		     struct output *out)
{
	uint32_t who = r->at[i].who;
	bool buyer = who < r->buyers;

	if (buyer && run->scheme->more.put)
		run->scheme->more.put(run, r, i, out);
	else
		put_empty(out, run->scheme->more.n);
	if (run->with_purchases)
		output_int(out, buyer ? (int64_t)r->bought[who] : 0);
	if (run->leads)
		output_text(out, buyer ? (struct text){ 0 } :
					 r->prospect[who - r->buyers].lead);
}

struct table {
	const struct run *run;
	const struct by *by;
	size_t label;
	const struct ranking *r;
	money_wide *sum; /* before each part of the output */
};

static void write_rows(struct output *out, size_t from, size_t to, void *ctx)
{
	const struct table *t = ctx;
	const struct ranking *r = t->r;
	size_t n = r->n + r->outside;
	money_wide sum = t->sum[from / OUTPUT_PART];

	for (size_t i = from; i < to; i++) {
		if (i + AHEAD < n)
			group_prefetch(r->customers, r->at[i + AHEAD].who);
		by_put(t->by, t->label, out);
		put_id(r, r->at[i].who, out);
		sum += r->at[i].value;
		put_shares(t->run, r, i, sum, out);
		output_text(out, r->name[r->tier[i]]);
		put_more(t->run, r, i, out);
		output_end(out);
	}
}

void customers_write(const struct run *run, const struct by *by, size_t label,
		     const struct ranking *r, struct output *out)
{
	size_t n = r->n + r->outside;
	struct table t = {run, by, label, r,
			  mem_alloc(n / OUTPUT_PART + 1, sizeof(*t.sum))};
	money_wide sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (i % OUTPUT_PART == 0)
			t.sum[i / OUTPUT_PART] = sum;
		sum += r->at[i].value;
	}
	output_parts(out, n, write_rows, &t);
	free(t.sum);
}
