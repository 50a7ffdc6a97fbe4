/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaps between purchases, drawn and by hand. */
#include <check.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/rhythm.h"

START_TEST(median_gap_is_the_middle_one)
{
	const int32_t day[] = { 3, 10, 12, 40, 45 };
	int32_t room[4];

	ck_assert_int_eq(rhythm_median(day, 5, room), 5);	/* 2 5 7 28 */
	ck_assert_int_eq(rhythm_median(day, 4, room), 7);
	ck_assert_int_eq(rhythm_median(day, 2, room), 7);
	ck_assert_int_eq(rhythm_median(day, 1, room), 0);
	ck_assert_int_eq(rhythm_median(day, 0, room), 0);
}
END_TEST

START_TEST(days_near_each_other_are_one_visit)
{
	const int32_t day[] = { 3, 4, 9, 10, 40, 47 };
	const struct buyer b = { .x = 5, .t_x = 44, .T = 100, .z = 60 };
	int32_t visit[NELEMS(day)];
	size_t n = rhythm_visits(day, NELEMS(day), 7, visit);

	ck_assert_uint_eq(n, 4);
	ck_assert_int_eq(visit[0], 3);
	ck_assert_int_eq(visit[1], 10);	/* a week after the first began */
	ck_assert_int_eq(visit[2], 40);
	ck_assert_int_eq(visit[3], 47);
	struct buyer by_visit = rhythm_buyer(&b, visit, n, 1);

	ck_assert_double_eq(by_visit.x, 3);
	ck_assert_double_eq(by_visit.t_x, 44);
	ck_assert_double_eq(by_visit.T, 100);
	ck_assert_double_eq_tol(by_visit.z, 90, 1e-12);
	ck_assert_uint_eq(rhythm_visits(day, NELEMS(day), 1, visit), 6);
}
END_TEST

START_TEST(a_burst_is_one_visit_and_no_rhythm)
{
	const int32_t day[] = { 100, 101, 102 };
	const struct buyer b = { .x = 2, .t_x = 2, .T = 90, .z = 60 };
	int32_t visit[NELEMS(day)];
	size_t n = rhythm_visits(day, NELEMS(day), 7, visit);
	struct buyer by_visit = rhythm_buyer(&b, visit, n, 1);

	ck_assert_uint_eq(n, 1);
	ck_assert(buyer_is_sound(&by_visit));
	ck_assert_double_eq(by_visit.x, 0);
	ck_assert_double_eq(by_visit.z, 0);
	ck_assert_int_eq(rhythm_of(0, 1, 80), 0);
}
END_TEST

START_TEST(a_single_gap_is_no_habit_of_haste)
{
	int32_t all[] = { 90, 10, 80, 400 };
	int32_t typical = rhythm_typical(all, NELEMS(all));

	ck_assert_int_eq(typical, 80);
	ck_assert_int_eq(rhythm_of(10, 2, typical), 80);
	ck_assert_int_eq(rhythm_of(400, 2, typical), 400);
	ck_assert_int_eq(rhythm_of(10, 3, typical), 10);
}
END_TEST

START_TEST(k_of_drawn_gaps_is_found)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, 7);
	for (int k = 1; k <= 5; k += 2) {
		struct rhythm_test t = { 0 };

		for (int i = 0; i < 40000; i++) {
			/* whole days: gaps of thousands of them */
			int32_t day[3] = { 0 };

			for (int g = 1; g < 3; g++)
				day[g] = day[g - 1] + 1 +
					 (int32_t)gsl_ran_gamma(rng, k, 1e5);
			rhythm_add(&t, day, 3);
		}
		/* its standard error is about 1.5 % of k + 1/2 here */
		ck_assert_double_le(fabs(rhythm_k(&t) - k), 0.1 * k);
	}
	gsl_rng_free(rng);
}
END_TEST

START_TEST(too_little_says_nothing)
{
	const int32_t even[] = { 0, 10, 20 }, two[] = { 0, 4 };
	struct rhythm_test t = { 0 };

	rhythm_add(&t, two, 2);
	ck_assert_double_eq(t.customers, 0);
	ck_assert(isnan(rhythm_k(&t)));
	rhythm_add(&t, even, 3);
	rhythm_add(&t, even, 3);
	ck_assert(isnan(rhythm_k(&t)));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("rhythm");
	TCase *t = tcase_create("all");

	tcase_add_test(t, median_gap_is_the_middle_one);
	tcase_add_test(t, days_near_each_other_are_one_visit);
	tcase_add_test(t, a_burst_is_one_visit_and_no_rhythm);
	tcase_add_test(t, a_single_gap_is_no_habit_of_haste);
	tcase_add_test(t, k_of_drawn_gaps_is_found);
	tcase_add_test(t, too_little_says_nothing);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
