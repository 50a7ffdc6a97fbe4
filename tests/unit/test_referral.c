/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recommendations that chain, meet and go in circles. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "model/referral.h"
#include "num/rng.h"

static struct referral *graph;

static void setup(void)
{
	graph = referral_new();
}

static void teardown(void)
{
	referral_free(graph);
}

static void add(const char *from, const char *to, bool won)
{
	ck_assert(referral_add(graph, text_of(from), text_of(to), won));
}

static void check_row(size_t i, const char *who, uint64_t leads, uint64_t won,
		      uint64_t below, uint32_t depth)
{
	struct referral_row row = referral_row(graph, i);

	ck_assert(text_is(row.person, who));
	ck_assert_uint_eq(row.leads, leads);
	ck_assert_uint_eq(row.won, won);
	ck_assert_uint_eq(row.below, below);
	ck_assert_uint_eq(row.depth, depth);
}

/* The customers won by the i-th, in the order of the adding of people. */
static void check_won(size_t i, const char *customers)
{
	struct text rest = text_of(customers), want, who;
	uint32_t at = 0;

	while (rest.n > 0 && text_split(&rest, ',', &want))
		ck_assert(referral_won(graph, i, &at, &who) &&
			  text_eq(who, want));
	ck_assert(!referral_won(graph, i, &at, &who));
	ck_assert(!referral_won(graph, i, &at, &who));
}

START_TEST(a_tree)
{

	add("b", "d", true);
	add("a", "c", false);
	add("a", "b", true);
	add("b", "", false);
	add("d", "e", true);
	ck_assert_uint_eq(referral_count(graph), 3);
	check_row(0, "a", 2, 1, 5, 3);
	check_row(1, "b", 2, 1, 3, 2);
	check_row(2, "d", 1, 1, 1, 1);
	check_won(0, "b");
}
END_TEST

/* a and c both sent b, twice in fact; each lead counts once. */
START_TEST(ways_that_meet)
{
	add("a", "b", true);
	add("a", "b", true);
	add("a", "c", false);
	add("c", "b", false);
	add("b", "d", true);
	check_row((referral_count(graph), 0), "a", 3, 2, 5, 2);
	check_won(0, "b");
}
END_TEST

START_TEST(circles)
{
	ck_assert(!referral_add(graph, TEXT("a"), TEXT("a"), true));
	add("a", "b", true);
	add("b", "c", true);
	add("c", "a", true);
	ck_assert_uint_eq(referral_count(graph), 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(referral_row(graph, i).below, 3);
	ck_assert_uint_eq(referral_row(graph, 0).depth, 3);
}
END_TEST

START_TEST(who_was_won_is_named_once)
{
	add("a", "d", true);
	add("a", "c", false);
	add("a", "b", false);
	add("a", "", true);
	add("a", "b", true);
	add("a", "d", true);
	add("b", "a", false);
	ck_assert_uint_eq(referral_count(graph), 2);
	check_won(0, "d,b");
	check_won(1, "");
}
END_TEST

/* ---- against a look at every pair of people ---- */

#define PEOPLE 12

static uint32_t sent[PEOPLE][PEOPLE]; /* leads */

static void check_all_below(size_t row, size_t from)
{
	size_t away[PEOPLE], last = 0;
	uint64_t below = 0;

	for (size_t k = 0; k < PEOPLE; k++)
		away[k] = k == from ? 0 : SIZE_MAX;
	for (size_t step = 0; step < PEOPLE; step++)
		for (size_t a = 0; a < PEOPLE; a++)
			for (size_t b = 0; away[a] == step && b < PEOPLE; b++) {
				below += sent[a][b];
				if (sent[a][b] > 0)
					last = step + 1;
				if (sent[a][b] > 0 && away[b] > step + 1)
					away[b] = step + 1;
			}
	ck_assert_uint_eq(referral_row(graph, row).below, below);
	ck_assert_uint_eq(referral_row(graph, row).depth, last);
}

/* Trees, ways that meet, circles: more of the latter from loop to loop. */
START_TEST(what_is_below_whatever_the_graph)
{
	static const char names[] = "abcdefghijkl";
	size_t row = 0;
	struct rng r;

	memset(sent, 0, sizeof(sent));
	rng_init(&r, 7, (uint64_t)_i);
	for (size_t to = 1; to < PEOPLE; to++) {
		size_t n = 1 + (rng_below(&r, 100) < (uint64_t)_i);

		for (size_t k = 0; k < n; k++) {
			size_t from = k ? rng_below(&r, PEOPLE)
					: rng_below(&r, to);

			if (from != to &&
			    referral_add(graph,
					 (struct text){ &names[from], 1 },
					 (struct text){ &names[to], 1 }, true))
				sent[from][to]++;
		}
	}
	referral_count(graph);
	for (size_t from = 0; from < PEOPLE; from++) {
		bool any = false;

		for (size_t to = 0; to < PEOPLE; to++)
			any |= sent[from][to] > 0;
		if (any)
			check_all_below(row++, from);
	}
	ck_assert_uint_eq(row, referral_count(graph));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("referral");
	TCase *tc = tcase_create("referral");
	SRunner *sr = srunner_create(s);

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_tree);
	tcase_add_test(tc, ways_that_meet);
	tcase_add_test(tc, circles);
	tcase_add_loop_test(tc, what_is_below_whatever_the_graph, 0, 60);
	tcase_add_test(tc, who_was_won_is_named_once);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
