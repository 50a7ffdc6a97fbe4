/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of people in what was written by hand. */
#include <check.h>
#include <stdlib.h>

#include "base/checksign.h"
#include "base/mem.h"
#include "canon/personal.h"

/* The identity numbers: an invented birth in an invented place, with the
 * check sign of GB 11643 worked out by checksign_citizen(). */
static const struct {
	const char *text, *masked;
	size_t n;
} cases[] = {
	{ "", "", 0 },
	{ "变速箱顿挫", "变速箱顿挫", 0 },
	{ "13800138000", "138****8000", 1 },
	{ "请回电13800138000，谢谢", "请回电138****8000，谢谢", 1 },
	{ "138-0013-8000 or 139 0013 9000", "138****8000 or 139****9000", 2 },
	{ "+8613800138000", "+86138****8000", 1 },
	{ "008613800138000", "0086138****8000", 1 },
	{ "１３８００１３８０００", "１３８****８０００", 1 },
	{ "0755-12345678转8", "075****5678转8", 1 },
	{ "(010)1234567", "(010****4567", 1 },
	{ "13800138000/13900139000", "138****8000/139****9000", 2 },
	{ "2025-10-03 13800138000", "2025-10-03 138****8000", 1 },
	/* What is none of them. */
	{ "12800138000", "12800138000", 0 },
	{ "1380013800", "1380013800", 0 },
	{ "138001380001", "138001380001", 0 },
	{ "工单WX13800138000", "工单WX13800138000", 0 },
	{ "LSVAA13800138000", "LSVAA13800138000", 0 },
	{ "13800138000km", "13800138000km", 0 },
	{ "2025-10-03", "2025-10-03", 0 },
	{ "行驶 30000 公里", "行驶 30000 公里", 0 },
	{ "0755 123", "0755 123", 0 },
	{ "1-2-3", "1-2-3", 0 },
};

START_TEST(numbers_of_people_are_found_and_masked)
{
	struct text t = text_of(cases[_i].text);
	struct buf b = { 0 };

	ck_assert_uint_eq(personal_mask(&b, t), cases[_i].n);
	ck_assert_msg(text_is(buf_text(&b), cases[_i].masked), "%s: %.*s",
		      cases[_i].text, (int)b.n, b.p);
	buf_release(&b);
}
END_TEST

START_TEST(only_a_right_check_sign_makes_a_citizen)
{
	char text[] = "身份证99999919900101000?";
	char *digits = text + strlen("身份证");
	struct buf b = { 0 };

	for (char sign = '0'; sign <= 'X'; sign++) {
		bool right = sign == checksign_citizen(digits);

		if (sign > '9' && sign != 'X')
			continue;
		digits[17] = sign;
		buf_clear(&b);
		ck_assert_uint_eq(personal_mask(&b, text_of(text)), right);
		ck_assert(!right || text_find(buf_text(&b), "1990") ==
					    SIZE_MAX);
	}
	buf_release(&b);
}
END_TEST

START_TEST(where_it_stands_is_told)
{
	struct text t = TEXT("a 13800138000 b");
	struct personal p = personal_find(t, 0);

	ck_assert_int_eq(p.kind, PERSONAL_PHONE);
	ck_assert_uint_eq(p.at, 2);
	ck_assert_uint_eq(p.n, 11);
	ck_assert_int_eq(personal_find(t, 13).kind, PERSONAL_NONE);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("personal");
	TCase *t = tcase_create("personal");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, numbers_of_people_are_found_and_masked, 0,
			    (int)NELEMS(cases));
	tcase_add_test(t, only_a_right_check_sign_makes_a_citizen);
	tcase_add_test(t, where_it_stands_is_told);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
