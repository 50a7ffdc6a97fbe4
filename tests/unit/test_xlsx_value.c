/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number formats and what they make of stored numbers. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/xlsx_value.h"

/* ---- formats ---- */

static const struct {
	const char *code;
	enum xlsx_shown shown;
} codes[] = {
	{ "General", XLSX_NUMBER },
	{ "0.00", XLSX_NUMBER },
	{ "#,##0.00_);[Red]\\(#,##0.00\\)", XLSX_NUMBER },
	{ "0.00%", XLSX_NUMBER },
	{ "0.00E+00", XLSX_NUMBER },
	{ "##0.0e-0", XLSX_NUMBER },
	{ "\"days\" 0", XLSX_NUMBER },
	{ "0\\d\\h", XLSX_NUMBER },
	{ "_m0*d", XLSX_NUMBER },
	{ "[$USD] #,##0", XLSX_NUMBER },
	{ "[Magenta]0;[Yellow]0", XLSX_NUMBER },
	{ "[DBNum1][$-804]General", XLSX_NUMBER },
	{ "G/通用格式\"米\"", XLSX_NUMBER },
	{ "0;yyyy", XLSX_NUMBER },
	{ "@", XLSX_NUMBER },
	{ "0", XLSX_NUMBER },
	{ "00000", XLSX_PADDED + 5 },
	{ "000-000", XLSX_NUMBER },
	{ "000000000000000000000", XLSX_NUMBER },
	{ "", XLSX_NUMBER },
	{ "yyyy-mm-dd", XLSX_DAY },
	{ "YYYY/M/D", XLSX_DAY },
	{ "yyyy\"年\"m\"月\"d\"日\";@", XLSX_DAY },
	{ "[$-404]e/m/d", XLSX_DAY },
	{ "[$-411]ggge\"年\"m\"月\"d\"日\"", XLSX_DAY },
	{ "mmm-yy", XLSX_DAY },
	{ "m\"月\"", XLSX_DAY },
	{ "aaaa", XLSX_DAY },
	{ "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", XLSX_DAY },
	{ "yyyy-mm-dd hh:mm:ss", XLSX_DAY_TIME },
	{ "m/d/yy h:mm", XLSX_DAY_TIME },
	{ "h:mm", XLSX_TIME },
	{ "mm:ss", XLSX_TIME },
	{ "mm:ss.0", XLSX_TIME },
	{ "h:mm:ss AM/PM", XLSX_TIME },
	{ "上午/下午h\"时\"mm\"分\"", XLSX_TIME },
	{ "[$-F400]h:mm:ss\\ AM/PM", XLSX_TIME },
	{ "[h]:mm", XLSX_DURATION },
	{ "[HH]:MM:SS", XLSX_DURATION },
	{ "[mm]:ss", XLSX_DURATION },
	{ "[s]", XLSX_DURATION },
	/* Cut where they are not closed. */
	{ "\"yyyy", XLSX_NUMBER },
	{ "[h", XLSX_DURATION },
	{ "[$-8", XLSX_NUMBER },
	{ "0\\", XLSX_NUMBER },
};

START_TEST(a_format_is_known_by_its_letters)
{
	ck_assert_msg(xlsx_shown_code(text_of(codes[_i].code)) ==
			      codes[_i].shown,
		      "%s", codes[_i].code);
}
END_TEST

START_TEST(built_in_formats_are_those_of_the_standard)
{
	ck_assert_int_eq(xlsx_shown_builtin(0), XLSX_NUMBER);
	ck_assert_int_eq(xlsx_shown_builtin(9), XLSX_NUMBER);
	ck_assert_int_eq(xlsx_shown_builtin(14), XLSX_DAY);
	ck_assert_int_eq(xlsx_shown_builtin(21), XLSX_TIME);
	ck_assert_int_eq(xlsx_shown_builtin(22), XLSX_DAY_TIME);
	ck_assert_int_eq(xlsx_shown_builtin(31), XLSX_DAY);
	ck_assert_int_eq(xlsx_shown_builtin(32), XLSX_TIME);
	ck_assert_int_eq(xlsx_shown_builtin(37), XLSX_NUMBER);
	ck_assert_int_eq(xlsx_shown_builtin(46), XLSX_DURATION);
	ck_assert_int_eq(xlsx_shown_builtin(49), XLSX_NUMBER);
	ck_assert_int_eq(xlsx_shown_builtin(57), XLSX_DAY);
	ck_assert_int_eq(xlsx_shown_builtin(58), XLSX_DAY);
	ck_assert_int_eq(xlsx_shown_builtin(59), XLSX_NUMBER);
}
END_TEST

/* ---- values ---- */

/* 2023-03-15 is 45000 days after 1899-12-30 and 43538 after 1904-01-01. */
static const struct {
	const char *stored;
	enum xlsx_shown shown;
	bool from_1904;
	const char *text;
} values[] = {
	{ "0", XLSX_NUMBER, false, "0" },
	{ "13800138000", XLSX_NUMBER, false, "13800138000" },
	{ "1.3800138E10", XLSX_NUMBER, false, "13800138000" },
	{ "1.38001E+10", XLSX_NUMBER, false, "13800100000" },
	{ "0.30000000000000004", XLSX_NUMBER, false, "0.3" },
	{ "1234.5600000000001", XLSX_NUMBER, false, "1234.56" },
	{ "8.9999999999999997E-2", XLSX_NUMBER, false, "0.09" },
	{ "-1.5", XLSX_NUMBER, false, "-1.5" },
	{ "-0", XLSX_NUMBER, false, "0" },
	{ "1.50", XLSX_NUMBER, false, "1.5" },
	{ "007", XLSX_NUMBER, false, "7" },
	{ "5.", XLSX_NUMBER, false, "5." },
	{ "123456789012345", XLSX_NUMBER, false, "123456789012345" },
	/* An ID number that was stored as a number has lost its end. */
	{ "110101199003072316", XLSX_NUMBER, false, "110101199003072000" },
	{ "1e20", XLSX_NUMBER, false, "100000000000000000000" },
	{ "1e21", XLSX_NUMBER, false, "1e+21" },
	{ "1e-9", XLSX_NUMBER, false, "0.000000001" },
	{ "1.25e-10", XLSX_NUMBER, false, "1.25e-10" },
	{ "999999999999999.9", XLSX_NUMBER, false, "1000000000000000" },
	{ " 12 ", XLSX_NUMBER, false, "12" },
	{ "abc", XLSX_NUMBER, false, "abc" },
	{ "nan", XLSX_DAY, false, "nan" },
	{ "0.15", XLSX_NUMBER, false, "0.15" },
	{ "45000", XLSX_DAY, false, "2023-03-15" },
	{ "45000.4375", XLSX_DAY, false, "2023-03-15 10:30:00" },
	{ "45000", XLSX_DAY_TIME, false, "2023-03-15 00:00:00" },
	{ "45000.432650462964", XLSX_DAY_TIME, false, "2023-03-15 10:23:01" },
	/* Half a second before midnight goes up. */
	{ "45000.999995", XLSX_DAY_TIME, false, "2023-03-16 00:00:00" },
	{ "0.4375", XLSX_TIME, false, "10:30:00" },
	{ "0", XLSX_TIME, false, "00:00:00" },
	{ "45000.5", XLSX_TIME, false, "2023-03-15 12:00:00" },
	{ "45000", XLSX_TIME, false, "2023-03-15" },
	{ "1.1458333333333333", XLSX_DURATION, false, "27:30:00" },
	{ "0", XLSX_DURATION, false, "00:00:00" },
	{ "1", XLSX_DAY, false, "1900-01-01" },
	{ "59", XLSX_DAY, false, "1900-02-28" },
	{ "60", XLSX_DAY, false, "1900-02-29" },
	{ "61", XLSX_DAY, false, "1900-03-01" },
	{ "0", XLSX_DAY, false, "1900-01-00" },
	{ "0.5", XLSX_DAY, false, "12:00:00" },
	{ "0", XLSX_DAY, true, "1904-01-01" },
	{ "43538", XLSX_DAY, true, "2023-03-15" },
	{ "2958465", XLSX_DAY, false, "9999-12-31" },
	{ "2958466", XLSX_DAY, false, "2958466" },
	{ "2958465.999999", XLSX_DAY, false, "2958465.999999" },
	{ "2957003", XLSX_DAY, true, "9999-12-31" },
	{ "2957004", XLSX_DAY, true, "2957004" },
	{ "-1", XLSX_DAY, false, "-1" },
	{ "1e300", XLSX_DURATION, false, "1e+300" },
	{ "", XLSX_NUMBER, false, "" },
	{ "123", XLSX_PADDED + 5, false, "00123" },
	{ "0", XLSX_PADDED + 2, false, "00" },
	{ "123456", XLSX_PADDED + 5, false, "123456" },
	{ "-12", XLSX_PADDED + 5, false, "-12" },
	{ "1.5", XLSX_PADDED + 5, false, "1.5" },
	{ "1e30", XLSX_PADDED + 20, false, "1e+30" },
	{ "12", XLSX_PADDED + 20, false, "00000000000000000012" },
	{ "x", XLSX_PADDED + 5, false, "x" },
};

START_TEST(a_number_is_shown_by_its_format)
{
	char to[XLSX_VALUE_BYTES];
	size_t n = xlsx_value(text_of(values[_i].stored), values[_i].shown,
			      values[_i].from_1904, to);

	ck_assert_msg(n == strlen(values[_i].text) &&
			      memcmp(to, values[_i].text, n) == 0,
		      "%s gives %.*s, not %s", values[_i].stored, (int)n, to,
		      values[_i].text);
}
END_TEST

/* Every day of the calendar comes out, one after the other. */
START_TEST(days_follow_each_other)
{
	char last[XLSX_VALUE_BYTES] = "1899";

	for (int day = 1; day <= 2958465; day += day < 100 ? 1 : 97) {
		char stored[16], to[XLSX_VALUE_BYTES];
		size_t n = text_putf(stored, sizeof(stored), "%d", day);

		ck_assert_uint_eq(xlsx_value((struct text){ stored, n },
					     XLSX_DAY, false, to),
				  10);
		ck_assert_int_gt(memcmp(to, last, 10), 0);
		memcpy(last, to, 10);
	}
}
END_TEST

START_TEST(a_long_text_is_cut_and_tells_so_by_its_length)
{
	char text[100], to[XLSX_VALUE_BYTES];

	memset(text, 'x', sizeof(text));
	ck_assert_uint_eq(xlsx_value((struct text){ text, sizeof(text) },
				     XLSX_NUMBER, false, to),
			  sizeof(to));
}
END_TEST

static const struct {
	const char *stored;
	enum xlsx_shown shown;
	const char *text;
} isos[] = {
	{ "2024-03-05", XLSX_DAY, "2024-03-05" },
	{ "2024-03-05T00:00:00", XLSX_DAY, "2024-03-05" },
	{ "2024-03-05T00:00:00.000", XLSX_DAY, "2024-03-05" },
	{ "2024-03-05T00:00:00", XLSX_DAY_TIME, "2024-03-05 00:00:00" },
	{ "2024-03-05T10:20:30.123Z", XLSX_DAY, "2024-03-05 10:20:30" },
	{ "2024-03-05T10:20", XLSX_DAY, "2024-03-05 10:20" },
	{ "T10:20:30", XLSX_DAY, "T10:20:30" },
	{ "", XLSX_DAY, "" },
};

START_TEST(iso_dates_are_put_in_our_form)
{
	char room[64];
	size_t n = text_putf(room, sizeof(room), "%s", isos[_i].stored);

	n = xlsx_iso_date(room, n, isos[_i].shown);
	ck_assert_uint_eq(n, strlen(isos[_i].text));
	ck_assert_mem_eq(room, isos[_i].text, n);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("xlsx_value");
	TCase *t = tcase_create("xlsx_value");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, a_format_is_known_by_its_letters, 0,
			    NELEMS(codes));
	tcase_add_test(t, built_in_formats_are_those_of_the_standard);
	tcase_add_loop_test(t, a_number_is_shown_by_its_format, 0,
			    NELEMS(values));
	tcase_add_test(t, days_follow_each_other);
	tcase_add_test(t, a_long_text_is_cut_and_tells_so_by_its_length);
	tcase_add_loop_test(t, iso_dates_are_put_in_our_form, 0, NELEMS(isos));
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
