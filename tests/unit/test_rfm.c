/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores, scales and segments. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/rfm.h"
#include "num/rng.h"

/* The rule as the header states it, by counting. */
static unsigned by_rule(const int64_t *v, size_t n, int64_t x, unsigned scores,
			bool less)
{
	size_t worse = 0;

	for (size_t i = 0; i < n; i++)
		worse += less ? v[i] > x : v[i] < x;
	return 1 + (unsigned)(scores * worse / n);
}

static void hold_to_rule(const int64_t *v, size_t n, unsigned scores,
			 bool less)
{
	int64_t *copy = mem_alloc(n, sizeof(*copy));
	struct rfm_scale s;

	memcpy(copy, v, n * sizeof(*copy));
	rfm_quantiles(&s, copy, n, scores, less);
	for (size_t i = 0; i < n; i++)
		ck_assert_uint_eq(rfm_score(&s, v[i]),
				  by_rule(v, n, v[i], scores, less));
	for (size_t i = 1; i + 1 < scores; i++)
		ck_assert_int_le(s.at_most[i - 1], s.at_most[i]);
	free(copy);
}

START_TEST(ten_different_values_fall_into_fifths)
{
	static const int64_t v[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };
	int64_t copy[10];
	struct rfm_scale s;

	memcpy(copy, v, sizeof(v));
	rfm_quantiles(&s, copy, 10, 5, false);
	for (size_t i = 0; i < 10; i++)
		ck_assert_uint_eq(rfm_score(&s, v[i]), 5 - i / 2);
	memcpy(copy, v, sizeof(v));
	rfm_quantiles(&s, copy, 10, 5, true);
	for (size_t i = 0; i < 10; i++)
		ck_assert_uint_eq(rfm_score(&s, v[i]), 1 + i / 2);
}
END_TEST

START_TEST(equal_values_have_equal_scores)
{
	/* 6 of 10 bought once: nobody is worse, so they score 1; the next
	 * has 6 worse: 1 + floor(5 * 6 / 10) = 4. */
	int64_t v[] = { 1, 1, 1, 1, 1, 1, 2, 2, 3, 9 };
	struct rfm_scale s;

	rfm_quantiles(&s, v, 10, 5, false);
	ck_assert_uint_eq(rfm_score(&s, 1), 1);
	ck_assert_uint_eq(rfm_score(&s, 2), 4);
	ck_assert_uint_eq(rfm_score(&s, 3), 5);
	ck_assert_uint_eq(rfm_score(&s, 9), 5);
	/* Those who come later are scored by the same bands. */
	ck_assert_uint_eq(rfm_score(&s, 0), 1);
	ck_assert_uint_eq(rfm_score(&s, 1000), 5);
}
END_TEST

START_TEST(all_equal_is_the_lowest_score)
{
	int64_t v[] = { 7, 7, 7 };
	struct rfm_scale s;

	rfm_quantiles(&s, v, 3, 5, false);
	ck_assert_uint_eq(rfm_score(&s, 7), 1);
	rfm_quantiles(&s, v, 3, 5, true);
	ck_assert_uint_eq(rfm_score(&s, 7), 1);
	ck_assert_uint_eq(rfm_score(&s, 6), 5);
}
END_TEST

START_TEST(no_customers_make_a_scale_of_zeros)
{
	struct rfm_scale s;

	rfm_quantiles(&s, NULL, 0, 5, false);
	for (size_t i = 0; i < 4; i++)
		ck_assert_int_eq(s.at_most[i], 0);
}
END_TEST

START_TEST(quantiles_are_the_counted_rule)
{
	struct rng rng;
	int64_t v[200];

	rng_init(&rng, (uint64_t)_i, 0);
	for (unsigned scores = RFM_SCORES_MIN; scores <= RFM_SCORES_MAX;
	     scores++) {
		size_t n = 1 + rng_below(&rng, NELEMS(v));
		uint32_t spread = 1 + (uint32_t)rng_below(&rng, 60);

		for (size_t i = 0; i < n; i++)
			v[i] = (int64_t)rng_below(&rng, spread) - 20;
		hold_to_rule(v, n, scores, false);
		hold_to_rule(v, n, scores, true);
	}
}
END_TEST

START_TEST(large_money_keeps_its_order)
{
	static const int64_t v[] = { INT64_MAX, INT64_MIN + 1, 0, -1, 1 };

	hold_to_rule(v, NELEMS(v), 5, false);
	hold_to_rule(v, NELEMS(v), 5, true);
}
END_TEST

START_TEST(cuts_are_upper_bounds)
{
	struct rfm_scale s;

	ck_assert_ptr_null(
		rfm_scale_parse(&s, "30,90,180,365", 5, true, false));
	ck_assert_uint_eq(rfm_score(&s, 0), 5);
	ck_assert_uint_eq(rfm_score(&s, 30), 5);
	ck_assert_uint_eq(rfm_score(&s, 31), 4);
	ck_assert_uint_eq(rfm_score(&s, 365), 2);
	ck_assert_uint_eq(rfm_score(&s, 366), 1);
	ck_assert_ptr_null(rfm_scale_parse(&s, "1,2,3,5", 5, false, false));
	ck_assert_uint_eq(rfm_score(&s, 1), 1);
	ck_assert_uint_eq(rfm_score(&s, 4), 4);
	ck_assert_uint_eq(rfm_score(&s, 6), 5);
	ck_assert_ptr_null(rfm_scale_parse(&s, "-0.01,10.5", 3, false, true));
	ck_assert_int_eq(s.at_most[0], -1);
	ck_assert_int_eq(s.at_most[1], 1050);
}
END_TEST

static const struct {
	const char *bounds, *wrong;
} bad_bounds[] = {
	{ "1,2,3", "fewer" },	  { "1,2,3,4,5", "more" },
	{ "1,2,2,3", "ascend" },  { "1,2,x,4", "whole number" },
	{ "", "whole number" },	  { "1,2,,4", "whole number" },
	{ "1.5,2,3,4", "whole" },
};

START_TEST(bad_bounds_are_told)
{
	struct rfm_scale s;
	const char *wrong = rfm_scale_parse(&s, bad_bounds[_i].bounds, 5,
					    false, false);

	ck_assert_ptr_nonnull(wrong);
	ck_assert_ptr_nonnull(strstr(wrong, bad_bounds[_i].wrong));
}
END_TEST

START_TEST(ranges_are_scores_or_a_star)
{
	unsigned low, high;

	ck_assert(rfm_range_parse(TEXT("3"), &low, &high));
	ck_assert(low == 3 && high == 3);
	ck_assert(rfm_range_parse(TEXT("2-5"), &low, &high));
	ck_assert(low == 2 && high == 5);
	ck_assert(rfm_range_parse(TEXT("*"), &low, &high));
	ck_assert(low == 1 && high == RFM_SCORES_MAX);
	ck_assert(!rfm_range_parse(TEXT(""), &low, &high));
	ck_assert(!rfm_range_parse(TEXT("5-2"), &low, &high));
	ck_assert(!rfm_range_parse(TEXT("0-2"), &low, &high));
	ck_assert(!rfm_range_parse(TEXT("2-"), &low, &high));
	ck_assert(!rfm_range_parse(TEXT("2-3-4"), &low, &high));
	ck_assert(!rfm_range_parse(TEXT("11"), &low, &high));
}
END_TEST

static void add(struct rfm_segments *s, const char *id, const char *r,
		const char *f, const char *m)
{
	struct rfm_segment one = { .id = text_of(id) };

	ck_assert(rfm_range_parse(text_of(r), &one.low[0], &one.high[0]));
	ck_assert(rfm_range_parse(text_of(f), &one.low[1], &one.high[1]));
	ck_assert(rfm_range_parse(text_of(m), &one.low[2], &one.high[2]));
	ck_assert_ptr_null(rfm_segments_add(s, &one));
}

START_TEST(the_first_row_that_fits_counts)
{
	struct rfm_segments s = { 0 };
	unsigned gap[RFM_MEASURES];

	add(&s, "best", "3", "3", "*");
	add(&s, "rest", "*", "*", "1-2");
	add(&s, "best", "*", "*", "3");
	ck_assert_int_eq(rfm_segments_finish(&s, 3, gap), RFM_FITS);
	ck_assert_uint_eq(rfm_segment_of(&s, 3, 3, 1), 0);
	ck_assert_uint_eq(rfm_segment_of(&s, 1, 3, 2), 1);
	ck_assert_uint_eq(rfm_segment_of(&s, 1, 1, 3), 0);
}
END_TEST

START_TEST(gaps_and_other_scores_are_told)
{
	struct rfm_segments s = { 0 };
	unsigned gap[RFM_MEASURES];

	add(&s, "a", "1-2", "*", "*");
	add(&s, "b", "3", "2-3", "*");
	ck_assert_int_eq(rfm_segments_finish(&s, 5, gap), RFM_OTHER_SCORES);
	ck_assert_int_eq(rfm_segments_finish(&s, 2, gap), RFM_OTHER_SCORES);
	ck_assert_int_eq(rfm_segments_finish(&s, 3, gap), RFM_GAP);
	ck_assert_uint_eq(gap[RFM_R], 3);
	ck_assert_uint_eq(gap[RFM_F], 1);
	ck_assert_uint_eq(gap[RFM_M], 1);
	add(&s, "c", "*", "*", "*");
	ck_assert_int_eq(rfm_segments_finish(&s, 3, gap), RFM_FITS);
}
END_TEST

START_TEST(a_segment_has_one_name)
{
	struct rfm_segments s = { 0 };
	struct rfm_segment one = { .id = TEXT("a"), .en = TEXT("A") };

	ck_assert_ptr_null(rfm_segments_add(&s, &one));
	ck_assert_ptr_null(rfm_segments_add(&s, &one));
	one.en = TEXT("B");
	ck_assert_ptr_nonnull(rfm_segments_add(&s, &one));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rfm");
	TCase *t = tcase_create("rfm");
	SRunner *runner;
	int failed;

	tcase_add_test(t, ten_different_values_fall_into_fifths);
	tcase_add_test(t, equal_values_have_equal_scores);
	tcase_add_test(t, all_equal_is_the_lowest_score);
	tcase_add_test(t, no_customers_make_a_scale_of_zeros);
	tcase_add_loop_test(t, quantiles_are_the_counted_rule, 0, 50);
	tcase_add_test(t, large_money_keeps_its_order);
	tcase_add_test(t, cuts_are_upper_bounds);
	tcase_add_loop_test(t, bad_bounds_are_told, 0, NELEMS(bad_bounds));
	tcase_add_test(t, ranges_are_scores_or_a_star);
	tcase_add_test(t, the_first_row_that_fits_counts);
	tcase_add_test(t, gaps_and_other_scores_are_told);
	tcase_add_test(t, a_segment_has_one_name);
	suite_add_tcase(suite, t);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
