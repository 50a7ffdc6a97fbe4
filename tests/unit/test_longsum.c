/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long sums by few values against the same sums term by term. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/longsum.h"

static const double lengths[] = { 64, 65, 100, 1000, 99999 };

static double by_nodes(double n, double (*f)(double i, double n))
{
	double at[LONGSUM_NODES], weight[LONGSUM_NODES], sum = 0;

	longsum_nodes(n, at, weight);
	for (int k = 0; k < LONGSUM_NODES; k++)
		sum += weight[k] * f(at[k], n);
	return sum;
}

static void assert_same(double n, double (*f)(double i, double n))
{
	double sum = 0, got = by_nodes(n, f);

	for (double i = n - 1; i >= 0; i--)
		sum += f(i, n);
	ck_assert_msg(fabs(got - sum) <= 1e-13 * sum,
		      "n = %g: %.17g, expected %.17g", n, got, sum);
}

static double highest_power(double i, double n)
{
	return pow(i / n, 2 * LONGSUM_NODES - 1);
}

static double nearest_pole(double i, double n)
{
	return 1 / (i + n);
}

static double steepest_fall(double i, double n)
{
	return exp(-LONGSUM_FALL * i / n);
}

START_TEST(few_values_make_the_whole_sum)
{
	assert_same(lengths[_i], highest_power);
	assert_same(lengths[_i], nearest_pole);
	assert_same(lengths[_i], steepest_fall);
}
END_TEST

START_TEST(nodes_ascend_within_the_sum)
{
	double n = lengths[_i], before = 0;
	double at[LONGSUM_NODES], weight[LONGSUM_NODES];

	longsum_nodes(n, at, weight);
	for (int k = 0; k < LONGSUM_NODES; k++) {
		ck_assert_double_gt(at[k], before);
		ck_assert_double_gt(weight[k], 0);
		before = at[k];
	}
	ck_assert_double_lt(before, n - 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("longsum");
	TCase *t = tcase_create("all");

	tcase_add_loop_test(t, few_values_make_the_whole_sum, 0,
			    NELEMS(lengths));
	tcase_add_loop_test(t, nodes_ascend_within_the_sum, 0,
			    NELEMS(lengths));
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
