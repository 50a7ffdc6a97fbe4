/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a report as people and machines are shown them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "render/value.h"

static void assert_written(void (*write)(struct buf *, struct value),
			   struct value v, const char *expected)
{
	struct buf b = { 0 };

	write(&b, v);
	buf_addc(&b, '\0');
	ck_assert_str_eq(b.p, expected);
	buf_release(&b);
}

static const struct {
	struct value value;
	const char *shown, *plain;
} values[] = {
	{ { .kind = VALUE_NONE }, "–", "" },
	{ { .kind = VALUE_TEXT, .text = "王*" }, "王*", "王*" },
	{ { .kind = VALUE_COUNT, .count = 0 }, "0", "0" },
	{ { .kind = VALUE_COUNT, .count = 999 }, "999", "999" },
	{ { .kind = VALUE_COUNT, .count = 1000 }, "1,000", "1000" },
	{ { .kind = VALUE_COUNT, .count = -1234567 }, "−1,234,567",
	  "-1234567" },
	{ { .kind = VALUE_MONEY, .fen = 123456789 }, "1,234,567.89",
	  "1234567.89" },
	{ { .kind = VALUE_MONEY, .fen = -5 }, "−0.05", "-0.05" },
	{ { .kind = VALUE_SHARE, .ppm = 123456 }, "12.3%", "0.123456" },
	{ { .kind = VALUE_SHARE, .ppm = 123500 }, "12.4%", "0.123500" },
	{ { .kind = VALUE_SHARE, .ppm = -500 }, "−0.1%", "-0.000500" },
	{ { .kind = VALUE_SHARE, .ppm = 1000000 }, "100.0%", "1.000000" },
	{ { .kind = VALUE_SCORE, .real = 60.31746031746 }, "60.3", "60.3175" },
	{ { .kind = VALUE_SCORE, .real = -0.00001 }, "0.0", "0.0000" },
	{ { .kind = VALUE_REAL, .real = 0.125 }, "0.13", "0.125" },
};

START_TEST(each_kind_is_shown_and_printed)
{
	assert_written(value_show, values[_i].value, values[_i].shown);
	assert_written(value_plain, values[_i].value, values[_i].plain);
}
END_TEST

START_TEST(days_are_iso_dates)
{
	int32_t day = day_of((struct civil){ 2025, 10, 3 });

	assert_written(value_show, value_day(day), "2025-10-03");
	ck_assert(!value_known(value_day(DAY_NONE)));
}
END_TEST

static const struct {
	double number;
	const char *en, *zh;
} numbers[] = {
	{ 0, "0", "0" },
	{ 1.5, "1.5", "1.5" },
	{ 9.996, "10", "10" },
	{ 312, "312", "312" },
	{ 9512, "9.51 k", "9,512" },
	{ 31234, "31.2 k", "3.12万" },
	{ 999999, "1 M", "100万" },
	{ 3123456, "3.12 M", "312万" },
	{ 99999999, "100 M", "1亿" },
	{ 123456789012.0, "123 bn", "1,235亿" },
	{ -45000, "−45 k", "−4.5万" },
};

START_TEST(short_numbers_count_as_people_do)
{
	struct buf b = { 0 };

	msg_set_lang("en");
	value_short_number(&b, numbers[_i].number);
	ck_assert_str_eq(b.p, numbers[_i].en);
	buf_clear(&b);
	msg_set_lang("zh");
	value_short_number(&b, numbers[_i].number);
	ck_assert_str_eq(b.p, numbers[_i].zh);
	msg_set_lang("en");
	buf_release(&b);
}
END_TEST

static const struct {
	struct value now, before;
	const char *shown;	/* NULL: nothing to show */
	int compare;
} changes[] = {
	{ { .kind = VALUE_COUNT, .count = 110 },
	  { .kind = VALUE_COUNT, .count = 100 }, "+10.0%", 1 },
	{ { .kind = VALUE_MONEY, .fen = 50 }, { .kind = VALUE_MONEY, .fen = 75 },
	  "−33.3%", -1 },
	{ { .kind = VALUE_COUNT, .count = 7 }, { .kind = VALUE_COUNT, .count = 7 },
	  "0.0%", 0 },
	/* of nothing, or of a loss, there is no percentage */
	{ { .kind = VALUE_COUNT, .count = 7 }, { .kind = VALUE_COUNT }, NULL, 1 },
	{ { .kind = VALUE_MONEY, .fen = 7 }, { .kind = VALUE_MONEY, .fen = -7 },
	  NULL, 1 },
	{ { .kind = VALUE_COUNT, .count = 7 }, { .kind = VALUE_NONE }, NULL, 0 },
	{ { .kind = VALUE_SHARE, .ppm = 123000 },
	  { .kind = VALUE_SHARE, .ppm = 143000 }, "−2.0 pp", -1 },
	{ { .kind = VALUE_SCORE, .real = 34.2 },
	  { .kind = VALUE_SCORE, .real = 31.15 }, "+3.1 pts", 1 },
};

START_TEST(changes_are_percent_or_points)
{
	struct buf b = { 0 };

	ck_assert_int_eq(value_show_change(&b, changes[_i].now,
					   changes[_i].before),
			 changes[_i].shown != NULL);
	if (changes[_i].shown)
		ck_assert_str_eq(b.p, changes[_i].shown);
	ck_assert_int_eq(value_compare(changes[_i].now, changes[_i].before),
			 changes[_i].compare);
	buf_release(&b);
}
END_TEST

START_TEST(sizes_are_in_the_units_of_an_axis)
{
	ck_assert_double_eq(value_size(value_money(12345)), 123.45);
	ck_assert_double_eq(value_size(value_share(250000)), 25.0);
	ck_assert(isnan(value_size(value_none())));
	ck_assert(isnan(value_size(value_text("7"))));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("value");
	TCase *tc = tcase_create("value");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, each_kind_is_shown_and_printed, 0,
			    (int)NELEMS(values));
	tcase_add_test(tc, days_are_iso_dates);
	tcase_add_loop_test(tc, short_numbers_count_as_people_do, 0,
			    (int)NELEMS(numbers));
	tcase_add_loop_test(tc, changes_are_percent_or_points, 0,
			    (int)NELEMS(changes));
	tcase_add_test(tc, sizes_are_in_the_units_of_an_axis);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
