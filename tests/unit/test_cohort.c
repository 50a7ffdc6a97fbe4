/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cohort triangle, by hand and against a slow count. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "model/cohort.h"

static int32_t day(int year, int month, int d)
{
	return day_of((struct civil){ year, month, d });
}

static const enum cohort_unit units[] = { COHORT_WEEK, COHORT_MONTH,
					  COHORT_QUARTER, COHORT_YEAR };

START_TEST(periods_are_those_of_the_calendar)
{
	enum cohort_unit unit = units[_i];

	/* 800 days from the year 1, from 1968 and from 2023 on */
	static const int32_t from[] = { DAY_MIN, -400, 19700 };

	for (size_t k = 0; k < NELEMS(from); k++) {
		for (int32_t d = from[k]; d < from[k] + 800; d++) {
			int32_t p = cohort_period(d, unit);
			char label[DAY_BYTES], start[DAY_BYTES];

			ck_assert_int_le(cohort_period_start(p, unit), d);
			ck_assert_int_gt(cohort_period_start(p + 1, unit), d);
			if (cohort_period_start(p, unit) < DAY_MIN)
				continue;	/* a week that began before */
			/* same label as day_label() has for it */
			size_t n = day_label(d, cohort_unit_name(unit), label);
			size_t m = day_label(cohort_period_start(p, unit),
					     cohort_unit_name(unit), start);

			ck_assert(text_eq((struct text){ label, n },
					  (struct text){ start, m }));
		}
	}
}
END_TEST

/*
 * Customer 0: January, twice in March. 1: January, refund in February. 2:
 * February, twice on a day. 3: refund in January, purchase in February. 4: a
 * refund and nothing else.
 */
static struct cohort_event *sample(size_t *n)
{
	const struct cohort_event events[] = {
		{ 0, day(2025, 3, 9), 300, true },
		{ 2, day(2025, 2, 1), 50, true },
		{ 0, day(2025, 1, 31), 100, true },
		{ 1, day(2025, 1, 1), 1000, true },
		{ 1, day(2025, 2, 3), -400, false },
		{ 4, day(2025, 2, 9), -70, false },
		{ 2, day(2025, 2, 1), 50, true },
		{ 0, day(2025, 3, 1), 200, true },
		{ 3, day(2025, 1, 9), -5, false },
		{ 3, day(2025, 2, 9), 25, true },
	};
	struct cohort_event *copy = mem_alloc(NELEMS(events), sizeof(*copy));

	for (size_t i = 0; i < NELEMS(events); i++)
		copy[i] = events[i];
	*n = NELEMS(events);
	return copy;
}

static void assert_cell(const struct cohort *c, size_t i, int64_t retained,
			int64_t purchases, int64_t fen)
{
	ck_assert_uint_lt(i, c->periods);
	ck_assert_int_eq(c->cell[i].retained, retained);
	ck_assert_int_eq(c->cell[i].purchases, purchases);
	ck_assert_int_eq((int64_t)c->cell[i].value, fen);
}

START_TEST(triangle_is_as_counted_by_hand)
{
	size_t n;
	struct cohort_event *e = sample(&n);
	struct cohorts c = cohorts_of(e, n, 5, day(2025, 3, 20),
				      COHORT_MONTH);

	ck_assert_uint_eq(c.n, 2);
	ck_assert_int_eq(c.at[0].period, cohort_period(day(2025, 1, 1),
						       COHORT_MONTH));
	ck_assert_int_eq(c.at[0].customers, 2);
	ck_assert_uint_eq(c.at[0].periods, 3);
	assert_cell(&c.at[0], 0, 2, 2, 1100);
	assert_cell(&c.at[0], 1, 0, 0, -400);
	assert_cell(&c.at[0], 2, 1, 2, 500);
	ck_assert_int_eq(c.at[1].customers, 2);
	ck_assert_uint_eq(c.at[1].periods, 2);
	/* a day counts once; what was before the first purchase belongs to
	 * the first period */
	assert_cell(&c.at[1], 0, 2, 2, 120);
	assert_cell(&c.at[1], 1, 0, 0, 0);
	ck_assert_int_eq(c.strangers, 1);
	ck_assert_int_eq((int64_t)c.strangers_value, -70);
	cohorts_release(&c);
	free(e);
}
END_TEST

START_TEST(nothing_is_known_after_the_last_day)
{
	size_t n;
	struct cohort_event *e = sample(&n);
	struct cohorts c = cohorts_of(e, n, 5, day(2026, 1, 1), COHORT_YEAR);

	ck_assert_uint_eq(c.n, 1);
	ck_assert_uint_eq(c.at[0].periods, 2);
	assert_cell(&c.at[0], 0, 4, 6, 1320);
	assert_cell(&c.at[0], 1, 0, 0, 0);
	cohorts_release(&c);
	free(e);
}
END_TEST

START_TEST(no_rows_give_no_cohorts)
{
	struct cohorts c = cohorts_of(NULL, 0, 0, DAY_NONE, COHORT_MONTH);

	ck_assert_uint_eq(c.n, 0);
	cohorts_release(&c);
}
END_TEST

START_TEST(refunds_alone_make_no_cohort)
{
	const struct cohort_event e = { 0, 100, -5, false };
	struct cohorts c = cohorts_of(&e, 1, 1, 100, COHORT_WEEK);

	ck_assert_uint_eq(c.n, 0);
	ck_assert_int_eq(c.strangers, 1);
	cohorts_release(&c);
}
END_TEST

/* ---- property: everything of the log is somewhere, once ------------------ */

enum { CUSTOMERS = 40, EVENTS = 600, DAYS = 900 };

static uint32_t state;

static uint32_t next(uint32_t below)
{
	state = state * 1664525 + 1013904223;	/* Numerical Recipes */
	return (state >> 8) % below;
}

/* Distinct (customer, period or day) pairs of purchases. */
static int64_t distinct(const struct cohort_event *e, enum cohort_unit unit,
			bool by_day)
{
	int64_t count = 0;

	for (size_t i = 0; i < EVENTS; i++) {
		bool seen = !e[i].purchase;

		for (size_t k = 0; k < i && !seen; k++)
			seen = e[k].purchase &&
			       e[k].customer == e[i].customer &&
			       (by_day ? e[k].day == e[i].day :
					 cohort_period(e[k].day, unit) ==
						 cohort_period(e[i].day,
							       unit));
		count += !seen;
	}
	return count;
}

START_TEST(counts_and_money_reconcile_to_the_log)
{
	struct cohort_event e[EVENTS];
	money_wide total = 0, value = 0;
	int64_t customers = 0, retained = 0, purchases = 0;
	enum cohort_unit unit = units[_i % 4];

	state = (uint32_t)_i;
	for (size_t i = 0; i < EVENTS; i++) {
		bool refund = next(5) == 0;

		/* the first events make every number occur */
		e[i].customer = i < CUSTOMERS ? (uint32_t)i : next(CUSTOMERS);
		e[i].day = 19000 + (int32_t)next(DAYS);
		e[i].purchase = !refund;
		e[i].fen = refund ? -(int64_t)next(9999) : next(99999);
		total += e[i].fen;
	}
	struct cohorts c = cohorts_of(e, EVENTS, CUSTOMERS, 19000 + DAYS,
				      unit);

	for (size_t i = 0; i < c.n; i++) {
		customers += c.at[i].customers;
		/* all bought in the first period, none more than all later */
		ck_assert_int_eq(c.at[i].cell[0].retained,
				 c.at[i].customers);
		for (size_t k = 0; k < c.at[i].periods; k++) {
			const struct cohort_cell *cell = &c.at[i].cell[k];

			ck_assert_int_le(cell->retained, c.at[i].customers);
			ck_assert_int_le(cell->retained, cell->purchases);
			retained += cell->retained;
			purchases += cell->purchases;
			value += cell->value;
		}
	}
	ck_assert_int_eq(customers + c.strangers, CUSTOMERS);
	ck_assert(value + c.strangers_value == total);
	ck_assert_int_eq(purchases, distinct(e, unit, true));
	ck_assert_int_eq(retained, distinct(e, unit, false));
	cohorts_release(&c);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("cohort");
	TCase *t = tcase_create("cohort");

	tcase_add_loop_test(t, periods_are_those_of_the_calendar, 0,
			    NELEMS(units));
	tcase_add_test(t, triangle_is_as_counted_by_hand);
	tcase_add_test(t, nothing_is_known_after_the_last_day);
	tcase_add_test(t, no_rows_give_no_cohorts);
	tcase_add_test(t, refunds_alone_make_no_cohort);
	tcase_add_loop_test(t, counts_and_money_reconcile_to_the_log, 0, 24);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
