/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which questions are held against the outcome. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/drivers.h"

static struct drivers *d;

static void setup(void)
{
	d = drivers_new(TEXT("outcome"));
}

static void teardown(void)
{
	drivers_free(d);
}

/* One response: outcome and two questions; NAN: not answered. */
static void respond(int number, double outcome, double a, double b)
{
	const double score[] = { outcome, a, b };
	const struct text question[] = { TEXT("outcome"), TEXT("a"),
					 TEXT("b") };
	char id[8];
	size_t n = text_putf(id, sizeof(id), "R%d", number);

	for (size_t i = 0; i < 3; i++)
		if (!isnan(score[i]))
			drivers_add(d, (struct text){ id, n }, question[i],
				    score[i], 0);
}

static struct driver driver_of(const char *question)
{
	for (size_t i = 0; i < drivers_count(d); i++)
		if (text_is(drivers_driver(d, i).question, question))
			return drivers_driver(d, i);
	ck_abort_msg("no question %s", question);
}

/* What differs only in responses that do not count explains nothing; the mean
 * of many 4.1 is not quite 4.1. */
START_TEST(what_is_flat_among_the_complete_is_left_out)
{
	for (int i = 0; i < 13; i++)
		respond(i, i % 5, i % 4, 4.1);
	respond(13, 3, NAN, 2);
	ck_assert_int_eq(drivers_finish(d, 0.5), DRIVERS_FINE);
	ck_assert_uint_eq(drivers_whole(d).cases, 13);
	ck_assert_uint_eq(drivers_whole(d).questions, 1);
	ck_assert(isnan(driver_of("b").correlation));
	ck_assert_double_eq_tol(driver_of("a").importance, 1, 1e-12);
}
END_TEST

START_TEST(an_outcome_that_is_flat_explains_nothing)
{
	for (int i = 0; i < 13; i++)
		respond(i, 4.1, i % 4, i % 5);
	ck_assert_int_eq(drivers_finish(d, 0.5), DRIVERS_NO_SPREAD);
}
END_TEST

/* Of one question the whole of R squared is its own. */
START_TEST(one_question_has_the_square_of_its_correlation)
{
	static const double score[][2] = { { 1, 2 }, { 2, 1 }, { 3, 4 },
					   { 4, 3 }, { 5, 5 } };

	for (int i = 0; i < 5; i++)
		respond(i, score[i][0], score[i][1], NAN);
	ck_assert_int_eq(drivers_finish(d, 1), DRIVERS_FINE);
	/* sums of squares 10 and 10, of products 8 */
	ck_assert_double_eq_tol(driver_of("a").correlation, 0.8, 1e-12);
	ck_assert_double_eq_tol(drivers_whole(d).r2, 0.64, 1e-12);
	ck_assert_double_eq_tol(driver_of("a").vif, 1, 1e-12);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("drivers");
	TCase *tc = tcase_create("drivers");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_is_flat_among_the_complete_is_left_out);
	tcase_add_test(tc, an_outcome_that_is_flat_explains_nothing);
	tcase_add_test(tc, one_question_has_the_square_of_its_correlation);
	suite_add_tcase(s, tc);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
