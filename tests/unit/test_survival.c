/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Survival curves and the log-rank test, against R's package survival 3.5 on
 * the remission times of Freireich et al. (Blood 21 (1963) 699), which every
 * textbook carries:
 *
 *	s <- survfit(Surv(t, e) ~ 1, conf.type = "log-log"); summary(s)
 *	survdiff(Surv(c(t, p), c(e, rep(1, 21))) ~ rep(0:1, each = 21))
 *	survdiff(Surv(c(t, p), c(e, rep(1, 21))) ~ rep(1:3, 14))
 */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/survival.h"

enum { EACH = 21 };

/* 6-MP; negative: still in remission when last seen */
static const int treated[EACH] = { 6,  6,   6,	 -6,  7,  -9,  10,
				   -10, -11, 13,  16,  -17, -19, -20,
				   22, 23,  -25, -32, -32, -34, -35 };
static const int placebo[EACH] = { 1, 1, 2,  2,	 3,  4,	 4,  5,	 5,  8, 8,
				   8, 8, 11, 11, 12, 12, 15, 17, 22, 23 };

static void assert_near(double got, double want, double absolute)
{
	ck_assert_msg(fabs(got - want) <= absolute, "%.12g, expected %.12g",
		      got, want);
}

/* Both, groups by `by`; backwards, as order makes no difference. */
static void fill(struct spell *s, uint32_t (*by)(size_t i))
{
	for (size_t i = 0; i < 2 * EACH; i++) {
		int t = i < EACH ? treated[i] : placebo[i - EACH];

		s[2 * EACH - 1 - i] = (struct spell){ abs(t), by(i), t > 0 };
	}
}

static uint32_t arm(size_t i)
{
	return i >= EACH;
}

static uint32_t third(size_t i)
{
	return (uint32_t)(i % 3);
}

static struct survival curve(enum survival_band band)
{
	static struct spell s[2 * EACH];

	fill(s, arm);
	return survival_of(s + EACH, EACH, band);
}

static const struct {
	int time, at_risk, lost;
	double survival, error, low, high;
} want[] = {
	{ 6, 21, 3, 0.8571428571, 0.07636035483, 0.6197179553, 0.9515517476 },
	{ 7, 17, 1, 0.8067226891, 0.08693528518, 0.5631465646, 0.9228090192 },
	{ 10, 15, 1, 0.7529411765, 0.09634965299, 0.5031995108,
	  0.8893618352 },
	{ 13, 12, 1, 0.6901960784, 0.10681470778, 0.4316102225,
	  0.8490659633 },
	{ 16, 11, 1, 0.6274509804, 0.11405386526, 0.3675108560,
	  0.8049121895 },
	{ 22, 7, 1, 0.5378151261, 0.12823375169, 0.2677789368, 0.7467907176 },
	{ 23, 6, 1, 0.4481792717, 0.13459145676, 0.1880520060, 0.6801426285 },
};

START_TEST(curve_and_band_are_those_of_r)
{
	struct survival s = curve(SURVIVAL_LOG_LOG);
	size_t k = 0;

	ck_assert_int_eq(s.customers, EACH);
	ck_assert_int_eq(s.lost, 9);
	for (size_t i = 0; i < s.n; i++) {
		const struct survival_step *got = &s.step[i];

		if (!got->lost)
			continue;
		ck_assert_int_eq(got->time, want[k].time);
		ck_assert_int_eq(got->at_risk, want[k].at_risk);
		ck_assert_int_eq(got->lost, want[k].lost);
		assert_near(got->survival, want[k].survival, 1e-10);
		assert_near(got->error, want[k].error, 1e-10);
		assert_near(got->low, want[k].low, 1e-9);
		assert_near(got->high, want[k].high, 1e-9);
		k++;
	}
	ck_assert_uint_eq(k, NELEMS(want));
	survival_release(&s);
}
END_TEST

/* The band at 7, second step: conf.type = "log", then "plain" */
START_TEST(other_bands_are_those_of_r)
{
	struct survival s = curve(SURVIVAL_LOG);

	assert_near(s.step[1].low, 0.6531242185, 1e-9);
	assert_near(s.step[1].high, 0.9964436759, 1e-9);
	survival_release(&s);
	s = curve(SURVIVAL_PLAIN);
	assert_near(s.step[1].low, 0.6363326611, 1e-9);
	assert_near(s.step[1].high, 0.9771127170, 1e-9);
	survival_release(&s);
}
END_TEST

START_TEST(median_is_where_half_are_left)
{
	struct survival s = curve(SURVIVAL_LOG_LOG);

	ck_assert_int_eq(survival_quantile(&s, 0.5), 23);
	ck_assert_int_eq(survival_quantile(&s, 0.4), -1);
	survival_release(&s);
}
END_TEST

START_TEST(logrank_is_that_of_r)
{
	struct spell s[2 * EACH];

	fill(s, arm);
	struct logrank l = logrank_of(s, 2 * EACH, 2);

	assert_near(l.chi_square, 16.79294099, 1e-7);
	assert_near(l.p, 4.168809109e-05, 1e-12);
	assert_near(l.expected[0], 19.25050095, 1e-7);
	ck_assert_int_eq(l.observed[0], 9);
	ck_assert_int_eq(l.observed[1], 21);
	ck_assert_uint_eq(l.freedom, 1);
	logrank_release(&l);
	fill(s, third);
	l = logrank_of(s, 2 * EACH, 3);
	assert_near(l.chi_square, 0.7163805892, 1e-9);
	assert_near(l.expected[1], 9.853599893, 1e-8);
	ck_assert_uint_eq(l.freedom, 2);
	logrank_release(&l);
}
END_TEST

START_TEST(a_group_without_anybody_changes_nothing)
{
	struct spell s[2 * EACH];

	fill(s, arm);
	for (size_t i = 0; i < 2 * EACH; i++)
		s[i].group *= 2;
	struct logrank l = logrank_of(s, 2 * EACH, 4);

	assert_near(l.chi_square, 16.79294099, 1e-7);
	ck_assert_uint_eq(l.freedom, 1);
	logrank_release(&l);
}
END_TEST

START_TEST(one_group_is_compared_with_nothing)
{
	struct spell s[] = { { 2, 0, true }, { 4, 0, true } };
	struct logrank l = logrank_of(s, 2, 1);

	ck_assert(isnan(l.chi_square) && isnan(l.p));
	logrank_release(&l);
}
END_TEST

START_TEST(when_all_are_lost_there_is_no_band)
{
	struct spell s[] = { { 2, 0, true }, { 4, 0, true } };
	struct survival c = survival_of(s, 2, SURVIVAL_LOG_LOG);

	ck_assert_double_eq(c.step[1].survival, 0);
	ck_assert(isnan(c.step[1].low) && isnan(c.step[1].error));
	survival_release(&c);
	c = survival_of(s, 0, SURVIVAL_LOG_LOG);
	ck_assert_uint_eq(c.n, 0);
	survival_release(&c);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("survival");
	TCase *t = tcase_create("all");

	gsl_set_error_handler_off();
	tcase_add_test(t, curve_and_band_are_those_of_r);
	tcase_add_test(t, other_bands_are_those_of_r);
	tcase_add_test(t, median_is_where_half_are_left);
	tcase_add_test(t, logrank_is_that_of_r);
	tcase_add_test(t, a_group_without_anybody_changes_nothing);
	tcase_add_test(t, one_group_is_compared_with_nothing);
	tcase_add_test(t, when_all_are_lost_there_is_no_band);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
