/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv summary: transactions in; customer_id, frequency, recency, T and
 * monetary_value out, by customer_id.
 */
#include "base/mem.h"
#include "base/msg.h"
#include "model/occasions.h"
#include "stream/output.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	int unit;
	int32_t calibration_end;
	const char *kinds;
	bool include_first, margin, gaps, occasions;
};

/* What a row is written from. */
struct table {
	const struct options *o;
	const struct summary *summary;
	int32_t end;
	double days;		/* of the unit */
};

static bool has_holdout(const struct options *o)
{
	return o->calibration_end != DAY_NONE;
}

static struct output *open_output(const struct options *o)
{
	struct output_column c[8] = {
		{ o->common.by ? o->common.by : "customer_id", COL_TEXT },
		{ "frequency", COL_INT },
		{ "recency", COL_REAL },
		{ "T", COL_REAL },
		{ "monetary_value", COL_REAL },
	};
	size_t n = 5;

	if (o->gaps)
		c[n++] = (struct output_column){ "log_gaps", COL_REAL };
	if (has_holdout(o)) {
		c[n++] = (struct output_column){ "holdout_frequency",
						 COL_INT };
		c[n++] = (struct output_column){ "holdout_value", COL_MONEY };
	}
	return output_open(&o->common, c, n);
}

static double log_gaps(const struct table *t, size_t i)
{
	size_t n;
	const int32_t *day = summary_purchase_days(t->summary, i, &n);

	return deals_log_gaps(day, n, t->end, t->days);
}

/* A customer's four numbers, and what came later. */
struct numbers {
	int64_t frequency, holdout;
	double recency, T;
};

static struct numbers by_time(const struct table *t,
			      const struct summary_row *r)
{
	return (struct numbers){ .frequency = r->frequency,
				 .holdout = r->holdout_frequency,
				 .recency = (r->last - r->first) / t->days,
				 .T = (t->end - r->first) / t->days };
}

static struct numbers by_occasion(const struct table *t, size_t i)
{
	size_t n;
	const int32_t *day = summary_purchase_days(t->summary, i, &n);
	struct occasions o =
		occasions_of(day, n, t->end, (enum unit)t->o->unit);

	return (struct numbers){ .frequency = o.x,
				 .holdout = o.later,
				 .recency = o.t_x,
				 .T = o.T };
}

static double mean_money(const struct summary_row *r, int64_t frequency,
			 bool first)
{
	int64_t fen = first ? r->fen : r->repeat_fen;

	return frequency ? (double)fen / 100 / (double)frequency : 0;
}

static void write_row(struct output *out, const struct table *t, size_t i)
{
	struct summary_row r = summary_row(t->summary, i);
	struct numbers n = t->o->occasions ? by_occasion(t, i) :
					     by_time(t, &r);
	bool first = t->o->include_first;

	n.frequency += first;
	output_text(out, r.customer);
	output_int(out, n.frequency);
	output_real(out, n.recency);
	output_real(out, n.T);
	output_real(out, mean_money(&r, n.frequency, first));
	if (t->o->gaps)
		output_real(out, log_gaps(t, i));
	if (has_holdout(t->o)) {
		output_int(out, n.holdout);
		output_money(out, r.holdout_fen);
	}
	output_end(out);
}

static void write_rows(struct output *out, size_t from, size_t to, void *ctx)
{
	for (size_t i = from; i < to; i++)
		write_row(out, ctx, i);
}

/* -v: how many rows became how many purchase days. */
static void tell(const struct deals *d)
{
	uint64_t rows = input_counts(d->in).used;
	uint64_t days = summary_days(d->summary);

	warn("%llu rows, %llu purchase days of %zu customers: %llu rows fell "
	     "on a day already met, or gave money back",
	     (unsigned long long)rows, (unsigned long long)days,
	     summary_count(d->summary), (unsigned long long)(rows - days));
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	const struct deals_ask ask = { .common = &o->common,
				       .who = deals_who(&o->common),
				       .calibration_end = o->calibration_end,
				       .kinds = o->kinds,
				       .margin = o->margin,
				       .keep_days = o->gaps || o->occasions };
	struct deals d;

	deals_read(&d, &ask, files, nfiles);
	struct output *out = open_output(o);
	struct table table = { o, d.summary,
			       has_holdout(o) ? o->calibration_end : d.last,
			       unit_days((enum unit)o->unit) };

	output_parts(out, summary_count(d.summary), write_rows, &table);
	if (o->common.verbose)
		tell(&d);
	deals_close(&d, output_rows(out));
	return output_close(out);
}

int clv_summary(int argc, char **argv)
{
	struct options o = { .unit = UNIT_WEEK, .calibration_end = DAY_NONE };
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "of recency and T (week)", &o.unit },
		{ OPT_DAY, 0, "calibration-end", "DATE",
		  "later days are the holdout, in columns of its own",
		  &o.calibration_end },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &o.kinds },
		{ OPT_FLAG, 0, "margin", NULL, "money is amount less cost",
		  &o.margin },
		{ OPT_FLAG, 0, "include-first", NULL,
		  "count the first purchase too (for RFM)",
		  &o.include_first },
		{ OPT_FLAG, 0, "gaps", NULL,
		  "add log_gaps, how even the gaps are (mbgcnbd)", &o.gaps },
		{ OPT_FLAG, 0, "occasions", NULL,
		  "count calendar units with a purchase (bgbb, bb)",
		  &o.occasions },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv summary", "[OPTION...] [FILE...]",
		"Each customer's history in four numbers; purchases on one "
		"day count once.\n"
		"in: transactions (customer_id, date, amount); --by vin: "
		"each vehicle's\n"
		"out: customer_id,frequency,recency,T,monetary_value",
		"crm-clv summary --unit week transactions.csv", opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	if (o.gaps && o.occasions)
		die_usage("--gaps are of time, and --occasions have none");
	return run(&o, files, nfiles);
}
