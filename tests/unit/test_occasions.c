/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purchase days as occasions. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "model/occasions.h"

static int32_t day(int year, int month, int of_month)
{
	return day_of((struct civil){ year, month, of_month });
}

static void assert_occasions(struct occasions o, int x, int t_x, int T,
			     int later)
{
	ck_assert_int_eq(o.x, x);
	ck_assert_int_eq(o.t_x, t_x);
	ck_assert_int_eq(o.T, T);
	ck_assert_int_eq(o.later, later);
}

START_TEST(years_with_a_purchase_are_counted_once)
{
	const int32_t bought[] = { day(1995, 12, 31), day(1996, 1, 1),
				   day(1996, 6, 1),   day(1999, 2, 28),
				   day(2001, 1, 1),   day(2001, 12, 31) };

	assert_occasions(occasions_of(bought, 6, day(2001, 12, 31), UNIT_YEAR),
			 3, 6, 6, 0);
	assert_occasions(occasions_of(bought, 6, day(1998, 3, 1), UNIT_YEAR),
			 1, 1, 3, 2);
	assert_occasions(occasions_of(bought, 1, day(1995, 12, 31), UNIT_YEAR),
			 0, 0, 0, 0);
}
END_TEST

START_TEST(each_unit_has_its_calendar)
{
	/* a Sunday, the Monday after, and the first of the next month */
	const int32_t bought[] = { day(2024, 4, 28), day(2024, 4, 29),
				   day(2024, 5, 1) };
	int32_t end = day(2024, 5, 31);

	assert_occasions(occasions_of(bought, 3, end, UNIT_DAY), 2, 3, 33, 0);
	assert_occasions(occasions_of(bought, 3, end, UNIT_WEEK), 1, 1, 5, 0);
	assert_occasions(occasions_of(bought, 3, end, UNIT_MONTH), 1, 1, 1,
			 0);
}
END_TEST

START_TEST(what_comes_after_the_end_is_not_known)
{
	const int32_t bought[] = { day(2024, 1, 5), day(2024, 3, 1),
				   day(2024, 3, 20), day(2024, 3, 21) };

	assert_occasions(occasions_of(bought, 4, day(2024, 3, 19), UNIT_MONTH),
			 1, 2, 2, 1);
	assert_occasions(occasions_of(bought, 1, day(2024, 1, 5), UNIT_MONTH),
			 0, 0, 0, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("occasions");
	TCase *t = tcase_create("all");

	tcase_add_test(t, years_with_a_purchase_are_counted_once);
	tcase_add_test(t, each_unit_has_its_calendar);
	tcase_add_test(t, what_comes_after_the_end_is_not_known);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
