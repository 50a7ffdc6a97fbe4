/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv summary: transactions in; customer_id, frequency, recency, T and
 * monetary_value out, by customer_id.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "cmd/clv/summary.h"
#include "model/unit.h"
#include "stream/lanes.h"
#include "stream/output.h"

enum { ID, AMOUNT, DATE, KIND };

static const struct input_column columns[] = {
	[ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
	[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
	[DATE] = { "date", COL_DAY, INPUT_FILLED },
	[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
};

int32_t clv_end(const struct common *common, const struct input *in)
{
	if (common->as_of != DAY_NONE)
		return common->as_of;
	if (common->until != DAY_NONE)
		return common->until;
	return input_last_day(in);
}

/* What the lanes need to know. */
struct ask {
	const struct common *common;
	int32_t calibration_end;
};

/* One lane's rows. */
struct part {
	const struct common *common;
	struct summary *summary;
};

static void *begin(void *ctx)
{
	const struct ask *ask = ctx;
	struct part *p = mem_alloc(1, sizeof(*p));

	p->common = ask->common;
	p->summary = summary_new(ask->calibration_end == DAY_NONE ?
					 INT32_MAX :
					 ask->calibration_end);
	return p;
}

static void fold(struct input *in, void *state)
{
	const struct part *p = state;
	int32_t as_of = p->common->as_of;
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		if (as_of != DAY_NONE && c[DATE].day > as_of) {
			input_skip(in);
			continue;
		}
		summary_add(p->summary, c[ID].text, c[DATE].day, c[AMOUNT].fen,
			    deal_is_refund(&c[KIND], &c[AMOUNT]));
	}
}

static void join(void *into, void *from)
{
	struct part *a = into, *b = from;

	summary_join(a->summary, b->summary);
	free(b);
}

struct summary *clv_read_summary(const struct common *common,
				 char *const *files, size_t nfiles,
				 int32_t calibration_end, struct input **in,
				 int32_t *last)
{
	static const struct lanes_job job = { begin, fold, join };
	struct ask ask = { common, calibration_end };
	struct part *part;
	struct summary *s;

	*in = input_open(common, schema_find(TEXT("transactions")), columns,
			 NELEMS(columns), files, nfiles);
	part = lanes_fold(*in, &job, &ask);
	s = part->summary;
	free(part);
	if (!summary_finish(s))
		die("the sum of one customer's amounts is too large");
	*last = clv_end(common, *in);
	return s;
}

static struct output *open_output(const struct common *common, bool holdout)
{
	static const struct output_column out[] = {
		{ "customer_id", COL_TEXT },
		{ "frequency", COL_INT },
		{ "recency", COL_REAL },
		{ "T", COL_REAL },
		{ "monetary_value", COL_REAL },
		{ "holdout_frequency", COL_INT },
		{ "holdout_value", COL_MONEY },
	};

	return output_open(common, out, NELEMS(out) - (holdout ? 0 : 2));
}

static void write_row(struct output *out, const struct summary_row *r,
		      int32_t end, double days, bool holdout)
{
	output_text(out, r->customer);
	output_int(out, r->frequency);
	output_real(out, (r->last - r->first) / days);
	output_real(out, (end - r->first) / days);
	output_real(out, r->frequency ? (double)r->repeat_fen / 100 /
						(double)r->frequency :
					0);
	if (holdout) {
		output_int(out, r->holdout_frequency);
		output_money(out, r->holdout_fen);
	}
	output_end(out);
}

struct table {
	const struct summary *summary;
	int32_t end;
	double days;		/* of the unit */
	bool holdout;
};

static void write_rows(struct output *out, size_t from, size_t to, void *ctx)
{
	const struct table *t = ctx;

	for (size_t i = from; i < to; i++) {
		struct summary_row r = summary_row(t->summary, i);

		write_row(out, &r, t->end, t->days, t->holdout);
	}
}

int clv_summary(int argc, char **argv)
{
	struct common common;
	int unit = UNIT_WEEK;
	int32_t calibration_end = DAY_NONE, last;
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "of recency and T (week)", &unit },
		{ OPT_DAY, 0, "calibration-end", "DATE",
		  "later days are the holdout, in columns of its own",
		  &calibration_end },
		{ OPT_INCLUDE, .to = common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv summary", "[OPTION...] [FILE...]",
		"Each customer's history in four numbers; purchases on one "
		"day count once.\n"
		"in: transactions (customer_id, date, amount)\n"
		"out: customer_id,frequency,recency,T,monetary_value",
		"crm-clv summary --unit week transactions.csv", opts
	};
	struct table table;
	struct summary *s;
	struct input *in;
	struct output *out;
	size_t nfiles;
	char **files;
	bool holdout;

	common_init(&common);
	files = opt_parse(&program, argc, argv, &nfiles);
	if (common.by)
		die_usage("--by: summary gives one row for each customer");
	holdout = calibration_end != DAY_NONE;
	s = clv_read_summary(&common, files, nfiles, calibration_end, &in,
			     &last);
	out = open_output(&common, holdout);
	table = (struct table){ s, holdout ? calibration_end : last,
				unit_days((enum unit)unit), holdout };
	output_parts(out, summary_count(s), write_rows, &table);
	if (common.verbose)
		warn("%llu purchase days of %zu customers",
		     (unsigned long long)summary_days(s), summary_count(s));
	input_close(in, output_rows(out));
	summary_free(s);
	return output_close(out);
}
