/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cohort triangle. */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "model/cohort.h"

const char *cohort_unit_name(enum cohort_unit unit)
{
	static const char *const names[] = {
		[COHORT_WEEK] = "week",
		[COHORT_MONTH] = "month",
		[COHORT_QUARTER] = "quarter",
		[COHORT_YEAR] = "year",
	};
	return names[unit];
}

static const int unit_months[] = {
	[COHORT_MONTH] = 1, [COHORT_QUARTER] = 3, [COHORT_YEAR] = 12,
};

/* Day 0 was a Thursday: the week of period 0 began three days before. */
enum { WEEK = 7, MONDAY = -3 };

static int32_t week_of(int32_t day)
{
	int32_t d = day - MONDAY;

	return d >= 0 ? d / WEEK : -((WEEK - 1 - d) / WEEK);
}

int32_t cohort_period(int32_t day, enum cohort_unit unit)
{
	if (unit == COHORT_WEEK)
		return week_of(day);
	struct civil c = day_civil(day);

	return (c.year * 12 + c.month - 1) / unit_months[unit];
}

int32_t cohort_period_start(int32_t period, enum cohort_unit unit)
{
	if (unit == COHORT_WEEK)
		return period * WEEK + MONDAY;
	int32_t month = period * unit_months[unit];

	return day_of((struct civil){ month / 12, month % 12 + 1, 1 });
}

static int by_day(const void *one, const void *other)
{
	const struct cohort_event *a = one, *b = other;

	return (a->day > b->day) - (a->day < b->day);
}

/* The events in order of customer and day; start[c] .. start[c + 1] are
 * those of customer c. */
static struct cohort_event *by_customer(const struct cohort_event *e, size_t n,
					size_t customers, size_t *start)
{
	struct cohort_event *sorted = mem_alloc(n, sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		start[e[i].customer + 1]++;
	for (size_t c = 0; c < customers; c++)
		start[c + 1] += start[c];
	for (size_t i = n; i-- > 0;)
		sorted[--start[e[i].customer + 1]] = e[i];
	/* The ends went down to the beginnings: put them back in their place */
	for (size_t c = 0; c < customers; c++)
		start[c] = start[c + 1];
	start[customers] = n;
	for (size_t c = 0; c < customers; c++) {
		size_t count = start[c + 1] - start[c];
		struct cohort_event *own = sorted + start[c];
		size_t i = 1;

		while (i < count && own[i - 1].day <= own[i].day)
			i++;
		if (i < count)
			qsort(own, count, sizeof(*own), by_day);
	}
	return sorted;
}

static const struct cohort_event *first_purchase(const struct cohort_event *e,
						 size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].purchase)
			return &e[i];
	return NULL;
}

/* One customer's events into the cells of his cohort. */
static void add_customer(struct cohort *cohort, const struct cohort_event *e,
			 size_t n, enum cohort_unit unit)
{
	int32_t last_day = DAY_NONE;
	int32_t last_period = INT32_MIN;

	for (size_t i = 0; i < n; i++) {
		int32_t period = cohort_period(e[i].day, unit);
		struct cohort_cell *cell =
			&cohort->cell[period > cohort->period
					      ? period - cohort->period
					      : 0];

		cell->value += e[i].fen;
		if (!e[i].purchase)
			continue;
		cell->purchases += e[i].day != last_day;
		cell->retained += period != last_period;
		last_day = e[i].day;
		last_period = period;
	}
}

/* The customers' events in order, and what each customer's begin with. */
struct log {
	struct cohort_event *event;
	size_t *start;
	size_t customers;
	enum cohort_unit unit;
};

static const struct cohort_event *first_of(const struct log *log, size_t c)
{
	return first_purchase(log->event + log->start[c],
			      log->start[c + 1] - log->start[c]);
}

/* The earliest first purchase of all; `last` when there is none. */
static int32_t earliest(const struct log *log, int32_t last)
{
	for (size_t c = 0; c < log->customers; c++) {
		const struct cohort_event *first = first_of(log, c);

		if (first && first->day < last)
			last = first->day;
	}
	return last;
}

/* Cohorts from period `from` to `to`, with cells where there are customers:
 * a wrong date long ago must not cost a triangle of centuries. */
static void make_cohorts(struct cohorts *c, const struct log *log,
			 int32_t from, int32_t to)
{
	size_t cells = 0;

	c->n = (size_t)(to - from) + 1;
	c->at = mem_zalloc(c->n, sizeof(*c->at));
	for (size_t i = 0; i < log->customers; i++) {
		const struct cohort_event *first = first_of(log, i);

		if (first)
			c->at[cohort_period(first->day, log->unit) - from]
				.customers++;
	}
	for (size_t i = 0; i < c->n; i++)
		cells += c->at[i].customers ? c->n - i : 0;
	struct cohort_cell *cell = c->cells = mem_zalloc(cells, sizeof(*cell));

	for (size_t i = 0; i < c->n; i++) {
		c->at[i].period = from + (int32_t)i;
		c->at[i].periods = c->n - i;
		c->at[i].cell = cell;
		cell += c->at[i].customers ? c->n - i : 0;
	}
}

static void drop_empty(struct cohorts *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].customers > 0)
			c->at[n++] = c->at[i];
	c->n = n;
}

static void add_stranger(struct cohorts *c, const struct cohort_event *e,
			 size_t n)
{
	c->strangers += n > 0;
	for (size_t i = 0; i < n; i++)
		c->strangers_value += e[i].fen;
}

struct cohorts cohorts_of(const struct cohort_event *events, size_t n,
			  size_t customers, int32_t last_day,
			  enum cohort_unit unit)
{
	struct cohorts c = { 0 };
	struct log log = { .customers = customers, .unit = unit };

	if (n == 0)
		return c;
	log.start = mem_zalloc(customers + 1, sizeof(*log.start));
	log.event = by_customer(events, n, customers, log.start);
	int32_t from = cohort_period(earliest(&log, last_day), unit);

	make_cohorts(&c, &log, from, cohort_period(last_day, unit));
	for (size_t i = 0; i < customers; i++) {
		const struct cohort_event *first = first_of(&log, i);
		const struct cohort_event *own = log.event + log.start[i];
		size_t count = log.start[i + 1] - log.start[i];

		if (first)
			add_customer(&c.at[cohort_period(first->day, unit) -
					   from],
				     own, count, unit);
		else
			add_stranger(&c, own, count);
	}
	drop_empty(&c);
	free(log.event);
	free(log.start);
	return c;
}

void cohorts_release(struct cohorts *c)
{
	free(c->at);
	free(c->cells);
	*c = (struct cohorts){ 0 };
}
