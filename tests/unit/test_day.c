/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, periods, instants and zones. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"

/* What day_parse() gives, or DAY_NONE when it refuses. */
static int32_t parsed(const char *s)
{
	int32_t day;

	return day_parse(text_of(s), &day) ? day : DAY_NONE;
}

START_TEST(every_day_comes_back_from_its_text)
{
	struct civil before = { 0, 12, 31 };

	for (int32_t day = DAY_MIN; day <= DAY_MAX; day++) {
		struct civil c = day_civil(day);
		char s[DAY_BYTES];
		int32_t again = DAY_NONE;

		if (!day_exists(c) || day_of(c) != day ||
		    day_format(day, s) != DAY_BYTES ||
		    !day_parse((struct text){ s, DAY_BYTES }, &again) ||
		    again != day)
			ck_abort_msg("day %d", (int)day);
		/* the next day, the next month or the next year */
		bool next = c.year == before.year ?
				    c.month == before.month ?
				    c.day == before.day + 1 :
				    c.month == before.month + 1 && c.day == 1 :
				    c.year == before.year + 1 &&
				    c.month == 1 && c.day == 1 &&
				    before.month == 12 && before.day == 31;
		if (!next)
			ck_abort_msg("after %04d-%02d-%02d", before.year,
				     before.month, before.day);
		before = c;
	}
	ck_assert_int_eq(before.year, 9999);
}
END_TEST

/* Day numbers by Python: (date(...) - date(1970, 1, 1)).days */
static const struct {
	const char *text;
	int32_t day;
} dates[] = {
	{ "1970-01-01", 0 },
	{ "1969-12-31", -1 },
	{ "2000-02-29", 11016 },
	{ "2024-02-29", 19782 },
	{ "2025-10-31", 20392 },
	{ "0001-01-01", DAY_MIN },
	{ "9999-12-31", DAY_MAX },
	{ "2025-10-31T00:00", 20392 },
	{ "2025-10-31 23:59:59.999", 20392 },
	{ "2025-10-31T01:00:00+08:00", 20392 },
	{ "2025-10-31T23:00:00-11:00", 20392 },
	{ "2025-10-31T23:00Z", 20392 },
	{ "", DAY_NONE },
	{ "2023-02-29", DAY_NONE },
	{ "2024-02-30", DAY_NONE },
	{ "1900-02-29", DAY_NONE },
	{ "2024-13-01", DAY_NONE },
	{ "2024-00-01", DAY_NONE },
	{ "2024-01-00", DAY_NONE },
	{ "2024-04-31", DAY_NONE },
	{ "0000-01-01", DAY_NONE },
	{ "10000-01-01", DAY_NONE },
	{ "2024-1-1", DAY_NONE },
	{ "2024/03/05", DAY_NONE },
	{ "20240305", DAY_NONE },
	{ "2024-03-05 ", DAY_NONE },
	{ " 2024-03-05", DAY_NONE },
	{ "+024-03-05", DAY_NONE },
	{ "2024-03-0x", DAY_NONE },
	{ "2024-03-:1", DAY_NONE },
	{ "2024-03:05", DAY_NONE },
	{ "202\xb4-03-05", DAY_NONE },
	{ "202\xff-03-05", DAY_NONE },
	{ "2024\xad" "03-05", DAY_NONE },
	{ "\xef\xbc\x92-03-05", DAY_NONE },
	{ "2024-03-05x", DAY_NONE },
	{ "2024-03-05T", DAY_NONE },
	{ "2024-03-05T25:00", DAY_NONE },
	{ "2024-03-05T24:00", DAY_NONE },
	{ "2024-03-05T12:60", DAY_NONE },
	{ "2024-03-05t12:00", DAY_NONE },
	{ "2024-02-30T12:00", DAY_NONE },
};

START_TEST(dates_are_read_or_refused)
{
	ck_assert_msg(parsed(dates[_i].text) == dates[_i].day, "%s: %d",
		      dates[_i].text, (int)parsed(dates[_i].text));
}
END_TEST

START_TEST(a_date_that_is_wrong_in_any_byte_is_refused)
{
	/* Position i can hold these bytes in 2024-03-05 and name a day. */
	static const char *good[DAY_BYTES] = {
		"0123456789", "0123456789", "0123456789", "0123456789",
		"-",	      "01",	    "123456789",  "-",
		"012",	      "123456789",
	};

	for (size_t i = 0; i < DAY_BYTES; i++) {
		for (int c = 0; c < 256; c++) {
			char s[] = "2024-03-05";
			int32_t day;
			bool is_good = c && strchr(good[i], c);

			s[i] = (char)c;
			/* 2024-13-05 */
			if (i == 5 && c == '1')
				is_good = false;
			ck_assert_msg(day_parse((struct text){ s, 10 },
						&day) == is_good,
				      "byte %zu is %d", i, c);
		}
	}
}
END_TEST

START_TEST(nothing_is_read_past_the_slice)
{
	/* Memory of the exact size, for the sanitizers. */
	for (size_t n = 0; n <= DAY_BYTES; n++) {
		char *s = mem_alloc(n, 1);
		int32_t day;

		memcpy(s, "2024-03-05", n);
		ck_assert(day_parse((struct text){ s, n }, &day) ==
			  (n == DAY_BYTES));
		free(s);
	}
}
END_TEST

START_TEST(weekdays_go_round_from_monday_to_sunday)
{
	ck_assert_int_eq(day_weekday(0), 4); /* 1970-01-01, a Thursday */
	ck_assert_int_eq(day_weekday(DAY_MIN), 1);
	ck_assert_int_eq(day_weekday(DAY_MAX), 5);
	for (int32_t day = -1000; day < 1000; day++)
		ck_assert_int_eq(day_weekday(day + 1),
				 day_weekday(day) % 7 + 1);
}
END_TEST

static const struct {
	const char *from;
	int months;
	const char *to;
} moves[] = {
	{ "2024-01-31", 1, "2024-02-29" },  { "2023-01-31", 1, "2023-02-28" },
	{ "2024-03-31", -1, "2024-02-29" }, { "2024-12-15", 1, "2025-01-15" },
	{ "2024-01-15", -1, "2023-12-15" }, { "2024-02-29", 12, "2025-02-28" },
	{ "2024-05-31", 0, "2024-05-31" },  { "0001-01-20", -1, "0001-01-01" },
	{ "9999-12-20", 1, "9999-12-31" },
	{ "2024-05-05", 999999, "9999-12-31" },
	{ "2024-05-05", INT32_MIN, "0001-01-01" },
	{ "2024-05-05", INT32_MAX, "9999-12-31" },
};

START_TEST(months_are_added_within_the_calendar)
{
	int32_t day = day_add_months(parsed(moves[_i].from), moves[_i].months);

	ck_assert_int_eq(day, parsed(moves[_i].to));
}
END_TEST

START_TEST(a_month_starts_on_its_first_day)
{
	ck_assert_int_eq(day_month_start(parsed("2024-02-29")),
			 parsed("2024-02-01"));
	ck_assert_int_eq(day_month_start(parsed("2024-02-01")),
			 parsed("2024-02-01"));
}
END_TEST

#define TODAY "2025-11-21"

static const struct {
	const char *period, *first, *last;	/* first NULL: refused */
} periods[] = {
	{ "2025-10", "2025-10-01", "2025-10-31" },
	{ "2024-02", "2024-02-01", "2024-02-29" },
	{ "2025", "2025-01-01", "2025-12-31" },
	{ "0001", "0001-01-01", "0001-12-31" },
	{ "9999", "9999-01-01", "9999-12-31" },
	{ "2025Q1", "2025-01-01", "2025-03-31" },
	{ "2025Q3", "2025-07-01", "2025-09-30" },
	{ "2025Q4", "2025-10-01", "2025-12-31" },
	{ "2025-10-03", "2025-10-03", "2025-10-03" },
	{ "last-month", "2025-10-01", "2025-10-31" },
	{ "last-quarter", "2025-07-01", "2025-09-30" },
	{ "ytd", "2025-01-01", TODAY },
	/* by Python: date.fromisocalendar(year, week, 1) */
	{ "2025W40", "2025-09-29", "2025-10-05" },
	{ "2025W01", "2024-12-30", "2025-01-05" },
	{ "2020W53", "2020-12-28", "2021-01-03" },
	{ "2026W53", "2026-12-28", "2027-01-03" },
	{ "0001W01", "0001-01-01", "0001-01-07" },
	{ "9999W52", "9999-12-27", "9999-12-31" },
	{ "2025W53", NULL, NULL },
	{ "9999W53", NULL, NULL },
	{ "2025W00", NULL, NULL },
	{ "2025W54", NULL, NULL },
	{ "2025W4", NULL, NULL },
	{ "2025Q0", NULL, NULL },
	{ "2025Q5", NULL, NULL },
	{ "2025-13", NULL, NULL },
	{ "2025-00", NULL, NULL },
	{ "2025-1", NULL, NULL },
	{ "0000", NULL, NULL },
	{ "0000-01", NULL, NULL },
	{ "2025-02-29", NULL, NULL },
	{ "2025-10-03T10:00", NULL, NULL },
	{ "", NULL, NULL },
	{ "yesterday", NULL, NULL },
	{ "ytd ", NULL, NULL },
};

START_TEST(periods_are_read_or_refused)
{
	struct day_range r;
	bool read = day_period(text_of(periods[_i].period), parsed(TODAY), &r);

	ck_assert_msg(read == (periods[_i].first != NULL), "%s",
		      periods[_i].period);
	if (read) {
		ck_assert_int_eq(r.first, parsed(periods[_i].first));
		ck_assert_int_eq(r.last, parsed(periods[_i].last));
	}
}
END_TEST

START_TEST(periods_that_need_today_want_to_know_it)
{
	struct day_range r;

	ck_assert(!day_period(TEXT("ytd"), DAY_NONE, &r));
	ck_assert(!day_period(TEXT("last-month"), DAY_NONE, &r));
	ck_assert(!day_period(TEXT("last-month"), DAY_MIN, &r));
	ck_assert(day_period(TEXT("2025"), DAY_NONE, &r));
	ck_assert(day_period(TEXT("last-month"), parsed("2025-01-31"), &r));
	ck_assert_int_eq(r.first, parsed("2024-12-01"));
	ck_assert_int_eq(r.last, parsed("2024-12-31"));
	ck_assert(day_period(TEXT("last-quarter"), parsed("2025-03-31"), &r));
	ck_assert_int_eq(r.first, parsed("2024-10-01"));
}
END_TEST

static const struct {
	const char *day, *unit, *label;
} labels[] = {
	{ "2025-10-03", "day", "2025-10-03" },
	{ "2025-10-03", "month", "2025-10" },
	{ "2025-10-03", "quarter", "2025Q4" },
	{ "2025-09-30", "quarter", "2025Q3" },
	{ "2025-01-01", "quarter", "2025Q1" },
	{ "2025-10-03", "year", "2025" },
	/* ISO weeks as Wikipedia, "ISO week date", lists them */
	{ "2005-01-01", "week", "2004W53" },
	{ "2005-01-02", "week", "2004W53" },
	{ "2005-12-31", "week", "2005W52" },
	{ "2006-01-01", "week", "2005W52" },
	{ "2006-01-02", "week", "2006W01" },
	{ "2007-01-01", "week", "2007W01" },
	{ "2008-12-28", "week", "2008W52" },
	{ "2008-12-29", "week", "2009W01" },
	{ "2009-12-31", "week", "2009W53" },
	{ "2010-01-03", "week", "2009W53" },
	{ "2010-01-04", "week", "2010W01" },
	{ "0001-01-01", "week", "0001W01" },
	{ "9999-12-31", "week", "9999W52" },
	{ "2025-10-03", "fortnight", "" },
	{ "2025-10-03", "", "" },
};

START_TEST(a_day_has_the_label_of_its_period)
{
	char s[DAY_BYTES];
	size_t n = day_label(parsed(labels[_i].day), labels[_i].unit, s);

	ck_assert_mem_eq(s, labels[_i].label, n);
	ck_assert_uint_eq(n, strlen(labels[_i].label));
}
END_TEST

START_TEST(a_label_is_a_period_that_holds_its_day)
{
	static const char *const unit[] = { "day", "week", "month", "quarter",
					    "year" };

	for (int32_t day = DAY_MIN; day <= DAY_MAX; day += 13) {
		for (size_t i = 0; i < NELEMS(unit); i++) {
			char s[DAY_BYTES];
			struct text t = { s, day_label(day, unit[i], s) };
			struct day_range r;

			if (!day_period(t, DAY_NONE, &r) || day < r.first ||
			    day > r.last)
				ck_abort_msg("%d %s", (int)day, unit[i]);
		}
	}
}
END_TEST

#define SECOND INT64_C(1000000)

/* Seconds by date -u -d TEXT +%s; zone_minutes is 480. */
static const struct {
	const char *text;
	int64_t us;	/* -1: refused */
} instants[] = {
	{ "2025-10-03T10:22:31+08:00", 1759458151 * SECOND },
	{ "2025-10-03T10:22:31", 1759458151 * SECOND },
	{ "2025-10-03 10:22:31", 1759458151 * SECOND },
	{ "2025-10-03T02:22:31Z", 1759458151 * SECOND },
	{ "2025-10-03T02:22:31+0000", 1759458151 * SECOND },
	{ "2025-10-02T16:22:31-10", 1759458151 * SECOND },
	{ "2025-10-03T07:52:31+05:30", 1759458151 * SECOND },
	{ "2025-10-03T10:22:31.5", 1759458151 * SECOND + 500000 },
	{ "2025-10-03T10:22:31.000001", 1759458151 * SECOND + 1 },
	{ "2025-10-03T10:22:31.123456Z", 1759486951 * SECOND + 123456 },
	{ "2025-10-03T10:22", 1759458120 * SECOND },
	{ "2025-10-03", 1759420800 * SECOND },
	{ "1969-12-31T23:59:59.5Z", -500000 },
	{ "2025-10-03T10:22:31.", -1 },
	{ "2025-10-03T10:22:31.1234567", -1 },
	{ "2025-10-03T10:22:60", -1 },
	{ "2025-10-03T24:00:00", -1 },
	{ "2025-10-03T10", -1 },
	{ "2025-10-03T10:2", -1 },
	{ "2025-10-03T1:22", -1 },
	{ "2025-10-03T10:22:3", -1 },
	{ "2025-10-03T10:22 ", -1 },
	{ "2025-10-03  10:22", -1 },
	{ "2025-10-03T10:22z", -1 },
	{ "2025-10-03T10:22ZZ", -1 },
	{ "2025-10-03T10:22+", -1 },
	{ "2025-10-03T10:22+8", -1 },
	{ "2025-10-03T10:22+08:", -1 },
	{ "2025-10-03T10:22+08:0", -1 },
	{ "2025-10-03T10:22+08:60", -1 },
	{ "2025-10-03T10:22+24:00", -1 },
	{ "2025-10-03T10:22+08:00x", -1 },
	{ "2025-02-29T10:22", -1 },
	{ "0001-01-01T00:00+08:00", -1 },
	{ "9999-12-31T23:59-00:01", -1 },
	{ "", -1 },
};

START_TEST(instants_are_read_or_refused)
{
	int64_t us = -1;

	instant_parse(text_of(instants[_i].text), 480, &us);
	ck_assert_msg(us == instants[_i].us, "%s: %lld", instants[_i].text,
		      (long long)us);
}
END_TEST

static const struct {
	int64_t us;
	int zone_minutes;
	const char *text, *day;
} shown[] = {
	{ 1759458151 * SECOND, 480, "2025-10-03T10:22:31+08:00", "2025-10-03" },
	{ 1759458151 * SECOND, 0, "2025-10-03T02:22:31Z", "2025-10-03" },
	{ 1759458151 * SECOND, -210, "2025-10-02T22:52:31-03:30",
	  "2025-10-02" },
	{ 1759458151 * SECOND + 500000, 0, "2025-10-03T02:22:31.5Z",
	  "2025-10-03" },
	{ 1759458151 * SECOND + 1, 480, "2025-10-03T10:22:31.000001+08:00",
	  "2025-10-03" },
	{ -1, 0, "1969-12-31T23:59:59.999999Z", "1969-12-31" },
	{ 0, 0, "1970-01-01T00:00:00Z", "1970-01-01" },
	/* outside the years that can be named: the nearest that can */
	{ INT64_C(-62135596800) * SECOND, -60, "0001-01-01T00:00:00-01:00",
	  "0001-01-01" },
	{ INT64_C(253402300799) * SECOND, 60,
	  "9999-12-31T23:59:59.999999+01:00", "9999-12-31" },
};

START_TEST(instants_are_printed_in_a_zone)
{
	char s[INSTANT_BYTES];
	size_t n = instant_format(shown[_i].us, shown[_i].zone_minutes, s);

	ck_assert_uint_eq(n, strlen(shown[_i].text));
	ck_assert_mem_eq(s, shown[_i].text, n);
	ck_assert_int_eq(instant_day(shown[_i].us, shown[_i].zone_minutes),
			 parsed(shown[_i].day));
}
END_TEST

START_TEST(an_instant_comes_back_from_its_text)
{
	for (int64_t us = -2000000000000000; us < 4000000000000000;
	     us += 123456789012) {
		char s[INSTANT_BYTES];
		struct text t = { s, instant_format(us, 345, s) };
		int64_t again = 0;

		ck_assert(instant_parse(t, 0, &again));
		ck_assert_int_eq(again, us);
	}
}
END_TEST

START_TEST(the_clock_stands_after_this_was_written)
{
	ck_assert_int_gt(instant_now(), 1760000000 * SECOND);
}
END_TEST

/* Known without zone files, or in no file at all. */
static const struct {
	const char *name;
	int zone_minutes;	/* -1: unknown */
} fixed[] = {
	{ "Asia/Shanghai", 480 },
	{ "UTC", 0 },
	{ "+08:00", 480 },
	{ "+0800", 480 },
	{ "-03", -180 },
	{ "+05:45", 345 },
	{ "", -1 },
	{ "Z", -1 },
	{ "+", -1 },
	{ "+8", -1 },
	{ "+08:00:00", -1 },
	{ "+25:00", -1 },
	{ "Asia", -1 },
	{ "Asia/", -1 },
	{ "Asia/Nowhere", -1 },
	{ "/etc/localtime", -1 },
	{ "/usr/share/zoneinfo/UTC", -1 },
	{ "../zoneinfo/UTC", -1 },
	{ "Asia/../UTC", -1 },
	{ "Asia//Shanghai", -1 },
	{ "tzdata.zi", -1 },
	{ "leapseconds", -1 },
	{ "UTC\n", -1 },
	{ "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  -1 },
};

START_TEST(zone_names_are_known_or_refused)
{
	int minutes = -1;

	instant_zone(text_of(fixed[_i].name), 1759458151 * SECOND, &minutes);
	ck_assert_int_eq(minutes, fixed[_i].zone_minutes);
}
END_TEST

START_TEST(a_nul_does_not_shorten_a_zone_name)
{
	int minutes;

	ck_assert(!instant_zone((struct text){ "UTC\0x", 5 }, 0, &minutes));
}
END_TEST

/* Offsets by TZ=NAME date -d @SECONDS +%z, tzdata 2025b. The years from 2038
 * on are beyond what the files list and follow their footers. */
static const struct {
	const char *name, *at;
	int zone_minutes;
} zones[] = {
	{ "Asia/Shanghai", "1988-07-01T00:00Z", 540 },
	{ "Asia/Shanghai", "1991-12-01T00:00Z", 480 },
	{ "Europe/Berlin", "2025-03-30T00:59:59Z", 60 },
	{ "Europe/Berlin", "2025-03-30T01:00:00Z", 120 },
	{ "Europe/Berlin", "2025-10-26T00:59:59Z", 120 },
	{ "Europe/Berlin", "2025-10-26T01:00:00Z", 60 },
	{ "Europe/Berlin", "2060-03-28T00:59:59Z", 60 },
	{ "Europe/Berlin", "2060-03-28T01:00:00Z", 120 },
	{ "Europe/Berlin", "2060-10-31T00:59:59Z", 120 },
	{ "Europe/Berlin", "2060-10-31T01:00:00Z", 60 },
	{ "America/New_York", "2060-07-01T00:00Z", -240 },
	{ "America/New_York", "2060-12-31T00:00Z", -300 },
	{ "Australia/Sydney", "2060-07-01T00:00Z", 600 },
	{ "Australia/Sydney", "2060-12-31T00:00Z", 660 },
	{ "Australia/Sydney", "2060-01-01T00:00Z", 660 },
	{ "Asia/Tehran", "2060-07-01T00:00Z", 210 },
	{ "America/Nuuk", "2060-07-01T00:00Z", -60 },
	{ "America/Nuuk", "2060-12-01T00:00Z", -120 },
	{ "Asia/Kathmandu", "2025-07-01T00:00Z", 345 },
	{ "Etc/GMT+8", "2025-07-01T00:00Z", -480 },
};

START_TEST(zone_files_are_read_as_date_reads_them)
{
	int64_t us;
	int minutes;

	ck_assert(instant_parse(text_of(zones[_i].at), 0, &us));
	if (!instant_zone(TEXT("Europe/Berlin"), us, &minutes)) {
		puts("SKIP: no tzdata");
		return;
	}
	ck_assert(instant_zone(text_of(zones[_i].name), us, &minutes));
	ck_assert_int_eq(minutes, zones[_i].zone_minutes);
}
END_TEST

static const char *const changing[] = {
	"Europe/London", "Asia/Shanghai", "Australia/Lord_Howe",
	"Africa/Casablanca", "America/Nuuk", "Pacific/Apia", "UTC", "+08:00",
	"-03:30", "Asia/Tehran", "Antarctica/Troll",
};

START_TEST(the_changes_of_a_zone_are_all_there)
{
	struct text name = text_of(changing[_i]);
	struct instant_change *c;
	int64_t from, to;
	size_t n;
	int minutes;

	ck_assert(instant_parse(TEXT("1890-01-01T00:00Z"), 0, &from));
	ck_assert(instant_parse(TEXT("2199-12-01T00:00Z"), 0, &to));
	c = instant_changes(name, &n);
	if (!c) {
		puts("SKIP: no tzdata");
		return;
	}
	ck_assert(c[0].at == INT64_MIN);
	for (size_t i = 1; i < n; i++) {
		ck_assert_int_lt(c[i - 1].at, c[i].at);
		ck_assert_int_ne(c[i - 1].zone_minutes, c[i].zone_minutes);
		ck_assert(instant_zone(name, c[i].at, &minutes));
		ck_assert_int_eq(minutes, c[i].zone_minutes);
		ck_assert(instant_zone(name, c[i].at - 1, &minutes));
		ck_assert_int_eq(minutes, c[i - 1].zone_minutes);
	}
	for (int64_t at = from; at < to; at += 5 * 86400 * SECOND + 12345) {
		ck_assert(instant_zone(name, at, &minutes));
		ck_assert_int_eq(minutes, instant_offset(c, n, at));
	}
	free(c);
}
END_TEST

/* Local times by what the clocks of the place show; the first of two. */
static const struct {
	const char *zone, *local;
	int zone_minutes;
} shown_there[] = {
	{ "Europe/London", "2025-03-30T00:59", 0 },
	{ "Europe/London", "2025-03-30T01:30", 0 },	/* leapt over */
	{ "Europe/London", "2025-03-30T02:00", 60 },
	{ "Europe/London", "2025-10-26T00:59", 60 },
	{ "Europe/London", "2025-10-26T01:30", 60 },	/* comes twice */
	{ "Europe/London", "2025-10-26T02:00", 0 },
	{ "America/New_York", "2025-11-02T01:30", -240 },
	{ "America/New_York", "2025-11-02T02:00", -300 },
	{ "America/New_York", "2025-03-09T02:30", -300 },
	{ "America/New_York", "2025-03-09T03:00", -240 },
	{ "Asia/Shanghai", "1988-07-01T12:00", 540 },
	{ "Asia/Shanghai", "2025-07-01T12:00", 480 },
};

START_TEST(a_local_time_has_the_offset_that_its_clocks_had)
{
	struct instant_change *c;
	int64_t local;
	size_t n;

	c = instant_changes(text_of(shown_there[_i].zone), &n);
	if (!c || n == 1) {
		puts("SKIP: no tzdata");
		free(c);
		return;
	}
	ck_assert(instant_parse(text_of(shown_there[_i].local), 0, &local));
	ck_assert_int_eq(instant_offset_local(c, n, local),
			 shown_there[_i].zone_minutes);
	free(c);
}
END_TEST

START_TEST(an_unknown_zone_has_no_changes)
{
	size_t n;

	ck_assert_ptr_null(instant_changes(TEXT("Mars/Olympus"), &n));
}
END_TEST

START_TEST(the_environment_does_not_move_a_zone)
{
	int minutes = -1;

	setenv("TZ", "America/New_York", 1);
	ck_assert(instant_zone(TEXT("Asia/Shanghai"), 0, &minutes));
	ck_assert_int_eq(minutes, 480);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("day");
	TCase *days = tcase_create("days"), *instant = tcase_create("instants");

	tcase_set_timeout(days, 60);
	tcase_add_test(days, every_day_comes_back_from_its_text);
	tcase_add_loop_test(days, dates_are_read_or_refused, 0, NELEMS(dates));
	tcase_add_test(days, a_date_that_is_wrong_in_any_byte_is_refused);
	tcase_add_test(days, nothing_is_read_past_the_slice);
	tcase_add_test(days, weekdays_go_round_from_monday_to_sunday);
	tcase_add_loop_test(days, months_are_added_within_the_calendar, 0,
			    NELEMS(moves));
	tcase_add_test(days, a_month_starts_on_its_first_day);
	tcase_add_loop_test(days, periods_are_read_or_refused, 0,
			    NELEMS(periods));
	tcase_add_test(days, periods_that_need_today_want_to_know_it);
	tcase_add_loop_test(days, a_day_has_the_label_of_its_period, 0,
			    NELEMS(labels));
	tcase_add_test(days, a_label_is_a_period_that_holds_its_day);
	suite_add_tcase(s, days);

	tcase_add_loop_test(instant, instants_are_read_or_refused, 0,
			    NELEMS(instants));
	tcase_add_loop_test(instant, instants_are_printed_in_a_zone, 0,
			    NELEMS(shown));
	tcase_add_test(instant, an_instant_comes_back_from_its_text);
	tcase_add_test(instant, the_clock_stands_after_this_was_written);
	tcase_add_loop_test(instant, zone_names_are_known_or_refused, 0,
			    NELEMS(fixed));
	tcase_add_test(instant, a_nul_does_not_shorten_a_zone_name);
	tcase_add_loop_test(instant, zone_files_are_read_as_date_reads_them, 0,
			    NELEMS(zones));
	tcase_add_loop_test(instant, the_changes_of_a_zone_are_all_there, 0,
			    NELEMS(changing));
	tcase_add_loop_test(instant,
			    a_local_time_has_the_offset_that_its_clocks_had, 0,
			    NELEMS(shown_there));
	tcase_add_test(instant, an_unknown_zone_has_no_changes);
	tcase_add_test(instant, the_environment_does_not_move_a_zone);
	suite_add_tcase(s, instant);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
