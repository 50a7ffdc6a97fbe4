/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty discount: how much of the loyalty is bought. Discounts do not
 * make loyal, a lecture says ("bribery of customers"): so what is left of
 * repeating and loyalty when purchases under a discount are left out?
 */
#include "base/mem.h"
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/loyalty/people.h"
#include "cmd/loyalty/verbs.h"

struct options {
	struct common common;
	struct people_ask ask;
	int64_t times;
	int of;
};

struct tally {
	int64_t customers, purchases, repeating, loyal;
};

static void add(struct tally *t, uint32_t purchases,
		const struct loyalty_rule *rule)
{
	const struct loyalty_facts f = { .purchases = purchases };

	if (purchases == 0)
		return;
	t->customers++;
	t->purchases += purchases;
	t->repeating += purchases > 1;
	t->loyal += loyalty_repeating(&f, rule);
}

static void put(struct output *out, const char *of, const struct tally *t,
		const struct tally *all)
{
	output_str(out, of);
	output_int(out, t->customers);
	output_share(out, t->customers, all->customers);
	output_int(out, t->purchases);
	output_share(out, t->purchases, all->purchases);
	output_share(out, t->repeating, t->customers);
	output_int(out, t->loyal);
	output_share(out, t->loyal, t->customers);
	output_end(out);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "of", COL_TEXT },
		{ "customers", COL_INT },
		{ "customer_share", COL_SHARE },
		{ "purchases", COL_INT },
		{ "purchase_share", COL_SHARE },
		{ "repeat_rate", COL_SHARE },
		{ "loyal", COL_INT },
		{ "loyal_share", COL_SHARE },
	};
	const struct loyalty_rule rule = { (uint32_t)o->times, o->of == 1, 0 };
	struct tally all = { 0 }, full = { 0 }, under = { 0 }, only = { 0 };
	struct people p;
	struct output *out;

	people_read(&p, &o->ask, files, nfiles);
	if (!p.discounts && group_count(p.persons))
		die("no row has a discount: nothing tells what was bought "
		    "under one");
	for (size_t i = 0; i < group_count(p.persons); i++) {
		const struct loyalty_facts *f = &people_person(&p, i)->facts;

		add(&all, f->purchases, &rule);
		add(&full, f->purchases - f->discounted, &rule);
		add(&under, f->discounted, &rule);
		if (f->discounted == f->purchases)
			add(&only, f->purchases, &rule);
	}
	out = output_open(&o->common, columns, NELEMS(columns));
	put(out, "all", &all, &all);
	put(out, "full-price", &full, &all);
	put(out, "discounted", &under, &all);
	put(out, "only-discounted", &only, &all);
	people_close(&p, output_rows(out));
	return output_close(out);
}

int loyalty_discount(int argc, char **argv)
{
	struct options o = { .times = 3 };
	size_t n;

	common_init(&o.common);
	o.ask.common = &o.common;
	o.ask.own = true;
	const struct opt opts[] = {
		{ OPT_INT, 0, "times", "N", "who comes so often is loyal (3)",
		  &o.times, 1, 1000000 },
		{ OPT_CHOICE, 0, "of", "repeats|purchases",
		  "so many of what (repeats)",
		  &o.of },
		{ .kind = OPT_INCLUDE, .to = o.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty discount", "[OPTION...] [FILE...]",
		"Tells how many purchases were made under a discount, and how "
		"many customers\nwould be repeating or loyal without them.\n"
		"in: transactions (customer_id, date, txn_id, kind, discount)\n"
		"out: of,customers,customer_share,purchases,purchase_share,"
		"repeat_rate,loyal,\n"
		"loyal_share for all, full-price, discounted, only-discounted",
		"crm-loyalty discount transactions.csv -t table", opts
	};
	char **files = opt_parse(&program, argc, argv, &n);

	return run(&o, files, n);
}
