/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits eight at a time say what one at a time says. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/digits.h"
#include "base/mem.h"

START_TEST(eight_digits_come_back_from_their_number)
{
	/* 9973 is a prime: every last digits, all halves and quarters. */
	for (uint32_t v = 0; v < 100000000; v += v < 20000 ? 1 : 9973) {
		char want[9], got[8];
		uint64_t digits = digits_of(v) + DIGITS_ZERO;

		snprintf(want, sizeof(want), "%08u", (unsigned)v);
		digits_store(got, digits);
		ck_assert_mem_eq(got, want, 8);
		ck_assert(digits_load(want) == digits && digits_are(digits));
		ck_assert_uint_eq(digits_value(digits), v);
	}
	ck_assert_uint_eq(digits_value(digits_load("99999999")), 99999999);
}
END_TEST

START_TEST(a_byte_that_is_no_digit_is_seen_in_any_place)
{
	for (size_t at = 0; at < 8; at++)
		for (int byte = 0; byte < 256; byte++) {
			char s[] = "90909090";

			s[at] = (char)byte;
			ck_assert_int_eq(digits_are(digits_load(s)),
					 byte >= '0' && byte <= '9');
		}
}
END_TEST

START_TEST(fewer_bytes_stand_behind_zeros)
{
	for (size_t n = 4; n <= 8; n++) {
		/* memory of their own, so that a read beside them is seen */
		char *s = mem_alloc(n, 1), want[] = "00000000";

		memcpy(s, "12345678", n);
		memcpy(want + 8 - n, "12345678", n);
		ck_assert(digits_load_last(s, n) == digits_load(want));
		free(s);
	}
}
END_TEST

START_TEST(zeros_before_the_first_digit_are_counted)
{
	for (uint32_t v = 1, n = 1; n <= 8; n++, v *= 10) {
		ck_assert_uint_eq(digits_leading(digits_of(v), 7), 8 - n);
		ck_assert_uint_eq(digits_leading(digits_of(v), 5),
				  n < 3 ? 5 : 8 - n);
	}
	ck_assert_uint_eq(digits_leading(digits_of(0), 7), 7);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("digits");
	TCase *t = tcase_create("digits");
	SRunner *r;
	int failed;

	tcase_add_test(t, eight_digits_come_back_from_their_number);
	tcase_add_test(t, a_byte_that_is_no_digit_is_seen_in_any_place);
	tcase_add_test(t, fewer_bytes_stand_behind_zeros);
	tcase_add_test(t, zeros_before_the_first_digit_are_counted);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
