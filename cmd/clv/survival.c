/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv survival: how long customers stay. Transactions in, or a table of
 * contracts (--start, --end) or of times (--time, --lost); the Kaplan-Meier
 * curve out, or, with --test, whether the groups of --by differ.
 */
#include <math.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "model/survival.h"
#include "model/unit.h"
#include "stream/by.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	const char *start, *end, *time, *lost;
	int64_t inactive_after;
	int unit, band;
	bool test;
};

/* What is known of one customer after the last row. */
struct customer {
	int32_t first, last;	/* days, as day + DAY_BIAS */
};

/* Entries start zeroed: days are kept so that 0 is before all of them. */
#define DAY_BIAS (1 - DAY_MIN)

/* One group of --by. */
struct cohort_log {
	struct group *customers;	/* of transactions */
	struct spell *spell;
	size_t n, cap;
};

struct logs {
	struct cohort_log *item;
	size_t n, cap;
	int32_t last_day;	/* met in any column of days */
};

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const int32_t *day = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++) {
		struct customer *c = group_entry(g, index[i]);

		if (c->first == 0 || day[i] < c->first)
			c->first = day[i];
		if (day[i] > c->last)
			c->last = day[i];
	}
}

static struct cohort_log *log_for(struct logs *all, size_t label)
{
	while (all->n <= label) {
		all->item = mem_grow(all->item, all->n, &all->cap,
				     sizeof(*all->item));
		all->item[all->n++] = (struct cohort_log){
			.customers = group_new(sizeof(struct customer),
					       sizeof(int32_t), fold, NULL)
		};
	}
	return &all->item[label];
}

static void add_spell(struct cohort_log *log, int64_t time, bool lost)
{
	log->spell = mem_grow(log->spell, log->n, &log->cap,
			      sizeof(*log->spell));
	log->spell[log->n++] = (struct spell){ time, 0, lost };
}

static int64_t in_units(const struct options *o, int64_t days)
{
	return (int64_t)floor((double)days / unit_days((enum unit)o->unit));
}

/* ---- transactions ---- */

enum { ID, DATE, AMOUNT, KIND, DEAL_COLUMNS };

static const struct input_column deal_columns[DEAL_COLUMNS] = {
	[ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
	[DATE] = { "date", COL_DAY, INPUT_FILLED },
	[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
	[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
};

static void read_deals(const struct options *o, struct input *in,
		       struct by *by, struct logs *all)
{
	int32_t as_of = o->common.as_of;
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		int32_t day = c[DATE].day + DAY_BIAS;

		if (as_of != DAY_NONE && c[DATE].day > as_of) {
			input_skip(in);
			continue;
		}
		struct cohort_log *log = log_for(all, by_label(by, c));

		if (!deal_is_refund(&c[KIND], &c[AMOUNT]))
			group_add(log->customers, c[ID].text, &day);
	}
}

/*
 * A customer is lost on the first day without a purchase within so many
 * months before it (the rule of crm-clv churn), and is seen for the days from
 * the first purchase to that day, or to the end.
 */
static void deals_to_spells(const struct options *o, struct cohort_log *log,
			    int32_t end)
{
	group_finish(log->customers);
	for (size_t i = 0; i < group_count(log->customers); i++) {
		const struct customer *c = group_entry(log->customers, i);
		int32_t first = c->first - DAY_BIAS;
		int32_t gone = day_add_months(c->last - DAY_BIAS,
					      (int)o->inactive_after) + 1;
		bool lost = gone <= end;

		add_spell(log, in_units(o, (lost ? gone : end) - first), lost);
	}
}

/* ---- contracts ---- */

enum { START, END, CONTRACT_COLUMNS };

/* A contract that is not over is kept as one without an end until the last
 * row tells how long it was watched: its time is the start day then. */
static void read_contracts(const struct options *o, struct input *in,
			   struct by *by, struct logs *all)
{
	int32_t as_of = o->common.as_of;
	struct row row;

	all->last_day = DAY_MIN;
	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		int32_t start = c[START].day, end = c[END].day;
		bool over = c[END].known &&
			    (as_of == DAY_NONE || end <= as_of);

		if (as_of != DAY_NONE && start > as_of) {
			input_skip(in);
			continue;
		}
		if (c[END].known && end < start) {
			input_reject(in, END, REASON_OUT_OF_RANGE,
				     "it ends before it starts");
			continue;
		}
		int32_t latest = over ? end : start;

		all->last_day = latest > all->last_day ? latest :
							 all->last_day;
		add_spell(log_for(all, by_label(by, c)),
			  over ? in_units(o, end - start) : start, over);
	}
}

static void watch_contracts(const struct options *o, struct cohort_log *log,
			    int32_t end)
{
	for (size_t i = 0; i < log->n; i++) {
		struct spell *s = &log->spell[i];

		if (!s->lost)
			s->time = in_units(o, end - s->time);
	}
}

/* ---- times ---- */

enum { TIME, LOST, TIME_COLUMNS };

static bool says_yes(struct text t, bool *yes)
{
	static const char *const words[] = { "no", "0", "false", "yes", "1",
					     "true" };

	for (size_t i = 0; i < NELEMS(words); i++)
		if (text_is(t, words[i])) {
			*yes = i >= NELEMS(words) / 2;
			return true;
		}
	return false;
}

static void read_times(struct input *in, struct by *by, struct logs *all)
{
	struct row row;
	bool lost;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		if (c[TIME].whole < 0)
			input_reject(in, TIME, REASON_OUT_OF_RANGE,
				     "a time is not negative");
		else if (!says_yes(c[LOST].text, &lost))
			input_reject(in, LOST, REASON_BAD_VALUE,
				     "it is neither yes nor no");
		else
			add_spell(log_for(all, by_label(by, c)), c[TIME].whole,
				  lost);
	}
}

/* ---- results ---- */

static void write_curve(const struct options *o, const struct by *by,
			size_t label, struct cohort_log *log,
			struct output *out)
{
	struct survival s = survival_of(log->spell, log->n,
					(enum survival_band)o->band);

	for (size_t i = 0; i < s.n; i++) {
		const struct survival_step *step = &s.step[i];

		by_put(by, label, out);
		output_int(out, step->time);
		output_int(out, step->at_risk);
		output_int(out, step->lost);
		output_share_real(out, step->survival);
		output_share_real(out, step->low);
		output_share_real(out, step->high);
		output_share_real(out, step->error);
		output_int(out, step->censored);
		output_end(out);
	}
	survival_release(&s);
}

static void write_group(const struct by *by, size_t label, size_t place,
			struct cohort_log *log, const struct logrank *test,
			struct output *out)
{
	struct survival s = survival_of(log->spell, log->n, SURVIVAL_PLAIN);
	int64_t median = survival_quantile(&s, 0.5);

	by_put(by, label, out);
	output_int(out, s.customers);
	output_int(out, s.lost);
	output_real(out, test->expected[place]);
	if (median < 0)
		output_empty(out);
	else
		output_int(out, median);
	output_real(out, test->chi_square);
	output_int(out, (int64_t)test->freedom);
	output_real(out, test->p);
	output_end(out);
	survival_release(&s);
}

static void write_test(const struct by *by, const size_t *order,
		       struct logs *all, struct output *out)
{
	struct spell *spell;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->item[i].n;
	spell = mem_alloc(n, sizeof(*spell));
	n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct cohort_log *log = &all->item[order[i]];

		for (size_t k = 0; k < log->n; k++) {
			spell[n] = log->spell[k];
			spell[n++].group = (uint32_t)i;
		}
	}
	struct logrank test = logrank_of(spell, n, all->n);

	for (size_t i = 0; i < all->n; i++)
		write_group(by, order[i], i, &all->item[order[i]], &test, out);
	logrank_release(&test);
	free(spell);
}

static struct output *open_output(const struct options *o,
				  const struct by *by)
{
	static const struct output_column curve[] = {
		{ "time", COL_INT },	   { "at_risk", COL_INT },
		{ "events", COL_INT },	   { "survival", COL_SHARE },
		{ "ci_low", COL_SHARE },   { "ci_high", COL_SHARE },
		{ "se", COL_SHARE },	   { "censored", COL_INT },
	};
	static const struct output_column test[] = {
		{ "customers", COL_INT },   { "events", COL_INT },
		{ "expected", COL_REAL },   { "median", COL_INT },
		{ "chi_square", COL_REAL }, { "freedom", COL_INT },
		{ "p", COL_REAL },
	};

	if (o->test)
		return by_open(by, &o->common, test, NELEMS(test));
	return by_open(by, &o->common, curve, NELEMS(curve));
}

/* ---- the run ---- */

static struct input *read_all(const struct options *o, struct by *by,
			      struct logs *all, char *const *files, size_t n)
{
	const struct input_column contract[CONTRACT_COLUMNS] = {
		[START] = { o->start, COL_DAY, INPUT_FILLED },
		[END] = { o->end, COL_DAY, INPUT_REQUIRED },
	};
	const struct input_column times[TIME_COLUMNS] = {
		[TIME] = { o->time, COL_INT, INPUT_FILLED },
		[LOST] = { o->lost, COL_TEXT, INPUT_FILLED },
	};
	struct input *in;

	if (o->start) {
		in = by_input(by, &o->common, NULL, contract,
			      CONTRACT_COLUMNS, files, n);
		read_contracts(o, in, by, all);
	} else if (o->time) {
		in = by_input(by, &o->common, NULL, times, TIME_COLUMNS,
			      files, n);
		read_times(in, by, all);
	} else {
		in = by_input(by, &o->common,
			      schema_find(TEXT("transactions")), deal_columns,
			      DEAL_COLUMNS, files, n);
		read_deals(o, in, by, all);
	}
	if (by_count(by) > all->n)
		log_for(all, by_count(by) - 1);
	return in;
}

static void make_spells(const struct options *o, const struct input *in,
			struct logs *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct cohort_log *log = &all->item[i];

		if (o->start)
			watch_contracts(o, log, o->common.as_of != DAY_NONE ?
							o->common.as_of :
							all->last_day);
		else if (!o->time)
			deals_to_spells(o, log, clv_end(&o->common, in));
	}
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	struct logs all = { 0 };
	struct by by;
	struct input *in = read_all(o, &by, &all, files, nfiles);
	struct output *out = open_output(o, &by);
	size_t *order = by_order(&by);

	make_spells(o, in, &all);
	if (o->test)
		write_test(&by, order, &all, out);
	for (size_t i = 0; i < all.n; i++) {
		struct cohort_log *log = &all.item[order[i]];

		if (!o->test)
			write_curve(o, &by, order[i], log, out);
		group_free(log->customers);
		free(log->spell);
	}
	free(order);
	free(all.item);
	input_close(in, output_rows(out));
	by_release(&by);
	return output_close(out);
}

static void check(const struct options *o)
{
	if ((o->start || o->end) && (o->time || o->lost))
		die_usage("--start and --end, or --time and --lost");
	if (!o->start != !o->end || !o->time != !o->lost)
		die_usage("--start goes with --end, and --time with --lost");
	if (o->test && !o->common.by)
		die_usage("--test: which groups? --by COL says it");
}

int clv_survival(int argc, char **argv)
{
	struct options o = { .inactive_after = 12, .unit = UNIT_DAY };
	const struct opt opts[] = {
		{ OPT_INT, 0, "inactive-after", "MONTHS",
		  "no purchase for so long: lost (12)", &o.inactive_after, 1,
		  1200 },
		{ OPT_TEXT, 0, "start", "COL",
		  "contracts: the day they began", &o.start },
		{ OPT_TEXT, 0, "end", "COL",
		  "and the day they ended; empty: not yet", &o.end },
		{ OPT_TEXT, 0, "time", "COL", "or times seen, whole numbers",
		  &o.time },
		{ OPT_TEXT, 0, "lost", "COL", "and lost then: yes or no",
		  &o.lost },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "of time, whole ones that were completed (day)", &o.unit },
		{ OPT_CHOICE, 0, "band", "log-log|log|plain",
		  "how the 95 % band is drawn", &o.band },
		{ OPT_FLAG, 0, "test", NULL,
		  "do the groups of --by differ? (log-rank)", &o.test },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv survival", "[OPTION...] [FILE...]",
		"How long customers stay: the Kaplan-Meier curve.\n"
		"in: transactions, or a table with --start or --time\n"
		"out: time,at_risk,events,survival,ci_low,ci_high,se,"
		"censored",
		"crm-clv survival --unit month -t table transactions.csv",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	check(&o);
	return run(&o, files, nfiles);
}
