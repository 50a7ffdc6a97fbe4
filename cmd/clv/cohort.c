/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv cohort: transactions in; customers by the period of their first
 * purchase, and how many bought again in each later one, out.
 */
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "model/cohort.h"
#include "stream/by.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

enum { ID, DATE, AMOUNT, KIND, COLUMNS };

struct options {
	struct common common;
	int unit;
};

/* The rows of one group of --by; their customers are numbered by the group
 * table, which tells the number when it folds. */
struct log {
	struct group *customers;
	struct cohort_event *event;
	size_t n, cap;
	int32_t last_day;
};

struct logs {
	struct log **item;
	size_t n, cap;
};

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct cohort_event *event = values;
	struct log *log = ctx;

	(void)g;
	for (size_t i = 0; i < n; i++) {
		log->event = mem_grow(log->event, log->n, &log->cap,
				      sizeof(*log->event));
		log->event[log->n] = event[i];
		log->event[log->n++].customer = index[i];
	}
}

static struct log *log_for(struct logs *all, size_t label)
{
	while (all->n <= label) {
		struct log *log = mem_zalloc(1, sizeof(*log));

		log->customers = group_new(0, sizeof(struct cohort_event),
					   fold, log);
		log->last_day = DAY_NONE;
		all->item = mem_grow(all->item, all->n, &all->cap,
				     sizeof(struct log *));
		all->item[all->n++] = log;
	}
	return all->item[label];
}

static void log_free(struct log *log)
{
	group_free(log->customers);
	free(log->event);
	free(log);
}

static void read_rows(const struct options *o, struct input *in, struct by *by,
		      struct logs *all)
{
	int32_t as_of = o->common.as_of;
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		struct log *log;
		struct cohort_event event = {
			.day = c[DATE].day,
			.fen = c[AMOUNT].fen,
			.purchase = !deal_is_refund(&c[KIND], &c[AMOUNT]),
		};

		if (as_of != DAY_NONE && event.day > as_of) {
			input_skip(in);
			continue;
		}
		log = log_for(all, by_label(by, c));
		if (event.day > log->last_day)
			log->last_day = event.day;
		group_add(log->customers, c[ID].text, &event);
	}
}

static struct output *open_output(const struct options *o, const struct by *by)
{
	static const struct output_column columns[] = {
		{ "cohort", COL_TEXT },	     { "period", COL_INT },
		{ "customers", COL_INT },    { "retained", COL_INT },
		{ "retention", COL_SHARE },  { "value", COL_MONEY },
		{ "purchases", COL_INT },    { "complete", COL_TEXT },
	};

	return by_open(by, &o->common, columns, NELEMS(columns));
}

static void put_wide(struct output *out, money_wide value)
{
	int64_t fen;

	if (!money_narrow(value, &fen))
		die("a total is too large");
	output_money(out, fen);
}

static void write_cohort(enum cohort_unit unit, const struct by *by,
			 size_t label, const struct cohort *c,
			 int32_t last_day, struct output *out)
{
	char name[DAY_BYTES];
	size_t n = day_label(cohort_period_start(c->period, unit),
			     cohort_unit_name(unit), name);

	for (size_t i = 0; i < c->periods; i++) {
		int32_t next = cohort_period_start(
			c->period + (int32_t)i + 1, unit);

		by_put(by, label, out);
		output_text(out, (struct text){ name, n });
		output_int(out, (int64_t)i);
		output_int(out, c->customers);
		output_int(out, c->cell[i].retained);
		output_share(out, c->cell[i].retained, c->customers);
		put_wide(out, c->cell[i].value);
		output_int(out, c->cell[i].purchases);
		output_str(out, next - 1 <= last_day ? "yes" : "no");
		output_end(out);
	}
}

/* Customers who only got money back belong to no cohort; their money is told
 * all the same, so that the values add up to the log. */
static void write_strangers(const struct by *by, size_t label,
			    const struct cohorts *c, struct output *out)
{
	if (c->strangers == 0)
		return;
	by_put(by, label, out);
	output_empty(out);
	output_empty(out);
	output_int(out, c->strangers);
	output_int(out, 0);
	output_share(out, 0, c->strangers);
	put_wide(out, c->strangers_value);
	output_int(out, 0);
	output_empty(out);
	output_end(out);
}

static void write_log(const struct options *o, const struct by *by,
		      size_t label, struct log *log, int32_t last_day,
		      struct output *out)
{
	enum cohort_unit unit = (enum cohort_unit)o->unit;

	group_finish(log->customers);
	struct cohorts c = cohorts_of(log->event, log->n,
				      group_count(log->customers), last_day,
				      unit);

	for (size_t i = 0; i < c.n; i++)
		write_cohort(unit, by, label, &c.at[i], last_day, out);
	write_strangers(by, label, &c, out);
	cohorts_release(&c);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	static const struct input_column columns[COLUMNS] = {
		[ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
	};
	struct logs all = { 0 };
	struct by by;
	struct input *in = by_input(&by, &o->common,
				    schema_find(TEXT("transactions")),
				    columns, COLUMNS, files, nfiles);
	struct output *out = open_output(o, &by);

	read_rows(o, in, &by, &all);
	int32_t last_day = clv_end(&o->common, in);
	size_t *order = by_order(&by);

	for (size_t i = 0; i < all.n; i++) {
		write_log(o, &by, order[i], all.item[order[i]], last_day, out);
		log_free(all.item[order[i]]);
	}
	free(order);
	free(all.item);
	input_close(in, output_rows(out));
	by_release(&by);
	return output_close(out);
}

int clv_cohort(int argc, char **argv)
{
	struct options o = { .unit = COHORT_MONTH };
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "unit", "week|month|quarter|year",
		  "calendar periods (month)", &o.unit },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv cohort", "[OPTION...] [FILE...]",
		"Follows customers from the period of their first purchase "
		"on.\n"
		"in: transactions\n"
		"out: cohort,period,customers,retained,retention,value,"
		"purchases,complete",
		"crm-clv cohort --unit quarter -t table transactions.csv", opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	return run(&o, files, nfiles);
}
