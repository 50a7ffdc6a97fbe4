/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv expect: repeat purchases that came, and that the model expects of
 * the same customers, period by period: the tracking plot as a table. With
 * --new, what one new customer is expected to buy.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/model.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	struct model_ask ask;
	const char *kinds;
	int every;		/* enum unit of the periods; -1: the model's */
	int32_t calibration_end;
	int64_t periods;
	bool fresh;
};

/* All days that matter, counted from the first purchase of all. */
struct track {
	int32_t origin, days;
	double *began;		/* customers whose first purchase was then */
	double *repeats;	/* purchases after the first, then */
	double *expected;	/* of one customer, by the end of so many days
				 * from that of his first purchase on */
};

static struct track track_of(const struct deals *d)
{
	size_t customers = summary_count(d->summary), n;
	struct track t = { .origin = d->last };

	for (size_t i = 0; i < customers; i++) {
		int32_t first = *summary_purchase_days(d->summary, i, &n);

		t.origin = first < t.origin ? first : t.origin;
	}
	t.days = d->last - t.origin + 1;
	t.began = mem_zalloc((size_t)t.days, sizeof(*t.began));
	t.repeats = mem_zalloc((size_t)t.days, sizeof(*t.repeats));
	t.expected = mem_zalloc((size_t)t.days + 1, sizeof(*t.expected));
	for (size_t i = 0; i < customers; i++) {
		const int32_t *day = summary_purchase_days(d->summary, i, &n);

		t.began[day[0] - t.origin]++;
		for (size_t k = 1; k < n; k++)
			t.repeats[day[k] - t.origin]++;
	}
	return t;
}

static void track_release(struct track *t)
{
	free(t->began);
	free(t->repeats);
	free(t->expected);
}

/* Repeat purchases of all until the end of the day `until`. */
static double expected_until(const struct track *t, int32_t until)
{
	double sum = 0;

	for (int32_t day = 0; day <= until; day++)
		sum += t->began[day] * t->expected[until + 1 - day];
	return sum;
}

/* The last day of period k = 1, 2, ..., from the origin; the last one goes as
 * far as the data do. */
static int32_t period_end(const struct track *t, double days, int64_t k)
{
	double end = floor((double)k * days + 0.5) - 1;

	return end < t->days - 1 ? (int32_t)end : t->days - 1;
}

static void write_track(const struct options *o, const struct track *t,
			double days, struct output *out)
{
	double actual = 0, all_actual = 0, all_expected = 0;
	int32_t day = 0, end = -1;

	for (int64_t k = 1; end < t->days - 1; k++) {
		end = period_end(t, days, k);
		for (actual = 0; day <= end; day++)
			actual += t->repeats[day];
		double expected = expected_until(t, end);

		all_actual += actual;
		output_int(out, k);
		output_day(out, t->origin + end);
		output_int(out, (int64_t)actual);
		output_real(out, expected - all_expected);
		output_int(out, (int64_t)all_actual);
		output_real(out, expected);
		output_str(out, o->calibration_end == DAY_NONE ||
						t->origin + end <=
							o->calibration_end ?
					"no" :
					"yes");
		output_end(out);
		all_expected = expected;
	}
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "period", COL_INT },	       { "until", COL_DAY },
		{ "actual", COL_INT },	       { "expected", COL_REAL },
		{ "cum_actual", COL_INT },     { "cum_expected", COL_REAL },
		{ "holdout", COL_TEXT },
	};
	const struct deals_ask ask = { .common = &o->common,
				       .who = deals_who(&o->common),
				       .calibration_end = o->calibration_end,
				       .kinds = o->kinds,
				       .keep_days = true };
	struct fits fits = model_open(&o->ask);
	double unit = unit_days(fits.unit);
	struct deals d;

	deals_read(&d, &ask, files, nfiles);
	struct output *out =
		output_open(&o->common, columns, NELEMS(columns));

	if (summary_count(d.summary) > 0) {
		int32_t end = o->calibration_end != DAY_NONE ?
				      o->calibration_end :
				      d.last;
		struct buyers b = deals_buyers(&d, end, unit);
		struct track t = track_of(&d);

		model_fit(&fits, &o->ask, &d, end, &b);
		for (int32_t day = 1; day <= t.days; day++)
			t.expected[day] = fits.models.model->fresh(
				fits.models.parameter, day / unit);
		write_track(o, &t, o->every < 0 ?
					unit :
					unit_days((enum unit)o->every),
			    out);
		track_release(&t);
		buyers_release(&b);
	}
	deals_close(&d, output_rows(out));
	return output_close(out);
}

/* One new customer: no rows are read. */
static int run_fresh(const struct options *o)
{
	static const struct output_column columns[] = {
		{ "time", COL_INT },
		{ "expected", COL_REAL },
	};
	struct fits fits = model_open(&o->ask);
	double step = o->every < 0 ? 1 :
				     unit_days((enum unit)o->every) /
					     unit_days(fits.unit);
	struct output *out =
		output_open(&o->common, columns, NELEMS(columns));

	for (int64_t k = 1; k <= o->periods; k++) {
		output_int(out, k);
		output_real(out, fits.models.model->fresh(
					 fits.models.parameter,
					 (double)k * step));
		output_end(out);
	}
	return output_close(out);
}

int clv_expect(int argc, char **argv)
{
	struct options o = { .ask = { .unit = -1 },
			     .every = -1,
			     .calibration_end = DAY_NONE,
			     .periods = 52 };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "params", "FILE",
		  "what crm-clv fit wrote; else fitted here",
		  &o.ask.params },
		{ OPT_TEXT, 0, "model", "NAME",
		  "mbgnbd (default), pnbd, mbgcnbd, nbd, bgnbd, auto",
		  &o.ask.name },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS, "of the fit (week)",
		  &o.ask.unit },
		{ OPT_CHOICE, 0, "every", UNIT_WORDS,
		  "one row for each (the unit)", &o.every },
		{ OPT_DAY, 0, "calibration-end", "DATE",
		  "the model is fitted to what came until then",
		  &o.calibration_end },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &o.kinds },
		{ OPT_FLAG, 0, "new", NULL,
		  "of one new customer by --params; reads no rows", &o.fresh },
		{ OPT_INT, 0, "periods", "N", "--new: how far (52)",
		  &o.periods, 1, 100000 },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv expect", "[OPTION...] [FILE...]",
		"Repeat purchases that came, beside those that the model "
		"expects.\n"
		"in: transactions (customer_id, date, amount)\n"
		"out: period,until,actual,expected,cum_actual,cum_expected,"
		"holdout",
		"crm-clv expect --calibration-end 2025-06-30 transactions.csv",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	model_check(&o.ask);
	if (o.ask.params && o.ask.unit >= 0)
		die_usage("--unit: that of --params is taken; --every says "
			  "the periods");
	o.ask.verbose = o.common.verbose;
	if (!o.fresh)
		return run(&o, files, nfiles);
	if (!o.ask.params || nfiles)
		die_usage("--new goes with --params FILE, and without rows");
	return run_fresh(&o);
}
