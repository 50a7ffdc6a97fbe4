/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precision and recall of clusters, by hand. */
#include <check.h>
#include <math.h>

#include "model/linkage_truth.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/*
 * Entities {0,1,2} {3,4} {5}; clusters {0,1} {2,3,4} {5}: found (0,1) (2,3)
 * (2,4) (3,4); true (0,1) (0,2) (1,2) (3,4); right (0,1) (3,4).
 */
START_TEST(pairs_are_counted_as_by_hand)
{
	static const uint32_t entity[] = { 7, 7, 7, 9, 9, 1 };
	static const uint32_t cluster[] = { 0, 0, 2, 2, 2, 5 };
	struct linkage_truth t = linkage_truth(cluster, entity, N(entity));

	ck_assert_uint_eq(t.records, 6);
	ck_assert_uint_eq(t.found, 4);
	ck_assert_uint_eq(t.real, 4);
	ck_assert_uint_eq(t.right, 2);
	ck_assert(t.precision == 0.5 && t.recall == 0.5 && t.f1 == 0.5);
}
END_TEST

START_TEST(unequal_precision_and_recall_make_their_harmonic_mean)
{
	static const uint32_t entity[] = { 0, 0, 0, 0 };
	static const uint32_t cluster[] = { 0, 0, 2, 3 };
	struct linkage_truth t = linkage_truth(cluster, entity, N(entity));

	/* 1 of 6 pairs, none wrong: F1 = 2 (1/6) / (7/6). */
	ck_assert(t.precision == 1);
	ck_assert(fabs(t.recall - 1.0 / 6) < 1e-15);
	ck_assert(fabs(t.f1 - 2.0 / 7) < 1e-15);
}
END_TEST

START_TEST(labels_may_be_any_numbers)
{
	static const uint32_t entity[] = { 4000000000U, 5, 4000000000U, 5 };
	static const uint32_t cluster[] = { 1, 3999999999U, 1, 3999999999U };

	ck_assert(linkage_truth(cluster, entity, N(entity)).f1 == 1);
}
END_TEST

START_TEST(records_of_unknown_entity_count_nowhere)
{
	static const uint32_t entity[] = { 1, LINKAGE_UNKNOWN, 1,
					   LINKAGE_UNKNOWN };
	static const uint32_t cluster[] = { 0, 0, 0, 0 };
	struct linkage_truth t = linkage_truth(cluster, entity, N(entity));

	ck_assert_uint_eq(t.records, 2);
	ck_assert_uint_eq(t.found, 1);
	ck_assert(t.f1 == 1);
}
END_TEST

START_TEST(nothing_found_where_nothing_is_true_is_right)
{
	static const uint32_t label[] = { 0, 1, 2 };
	struct linkage_truth t = linkage_truth(label, label, N(label));

	ck_assert(t.precision == 1 && t.recall == 1 && t.f1 == 1);
	t = linkage_truth(NULL, NULL, 0);
	ck_assert(t.f1 == 1);
}
END_TEST

START_TEST(large_clusters_do_not_overflow)
{
	enum { MANY = 100000 };
	static uint32_t entity[MANY], cluster[MANY];
	struct linkage_truth t = linkage_truth(cluster, entity, MANY);

	ck_assert_uint_eq(t.right, (uint64_t)MANY * (MANY - 1) / 2);
	ck_assert(t.f1 == 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage_truth");
	TCase *t = tcase_create("pairs");
	SRunner *r = srunner_create(s);

	tcase_add_test(t, pairs_are_counted_as_by_hand);
	tcase_add_test(t, unequal_precision_and_recall_make_their_harmonic_mean);
	tcase_add_test(t, labels_may_be_any_numbers);
	tcase_add_test(t, records_of_unknown_entity_count_nowhere);
	tcase_add_test(t, nothing_found_where_nothing_is_true_is_right);
	tcase_add_test(t, large_clusters_do_not_overflow);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
