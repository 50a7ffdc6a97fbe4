/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as exports write them. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/when.h"

static const struct {
	const char *cell;
	enum when_order order;
	enum when_state state;
	const char *instant;	/* with zone +08:00 when none is written */
} cases[] = {
	{ "2024-03-05", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024/3/5", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024.3.5", 0, WHEN_GOOD, "2024-03-05" },
	{ "20240305", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024年3月5日", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024 年 3 月 5 日", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024年03月05", 0, WHEN_GOOD, "2024-03-05" },
	{ "２０２４年３月５日", 0, WHEN_GOOD, "2024-03-05" },
	{ "２０２４／３／５", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024-02-29", 0, WHEN_GOOD, "2024-02-29" },
	{ "2024-03-05 10:22", 0, WHEN_GOOD, "2024-03-05T10:22:00+08:00" },
	{ "2024-03-05 10:22:31", 0, WHEN_GOOD, "2024-03-05T10:22:31+08:00" },
	{ "2024/3/5 9:02", 0, WHEN_GOOD, "2024-03-05T09:02:00+08:00" },
	{ "2024/3/5 下午 3:20:05", 0, WHEN_GOOD, "2024-03-05T15:20:05+08:00" },
	{ "2024/3/5 3:20 PM", 0, WHEN_GOOD, "2024-03-05T15:20:00+08:00" },
	{ "2024/3/5 上午12:20", 0, WHEN_GOOD, "2024-03-05T00:20:00+08:00" },
	{ "2024年3月5日 10时22分", 0, WHEN_GOOD, "2024-03-05T10:22:00+08:00" },
	{ "2024年3月5日10:22", 0, WHEN_GOOD, "2024-03-05T10:22:00+08:00" },
	{ "2024-03-05 星期二", 0, WHEN_GOOD, "2024-03-05" },
	{ "2024-03-05T10:22:31Z", 0, WHEN_GOOD, "2024-03-05T10:22:31+00:00" },
	{ "2024-03-05T23:22:31-0500", 0, WHEN_GOOD,
	  "2024-03-05T23:22:31-05:00" },
	{ "2024-03-05T10:22:31.250+08:00", 0, WHEN_GOOD,
	  "2024-03-05T10:22:31.25+08:00" },
	{ "20240305102231", 0, WHEN_GOOD, "2024-03-05T10:22:31+08:00" },
	{ "202403051022", 0, WHEN_GOOD, "2024-03-05T10:22:00+08:00" },
	{ "20240305 10:22", 0, WHEN_GOOD, "2024-03-05T10:22:00+08:00" },
	/* a spreadsheet's day count: 45356 is 2024-03-05, .5 is noon */
	{ "45356", 0, WHEN_SERIAL, "2024-03-05" },
	{ "45356.5", 0, WHEN_SERIAL, "2024-03-05T12:00:00+08:00" },
	{ "45356.4323", 0, WHEN_SERIAL, "2024-03-05T10:22:31+08:00" },
	/* nothing known */
	{ "", 0, WHEN_NONE, NULL },
	{ "0000-00-00", 0, WHEN_NONE, NULL },
	{ "0000-00-00 00:00:00", 0, WHEN_NONE, NULL },
	{ "1900-01-01", 0, WHEN_NONE, NULL },
	{ "1900/1/0", 0, WHEN_NONE, NULL },
	{ "1899-12-30 00:00:00", 0, WHEN_NONE, NULL },
	/* an order that nobody told */
	{ "05/03/2024", 0, WHEN_AMBIGUOUS, NULL },
	{ "31/12/2024", 0, WHEN_AMBIGUOUS, NULL },
	{ "24-3-5", 0, WHEN_AMBIGUOUS, NULL },
	{ "03-05-24", 0, WHEN_AMBIGUOUS, NULL },
	{ "24年3月5日", 0, WHEN_AMBIGUOUS, NULL },
	{ "05/03/2024", WHEN_DMY, WHEN_GOOD, "2024-03-05" },
	{ "05/03/2024", WHEN_MDY, WHEN_GOOD, "2024-05-03" },
	{ "4/25/2025 9:22:00", WHEN_MDY, WHEN_GOOD,
	  "2025-04-25T09:22:00+08:00" },
	{ "24-3-5", WHEN_YMD, WHEN_GOOD, "2024-03-05" },
	{ "24年3月5日", WHEN_YMD, WHEN_GOOD, "2024-03-05" },
	{ "5.3.69", WHEN_DMY, WHEN_GOOD, "2069-03-05" },
	{ "5.3.70", WHEN_DMY, WHEN_GOOD, "1970-03-05" },
	{ "31/12/2024", WHEN_MDY, WHEN_BAD, NULL },
	{ "05/03/2024", WHEN_YMD, WHEN_BAD, NULL },
	{ "2024-03-05", WHEN_DMY, WHEN_GOOD, "2024-03-05" },
	/* none at all */
	{ "2023-02-29", 0, WHEN_BAD, NULL },
	{ "2024-02-30", 0, WHEN_BAD, NULL },
	{ "2024-13-01", 0, WHEN_BAD, NULL },
	{ "2024-01-00", 0, WHEN_BAD, NULL },
	{ "1900-02-29", 0, WHEN_BAD, NULL },
	{ "0000-01-01", 0, WHEN_BAD, NULL },
	{ "10000-01-01", 0, WHEN_BAD, NULL },
	{ "2024-03", 0, WHEN_BAD, NULL },
	{ "2024年3月", 0, WHEN_BAD, NULL },
	{ "202403", 0, WHEN_BAD, NULL },
	{ "2024-03/05", 0, WHEN_BAD, NULL },
	{ "2024-03-05 25:00", 0, WHEN_BAD, NULL },
	{ "2024-03-05 10:60", 0, WHEN_BAD, NULL },
	{ "2024-03-05 10:22:31 x", 0, WHEN_BAD, NULL },
	{ "2024-03-05x", 0, WHEN_BAD, NULL },
	{ "yesterday", 0, WHEN_BAD, NULL },
	{ "长期", 0, WHEN_BAD, NULL },
	{ "00012", 0, WHEN_BAD, NULL },
};

START_TEST(a_cell_is_read_so)
{
	char room[64], to[WHEN_BYTES];
	struct text clean = clean_code(text_of(cases[_i].cell), room);
	struct when when;
	enum when_state state = when_read(clean, cases[_i].order, &when);
	struct text instant;

	ck_assert_msg(state == cases[_i].state, "%s is of state %d",
		      cases[_i].cell, state);
	if (!cases[_i].instant)
		return;
	instant = (struct text){ to, when_put_instant(&when, 480, to) };
	ck_assert_msg(text_is(instant, cases[_i].instant), "%s gives %.*s",
		      cases[_i].cell, (int)instant.n, instant.p);
	ck_assert_int_eq(when_read(instant, WHEN_ASK, &when), WHEN_GOOD);
	ck_assert_uint_eq(when_put_instant(&when, 0, room), instant.n);
	ck_assert_mem_eq(room, to, instant.n);
}
END_TEST

START_TEST(day_and_time_are_put_apart)
{
	struct when when;
	char to[WHEN_BYTES];

	when_read(TEXT("2024-03-05 10:22:31"), WHEN_ASK, &when);
	ck_assert_uint_eq(when_put_day(&when, to), 10);
	ck_assert_mem_eq(to, "2024-03-05", 10);
	ck_assert_uint_eq(when_put_time(&when, to), 8);
	ck_assert_mem_eq(to, "10:22:31", 8);
	when_read(TEXT("2024-03-05"), WHEN_ASK, &when);
	ck_assert_uint_eq(when_put_time(&when, to), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("when");
	TCase *tc = tcase_create("when");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_cell_is_read_so, 0, NELEMS(cases));
	tcase_add_test(tc, day_and_time_are_put_apart);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
