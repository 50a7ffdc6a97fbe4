/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pareto/NBD and NBD: against the hypergeometric form of the papers summed in
 * 120 decimal digits, against themselves, and on data drawn from them.
 */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/nbd.h"
#include "model/pnbd.h"

static const double cdnow[] = { 0.553, 10.578, 0.606, 11.669 };

static void assert_close(double got, double want, double relative)
{
	ck_assert_msg(fabs(got - want) <= relative * fabs(want),
		      "%.17g, expected %.17g", got, want);
}

/*
 * r, alpha, s, beta, x, t_x, T; the log-likelihood by equation (A6) of Fader &
 * Hardie (2005) and P(alive) by its terms, Python's decimal at 120 digits.
 */
static const double exact[][9] = {
	{ 0.553, 10.578, 0.606, 11.669, 0, 0, 38.86,
	  -5.21046294080890315e-01, 2.95286604616894155e-01 },
	{ 0.553, 10.578, 0.606, 11.669, 2, 30.43, 38.86,
	  -9.55428324515040650e+00, 8.69167559153011138e-01 },
	{ 0.553, 10.578, 0.606, 11.669, 26, 30.86, 31,
	  -3.91316715403027757e+01, 9.97918731055158270e-01 },
	{ 0.553, 10.578, 1, 11.669, 3, 10, 38.86, -1.07557199813282462e+01,
	  8.37697061088121808e-02 },
	{ 0.553, 10.578, 1.000000001, 11.669, 3, 10, 38.86,
	  -1.07557199812822901e+01, 8.37697059821884554e-02 },
	{ 0.5, 10, 0.5, 10, 4, 12, 30, -1.32002405799347731e+01,
	  3.46386536584148808e-01 },
	{ 1.5, 0.01, 0.4, 25, 5, 3, 40, -1.32154176829548025e+01,
	  4.68783770656611661e-06 },
	{ 0.3, 60, 2.5, 0.02, 1, 5, 200, -1.92732581152379971e+01,
	  1.74285941572480326e-05 },
	{ 2, 5, 0.7, 9, 300, 49, 50, 2.12741691898531087e+02,
	  6.43587805963426796e-01 },
	{ 2, 5, 0.7, 9, 300, 10, 50, 5.99172999238372427e+02,
	  9.62993586144240573e-169 },
	{ 0.05, 3, 0.05, 400, 1, 700, 900, -1.01362109094857917e+01,
	  9.90513106683650224e-01 },
	{ 20, 80, 15, 300, 6, 90, 100, -3.22823667679172530e+01,
	  4.74502347920011558e-01 },
	{ 0.4, 7, 0.5, 4, 3, 99.999, 100, -1.64426471966663321e+01,
	  9.99995192219750306e-01 },
	{ 5, 0.1, 3, 0.1, 50, 0.5, 2, 1.69387433145444021e+02,
	  5.37477349124682928e-31 },
};

START_TEST(likelihood_and_alive_are_right_in_every_corner)
{
	const double *row = exact[_i];
	const struct buyer b = { row[4], row[5], row[6], 0 };
	struct histories h = histories_of(&b, 1);

	assert_close(pnbd_loglik(row, &h, NULL), row[7], 1e-12);
	assert_close(pnbd_alive(row, &b), row[8], 1e-10);
	histories_release(&h);
}
END_TEST

/* BTYD's vignette: E[X(52)] and customer 1516 of the CDNOW sample */
START_TEST(figures_are_those_of_btyd)
{
	const struct buyer b = { 26, 30.86, 31, 0 };

	ck_assert_double_le(fabs(pnbd_new(cdnow, 52) - 1.4734), 0.0005);
	ck_assert_double_le(fabs(pnbd_alive(cdnow, &b) *
					 pnbd_if_alive(cdnow, &b, 52) -
				 25.456),
			    0.01);
}
END_TEST

START_TEST(expectation_passes_smoothly_through_s_of_1)
{
	double before = INFINITY;

	for (int i = -20; i <= 20; i++) {
		const double p[] = { 0.5, 10, 1 + i * 1e-10, 12 };
		double now = pnbd_new(p, 40);

		assert_close(now, 0.5 * 12 / 10 * log(52.0 / 12), 1e-8);
		ck_assert_double_le(now, before);
		before = now;
	}
}
END_TEST

static const struct buyer few[] = {
	{ 0, 0, 30, 0 },      { 0, 0, 10, 0 },	 { 2, 20, 38.86, 0 },
	{ 1, 2, 30, 0 },      { 5, 29.5, 30, 0 }, { 300, 25, 30, 0 },
	{ 4, 30, 30, 0 },
};

static const double sets[][4] = {
	{ 0.55, 10.6, 0.6, 11.7 }, { 2.5, 3, 2, 150 }, { 0.7, 50, 0.2, 0.4 },
	{ 1, 10, 1, 10 },
};

START_TEST(gradient_is_that_of_finite_differences)
{
	struct histories h = histories_of(few, NELEMS(few));
	double p[4], g[4];

	memcpy(p, sets[_i], sizeof(p));
	pnbd_loglik(p, &h, g);
	for (int k = 0; k < 4; k++) {
		double was = p[k], step = 1e-5 * was, up, down;

		p[k] = was + step;
		up = pnbd_loglik(p, &h, NULL);
		p[k] = was - step;
		down = pnbd_loglik(p, &h, NULL);
		p[k] = was;
		ck_assert_msg(fabs(g[k] - (up - down) / (2 * step)) <=
				      1e-6 * fabs(g[k]) + 1e-7,
			      "%g, %g", g[k], (up - down) / (2 * step));
	}
	double n[] = { 0.4, 12 }, gn[2];

	nbd_loglik(n, &h, gn);
	for (int k = 0; k < 2; k++) {
		double was = n[k], up;

		n[k] = was * (1 + 1e-6);
		up = nbd_loglik(n, &h, NULL);
		n[k] = was * (1 - 1e-6);
		assert_close(gn[k],
			     (up - nbd_loglik(n, &h, NULL)) / (2e-6 * was),
			     1e-5);
		n[k] = was;
	}
	histories_release(&h);
}
END_TEST

START_TEST(torture_is_finite)
{
	static const double x[] = { 0, 1, 7, 1e4 };
	static const double T[] = { 1, 365, 20000 };
	static const double share[] = { 1e-6, 0.5, 1 };	/* t_x / T */
	static const double each[] = { 1e-4, 0.3, 1, 50, 1e4 };

	for (size_t i = 0; i < NELEMS(x) * NELEMS(T) * NELEMS(share); i++)
		for (size_t k = 0; k < 625; k++) {
			const double p[] = { each[k % 5], each[k / 5 % 5],
					     each[k / 25 % 5],
					     each[k / 125 % 5] };
			struct buyer b = { .x = x[i % 4],
					   .T = T[i / 4 % 3] };
			struct histories h;
			double g[4];

			b.t_x = b.x > 0 ? b.T * share[i / 12] : 0;
			h = histories_of(&b, 1);
			double ll = pnbd_loglik(p, &h, g);
			double alive = pnbd_alive(p, &b);

			ck_assert_msg(isfinite(ll) && isfinite(g[0]) &&
					      isfinite(g[1]) &&
					      isfinite(g[2]) &&
					      isfinite(g[3]),
				      "%g %g %g %g: %g %g %g", p[0], p[1],
				      p[2], p[3], b.x, b.t_x, b.T);
			ck_assert(alive >= 0 && alive <= 1);
			ck_assert(b.t_x < b.T || alive == 1);
			ck_assert(isfinite(pnbd_if_alive(p, &b, 365)));
			histories_release(&h);
		}
}
END_TEST

START_TEST(without_leaving_it_is_the_nbd)
{
	/* not the one with 300 purchases, who has left whatever the odds */
	struct histories h = histories_of(few, 5);
	const double stay[] = { 0.4, 12, 1e-5, 1e7 };

	assert_close(pnbd_loglik(stay, &h, NULL), nbd_loglik(stay, &h, NULL),
		     1e-9);
	histories_release(&h);
}
END_TEST

/* Few of the panels of the integral count: the sums tell that none of those
 * is left out. */
START_TEST(pmf_of_thousands_sums_to_what_it_should)
{
	static const double each[][4] = {
		{ 700, 1400, 0.04, 0.2 },
		{ 5, 0.1, 3, 200 },
		{ 1.4, 9.4, 1e-5, 3e6 },
		{ 3, 50, 40, 0.5 },
		{ 0.5, 4.2, 95000, 5.5e6 },
	};
	static const double t[] = { 2800, 6, 300, 1000, 1e4 };
	const double *p = each[_i];
	double sum = 0, mean = 0;

	for (double x = 0; x < 2500; x++) {
		double chance = pnbd_pmf(p, x, t[_i]);

		sum += chance;
		mean += x * chance;
	}
	assert_close(sum, 1, 1e-9);
	assert_close(mean, pnbd_new(p, t[_i]), 1e-8);
}
END_TEST

enum { DRAWN = 4000 };

static void draw(struct buyer *b, size_t n, const double *p,
		 unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, seed);
	for (size_t i = 0; i < n; i++) {
		double rate = gsl_ran_gamma(rng, p[PNBD_R],
					    1 / p[PNBD_ALPHA]);
		double leave = gsl_ran_gamma(rng, p[PNBD_S], 1 / p[PNBD_BETA]);
		double life = gsl_ran_exponential(rng, 1 / leave), t = 0;

		b[i] = (struct buyer){ .T = 40 + 60 * gsl_rng_uniform(rng) };
		double end = fmin(life, b[i].T);

		while ((t += gsl_ran_exponential(rng, 1 / rate)) <= end) {
			b[i].x++;
			b[i].t_x = t;
		}
	}
	gsl_rng_free(rng);
}

START_TEST(fit_recovers_what_the_data_were_drawn_from)
{
	static const double truth[] = { 0.9, 8, 0.8, 20 };
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));

	draw(b, DRAWN, truth, (unsigned long)_i + 1);
	struct histories h = histories_of(b, DRAWN);
	struct fit f = pnbd_fit(&h), n = nbd_fit(&h);

	ck_assert_int_eq(f.state, FIT_CONVERGED);
	for (int k = 0; k < 4; k++)
		ck_assert_msg(fabs(f.parameter[k] - truth[k]) <=
				      4 * f.error[k],
			      "%s: %g +- %g", f.name[k], f.parameter[k],
			      f.error[k]);
	ck_assert_double_gt(f.loglik, pnbd_loglik(truth, &h, NULL));
	fit_compare(&f, &n);
	ck_assert_str_eq(f.simpler, "nbd");
	ck_assert_double_lt(f.ratio_p, 1e-6);
	histories_release(&h);
	free(b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("pnbd");
	TCase *t = tcase_create("all");

	gsl_set_error_handler_off();
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, likelihood_and_alive_are_right_in_every_corner,
			    0, NELEMS(exact));
	tcase_add_test(t, figures_are_those_of_btyd);
	tcase_add_test(t, expectation_passes_smoothly_through_s_of_1);
	tcase_add_loop_test(t, gradient_is_that_of_finite_differences, 0,
			    NELEMS(sets));
	tcase_add_test(t, torture_is_finite);
	tcase_add_loop_test(t, pmf_of_thousands_sums_to_what_it_should, 0, 5);
	tcase_add_test(t, without_leaving_it_is_the_nbd);
	tcase_add_loop_test(t, fit_recovers_what_the_data_were_drawn_from, 0,
			    3);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
