/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Shapley value against its definition over orders. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "num/shapley.h"

/* The glove market: one left glove (player 0), two right ones; a pair is
 * worth 1. Textbook values: 2/3, 1/6, 1/6. */
static long double gloves(unsigned set, const void *ctx)
{
	(void)ctx;
	return (set & 1) && (set & 6);
}

START_TEST(the_rare_glove_gets_two_thirds)
{
	long double phi[3];

	shapley(3, gloves, NULL, phi);
	ck_assert_ldouble_eq_tol(phi[0], 2.0L / 3, 1e-15L);
	ck_assert_ldouble_eq_tol(phi[1], 1.0L / 6, 1e-15L);
	ck_assert_ldouble_eq_tol(phi[2], 1.0L / 6, 1e-15L);
}
END_TEST

static long double alone(unsigned set, const void *ctx)
{
	(void)ctx;
	return set ? 7 : 3;
}

START_TEST(a_single_player_gets_all_of_it)
{
	long double phi;

	shapley(1, alone, NULL, &phi);
	ck_assert_ldouble_eq(phi, 4);
}
END_TEST

/* Any game: a table of values. */
static long double table(unsigned set, const void *ctx)
{
	return ((const long double *)ctx)[set];
}

#define PLAYERS 5

/* By orders: every player comes in after those before it. */
struct walk {
	const long double *v;
	long double sum[PLAYERS];
	long orders;
};

static void walk(struct walk *w, unsigned in, const int *order, int n)
{
	if (n == PLAYERS) {
		unsigned set = 0;
		for (int i = 0; i < PLAYERS; i++) {
			unsigned more = set | 1u << order[i];
			w->sum[order[i]] += w->v[more] - w->v[set];
			set = more;
		}
		w->orders++;
		return;
	}
	for (int p = 0; p < PLAYERS; p++) {
		int longer[PLAYERS];

		if (in >> p & 1)
			continue;
		memcpy(longer, order, (size_t)n * sizeof(*order));
		longer[n] = p;
		walk(w, in | 1u << p, longer, n + 1);
	}
}

START_TEST(sets_and_orders_agree)
{
	long double v[1 << PLAYERS], phi[PLAYERS], sum = 0;
	struct walk w = {.v = v};
	uint32_t seed = (uint32_t)_i * 2654435761u + 1;

	for (size_t i = 0; i < NELEMS(v); i++) {
		seed = seed * 1664525u + 1013904223u;
		v[i] = (long double)(int32_t)seed / 1000;
	}
	int none[PLAYERS] = {0};

	walk(&w, 0, none, 0);
	ck_assert_int_eq(w.orders, 120);
	shapley(PLAYERS, table, v, phi);
	for (int i = 0; i < PLAYERS; i++) {
		ck_assert_ldouble_eq_tol(phi[i], w.sum[i] / 120, 1e-9L);
		sum += phi[i];
	}
	ck_assert_ldouble_eq_tol(sum, v[NELEMS(v) - 1] - v[0], 1e-9L);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("shapley");
	TCase *tc = tcase_create("shapley");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, the_rare_glove_gets_two_thirds);
	tcase_add_test(tc, a_single_player_gets_all_of_it);
	tcase_add_loop_test(tc, sets_and_orders_agree, 0, 20);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
