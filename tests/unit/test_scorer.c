/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discounted sums, and scores that remember. */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/gamgam.h"
#include "model/scorer.h"

static void assert_close(double got, double want, double relative)
{
	ck_assert_msg(fabs(got - want) <= relative * fabs(want),
		      "%.17g, expected %.17g", got, want);
}

/* ---- discounting --------------------------------------------------------- */

static double steady(double t, void *ctx)
{
	(void)ctx;
	return 3 * t;
}

/* tau ln(1 + t / tau): fast first, then ever slower */
static double tiring(double t, void *ctx)
{
	double tau = *(double *)ctx;

	return tau * log1p(t / tau);
}

START_TEST(steady_purchases_discount_as_an_annuity)
{
	const struct discount d = { .horizon = 52, .rate = 0.002 };

	assert_close(discount_expected(&d, 10, steady, NULL),
		     3 * -expm1(-0.002 * 52) / 0.002, 1e-12);
}
END_TEST

START_TEST(without_a_rate_nothing_is_discounted)
{
	const struct discount d = { .horizon = 52 };
	const struct discount steps = { .horizon = 52, .step = 5 };

	assert_close(discount_expected(&d, 10, steady, NULL), 156, 1e-15);
	assert_close(discount_expected(&steps, 10, steady, NULL), 156, 1e-15);
}
END_TEST

START_TEST(integral_agrees_with_a_fine_sum)
{
	static const double taus[] = { 0.5, 20, 400 };
	double tau = taus[_i];
	struct discount d = { .horizon = 260, .rate = 0.003 };
	double sum = 0, h = d.horizon / 200000;

	/* midpoints of int e^(-rate t) dE, dE = dt / (1 + t / tau) */
	for (double t = h / 2; t < d.horizon; t += h)
		sum += exp(-d.rate * t) / (1 + t / tau) * h;
	assert_close(discount_expected(&d, tau, tiring, &tau), sum, 1e-6);
}
END_TEST

START_TEST(steps_pay_at_their_end_and_the_last_may_be_short)
{
	const struct discount d = { .horizon = 10, .rate = 0.1, .step = 4 };
	double by_hand = 12 * exp(-0.4) + 12 * exp(-0.8) + 6 * exp(-1);

	assert_close(discount_expected(&d, 1, steady, NULL), by_hand, 1e-14);
}
END_TEST

START_TEST(ever_smaller_steps_come_to_the_integral)
{
	struct discount d = { .horizon = 52, .rate = 0.01 };
	double tau = 6, smooth = discount_expected(&d, tau, tiring, &tau);

	/* paid later, worth less */
	d.step = 13;
	ck_assert_double_lt(discount_expected(&d, tau, tiring, &tau), smooth);
	d.step = 0.001;
	assert_close(discount_expected(&d, tau, tiring, &tau), smooth, 1e-5);
}
END_TEST

/* ---- scores -------------------------------------------------------------- */

/* The published fit of the CDNOW sample, weeks (Fader, Hardie & Lee 2005) */
static struct scorer_models models(const char *name, bool spend)
{
	return (struct scorer_models){
		.model = lifetime_find(text_of(name)),
		.parameter = { 0.243, 4.414, 0.793, 2.426 },
		.has_spend = spend,
		.spend = { 6.25, 3.74, 15.44 },
	};
}

static const struct discount year = { .horizon = 52, .rate = 0.0018 };

START_TEST(a_score_is_what_the_models_say)
{
	struct scorer_models m = models("bgnbd", true);
	struct scorer *s = scorer_new(&m, &year);
	const struct buyer b = { 2, 30.43, 38.86, 22.35 };
	struct score got = scorer_score(s, &b);
	double alive = m.model->alive(m.parameter, &b);

	assert_close(got.alive, alive, 1e-15);
	assert_close(got.purchases,
		     alive * m.model->if_alive(m.parameter, &b, 52),
		     1e-15);
	assert_close(got.spend, gamgam_expected(m.spend, 2, 22.35), 1e-15);
	/* worth less than undiscounted, more than all at the end */
	ck_assert_double_lt(got.clv, got.purchases * got.spend);
	ck_assert_double_gt(got.clv, got.purchases * got.spend *
					     exp(-52 * 0.0018));
	scorer_free(s);
}
END_TEST

START_TEST(what_is_remembered_is_what_was_computed)
{
	struct scorer_models m = models("mbgnbd", true);
	struct scorer *all = scorer_new(&m, &year);

	/* twice through more (x, T) than the first table holds */
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 3000; i++) {
			double x = i % 7, T = 10 + i / 7;
			struct buyer b = { x, x > 0 ? T / 2 : 0, T, 5 + x };
			struct scorer *alone = scorer_new(&m, &year);
			struct score a = scorer_score(all, &b);
			struct score o = scorer_score(alone, &b);

			ck_assert_double_eq(a.alive, o.alive);
			ck_assert_double_eq(a.purchases, o.purchases);
			ck_assert_double_eq(a.spend, o.spend);
			ck_assert_double_eq(a.clv, o.clv);
			scorer_free(alone);
		}
	}
	scorer_free(all);
}
END_TEST

START_TEST(without_spend_the_value_is_unknown)
{
	struct scorer_models m = models("bgnbd", false);
	struct scorer *s = scorer_new(&m, &year);
	struct score got = scorer_score(s, &(struct buyer){ 2, 3, 9, 5 });

	ck_assert(isnan(got.spend));
	ck_assert(isnan(got.clv));
	ck_assert(isfinite(got.purchases));
	scorer_free(s);
}
END_TEST

START_TEST(scores_are_finite_whatever_the_history)
{
	static const double xs[] = { 0, 1, 2, 50, 1e4, 1e6 };
	static const double Ts[] = { 0, 0.01, 1, 50, 2e4 };
	static const struct discount ways[] = { { 52, 0.0018, 0 },
						{ 0.001, 0.0018, 0 },
						{ 5000, 0.0018, 100 } };

	for (size_t m = 0; m < lifetime_count; m++) {
		struct scorer_models with = models(lifetime_models[m].name,
						   true);
		struct scorer *s = scorer_new(&with, &ways[_i]);

		for (size_t i = 0; i < NELEMS(xs); i++) {
			for (size_t k = 0; k < NELEMS(Ts); k++) {
				if (xs[i] > 0 && Ts[k] == 0)
					continue;
				struct buyer b = { xs[i],
						   xs[i] > 0 ? Ts[k] : 0,
						   Ts[k], 40 };
				struct score got = scorer_score(s, &b);

				ck_assert_double_ge(got.alive, 0);
				ck_assert_double_le(got.alive, 1);
				ck_assert_double_ge(got.purchases, 0);
				ck_assert(isfinite(got.purchases));
				ck_assert_double_gt(got.spend, 0);
				ck_assert_double_ge(got.clv, 0);
				ck_assert(isfinite(got.clv));
			}
		}
		scorer_free(s);
	}
}
END_TEST

/* ---- property: any data give a fit or a reason, and finite scores -------- */

enum { MOST = 50 };

static uint32_t state;

static double random_below(uint32_t below)
{
	state = state * 1664525 + 1013904223;	/* Numerical Recipes */
	return (state >> 8) % below;
}

/* Up to MOST customers with histories that no model made. */
static size_t invent(struct buyer *b)
{
	size_t n = 1 + (size_t)random_below(MOST);
	uint32_t most = random_below(2) > 0 ? 300 : 6;

	for (size_t i = 0; i < n; i++) {
		double T = random_below(400) / 7;
		double x = T > 0 ? random_below(most) : 0;
		double spend = random_below(1000000) / 100;

		b[i] = (struct buyer){ .T = T };
		if (x == 0)
			continue;
		b[i].x = x;
		b[i].t_x = T * (1 + random_below(20)) / 20;
		b[i].z = most == 6 ? spend : spend * spend;
	}
	return n;
}

static void assert_sound(const struct fit *f)
{
	if (f->state == FIT_REFUSED) {
		ck_assert_str_ne(f->refusal, "the search found no maximum");
		return;
	}
	ck_assert(isfinite(f->loglik));
	for (size_t i = 0; i < f->n; i++) {
		ck_assert(isfinite(f->parameter[i]));
		ck_assert_double_gt(f->parameter[i], 0);
		ck_assert(isnan(f->error[i]) || f->error[i] > 0);
	}
}

START_TEST(any_data_give_a_fit_or_a_reason)
{
	struct buyer b[MOST];

	state = (uint32_t)_i;
	size_t n = invent(b);
	struct histories h = histories_of(b, n);
	struct spenders spenders = spenders_of(b, n);
	struct fit gg = gamgam_fit(&spenders);

	assert_sound(&gg);
	for (size_t m = 0; m < lifetime_count; m++) {
		struct fit f = lifetime_models[m].fit(&h);

		assert_sound(&f);
		if (f.state == FIT_REFUSED)
			continue;
		struct scorer_models with = { .model = &lifetime_models[m] };

		memcpy(with.parameter, f.parameter, sizeof(f.parameter));
		with.has_spend = gg.state != FIT_REFUSED;
		memcpy(with.spend, gg.parameter, sizeof(gg.parameter));
		struct scorer *s = scorer_new(&with, &year);

		for (size_t i = 0; i < n; i++) {
			struct score got = scorer_score(s, &b[i]);

			ck_assert_double_ge(got.alive, 0);
			ck_assert_double_le(got.alive, 1);
			ck_assert_double_ge(got.purchases, 0);
			ck_assert(isfinite(got.purchases));
			ck_assert(isnan(got.clv) || got.clv >= 0);
		}
		scorer_free(s);
	}
	spenders_release(&spenders);
	histories_release(&h);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("scorer");
	TCase *t = tcase_create("scorer");

	gsl_set_error_handler_off();
	tcase_set_timeout(t, 120);
	tcase_add_test(t, steady_purchases_discount_as_an_annuity);
	tcase_add_test(t, without_a_rate_nothing_is_discounted);
	tcase_add_loop_test(t, integral_agrees_with_a_fine_sum, 0, 3);
	tcase_add_test(t, steps_pay_at_their_end_and_the_last_may_be_short);
	tcase_add_test(t, ever_smaller_steps_come_to_the_integral);
	tcase_add_test(t, a_score_is_what_the_models_say);
	tcase_add_test(t, what_is_remembered_is_what_was_computed);
	tcase_add_test(t, without_spend_the_value_is_unknown);
	tcase_add_loop_test(t, scores_are_finite_whatever_the_history, 0, 3);
	tcase_add_loop_test(t, any_data_give_a_fit_or_a_reason, 0, 300);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
