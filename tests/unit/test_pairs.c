/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences and ratios of pairs, against their definitions. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "num/pairs.h"

/* expected, perceived */
static const double pair[][2] = {
	{ 8, 7 }, { 9, 9 }, { 7, 8 }, { 10, 6 }, { 6, 6.5 }, { 8, 7.25 },
};
#define N (sizeof(pair) / sizeof(*pair))

static struct pairs all(void)
{
	struct pairs p = { 0 };

	for (size_t i = 0; i < N; i++)
		ck_assert(pairs_add(&p, pair[i][0], pair[i][1]));
	return p;
}

static void near(double got, double wanted)
{
	ck_assert_msg(fabs(got - wanted) < 1e-9, "%.12g, not %.12g", got,
		      wanted);
}

/* Naively, in doubles: the definitions. */
START_TEST(as_the_definitions_have_it)
{
	struct pairs p = all();
	struct pairs_figure d = pairs_difference(&p), r = pairs_ratio(&p);
	double sum = 0, x = 0, y = 0, square = 0, rest = 0;

	for (size_t i = 0; i < N; i++) {
		sum += pair[i][0] - pair[i][1];
		x += pair[i][0];
		y += pair[i][1];
	}
	for (size_t i = 0; i < N; i++) {
		double off = pair[i][0] - pair[i][1] - sum / N;
		double left = pair[i][1] - y / x * pair[i][0];

		square += off * off;
		rest += left * left;
	}
	near(d.value, sum / N);
	near(d.se, sqrt(square / (N - 1) / N));
	/* t(0.975, 5), of any table */
	near(d.high - d.value, 2.570581835636314 * d.se);
	near(r.value, y / x);
	near(r.se, sqrt(rest / (N - 1) / N) / (x / N));
	near(r.value - r.low, 2.570581835636314 * r.se);
	near(pairs_mean_x(&p), 8);
	near(pairs_mean_y(&p), y / N);
}
END_TEST

START_TEST(parts_make_the_whole)
{
	struct pairs p = all(), left = { 0 }, right = { 0 };

	for (size_t i = 0; i < N; i++)
		pairs_add(i % 2 ? &left : &right, pair[i][0], pair[i][1]);
	pairs_merge(&left, &right);
	ck_assert(left.n == p.n && left.x == p.x && left.y == p.y &&
		  left.xx == p.xx && left.yy == p.yy && left.xy == p.xy);
}
END_TEST

START_TEST(what_cannot_be_said)
{
	struct pairs p = { 0 };

	ck_assert(isnan(pairs_difference(&p).value));
	ck_assert(isnan(pairs_ratio(&p).value));
	ck_assert(!pairs_add(&p, 1e7, 1));
	ck_assert(!pairs_add(&p, 1, NAN));
	ck_assert(pairs_add(&p, 0, 1));
	/* nothing was expected: no ratio */
	ck_assert(isnan(pairs_ratio(&p).value));
	near(pairs_difference(&p).value, -1);
	ck_assert(isnan(pairs_difference(&p).low));
	ck_assert(pairs_add(&p, 0, 1));
	near(pairs_difference(&p).low, -1);
}
END_TEST

START_TEST(also_what_does_not_fit)
{
	struct pairs p = { 0 };

	for (int i = 0; i < 25; i++) {
		struct pairs twice = p;

		pairs_add(&p, i % 2 ? 1e6 : -1e6, 0);
		pairs_merge(&p, &twice);
	}
	/* values -1e6 and 1e6 only: the mean square is 1e12 */
	double m = pairs_mean_x(&p), n = (double)p.n;
	struct pairs_figure f = pairs_difference(&p);

	ck_assert_double_eq_tol(f.se * f.se * (n - 1) / (1e12 - m * m), 1,
				1e-12);
}
END_TEST

START_TEST(within_what_is_possible)
{
	struct pairs p = { 0 };
	struct pairs_figure f;

	pairs_add(&p, 5, 0);
	pairs_add(&p, 5, 0);
	f = pairs_within(pairs_difference(&p), 2, 1, 5);
	/* Wilson's lower limit of n of n is n / (n + z^2) */
	near(f.low, 1 + 4 * 2 / (2 + 1.959963984540054 * 1.959963984540054));
	near(f.high, 5);
	pairs_add(&p, 1, 0);
	f = pairs_within(pairs_difference(&p), 3, 1, 5);
	ck_assert(f.low == 1 && f.high == 5 && f.se > 0);
	p = (struct pairs){ 0 };
	pairs_add(&p, 3, 0);
	f = pairs_within(pairs_difference(&p), 1, 1, 5);
	ck_assert(isnan(f.se) && f.low > 1 && f.high < 5);
	near(f.low + f.high, 6);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("pairs");
	TCase *tc = tcase_create("pairs");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, as_the_definitions_have_it);
	tcase_add_test(tc, parts_make_the_whole);
	tcase_add_test(tc, what_cannot_be_said);
	tcase_add_test(tc, also_what_does_not_fit);
	tcase_add_test(tc, within_what_is_possible);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
