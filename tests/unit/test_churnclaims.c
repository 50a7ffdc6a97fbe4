/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Own figures beside what the trade claims of churn. The limits are Wilson's
 * of 12 of 100, by R 4:
 *	p <- .12; z <- qnorm(.975); n <- 100
 *	(p + z^2/(2*n) + c(-1,1)*z*sqrt(p*(1-p)/n + z^2/(4*n^2))) / (1 + z^2/n)
 * and what the formulas of churnclaims.h make of them.
 */
#include <check.h>
#include <math.h>

#include "model/churnclaims.h"

#define NEAR 1e-11 /* relative; the figures have 15 digits */

static const struct churn year = { .opening = 100, .fresh = 9, .lost = 12,
				   .income = 40000, .existing = 36000 };

static void check_near(double value, double want)
{
	if (isnan(want))
		ck_assert(isnan(value));
	else
		ck_assert_double_eq_tol(value, want, NEAR * fabs(want));
}

static struct churnclaims_own own_of(const char *measure,
				     const struct churn *c)
{
	struct churnclaims_own own;

	ck_assert(churnclaims_own(text_of(measure), c, 5.25, &own));
	return own;
}

static const struct {
	const char *measure;
	double value, low, high;
} cases[] = {
	{ "churn_pct", 12, 6.99940643701949, 19.8120994267114 },
	{ "half_life_years", 5.42227097958022, 3.13928839479953,
	  9.55217759514592 },
	{ "points_pct", 71.4285714285714, 33.7561871275536, 250.074217398914 },
	{ "cost_ratio", 5.25, NAN, NAN },
	{ "existing_pct", 90, NAN, NAN },
};

START_TEST(each_measure_is_of_the_year)
{
	struct churnclaims_own own = own_of(cases[_i].measure, &year);

	check_near(own.value, cases[_i].value);
	check_near(own.low, cases[_i].low);
	check_near(own.high, cases[_i].high);
}
END_TEST

START_TEST(a_measure_of_another_name_is_none)
{
	struct churnclaims_own own;

	ck_assert(!churnclaims_own(TEXT("return_pct"), &year, 1, &own));
	ck_assert(!churnclaims_own(TEXT(""), &year, 1, &own));
	ck_assert(isnan(own.value) && isnan(own.low) && isnan(own.high));
}
END_TEST

START_TEST(without_customers_nothing_is_known)
{
	const struct churn nobody = { .income = 500 };

	for (size_t i = 0; i < 3; i++)
		ck_assert(!isfinite(own_of(cases[i].measure, &nobody).value));
	ck_assert(isnan(own_of("existing_pct", &nobody).value));
}
END_TEST

/* A share of no income, or of one that was paid back, is none. */
START_TEST(without_income_no_share_of_it)
{
	struct churn c = year;

	c.income = 0;
	ck_assert(isnan(own_of("existing_pct", &c).value));
	c.income = -1;
	ck_assert(isnan(own_of("existing_pct", &c).value));
}
END_TEST

/* Five points fewer cannot leave where four of a hundred do; of one that may
 * lie on either side there are no limits. */
START_TEST(five_points_fewer_than_four)
{
	struct churn c = year;
	struct churnclaims_own own;

	c.lost = 4;
	own = own_of("points_pct", &c);
	ck_assert(isnan(own.value) && isnan(own.low) && isnan(own.high));
	c.lost = 8;
	own = own_of("points_pct", &c);
	check_near(own.value, 100 * (.08 / .03 - 1));
	ck_assert(isnan(own.low) && isnan(own.high));
}
END_TEST

/* Nobody left: half of them never go. */
START_TEST(a_year_that_nobody_left_in)
{
	struct churn c = year;
	struct churnclaims_own own;

	c.lost = 0;
	own = own_of("half_life_years", &c);
	ck_assert(isinf(own.value) && own.value > 0);
	ck_assert(isnan(own.low) && isnan(own.high));
	ck_assert(own_of("churn_pct", &c).value == 0);
	ck_assert(own_of("churn_pct", &c).high > 3);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("churnclaims");
	TCase *tc = tcase_create("churnclaims");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, each_measure_is_of_the_year, 0,
			    sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, a_measure_of_another_name_is_none);
	tcase_add_test(tc, without_customers_nothing_is_known);
	tcase_add_test(tc, without_income_no_share_of_it);
	tcase_add_test(tc, five_points_fewer_than_four);
	tcase_add_test(tc, a_year_that_nobody_left_in);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
