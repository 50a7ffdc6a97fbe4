/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control chart, reckoned by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/control.h"

static struct control_point next(struct control *c, uint64_t promoters,
				 uint64_t passives, uint64_t detractors)
{
	const struct nps_counts counts = { promoters, passives, detractors };

	return control_next(c, &counts);
}

START_TEST(limits_are_of_the_periods_before)
{
	struct control c = { 0 };
	struct control_point p = next(&c, 50, 30, 20);
	double sigma;

	ck_assert(isnan(p.centre));
	ck_assert_int_eq(p.alert, CONTROL_NONE);
	ck_assert(isnan(next(&c, 25, 15, 10).centre));
	/* 150 answers, score 30; within: 100 (.7 - .3^2) + 50 (.7 - .3^2) =
	 * 91.5, of 148 */
	sigma = sqrt(91.5 / 148);
	p = next(&c, 10, 5, 10);
	ck_assert_uint_eq(p.base, 150);
	ck_assert_double_eq(p.nps, 0);
	ck_assert(fabs(p.centre - 30) < 1e-12);
	ck_assert(fabs(p.low - (30 - 300 * sigma / 5)) < 1e-9);
	ck_assert(fabs(p.high - (30 + 300 * sigma / 5)) < 1e-9);
	ck_assert_int_eq(p.alert, CONTROL_NONE);
	ck_assert_int_eq(next(&c, 20, 10, 70).alert, CONTROL_LOW);
	ck_assert_int_eq(next(&c, 95, 5, 0).alert, CONTROL_HIGH);
}
END_TEST

START_TEST(eight_on_one_side_are_a_run)
{
	struct control c = { 0 };

	next(&c, 50, 0, 50);
	next(&c, 50, 0, 50);
	for (int i = 1; i < CONTROL_RUN; i++)
		ck_assert_int_eq(next(&c, 52, 0, 48).alert, CONTROL_NONE);
	ck_assert_int_eq(next(&c, 52, 0, 48).alert, CONTROL_RUN_HIGH);
	ck_assert_int_eq(next(&c, 45, 0, 55).alert, CONTROL_NONE);
	ck_assert_int_eq(c.run, -1);
}
END_TEST

/* All alike so far: anything else stands out. */
START_TEST(no_spread)
{
	struct control c = { 0 };

	next(&c, 20, 0, 0);
	next(&c, 20, 0, 0);
	ck_assert_int_eq(next(&c, 20, 0, 0).alert, CONTROL_NONE);
	ck_assert_int_eq(next(&c, 19, 1, 0).alert, CONTROL_LOW);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("control");
	TCase *tc = tcase_create("control");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, limits_are_of_the_periods_before);
	tcase_add_test(tc, eight_on_one_side_are_a_run);
	tcase_add_test(tc, no_spread);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
