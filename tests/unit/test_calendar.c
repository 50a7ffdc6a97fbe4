/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business calendars: working time between two local times. */
#include <check.h>
#include <stdio.h>
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

	ck_assert_int_eq(us % INSTANT_MINUTE, 0);
	return us / INSTANT_MINUTE;
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

	for (int64_t cut = from; cut < to; cut += 37 * INSTANT_MINUTE)
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

	ck_assert_int_eq(calendar_between(cal, first - 720 * INSTANT_MINUTE,
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

/* ---- clocks that are changed ---- */

/* Round the clock; a night shift and an afternoon; an office. */
static struct calendar *shifts(int which, const char *zone)
{
	static const struct calendar_hours hours[] = {
		{ 1, { { 0, 1440 } } },
		{ 3, { { 0, 95 }, { 130, 330 }, { 1320, 1440 } } },
		{ 2, { { 540, 720 }, { 780, 1080 } } },
		{ 1, { { 90, 150 } } },
	};
	struct calendar *cal = calendar_new();
	struct instant_change *change;
	size_t n;

	for (int day = 1; day <= 7; day++)
		ck_assert(calendar_set_weekday(cal, day, &hours[which]));
	change = instant_changes(text_of(zone), &n);
	if (!change) {
		puts("SKIP: no tzdata");
		exit(EXIT_SUCCESS);
	}
	calendar_set_zone(cal, change, n);
	free(change);
	return cal;
}

static int64_t instant(const char *at)
{
	int64_t us;

	ck_assert(instant_parse(text_of(at), 0, &us));
	return us;
}

/* Real minutes, counted by hand. London: forward at 2025-03-30T01:00Z, back
 * at 2025-10-26T01:00Z; Lord Howe: half an hour back at 2025-04-05T15:00Z;
 * Shanghai: summer time till 1991-09-14T17:00Z. */
static const struct {
	const char *zone;
	int shift;
	const char *from, *to;
	int64_t minutes;
} changed[] = {
	{ "Europe/London", 0, "2025-03-30T00:00Z", "2025-03-31T00:00+01:00",
	  23 * 60 },
	{ "Europe/London", 0, "2025-10-26T00:00+01:00", "2025-10-27T00:00Z",
	  25 * 60 },
	{ "Europe/London", 2, "2025-03-28T18:00Z", "2025-03-31T09:30+01:00",
	  2 * 480 + 30 },
	/* 01:30-02:30 has 30 minutes when 01:00-02:00 is left out ... */
	{ "Europe/London", 3, "2025-03-30T00:00Z", "2025-03-31T00:00+01:00",
	  30 },
	/* ... and 90 when it comes twice. */
	{ "Europe/London", 3, "2025-10-26T00:00+01:00", "2025-10-27T00:00Z",
	  90 },
	{ "Europe/London", 3, "2025-10-26T01:30+01:00", "2025-10-26T01:10Z",
	  30 },
	{ "Australia/Lord_Howe", 0, "2025-04-05T00:00+11:00",
	  "2025-04-07T00:00+10:30", 2 * 1440 + 30 },
	{ "Asia/Shanghai", 0, "1991-09-15T00:00+09:00",
	  "1991-09-16T00:00+08:00", 25 * 60 },
	{ "Asia/Shanghai", 2, "1991-09-15T00:00+09:00",
	  "1991-09-16T00:00+08:00", 480 },
};

START_TEST(time_that_passed_counts_not_what_clocks_showed)
{
	struct calendar *cal = shifts(changed[_i].shift, changed[_i].zone);

	ck_assert_int_eq(calendar_between(cal, instant(changed[_i].from),
					  instant(changed[_i].to)),
			 changed[_i].minutes * INSTANT_MINUTE);
	calendar_free(cal);
}
END_TEST

/* Is work done in the minute that begins here? Asks base/day.h for the zone
 * and looks at every span: no totals, no search. */
static bool works_at(const struct calendar *cal, struct text zone, int64_t at)
{
	const struct calendar_hours *h;
	int minutes, east;
	int64_t local;

	ck_assert(instant_zone(zone, at, &east));
	local = at + east * INSTANT_MINUTE;
	h = calendar_weekday(cal, day_weekday(instant_day(local, 0)));
	minutes = (int)((local / INSTANT_MINUTE) % 1440);
	for (size_t i = 0; i < h->n; i++)
		if (h->span[i].from <= minutes && minutes < h->span[i].to)
			return true;
	return false;
}

static const struct {
	const char *zone, *from;	/* three days from there */
} across[] = {
	{ "Europe/London", "2025-03-29T12:00Z" },
	{ "Europe/London", "2025-10-25T12:00Z" },
	{ "America/New_York", "2024-11-02T12:00Z" },
	{ "Australia/Lord_Howe", "2025-04-04T12:00Z" },
	{ "Africa/Casablanca", "2025-02-22T12:00Z" },
	{ "Asia/Shanghai", "1991-09-13T12:00Z" },
	{ "Pacific/Apia", "2011-12-29T00:00Z" },
};

static void check_parts(const struct calendar *cal, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (int64_t at = from; at < to;) {
		struct calendar_part part = calendar_part(cal, at);
		int64_t end = part.to < to ? part.to : to;

		ck_assert_int_gt(part.to, at);
		ck_assert_int_eq(calendar_between(cal, at, end),
				 calendar_counts(part.why) ? end - at : 0);
		sum += calendar_counts(part.why) ? end - at : 0;
		at = end;
	}
	ck_assert_int_eq(sum, calendar_between(cal, from, to));
}

/* Minutes between the starts that are tried; sanitizers take twenty times as
 * long. */
#ifdef __SANITIZE_ADDRESS__
enum { STARTS = 43 };
#else
enum { STARTS = 7 };
#endif

START_TEST(minutes_counted_one_by_one_are_the_same)
{
	enum { MINUTES = 3 * 1440, SHIFTS = 4 };
	struct text zone = text_of(across[_i / SHIFTS].zone);
	struct calendar *cal = shifts(_i % SHIFTS, zone.p);
	int64_t start = instant(across[_i / SHIFTS].from);
	static int64_t before[MINUTES + 1];

	before[0] = 0;
	for (int i = 0; i < MINUTES; i++)
		before[i + 1] = before[i] +
				works_at(cal, zone,
					 start + i * INSTANT_MINUTE);
	for (int i = 0; i <= MINUTES; i += STARTS) {
		int64_t from = start + i * INSTANT_MINUTE;

		for (int k = i; k <= MINUTES; k += 11)
			ck_assert_int_eq(
				calendar_between(cal, from,
						 start + k * INSTANT_MINUTE),
				(before[k] - before[i]) * INSTANT_MINUTE);
		check_parts(cal, from, start + MINUTES * INSTANT_MINUTE);
	}
	calendar_free(cal);
}
END_TEST

START_TEST(a_due_time_is_the_first_at_which_all_was_worked)
{
	enum { SHIFTS = 4 };
	struct text zone = text_of(across[_i / SHIFTS].zone);
	struct calendar *cal = shifts(_i % SHIFTS, zone.p);
	int64_t start = instant(across[_i / SHIFTS].from);

	for (int i = 0; i < 400; i++) {
		int64_t from = start + i * 11 * INSTANT_MINUTE + i % 3;
		int64_t want = (i * i % 700 + 1) * INSTANT_MINUTE - i % 5;
		int64_t at = calendar_after(cal, from, want);

		ck_assert_int_eq(calendar_between(cal, from, at), want);
		ck_assert_int_eq(calendar_between(cal, from, at - 1),
				 want - 1);
		/* The microsecond before it is one of work. */
		ck_assert(calendar_counts(calendar_part(cal, at - 1).why));
	}
	calendar_free(cal);
}
END_TEST

START_TEST(the_next_working_moment_is_the_first)
{
	enum { SHIFTS = 4 };
	struct text zone = text_of(across[_i / SHIFTS].zone);
	struct calendar *cal = shifts(_i % SHIFTS, zone.p);
	int64_t start = instant(across[_i / SHIFTS].from);

	for (int i = 0; i < 3 * 1440; i += 5) {
		int64_t from = start + i * INSTANT_MINUTE + i % 2;
		int64_t at = calendar_next(cal, from);

		ck_assert_int_ge(at, from);
		ck_assert_int_eq(calendar_between(cal, from, at), 0);
		ck_assert_int_eq(calendar_between(cal, at, at + 1), 1);
		ck_assert_int_eq(calendar_after(cal, from, 0), at);
	}
	calendar_free(cal);
}
END_TEST

/* ---- holidays ---- */

static struct calendar *office(void)
{
	struct calendar *cal = calendar_json_read("china-office", NULL);
	const struct instant_change china = { INT64_MIN, 480 };

	calendar_set_zone(cal, &china, 1);
	return cal;
}

/* The holidays from 1 to 8 October 2025 are made up for on Sunday 28
 * September and Saturday 11 October; an office day has 480 minutes. */
static const struct {
	const char *from, *to;
	int64_t minutes;
} golden_week[] = {
	{ "2025-09-28T00:00+08:00", "2025-09-29T00:00+08:00", 480 },
	{ "2025-09-30T17:00+08:00", "2025-10-09T09:30+08:00", 90 },
	{ "2025-10-01T00:00+08:00", "2025-10-09T00:00+08:00", 0 },
	{ "2025-10-11T11:30+08:00", "2025-10-11T13:30+08:00", 60 },
	{ "2025-10-12T00:00+08:00", "2025-10-13T00:00+08:00", 0 },
	{ "2025-10-01T00:00+08:00", "2025-11-01T00:00+08:00", 18 * 480 },
};

START_TEST(holidays_and_the_days_that_make_up_for_them)
{
	struct calendar *cal = office();

	ck_assert_int_eq(calendar_between(cal, instant(golden_week[_i].from),
					  instant(golden_week[_i].to)),
			 golden_week[_i].minutes * INSTANT_MINUTE);
	calendar_free(cal);
}
END_TEST

/* 48 working hours from the eve of a long holiday: six office days. */
START_TEST(a_due_time_leaps_over_the_holidays)
{
	struct calendar *cal = office();
	int64_t from = instant("2025-09-30T17:00+08:00");

	ck_assert_int_eq(calendar_after(cal, from, 2880 * INSTANT_MINUTE),
			 instant("2025-10-15T17:00+08:00"));
	/* Ends with the span, not with the next one's beginning. */
	ck_assert_int_eq(calendar_after(cal, from, 60 * INSTANT_MINUTE),
			 instant("2025-09-30T18:00+08:00"));
	ck_assert_int_eq(calendar_after(cal, from, 61 * INSTANT_MINUTE),
			 instant("2025-10-09T09:01+08:00"));
	calendar_free(cal);
}
END_TEST

static const struct {
	const char *at, *to;
	enum calendar_why why;
	const char *zh;
} parts[] = {
	{ "2025-09-30T11:00+08:00", "2025-09-30T12:00+08:00",
	  CALENDAR_WORKING, "" },
	{ "2025-09-30T12:00+08:00", "2025-09-30T13:00+08:00",
	  CALENDAR_BREAK, "" },
	{ "2025-09-30T18:00+08:00", "2025-10-01T00:00+08:00",
	  CALENDAR_CLOSED, "" },
	{ "2025-10-05T23:00+08:00", "2025-10-06T00:00+08:00",
	  CALENDAR_ON_HOLIDAY, "国庆节" },
	{ "2025-10-06T00:00+08:00", "2025-10-07T00:00+08:00",
	  CALENDAR_ON_HOLIDAY, "中秋" },
	{ "2025-10-11T09:00+08:00", "2025-10-11T12:00+08:00",
	  CALENDAR_WORKING_MAKEUP, "国庆节" },
	{ "2025-10-11T12:30+08:00", "2025-10-11T13:00+08:00",
	  CALENDAR_BREAK, "国庆节" },
	{ "2025-10-12T12:30+08:00", "2025-10-13T00:00+08:00",
	  CALENDAR_REST, "" },
	/* The list ends with 2026. */
	{ "2026-12-31T09:00+08:00", "2026-12-31T12:00+08:00",
	  CALENDAR_WORKING, "" },
	{ "2027-01-01T09:00+08:00", "2027-01-01T12:00+08:00",
	  CALENDAR_WORKING_UNLISTED, "" },
};

START_TEST(every_part_of_a_day_says_what_it_is)
{
	struct calendar *cal = office();
	struct calendar_part part =
		calendar_part(cal, instant(parts[_i].at));

	ck_assert_int_eq(part.why, parts[_i].why);
	ck_assert_int_eq(part.to, instant(parts[_i].to));
	ck_assert(text_is(part.zh, parts[_i].zh));
	calendar_free(cal);
}
END_TEST

/* The days from Monday to Friday that the list has not as holidays, and its
 * workdays: counted by a loop over the days in Python. */
START_TEST(years_of_the_list_add_up)
{
	struct calendar *cal = office();
	int64_t from = instant("2004-01-01T00:00+08:00");
	int64_t to = instant("2027-01-01T00:00+08:00");

	ck_assert_int_eq(calendar_between(cal, from, to),
			 INT64_C(5744) * 480 * INSTANT_MINUTE);
	check_parts(cal, from, to);
	calendar_free(cal);
}
END_TEST

START_TEST(a_calendar_without_hours_never_opens)
{
	struct calendar *cal = calendar_new();
	const struct calendar_hours once = { 1, { { 540, 541 } } };
	int32_t day;

	ck_assert(calendar_next(cal, 0) == CALENDAR_NEVER);
	ck_assert(calendar_after(cal, 0, 1) == CALENDAR_NEVER);
	ck_assert(day_parse(TEXT("9000-01-01"), &day));
	ck_assert(calendar_set_day(cal, day, &once));
	ck_assert_int_eq(calendar_next(cal, 0), instant("9000-01-01T09:00"));
	ck_assert_int_eq(calendar_after(cal, 0, INSTANT_MINUTE),
			 instant("9000-01-01T09:01"));
	ck_assert(calendar_after(cal, 0, INSTANT_MINUTE + 1) ==
		  CALENDAR_NEVER);
	ck_assert(calendar_after(cal, 0, INT64_MAX) == CALENDAR_NEVER);
	calendar_free(cal);
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
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, time_that_passed_counts_not_what_clocks_showed,
			    0, NELEMS(changed));
	tcase_add_loop_test(t, minutes_counted_one_by_one_are_the_same, 0,
			    4 * NELEMS(across));
	tcase_add_loop_test(t, a_due_time_is_the_first_at_which_all_was_worked,
			    0, 4 * NELEMS(across));
	tcase_add_loop_test(t, the_next_working_moment_is_the_first, 0,
			    4 * NELEMS(across));
	tcase_add_loop_test(t, holidays_and_the_days_that_make_up_for_them, 0,
			    NELEMS(golden_week));
	tcase_add_test(t, a_due_time_leaps_over_the_holidays);
	tcase_add_loop_test(t, every_part_of_a_day_says_what_it_is, 0,
			    NELEMS(parts));
	tcase_add_test(t, years_of_the_list_add_up);
	tcase_add_test(t, a_calendar_without_hours_never_opens);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
