/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes, cells, levels and bonds, by hand. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "model/loyalty.h"

static const struct loyalty_rule repeats = { 3, false, 730 };
static const struct loyalty_rule purchases = { 3, true, 730 };

START_TEST(three_repeats_are_four_purchases)
{
	struct loyalty_facts f = { .purchases = 3, .first = 0, .last = 9 };

	ck_assert_uint_eq(loyalty_repeats(&f), 2);
	ck_assert_int_eq(loyalty_class(&f, &repeats), LOYALTY_DRIFTER);
	ck_assert_int_eq(loyalty_class(&f, &purchases), LOYALTY_LOYAL);
	f.elsewhere = 1;
	ck_assert_int_eq(loyalty_class(&f, &repeats), LOYALTY_SWITCHER);
	f.purchases = 4;
	ck_assert_int_eq(loyalty_class(&f, &repeats), LOYALTY_LOYAL);
	f.purchases = 0;
	ck_assert_int_eq(loyalty_class(&f, &repeats), LOYALTY_NO_CLASS);
	ck_assert_uint_eq(loyalty_repeats(&f), 0);
}
END_TEST

START_TEST(what_is_unknown_stays_so)
{
	struct loyalty_facts f = { .purchases = 4, .first = 0, .last = 9 };

	ck_assert_int_eq(loyalty_is_loyal(&f, &repeats), LOYALTY_UNKNOWN);
	ck_assert_int_eq(loyalty_cell(&f, &repeats), LOYALTY_NO_CELL);
	/* no repeats: not loyal, however satisfied */
	f.purchases = 1;
	ck_assert_int_eq(loyalty_is_loyal(&f, &repeats), LOYALTY_NO);
}
END_TEST

START_TEST(four_cells)
{
	static const struct {
		enum loyalty_known satisfied;
		uint32_t purchases;
		enum loyalty_cell cell;
		enum loyalty_known loyal;
	} cases[] = {
		{ LOYALTY_YES, 4, LOYALTY_TRUE, LOYALTY_YES },
		{ LOYALTY_YES, 3, LOYALTY_LATENT, LOYALTY_NO },
		{ LOYALTY_NO, 4, LOYALTY_SPURIOUS, LOYALTY_NO },
		{ LOYALTY_NO, 3, LOYALTY_NONE, LOYALTY_NO },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct loyalty_facts f = { .purchases = cases[i].purchases,
					   .satisfied = cases[i].satisfied };

		ck_assert_int_eq(loyalty_cell(&f, &repeats), cases[i].cell);
		ck_assert_int_eq(loyalty_is_loyal(&f, &repeats),
				 cases[i].loyal);
	}
}
END_TEST

START_TEST(levels_go_in_order)
{
	struct loyalty_facts f = { .purchases = 9, .first = 0, .last = 800 };
	int open;

	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 3);
	ck_assert_int_eq(open, 1);
	f.need_met = LOYALTY_NO;
	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 0);
	ck_assert_int_eq(open, 0);
	f.need_met = LOYALTY_YES;
	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 3);
	ck_assert_int_eq(open, 2);
	f.satisfied = LOYALTY_NO;
	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 1);
	ck_assert_int_eq(open, 0);
	f.satisfied = f.prefers = LOYALTY_YES;
	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 3);
	ck_assert_int_eq(open, 0);
	f.last = 729;
	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 2);
	ck_assert_int_eq(open, 0);
	f.first = f.last = DAY_NONE;
	ck_assert_int_eq(loyalty_level(&f, &repeats, &open), 2);
}
END_TEST

START_TEST(the_strongest_bond_counts)
{
	struct loyalty_facts f = { .purchases = 1 };

	ck_assert_int_eq(loyalty_bond(&f), 0);
	f.financial = true;
	ck_assert_int_eq(loyalty_bond(&f), 1);
	f.structural = true;
	ck_assert_int_eq(loyalty_bond(&f), 3);
	f.structural = false;
	f.social = true;
	ck_assert_int_eq(loyalty_bond(&f), 2);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("loyalty");
	TCase *tc = tcase_create("loyalty");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, three_repeats_are_four_purchases);
	tcase_add_test(tc, what_is_unknown_stays_so);
	tcase_add_test(tc, four_cells);
	tcase_add_test(tc, levels_go_in_order);
	tcase_add_test(tc, the_strongest_bond_counts);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
