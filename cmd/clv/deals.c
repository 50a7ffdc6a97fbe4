/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions to histories, in all threads. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "stream/lanes.h"

#include "cmd/clv/deals.h"

enum { ID, AMOUNT, DATE, KIND, COST };

int32_t clv_end(const struct common *common, const struct input *in)
{
	if (common->as_of != DAY_NONE)
		return common->as_of;
	if (common->until != DAY_NONE)
		return common->until;
	return input_last_day(in);
}

const char *deals_who(const struct common *common)
{
	if (common->by && strchr(common->by, ','))
		die_usage("--by: whose history? One column says it");
	return common->by;
}

/* One lane's rows. */
struct part {
	const struct deals_ask *ask;
	struct summary *summary;
};

static void *begin(void *ctx)
{
	const struct deals_ask *ask = ctx;
	struct part *p = mem_alloc(1, sizeof(*p));

	p->ask = ask;
	p->summary = summary_new(ask->calibration_end == DAY_NONE ?
					 INT32_MAX :
					 ask->calibration_end);
	if (ask->keep_days)
		summary_keep_days(p->summary);
	return p;
}

static bool is_asked(const struct deals_ask *ask, const struct cell *c)
{
	int32_t as_of = ask->common->as_of;

	if (!c[ID].known || (as_of != DAY_NONE && c[DATE].day > as_of))
		return false;
	return !ask->kinds ||
	       text_listed(text_of(ask->kinds), ',', c[KIND].text);
}

static void fold(struct input *in, void *state)
{
	const struct part *p = state;
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		int64_t fen = c[AMOUNT].fen;

		if (!is_asked(p->ask, c)) {
			input_skip(in);
			continue;
		}
		if (p->ask->margin &&
		    __builtin_sub_overflow(fen, c[COST].fen, &fen)) {
			input_reject(in, AMOUNT, REASON_OUT_OF_RANGE,
				     "amount less cost is too large");
			continue;
		}
		summary_add(p->summary, c[ID].text, c[DATE].day, fen,
			    deal_is_refund(&c[KIND], &c[AMOUNT]));
	}
}

static void join(void *into, void *from)
{
	struct part *a = into, *b = from;

	summary_join(a->summary, b->summary);
	free(b);
}

void deals_read(struct deals *d, const struct deals_ask *ask,
		char *const *files, size_t nfiles)
{
	static const struct lanes_job job = { begin, fold, join };
	d->ask = *ask;
	/* not everything that is sold has to do with a vehicle */
	d->columns[ID] = (struct input_column){
		ask->who ? ask->who : "customer_id", COL_TEXT,
		ask->who ? INPUT_REQUIRED : INPUT_FILLED
	};
	d->columns[AMOUNT] =
		(struct input_column){ "amount", COL_MONEY, INPUT_FILLED };
	d->columns[DATE] =
		(struct input_column){ "date", COL_DAY, INPUT_FILLED };
	d->columns[KIND] = (struct input_column){
		"kind", COL_TEXT, ask->kinds ? INPUT_FILLED : INPUT_OPTIONAL
	};
	d->columns[COST] =
		(struct input_column){ "cost", COL_MONEY, INPUT_FILLED };
	d->in = input_open(ask->common, schema_find(TEXT("transactions")),
			   d->columns, ask->margin ? DEALS_COLUMNS : COST,
			   files, nfiles);
	struct part *part = lanes_fold(d->in, &job, &d->ask);

	d->summary = part->summary;
	free(part);
	if (!summary_finish(d->summary))
		die("the sum of one customer's amounts is too large");
	d->last = clv_end(ask->common, d->in);
	if (ask->calibration_end != DAY_NONE &&
	    d->last < ask->calibration_end && summary_count(d->summary) > 0)
		die("--calibration-end is later than the end of observation; "
		    "--as-of says when that was");
}

double deals_log_gaps(const int32_t *day, size_t n, int32_t end,
		      double unit_days)
{
	double sum = 0;

	for (size_t k = 1; k < n && day[k] <= end; k++)
		sum += log((day[k] - day[k - 1]) / unit_days);
	return sum;
}

struct buyers deals_buyers(const struct deals *d, int32_t end,
			   double unit_days)
{
	struct buyers all = { .log_gaps = d->ask.keep_days ? 0 : NAN };

	for (size_t i = 0; i < summary_count(d->summary); i++) {
		struct summary_row r = summary_row(d->summary, i);
		struct buyer b = { .x = r.frequency,
				   .t_x = (r.last - r.first) / unit_days,
				   .T = (end - r.first) / unit_days };

		if (r.frequency > 0)
			b.z = (double)r.repeat_fen / 100 / r.frequency;
		buyers_add(&all, &b);
		if (d->ask.keep_days) {
			size_t n;
			const int32_t *day =
				summary_purchase_days(d->summary, i, &n);

			all.log_gaps +=
				deals_log_gaps(day, n, end, unit_days);
		}
	}
	return all;
}

struct buyers deals_earlier(const struct deals *d, int32_t cut, int32_t end,
			    double unit_days, double **later)
{
	struct buyers all = { 0 };

	*later = mem_alloc(summary_count(d->summary), sizeof(**later));
	for (size_t i = 0; i < summary_count(d->summary); i++) {
		size_t n, known = 0;
		const int32_t *day = summary_purchase_days(d->summary, i, &n);

		while (n > 0 && day[n - 1] > end)
			n--;
		while (known < n && day[known] <= cut)
			known++;
		if (!known)
			continue;
		const struct buyer b = {
			.x = (double)(known - 1),
			.t_x = (day[known - 1] - day[0]) / unit_days,
			.T = (cut - day[0]) / unit_days,
		};

		(*later)[all.n] = (double)(n - known);
		buyers_add(&all, &b);
		all.log_gaps += deals_log_gaps(day, known, cut, unit_days);
	}
	return all;
}

void deals_close(struct deals *d, uint64_t out)
{
	input_close(d->in, out);
	summary_free(d->summary);
}
