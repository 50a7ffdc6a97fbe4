/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes again: cohorts, and the leaky bucket. */
#include "cmd/report/deals.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/report/trend.h"

#define COHORTS 12		/* rows of the heat map, the latest ones */
#define PERIODS 13		/* its columns at most */
#define BUCKET_ROWS 13

/* ---- cohorts ---- */

/* Months are too short for the trade: a car is seen twice a year. */
static enum cohort_unit cohort_unit_of(const struct build *b)
{
	if (b->unit == COHORT_YEAR)
		return COHORT_YEAR;
	return b->unit == COHORT_WEEK ? COHORT_MONTH : COHORT_QUARTER;
}

static const char *per_unit(enum cohort_unit unit, const char *month,
			    const char *quarter, const char *year)
{
	return unit == COHORT_MONTH   ? month :
	       unit == COHORT_QUARTER ? quarter :
					year;
}

/* The first `complete` periods of a cohort lie wholly before the end. */
static size_t complete(const struct cohort *c, enum cohort_unit unit,
		       int32_t as_of)
{
	size_t n = c->periods;

	while (n > 0 && cohort_period_start(c->period + (int32_t)n, unit) - 1 >
				as_of)
		n--;
	return n;
}

struct heat {
	struct series series[COHORTS];
	double value[COHORTS][PERIODS];
	size_t n, columns;
};

/* One row: what part of the cohort came in each period after its own. */
static void add_row(struct build *b, struct heat *h, const struct cohort *c,
		    enum cohort_unit unit, size_t periods)
{
	struct series *s = &h->series[h->n];
	double *value = h->value[h->n++];
	char label[DAY_BYTES];
	size_t n = day_label(cohort_period_start(c->period, unit),
			     cohort_unit_name(unit), label);
	struct buf customers = { 0 };

	value_show(&customers, value_count(c->customers));
	s->name = report_fmt(b->report, "%.*s · %s", (int)n, label,
			     customers.p);
	s->value = value;
	s->n = periods < PERIODS ? periods : PERIODS;
	for (size_t i = 0; i < s->n; i++)
		value[i] = value_size(value_share((int64_t)money_ratio(
			c->cell[i].retained, c->customers, 6)));
	if (s->n > h->columns)
		h->columns = s->n;
	buf_release(&customers);
}

/* How many of the latest cohorts with a whole period behind them came again
 * in the period after their first. */
static void name_retention(struct build *b, const struct cohorts *c,
			   enum cohort_unit unit)
{
	int64_t customers = 0, retained = 0;
	int latest = 0;

	for (size_t i = c->n; i-- > 0 && latest < 4;) {
		if (complete(&c->at[i], unit, b->as_of) < 2)
			continue;
		customers += c->at[i].customers;
		retained += c->at[i].cell[1].retained;
		latest++;
	}
	if (customers)
		build_name(b, "retention_next",
			   value_share((int64_t)money_ratio(retained,
							    customers, 6)));
}

static void draw_heat(struct build *b, struct section *s, struct heat *h,
		      enum cohort_unit unit)
{
	struct report *r = b->report;
	const char *label[PERIODS];
	struct chart c = {
		.kind = CHART_HEAT,
		.about = tr("A row for each group of customers by their first "
			    "purchase, a column for each period since; the "
			    "darker, the larger the part that bought again."),
		.axis = tr("first purchase · customers"),
		.label = label,
		.n = h->columns,
		.series = h->series,
		.nseries = h->n,
		.highlight = CHART_NONE,
		.compare = CHART_NONE,
	};

	c.title = per_unit(unit, tr("Retention by month of first purchase"),
			   tr("Retention by quarter of first purchase"),
			   tr("Retention by year of first purchase"));
	c.across = per_unit(unit, tr("months since the first purchase"),
			    tr("quarters since the first purchase"),
			    tr("years since the first purchase"));
	for (size_t i = 0; i < h->columns; i++)
		label[i] = report_fmt(r, "%zu", i);
	struct origin o = origin_of(b, TRANSACTIONS, NULL,
				    "crm-clv cohort --unit %s --as-of %s",
				    cohort_unit_name(unit),
				    origin_day(b, b->as_of));
	report_figure(r, s, c.title, &c, &o);
	report_note(r, s, "%s",
		    tr("Only periods that are complete are shown, and at most "
		       "the latest twelve groups. A purchase is one in the "
		       "calendar period, whatever it was for."));
}

static void write_cohorts(struct build *b, struct section *s, struct deals *d)
{
	enum cohort_unit unit = cohort_unit_of(b);
	struct cohorts c = cohorts_of(d->event, d->n,
				      group_count(d->customers), b->as_of,
				      unit);
	struct heat *h = mem_zalloc(1, sizeof(*h));
	size_t first = c.n;

	/* the latest cohorts that have come through a whole period */
	for (size_t found = 0; first > 0 && found < COHORTS; first--)
		found += complete(&c.at[first - 1], unit, b->as_of) > 0;
	for (size_t i = first; i < c.n; i++) {
		size_t periods = complete(&c.at[i], unit, b->as_of);
		if (periods)
			add_row(b, h, &c.at[i], unit, periods);
	}
	name_retention(b, &c, unit);
	if (h->columns > 1)
		draw_heat(b, s, h, unit);
	else
		report_absent(b->report, s, "%s",
			      tr("The data do not cover two whole periods yet: "
				 "retention cannot be told."));
	free(h);
	cohorts_release(&c);
}

/* ---- the bucket ---- */

static struct value churn_of(const struct churn *c)
{
	if (!c->opening)
		return value_none();
	return value_share((int64_t)money_ratio((money_wide)c->lost,
						(money_wide)c->opening, 6));
}

static const char *window(struct build *b)
{
	if (b->inactive_after == 12)
		return "";
	return report_fmt(b->report, " --inactive-after %lld",
			  (long long)b->inactive_after);
}

static const char *lost_words(struct build *b, const struct churn *c)
{
	struct buf lost = { 0 }, of = { 0 };
	const char *said;

	value_show(&lost, value_count((int64_t)c->lost));
	value_show(&of, value_count((int64_t)c->opening));
	said = report_fmt(b->report, tr("%s of %s customers lost"), lost.p,
			  of.p);
	buf_release(&lost);
	buf_release(&of);
	return said;
}

static void write_cards(struct build *b, const struct deals *d)
{
	/* in time's order, as churn_count() wants them */
	static const enum span order[SPANS] = { YEAR_BEFORE, BEFORE, NOW };
	struct day_range range[SPANS];
	struct churn c[SPANS];
	struct value fresh[SPANS], churn[SPANS];
	const char *period = origin_period(b, b->range[NOW]);

	for (int i = 0; i < SPANS; i++)
		range[i] = b->range[order[i]];
	churn_count(d->purchase, d->npurchases, range, SPANS,
		    (int)b->inactive_after, c);
	for (int i = 0; i < SPANS; i++) {
		bool known = order[i] == NOW ||
			     deals_cover(d, b->range[order[i]]);
		fresh[order[i]] = known ? value_count((int64_t)c[i].fresh) :
					  value_none();
		churn[order[i]] = known ? churn_of(&c[i]) : value_none();
	}
	struct origin o = origin_of(
		b, TRANSACTIONS, NULL, "crm-clv churn --unit %s%s %s --get new",
		cohort_unit_name(b->unit), window(b), period);
	build_card(b, "new_customers", tr("New customers"), fresh, 1, NULL,
		   &o);
	o = origin_of(b, TRANSACTIONS, NULL,
		      "crm-clv churn --unit %s%s %s --get churn",
		      cohort_unit_name(b->unit), window(b), period);
	build_card(b, "churn", tr("Churn in the period"), churn, -1,
		   lost_words(b, &c[SPANS - 1]), &o);
	build_name(b, "lost", value_count((int64_t)c[SPANS - 1].lost));
	build_name(b, "opening", value_count((int64_t)c[SPANS - 1].opening));
	build_name(b, "returned", value_count((int64_t)c[SPANS - 1].returned));
	build_name(b, "closing", value_count((int64_t)c[SPANS - 1].closing));
}

static void add_row_of(struct build *b, struct table *t, const char *label,
		       const struct churn *c)
{
	struct report *r = b->report;

	table_cell(r, t, value_text(label));
	table_cell(r, t, value_count((int64_t)c->opening));
	table_cell(r, t, value_count((int64_t)c->fresh));
	table_cell(r, t, value_count((int64_t)c->returned));
	table_cell(r, t, value_count((int64_t)c->lost));
	table_cell(r, t, value_count((int64_t)c->closing));
	table_cell(r, t, churn_of(c));
}

static struct day_range period_range(const struct build *b, int32_t period)
{
	struct day_range r = {
		cohort_period_start(period, b->unit),
		cohort_period_start(period + 1, b->unit) - 1,
	};

	if (r.last > b->range[NOW].last)
		r.last = b->range[NOW].last;
	return r;
}

static void write_bucket(struct build *b, struct section *s,
			 const struct deals *d)
{
	struct report *r = b->report;
	struct trend t = trend_of(b, d->first_day);
	size_t from = t.n > BUCKET_ROWS ? t.n - BUCKET_ROWS : 0;
	size_t n = t.n - from;
	struct day_range *range = mem_alloc(n, sizeof(*range));
	struct churn *c = mem_alloc(n, sizeof(*c));

	for (size_t i = 0; i < n; i++)
		range[i] = period_range(b, t.first + (int32_t)(from + i));
	churn_count(d->purchase, d->npurchases, range, n,
		    (int)b->inactive_after, c);
	struct origin o = origin_of(
		b, TRANSACTIONS, NULL,
		"crm-clv churn --unit %s%s --since %s --until %s",
		cohort_unit_name(b->unit), window(b),
		origin_day(b, range[0].first),
		origin_day(b, b->range[NOW].last));
	struct table *table = report_table(
		r, s, tr("Customers won and lost"), &o);
	table_column(r, table, "period", tr("Period"), VALUE_TEXT);
	table_column(r, table, "opening", tr("At the beginning"), VALUE_COUNT);
	table_column(r, table, "new", tr("New"), VALUE_COUNT);
	table_column(r, table, "returned", tr("Came back"), VALUE_COUNT);
	table_column(r, table, "lost", tr("Lost"), VALUE_COUNT);
	table_column(r, table, "closing", tr("At the end"), VALUE_COUNT);
	table_column(r, table, "churn", tr("Churn"), VALUE_SHARE);
	for (size_t i = 0; i < n; i++)
		add_row_of(b, table, t.label[from + i], &c[i]);
	if (trend_now(b, &t) != CHART_NONE)
		table->highlight = n - 1;
	report_note(r, s,
		    tr("A customer is lost when there was no purchase for %lld "
		       "months; beginning + new + came back - lost = end."),
		    (long long)b->inactive_after);
	free(range);
	free(c);
	trend_release(&t);
}

void retention_write(struct build *b, struct deals *d)
{
	struct section *s = report_section(b->report, REPORT_BODY, "retention",
					   tr("Retention and churn"));

	if (d->first_day == DAY_NONE || !d->npurchases) {
		report_absent(b->report, s, "%s",
			      tr("There is no purchase up to the end of the "
				 "period."));
		return;
	}
	if (b->single)
		write_cards(b, d);
	write_cohorts(b, s, d);
	write_bucket(b, s, d);
}
