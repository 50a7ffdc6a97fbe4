/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long things took; what the complaints that were heard stand for. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/durations.h"
#include "model/iceberg.h"

/* R 4: x <- (1:97 * 37) %% 101; quantile(x, c(.5, .9, .95), type = 1), and
 * mean(x); of the first 20 of them the same. */
START_TEST(percentiles_are_those_of_type_1)
{
	struct durations d = { .n = 0 };
	struct duration *out;

	for (int64_t i = 1; i <= 97; i++)
		durations_add(&d, 1, i * 37 % 101);
	for (int64_t i = 1; i <= 20; i++)
		durations_add(&d, 0, i * 37 % 101);
	out = durations_finish(&d, 3);
	ck_assert_uint_eq(out[1].n, 97);
	ck_assert_int_eq(out[1].median, 50);
	ck_assert_int_eq(out[1].p90, 90);
	ck_assert_int_eq(out[1].p95, 96);
	ck_assert_int_eq(out[1].max, 100);
	ck_assert_double_eq(out[1].mean, 4868. / 97);
	ck_assert_uint_eq(out[0].n, 20);
	ck_assert_int_eq(out[0].median, 47);
	ck_assert_int_eq(out[0].p90, 87);
	ck_assert_int_eq(out[0].p95, 94);
	ck_assert_int_eq(out[0].max, 97);
	ck_assert_uint_eq(out[2].n, 0);
	ck_assert(isnan(out[2].mean));
	free(out);
	durations_release(&d);
}
END_TEST

START_TEST(one_time_is_all_of_its_percentiles)
{
	struct durations d = { .n = 0 };
	struct duration *out;

	durations_add(&d, 0, 7);
	out = durations_finish(&d, 1);
	ck_assert_int_eq(out->median, 7);
	ck_assert_int_eq(out->p90, 7);
	ck_assert_int_eq(out->p95, 7);
	ck_assert_int_eq(out->max, 7);
	free(out);
	durations_release(&d);
}
END_TEST

static void assert_same(const struct duration *a, const struct duration *b)
{
	ck_assert_uint_eq(a->n, b->n);
	ck_assert(a->mean == b->mean || (isnan(a->mean) && isnan(b->mean)));
	ck_assert_int_eq(a->median, b->median);
	ck_assert_int_eq(a->p90, b->p90);
	ck_assert_int_eq(a->p95, b->p95);
	ck_assert_int_eq(a->max, b->max);
}

/* Whatever the order of the times, and the parts they come in. */
START_TEST(order_and_parts_do_not_matter)
{
	struct durations whole = { .n = 0 }, a = { .n = 0 }, b = { .n = 0 };
	struct duration *one, *two;

	for (int64_t i = 0; i < 1000; i++)
		durations_add(&whole, (uint32_t)(i % 7), i * i % 1013);
	for (int64_t i = 999; i >= 0; i--)
		durations_add(i % 3 ? &a : &b, (uint32_t)(i % 7),
			      i * i % 1013);
	durations_join(&a, &b);
	one = durations_finish(&whole, 8);
	two = durations_finish(&a, 8);
	for (size_t g = 0; g < 8; g++)
		assert_same(&one[g], &two[g]);
	free(one);
	free(two);
	durations_release(&whole);
	durations_release(&a);
	durations_release(&b);
}
END_TEST

#define PCT ICEBERG_UNIT

static void assert_count(struct iceberg_count c, int64_t low, int64_t middle,
			 int64_t high)
{
	ck_assert_int_eq(c.low, low);
	ck_assert_int_eq(c.middle, middle);
	ck_assert_int_eq(c.high, high);
}

/* 12 heard: 12 / 0.3 = 40, 12 / 0.175 = 68.57, 12 / 0.05 = 240; 12 / 0.08 =
 * 150; 12 / 0.04 = 300; 12 x 326 = 3912. */
START_TEST(heard_stand_for_many)
{
	struct iceberg_range r = { 70 * PCT, 95 * PCT };
	struct iceberg_range all = { 326 * ICEBERG_UNIT, 326 * ICEBERG_UNIT };

	assert_count(iceberg_by_share(12, r), 40, 69, 240);
	r.low = r.high = 92 * PCT;
	assert_count(iceberg_by_share(12, r), 150, 150, 150);
	r.low = r.high = 96 * PCT;
	assert_count(iceberg_by_share(12, r), 300, 300, 300);
	r.low = r.high = 0;
	assert_count(iceberg_by_share(12, r), 12, 12, 12);
	assert_count(iceberg_by_people(12, all), 3912, 3912, 3912);
	assert_count(iceberg_less(iceberg_by_share(12, r), 12), 0, 0, 0);
}
END_TEST

/* 80 % tell 8 to 10 and 20 % tell 20: 10.4 to 12, and 11.2 at 9. */
START_TEST(eleven_point_two_are_told)
{
	const struct iceberg_part parts[] = {
		{ 80 * PCT, { 8 * ICEBERG_UNIT, 10 * ICEBERG_UNIT } },
		{ 20 * PCT, { 20 * ICEBERG_UNIT, 20 * ICEBERG_UNIT } },
	};
	struct iceberg_range told;
	struct iceberg_count c = { 100, 100, 100 };

	ck_assert(iceberg_expect(parts, 2, &told));
	ck_assert_int_eq(told.low, 104000);
	ck_assert_int_eq(told.high, 120000);
	assert_count(iceberg_each(c, told), 1040, 1120, 1200);
	ck_assert(!iceberg_expect(parts, 1, &told));
}
END_TEST

START_TEST(parts_are_rounded_half_away_from_zero)
{
	struct iceberg_range gone = { 91 * PCT, 91 * PCT };
	struct iceberg_range half = { 50 * PCT, 50 * PCT };

	/* 28 x 0.91 = 25.48, 57 x 0.91 = 51.87, 228 x 0.91 = 207.48 */
	assert_count(iceberg_part_of((struct iceberg_count){ 28, 57, 228 },
				     gone),
		     25, 52, 207);
	assert_count(iceberg_part_of((struct iceberg_count){ 1, 2, 3 }, half),
		     1, 1, 2);
}
END_TEST

/* 1234.56 x 0.3 = 370.368; a value beyond 64 bits stays exact. */
START_TEST(value_at_risk_is_exact)
{
	money_wide large = (money_wide)INT64_MAX * 1000;

	ck_assert(iceberg_at_risk(123456, 70 * PCT) == 37037);
	ck_assert(iceberg_at_risk(123456, 95 * PCT) == 6173);
	ck_assert(iceberg_at_risk(123456, 0) == 123456);
	ck_assert(iceberg_at_risk(-150, 50 * PCT) == -75);
	ck_assert(iceberg_at_risk(large, 50 * PCT) == large / 2);
	ck_assert(iceberg_at_risk(large, 100 * PCT) == 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("complaint sums");
	TCase *tc = tcase_create("complaint sums");
	SRunner *sr;
	int failed;

	tcase_add_test(tc, percentiles_are_those_of_type_1);
	tcase_add_test(tc, one_time_is_all_of_its_percentiles);
	tcase_add_test(tc, order_and_parts_do_not_matter);
	tcase_add_test(tc, heard_stand_for_many);
	tcase_add_test(tc, eleven_point_two_are_told);
	tcase_add_test(tc, parts_are_rounded_half_away_from_zero);
	tcase_add_test(tc, value_at_risk_is_exact);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
