/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write them: exact, or not read. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/decimal.h"

static const struct {
	const char *cell;
	enum decimal_unit unit;
	bool in_wan;
	const char *number;	/* NULL: none */
} cases[] = {
	{ "1234", DECIMAL_MONEY, false, "1234" },
	{ "1,234.00", DECIMAL_MONEY, false, "1234" },
	{ "1,234,567.89", DECIMAL_MONEY, false, "1234567.89" },
	{ "￥1,234", DECIMAL_MONEY, false, "1234" },
	{ "¥1234.5", DECIMAL_MONEY, false, "1234.5" },
	{ "1234.50元", DECIMAL_MONEY, false, "1234.5" },
	{ "人民币1234元整", DECIMAL_MONEY, false, "1234" },
	{ "1.2万", DECIMAL_MONEY, false, "12000" },
	{ "12.58万元", DECIMAL_MONEY, false, "125800" },
	{ "0.00005万", DECIMAL_MONEY, false, "0.5" },
	{ "12.58", DECIMAL_MONEY, true, "125800" },
	{ "1200元", DECIMAL_MONEY, true, "1200" },
	{ "¥1.2", DECIMAL_MONEY, true, "12000" },
	{ "1.2万元", DECIMAL_MONEY, true, "12000" },
	{ "12000公里", DECIMAL_KM, true, "12000" },
	{ "(123.00)", DECIMAL_MONEY, false, "-123" },
	{ "（123.00）", DECIMAL_MONEY, false, "-123" },
	{ "-123", DECIMAL_MONEY, false, "-123" },
	{ "-￥12.50", DECIMAL_MONEY, false, "-12.5" },
	{ "￥-12.50", DECIMAL_MONEY, false, "-12.5" },
	{ "１，２３４．５", DECIMAL_MONEY, false, "1234.5" },
	{ "-0", DECIMAL_MONEY, false, "0" },
	{ "-0.00", DECIMAL_MONEY, false, "0" },
	{ "00012.50", DECIMAL_MONEY, false, "12.5" },
	{ "+5", DECIMAL_MONEY, false, "5" },
	{ ".5", DECIMAL_MONEY, false, "0.5" },
	{ "0.05", DECIMAL_MONEY, false, "0.05" },
	{ "1,2,3", DECIMAL_MONEY, false, NULL },
	{ "1,23", DECIMAL_MONEY, false, NULL },
	{ "1234,567", DECIMAL_MONEY, false, NULL },
	{ "1.234,50", DECIMAL_MONEY, false, NULL },
	{ "1.2.3", DECIMAL_MONEY, false, NULL },
	{ "1e400", DECIMAL_MONEY, false, NULL },
	{ "0x10", DECIMAL_MONEY, false, NULL },
	{ "12abc", DECIMAL_MONEY, false, NULL },
	{ "NaN", DECIMAL_MONEY, false, NULL },
	{ "-", DECIMAL_MONEY, false, NULL },
	{ ".", DECIMAL_MONEY, false, NULL },
	{ "5.", DECIMAL_MONEY, false, NULL },
	{ "--5", DECIMAL_MONEY, false, NULL },
	{ "(-5)", DECIMAL_MONEY, false, NULL },
	{ "", DECIMAL_MONEY, false, NULL },
	{ "元", DECIMAL_MONEY, false, NULL },
	{ "12345公里", DECIMAL_KM, false, "12345" },
	{ "12345 km", DECIMAL_KM, false, "12345" },
	{ "3.5万公里", DECIMAL_KM, false, "35000" },
	{ "3.5", DECIMAL_KM, true, "35000" },
	{ "35000公里", DECIMAL_MONEY, false, NULL },
	{ "9分", DECIMAL_SCORE, false, "9" },
	{ "1.5小时", DECIMAL_HOURS, false, "1.5" },
	{ "(5)", DECIMAL_SCORE, false, NULL },
};

START_TEST(a_cell_is_read_so)
{
	char room[64], to[DECIMAL_BYTES];
	size_t n = decimal_read(clean_code(text_of(cases[_i].cell), room),
				cases[_i].unit, cases[_i].in_wan, to);
	struct text got = { to, n };

	if (!cases[_i].number)
		ck_assert_msg(n == 0, "%s is read", cases[_i].cell);
	else
		ck_assert_msg(text_is(got, cases[_i].number), "%s gives %.*s",
			      cases[_i].cell, (int)n, to);
}
END_TEST

START_TEST(forty_digits_are_kept_and_more_refused)
{
	char digits[] = "1234567890123456789012345678901234567890", to[64];
	size_t n = decimal_read(text_of(digits), DECIMAL_PLAIN, false, to);

	ck_assert(text_is((struct text){ to, n }, digits));
	ck_assert_uint_eq(decimal_read(text_of(digits), DECIMAL_PLAIN, true,
				       to),
			  0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decimal");
	TCase *tc = tcase_create("decimal");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_cell_is_read_so, 0, NELEMS(cases));
	tcase_add_test(tc, forty_digits_are_kept_and_more_refused);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
