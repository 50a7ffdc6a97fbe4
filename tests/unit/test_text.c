/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_putf(): what stands in the room, and that it never leaves it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/text.h"

START_TEST(putf_writes_what_fits_and_says_how_much)
{
	char to[8];

	memset(to, 'x', sizeof(to));
	ck_assert_uint_eq(text_putf(to, 6, "%d-%s", 12, "ab"), 5);
	ck_assert_str_eq(to, "12-ab");
	ck_assert_int_eq(to[6], 'x');
	memset(to, 'x', sizeof(to));
	ck_assert_uint_eq(text_putf(to, 4, "%d-%s", 12, "ab"), 3);
	ck_assert_str_eq(to, "12-");
	ck_assert_int_eq(to[4], 'x');
	ck_assert_uint_eq(text_putf(to, 1, "abc"), 0);
	ck_assert_str_eq(to, "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("text");
	TCase *t = tcase_create("text");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_text");
	tcase_add_test(t, putf_writes_what_fits_and_says_how_much);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
