/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters of made-up odds. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_partition.h"
#include "num/rng.h"

enum { MOST = 700 };

/* Odds of any pair: a matrix; what is not set is -5. */
static float *odds, *weight;
static struct linkage_edge edge[MOST * MOST];
static size_t edges;
static uint32_t label[MOST], component[MOST];
static struct linkage_partition_counts counts;

static void setup(void)
{
	odds = mem_alloc((size_t)MOST * MOST, sizeof(*odds));
	weight = mem_alloc((size_t)MOST * MOST, sizeof(*weight));
	for (size_t i = 0; i < (size_t)MOST * MOST; i++) {
		odds[i] = -5;
		weight[i] = 1;
	}
	edges = 0;
}

static void teardown(void)
{
	free(odds);
	free(weight);
}

static double odds_of(const void *ctx, uint32_t a, uint32_t b, double *w)
{
	(void)ctx;
	*w = (double)weight[a * MOST + b];
	return (double)odds[a * MOST + b];
}

static void set(uint32_t a, uint32_t b, double o)
{
	odds[a * MOST + b] = odds[b * MOST + a] = (float)o;
	if (o > -4)
		edge[edges++] = (struct linkage_edge){ a, b, (float)o };
}

static bool run(size_t n, const struct linkage_settled *settled, size_t k)
{
	struct linkage_partition in = { .n = n,
					.edge = edge,
					.edges = edges,
					.settled = settled,
					.settled_n = k,
					.at = 0.85, /* posterior .7 */
					.odds = odds_of };

	return linkage_partition(&in, label, component, &counts);
}

START_TEST(a_pair_above_the_threshold_is_one_cluster)
{
	set(1, 2, 3);
	set(0, 3, 0.8);
	ck_assert(run(4, NULL, 0));
	ck_assert_uint_eq(label[0], 0);
	ck_assert_uint_eq(label[1], 1);
	ck_assert_uint_eq(label[2], 1);
	ck_assert_uint_eq(label[3], 3);
	ck_assert_uint_eq(counts.clusters, 3);
	ck_assert_uint_eq(counts.largest, 2);
}
END_TEST

/* 0-1-2 and 4-5-6 are two people, 3 resembles one record of each. */
static void chain(void)
{
	set(0, 1, 6);
	set(0, 2, 6);
	set(1, 2, 6);
	set(4, 5, 6);
	set(4, 6, 6);
	set(5, 6, 6);
	set(2, 3, 4);
	set(3, 4, 3);
}

START_TEST(a_chain_is_cut_between_two_people)
{
	chain();
	ck_assert(run(7, NULL, 0));
	ck_assert_uint_eq(component[6], 0);
	for (uint32_t i = 0; i < 3; i++) {
		ck_assert_uint_eq(label[i], 0);
		ck_assert_uint_eq(label[i + 4], 4);
	}
	ck_assert_uint_eq(counts.components_cut, 1);
}
END_TEST

START_TEST(pairs_that_say_little_weigh_little)
{
	chain();
	/* 3 has hardly a cell in common with 0 and 1. */
	for (uint32_t i = 0; i < 2; i++)
		weight[i * MOST + 3] = weight[3 * MOST + i] = 0.05F;
	ck_assert(run(7, NULL, 0));
	ck_assert_uint_eq(label[3], 0);
	ck_assert_uint_eq(label[4], 4);
}
END_TEST

START_TEST(a_pair_settled_as_two_is_never_joined)
{
	static const struct linkage_settled apart[] = { { 0, 1, false } };

	set(0, 1, 9);
	set(0, 2, 9);
	set(1, 2, 9);
	ck_assert(run(3, apart, 1));
	ck_assert_uint_ne(label[0], label[1]);
	ck_assert_uint_eq(counts.contradictions, 1);
	/* The third goes with one of them. */
	ck_assert_uint_eq(counts.clusters, 2);
}
END_TEST

START_TEST(a_pair_settled_as_one_is_joined_whatever_its_odds)
{
	static const struct linkage_settled same[] = { { 3, 0, true },
						       { 3, 2, true } };

	ck_assert(run(4, same, 2));
	ck_assert_uint_eq(label[2], 0);
	ck_assert_uint_eq(label[3], 0);
	ck_assert_uint_eq(label[1], 1);
}
END_TEST

START_TEST(settled_pairs_that_contradict_are_told)
{
	static const struct linkage_settled both[] = { { 0, 1, true },
						       { 1, 2, true },
						       { 2, 0, false } };

	set(0, 3, 9);
	ck_assert(!run(4, both, 3));
	ck_assert_uint_eq(label[2], 0);
	ck_assert_uint_eq(label[3], 3);
}
END_TEST

START_TEST(a_contradiction_keeps_two_clusters_apart)
{
	chain();
	set(3, 4, 9);
	for (uint32_t i = 0; i < 3; i++)
		for (uint32_t j = 4; j < 7; j++)
			set(i, j, 9);
	set(1, 3, 9);
	set(0, 3, 9);
	set(3, 5, 9);
	set(3, 6, 9);
	ck_assert(run(7, NULL, 0));
	ck_assert_uint_eq(counts.clusters, 1);
	odds[0 * MOST + 6] = odds[6 * MOST + 0] = -INFINITY;
	ck_assert(run(7, NULL, 0));
	ck_assert_uint_eq(counts.clusters, 2);
	ck_assert_uint_ne(label[0], label[6]);
}
END_TEST

/* Two crowds of 300 hang together by one pair: more than the dense part
 * takes, so the threshold rises until they come apart. */
START_TEST(what_is_too_large_is_taken_apart_first)
{
	enum { CROWD = 300 };

	for (uint32_t i = 0; i < CROWD; i++) {
		for (uint32_t j = 0; j < i; j++) {
			set(i, j, 7);
			set(CROWD + i, CROWD + j, 7);
		}
	}
	set(0, CROWD, 3);
	ck_assert(run((size_t)2 * CROWD, NULL, 0));
	ck_assert_uint_eq(counts.clusters, 2);
	ck_assert_uint_eq(counts.largest, CROWD);
	ck_assert_uint_eq(component[2 * CROWD - 1], 0);
}
END_TEST

START_TEST(edges_in_any_order_give_the_same)
{
	uint32_t was[60];
	struct rng rng;

	rng_init(&rng, 3, 1);
	for (uint32_t i = 0; i < 60; i++)
		for (uint32_t j = 0; j < i; j++)
			set(i, j,
			    (double)rng_between(&rng, -800, 400) / 100 +
				    (i / 5 == j / 5 ? 6 : 0));
	ck_assert(run(60, NULL, 0));
	memcpy(was, label, sizeof(was));
	ck_assert_uint_gt(counts.clusters, 5);
	ck_assert_uint_lt(counts.clusters, 40);
	for (size_t i = edges; i > 1; i--) {
		size_t j = rng_below(&rng, i);
		struct linkage_edge e = edge[i - 1];

		edge[i - 1] = edge[j];
		edge[j] = e;
	}
	ck_assert(run(60, NULL, 0));
	ck_assert_mem_eq(label, was, sizeof(was));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage_partition");
	TCase *t = tcase_create("clusters");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_pair_above_the_threshold_is_one_cluster);
	tcase_add_test(t, a_chain_is_cut_between_two_people);
	tcase_add_test(t, pairs_that_say_little_weigh_little);
	tcase_add_test(t, a_pair_settled_as_two_is_never_joined);
	tcase_add_test(t, a_pair_settled_as_one_is_joined_whatever_its_odds);
	tcase_add_test(t, settled_pairs_that_contradict_are_told);
	tcase_add_test(t, a_contradiction_keeps_two_clusters_apart);
	tcase_add_test(t, what_is_too_large_is_taken_apart_first);
	tcase_add_test(t, edges_in_any_order_give_the_same);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
