/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain numbers. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

static const struct {
	const char *text;
	bool read;
	int64_t v;
} integers[] = {
	{ "0", true, 0 },
	{ "-0", true, 0 },
	{ "+12", true, 12 },
	{ "-12", true, -12 },
	{ "0012", true, 12 },
	{ "9223372036854775807", true, INT64_MAX },
	{ "-9223372036854775808", true, INT64_MIN },
	{ "00000000000000000000000009", true, 9 },
	{ "9223372036854775808", false, 0 },
	{ "-9223372036854775809", false, 0 },
	{ "99999999999999999999", false, 0 },
	{ "", false, 0 },
	{ "-", false, 0 },
	{ "+", false, 0 },
	{ "--1", false, 0 },
	{ "1.0", false, 0 },
	{ "1e3", false, 0 },
	{ "0x10", false, 0 },
	{ "12abc", false, 0 },
	{ " 1", false, 0 },
	{ "1 ", false, 0 },
	{ "1\xb2", false, 0 },
};

START_TEST(integers_are_read_or_refused)
{
	int64_t v = 77;
	bool read = number_int(text_of(integers[_i].text), &v);

	ck_assert_msg(read == integers[_i].read, "%s", integers[_i].text);
	ck_assert_int_eq(v, read ? integers[_i].v : 77);
}
END_TEST

/* Values are C literals: the compiler's reading is the reference. */
static const struct {
	const char *text;
	bool read;
	double v;
} reals[] = {
	{ "0", true, 0 },
	{ "10", true, 10 },
	{ "-1.5", true, -1.5 },
	{ "+1.5", true, 1.5 },
	{ "0.1", true, 0.1 },
	{ "0.3", true, 0.3 },
	{ "123456789012345", true, 123456789012345.0 },
	{ "1.23456789012345", true, 1.23456789012345 },
	{ "0.00000000000001", true, 0.00000000000001 },
	{ "1e3", true, 1000 },
	{ "1E-3", true, 0.001 },
	{ "1.5e+3", true, 1500 },
	{ "1e22", true, 1e22 },
	{ "1e23", true, 1e23 },
	{ "9007199254740993", true, 9007199254740992.0 },
	{ "9007199254740993.00000000000001", true, 9007199254740994.0 },
	{ "17976931348623157e292", true, DBL_MAX },
	{ "4.9406564584124654e-324", true, 0x1p-1074 },
	{ "2.2250738585072012e-308", true, DBL_MIN },
	{ "1e-400", true, 0 },
	{ "1e400", false, 0 },
	{ "-1e400", false, 0 },
	{ "1e99999999999999999999", false, 0 },
	{ "179769313486231580793e289", false, 0 },
	{ "nan", false, 0 },
	{ "NaN", false, 0 },
	{ "inf", false, 0 },
	{ "Infinity", false, 0 },
	{ "0x10", false, 0 },
	{ "0x1p3", false, 0 },
	{ "", false, 0 },
	{ "-", false, 0 },
	{ ".", false, 0 },
	{ ".5", false, 0 },
	{ "5.", false, 0 },
	{ "1.e3", false, 0 },
	{ "1.2.3", false, 0 },
	{ "1..2", false, 0 },
	{ "1,5", false, 0 },
	{ "1e", false, 0 },
	{ "1e+", false, 0 },
	{ "e3", false, 0 },
	{ "1e3.5", false, 0 },
	{ "--1", false, 0 },
	{ "12abc", false, 0 },
	{ " 1", false, 0 },
	{ "1 ", false, 0 },
	{ "1_000", false, 0 },
};

START_TEST(reals_are_read_or_refused)
{
	double v = 77;
	bool read = number_real(text_of(reals[_i].text), &v);

	ck_assert_msg(read == reals[_i].read, "%s", reals[_i].text);
	ck_assert_msg(v == (read ? reals[_i].v : 77), "%s", reals[_i].text);
}
END_TEST

START_TEST(minus_zero_is_read_as_zero)
{
	static const char *const zero[] = { "-0", "-0.0", "-0e5", "-1e-400",
					    "-0.00000000000000000000" };

	for (size_t i = 0; i < NELEMS(zero); i++) {
		double v = 1;

		ck_assert(number_real(text_of(zero[i]), &v));
		ck_assert(v == 0 && !signbit(v));
	}
}
END_TEST

START_TEST(a_nul_does_not_shorten_a_number)
{
	double v;
	int64_t n;

	ck_assert(!number_real((struct text){ "1\0", 2 }, &v));
	ck_assert(!number_real((struct text){ "1e5\0", 4 }, &v));
	ck_assert(!number_int((struct text){ "1\0", 2 }, &n));
	ck_assert(!number_real((struct text){ NULL, 0 }, &v));
}
END_TEST

START_TEST(a_long_number_is_exact_or_refused)
{
	char s[5000];
	double v = 0;

	memset(s, '0', sizeof(s));
	memcpy(s, "0.1", 3);
	ck_assert(number_real((struct text){ s, 400 }, &v));
	ck_assert(v == 0.1);
	ck_assert(!number_real((struct text){ s, 401 }, &v));
	ck_assert(!number_real((struct text){ s, sizeof(s) }, &v));
}
END_TEST

START_TEST(doubles_come_back_from_17_digits)
{
	uint64_t bits = 1;

	for (int i = 0; i < 100000; i++) {
		char s[40];
		double v, again;

		bits = bits * UINT64_C(6364136223846793005) +
		       1442695040888963407;
		memcpy(&v, &bits, sizeof(v));
		if (!isfinite(v))
			continue;
		snprintf(s, sizeof(s), "%.17g", v);
		ck_assert(number_real(text_of(s), &again));
		ck_assert_msg(v == again, "%s", s);
	}
}
END_TEST

START_TEST(short_decimals_are_read_as_strtod_reads_them)
{
	uint64_t bits = 1;

	for (int i = 0; i < 100000; i++) {
		char s[40];
		double v;

		bits = bits * UINT64_C(6364136223846793005) +
		       1442695040888963407;
		snprintf(s, sizeof(s), "%llu.%0*llu",
			 (unsigned long long)(bits >> 40) % 100000,
			 (int)(bits >> 60) % 9 + 1,
			 (unsigned long long)(bits >> 20) % 10);
		ck_assert(number_real(text_of(s), &v));
		ck_assert_msg(v == strtod(s, NULL), "%s", s);
	}
}
END_TEST

static const struct {
	double v;
	const char *text;
} shown[] = {
	{ 0, "0" },
	{ -0.0, "0" },
	{ 1, "1" },
	{ -17, "-17" },
	{ 0.1, "0.1" },
	{ 1.0 / 3, "0.3333333333" },
	{ 123456789, "123456789" },
	{ -999999999, "-999999999" },
	{ 1234567890, "1234567890" },
	{ 12345678901, "1.23456789e+10" },
	{ 1e300, "1e+300" },
	{ -1.25e-300, "-1.25e-300" },
};

START_TEST(numbers_have_ten_digits)
{
	char s[NUMBER_MAX_BYTES];
	struct text t = { s, number_format(shown[_i].v, s) };

	ck_assert_msg(text_is(t, shown[_i].text), "%.*s", (int)t.n, t.p);
}
END_TEST

START_TEST(whole_numbers_are_printed_as_printf_prints_them)
{
	for (double v = -1.1e9; v < 1.1e9; v += 1234567) {
		char s[NUMBER_MAX_BYTES], reference[40];
		struct text t = { s, number_format(v, s) };

		snprintf(reference, sizeof(reference), "%.10g", v);
		ck_assert_msg(text_is(t, reference), "%s", reference);
	}
}
END_TEST

static const struct {
	double v;
	int decimals;
	const char *text;
} fixed[] = {
	{ 0, 6, "0.000000" },
	{ -0.0, 6, "0.000000" },
	{ 1, 6, "1.000000" },
	{ 0.25, 6, "0.250000" },
	{ 2.0 / 3, 6, "0.666667" },
	{ -2.0 / 3, 6, "-0.666667" },
	/* halves of the decimal, though the binary lies a little below */
	{ 0.0000005, 6, "0.000001" },
	{ -0.0000005, 6, "-0.000001" },
	{ 0.1234565, 6, "0.123457" },
	{ 1.0000005, 6, "1.000001" },
	{ 0.00000049999, 6, "0.000000" },
	{ -0.0000004, 6, "0.000000" },
	{ 0.9999995, 6, "1.000000" },
	{ 0.9999994, 6, "0.999999" },
	{ 1e-300, 6, "0.000000" },
	{ 5e-324, 6, "0.000000" },
	{ 60.317460317460316, 4, "60.3175" },
	{ -100, 4, "-100.0000" },
	{ 99.99995, 4, "100.0000" },
	{ 2.5, 0, "3" },
	{ -2.5, 0, "-3" },
	{ 0.5, 0, "1" },
	{ 0.4, 0, "0" },
	{ -0.4, 0, "0" },
	{ 999999999999.5, 2, "999999999999.50" },
	{ 999999999999, 6, "999999999999.000000" },
	{ 1e12, 6, "1e+12" },
	{ -1e300, 6, "-1e+300" },
};

static void check_as_printf(double v)
{
	char s[NUMBER_MAX_BYTES], reference[40];
	struct text t = { s, number_format(v, s) };

	snprintf(reference, sizeof(reference), "%.10g", v);
	ck_assert_msg(text_is(t, reference), "%.*s for %s", (int)t.n, t.p,
		      reference);
}

START_TEST(reals_are_printed_as_printf_prints_them)
{
	uint64_t bits = 7;

	for (int i = 0; i < 200000; i++) {
		bits = bits * UINT64_C(6364136223846793005) +
		       1442695040888963407;
		double v = (double)(int64_t)bits / 0x1p63;

		check_as_printf(v * pow(10, i % 26 - 12));
		/* Quotients that data give: days in weeks, means of fen. */
		check_as_printf(i / 7.0);
		check_as_printf((double)(bits >> 40) / 100);
		/* Halves of the tenth digit, from both sides. */
		check_as_printf((double)(bits >> 32) + 0.5);
		check_as_printf(nextafter((double)(i * 10 + 5) / 1e10, 1));
	}
}
END_TEST

START_TEST(decimals_are_rounded_half_away_from_zero)
{
	char s[NUMBER_MAX_BYTES];
	struct text t = {
		s, number_format_fixed(fixed[_i].v, fixed[_i].decimals, s)
	};

	ck_assert_msg(text_is(t, fixed[_i].text), "%.*s", (int)t.n, t.p);
}
END_TEST

START_TEST(a_share_has_six_decimals)
{
	char s[NUMBER_MAX_BYTES];
	struct text t = { s, number_format_share(306.0 / 441, s) };

	ck_assert_msg(text_is(t, "0.693878"), "%.*s", (int)t.n, t.p);
}
END_TEST

START_TEST(decimals_agree_with_printf_away_from_halves)
{
	uint64_t bits = 1;

	for (int i = 0; i < 100000; i++) {
		char s[NUMBER_MAX_BYTES], reference[40];

		bits = bits * UINT64_C(6364136223846793005) +
		       1442695040888963407;
		double v = (double)(int64_t)bits / 0x1p63 * 1000;
		struct text t = { s, number_format_fixed(v, 4, s) };

		snprintf(reference, sizeof(reference), "%.4f", v);
		ck_assert_msg(text_is(t, reference), "%s", reference);
	}
}
END_TEST

/* A bug() ends the program by abort() or with a status; either way not 0. */
START_TEST(what_is_not_finite_is_never_printed)
{
	char s[NUMBER_MAX_BYTES];

	number_format(NAN, s);
	exit(0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("number");
	TCase *t = tcase_create("number");

	tcase_add_loop_test(t, integers_are_read_or_refused, 0,
			    NELEMS(integers));
	tcase_add_loop_test(t, reals_are_read_or_refused, 0, NELEMS(reals));
	tcase_add_test(t, minus_zero_is_read_as_zero);
	tcase_add_test(t, a_nul_does_not_shorten_a_number);
	tcase_add_test(t, a_long_number_is_exact_or_refused);
	tcase_add_test(t, doubles_come_back_from_17_digits);
	tcase_add_test(t, short_decimals_are_read_as_strtod_reads_them);
	tcase_add_loop_test(t, numbers_have_ten_digits, 0, NELEMS(shown));
	tcase_add_test(t, whole_numbers_are_printed_as_printf_prints_them);
	tcase_add_test(t, reals_are_printed_as_printf_prints_them);
	tcase_add_loop_test(t, decimals_are_rounded_half_away_from_zero, 0,
			    NELEMS(fixed));
	tcase_add_test(t, a_share_has_six_decimals);
	tcase_add_test(t, decimals_agree_with_printf_away_from_halves);
	tcase_add_test_raise_signal(t, what_is_not_finite_is_never_printed,
				    SIGABRT);
	suite_add_tcase(s, t);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
