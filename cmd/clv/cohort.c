/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv cohort: transactions in; customers by the period of their first
 * purchase, and how many bought again in each later one, out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/deal.h"
#include "model/cohort.h"
#include "stream/by.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

enum { ID, DATE, AMOUNT, KIND, COLUMNS };

struct options {
	struct common common;
	int unit;
	int triangle;		/* of TRIANGLE_WORDS, 0: none */
};

#define TRIANGLE_WORDS "none|retention|retained|value|purchases"

enum triangle { NO_TRIANGLE, RETENTION, RETAINED, VALUE, PURCHASES };

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
		output_money_wide(out, c->cell[i].value);
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
	output_money_wide(out, c->strangers_value);
	output_int(out, 0);
	output_empty(out);
	output_end(out);
}

/* ---- the triangle ---- */

/* cohort, customers, and as many periods as the oldest cohort has. */
static struct output *open_triangle(const struct options *o,
				    const struct by *by, size_t periods)
{
	static const enum col_type types[] = {
		[RETENTION] = COL_SHARE,
		[RETAINED] = COL_INT,
		[VALUE] = COL_MONEY,
		[PURCHASES] = COL_INT,
	};
	struct output_column *c = mem_alloc(periods + 2, sizeof(*c));
	struct arena names = { 0 };
	struct output *out;

	c[0] = (struct output_column){ "cohort", COL_TEXT };
	c[1] = (struct output_column){ "customers", COL_INT };
	for (size_t i = 0; i < periods; i++) {
		char digits[24];
		int n = snprintf(digits, sizeof(digits), "%zu", i);

		c[i + 2] = (struct output_column){
			arena_strdup(&names, digits, (size_t)n),
			types[o->triangle]
		};
	}
	out = by_open(by, &o->common, c, periods + 2);
	arena_release(&names);
	free(c);
	return out;
}

static void put_cell(const struct options *o, const struct cohort *c,
		     const struct cohort_cell *cell, struct output *out)
{
	switch ((enum triangle)o->triangle) {
	case RETENTION:
		output_share(out, cell->retained, c->customers);
		break;
	case RETAINED:
		output_int(out, cell->retained);
		break;
	case VALUE:
		output_money_wide(out, cell->value);
		break;
	default:
		output_int(out, cell->purchases);
	}
}

static void write_row(const struct options *o, const struct by *by,
		      size_t label, const struct cohort *c, size_t periods,
		      struct output *out)
{
	enum cohort_unit unit = (enum cohort_unit)o->unit;
	char name[DAY_BYTES];
	size_t n = day_label(cohort_period_start(c->period, unit),
			     cohort_unit_name(unit), name);

	by_put(by, label, out);
	output_text(out, (struct text){ name, n });
	output_int(out, c->customers);
	for (size_t i = 0; i < periods; i++)
		if (i < c->periods)
			put_cell(o, c, &c->cell[i], out);
		else
			output_empty(out);
	output_end(out);
}

static struct cohorts cohorts_of_log(const struct options *o, struct log *log,
				     int32_t last_day)
{
	group_finish(log->customers);
	return cohorts_of(log->event, log->n, group_count(log->customers),
			  last_day, (enum cohort_unit)o->unit);
}

static struct output *write_triangle(const struct options *o,
				     const struct by *by, const size_t *order,
				     const struct logs *all, int32_t last_day)
{
	struct cohorts *c = mem_alloc(all->n, sizeof(*c));
	struct output *out;
	size_t periods = 0;

	for (size_t i = 0; i < all->n; i++) {
		c[i] = cohorts_of_log(o, all->item[order[i]], last_day);
		/* the first cohort is the oldest */
		if (c[i].n && c[i].at[0].periods > periods)
			periods = c[i].at[0].periods;
	}
	out = open_triangle(o, by, periods);
	for (size_t i = 0; i < all->n; i++) {
		for (size_t k = 0; k < c[i].n; k++)
			write_row(o, by, order[i], &c[i].at[k], periods, out);
		cohorts_release(&c[i]);
	}
	free(c);
	return out;
}

/* ---- the run ---- */

static void write_log(const struct options *o, const struct by *by,
		      size_t label, struct log *log, int32_t last_day,
		      struct output *out)
{
	enum cohort_unit unit = (enum cohort_unit)o->unit;

	struct cohorts c = cohorts_of_log(o, log, last_day);

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
	struct output *out = o->triangle ? NULL : open_output(o, &by);

	read_rows(o, in, &by, &all);
	int32_t last_day = clv_end(&o->common, in);
	size_t *order = by_order(&by);

	if (o->triangle)
		out = write_triangle(o, &by, order, &all, last_day);
	for (size_t i = 0; i < all.n; i++) {
		if (!o->triangle)
			write_log(o, &by, order[i], all.item[order[i]],
				  last_day, out);
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
		{ OPT_CHOICE, 0, "triangle", TRIANGLE_WORDS,
		  "a row a cohort, periods as columns", &o.triangle },
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
