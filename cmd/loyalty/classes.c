/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty classes: who stays, who buys elsewhere too, who drifts; and
 * whether those who come again are satisfied or only come.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/loyalty/people.h"
#include "cmd/loyalty/verbs.h"

struct options {
	struct common common;
	struct people_ask ask;
	struct loyalty_rule rule;
	int64_t times, long_months;
	int by;	   /* repeats or purchases */
	int count; /* of --count, 0: a row a customer */
};

static const char *const counted[] = { NULL, "class", "cell", "level", "bond" };

/* ---- a row a customer ---- */

static const struct output_column columns[] = {
	{ "customer_id", COL_TEXT }, { "class", COL_TEXT },
	{ "purchases", COL_INT },    { "repeats", COL_INT },
	{ "elsewhere", COL_INT },    { "satisfied", COL_TEXT },
	{ "loyal", COL_TEXT },	     { "cell", COL_TEXT },
	{ "level", COL_TEXT },	     { "level_open", COL_TEXT },
	{ "bond", COL_TEXT },	     { "discounted", COL_INT },
	{ "first_on", COL_DAY },     { "last_on", COL_DAY },
	{ "rule", COL_TEXT },	     { "as_of", COL_DAY },
};

static void put_known(struct output *out, enum loyalty_known k)
{
	static const char *const words[] = { NULL, "no", "yes" };

	output_str(out, words[k]);
}

static void put_rule(struct output *out, const struct options *o)
{
	char rule[40];

	text_putf(rule, sizeof(rule), "%s>=%u",
		  o->rule.purchases ? "purchases" : "repeats", o->rule.times);
	output_str(out, rule);
}

static void put_person(struct output *out, const struct options *o,
		       const struct people *p, size_t i)
{
	const struct loyalty_facts *f = &people_person(p, i)->facts;
	int open, level = loyalty_level(f, &o->rule, &open);

	output_text(out, group_key(p->persons, i));
	output_str(out, loyalty_class_names[loyalty_class(f, &o->rule)]);
	output_int(out, f->purchases);
	output_int(out, loyalty_repeats(f));
	output_int(out, f->elsewhere);
	put_known(out, f->satisfied);
	put_known(out, loyalty_is_loyal(f, &o->rule));
	output_str(out, loyalty_cell_names[loyalty_cell(f, &o->rule)]);
	output_str(out, loyalty_level_names[level]);
	output_str(out, open ? loyalty_level_names[open] : NULL);
	output_str(out, loyalty_bond_names[loyalty_bond(f)]);
	output_int(out, f->discounted);
	output_day(out, f->first);
	output_day(out, f->last);
	put_rule(out, o);
	output_day(out, p->last);
	output_end(out);
}

static struct output *write_persons(const struct options *o,
				    const struct people *p)
{
	struct output *out = output_open(&o->common, columns, NELEMS(columns));
	uint32_t *order = group_sorted(p->persons);

	for (size_t k = 0; k < group_count(p->persons); k++)
		if (people_person(p, order[k])->facts.purchases)
			put_person(out, o, p, order[k]);
	free(order);
	return out;
}

/* ---- how many of each ---- */

struct kinds {
	const char *const *name;
	size_t n;
};

static size_t kind_of(const struct options *o, const struct loyalty_facts *f)
{
	int open;

	switch (o->count) {
	case 1:
		return loyalty_class(f, &o->rule);
	case 2:
		return loyalty_cell(f, &o->rule);
	case 3:
		return (size_t)loyalty_level(f, &o->rule, &open);
	default:
		return (size_t)loyalty_bond(f);
	}
}

static struct output *write_counts(const struct options *o,
				   const struct people *p)
{
	static const struct kinds kinds[] = {
		{ NULL, 0 },
		{ loyalty_class_names, LOYALTY_CLASSES },
		{ loyalty_cell_names, LOYALTY_CELLS },
		{ loyalty_level_names, LOYALTY_LEVELS },
		{ loyalty_bond_names, LOYALTY_BONDS },
	};
	const struct output_column c[] = {
		{ counted[o->count], COL_TEXT }, { "customers", COL_INT },
		{ "share", COL_SHARE },		 { "purchases", COL_INT },
		{ "purchase_share", COL_SHARE }, { "rule", COL_TEXT },
	};
	struct output *out = output_open(&o->common, c, NELEMS(c));
	int64_t n[8] = { 0 }, bought[8] = { 0 }, all = 0, purchases = 0;

	for (size_t i = 0; i < group_count(p->persons); i++) {
		const struct loyalty_facts *f = &people_person(p, i)->facts;
		size_t k = kind_of(o, f);

		if (f->purchases == 0)
			continue;
		n[k]++;
		bought[k] += f->purchases;
		all++;
		purchases += f->purchases;
	}
	for (size_t k = 0; k < kinds[o->count].n; k++) {
		const char *name = kinds[o->count].name[k];

		if (*name == '\0' && n[k] == 0)
			continue;
		output_str(out, *name ? name : NULL);
		output_int(out, n[k]);
		output_share(out, n[k], all);
		output_int(out, bought[k]);
		output_share(out, bought[k], purchases);
		put_rule(out, o);
		output_end(out);
	}
	return out;
}

static int run(struct options *o, char **files, size_t nfiles)
{
	struct people p;
	struct output *out;

	o->rule = (struct loyalty_rule){ (uint32_t)o->times, o->by == 1,
					 (int32_t)(o->long_months * 365 / 12) };
	people_read(&p, &o->ask, files, nfiles);
	out = o->count ? write_counts(o, &p) : write_persons(o, &p);
	people_close(&p, output_rows(out));
	return output_close(out);
}

int loyalty_classes(int argc, char **argv)
{
	struct options o = { .times = 3, .long_months = 24 };
	size_t n;

	common_init(&o.common);
	o.ask.common = &o.common;
	const struct opt opts[] = {
		{ OPT_INT, 0, "times", "N", "who comes so often is loyal (3)",
		  &o.times, 1, 1000000 },
		{ OPT_CHOICE, 0, "of", "repeats|purchases",
		  "so many of what (repeats)",
		  &o.by },
		{ OPT_INT, 0, "long", "MONTHS", "a long relation (24)",
		  &o.long_months, 0, 1200 },
		{ OPT_TEXT, 0, "surveys", "FILE", "who is satisfied",
		  &o.ask.surveys },
		{ OPT_TEXT, 0, "questions", "FILE",
		  "which question is about what, and who says yes",
		  &o.ask.questions },
		{ OPT_TEXT, 0, "leads", "FILE", "who recommends us",
		  &o.ask.leads },
		{ OPT_TEXT, 0, "members", "FILE", "who comes to campaigns",
		  &o.ask.members },
		{ OPT_CHOICE, 0, "count", "customers|class|cell|level|bond",
		  "how many customers of each instead", &o.count },
		{ .kind = OPT_INCLUDE, .to = o.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty classes", "[OPTION...] [FILE...]",
		"Tells of every customer who stays (loyal), buys elsewhere "
		"too (switcher) or\nneither (drifter), and with --surveys who "
		"comes again without being satisfied.\n"
		"in: transactions (customer_id, date, txn_id, kind, discount, "
		"competitor)\n"
		"out: customer_id,class,purchases,repeats,elsewhere,satisfied,"
		"loyal,cell,...",
		"crm-loyalty classes --surveys surveys.csv transactions.csv",
		opts
	};
	char **files = opt_parse(&program, argc, argv, &n);

	return run(&o, files, n);
}
