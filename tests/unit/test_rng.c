/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers: the generator against its published algorithm, the variates
 * against their first two moments. A mean is allowed five standard errors;
 * the numbers are the same in every run, so that a test passes always or
 * never.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "num/rng.h"

#define DRAWS 200000

/* The first outputs of xoshiro256** from the state 1, 2, 3, 4, as they stand
 * in the tests of the Rust crate rand_xoshiro, and as the C of its authors
 * (prng.di.unimi.it/xoshiro256starstar.c) gives them. */
START_TEST(xoshiro256starstar_gives_the_published_numbers)
{
	static const uint64_t expected[] = {
		11520u,
		0u,
		1509978240u,
		1215971899390074240u,
		1216172134540287360u,
		607988272756665600u,
		16172922978634559625u,
		8476171486693032832u,
		10595114339597558777u,
		2904607092377533576u,
	};
	struct rng r = {{1, 2, 3, 4}};

	for (size_t i = 0; i < NELEMS(expected); i++)
		ck_assert_uint_eq(rng_next(&r), expected[i]);
}
END_TEST

START_TEST(streams_of_a_seed_and_seeds_differ)
{
	struct rng a, b, c, again;

	rng_init(&a, 1, 2);
	rng_init(&b, 2, 1);
	rng_init(&c, 1, 3);
	rng_init(&again, 1, 2);
	ck_assert_uint_ne(a.s[0], b.s[0]);
	ck_assert_uint_ne(a.s[0], c.s[0]);
	for (int i = 0; i < 100; i++)
		ck_assert_uint_eq(rng_next(&a), rng_next(&again));
}
END_TEST

START_TEST(bounds_are_kept_and_reached)
{
	struct rng r;
	bool low = false, high = false;

	rng_init(&r, 3, 0);
	for (int i = 0; i < 1000; i++) {
		int64_t v = rng_between(&r, -2, 3);

		ck_assert_int_ge(v, -2);
		ck_assert_int_le(v, 3);
		low = low || v == -2;
		high = high || v == 3;
		v = rng_middling(&r, 10, 17);
		ck_assert_int_ge(v, 10);
		ck_assert_int_le(v, 17);
	}
	ck_assert(low && high);
	ck_assert_uint_eq(rng_below(&r, 1), 0);
	ck_assert(!rng_chance(&r, 0));
	ck_assert(rng_chance(&r, 1000000));
}
END_TEST

struct moments {
	double mean, variance;
};

enum variate { EXPONENTIAL, GAMMA_3, BETA_1_7, BETA_2_3, THIRTY };

static double draw(struct rng *r, enum variate v)
{
	double one = (double)RNG_ONE;

	switch (v) {
	case EXPONENTIAL:
		return (double)rng_exponential(r) / one;
	case GAMMA_3:
		return (double)rng_gamma(r, 3) / one;
	case BETA_1_7:
		return (double)rng_beta(r, 1, 7) / one;
	case BETA_2_3:
		return (double)rng_beta(r, 2, 3) / one;
	case THIRTY:
		return rng_chance(r, 300000);
	}
	return 0;
}

/* Mean and variance as any textbook has them: Beta(a, b) has a/(a+b) and
 * ab/((a+b)^2 (a+b+1)). */
START_TEST(variates_have_their_mean_and_variance)
{
	static const struct moments expected[] = {
		[EXPONENTIAL] = {1, 1},
		[GAMMA_3] = {3, 3},
		[BETA_1_7] = {1.0 / 8, 7.0 / (64 * 9)},
		[BETA_2_3] = {2.0 / 5, 6.0 / (25 * 6)},
		[THIRTY] = {0.3, 0.21},
	};
	struct moments e = expected[_i];
	double sum = 0, squares = 0, mean;
	struct rng r;

	rng_init(&r, 11, (uint64_t)_i);
	for (int i = 0; i < DRAWS; i++) {
		double x = draw(&r, (enum variate)_i);

		sum += x;
		squares += x * x;
	}
	mean = sum / DRAWS;
	ck_assert_double_eq_tol(mean, e.mean, 5 * sqrt(e.variance / DRAWS));
	/* Five standard errors of a variance, with a kurtosis of at most 9. */
	ck_assert_double_eq_tol(squares / DRAWS - mean * mean, e.variance,
				5 * e.variance * sqrt(8.0 / DRAWS));
}
END_TEST

/* P(X > k) = e^-k: the whole part too must be right, not only the mean. */
START_TEST(exponentials_fall_by_e_from_one_to_the_next)
{
	struct rng r;
	int over[4] = {0};

	rng_init(&r, 5, 5);
	for (int i = 0; i < DRAWS; i++) {
		uint64_t whole = rng_exponential(&r) / RNG_ONE;

		for (uint64_t k = 0; k < 4 && k <= whole; k++)
			over[k]++;
	}
	for (int k = 1; k < 4; k++) {
		double p = exp(-k);

		ck_assert_double_eq_tol((double)over[k] / DRAWS, p,
					5 * sqrt(p * (1 - p) / DRAWS));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("rng");
	TCase *t = tcase_create("rng");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_rng");
	tcase_add_test(t, xoshiro256starstar_gives_the_published_numbers);
	tcase_add_test(t, streams_of_a_seed_and_seeds_differ);
	tcase_add_test(t, bounds_are_kept_and_reached);
	tcase_add_loop_test(t, variates_have_their_mean_and_variance, 0,
			    THIRTY + 1);
	tcase_add_test(t, exponentials_fall_by_e_from_one_to_the_next);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
