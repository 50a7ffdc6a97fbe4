/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv churn: transactions in; for each period how many customers there
 * were, came, came back and left, out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "model/churn.h"
#include "model/cohort.h"
#include "stream/by.h"

#include "cmd/clv/churn.h"
#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

enum { ID, DATE, AMOUNT, KIND, COLUMNS };

struct options {
	struct common common;
	int unit;
	int64_t inactive_after;
	const char *spend;
	bool claims;
};

/* The purchases of one group of --by. */
struct log {
	struct group *customers;
	struct churn_event *event;
	size_t n, cap;
};

struct logs {
	struct log *item;
	size_t n, cap;
	int32_t first_day;	/* of a purchase of anybody */
};

static struct log *log_for(struct logs *all, size_t label)
{
	while (all->n <= label) {
		all->item = mem_grow(all->item, all->n, &all->cap,
				     sizeof(*all->item));
		all->item[all->n++] = (struct log){
			.customers = group_new(0, 0, NULL, NULL)
		};
	}
	return &all->item[label];
}

static void add_event(struct log *log, const struct cell *c, bool refund)
{
	uint32_t who = (uint32_t)group_intern(log->customers, c[ID].text);

	log->event = mem_grow(log->event, log->n, &log->cap,
			      sizeof(*log->event));
	log->event[log->n++] = (struct churn_event){
		who, c[DATE].day, c[AMOUNT].fen, refund
	};
}

/* Who is a customer at a period's beginning, earlier purchases tell: --since
 * and --period choose what is printed, not what is read. */
static void read_rows(struct input *in, struct by *by, struct logs *all,
		      int32_t last)
{
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		if (c[DATE].day > last) {
			input_skip(in);
			continue;
		}
		bool refund = deal_is_refund(&c[KIND], &c[AMOUNT]);

		if (!refund && c[DATE].day < all->first_day)
			all->first_day = c[DATE].day;
		add_event(log_for(all, by_label(by, c)), c, refund);
	}
	if (by_count(by) > all->n)
		log_for(all, by_count(by) - 1);
}

struct periods {
	struct day_range *at;
	char (*label)[DAY_BYTES];
	size_t *label_bytes;
	size_t n;
};

static struct periods periods_of(struct day_range r, enum cohort_unit unit)
{
	bool none = r.last < r.first;
	int32_t first = none ? 0 : cohort_period(r.first, unit);
	int32_t last = none ? -1 : cohort_period(r.last, unit);
	size_t n = (size_t)(last - first + 1);
	struct periods p = { mem_alloc(n, sizeof(*p.at)),
			     mem_alloc(n, sizeof(*p.label)),
			     mem_alloc(n, sizeof(size_t)), n };

	for (size_t i = 0; i < n; i++) {
		int32_t from = cohort_period_start(first + (int32_t)i, unit);
		int32_t next = cohort_period_start(first + (int32_t)i + 1,
						   unit);
		p.at[i] = (struct day_range){ from, next - 1 };
		p.label_bytes[i] = day_label(from, cohort_unit_name(unit),
					     p.label[i]);
	}
	/* the last one goes as far as the question does */
	if (n && p.at[n - 1].last > r.last)
		p.at[n - 1].last = r.last;
	return p;
}

static void periods_release(struct periods *p)
{
	free(p->at);
	free(p->label);
	free(p->label_bytes);
}

static void write_log(const struct by *by, size_t label, struct log *log,
		      const struct periods *p, int months,
		      const struct spend *spent, struct output *out)
{
	struct churn *c = mem_alloc(p->n, sizeof(*c));

	churn_count(log->event, log->n, p->at, p->n, months, c);
	for (size_t i = 0; i < p->n; i++) {
		by_put(by, label, out);
		output_text(out, (struct text){ p->label[i],
						p->label_bytes[i] });
		output_int(out, (int64_t)c[i].opening);
		output_int(out, (int64_t)c[i].fresh);
		output_int(out, (int64_t)c[i].returned);
		output_int(out, (int64_t)c[i].lost);
		output_int(out, (int64_t)c[i].closing);
		output_share(out, (money_wide)c[i].lost,
			     (money_wide)c[i].opening);
		output_money_wide(out, c[i].income);
		output_share(out, c[i].existing, c[i].income);
		if (spent)
			spent_put(&spent[i], &c[i], out);
		output_end(out);
	}
	free(c);
}

static struct output *open_output(const struct options *o,
				  const struct by *by)
{
	struct output_column columns[9 + SPENT_COLUMNS] = {
		{ "period", COL_TEXT },	 { "opening", COL_INT },
		{ "new", COL_INT },	 { "returned", COL_INT },
		{ "lost", COL_INT },	 { "closing", COL_INT },
		{ "churn", COL_SHARE },	 { "income", COL_MONEY },
		{ "existing_share", COL_SHARE },
	};

	memcpy(columns + 9, spent_columns, sizeof(spent_columns));
	return by_open(by, &o->common, columns,
		       o->spend ? NELEMS(columns) : 9);
}

/* From the first purchase to the end of observation, where nothing less was
 * asked for; nothing at all when there is none. Days that nobody watched have
 * no churn. */
static struct day_range asked(const struct logs *all, struct day_range r,
			      int32_t end)
{
	if (r.first == DAY_MIN)
		r.first = all->first_day;
	if (r.last > end)
		r.last = end;
	return r;
}

/* One period instead: the twelve months that end on a day. */
static void last_year(struct periods *p, int32_t last)
{
	periods_release(p);
	*p = (struct periods){ .at = mem_alloc(1, sizeof(*p->at)), .n = 1 };
	p->at[0] = (struct day_range){ day_add_months(last + 1, -12), last };
}

static void write_claims(struct log *log, const struct periods *year,
			 int months, const struct spend *spent,
			 struct output *out)
{
	struct churn c;

	if (log->n == 0)
		return;
	churn_count(log->event, log->n, year->at, 1, months, &c);
	claims_write(&c, spent, out);
}

static int run(struct options *o, char **files, size_t nfiles)
{
	static const struct input_column columns[COLUMNS] = {
		[ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
	};
	struct day_range range = common_range(&o->common);
	struct logs all = { .first_day = INT32_MAX };
	struct by by;

	int32_t until = o->common.until;

	if (o->common.as_of != DAY_NONE && o->common.as_of < range.last)
		range.last = o->common.as_of;
	o->common.period = NULL;
	o->common.since = o->common.until = DAY_NONE;
	struct input *in = by_input(&by, &o->common,
				    schema_find(TEXT("transactions")),
				    columns, COLUMNS, files, nfiles);
	struct output *out = o->claims ? claims_open(&o->common) :
					 open_output(o, &by);
	read_rows(in, &by, &all, range.last);
	o->common.until = until;
	range = asked(&all, range, clv_end(&o->common, in));
	struct periods p = periods_of(range, (enum cohort_unit)o->unit);
	struct spend *spent = NULL;
	size_t *order = by_order(&by);

	if (o->claims)
		last_year(&p, range.last);
	if (o->spend)
		spent = spend_read(o->spend, p.at, p.n);
	for (size_t i = 0; i < all.n; i++) {
		struct log *log = &all.item[order[i]];

		if (o->claims)
			write_claims(log, &p, (int)o->inactive_after, spent,
				     out);
		else
			write_log(&by, order[i], log, &p,
				  (int)o->inactive_after, spent, out);
		group_free(log->customers);
		free(log->event);
	}
	free(order);
	free(all.item);
	periods_release(&p);
	free(spent);
	input_close(in, output_rows(out));
	by_release(&by);
	return output_close(out);
}

int clv_churn(int argc, char **argv)
{
	struct options o = { .unit = COHORT_MONTH, .inactive_after = 12 };
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "unit", "week|month|quarter|year",
		  "calendar periods (month)", &o.unit },
		{ OPT_INT, 0, "inactive-after", "MONTHS",
		  "no purchase for so long: lost (12)", &o.inactive_after, 1,
		  1200 },
		{ OPT_TEXT, 0, "spend", "FILE",
		  "what winning and keeping customers cost, by month",
		  &o.spend },
		{ OPT_FLAG, 0, "claims", NULL,
		  "the trade's claims against the last twelve months",
		  &o.claims },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv churn", "[OPTION...] [FILE...]",
		"Counts the customers that each period began with, won and "
		"lost.\n"
		"in: transactions\n"
		"out: period,opening,new,returned,lost,closing,churn,income,"
		"existing_share",
		"crm-clv churn --period 2025 -t table transactions.csv", opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	if (o.claims && o.common.by)
		die_usage("--claims are of the whole, without --by");
	if (o.spend && o.unit == COHORT_WEEK)
		die_usage("--spend comes by the month: not with --unit week");
	if (o.spend && o.common.by)
		die_usage("--spend is of the whole, without --by");
	return run(&o, files, nfiles);
}
