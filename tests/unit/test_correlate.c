/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlations, against cor.test() of R 4.2. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "num/correlate.h"

static const double x[] = { 4.1, 3.6, 4.5, 3.9, 4.4, 3.2 };
static const double y[] = { 8.2, 7.9, 9.1, 7.1, 8.8, 7.0 };

static void near(double got, double wanted)
{
	ck_assert_msg(fabs(got - wanted) < 1e-11, "%.12g, not %.12g", got,
		      wanted);
}

START_TEST(as_r_has_it)
{
	struct correlation c = correlate(x, y, 6);

	ck_assert_uint_eq(c.n, 6);
	near(c.r, 0.859776058227);
	near(c.low, 0.159525318923);
	near(c.high, 0.984436195095);
	near(c.p, 0.028115536344);
}
END_TEST

START_TEST(three_pairs_have_no_interval)
{
	const double down[] = { -8.2, -7.9, -9.1 };
	struct correlation c = correlate(x, down, 3);

	near(c.r, -0.941042592103);
	near(c.p, 0.219695669559);
	ck_assert(isnan(c.low) && isnan(c.high));
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
	const double u[] = { 4.1, NAN, 3.6, 4.5, 3.9, 9, 4.4, 3.2 };
	const double v[] = { 8.2, 1, 7.9, 9.1, 7.1, NAN, 8.8, 7.0 };
	struct correlation c = correlate(u, v, 8);

	ck_assert_uint_eq(c.n, 6);
	near(c.r, 0.859776058227);
}
END_TEST

START_TEST(nothing_to_correlate)
{
	const double same[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };

	ck_assert(isnan(correlate(x, y, 2).r));
	ck_assert_uint_eq(correlate(x, y, 2).n, 2);
	ck_assert(isnan(correlate(x, same, 6).r));
	ck_assert(isnan(correlate(same, x, 6).p));
	ck_assert_uint_eq(correlate(x, y, 0).n, 0);
}
END_TEST

START_TEST(a_line_is_certain)
{
	const double twice[] = { 8.25, 7.25, 9.25, 7.75 };
	const double half[] = { 4.125, 3.625, 4.625, 3.875 };
	struct correlation c = correlate(half, twice, 4);

	near(c.r, 1);
	ck_assert(c.p < 1e-6);
	near(c.low, 1);
	near(c.high, 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("correlate");
	TCase *t = tcase_create("correlate");
	SRunner *runner;
	int failed;

	tcase_add_test(t, as_r_has_it);
	tcase_add_test(t, three_pairs_have_no_interval);
	tcase_add_test(t, what_is_not_known_is_left_out);
	tcase_add_test(t, nothing_to_correlate);
	tcase_add_test(t, a_line_is_certain);
	suite_add_tcase(s, t);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
