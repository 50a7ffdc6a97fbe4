/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv lost: the win-back list. Transactions in; who stays away longer
 * than is his own habit, or is hardly a customer any more by the model, out,
 * those first by whom most is at risk.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/rhythm.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/model.h"
#include "cmd/clv/remarks.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	struct model_ask ask;
	struct ahead ahead;
	const char *kinds, *customers, *events;
	double late, below;
	int64_t visit;		/* days */
	bool margin;
};

/* How a customer comes. */
struct habit {
	size_t visits;
	int32_t own;		/* median gap between them; 0: none */
	struct buyer buyer;	/* by visits */
};

/* The habits of all, in the order of rows, and what is typical: the middle
 * one of the rhythms, 0 where nobody has one. */
struct habits {
	struct habit *of;
	int32_t typical;
};

static struct habit habit_of(const struct deals *d, const struct options *o,
			     const struct buyer *b, size_t row,
			     double unit_days)
{
	struct habit h;
	size_t n;
	const int32_t *day = summary_purchase_days(d->summary, row, &n);
	int32_t *visit = mem_alloc(n, sizeof(*visit));
	int32_t *room = mem_alloc(n, sizeof(*room));

	h.visits = rhythm_visits(day, n, (int32_t)o->visit, visit);
	h.own = rhythm_median(visit, h.visits, room);
	h.buyer = h.visits == n ? *b :
				  rhythm_buyer(b, visit, h.visits, unit_days);
	free(room);
	free(visit);
	return h;
}

static struct habits habits_new(const struct deals *d,
				const struct options *o,
				const struct buyers *b, double unit_days)
{
	struct habits all = { .of = mem_alloc(b->n, sizeof(*all.of)) };
	int32_t *rhythm = mem_alloc(b->n, sizeof(*rhythm));
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		all.of[i] = habit_of(d, o, &b->at[i], i, unit_days);
		if (all.of[i].own > 0)
			rhythm[n++] = all.of[i].own;
	}
	if (n > 0)
		all.typical = rhythm_typical(rhythm, n);
	free(rhythm);
	return all;
}

/* Somebody who may be lost. */
struct missed {
	size_t row;		/* of the summary */
	int64_t at_risk;	/* fen; 0 where no value is known */
	double yuan;		/* the same; NAN where not known */
	double alive;
	int32_t rhythm;		/* days; 0: none of his own */
	bool late, unlikely;	/* by rhythm, by the model */
};

struct list {
	struct missed *at;
	size_t n, cap;
};

static int by_risk(const void *a, const void *b)
{
	const struct missed *x = a, *y = b;

	if (x->at_risk != y->at_risk)
		return x->at_risk > y->at_risk ? -1 : 1;
	/* rows are in the order of ids */
	return (x->row > y->row) - (x->row < y->row);
}

static int64_t fen_of(double yuan)
{
	return isfinite(yuan) && fabs(yuan) < 9e16 ?
		       (int64_t)round(yuan * 100) :
		       0;
}

static void look(const struct options *o, const struct deals *d,
		 const struct buyer *b, const struct habits *habits,
		 struct scorer *scorer, size_t row, struct list *list)
{
	const struct habit *h = &habits->of[row];
	int32_t silent = d->last - summary_row(d->summary, row).last;
	struct missed m = { .row = row };

	m.rhythm = rhythm_of(h->own, h->visits, habits->typical);
	m.alive = scorer_score(scorer, b).alive;
	m.late = m.rhythm > 0 && silent > o->late * m.rhythm;
	m.unlikely = m.alive < o->below;
	if (!m.late && !m.unlikely)
		return;
	m.yuan = (1 - m.alive) * scorer_score(scorer, &h->buyer).if_alive;
	m.at_risk = fen_of(m.yuan);
	list->at = mem_grow(list->at, list->n, &list->cap, sizeof(m));
	list->at[list->n++] = m;
}

static void write_missed(const struct deals *d, const struct missed *m,
			 const struct remarks *r, struct output *out)
{
	struct summary_row row = summary_row(d->summary, m->row);
	const struct remark *remark = remarks_of(r, row.customer);
	int32_t silent = d->last - row.last;

	output_text(out, row.customer);
	output_day(out, row.last);
	output_int(out, silent);
	if (m->rhythm)
		output_int(out, m->rhythm);
	else
		output_empty(out);
	output_real(out, m->rhythm ? (double)silent / m->rhythm : NAN);
	output_share_real(out, m->alive);
	put_expected_money(out, m->yuan);
	output_str(out, m->late && m->unlikely ? "both" :
			m->late		       ? "rhythm" :
						 "p_alive");
	output_text(out, remark ? remark->cause : (struct text){ 0 });
	output_day(out, remark ? remark->day : DAY_NONE);
	output_text(out, remark ? remark->event : (struct text){ 0 });
	output_end(out);
}

static struct output *open_output(const struct common *common)
{
	const struct output_column columns[] = {
		{ common->by ? common->by : "customer_id", COL_TEXT },
		{ "last_on", COL_DAY },
		{ "silent_days", COL_INT },
		{ "rhythm_days", COL_INT },
		{ "times_rhythm", COL_REAL },
		{ "p_alive", COL_SHARE },
		{ "value_at_risk", COL_MONEY },
		{ "reason", COL_TEXT },
		{ "lost_cause", COL_TEXT },
		{ "last_event_on", COL_DAY },
		{ "last_event", COL_TEXT },
	};

	return output_open(common, columns, NELEMS(columns));
}

static void write_list(const struct options *o, const struct deals *d,
		       struct fits *fits, struct output *out)
{
	double days = unit_days(fits->unit);
	struct buyers b = deals_buyers(d, d->last, days);
	struct habits habits = habits_new(d, o, &b, days);
	struct remarks r = remarks_new();
	struct discount discount = ahead_discount(&o->ahead, fits->unit);
	struct list list = { 0 };

	model_fit(fits, &o->ask, d, d->last, &b);
	struct scorer *scorer = scorer_new(&fits->models, &discount);

	for (size_t i = 0; i < b.n; i++)
		look(o, d, &b.at[i], &habits, scorer, i, &list);
	if (o->customers)
		remarks_read_causes(&r, &o->common, o->customers);
	if (o->events)
		remarks_read_events(&r, &o->common, o->events, d->last);
	if (list.n > 0)
		qsort(list.at, list.n, sizeof(*list.at), by_risk);
	for (size_t i = 0; i < list.n; i++)
		write_missed(d, &list.at[i], &r, out);
	scorer_free(scorer);
	buyers_release(&b);
	remarks_release(&r);
	free(list.at);
	free(habits.of);
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	const struct deals_ask ask = { .common = &o->common,
				       .who = deals_who(&o->common),
				       .calibration_end = DAY_NONE,
				       .kinds = o->kinds,
				       .margin = o->margin,
				       .keep_days = true };
	struct fits fits = model_open(&o->ask);
	struct deals d;

	deals_read(&d, &ask, files, nfiles);
	struct output *out = open_output(&o->common);

	if (summary_count(d.summary) > 0)
		write_list(o, &d, &fits, out);
	deals_close(&d, output_rows(out));
	return output_close(out);
}

int clv_lost(int argc, char **argv)
{
	struct options o = { .ask = { .unit = -1 },
			     .ahead = AHEAD_BY_DEFAULT,
			     .late = 2,
			     .below = 0.5,
			     .visit = 7 };
	const struct opt opts[] = {
		{ OPT_REAL, 0, "late", "N",
		  "silent for more than N own median gaps (2)",
		  &o.late },
		{ OPT_REAL, 0, "below", "P",
		  "or less likely than P to be alive (0.5)", &o.below },
		{ OPT_INT, 0, "visit", "DAYS",
		  "purchase days within DAYS are one visit (7)", &o.visit,
		  1, 366 },
		{ OPT_TEXT, 0, "customers", "FILE",
		  "customers with lost_cause", &o.customers },
		{ OPT_TEXT, 0, "events", "FILE",
		  "contacts or complaints: the last one of each", &o.events },
		{ OPT_TEXT, 0, "params", "FILE",
		  "what crm-clv fit wrote; else fitted here", &o.ask.params },
		{ OPT_TEXT, 0, "model", "NAME",
		  "mbgnbd (default), pnbd, mbgcnbd, auto", &o.ask.name },
		{ OPT_CHOICE, 0, "unit", UNIT_WORDS,
		  "of the fit and the horizon (week)", &o.ask.unit },
		{ OPT_REAL, 0, "horizon", "N",
		  "how far ahead value is at risk (one year)",
		  &o.ahead.horizon },
		{ OPT_REAL, 0, "discount", "RATE", "a year (0.1: 10 %)",
		  &o.ahead.annual },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &o.kinds },
		{ OPT_FLAG, 0, "margin", NULL, "money is amount less cost",
		  &o.margin },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv lost", "[OPTION...] [FILE...]",
		"Who stays away, and what that puts at risk.\n"
		"in: transactions (customer_id, date, amount)\n"
		"out: customer_id,last_on,silent_days,rhythm_days,"
		"times_rhythm,p_alive,\n"
		"     value_at_risk,reason,lost_cause,last_event_on,"
		"last_event",
		"crm-clv lost --customers customers.csv -t table "
		"transactions.csv",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	model_check(&o.ask);
	o.ask.verbose = o.common.verbose;
	if (!(o.late > 0))
		die_usage("--late is how many times the own rhythm, above 0");
	if (!(o.below >= 0) || o.below > 1)
		die_usage("--below is a probability, 0..1");
	/* with --params it is that of the horizon alone */
	o.ahead.unit = o.ask.unit;
	ahead_discount(&o.ahead, UNIT_WEEK);
	return run(&o, files, nfiles);
}
