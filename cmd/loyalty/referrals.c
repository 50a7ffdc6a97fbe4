/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty referrals: word of mouth, traced through leads: whom each
 * customer sent, who of them bought, and who came through those.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/referral.h"
#include "stream/output.h"

#include "cmd/loyalty/people.h"
#include "cmd/loyalty/verbs.h"

struct options {
	struct common common;
	const char *transactions;
};

/* What came after the day that is asked about. */
static bool is_later(const struct common *c, const struct cell *created)
{
	return c->as_of != DAY_NONE && created->known &&
	       created->day > c->as_of;
}

static struct input *read_leads(struct referral *r, const struct common *c,
				char **files, size_t nfiles)
{
	enum { REFERRER, BUYER, OUTCOME, CREATED, COLUMNS };
	static const struct input_column columns[COLUMNS] = {
		[REFERRER] = { "referred_by", COL_TEXT, INPUT_REQUIRED },
		[BUYER] = { "customer_id", COL_TEXT, INPUT_OPTIONAL },
		[OUTCOME] = { "outcome", COL_TEXT, INPUT_OPTIONAL },
		[CREATED] = { "created_on", COL_DAY, INPUT_OPTIONAL },
	};
	struct input *in = input_open(c, schema_find(TEXT("leads")), columns,
				      COLUMNS, files, nfiles);
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *k = row.cell;

		if (!k[REFERRER].known || is_later(c, &k[CREATED]))
			input_skip(in);
		else if (!referral_add(r, k[REFERRER].text, k[BUYER].text,
				       text_is(k[OUTCOME].text, "won")))
			input_reject(in, REFERRER, REASON_BAD_VALUE,
				     "nobody is referred by himself");
	}
	return in;
}

/* What a customer bought less what was given back, 96 bits wide
 * (money_carry()). */
struct amount {
	uint64_t fen;
	int32_t high;
};

/* customer_id -> struct amount */
static struct group *read_amounts(const struct options *o)
{
	enum { CUSTOMER, AMOUNT, COLUMNS };
	static const struct input_column columns[COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
	};
	struct group *amounts = group_new(sizeof(struct amount), 0, NULL, NULL);
	struct common own;
	struct input *in = people_beside(&own, &o->common, o->transactions,
					 "transactions", columns, COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		struct text who = row.cell[CUSTOMER].text;
		struct amount *a =
			group_entry(amounts, group_intern(amounts, who));

		money_carry(&a->fen, &a->high, row.cell[AMOUNT].fen);
	}
	input_close(in, 0);
	return amounts;
}

static money_wide amount_of(const struct referral *r, size_t i,
			    struct group *amounts)
{
	struct text customer;
	money_wide sum = 0;
	uint32_t lead = 0;

	while (referral_won(r, i, &lead, &customer)) {
		size_t at = group_find(amounts, customer);
		const struct amount *a;

		if (at == SIZE_MAX)
			continue;
		a = group_entry(amounts, at);
		sum += money_carried(a->fen, a->high);
	}
	return sum;
}

static void write_rows(struct output *out, struct referral *r,
		       struct group *amounts)
{
	for (size_t i = 0; i < referral_count(r); i++) {
		struct referral_row row = referral_row(r, i);

		output_text(out, row.person);
		output_int(out, (int64_t)row.leads);
		output_int(out, (int64_t)row.won);
		output_share(out, row.won, row.leads);
		output_int(out, (int64_t)row.below);
		output_int(out, row.depth);
		if (amounts)
			output_money_wide(out, amount_of(r, i, amounts));
		output_end(out);
	}
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	const struct output_column columns[] = {
		{ "customer_id", COL_TEXT }, { "leads", COL_INT },
		{ "won", COL_INT },	     { "won_share", COL_SHARE },
		{ "below", COL_INT },	     { "depth", COL_INT },
		{ "amount", COL_MONEY },
	};
	struct referral *r = referral_new();
	struct input *in = read_leads(r, &o->common, files, nfiles);
	struct group *amounts = o->transactions ? read_amounts(o) : NULL;
	struct output *out =
		output_open(&o->common, columns, NELEMS(columns) - !amounts);

	write_rows(out, r, amounts);
	input_close(in, output_rows(out));
	if (amounts)
		group_free(amounts);
	referral_free(r);
	return output_close(out);
}

int loyalty_referrals(int argc, char **argv)
{
	struct options o = { .transactions = NULL };
	size_t n;

	common_init(&o.common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "transactions", "FILE",
		  "add what those bought who were won", &o.transactions },
		{ .kind = OPT_INCLUDE, .to = o.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty referrals", "[OPTION...] [FILE...]",
		"Traces word of mouth through leads: whom each customer sent, "
		"how many of them\nbought, and how many leads came through "
		"those in turn.\n"
		"in: leads (referred_by, customer_id, outcome)\n"
		"out: customer_id,leads,won,won_share,below,depth[,amount]",
		"crm-loyalty referrals --transactions sales.csv leads.csv", opts
	};
	char **files = opt_parse(&program, argc, argv, &n);

	loyalty_ungrouped(&o.common);
	return run(&o, files, n);
}
