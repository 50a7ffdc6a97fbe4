/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BG/NBD and MBG/NBD against published figures, against sums in 100 decimal
 * digits, and against themselves.
 */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/bgnbd.h"
#include "model/lifetime.h"
#include "model/mbgnbd.h"
#include "model/nbd.h"

enum { R = BETAGEO_R, ALPHA = BETAGEO_ALPHA, A = BETAGEO_A, B = BETAGEO_B };

/* The estimates for the CDNOW sample: Fader, Hardie & Lee (2005), table 2,
 * with the digits that CLVTools 0.11 prints. */
static const double cdnow[] = { 0.242594514, 4.41360174, 0.792921957,
				2.42590637, 1 };
static const double paper[] = { 0.243, 4.414, 0.793, 2.426 };

static void assert_close(double got, double want, double relative)
{
	ck_assert_msg(fabs(got - want) <= relative * fabs(want),
		      "%.17g, expected %.17g", got, want);
}

static void assert_near(double got, double want, double absolute)
{
	ck_assert_msg(fabs(got - want) <= absolute,
		      "%.17g, expected %.17g", got, want);
}

/* ---- figures published --------------------------------------------------- */

START_TEST(pmf_is_as_printed_in_the_btyd_manual)
{
	/* n = 11..20 at t = 30; by way of lifetimes' tests */
	static const double at_30[] = {
		0.0019995214, 0.0015170236, 0.001163315, 0.0009003148,
		0.0007023638, 0.0005517902, 0.0004361913, 0.0003467171,
		0.0002769613, 0.000222226
	};

	assert_close(bgnbd_pmf(paper, 10, 2), 1.07869e-07, 1e-5);
	assert_near(bgnbd_pmf(paper, 0, 39), 0.5737864, 1e-7);
	for (size_t i = 0; i < NELEMS(at_30); i++)
		assert_near(bgnbd_pmf(paper, 11 + (double)i, 30), at_30[i],
			    1e-10);
}
END_TEST

/* E[X(t)] of a new customer; lifetimes' tests hold the first six. */
static const struct {
	double t, value;
} fresh[] = {
	{ 0.1429, 0.00781600064 }, { 1, 0.0531842929 },
	{ 3, 0.150630842 },	   { 31.8571, 1.04048914 },
	{ 32, 1.04373204 },	   { 52, 1.44401239 },
	{ 78, 1.85795838 },
};

START_TEST(new_customers_buy_as_published)
{
	assert_close(bgnbd_new(cdnow, fresh[_i].t), fresh[_i].value, 1e-7);
}
END_TEST

/*
 * Customers of the CDNOW sample by their history in days: P(alive), purchases
 * expected in the next 39 weeks. Customer 1516: BTYD's vignette.
 */
static const struct {
	double x, t_x, T, alive, next_39;
} known[] = {
	{ 2, 213, 272, 0.726620303, 1.22599444 },
	{ 1, 12, 272, 0.212391024, 0.203418827 },
	{ 0, 0, 272, 1, 0.194793625 },
	{ 7, 206, 272, 0.641834714, 3.33757142 },
	{ 2, 250, 272, 0.784872973, 1.32428161 },
	{ 26, 216, 217, 0.968854443, 20.7489034 },
};

static struct buyer weeks(double x, double t_x, double T)
{
	return (struct buyer){ .x = x, .t_x = t_x / 7, .T = T / 7 };
}

START_TEST(known_customers_are_alive_as_published)
{
	struct buyer b = weeks(known[_i].x, known[_i].t_x, known[_i].T);
	double alive = bgnbd_alive(cdnow, &b);

	assert_close(alive, known[_i].alive, 1e-7);
	assert_close(alive * bgnbd_if_alive(cdnow, &b, 39),
		     known[_i].next_39, 1e-7);
}
END_TEST

static double loglik_of(const double *parameter, struct buyer b)
{
	struct histories h = histories_of(&b, 1);
	double value = bgnbd_loglik(parameter, &h);

	histories_release(&h);
	return value;
}

START_TEST(likelihood_of_one_customer_is_as_published)
{
	/* pymc-marketing's tests; the second overflows when written naively
	 * (Fader & Hardie, note 027) */
	static const double p[] = { 0.25, 4, 0.8, 2.5 };

	assert_near(loglik_of(p, (struct buyer){ 0, 0, 40, 0 }), -0.59947382,
		    1e-8);
	assert_near(loglik_of(p, (struct buyer){ 200, 38, 40, 0 }), 100.79569,
		    1e-5);
}
END_TEST

/* ---- figures in 100 digits ----------------------------------------------- */

/*
 * r, alpha, a, b, t and E[X(t)] by equation (9) with the hypergeometric series
 * summed in 100 decimal digits (Python's decimal; a = 1 moved by 1e-45).
 */
static const double hypergeometric[][6] = {
	{ 0.243, 4.414, 0.793, 2.426, 52, 1.4460505953964038e+00 },
	{ 0.243, 4.414, 0.793, 2.426, 0.001, 5.5050197502677485e-05 },
	{ 10000.243, 104.414, 0.793, 10002.426, 39, 3.2804430533595664e+03 },
	{ 10000.243, 14.414, 0.793, 10002.426, 520, 5.3753140507378317e+04 },
	{ 0.5, 10, 1, 3, 40, 1.2864578884820423e+00 },
	{ 0.5, 10, 1.000000001, 3, 40, 1.2864578880845035e+00 },
	{ 0.5, 10, 0.4, 0.6, 40, 1.1780214253628376e+00 },
	{ 2, 5, 0.01, 0.02, 30, 8.1589288628819645e+00 },
	{ 0.3, 0.1, 0.8, 2.5, 100, 1.3321355057525047e+01 },
	{ 0.3, 0.01, 0.8, 2.5, 1000, 4.8558021016830587e+01 },
	{ 5, 1, 0.3, 0.7, 5000, 1.2917430925279934e+03 },
	{ 1, 10, 50, 70, 20, 1.0935276534666152e+00 },
	{ 3, 10, 1000, 3000, 50, 3.6506443546060989e+00 },
	{ 0.25, 4, 0.00001, 2, 100, 6.2498819802855348e+00 },
	{ 0.25, 4, 2, 0.00001, 100, 5.5715365248716364e-01 },
	{ 0.25, 4, 100000, 250000, 10, 4.4122731930647791e-01 },
	{ 1000, 4000, 0.8, 2.4, 10, 1.9259782129033445e+00 },
	{ 100000, 400000, 0.8, 2.4, 10, 1.9262825820480187e+00 },
	{ 2.5, 3, 2, 1.5, 4, 1.4285714285714286e+00 },
	{ 201.5, 43, 3.0, 201, 12, 3.9258325163546829e+01 },
};

START_TEST(expectation_holds_in_every_corner)
{
	const double *row = hypergeometric[_i];

	assert_close(betageo_purchases(row, row[4]), row[5], 1e-13);
}
END_TEST

START_TEST(expectation_passes_smoothly_through_its_poles)
{
	/* a = 1 and a + b = 1 are poles of the printed form only. */
	double before = 0;

	for (int i = -50; i <= 50; i++) {
		double one = 1 + i * 1e-9;
		const double a_near_1[] = { 0.5, 10, one, 3 };
		const double sum_near_1[] = { 0.5, 10, 0.4, one - 0.4 };
		double now = betageo_purchases(a_near_1, 40);

		assert_near(now, 1.2864578884820423, 1e-7);
		assert_near(betageo_purchases(sum_near_1, 40),
			    1.1780214253628376, 1e-7);
		/* a larger chance to leave means fewer purchases */
		if (i > -50)
			ck_assert_double_lt(now, before);
		before = now;
	}
}
END_TEST

/* ---- properties ---------------------------------------------------------- */

static const double sets[][5] = {
	{ 0.243, 4.414, 0.793, 2.426, 1 },
	{ 2.5, 3, 2, 1.5, 2 },
	{ 0.7, 0.5, 0.2, 0.4, 3 },
	{ 1, 10, 1, 3, 4 },
	{ 6, 30, 5, 8, 1 },
};

START_TEST(pmf_sums_to_one_and_its_mean_is_the_expectation)
{
	const double *p = sets[_i];

	for (size_t m = 0; m < lifetime_count; m++) {
		const struct lifetime_model *model = &lifetime_models[m];
		double total = 0, mean = 0;

		for (double x = 0; x < 2000; x++) {
			double chance = model->pmf(p, x, 12);

			total += chance;
			mean += x * chance;
		}
		assert_close(total, 1, 1e-10);
		assert_close(mean, model->fresh(p, 12), 1e-8);
	}
}
END_TEST

START_TEST(what_comes_later_is_what_is_expected)
{
	const double *p = sets[_i];
	const struct buyer b = { 4, 9, 12, 0 };

	for (size_t m = 0; m < lifetime_count; m++) {
		const struct lifetime_model *model = &lifetime_models[m];
		double total = 0, mean = 0;

		for (double y = 0; y < 3000; y++) {
			double chance = model->later(p, &b, y, 8);

			total += chance;
			mean += y * chance;
		}
		assert_close(total, 1, 1e-10);
		assert_close(mean, model->if_alive(p, &b, 8), 1e-8);
	}
}
END_TEST

START_TEST(one_time_buyers_are_alive_for_certain_only_in_the_bgnbd)
{
	struct buyer b = { .T = 300 };

	ck_assert_double_eq(bgnbd_alive(cdnow, &b), 1);
	double modified = mbgnbd_alive(cdnow, &b);

	ck_assert_double_gt(modified, 0);
	ck_assert_double_lt(modified, 1);
}
END_TEST

START_TEST(alive_falls_with_silence)
{
	for (size_t m = 0; m < lifetime_count; m++) {
		double before = 1;

		for (double T = 20; T < 4000; T *= 1.3) {
			struct buyer b = { 5, 20, T, 0 };
			double alive = lifetime_models[m].alive(cdnow, &b);

			ck_assert_double_le(alive, before);
			ck_assert_double_ge(alive, 0);
			before = alive;
		}
	}
}
END_TEST

START_TEST(alive_of_a_heavy_buyer_long_gone_is_zero_without_noise)
{
	struct buyer b = { 1000, 10, 100, 0 };	/* lifetimes' tests */

	ck_assert_double_le(bgnbd_alive(cdnow, &b), 1e-12);
	ck_assert_double_ge(bgnbd_alive(cdnow, &b), 0);
}
END_TEST

START_TEST(ten_thousand_purchases_are_no_trouble)
{
	struct buyer b = { 1e4, 20000, 20000, 0 };
	struct histories h = histories_of(&b, 1);

	for (size_t m = 0; m < lifetime_count; m++) {
		const struct lifetime_model *model = &lifetime_models[m];
		double alive = model->alive(cdnow, &b);
		double next = model->if_alive(cdnow, &b, 365);

		ck_assert_double_gt(alive, 0.99);
		ck_assert_double_le(alive, 1);
		/* he buys every other day and is not known to leave */
		ck_assert_double_gt(next, 170);
		ck_assert_double_lt(next, 182.5);
	}
	ck_assert(isfinite(bgnbd_loglik(cdnow, &h)));
	ck_assert(isfinite(mbgnbd_loglik(cdnow, &h)));
	histories_release(&h);
}
END_TEST

START_TEST(nothing_is_bought_in_no_time)
{
	ck_assert_double_eq(bgnbd_new(cdnow, 0), 0);
	ck_assert_double_eq(mbgnbd_new(cdnow, 0), 0);
	struct buyer b = { 3, 5, 10, 0 };

	ck_assert_double_eq(bgnbd_if_alive(cdnow, &b, 0), 0);
}
END_TEST

static const struct buyer few[] = {
	{ 0, 0, 30, 0 },  { 0, 0, 10, 0 },    { 2, 20, 38.86, 0 },
	{ 1, 2, 30, 0 },  { 5, 29.5, 30, 0 }, { 300, 25, 30, 0 },
	{ 2, 20, 38.86, 0 },
};

START_TEST(gradient_is_that_of_finite_differences)
{
	const double *p = sets[_i];
	struct histories h = histories_of(few, NELEMS(few));

	for (int early = 0; early <= 1; early++) {
		double gradient[4];

		betageo_loglik(p, early, &h, gradient);
		for (int k = 0; k < 4; k++) {
			double q[4], step = 1e-5 * p[k], up, down;

			memcpy(q, p, sizeof(q));
			q[k] = p[k] + step;
			up = betageo_loglik(q, early, &h, NULL);
			q[k] = p[k] - step;
			down = betageo_loglik(q, early, &h, NULL);
			assert_close(gradient[k], (up - down) / (2 * step),
				     1e-6);
		}
	}
	histories_release(&h);
}
END_TEST

START_TEST(equal_histories_are_grouped_and_count_for_each)
{
	struct histories h = histories_of(few, NELEMS(few));
	double each = 0;

	ck_assert_uint_eq(h.n, NELEMS(few) - 1);
	ck_assert_double_eq(h.customers, NELEMS(few));
	ck_assert_double_eq(h.purchases, 310);
	for (size_t i = 0; i < NELEMS(few); i++)
		each += loglik_of(cdnow, few[i]);
	assert_close(bgnbd_loglik(cdnow, &h), each, 1e-13);
	histories_release(&h);
}
END_TEST

/* ---- fits ---------------------------------------------------------------- */

enum { DRAWN = 4000 };

/*
 * Customers as either model has them: rate, chance to leave, purchases one by
 * one. Time is continuous, so that every purchase counts.
 */
static void draw(struct buyer *b, size_t n, const double *p, bool early,
		 unsigned seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, seed);
	for (size_t i = 0; i < n; i++) {
		double rate = gsl_ran_gamma(rng, p[R], 1 / p[ALPHA]);
		double leave = gsl_ran_beta(rng, p[A], p[B]);
		double t = 0;
		bool gone = early && gsl_rng_uniform(rng) < leave;

		b[i] = (struct buyer){ .T = 30 + 40 * gsl_rng_uniform(rng) };
		while (!gone) {
			t += gsl_ran_exponential(rng, 1 / rate);
			if (!(t <= b[i].T))
				break;
			b[i].x++;
			b[i].t_x = t;
			gone = gsl_rng_uniform(rng) < leave;
		}
	}
	gsl_rng_free(rng);
}

static const double truth[] = { 0.8, 6, 0.9, 2.5 };

START_TEST(fit_recovers_what_the_data_were_drawn_from)
{
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));

	for (int early = 0; early <= 1; early++) {
		draw(b, DRAWN, truth, early, (unsigned)_i + 1);
		struct histories h = histories_of(b, DRAWN);
		struct fit f = betageo_fit("test", early, &h);

		ck_assert_int_eq(f.state, FIT_CONVERGED);
		ck_assert_double_le(f.gradient_norm, 1e-3);
		ck_assert_double_eq(f.customers, DRAWN);
		for (int k = 0; k < 4; k++)
			assert_near(f.parameter[k], truth[k], 4 * f.error[k]);
		ck_assert_double_gt(f.loglik,
				    betageo_loglik(truth, early, &h, NULL));
		histories_release(&h);
	}
	free(b);
}
END_TEST

START_TEST(unit_and_order_make_no_difference)
{
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));
	struct buyer *days = mem_alloc(DRAWN, sizeof(*days));

	draw(b, DRAWN, truth, false, 11);
	for (size_t i = 0; i < DRAWN; i++)
		days[DRAWN - 1 - i] = (struct buyer){ b[i].x, b[i].t_x * 7,
						      b[i].T * 7, 0 };
	struct histories in_weeks = histories_of(b, DRAWN);
	struct histories in_days = histories_of(days, DRAWN);
	struct fit w = bgnbd_fit(&in_weeks), d = bgnbd_fit(&in_days);

	assert_close(d.parameter[R], w.parameter[R], 1e-6);
	assert_close(d.parameter[ALPHA], w.parameter[ALPHA] * 7, 1e-6);
	assert_close(d.parameter[A], w.parameter[A], 1e-6);
	assert_close(d.parameter[B], w.parameter[B], 1e-6);
	assert_close(d.error[ALPHA], w.error[ALPHA] * 7, 1e-4);
	/* a density per day is a seventh of one per week */
	assert_near(d.loglik, w.loglik - in_weeks.purchases * log(7), 1e-6);
	histories_release(&in_weeks);
	histories_release(&in_days);
	free(b);
	free(days);
}
END_TEST

START_TEST(a_sample_for_the_starts_does_not_move_the_end)
{
	size_t n = 3 * FIT_SAMPLE;
	struct buyer *b = mem_alloc(n, sizeof(*b));

	/* many repeat buyers: nearly every history is of its own */
	const double busy[] = { 2, 6, 0.9, 2.5 };

	draw(b, n, busy, false, 5);
	struct histories h = histories_of(b, n);

	ck_assert_uint_gt(h.n, 2 * FIT_SAMPLE);
	struct fit f = bgnbd_fit(&h);

	ck_assert_int_eq(f.state, FIT_CONVERGED);
	ck_assert_double_le(f.gradient_norm, 1e-2);
	ck_assert_double_eq(f.customers, (double)n);
	for (int k = 0; k < 4; k++)
		assert_near(f.parameter[k], busy[k], 4 * f.error[k]);
	histories_release(&h);
	free(b);
}
END_TEST

/* What must not be fitted, and why. */
static const struct {
	struct buyer b[4];
	size_t n;
	const char *why;
} hopeless[] = {
	{ { { 2, 10, 20, 0 } }, 1,
	  "fewer different histories than parameters" },
	{ { { 2, 10, 20, 0 }, { 2, 10, 20, 0 } }, 2,
	  "fewer different histories than parameters" },
	{ { { 0, 0, 20, 0 }, { 0, 0, 21, 0 }, { 0, 0, 22, 0 },
	    { 0, 0, 9, 0 } }, 4,
	  "no customer bought again" },
};

START_TEST(what_says_nothing_is_refused_with_a_reason)
{
	struct histories h = histories_of(hopeless[_i].b, hopeless[_i].n);

	for (size_t m = 0; m < lifetime_count; m++) {
		struct fit f = lifetime_models[m].fit(&h);
		struct buf why = { 0 };

		ck_assert_int_eq(f.state, FIT_REFUSED);
		fit_reason(&f, &why);
		ck_assert_str_eq(why.p, hopeless[_i].why);
		buf_release(&why);
	}
	histories_release(&h);
}
END_TEST

START_TEST(when_nobody_leaves_the_fit_says_at_bound)
{
	const double stay[] = { 1.5, 5, 1e-9, 1 };
	struct buyer *b = mem_alloc(DRAWN, sizeof(*b));

	draw(b, DRAWN, stay, false, 3);
	struct histories h = histories_of(b, DRAWN);
	struct fit f = bgnbd_fit(&h);
	struct buf why = { 0 };

	fit_reason(&f, &why);
	ck_assert_str_eq(fit_converged(&f), "at-bound");
	ck_assert_ptr_nonnull(strstr(why.p, "at the bound of"));
	/* a / (a + b) is nearly 0, by a small a or a large b or both */
	ck_assert_uint_ne(f.walled & (1U << A | 1U << B), 0);
	ck_assert_uint_eq(f.walled & (1U << R | 1U << ALPHA), 0);
	ck_assert(isnan(f.error[B]));
	/* what the data do say is right all the same */
	assert_near(f.parameter[R], 1.5, 4 * f.error[R]);
	assert_near(f.parameter[ALPHA], 5, 4 * f.error[ALPHA]);
	double new_52 = bgnbd_new(f.parameter, 52);

	assert_close(new_52, 52 * 1.5 / 5, 0.05);
	buf_release(&why);
	histories_release(&h);
	free(b);
}
END_TEST

START_TEST(soundness_is_what_the_models_need)
{
	static const struct {
		struct buyer b;
		bool sound;
	} cases[] = {
		{ { 0, 0, 10, 0 }, true },	{ { 0, 0, 0, 0 }, true },
		{ { 3, 10, 10, 5 }, true },	{ { 0, 1, 10, 0 }, false },
		{ { 3, 0, 10, 5 }, false },	{ { 3, 11, 10, 5 }, false },
		{ { 2.5, 5, 10, 5 }, false },	{ { -1, 5, 10, 5 }, false },
		{ { 1, -5, 10, 5 }, false },	{ { 1, 5, INFINITY, 5 },
						  false },
		{ { NAN, 5, 10, 5 }, false },	{ { 1, NAN, 10, 5 }, false },
		{ { 1, 5, NAN, 5 }, false },
	};

	for (size_t i = 0; i < NELEMS(cases); i++)
		ck_assert_msg(buyer_is_sound(&cases[i].b) == cases[i].sound,
			      "case %zu", i);
}
END_TEST

static void add_figures(TCase *t)
{
	tcase_add_test(t, pmf_is_as_printed_in_the_btyd_manual);
	tcase_add_loop_test(t, new_customers_buy_as_published, 0,
			    NELEMS(fresh));
	tcase_add_loop_test(t, known_customers_are_alive_as_published, 0,
			    NELEMS(known));
	tcase_add_test(t, likelihood_of_one_customer_is_as_published);
	tcase_add_loop_test(t, expectation_holds_in_every_corner, 0,
			    NELEMS(hypergeometric));
}

static void add_properties(TCase *t)
{
	tcase_add_test(t, expectation_passes_smoothly_through_its_poles);
	tcase_add_loop_test(t,
			    pmf_sums_to_one_and_its_mean_is_the_expectation,
			    0, NELEMS(sets));
	tcase_add_loop_test(t, what_comes_later_is_what_is_expected, 0,
			    NELEMS(sets));
	tcase_add_test(t,
		       one_time_buyers_are_alive_for_certain_only_in_the_bgnbd);
	tcase_add_test(t, alive_falls_with_silence);
	tcase_add_test(t,
		       alive_of_a_heavy_buyer_long_gone_is_zero_without_noise);
	tcase_add_test(t,
		       ten_thousand_purchases_are_no_trouble);
	tcase_add_test(t, nothing_is_bought_in_no_time);
	tcase_add_loop_test(t, gradient_is_that_of_finite_differences, 0,
			    NELEMS(sets));
	tcase_add_test(t, equal_histories_are_grouped_and_count_for_each);
	tcase_add_test(t, soundness_is_what_the_models_need);
}

static void add_fits(TCase *t)
{
	tcase_add_loop_test(t, fit_recovers_what_the_data_were_drawn_from, 0,
			    8);
	tcase_add_test(t, unit_and_order_make_no_difference);
	tcase_add_test(t, a_sample_for_the_starts_does_not_move_the_end);
	tcase_add_loop_test(t, what_says_nothing_is_refused_with_a_reason, 0,
			    NELEMS(hopeless));
	tcase_add_test(t, when_nobody_leaves_the_fit_says_at_bound);
}

/* ---- figures of an independent evaluation ------------------------------- */

/*
 * r, alpha, a, b, x, t_x, T; the log-likelihood of the MBG/NBD, its P(alive)
 * and the log-likelihood of the NBD with r and alpha, by
 *
 *	from decimal import Decimal as D, getcontext
 *	getcontext().prec = 60
 *	def rise(a, n):
 *	    v = D(1)
 *	    for i in range(n): v *= a + i
 *	    return v
 *	def both(r, al, a, b, x, tx, T):
 *	    r, al, a, b, tx, T = (D(repr(v)) for v in (r, al, a, b, tx, T))
 *	    def B(n, m): return rise(a, n) * rise(b, m) / rise(a + b, n + m)
 *	    head = rise(r, x) * al ** r
 *	    here = head * B(0, x + 1) * (al + T) ** -(r + x)
 *	    gone = head * B(1, x) * (al + tx) ** -(r + x)
 *	    nbd = head * (al + T) ** -(r + x)
 *	    return (here + gone).ln(), here / (here + gone), nbd.ln()
 */
static const struct {
	double p[4];
	struct buyer buyer;
	double loglik, alive, nbd;
} exact[] = {
	{ { 0.525, 6.183, 0.891, 1.614 }, { 0, 0, 38.86, 0 },
	  -5.39837463531014583e-01, 3.89735080918762911e-01,
	  -1.04255234921085171e+00 },
	{ { 0.525, 6.183, 0.891, 1.614 }, { 2, 30.43, 38.86, 0 },
	  -9.48555131453393230e+00, 7.06202265118487271e-01,
	  -8.88015013368857353e+00 },
	{ { 0.525, 6.183, 0.891, 1.614 }, { 26, 30.86, 31, 0 },
	  -3.83221269478297941e+01, 9.65566144144061611e-01,
	  -3.57694835518760357e+01 },
	{ { 1.5, 0.01, 1, 1 }, { 5, 3, 40, 0 },
	  -1.20246908133601238e+01, 2.98358048739461979e-07,
	  -2.51037522301391824e+01 },
	{ { 2, 5, 0.02, 40 }, { 300, 49, 50, 0 },
	  2.13589028025688293e+02, 9.85219107266982586e-01,
	  2.13617214094478840e+02 },
	{ { 2, 5, 0.02, 40 }, { 300, 10, 50, 0 },
	  5.96216629391367519e+02, 6.61419399904211702e-167,
	  2.13617214094478840e+02 },
	{ { 0.05, 3, 30, 0.05 }, { 1, 700, 900, 0 },
	  -1.62303693505178046e+01, 2.62039643541106156e-02,
	  -1.00868103402084195e+01 },
	{ { 0.4, 7, 1e-05, 100000.0 }, { 3, 99.999, 100, 0 },
	  -1.48136037357473924e+01, 9.99999999899999770e-01,
	  -1.48136037354473977e+01 },
	{ { 0.3, 60, 0.9, 0.1 }, { 10000, 20000, 20000, 0 },
	  -1.69757314901365426e+04, 9.99910008999100097e-01,
	  -1.69651894666499720e+04 },
	{ { 20, 80, 2, 300 }, { 6, 90, 100, 0 },
	  -2.87302003015575558e+01, 9.71922817552248297e-01,
	  -2.87126243938868129e+01 },
};

START_TEST(mbgnbd_and_nbd_are_right_to_the_last_digits)
{
	struct histories h = histories_of(&exact[_i].buyer, 1);

	assert_close(mbgnbd_loglik(exact[_i].p, &h), exact[_i].loglik, 1e-12);
	assert_close(mbgnbd_alive(exact[_i].p, &exact[_i].buyer),
		     exact[_i].alive, 1e-10);
	assert_close(nbd_loglik(exact[_i].p, &h, NULL), exact[_i].nbd, 1e-12);
	histories_release(&h);
}
END_TEST

int main(void)
{
	static void (*const add[])(TCase *) = { add_figures, add_properties,
						add_fits };
	Suite *s = suite_create("bgnbd");

	gsl_set_error_handler_off();
	for (size_t i = 0; i < NELEMS(add); i++) {
		TCase *t = tcase_create("bgnbd");

		tcase_set_timeout(t, 120);	/* sanitizers, valgrind */
		add[i](t);
		tcase_add_loop_test(t, mbgnbd_and_nbd_are_right_to_the_last_digits, 0,
			    NELEMS(exact));
	suite_add_tcase(s, t);
	}
	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
