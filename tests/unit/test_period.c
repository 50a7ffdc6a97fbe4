/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods held against each other. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/period.h"

static struct day_range range_of(const char *s)
{
	struct text rest = text_of(s), first;
	struct day_range r;

	if (text_find(rest, "..") == SIZE_MAX) {
		ck_assert(day_period(rest, 0, &r));
		return r;
	}
	text_split(&rest, '.', &first);
	ck_assert(day_parse(first, &r.first));
	ck_assert(day_parse((struct text){ rest.p + 1, rest.n - 1 }, &r.last));
	return r;
}

static void assert_label(struct day_range r, const char *label)
{
	char text[PERIOD_LABEL_BYTES + 1];

	text[period_label(r, text)] = '\0';
	ck_assert_str_eq(text, label);
}

static const struct {
	const char *range, *before, *year_before;
	int32_t days;
	int months;
} cases[] = {
	{ "2025-10", "2025-09", "2024-10", 31, 1 },
	{ "2025-01", "2024-12", "2024-01", 31, 1 },
	{ "2025-03", "2025-02", "2024-03", 31, 1 },
	/* months of unlike length stay whole */
	{ "2024-02", "2024-01", "2023-02", 29, 1 },
	{ "2025-02", "2025-01", "2024-02", 28, 1 },
	{ "2025Q1", "2024Q4", "2024Q1", 90, 3 },
	{ "2025", "2024", "2024", 365, 12 },
	{ "2025-01-01..2025-10-31", "2024-03-01..2024-12-31",
	  "2024-01-01..2024-10-31", 304, 10 },
	/* weeks stand against weeks, weekday by weekday */
	{ "2025W40", "2025W39", "2024W40", 7, 0 },
	{ "2025-10-03", "2025-10-02", "2024-10-03", 1, 0 },
	{ "2025-10-03..2025-10-12", "2025-09-23..2025-10-02",
	  "2024-10-03..2024-10-12", 10, 0 },
	{ "2024-02-28..2024-02-29", "2024-02-26..2024-02-27",
	  "2023-02-28", 2, 0 },
};

START_TEST(periods_have_a_before_and_a_year_before)
{
	struct day_range r = range_of(cases[_i].range);

	ck_assert_int_eq(period_days(r), cases[_i].days);
	ck_assert_int_eq(period_months(r), cases[_i].months);
	assert_label(r, cases[_i].range);
	assert_label(period_before(r), cases[_i].before);
	assert_label(period_year_before(r), cases[_i].year_before);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("period");
	TCase *tc = tcase_create("period");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, periods_have_a_before_and_a_year_before, 0,
			    (int)NELEMS(cases));
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
