/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Special functions, means over a Beta distribution, the minimiser. */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/betamean.h"
#include "num/minimise.h"
#include "num/special.h"

static void assert_close(double got, double want, double relative)
{
	ck_assert_msg(fabs(got - want) <= relative * fabs(want),
		      "%.17g, expected %.17g", got, want);
}

/* ln Gamma(a+n) - ln Gamma(a) in 60 digits (Python's decimal) */
static const struct {
	double a, n, value;
} rising[] = {
	{ 0.25, 0, 0 },
	{ 0.25, 1, -1.3862943611198906 },
	{ 0.00001, 3, -10.819763284472783 },
	{ 2.5, 7, 11.404650550324350 },
	{ 100000, 2, 23.025860929890456 },
	{ 1, 170, 706.57306224578736 },
};

START_TEST(rising_factorial_keeps_its_digits)
{
	double got = log_rising(rising[_i].a, rising[_i].n);

	ck_assert_double_le(fabs(got - rising[_i].value),
			    1e-14 * fmax(1, fabs(rising[_i].value)));
}
END_TEST

START_TEST(product_and_gsl_agree_where_they_meet)
{
	static const double a[] = { 1e-5, 0.2, 3, 1e5 };

	for (size_t i = 0; i < NELEMS(a); i++) {
		/* 256 factors by the product; from there to 257 by GSL */
		double last = log(a[i] + 256);

		assert_close(log_rising(a[i], 257),
			     log_rising(a[i], 256) + last, 1e-13);
		/* 64 terms by the sum; from there to 65 by GSL's psi */
		assert_close(log_rising_slope(a[i], 65),
			     log_rising_slope(a[i], 64) + 1 / (a[i] + 64),
			     1e-10);
	}
}
END_TEST

START_TEST(slope_is_the_derivative)
{
	static const double n[] = { 1, 5, 63, 200, 1e4 };

	for (size_t i = 0; i < NELEMS(n); i++) {
		double h = 1e-5, a = 1.7;
		double slope = (log_rising(a + h, n[i]) -
				log_rising(a - h, n[i])) / (2 * h);

		assert_close(log_rising_slope(a, n[i]), slope, 1e-7);
	}
}
END_TEST

/* a, b, s, t and the weight in 60 digits (Python's decimal) */
static const double weights[][5] = {
	{ 2, 3, 1, 2, -0.92871325187271225 },
	{ 0.3, 1, 5, 1, -3.0504287405921775 },
	{ 100000, 7, 30, 0.002, 0.033887572208918824 },
	{ 100000, 7, 30, 0.0021, 0.042084832543705729 },
	{ 6.25, 100000, 15, 240000, -0.016001087638849266 },
	{ 3000, 5000, 3, 5, 2.8492094082199246 },
	{ 3000, 5000, 1, 9, -2139.2027425991923 },
	{ 2.5, 4, 1e-30, 1, -169.10776225439727 },
	{ 2.5, 4, 1, 1e-30, -272.72409143912932 },
};

START_TEST(beta_weight_keeps_its_digits_where_terms_are_huge)
{
	const double *w = weights[_i];
	double scale = log_beta_scale(w[0], w[1]);
	double got = log_beta_weight(w[0], w[1], scale, w[2], w[3]);

	ck_assert_msg(fabs(got - w[4]) <= 1e-14 * fmax(1, fabs(w[4])) + 1e-14,
		      "%.17g, expected %.17g", got, w[4]);
}
END_TEST

START_TEST(log_add_does_not_overflow)
{
	double share;

	assert_close(log_add(log(2), log(3), &share), log(5), 1e-15);
	assert_close(share, 0.6, 1e-15);
	assert_close(log_add(5000, 5000, &share), 5000 + log(2), 1e-15);
	assert_close(share, 0.5, 1e-15);
	ck_assert_double_eq(log_add(-5000, 0, &share), 0);
	ck_assert_double_eq(share, 1);
	ck_assert_double_eq(log_add(0, -5000, &share), 0);
	ck_assert_double_eq(share, 0);
}
END_TEST

START_TEST(sum_keeps_what_rounding_drops)
{
	struct sum s = { 0 };

	sum_add(&s, 1);
	sum_add(&s, 1e100);
	sum_add(&s, 1);
	sum_add(&s, -1e100);
	ck_assert_double_eq(sum_value(&s), 2);
}
END_TEST

static double identity(double p, void *ctx)
{
	(void)ctx;
	return p;
}

static double second(double p, void *ctx)
{
	(void)ctx;
	return p * p;
}

static const double shapes[][2] = {
	{ 1, 1 },	{ 0.5, 0.5 },	{ 0.8, 2.5 },	{ 1e-5, 2 },
	{ 2, 1e-5 },	{ 1e-3, 1e-3 }, { 30, 4000 },	{ 1e5, 2e5 },
	{ 1e-5, 1e5 },	{ 1e5, 1e-5 },
};

START_TEST(beta_mean_gives_known_moments)
{
	double a = shapes[_i][0], b = shapes[_i][1];
	double n = a + b;

	assert_close(beta_mean(a, b, identity, NULL), a / n, 1e-12);
	assert_close(beta_mean(a, b, second, NULL), a * (a + 1) / (n * (n + 1)),
		     1e-12);
}
END_TEST

/* A valley with its lowest point at (1, 1): Rosenbrock (1960) */
static double rosenbrock(size_t n, const double *x, double *g, void *ctx)
{
	double u = x[1] - x[0] * x[0], v = 1 - x[0];

	(void)n;
	(void)ctx;
	if (g) {
		g[0] = -400 * x[0] * u - 2 * v;
		g[1] = 200 * u;
	}
	return 100 * u * u + v * v;
}

START_TEST(minimiser_finds_the_end_of_a_curved_valley)
{
	const struct minimise_start start[] = { { { -1.2, 1 } },
						{ { 3, -3 } } };
	struct minimum m = minimise(&(struct minimise_problem){
		.n = 2, .value = rosenbrock, .observations = 1, .wall = 10,
		.start = start, .starts = 2 });

	ck_assert_int_eq(m.state, MINIMISE_FOUND);
	assert_close(m.x[0], 1, 1e-7);
	assert_close(m.x[1], 1, 1e-7);
	ck_assert_double_le(m.gradient_norm, 1e-7);
	/* The second derivatives there are 802, -400, 200. */
	double det = 802 * 200 - 400 * 400;

	assert_close(m.covariance[0][0], 200 / det, 1e-4);
	assert_close(m.covariance[0][1], 400 / det, 1e-4);
	assert_close(m.covariance[1][1], 802 / det, 1e-4);
	ck_assert_uint_eq(m.starts, 2);
}
END_TEST

/* Falls for ever towards large x[0]; a bowl in x[1] about 2 */
static double slope(size_t n, const double *x, double *g, void *ctx)
{
	(void)n;
	(void)ctx;
	if (g) {
		g[0] = -exp(-x[0]);
		g[1] = 2 * (x[1] - 2);
	}
	return exp(-x[0]) + (x[1] - 2) * (x[1] - 2);
}

START_TEST(what_falls_for_ever_ends_at_the_wall)
{
	const struct minimise_start start[] = { { { 0, 0 } } };
	struct minimum m = minimise(&(struct minimise_problem){
		.n = 2, .value = slope, .observations = 1, .wall = 8,
		.start = start, .starts = 1 });

	ck_assert_int_eq(m.state, MINIMISE_AT_WALL);
	ck_assert_uint_eq(m.walled, 1);
	ck_assert_double_eq(m.x[0], 8);
	assert_close(m.x[1], 2, 1e-6);
	ck_assert(isnan(m.covariance[0][0]));
	assert_close(m.covariance[1][1], 0.5, 1e-6);
}
END_TEST

/* Only the sum of the two matters. */
static double trough(size_t n, const double *x, double *g, void *ctx)
{
	double s = x[0] + x[1] - 1;

	(void)n;
	(void)ctx;
	if (g)
		g[0] = g[1] = 2 * s;
	return s * s;
}

START_TEST(a_trough_is_flat_in_both_variables)
{
	const struct minimise_start start[] = { { { 0, 0 } } };
	struct minimum m = minimise(&(struct minimise_problem){
		.n = 2, .value = trough, .observations = 1, .wall = 8,
		.start = start, .starts = 1 });

	ck_assert_int_eq(m.state, MINIMISE_FLAT);
	ck_assert_uint_eq(m.loose, 3);
	ck_assert(isnan(m.covariance[0][0]));
	assert_close(m.x[0] + m.x[1], 1, 1e-6);
}
END_TEST

static double nowhere(size_t n, const double *x, double *g, void *ctx)
{
	(void)x;
	(void)ctx;
	for (size_t i = 0; g && i < n; i++)
		g[i] = NAN;
	return NAN;
}

START_TEST(a_function_without_values_is_a_failure)
{
	const struct minimise_start start[] = { { { 0, 0 } } };
	struct minimum m = minimise(&(struct minimise_problem){
		.n = 2, .value = nowhere, .observations = 1, .wall = 8,
		.start = start, .starts = 1 });

	ck_assert_int_eq(m.state, MINIMISE_FAILED);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("num");
	TCase *t = tcase_create("num");

	gsl_set_error_handler_off();
	tcase_add_loop_test(t, rising_factorial_keeps_its_digits, 0,
			    NELEMS(rising));
	tcase_add_test(t, product_and_gsl_agree_where_they_meet);
	tcase_add_test(t, slope_is_the_derivative);
	tcase_add_loop_test(t,
			    beta_weight_keeps_its_digits_where_terms_are_huge,
			    0, NELEMS(weights));
	tcase_add_test(t, log_add_does_not_overflow);
	tcase_add_test(t, sum_keeps_what_rounding_drops);
	tcase_add_loop_test(t, beta_mean_gives_known_moments, 0,
			    NELEMS(shapes));
	tcase_add_test(t, minimiser_finds_the_end_of_a_curved_valley);
	tcase_add_test(t, what_falls_for_ever_ends_at_the_wall);
	tcase_add_test(t, a_trough_is_flat_in_both_variables);
	tcase_add_test(t, a_function_without_values_is_a_failure);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
