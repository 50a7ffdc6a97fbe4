/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sBG and BG/BB against the tables that were printed with them, and against
 * themselves.
 */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/bb.h"
#include "model/bgbb.h"
#include "model/sbg.h"

static void assert_near(double got, double want, double absolute)
{
	ck_assert_msg(fabs(got - want) <= absolute, "%.12g, expected %.12g",
		      got, want);
}

/* ---- sBG ----------------------------------------------------------------- */

/* "Regular" customers of Fader & Hardie (2007), table 1: of 1000, how many
 * survive year 1, 2, ... */
static const double regular[] = { 631, 468, 382, 326, 289, 262, 241 };

static struct fit fit_regular(size_t years)
{
	struct tenure at[7] = { 0 };
	double before = 1000;

	for (size_t t = 0; t < years; t++) {
		at[t].lost = before - regular[t];
		before = regular[t];
	}
	at[years - 1].kept = before;
	return sbg_fit(&(struct tenures){ at, years });
}

START_TEST(regular_customers_are_as_in_the_paper)
{
	struct fit f = fit_regular(7);

	ck_assert_int_eq(f.state, FIT_CONVERGED);
	assert_near(f.parameter[SBG_ALPHA], 0.704, 0.0005);
	assert_near(f.parameter[SBG_BETA], 1.182, 0.0005);
	assert_near(f.loglik, -1680.26519, 0.001);
	assert_near(sbg_survival(f.parameter, 12), 0.17004, 0.0002);
}
END_TEST

/* Fader & Hardie (2010), table 3: just before renewal n = 1..5, at 10 % */
START_TEST(residual_lifetimes_are_as_in_the_paper)
{
	static const double p[] = { 3.80, 15.20 };
	static const double printed[] = { 3.31, 3.45, 3.59, 3.72, 3.84 };

	for (int n = 1; n <= 5; n++)
		assert_near(sbg_residual(p, n, 0.1), printed[n - 1], 0.005);
}
END_TEST

START_TEST(residual_is_the_sum_that_defines_it)
{
	static const double p[] = { 0.3, 0.8 };
	double sum = 0;

	for (double t = 0; t < 4000; t++)
		sum += sbg_survival(p, t) * pow(1.02, -t);
	assert_near(sbg_residual(p, 0, 0.02), sum, 1e-9 * sum);
	/* the n-th renewal is worth a new start, less what was */
	assert_near(sbg_residual(p, 0, 0.02),
		    1 + sbg_residual(p, 1, 0.02) / 1.02, 1e-9 * sum);
}
END_TEST

START_TEST(retention_rises_though_nobody_gets_truer)
{
	static const double p[] = { 0.704, 1.182 };
	double before = 0, stay = 1;

	for (double t = 1; t < 50; t++) {
		double now = sbg_retention(p, t);

		ck_assert_double_gt(now, before);
		stay *= now;
		assert_near(stay, sbg_survival(p, t), 1e-13);
		before = now;
	}
}
END_TEST

START_TEST(sbg_gradient_is_that_of_finite_differences)
{
	static const struct tenure at[] = { { 40, 5 }, { 20, 0 }, { 11, 60 } };
	const struct tenures h = { at, 3 };
	double p[] = { 0.9, 2.1 }, g[2];

	sbg_loglik(p, &h, g);
	for (int k = 0; k < 2; k++) {
		double was = p[k], up;

		p[k] = was + 1e-6;
		up = sbg_loglik(p, &h, NULL);
		p[k] = was - 1e-6;
		assert_near(g[k], (up - sbg_loglik(p, &h, NULL)) / 2e-6,
			    1e-5);
		p[k] = was;
	}
}
END_TEST

START_TEST(sbg_refuses_what_says_nothing)
{
	static const struct tenure none[] = { { 0, 0 }, { 0, 40 } };
	static const struct tenure some[] = { { 3, 0 }, { 0, 40 } };

	ck_assert_int_eq(sbg_fit(&(struct tenures){ none, 2 }).state,
			 FIT_REFUSED);
	ck_assert_int_eq(sbg_fit(&(struct tenures){ some, 2 }).state,
			 FIT_REFUSED);
}
END_TEST

/* ---- BG/BB --------------------------------------------------------------- */

/* Donors of 1995 in the six years after: x, t_x, how many (Fader, Hardie &
 * Shang 2010, table 2). */
static const double donors[][3] = {
	{ 0, 0, 3464 }, { 1, 1, 1091 }, { 1, 2, 277 }, { 1, 3, 129 },
	{ 1, 4, 78 },	{ 1, 5, 119 },	{ 1, 6, 129 }, { 2, 2, 613 },
	{ 2, 3, 255 },	{ 2, 4, 155 },	{ 2, 5, 173 }, { 2, 6, 234 },
	{ 3, 3, 322 },	{ 3, 4, 181 },	{ 3, 5, 225 }, { 3, 6, 357 },
	{ 4, 4, 240 },	{ 4, 5, 284 },	{ 4, 6, 512 }, { 5, 5, 335 },
	{ 5, 6, 728 },	{ 6, 6, 1203 },
};

static struct histories histories_of_donors(void)
{
	size_t n = 0;
	struct buyer *b = mem_alloc(11104, sizeof(*b));

	for (size_t i = 0; i < NELEMS(donors); i++)
		for (double k = 0; k < donors[i][2]; k++)
			b[n++] = (struct buyer){ donors[i][0], donors[i][1], 6,
						 0 };
	ck_assert_uint_eq(n, 11104);
	struct histories h = histories_of(b, n);

	free(b);
	return h;
}

START_TEST(donors_are_as_in_the_paper)
{
	struct histories h = histories_of_donors();
	struct fit f = bgbb_fit(&h);

	ck_assert_int_eq(f.state, FIT_CONVERGED);
	assert_near(f.parameter[BGBB_ALPHA], 1.204, 0.0005);
	assert_near(f.parameter[BGBB_BETA], 0.750, 0.0005);
	assert_near(f.parameter[BGBB_GAMMA], 0.657, 0.0005);
	assert_near(f.parameter[BGBB_DELTA], 2.783, 0.0015);
	assert_near(f.loglik, -33225.6, 0.05);
	ck_assert_double_le(f.gradient_norm, 1e-3);
	histories_release(&h);
}
END_TEST

static const double paper[] = { 1.204, 0.750, 0.657, 2.783 };

static double next_five(double x, double t_x)
{
	struct buyer b = { x, t_x, 6, 0 };

	return bgbb_alive(paper, &b) * bgbb_if_alive(paper, &b, 5);
}

/* Table 5 of the paper: expected donations in 2002-06 */
START_TEST(donors_give_again_as_in_the_paper)
{
	assert_near(next_five(0, 0), 0.07, 0.005);
	assert_near(next_five(1, 1), 0.09, 0.005);
	assert_near(next_five(6, 6), 3.75, 0.005);
}
END_TEST

START_TEST(bgbb_pmf_sums_to_one_and_its_mean_is_the_expectation)
{
	double total = 0, mean = 0;

	for (double x = 0; x <= 25; x++) {
		double chance = bgbb_pmf(paper, x, 25);

		total += chance;
		mean += x * chance;
	}
	assert_near(total, 1, 1e-12);
	assert_near(mean, bgbb_new(paper, 25), 1e-12);
}
END_TEST

START_TEST(likelihood_of_all_histories_sums_to_one)
{
	/* C(t_x - 1, x - 1) orders of x purchases, the last one at t_x */
	double sum = 0;

	for (int x = 0; x <= 7; x++)
		for (int t_x = x; t_x <= 7; t_x++) {
			struct buyer b = { x, t_x, 7, 0 };
			struct histories h;

			if (!bgbb_knows(&b))
				continue;
			h = histories_of(&b, 1);
			double orders = x ? tgamma(t_x) / tgamma(x) /
						    tgamma(t_x - x + 1) :
					    1;

			sum += orders * exp(bgbb_loglik(paper, &h, NULL));
			histories_release(&h);
		}
	assert_near(sum, 1, 1e-12);
}
END_TEST

START_TEST(bgbb_gradient_is_that_of_finite_differences)
{
	struct histories h = histories_of_donors();
	double p[4], g[4];

	memcpy(p, paper, sizeof(p));
	p[0] *= 1.2;
	p[3] *= 0.8;
	bgbb_loglik(p, &h, g);
	for (int k = 0; k < 4; k++) {
		double at = p[k], step = 1e-6 * at, up;

		p[k] = at + step;
		up = bgbb_loglik(p, &h, NULL);
		p[k] = at - step;
		assert_near(g[k], (up - bgbb_loglik(p, &h, NULL)) / (2 * step),
			    1e-5 * fabs(g[k]) + 1e-3);
		p[k] = at;
	}
	histories_release(&h);
}
END_TEST

START_TEST(thousands_of_occasions_are_no_trouble)
{
	struct buyer b = { 1, 1, 5000, 0 }, busy = { 5000, 5000, 5000, 0 };
	struct histories h = histories_of(&b, 1);

	ck_assert(isfinite(bgbb_loglik(paper, &h, NULL)));
	ck_assert_double_ge(bgbb_alive(paper, &b), 0);
	ck_assert_double_eq(bgbb_alive(paper, &busy), 1);
	histories_release(&h);
}
END_TEST

/* alpha, beta, gamma, delta; x, t_x, n; the log-likelihood, its derivatives
 * and P(alive), summed over each occasion in 40 digits (Python's mpmath). */
static const struct {
	double p[4], history[3], loglik, slope[4], alive;
} long_ones[] = {
	{ { 0.517, 549.8, 0.2373, 21102.9 }, { 0, 0, 20000 },
	  -1.741135565298038,
	  { -3.2358298050310726, 0.00087389934048255776, 0.50018076904465817,
	    -4.9065585238365361e-06 }, 0.7487338196265264 },
	{ { 0.517, 549.8, 0.2373, 21102.9 }, { 3, 10, 12345 },
	  -24.308234502933133,
	  { 2.5734955916069221, -0.0035836334950699478, 4.1706969296878225,
	    -4.6165957201708944e-05 }, 0.0058249172914809434 },
	{ { 0.517, 549.8, 0.2373, 21102.9 }, { 8, 300, 19999 },
	  -51.790932741581889,
	  { 3.3980097683177869, -0.0079632067887154974, 4.1939787132832293,
	    -4.6223838757968715e-05 }, 1.0897776761975413e-09 },
	{ { 1.2, 0.75, 0.66, 2.78 }, { 0, 0, 20000 }, -1.2422220331217695,
	  { -0.31132115676754992, 0.33920641021969224, 1.0607219642191493,
	    -0.21774759367402629 }, 5.2282592131010302e-08 },
	{ { 1.2, 0.75, 0.66, 2.78 }, { 8000, 10000, 19999 },
	  -5023.2539586747839,
	  { 0.45583581375151473, -0.13347508744849798, -6.6124699349227972,
	    0.25102793831842599 }, 0 },
};

START_TEST(long_histories_are_right_to_the_last_digits)
{
	const double *at = long_ones[_i].history;
	struct buyer b = { at[0], at[1], at[2], 0 };
	struct histories h = histories_of(&b, 1);
	double g[4], want = long_ones[_i].loglik;

	assert_near(bgbb_loglik(long_ones[_i].p, &h, g), want,
		    1e-11 * fmax(fabs(want), 1));
	for (int k = 0; k < 4; k++) {
		want = long_ones[_i].slope[k];
		assert_near(g[k], want, 1e-10 * fabs(want) +
						1e-11 / long_ones[_i].p[k]);
	}
	assert_near(bgbb_alive(long_ones[_i].p, &b), long_ones[_i].alive,
		    1e-11);
	histories_release(&h);
}
END_TEST

START_TEST(times_between_occasions_are_refused)
{
	struct buyer b[] = { { 1, 1.5, 6, 0 }, { 2, 3, 6, 0 } };
	struct histories h = histories_of(b, 2);

	ck_assert_int_eq(bgbb_fit(&h).state, FIT_REFUSED);
	histories_release(&h);
}
END_TEST

/* ---- BB ---- */

static const struct buyer goers[] = {
	{ 0, 0, 6, 0 }, { 3, 5, 6, 0 }, { 6, 6, 6, 0 }, { 1, 2, 8, 0 },
	{ 2, 8, 8, 0 }, { 0, 0, 0, 0 }, { 4, 6, 8, 0 },
};

START_TEST(bb_is_bgbb_without_leaving)
{
	struct histories h = histories_of(goers, NELEMS(goers));
	const double stay[] = { 0.7, 1.9, 1e-12, 1 };

	for (size_t i = 0; i < NELEMS(goers); i++) {
		const struct buyer *b = &goers[i];

		assert_near(bb_if_alive(stay, b, 3.5),
			    bgbb_if_alive(stay, b, 3.5), 1e-9);
		assert_near(bb_later(stay, b, 2, 3), bgbb_later(stay, b, 2, 3),
			    1e-9);
	}
	assert_near(bb_loglik(stay, &h, NULL), bgbb_loglik(stay, &h, NULL),
		    1e-9);
	histories_release(&h);
}
END_TEST

START_TEST(bb_gradient_is_that_of_finite_differences)
{
	struct histories h = histories_of(goers, NELEMS(goers));
	double p[] = { 0.7, 1.9 }, g[2];

	bb_loglik(p, &h, g);
	for (int k = 0; k < 2; k++) {
		double was = p[k], step = 1e-5 * was, up;

		p[k] = was + step;
		up = bb_loglik(p, &h, NULL);
		p[k] = was - step;
		assert_near(g[k], (up - bb_loglik(p, &h, NULL)) / (2 * step),
			    1e-7);
		p[k] = was;
	}
	histories_release(&h);
}
END_TEST

/* With alpha = beta = 1 every number of purchases is as likely: 1/(n+1). */
START_TEST(bb_pmf_is_flat_where_chances_are)
{
	const double flat[] = { 1, 1 }, p[] = { 0.4, 2.5 };
	double sum = 0, mean = 0;

	for (double x = 0; x <= 12; x++) {
		assert_near(bb_pmf(flat, x, 12), 1. / 13, 1e-14);
		sum += bb_pmf(p, x, 12);
		mean += x * bb_pmf(p, x, 12);
	}
	assert_near(sum, 1, 1e-13);
	assert_near(mean, bb_new(p, 12), 1e-13);
	ck_assert_double_eq(bb_pmf(p, 13, 12), 0);
}
END_TEST

START_TEST(bb_refuses_what_no_occasions_are)
{
	static const struct buyer half = { 1, 0.5, 3, 0 };
	static const struct buyer none[] = { { 0, 0, 3, 0 }, { 0, 0, 4, 0 } };
	struct histories h = histories_of(&half, 1);

	ck_assert_str_eq(bb_fit(&h).refusal, BGBB_NOT_OCCASIONS);
	histories_release(&h);
	h = histories_of(none, 2);
	ck_assert_str_eq(bb_fit(&h).refusal, "no customer bought again");
	histories_release(&h);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sbg");
	TCase *t = tcase_create("all");

	gsl_set_error_handler_off();
	tcase_set_timeout(t, 120);
	tcase_add_test(t, regular_customers_are_as_in_the_paper);
	tcase_add_test(t, residual_lifetimes_are_as_in_the_paper);
	tcase_add_test(t, residual_is_the_sum_that_defines_it);
	tcase_add_test(t, retention_rises_though_nobody_gets_truer);
	tcase_add_test(t, sbg_gradient_is_that_of_finite_differences);
	tcase_add_test(t, sbg_refuses_what_says_nothing);
	tcase_add_test(t, donors_are_as_in_the_paper);
	tcase_add_test(t, donors_give_again_as_in_the_paper);
	tcase_add_test(t,
		       bgbb_pmf_sums_to_one_and_its_mean_is_the_expectation);
	tcase_add_test(t, likelihood_of_all_histories_sums_to_one);
	tcase_add_test(t, bgbb_gradient_is_that_of_finite_differences);
	tcase_add_test(t, thousands_of_occasions_are_no_trouble);
	tcase_add_loop_test(t, long_histories_are_right_to_the_last_digits, 0,
			    NELEMS(long_ones));
	tcase_add_test(t, times_between_occasions_are_refused);
	tcase_add_test(t, bb_is_bgbb_without_leaving);
	tcase_add_test(t, bb_gradient_is_that_of_finite_differences);
	tcase_add_test(t, bb_pmf_is_flat_where_chances_are);
	tcase_add_test(t, bb_refuses_what_no_occasions_are);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
