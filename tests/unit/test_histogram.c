/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bins of one width, and bands of ages. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "model/bands.h"
#include "model/histogram.h"

static size_t read_steps(const char *list, struct step *s)
{
	struct text rest = text_of(list), part;
	size_t n = 0;

	while (text_split(&rest, ' ', &part)) {
		ck_assert(figure_parse(part, &s[n].value));
		s[n++].count = 1;
	}
	return steps_sort(s, n);
}

static struct figure figure(const char *s)
{
	struct figure f = { 0 };

	ck_assert(figure_parse(text_of(s), &f));
	return f;
}

static void assert_figure(struct figure got, const char *want)
{
	ck_assert_msg(figure_cmp(got, figure(want)) == 0,
		      "%lld e %d, expected %s", (long long)got.m, got.e, want);
}

/* The edge belongs to the bin above it, below zero too. */
START_TEST(a_bin_holds_its_lower_edge)
{
	struct step s[8];
	size_t n = read_steps("-0.5 -0.2 0 0.1 0.5 0.50 0.9 1", s);
	struct histogram h;

	ck_assert(histogram_make(&h, s, n, figure("0.5"), 0));
	ck_assert_uint_eq(h.bins, 4);
	assert_figure(histogram_edge(&h, 0), "-0.5");
	assert_figure(histogram_edge(&h, 4), "1.5");
	ck_assert_uint_eq(h.count[0], 2);
	ck_assert_uint_eq(h.count[1], 2);
	ck_assert_uint_eq(h.count[2], 3);
	ck_assert_uint_eq(h.count[3], 1);
	histogram_release(&h);
}
END_TEST

/* 0.3 / 0.1 is below 3 in doubles */
START_TEST(edges_are_exact_decimals)
{
	struct step s[3];
	size_t n = read_steps("0.1 0.2 0.3", s);
	struct histogram h;

	ck_assert(histogram_make(&h, s, n, figure("0.1"), 0));
	ck_assert_uint_eq(h.bins, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(h.count[i], 1);
	histogram_release(&h);
}
END_TEST

START_TEST(too_many_bins_are_refused)
{
	struct step s[2];
	size_t n = read_steps("0 1000", s);
	struct histogram h;

	ck_assert(!histogram_make(&h, s, n, figure("1"), 0));
	ck_assert(!histogram_make(&h, s, n, figure("1e-18"), 0));
	ck_assert(histogram_make(&h, s, n, figure("1.001"), 0));
	ck_assert_uint_eq(h.bins, 1000);
	histogram_release(&h);
	ck_assert(histogram_make(&h, s, 0, figure("1"), 0));
	ck_assert_uint_eq(h.bins, 0);
}
END_TEST

/*
 * nclass.FD of R: h <- 2 * IQR(x) / length(x)^(1/3) is 7.25 for x <- 0:99 *
 * 0.34 (IQR 16.83), so 10; the decimals of the data are the finest.
 */
START_TEST(the_width_is_round_and_near_the_rule)
{
	struct step s[100];

	for (int64_t i = 0; i < 100; i++)
		s[i] = (struct step){ { i * 34, -2 }, 1 };
	assert_figure(histogram_width(s, 100, 2, 0), "10");
	assert_figure(histogram_width(s, 100, 2, 20), "2");
	assert_figure(histogram_width(s, 100, 0, 1000), "1");
	/* all equal */
	assert_figure(histogram_width(s, 1, 2, 0), "0.01");
}
END_TEST

START_TEST(where_half_is_equal_the_range_counts)
{
	struct step s[2] = { { { 5, 0 }, 100 }, { { 13, 0 }, 1 } };

	/* 8 / (ceil(log2 101) + 1) = 1 */
	assert_figure(histogram_width(s, 2, 0, 0), "1");
}
END_TEST

START_TEST(days_go_by_whole_weeks_from_a_monday)
{
	struct step s[2] = { { { 20000, 0 }, 1 }, { { 20100, 0 }, 1 } };
	struct figure w = histogram_days(s, 2, 10);
	struct histogram h;

	assert_figure(w, "14");
	ck_assert(histogram_make(&h, s, 2, w, HISTOGRAM_MONDAY));
	ck_assert_int_eq(day_weekday((int32_t)histogram_edge(&h, 0).m), 1);
	histogram_release(&h);
}
END_TEST

/* ---- ages ---- */

static const struct {
	struct civil from, to;
	int64_t years;
} ages[] = {
	{ { 2000, 5, 17 }, { 2025, 5, 16 }, 24 },
	{ { 2000, 5, 17 }, { 2025, 5, 17 }, 25 },
	{ { 2000, 2, 29 }, { 2025, 2, 28 }, 24 },
	{ { 2000, 2, 29 }, { 2025, 3, 1 }, 25 },
	{ { 2000, 2, 29 }, { 2024, 2, 29 }, 24 },
	{ { 2025, 10, 31 }, { 2025, 10, 31 }, 0 },
};

START_TEST(a_year_is_whole_on_the_birthday)
{
	ck_assert_int_eq(bands_years(day_of(ages[_i].from),
				     day_of(ages[_i].to)),
			 ages[_i].years);
}
END_TEST

static void assert_label(const struct bands *b, size_t i, bool inclusive,
			 const char *want)
{
	char s[BANDS_LABEL];
	size_t n = bands_label(b, i, inclusive, s);

	ck_assert_uint_eq(n, strlen(want));
	ck_assert_mem_eq(s, want, n);
}

START_TEST(bands_are_named_by_what_is_in_them)
{
	struct bands b;

	ck_assert(bands_parse(TEXT("18,25,65"), &b));
	assert_label(&b, 0, true, "0-17");
	assert_label(&b, 1, true, "18-24");
	assert_label(&b, 3, true, "65+");
	ck_assert_uint_eq(bands_of(&b, 17), 0);
	ck_assert_uint_eq(bands_of(&b, 18), 1);
	ck_assert_uint_eq(bands_of(&b, 64), 2);
	ck_assert_uint_eq(bands_of(&b, 65), 3);
	ck_assert(bands_parse(TEXT("1,2,3"), &b));
	assert_label(&b, 0, false, "0-1");
	assert_label(&b, 1, false, "1-2");
	assert_label(&b, 3, false, "3+");
}
END_TEST

static const char *const no_bands[] = { "", "0,5", "5,5", "9,5", "a", "5,",
					"200", "1.5" };

START_TEST(other_lists_are_refused)
{
	struct bands b;

	ck_assert(!bands_parse(text_of(no_bands[_i]), &b));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("histogram");
	TCase *t = tcase_create("histogram");

	tcase_add_test(t, a_bin_holds_its_lower_edge);
	tcase_add_test(t, edges_are_exact_decimals);
	tcase_add_test(t, too_many_bins_are_refused);
	tcase_add_test(t, the_width_is_round_and_near_the_rule);
	tcase_add_test(t, where_half_is_equal_the_range_counts);
	tcase_add_test(t, days_go_by_whole_weeks_from_a_monday);
	tcase_add_loop_test(t, a_year_is_whole_on_the_birthday, 0,
			    NELEMS(ages));
	tcase_add_test(t, bands_are_named_by_what_is_in_them);
	tcase_add_loop_test(t, other_lists_are_refused, 0,
			    NELEMS(no_bands));
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
