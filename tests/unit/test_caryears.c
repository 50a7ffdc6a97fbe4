/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Car-years by hand. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "model/caryears.h"

static const struct bands years = { { 1, 2, 3 }, 3 };

static int32_t on(int year, int month, int day)
{
	return day_of((struct civil){ year, month, day });
}

static void assert_band(const struct caryears *b, int64_t cars, int64_t n,
			int64_t served, int64_t visits)
{
	ck_assert_int_eq(b->cars, cars);
	ck_assert_int_eq(b->years, n);
	ck_assert_int_eq(b->served, served);
	ck_assert_int_eq(b->visits, visits);
}

START_TEST(years_end_on_the_anniversary)
{
	const int32_t came[] = { on(2019, 12, 31), on(2020, 12, 31),
				 on(2021, 1, 1), on(2021, 6, 1),
				 on(2024, 3, 1), on(2025, 5, 5) };
	struct caryears b[4] = { { 0 } };

	/* five whole years and some months; a visit before the sale */
	ck_assert_int_eq(caryears_add(&years, on(2020, 1, 1), on(2025, 6, 30),
				      came, NELEMS(came), b), 1);
	assert_band(&b[0], 1, 1, 1, 1);
	assert_band(&b[1], 1, 1, 1, 2);
	assert_band(&b[2], 1, 1, 0, 0);
	assert_band(&b[3], 1, 2, 1, 1);
}
END_TEST

START_TEST(a_year_that_is_not_over_does_not_count)
{
	const int32_t came[] = { on(2024, 2, 27) };
	struct caryears b[4] = { { 0 } };

	ck_assert_int_eq(caryears_add(&years, on(2023, 2, 28),
				      on(2024, 2, 26), came, 1, b), 1);
	assert_band(&b[0], 0, 0, 0, 0);
	ck_assert_int_eq(caryears_add(&years, on(2023, 2, 28),
				      on(2024, 2, 27), came, 1, b), 0);
	assert_band(&b[0], 1, 1, 1, 1);
}
END_TEST

START_TEST(a_leap_day_has_its_anniversaries)
{
	const int32_t came[] = { on(2021, 2, 27), on(2021, 2, 28) };
	struct caryears b[4] = { { 0 } };

	caryears_add(&years, on(2020, 2, 29), on(2022, 2, 27), came, 2, b);
	assert_band(&b[0], 1, 1, 1, 1);
	assert_band(&b[1], 1, 1, 1, 1);
}
END_TEST

START_TEST(a_car_that_never_came_is_there)
{
	struct caryears b[4] = { { 0 } };

	ck_assert_int_eq(caryears_add(&years, on(2020, 1, 1), on(2021, 1, 1),
				      NULL, 0, b), 0);
	assert_band(&b[0], 1, 1, 0, 0);
	/* sold after the end */
	caryears_add(&years, on(2022, 1, 1), on(2021, 1, 1), NULL, 0, b);
	assert_band(&b[0], 1, 1, 0, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("caryears");
	TCase *t = tcase_create("all");

	tcase_add_test(t, years_end_on_the_anniversary);
	tcase_add_test(t, a_year_that_is_not_over_does_not_count);
	tcase_add_test(t, a_leap_day_has_its_anniversaries);
	tcase_add_test(t, a_car_that_never_came_is_there);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
