/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Gamma-Gamma model: published figures, derivatives, recovery. */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/gamgam.h"

enum { P = GAMGAM_P, Q = GAMGAM_Q, GAMMA = GAMGAM_GAMMA };

/* Fader & Hardie, note 025 */
static const double paper[] = { 6.25, 3.74, 15.44 };

static void assert_close(double got, double want, double relative)
{
	ck_assert_msg(fabs(got - want) <= relative * fabs(want),
		      "%.17g, expected %.17g", got, want);
}

/*
 * Expected spend of the first ten customers of the published CDNOW summary at
 * the paper's parameters; rounded to cents in lifetimes' tests.
 */
static const struct {
	double x, z, value;
} first_ten[] = {
	{ 2, 22.35, 24.6637 }, { 1, 11.77, 18.9169 }, { 0, 0, 35.219 },
	{ 0, 0, 35.219 },      { 0, 0, 35.219 },      { 7, 73.74, 71.4697 },
	{ 1, 11.77, 18.9169 }, { 0, 0, 35.219 },      { 2, 25.55, 27.2884 },
	{ 0, 0, 35.219 },
};

START_TEST(expected_spend_is_as_published)
{
	double got = gamgam_expected(paper, first_ten[_i].x, first_ten[_i].z);

	ck_assert_double_le(fabs(got - first_ten[_i].value), 1e-3);
}
END_TEST

START_TEST(spend_without_a_mean_is_not_a_number)
{
	const double heavy[] = { 6, 0.9, 15 };

	ck_assert(isnan(gamgam_expected(heavy, 0, 0)));
	ck_assert(isfinite(gamgam_expected(heavy, 1, 10)));
	ck_assert(isnan(gamgam_expected(paper, 2, -1)));
	ck_assert(isfinite(gamgam_expected(paper, 2, 0)));
}
END_TEST

START_TEST(expectation_goes_from_the_population_to_the_customer)
{
	double before = gamgam_expected(paper, 0, 0);

	/* one who spends 100: the more often seen, the more believed */
	for (double x = 1; x < 1e6; x *= 3) {
		double now = gamgam_expected(paper, x, 100);

		ck_assert_double_gt(now, before);
		ck_assert_double_lt(now, 100);
		before = now;
	}
	assert_close(before, 100, 1e-4);
}
END_TEST

static const struct buyer few[] = {
	{ 1, 5, 10, 20.5 }, { 2, 5, 10, 11 },	{ 30, 9, 10, 44 },
	{ 1, 5, 10, 20.5 }, { 400, 9, 10, 7.5 }, { 0, 0, 10, 0 },
	{ 3, 5, 10, 0 },    { 2, 5, 10, -4 },
};

START_TEST(only_repeat_buyers_with_spend_count)
{
	struct spenders s = spenders_of(few, NELEMS(few));

	ck_assert_double_eq(s.customers, 5);
	ck_assert_uint_eq(s.n, 4);
	ck_assert_double_eq(s.left_out, 2);
	assert_close(s.spend, 20.5 * 2 + 11 + 44 + 7.5, 1e-15);
	spenders_release(&s);
}
END_TEST

static const double sets[][3] = {
	{ 6.25, 3.74, 15.44 },
	{ 0.3, 0.6, 2 },
	{ 40, 12, 100 },
};

START_TEST(gradient_is_that_of_finite_differences)
{
	struct spenders s = spenders_of(few, NELEMS(few));
	const double *p = sets[_i];
	double gradient[3];

	gamgam_loglik(p, &s, gradient);
	for (int k = 0; k < 3; k++) {
		double q[3], step = 1e-5 * p[k], up, down;

		memcpy(q, p, sizeof(q));
		q[k] = p[k] + step;
		up = gamgam_loglik(q, &s, NULL);
		q[k] = p[k] - step;
		down = gamgam_loglik(q, &s, NULL);
		assert_close(gradient[k], (up - down) / (2 * step), 1e-6);
	}
	spenders_release(&s);
}
END_TEST

START_TEST(density_of_the_mean_integrates_to_one)
{
	const double *p = sets[_i];
	const double h = 0.02;
	double total = 0;

	/* trapezoids over ln z, where the density is smooth */
	for (double y = -40; y < 60; y += h) {
		struct spender one = { 3, exp(y), 1 };
		struct spenders s = { .at = &one, .n = 1, .customers = 1 };

		total += exp(gamgam_loglik(p, &s, NULL) + y) * h;
	}
	assert_close(total, 1, 1e-9);
}
END_TEST

enum { DRAWN = 3000 };

static void draw(struct buyer *b, size_t n, const double *p, unsigned seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, seed);
	for (size_t i = 0; i < n; i++) {
		double nu = gsl_ran_gamma(rng, p[Q], 1 / p[GAMMA]);
		double x = 1 + (double)gsl_rng_uniform_int(rng, 6);

		b[i] = (struct buyer){ x, 1, 2,
				       gsl_ran_gamma(rng, p[P] * x, 1 / nu) /
					       x };
	}
	gsl_rng_free(rng);
}

START_TEST(fit_recovers_what_the_data_were_drawn_from)
{
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));

	draw(b, DRAWN, paper, (unsigned)_i + 1);
	struct spenders s = spenders_of(b, DRAWN);
	struct fit f = gamgam_fit(&s);

	ck_assert_int_eq(f.state, FIT_CONVERGED);
	for (int k = 0; k < 3; k++)
		ck_assert_double_le(fabs(f.parameter[k] - paper[k]),
				    4 * f.error[k]);
	ck_assert_double_gt(f.loglik, gamgam_loglik(paper, &s, NULL));
	spenders_release(&s);
	free(b);
}
END_TEST

START_TEST(the_unit_of_money_makes_no_difference)
{
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));

	draw(b, DRAWN, paper, 9);
	struct spenders yuan = spenders_of(b, DRAWN);

	for (size_t i = 0; i < DRAWN; i++)
		b[i].z *= 10000;
	struct spenders rich = spenders_of(b, DRAWN);
	struct fit y = gamgam_fit(&yuan), r = gamgam_fit(&rich);

	assert_close(r.parameter[P], y.parameter[P], 1e-6);
	assert_close(r.parameter[Q], y.parameter[Q], 1e-6);
	assert_close(r.parameter[GAMMA], 10000 * y.parameter[GAMMA], 1e-6);
	spenders_release(&yuan);
	spenders_release(&rich);
	free(b);
}
END_TEST

START_TEST(all_spending_the_same_is_said)
{
	struct buyer b[40];

	for (size_t i = 0; i < NELEMS(b); i++)
		b[i] = (struct buyer){ 1 + (double)(i % 5), 1, 2, 50 };
	struct spenders s = spenders_of(b, NELEMS(b));
	struct fit f = gamgam_fit(&s);
	struct buf why = { 0 };

	fit_reason(&f, &why);
	ck_assert_int_ne(f.state, FIT_CONVERGED);
	ck_assert_uint_gt(why.n, 0);
	ck_assert(isnan(s.correlation));
	buf_release(&why);
	spenders_release(&s);
}
END_TEST

START_TEST(customers_who_do_not_differ_are_fitted_all_the_same)
{
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));
	/* nu has a coefficient of variation of a thousandth */
	const double alike[] = { 3, 1e6, 2e7 };

	draw(b, DRAWN, alike, (unsigned)_i + 1);
	struct spenders s = spenders_of(b, DRAWN);
	struct fit f = gamgam_fit(&s);

	/* chance makes some samples look as if they differed a little */
	ck_assert_int_ne(f.state, FIT_REFUSED);
	ck_assert_double_gt(f.parameter[Q], 100);
	ck_assert_double_le(fabs(f.parameter[P] - 3), 4 * f.error[P]);
	assert_close(gamgam_expected(f.parameter, 0, 0), 60, 0.02);
	spenders_release(&s);
	free(b);
}
END_TEST

START_TEST(nobody_with_spend_is_refused)
{
	struct spenders s = spenders_of(few + 5, 3);
	struct fit f = gamgam_fit(&s);

	ck_assert_int_eq(f.state, FIT_REFUSED);
	ck_assert_str_eq(f.refusal,
			 "no customer bought again for more than nothing");
	spenders_release(&s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("gamgam");
	TCase *t = tcase_create("gamgam");

	gsl_set_error_handler_off();
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, expected_spend_is_as_published, 0,
			    NELEMS(first_ten));
	tcase_add_test(t, spend_without_a_mean_is_not_a_number);
	tcase_add_test(t, expectation_goes_from_the_population_to_the_customer);
	tcase_add_test(t, only_repeat_buyers_with_spend_count);
	tcase_add_loop_test(t, gradient_is_that_of_finite_differences, 0,
			    NELEMS(sets));
	tcase_add_loop_test(t, density_of_the_mean_integrates_to_one, 0,
			    NELEMS(sets));
	tcase_add_loop_test(t, fit_recovers_what_the_data_were_drawn_from, 0,
			    8);
	tcase_add_test(t, the_unit_of_money_makes_no_difference);
	tcase_add_test(t, all_spending_the_same_is_said);
	tcase_add_loop_test(
		t, customers_who_do_not_differ_are_fitted_all_the_same, 0, 6);
	tcase_add_test(t, nobody_with_spend_is_refused);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
