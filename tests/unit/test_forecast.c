/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of forecasts on numbers that can be checked by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/forecast.h"

static void assert_near(double got, double want)
{
	ck_assert_msg(fabs(got - want) <= 1e-12, "%.15g, expected %.15g", got,
		      want);
}

START_TEST(errors_are_as_by_hand)
{
	struct forecast f = { 0 };

	forecast_add(&f, 1, 2);
	forecast_add(&f, 3, 3);
	forecast_add(&f, 8, 4);
	assert_near(forecast_bias_pct(&f), -25);
	assert_near(forecast_mae(&f), 5.0 / 3);
	assert_near(forecast_rmse(&f), sqrt(17.0 / 3));
	/* R: cor(c(1, 3, 8), c(2, 3, 4)) */
	assert_near(forecast_correlation(&f), 0.97072534339415);
}
END_TEST

START_TEST(what_is_the_same_for_all_has_no_correlation)
{
	struct forecast f = { 0 };

	for (int i = 0; i < 1000; i++)
		forecast_add(&f, i % 7, 0.1);
	ck_assert(isnan(forecast_correlation(&f)));
	f = (struct forecast){ 0 };
	forecast_add(&f, 0, 0.5);
	ck_assert(isnan(forecast_bias_pct(&f)));
}
END_TEST

START_TEST(rules_of_thumb)
{
	const struct buyer b = { 4, 10, 20, 0 }, fresh = { 0, 0, 0, 0 };

	assert_near(forecast_by_rule(FORECAST_MEAN, &b, 0.3, 5, 10), 3);
	assert_near(forecast_by_rule(FORECAST_RATE, &b, 0.3, 5, 10), 2);
	assert_near(forecast_by_rule(FORECAST_HIATUS, &b, 0.3, 10, 10), 2);
	assert_near(forecast_by_rule(FORECAST_HIATUS, &b, 0.3, 9.9, 10), 0);
	assert_near(forecast_by_rule(FORECAST_RATE, &fresh, 0.3, 5, 10), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("forecast");
	TCase *t = tcase_create("all");

	tcase_add_test(t, errors_are_as_by_hand);
	tcase_add_test(t, what_is_the_same_for_all_has_no_correlation);
	tcase_add_test(t, rules_of_thumb);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
