/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MBG/CNBD-k: k = 1 is the MBG/NBD; against itself; against simulation. */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/mbgcnbd.h"
#include "model/mbgnbd.h"

static const double one[] = { 0.525, 6.183, 0.891, 1.614, 1 };
static const double three[] = { 2, 8, 0.6, 2.4, 3 };

static const struct buyer few[] = {
	{ 0, 0, 30, 0 },      { 0, 0, 10, 0 },	   { 2, 20, 38.86, 0 },
	{ 1, 2, 30, 0 },      { 5, 29.5, 30, 0 },  { 40, 25, 30, 0 },
	{ 40, 30, 30, 0 },
};

static void assert_close(double got, double want, double relative)
{
	ck_assert_msg(fabs(got - want) <= relative * fabs(want),
		      "%.15g, expected %.15g", got, want);
}

START_TEST(one_stage_is_the_mbgnbd)
{
	struct histories h = histories_of(few, NELEMS(few));

	assert_close(mbgcnbd_loglik(one, &h, NULL), mbgnbd_loglik(one, &h),
		     1e-13);
	for (size_t i = 0; i < NELEMS(few); i++) {
		const struct buyer *b = &few[i];

		assert_close(mbgcnbd_alive(one, b), mbgnbd_alive(one, b),
			     1e-12);
		assert_close(mbgcnbd_if_alive(one, b, 26),
			     mbgnbd_if_alive(one, b, 26), 1e-11);
		assert_close(mbgcnbd_stay(one, b, 26),
			     mbgnbd_stay(one, b, 26), 1e-11);
	}
	for (double x = 0; x < 6; x++)
		assert_close(mbgcnbd_pmf(one, x, 20), mbgnbd_pmf(one, x, 20),
			     1e-10);
	assert_close(mbgcnbd_new(one, 20), mbgnbd_new(one, 20), 1e-11);
	histories_release(&h);
}
END_TEST

/* x, t_x, T and a horizon: thousands of purchases, which are added up by some
 * of them, against the closed form of the MBG/NBD. */
static const double heavy[][4] = {
	{ 500, 100, 101, 50 },	  { 10000, 2000, 2001, 52 },
	{ 10000, 2000, 2001, 20000 }, { 10000, 19999, 20000, 2000 },
	{ 3, 20, 30, 50000 },	  { 1000, 30, 30, 30 },
};

START_TEST(many_purchases_are_those_of_the_mbgnbd)
{
	const double *at = heavy[_i];
	const struct buyer b = { at[0], at[1], at[2], 0 };

	assert_close(mbgcnbd_if_alive(one, &b, at[3]),
		     mbgnbd_if_alive(one, &b, at[3]), 1e-9);
	assert_close(mbgcnbd_stay(one, &b, at[3]),
		     mbgnbd_stay(one, &b, at[3]), 1e-9);
}
END_TEST

START_TEST(pmf_sums_to_one_and_its_mean_is_the_expectation)
{
	double total = 0, mean = 0;

	for (double x = 0; x < 500; x++) {
		double chance = mbgcnbd_pmf(three, x, 30);

		total += chance;
		mean += x * chance;
	}
	assert_close(total, 1, 1e-12);
	assert_close(mean, mbgcnbd_new(three, 30), 1e-10);
}
END_TEST

START_TEST(gradient_is_that_of_finite_differences)
{
	struct histories h = histories_of(few, NELEMS(few));
	double p[5], g[4];

	memcpy(p, three, sizeof(p));
	mbgcnbd_loglik(p, &h, g);
	for (int k = 0; k < 4; k++) {
		double at = p[k], step = 1e-6 * at, up;

		p[k] = at + step;
		up = mbgcnbd_loglik(p, &h, NULL);
		p[k] = at - step;
		assert_close(g[k],
			     (up - mbgcnbd_loglik(p, &h, NULL)) / (2 * step),
			     1e-6);
		p[k] = at;
	}
	histories_release(&h);
}
END_TEST

enum { DRAWN = 6000 };

/* What becomes of one customer, followed for T and then for `ahead`. */
struct life {
	struct buyer buyer;
	double log_gaps;
	bool alive;		/* at T */
	double later;		/* purchases in (T, T + ahead] */
};

static struct life live(gsl_rng *rng, const double *p, double T, double ahead)
{
	struct life l = { .buyer = { .T = T } };
	double rate = gsl_ran_gamma(rng, p[MBGCNBD_R], 1 / p[MBGCNBD_ALPHA]);
	double leave = gsl_ran_beta(rng, p[MBGCNBD_A], p[MBGCNBD_B]), t = 0;
	bool gone = gsl_rng_uniform(rng) < leave;

	l.alive = !gone;
	while (!gone) {
		double gap = gsl_ran_gamma(rng, p[MBGCNBD_K], 1 / rate);

		if (!((t += gap) <= T + ahead))
			break;
		gone = gsl_rng_uniform(rng) < leave;
		if (t > T) {
			l.later++;
			continue;
		}
		l.buyer.x++;
		l.buyer.t_x = t;
		l.log_gaps += log(gap);
		l.alive = !gone;
	}
	return l;
}

START_TEST(fit_finds_the_pace_and_what_the_data_were_drawn_from)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));
	double log_gaps = 0;

	gsl_rng_set(rng, (unsigned long)_i + 1);
	for (size_t i = 0; i < DRAWN; i++) {
		struct life l = live(rng, three, 25 + 15 *
						      gsl_rng_uniform(rng), 0);

		b[i] = l.buyer;
		log_gaps += l.log_gaps;
	}
	struct histories h = histories_of(b, DRAWN);

	h.log_gaps = log_gaps;
	struct fit f = mbgcnbd_fit(&h);

	ck_assert_int_eq(f.state, FIT_CONVERGED);
	ck_assert_uint_eq(f.n, 5);
	ck_assert_double_eq(f.parameter[MBGCNBD_K], 3);
	ck_assert(isnan(f.error[MBGCNBD_K]));
	for (int k = 0; k < 4; k++)
		ck_assert_msg(fabs(f.parameter[k] - three[k]) <=
				      4 * f.error[k],
			      "%s: %g +- %g", f.name[k], f.parameter[k],
			      f.error[k]);
	histories_release(&h);
	free(b);
	gsl_rng_free(rng);
}
END_TEST

/* Of many drawn customers, sums of what is expected against what came. */
START_TEST(what_is_expected_comes)
{
	enum { LIVES = 40000 };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double alive = 0, expected_alive = 0, later = 0, expected = 0;
	double late_alive = 0, spread = 0;

	gsl_rng_set(rng, 5);
	for (int i = 0; i < LIVES; i++) {
		struct life l = live(rng, three, 12, 10);
		double p = mbgcnbd_alive(three, &l.buyer);
		double next = p * mbgcnbd_if_alive(three, &l.buyer, 10);

		alive += l.alive;
		expected_alive += p;
		late_alive += p * (1 - p);
		later += l.later;
		expected += next;
		spread += (l.later - next) * (l.later - next);
	}
	ck_assert_double_le(fabs(alive - expected_alive),
			    4 * sqrt(late_alive));
	ck_assert_double_le(fabs(later - expected), 4 * sqrt(spread));
	gsl_rng_free(rng);
}
END_TEST

START_TEST(who_keeps_a_pace_and_is_late_is_gone)
{
	struct buyer late = { 9, 27, 36, 0 };

	/* nine gaps of 3; silent for another three of them */
	ck_assert_double_lt(mbgcnbd_alive(three, &late),
			    mbgnbd_alive((const double[]){ 2, 24, 0.6, 2.4 },
					 &late));
}
END_TEST

START_TEST(without_gaps_no_k_is_chosen)
{
	struct histories h = histories_of(few, NELEMS(few));

	ck_assert_int_eq(mbgcnbd_fit(&h).state, FIT_REFUSED);
	histories_release(&h);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mbgcnbd");
	TCase *t = tcase_create("all");

	gsl_set_error_handler_off();
	tcase_set_timeout(t, 300);
	tcase_add_test(t, one_stage_is_the_mbgnbd);
	tcase_add_loop_test(t, many_purchases_are_those_of_the_mbgnbd, 0,
			    NELEMS(heavy));
	tcase_add_test(t, pmf_sums_to_one_and_its_mean_is_the_expectation);
	tcase_add_test(t, gradient_is_that_of_finite_differences);
	tcase_add_loop_test(
		t, fit_finds_the_pace_and_what_the_data_were_drawn_from, 0, 3);
	tcase_add_test(t, what_is_expected_comes);
	tcase_add_test(t, who_keeps_a_pace_and_is_late_is_gone);
	tcase_add_test(t, without_gaps_no_k_is_chosen);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
