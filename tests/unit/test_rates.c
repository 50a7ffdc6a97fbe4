/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals of shares and counts, and the comparison of two rates. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/rates.h"

static void assert_close(double got, double want)
{
	ck_assert_msg(fabs(got - want) <= 1e-12 * fmax(1, fabs(want)),
		      "%.17g, expected %.17g", got, want);
}

/* R 4: prop.test(x, n, correct = FALSE)$conf.int */
static const struct {
	uint64_t x, n;
	double low, high;
} shares[] = {
	{ 0, 10, 0, 0.277532799862889 },
	{ 10, 10, 0.722467200137111, 1 },
	{ 7, 20, 0.181191824101082, 0.567145723314764 },
	{ 1, 1, 0.206549314377238, 1 },
	{ 830, 1000, 0.805465935038086, 0.852008404361448 },
	{ 25, 31, 0.637197421882045, 0.908129916384139 },
};

START_TEST(wilson_is_that_of_r)
{
	struct rates_interval i = rates_share(shares[_i].x, shares[_i].n);

	assert_close(i.low, shares[_i].low);
	assert_close(i.high, shares[_i].high);
}
END_TEST

START_TEST(a_share_of_nothing_is_unknown)
{
	struct rates_interval i = rates_share(0, 0);

	ck_assert(isnan(i.low) && isnan(i.high));
}
END_TEST

/* R 4: poisson.test(x)$conf.int */
static const struct {
	uint64_t x;
	double low, high;
} counts[] = {
	{ 0, 0, 3.68887945411394 },
	{ 1, 0.0253178079842899, 5.5716433909389 },
	{ 7, 2.81436305151987, 14.4226753617024 },
	{ 100, 81.3639912509232, 121.626793792426 },
	{ 1234, 1166.10171851755, 1304.82037052892 },
};

START_TEST(garwood_is_that_of_r)
{
	struct rates_interval i = rates_count(counts[_i].x);

	/* R gives 15 digits. */
	assert_close(i.low, counts[_i].low);
	assert_close(i.high, counts[_i].high);
}
END_TEST

/* R 4: poisson.test(c(x1, x2), c(t1, t2))$p.value */
static const struct {
	uint64_t x1, x2;
	double t1, t2, p;
} pairs[] = {
	{ 12, 5, 100, 110, 0.0865114264997016 },
	{ 0, 0, 10, 20, 1 },
	{ 0, 7, 10, 20, 0.103795153177869 },
	{ 30, 12, 1000, 1000, 0.00791589733489674 },
	{ 7, 7, 3, 5, 0.409481965528812 },
	{ 1500, 1320, 40000, 41000, 5.53186923047877e-05 },
	{ 3, 3, 1, 2, 0.407407407407407 },
	{ 250, 180, 31, 30, 0.00274494617995934 },
};

START_TEST(comparison_is_that_of_r)
{
	assert_close(rates_compare(pairs[_i].x1, pairs[_i].t1, pairs[_i].x2,
				   pairs[_i].t2), pairs[_i].p);
	assert_close(rates_compare(pairs[_i].x2, pairs[_i].t2, pairs[_i].x1,
				   pairs[_i].t1), pairs[_i].p);
}
END_TEST

/* All outcomes added up one by one, for every split of small sums. */
START_TEST(comparison_is_the_sum_of_rare_outcomes)
{
	double p = 3.0 / 10;

	for (unsigned n = 1; n <= 25; n++) {
		double chance[26];

		for (unsigned k = 0; k <= n; k++)
			chance[k] = exp(lgamma(n + 1.) - lgamma(k + 1.) -
					lgamma(n - k + 1.)) *
				    pow(p, k) * pow(1 - p, n - k);
		for (unsigned x = 0; x <= n; x++) {
			double sum = 0;

			for (unsigned k = 0; k <= n; k++)
				if (chance[k] <= chance[x] * (1 + 1e-7))
					sum += chance[k];
			assert_close(rates_compare(x, 3, n - x, 7),
				     fmin(1, sum));
		}
	}
}
END_TEST

START_TEST(sums_beyond_the_test_are_unknown)
{
	ck_assert(isnan(rates_compare(INT32_MAX, 1, 1, 1)));
	ck_assert(isnan(rates_compare(UINT64_MAX, 1, 1, 1)));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("rates");
	TCase *tc = tcase_create("rates");
	SRunner *sr;
	int failed;

	tcase_add_loop_test(tc, wilson_is_that_of_r, 0, NELEMS(shares));
	tcase_add_test(tc, a_share_of_nothing_is_unknown);
	tcase_add_loop_test(tc, garwood_is_that_of_r, 0, NELEMS(counts));
	tcase_add_loop_test(tc, comparison_is_that_of_r, 0, NELEMS(pairs));
	tcase_add_test(tc, comparison_is_the_sum_of_rare_outcomes);
	tcase_add_test(tc, sums_beyond_the_test_are_unknown);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
