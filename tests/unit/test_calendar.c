/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business calendars: working time between two local times. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/calendar_json.h"

/* A local time "2025-10-03T10:22" as the calendar counts it. */
static int64_t local(const char *at)
{
	int64_t us;

	ck_assert(instant_parse(text_of(at), 0, &us));
	return us;
}

static int64_t minutes(const struct calendar *cal, const char *from,
		       const char *to)
{
	int64_t us = calendar_between(cal, local(from), local(to));

	ck_assert_int_eq(us % CALENDAR_MINUTE, 0);
	return us / CALENDAR_MINUTE;
}

/* 2025-10-03 is a Friday, 10-05 a Sunday (GNU date says so). Expected
 * minutes are counted by hand from 08:30-18:00, 570 minutes a day. */
static const struct {
	const char *from, *to;
	int64_t minutes;
} week[] = {
	{ "2025-10-03T09:00", "2025-10-03T10:30", 90 },
	{ "2025-10-03T07:00", "2025-10-03T09:00", 30 },
	{ "2025-10-03T17:00", "2025-10-03T23:00", 60 },
	{ "2025-10-03T17:00", "2025-10-04T09:00", 90 },
	{ "2025-10-04T17:30", "2025-10-06T08:31", 31 },
	{ "2025-10-05T00:00", "2025-10-06T00:00", 0 },
	{ "2025-10-03T00:00", "2025-10-10T00:00", 6 * 570 },
	{ "2025-01-01T00:00", "2026-01-01T00:00", 313 * 570 },
	{ "2025-10-03T10:00", "2025-10-03T10:00", 0 },
	{ "2025-10-03T11:00", "2025-10-03T10:00", 0 },
	{ "1969-12-29T08:00", "1969-12-29T09:00", 30 },
};

START_TEST(the_house_hours_are_monday_to_saturday)
{
	struct calendar *cal = calendar_json_read("business-hours", NULL);

	ck_assert_int_eq(minutes(cal, week[_i].from, week[_i].to),
			 week[_i].minutes);
	calendar_free(cal);
}
END_TEST

static struct calendar *lunch(void)
{
	struct calendar *cal = calendar_new();
	const struct calendar_hours h = { 2, { { 480, 720 }, { 780, 1080 } } };

	for (int day = 1; day <= 5; day++)
		ck_assert(calendar_set_weekday(cal, day, &h));
	return cal;
}

START_TEST(a_lunch_break_does_not_count)
{
	struct calendar *cal = lunch();

	ck_assert_int_eq(minutes(cal, "2025-10-03T11:00", "2025-10-03T14:00"),
			 120);
	ck_assert_int_eq(minutes(cal, "2025-10-03T12:10", "2025-10-03T12:50"),
			 0);
	calendar_free(cal);
}
END_TEST

START_TEST(single_days_replace_their_weekday)
{
	struct calendar *cal = lunch();
	const struct calendar_hours none = { .n = 0 };
	const struct calendar_hours short_day = { 1, { { 540, 600 } } };
	int32_t day;

	/* Given out of order: Wednesday 1st off, Sunday 5th worked. */
	ck_assert(day_parse(TEXT("2025-10-05"), &day));
	ck_assert(calendar_set_day(cal, day, &short_day));
	ck_assert(day_parse(TEXT("2025-10-01"), &day));
	ck_assert(calendar_set_day(cal, day, &none));
	ck_assert(!calendar_set_day(cal, day, &none));
	ck_assert_int_eq(minutes(cal, "2025-09-30T17:00", "2025-10-02T09:00"),
			 120);
	ck_assert_int_eq(minutes(cal, "2025-10-05T00:00", "2025-10-05T09:30"),
			 30);
	ck_assert_int_eq(minutes(cal, "2025-09-29T00:00", "2025-10-06T00:00"),
			 4 * 540 + 60);
	calendar_free(cal);
}
END_TEST

START_TEST(time_adds_up_wherever_it_is_cut)
{
	struct calendar *cal = lunch();
	int64_t from = local("2025-09-29T07:13");
	int64_t to = local("2025-10-13T19:31");
	int64_t whole = calendar_between(cal, from, to);

	for (int64_t cut = from; cut < to; cut += 37 * CALENDAR_MINUTE)
		ck_assert_int_eq(calendar_between(cal, from, cut) +
					 calendar_between(cal, cut, to),
				 whole);
	calendar_free(cal);
}
END_TEST

START_TEST(the_ends_of_the_years_do_no_harm)
{
	struct calendar *cal = lunch();
	int64_t first = local("0001-01-01T00:00");

	ck_assert_int_eq(calendar_between(cal, first - 720 * CALENDAR_MINUTE,
					  first), 0);
	ck_assert_int_gt(calendar_between(cal, first,
					  local("9999-12-31T23:59")), 0);
	calendar_free(cal);
}
END_TEST

START_TEST(bad_hours_are_refused)
{
	struct calendar *cal = calendar_new();
	const struct calendar_hours bad[] = {
		{ 2, { { 480, 720 }, { 700, 800 } } },
		{ 1, { { 480, 480 } } },
		{ 1, { { 480, 1441 } } },
	};

	for (size_t i = 0; i < NELEMS(bad); i++)
		ck_assert(!calendar_set_weekday(cal, 1, &bad[i]));
	calendar_free(cal);
}
END_TEST

static const struct {
	const char *text;
	int from, to;	/* -1: no span */
} spans[] = {
	{ "08:30-18:00", 510, 1080 }, { "00:00-24:00", 0, 1440 },
	{ "18:00-08:30", -1, -1 },    { "08:30-08:30", -1, -1 },
	{ "8:30-18:00", -1, -1 },     { "08:60-18:00", -1, -1 },
	{ "08:30-24:01", -1, -1 },    { "08:30-18:00 ", -1, -1 },
	{ "08:30", -1, -1 },	      { "", -1, -1 },
};

START_TEST(spans_are_read_to_the_minute)
{
	struct calendar_span s = { -1, -1 };
	bool good = calendar_span_parse(text_of(spans[_i].text), &s);

	ck_assert_int_eq(good, spans[_i].from >= 0);
	ck_assert_int_eq(s.from, spans[_i].from);
	ck_assert_int_eq(s.to, spans[_i].to);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("calendar");
	TCase *t = tcase_create("calendar");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_calendar");
	suite_add_tcase(s, t);
	tcase_add_loop_test(t, the_house_hours_are_monday_to_saturday, 0,
			    NELEMS(week));
	tcase_add_test(t, a_lunch_break_does_not_count);
	tcase_add_test(t, single_days_replace_their_weekday);
	tcase_add_test(t, time_adds_up_wherever_it_is_cut);
	tcase_add_test(t, the_ends_of_the_years_do_no_harm);
	tcase_add_test(t, bad_hours_are_refused);
	tcase_add_loop_test(t, spans_are_read_to_the_minute, 0, NELEMS(spans));
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
