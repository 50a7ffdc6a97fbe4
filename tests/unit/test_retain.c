/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms of customer value against the worked examples. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/retain.h"
#include "model/sbg.h"

static void assert_near(double got, double want, double absolute)
{
	ck_assert_msg(fabs(got - want) <= absolute, "%.12g, expected %.12g",
		      got, want);
}

/* The card company of the lecture: 100 a year, 75 to win a customer, a tenth
 * leaves each year; a programme of 20 makes it a twentieth. */
static const struct retain_case card = {
	.before = { 0.1, 0 },
	.after = { 0.05, 0 },
	.margin = 100,
	.acquisition = 75,
	.programme = 20,
	.periods = INFINITY,
};

START_TEST(card_company_is_as_in_the_lecture)
{
	struct retain_case c = card;
	struct retain_result r = retain_compare(&c);

	assert_near(r.stay_before, 10, 1e-12);
	assert_near(r.stay_after, 20, 1e-12);
	assert_near(r.before, 925, 1e-10);
	assert_near(r.after, 1905, 1e-10);
	c.yearly = true;
	assert_near(retain_compare(&c).after, 1525, 1e-10);
}
END_TEST

START_TEST(card_company_discounted_at_the_end_of_each_year)
{
	struct retain_case c = card;

	c.discount = 0.1;
	c.timing = RETAIN_END;
	assert_near(retain_compare(&c).before, 375, 1e-10);
	assert_near(retain_compare(&c).after, 538.333333, 1e-6);
	c.yearly = true;
	assert_near(retain_compare(&c).after, 431.666667, 1e-6);
}
END_TEST

/* Gupta & Lehmann (2003), table 1: r / (1 + i - r) */
START_TEST(margin_multiples_are_as_printed)
{
	static const double want[4][4] = {
		{ 1.2, 1.75, 2.666667, 4.5 },
		{ 1.153846, 1.666667, 2.5, 4.090909 },
		{ 1.111111, 1.590909, 2.352941, 3.75 },
		{ 1.071429, 1.521739, 2.222222, 3.461538 },
	};

	for (int row = 0; row < 4; row++)
		for (int col = 0; col < 4; col++) {
			struct retain_churn c = { 0.4 - 0.1 * col, 0 };
			double i = 0.10 + 0.02 * row;

			assert_near(retain_multiple(&c, i, RETAIN_END,
						    INFINITY),
				    want[row][col], 1e-6);
			/* the first margin at once is one more */
			assert_near(retain_multiple(&c, i, RETAIN_START,
						    INFINITY),
				    want[row][col] + 1, 1e-6);
		}
}
END_TEST

START_TEST(break_even_is_where_the_programme_just_pays)
{
	for (int yearly = 0; yearly <= 1; yearly++) {
		struct retain_case c = card;

		c.yearly = yearly;
		c.discount = 0.07;
		c.growth = 0.02;
		c.programme = retain_compare(&c).break_even;
		struct retain_result r = retain_compare(&c);

		assert_near(r.after, r.before, 1e-9 * r.before);
	}
}
END_TEST

START_TEST(a_horizon_is_a_sum_of_years)
{
	struct retain_churn c = { 0.2, 0 };
	double start = 0, end = 0;

	for (int t = 0; t < 7; t++) {
		start += pow(0.8 / 1.1, t);
		end += pow(0.8 / 1.1, t + 1);
	}
	assert_near(retain_multiple(&c, 0.1, RETAIN_START, 7), start, 1e-12);
	assert_near(retain_multiple(&c, 0.1, RETAIN_END, 7), end, 1e-12);
	c.rate = 0;
	assert_near(retain_multiple(&c, 0, RETAIN_START, 7), 7, 1e-12);
	ck_assert(isnan(retain_multiple(&c, 0, RETAIN_START, INFINITY)));
}
END_TEST

START_TEST(customers_who_differ_are_worth_more_than_their_mean)
{
	struct retain_churn alike = { 0.37, 0 }, differ = { 0.37, 0.3 };
	double p[2], value = retain_multiple(&differ, 0.1, RETAIN_START,
					     INFINITY);

	retain_sbg(&differ, p);
	assert_near(p[0] / (p[0] + p[1]), 0.37, 1e-14);
	assert_near(1 / (p[0] + p[1] + 1), 0.3, 1e-14);
	assert_near(value, sbg_residual(p, 0, 0.1), 1e-9);
	ck_assert_double_gt(value, retain_multiple(&alike, 0.1, RETAIN_START,
						   INFINITY));
	assert_near(retain_multiple(&differ, 0.1, RETAIN_END, INFINITY),
		    value - 1, 1e-9);
	/* hardly polarised: nearly the same */
	differ.polarisation = 1e-7;
	assert_near(retain_multiple(&differ, 0.1, RETAIN_START, INFINITY),
		    retain_multiple(&alike, 0.1, RETAIN_START, INFINITY),
		    1e-5);
}
END_TEST

START_TEST(mean_stay_of_those_who_differ_may_be_for_ever)
{
	const double finite[] = { 3, 6 };
	struct retain_churn c = { finite[0] / 9, 0.1 };
	double sum = 0;

	for (double t = 0; t < 100000; t++)
		sum += sbg_survival(finite, t);
	assert_near(retain_multiple(&c, 0, RETAIN_START, INFINITY), 4, 1e-12);
	assert_near(sum, 4, 1e-4);
	c = (struct retain_churn){ 0.2, 0.4 };	/* alpha = 0.3 */
	ck_assert(isnan(retain_multiple(&c, 0, RETAIN_START, INFINITY)));
	/* so slow a sum is not told by the part that was added */
	ck_assert(isnan(retain_multiple(&c, 1e-12, RETAIN_START, INFINITY)));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("retain");
	TCase *t = tcase_create("all");

	tcase_add_test(t, card_company_is_as_in_the_lecture);
	tcase_add_test(t, card_company_discounted_at_the_end_of_each_year);
	tcase_add_test(t, margin_multiples_are_as_printed);
	tcase_add_test(t, break_even_is_where_the_programme_just_pays);
	tcase_add_test(t, a_horizon_is_a_sum_of_years);
	tcase_add_test(t, customers_who_differ_are_worth_more_than_their_mean);
	tcase_add_test(t, mean_stay_of_those_who_differ_may_be_for_ever);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
