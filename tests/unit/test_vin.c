/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicle identification numbers and their check digits. */
#include <check.h>
#include <string.h>

#include "base/checksign.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/vin.h"

static const struct {
	const char *cell;
	enum vin_state state;
	bool links;
} cases[] = {
	/* two that are widely printed as examples, one with the digit X */
	{ "1G4AH59H45G118341", VIN_GOOD, true },
	{ "1G4AH59H55G118341", VIN_CHECK, false },
	{ "1M8GDM9AXKP042788", VIN_GOOD, true },
	{ "1m8gdm9axkp042788", VIN_GOOD, true },
	{ " 1M8GD M9AXK P042788 ", VIN_GOOD, true },
	{ "１Ｍ８ＧＤＭ９ＡＸＫＰ０４２７８８", VIN_GOOD, true },
	{ "1M8GDM9A1KP042788", VIN_CHECK, false },
	/* Europe does not use the digit */
	{ "WBADM9A1KP0427881", VIN_UNCHECKED, true },
	{ "LSVAA49J132O47761", VIN_CHARS, false },
	{ "LSVAA49J1320477I1", VIN_CHARS, false },
	{ "LSVAA49J1320477Q1", VIN_CHARS, false },
	{ "P0427881", VIN_LENGTH, false },
	{ "1M8GDM9AXKP04278", VIN_LENGTH, false },
	{ "1M8GDM9AXKP0427889", VIN_LENGTH, false },
	/* all ones satisfy the check digit */
	{ "11111111111111111", VIN_FILLER, false },
	{ "", VIN_NONE, false },
	{ "1M8GDM9A*KP042788", VIN_CHARS, false },
};

START_TEST(a_cell_is_read_so)
{
	char room[64];
	enum vin_state state =
		vin_read(clean_key(text_of(cases[_i].cell), room));

	ck_assert_msg(state == cases[_i].state, "%s is of state %d",
		      cases[_i].cell, state);
	ck_assert_int_eq(vin_links(state), cases[_i].links);
}
END_TEST

START_TEST(the_check_digit_is_that_of_the_standard)
{
	ck_assert_int_eq(checksign_vin("1M8GDM9A_KP042788"), 0);
	ck_assert_int_eq(checksign_vin("1M8GDM9A0KP042788"), 'X');
	ck_assert_int_eq(checksign_vin("11111111111111111"), '1');
}
END_TEST

START_TEST(one_sign_changed_is_nearly_always_found)
{
	/* weights are prime to 11: a changed digit always shows */
	char vin[] = "1M8GDM9AXKP042788";

	for (size_t i = 11; i < 17; i++)
		for (char c = '0'; c <= '9'; c++) {
			char was = vin[i];

			vin[i] = c;
			ck_assert_int_eq(vin_read(text_of(vin)) == VIN_GOOD,
					 c == was);
			vin[i] = was;
		}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("vin");
	TCase *tc = tcase_create("vin");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_cell_is_read_so, 0, NELEMS(cases));
	tcase_add_test(tc, the_check_digit_is_that_of_the_standard);
	tcase_add_test(tc, one_sign_changed_is_nearly_always_found);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
