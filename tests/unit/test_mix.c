/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structure of consumption, and shares that add up. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/mix.h"

static struct mix_line line(const char *group, const char *customer,
			    const char *purchase, int64_t fen)
{
	return (struct mix_line){ .group = text_of(group),
				  .customer = text_of(customer),
				  .purchase = text_of(purchase),
				  .fen = fen,
				  .absent = !*purchase };
}

static struct mix *three_customers(void)
{
	const struct mix_line lines[] = {
		line("1", "a", "t1", 100), line("1", "a", "t1", 50),
		line("1", "b", "t2", 200), line("1", "b", "", -20),
		line("2", "a", "t3", 7),	 line("2", "", "", 1),
		/* the same number of another customer is another purchase */
		line("1", "c", "t1", 5),
	};
	struct mix *m = mix_new(MIX_PLAIN);

	for (size_t i = 0; i < NELEMS(lines); i++)
		mix_add(m, &lines[i]);
	mix_finish(m, 1);
	return m;
}

START_TEST(what_is_distinct_counts_once_a_group)
{
	struct mix *m = three_customers();
	struct mix_group g = mix_group(m, 0);

	ck_assert_uint_eq(mix_groups(m), 2);
	ck_assert(text_is(g.key, "1"));
	ck_assert_uint_eq(g.rows, 5);
	ck_assert_uint_eq(g.customers, 3);
	ck_assert_uint_eq(g.purchases, 3);
	ck_assert(g.amount == 335);
	g = mix_group(m, 1);
	ck_assert_uint_eq(g.customers, 1);
	ck_assert_uint_eq(g.purchases, 1);
	ck_assert(g.amount == 8);
	mix_free(m);
}
END_TEST

START_TEST(sums_go_beyond_64_bits)
{
	struct mix *m = mix_new(MIX_PLAIN);
	struct mix_line l = line("1", "a", "t", INT64_MAX);

	mix_add(m, &l);
	mix_add(m, &l);
	mix_finish(m, 1);
	ck_assert(mix_group(m, 0).amount == (money_wide)INT64_MAX * 2);
	mix_free(m);
}
END_TEST

static int64_t sum(const int64_t *v, size_t n)
{
	int64_t s = 0;

	for (size_t i = 0; i < n; i++)
		s += v[i];
	return s;
}

/* Three equal thirds of 1000: 333 each and one left over, which the first
 * gets (all remainders are equal). */
START_TEST(thirds_add_up_to_the_whole)
{
	const money_wide value[] = { 7, 7, 7 };
	int64_t share[3];

	ck_assert(mix_shares(value, 3, 1000, share));
	ck_assert_int_eq(share[0], 334);
	ck_assert_int_eq(share[1], 333);
	ck_assert_int_eq(share[2], 333);
}
END_TEST

/* 41.6, 33.4, 25.0 of a hundred: 41, 33, 25 and one over, to the .6 */
START_TEST(the_largest_remainder_gets_what_is_left)
{
	const money_wide value[] = { 416, 334, 250 };
	int64_t share[3];

	ck_assert(mix_shares(value, 3, 100, share));
	ck_assert_int_eq(share[0], 42);
	ck_assert_int_eq(share[1], 33);
	ck_assert_int_eq(share[2], 25);
}
END_TEST

START_TEST(shares_always_add_up)
{
	money_wide value[12];
	int64_t share[12];
	uint32_t seed = (uint32_t)_i + 1;
	money_wide total = 0;

	for (size_t i = 0; i < NELEMS(value); i++) {
		seed = seed * 1664525u + 1013904223u;
		value[i] = (int32_t)(seed >> 12) - (_i % 3 ? 0 : 90000);
		total += value[i];
	}
	if (total <= 0) {
		ck_assert(!mix_shares(value, NELEMS(value), 1000000, share));
		return;
	}
	ck_assert(mix_shares(value, NELEMS(value), 1000000, share));
	ck_assert_int_eq(sum(share, NELEMS(share)), 1000000);
	/* and none is a unit away from its own */
	for (size_t i = 0; i < NELEMS(value); i++) {
		money_wide off = share[i] * total - value[i] * 1000000;
		ck_assert(off > -total && off < total);
	}
}
END_TEST

START_TEST(there_are_no_shares_of_nothing)
{
	const money_wide value[] = { 5, -5 };
	int64_t share[2];

	ck_assert(!mix_shares(value, 2, 1000, share));
	ck_assert(!mix_shares(value, 0, 1000, share));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mix");
	TCase *tc = tcase_create("mix");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, what_is_distinct_counts_once_a_group);
	tcase_add_test(tc, sums_go_beyond_64_bits);
	tcase_add_test(tc, thirds_add_up_to_the_whole);
	tcase_add_test(tc, the_largest_remainder_gets_what_is_left);
	tcase_add_loop_test(tc, shares_always_add_up, 0, 30);
	tcase_add_test(tc, there_are_no_shares_of_nothing);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
