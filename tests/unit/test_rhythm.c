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
	tcase_add_test(t, k_of_drawn_gaps_is_found);
	tcase_add_test(t, too_little_says_nothing);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
