/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints by period, repetition, and who comes back. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/casetrend.h"
#include "model/comeback.h"

static int32_t day(int year, int month, int d)
{
	return day_of((struct civil){ year, month, d });
}

static void mark(struct casetrend *t, uint32_t group, int32_t at,
		 enum casetrend_kind kind)
{
	casetrend_add(t, group, at, kind);
}

/* Opened in January 3, closed in January 1 and in March 2, one of these
 * reopened in March: open 2, 2, 1. */
START_TEST(what_is_open_is_carried_on)
{
	struct casetrend t = { .n = 0 }, part = { .n = 0 };
	int32_t first = cohort_period(day(2025, 1, 1), COHORT_MONTH);
	const uint32_t to[] = { 1, 0, CASETREND_NOWHERE };
	struct casetrend_row *row;

	mark(&t, 0, day(2025, 3, 5), CASETREND_CLOSED);
	mark(&t, 0, day(2025, 3, 31), CASETREND_REOPENED);
	mark(&t, 0, day(2025, 1, 1), CASETREND_OPENED);
	mark(&part, 0, day(2025, 1, 31), CASETREND_OPENED);
	mark(&part, 0, day(2025, 1, 31), CASETREND_CLOSED);
	mark(&part, 0, day(2025, 1, 9), CASETREND_OPENED);
	mark(&part, 0, day(2025, 3, 9), CASETREND_CLOSED);
	mark(&part, 1, day(2024, 12, 31), CASETREND_OPENED);
	mark(&part, 2, day(2025, 2, 1), CASETREND_OPENED);
	casetrend_join(&t, &part);
	casetrend_regroup(&t, to);
	row = casetrend_finish(&t, 2, first, first + 2, COHORT_MONTH) + 3;
	ck_assert_uint_eq(row[0].count[CASETREND_OPENED], 3);
	ck_assert_uint_eq(row[0].count[CASETREND_CLOSED], 1);
	ck_assert_int_eq(row[0].open, 2);
	ck_assert_uint_eq(row[1].count[CASETREND_OPENED], 0);
	ck_assert_int_eq(row[1].open, 2);
	ck_assert_uint_eq(row[2].count[CASETREND_CLOSED], 2);
	ck_assert_uint_eq(row[2].count[CASETREND_REOPENED], 1);
	ck_assert_int_eq(row[2].open, 1);
	/* What was before is open, and counted in no period. */
	row -= 3;
	for (size_t i = 0; i < 3; i++) {
		ck_assert_uint_eq(row[i].count[CASETREND_OPENED], 0);
		ck_assert_int_eq(row[i].open, 1);
	}
	free(row);
	casetrend_release(&t);
	casetrend_release(&part);
}
END_TEST

/* R 4: poisson.test(c(30, 12), c(1000, 1000))$p.value; 30/1000 is 150 % more
 * than 12/1000. */
START_TEST(a_change_says_whether_it_is_noise)
{
	struct casetrend_rate a = { 30, 1000 }, b = { 12, 1000 };
	struct casetrend_rate none = { 0, 0 }, zero = { 0, 500 };
	struct casetrend_change c = casetrend_compare(a, b);

	ck_assert_double_le(fabs(c.pct - 150), 1e-12);
	ck_assert_double_le(fabs(c.p - 0.00791589733489674), 1e-14);
	c = casetrend_compare(a, none);
	ck_assert(isnan(c.pct) && isnan(c.p));
	c = casetrend_compare(a, zero);
	ck_assert(isnan(c.pct));
	ck_assert(c.p < 1e-4);
	c = casetrend_compare(zero, zero);
	ck_assert(isnan(c.pct));
	ck_assert_double_eq(c.p, 1);
}
END_TEST

START_TEST(a_period_has_its_days)
{
	int32_t feb = cohort_period(day(2024, 2, 10), COHORT_MONTH);

	const struct {
		int32_t since, until;
		int days;
	} spans[] = {
		{ day(2023, 5, 1), day(2025, 1, 1), 29 },
		{ day(2023, 5, 1), day(2024, 2, 10), 10 },
		{ day(2023, 5, 1), day(2024, 1, 31), 0 },
		{ day(2024, 2, 1), day(2024, 2, 29), 29 },
		{ day(2024, 2, 20), day(2025, 1, 1), 10 },
		{ day(2024, 2, 20), day(2024, 2, 20), 1 },
		{ day(2024, 3, 1), day(2025, 1, 1), 0 },
	};

	for (size_t i = 0; i < NELEMS(spans); i++)
		ck_assert_int_eq(casetrend_days(feb, COHORT_MONTH,
						spans[i].since,
						spans[i].until),
				 spans[i].days);
}
END_TEST

START_TEST(a_repetition_is_one_within_the_months)
{
	struct casetrend_opening o[] = {
		{ 1, 0, 900, day(2025, 9, 1), false },
		{ 0, 1, 200, day(2024, 9, 2), false },
		{ 0, 2, 100, day(2024, 2, 29), false },
		{ 0, 3, 300, day(2025, 9, 3), false },
		{ 0, 4, 300, day(2025, 9, 3), false },
	};

	casetrend_repeated(o, NELEMS(o), 12);
	ck_assert_uint_eq(o[0].who, 2);
	ck_assert(!o[0].repeated);
	ck_assert_uint_eq(o[1].who, 1);
	ck_assert(o[1].repeated);
	/* A day more than 12 months later. */
	ck_assert_uint_eq(o[2].who, 3);
	ck_assert(!o[2].repeated);
	ck_assert(o[3].repeated);
	ck_assert(!o[4].repeated);
}
END_TEST

START_TEST(windows_lie_round_the_action)
{
	struct casetrend_windows w =
		casetrend_windows(day(2025, 3, 31), day(2025, 4, 10), 1,
				  day(2025, 4, 30));

	ck_assert_int_eq(w.before.first, day(2025, 2, 28));
	ck_assert_int_eq(w.before.last, day(2025, 3, 30));
	ck_assert_int_eq(w.after.first, day(2025, 4, 11));
	ck_assert_int_eq(w.after.last, day(2025, 4, 30));
	w = casetrend_windows(day(2025, 3, 31), day(2025, 4, 10), 1,
			      day(2025, 4, 10));
	ck_assert_int_gt(w.after.first, w.after.last);
}
END_TEST

START_TEST(who_comes_back_is_counted_when_the_time_is_over)
{
	struct comeback_visit v[] = {
		{ 2, day(2025, 5, 1) },  { 0, day(2025, 3, 1) },
		{ 0, day(2025, 1, 10) }, { 1, day(2025, 8, 1) },
		{ 0, day(2025, 1, 2) },
	};
	struct comeback_counts c = { 0 };
	int32_t last = day(2025, 8, 1);

	comeback_sort(v, NELEMS(v));
	/* Only on the very day, and after the time. */
	comeback_count(&c, v, NELEMS(v),
		       (struct comeback_visit){ 0, day(2025, 1, 10) }, 1, last);
	ck_assert_uint_eq(c.n, 1);
	ck_assert_uint_eq(c.back, 0);
	/* On the last day of it. */
	comeback_count(&c, v, NELEMS(v),
		       (struct comeback_visit){ 0, day(2025, 2, 1) }, 1, last);
	ck_assert_uint_eq(c.back, 1);
	/* The next customer's visit is not his. */
	comeback_count(&c, v, NELEMS(v),
		       (struct comeback_visit){ 0, day(2025, 4, 1) }, 1, last);
	comeback_count(&c, v, NELEMS(v),
		       (struct comeback_visit){ 7, day(2025, 4, 1) }, 1, last);
	ck_assert_uint_eq(c.n, 4);
	ck_assert_uint_eq(c.back, 1);
	/* Came back, but the time is not over. */
	comeback_count(&c, v, NELEMS(v),
		       (struct comeback_visit){ 1, day(2025, 7, 30) }, 1, last);
	ck_assert_uint_eq(c.n, 4);
	ck_assert_uint_eq(c.early, 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("casetrend");
	TCase *tc = tcase_create("casetrend");
	SRunner *sr;
	int failed;

	tcase_add_test(tc, what_is_open_is_carried_on);
	tcase_add_test(tc, a_change_says_whether_it_is_noise);
	tcase_add_test(tc, a_period_has_its_days);
	tcase_add_test(tc, a_repetition_is_one_within_the_months);
	tcase_add_test(tc, windows_lie_round_the_action);
	tcase_add_test(tc, who_comes_back_is_counted_when_the_time_is_over);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
