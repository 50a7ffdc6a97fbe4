/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact decimals, and sums of them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/moments.h"

static const struct {
	const char *text;
	int64_t m;
	int32_t e;
} numbers[] = {
	{ "0", 0, 0 },
	{ "-0", 0, 0 },
	{ "0.00", 0, -2 },
	{ "+12", 12, 0 },
	{ "12.50", 1250, -2 },
	{ "-12.5", -125, -1 },
	{ "1e3", 1, 3 },
	{ "1.5E-3", 15, -4 },
	{ "9223372036854775807", INT64_MAX, 0 },
	{ "9007199254740993", 9007199254740993, 0 },
	{ "0.123456789012345678", 123456789012345678, -18 },
};

START_TEST(numbers_are_read_exactly)
{
	struct figure f = { 7, 7 };

	ck_assert(figure_parse(text_of(numbers[_i].text), &f));
	ck_assert_int_eq(f.m, numbers[_i].m);
	ck_assert_int_eq(f.e, numbers[_i].e);
}
END_TEST

static const char *const words[] = {
	"",	"-",	 "+",	 ".",	 ".5",	   "5.",  "1.2.3", "12abc",
	"1e",	"1e400", "0x10", "nan",	 "Infinity", " 1",  "1 ",  "007",
	"00",	"1,234", "--1",	 "1e+",	 "9223372036854775808",
	"12345678901234567890",	 "1e-281", "2024-01-05",
};

START_TEST(what_is_no_number_or_a_code_is_refused)
{
	struct figure f;

	ck_assert(!figure_parse(text_of(words[_i]), &f));
}
END_TEST

static const struct {
	const char *a, *b;
	int order;
} pairs[] = {
	{ "10", "10.00", 0 },	    { "0", "-0.0", 0 },
	{ "1", "0.999999", 1 },	    { "-1", "-0.5", -1 },
	{ "9007199254740993", "9007199254740992", 1 },
	{ "9007199254740993", "9007199254740993.1", -1 },
	{ "1e280", "9e279", 1 },    { "-1e280", "1e-280", -1 },
	{ "0.1", "0.10000000000000001", -1 },
	{ "9223372036854775807", "1e19", -1 },
	{ "9223372036854775807", "9e18", 1 },
	{ "0.000001", "0", 1 },
};

START_TEST(numbers_are_compared_exactly)
{
	struct figure a, b;

	ck_assert(figure_parse(text_of(pairs[_i].a), &a));
	ck_assert(figure_parse(text_of(pairs[_i].b), &b));
	ck_assert_int_eq(figure_cmp(a, b), pairs[_i].order);
	ck_assert_int_eq(figure_cmp(b, a), -pairs[_i].order);
}
END_TEST

static const struct {
	const char *text;
	int decimals;
	int64_t scaled;
} scales[] = {
	{ "12.345", 2, 1235 }, { "-12.345", 2, -1235 }, { "12.344", 2, 1234 },
	{ "3", 2, 300 },       { "0.5", 0, 1 },		{ "-0.5", 0, -1 },
	{ "0.49", 0, 0 },      { "1e3", 2, 100000 },	{ "1e-30", 2, 0 },
};

START_TEST(rounding_is_half_away_from_zero)
{
	struct figure f;
	int64_t scaled;

	ck_assert(figure_parse(text_of(scales[_i].text), &f));
	ck_assert(figure_scale(f, scales[_i].decimals, &scaled));
	ck_assert_int_eq(scaled, scales[_i].scaled);
}
END_TEST

START_TEST(what_does_not_fit_is_said)
{
	struct figure f = { INT64_MAX, 0 };
	int64_t scaled;

	ck_assert(!figure_scale(f, 2, &scaled));
}
END_TEST

static const struct {
	const char *text, *out;
	int decimals;
} formats[] = {
	{ "12.50", "12.50", 0 }, { "12", "12.00", 2 },
	{ "-0.05", "-0.05", 2 },
	{ "1e3", "1000", 0 },	 { "1e3", "1000.00", 2 }, { "0", "0", 0 },
	{ "1e280", "1e+280", 0 }, { "1.5e-30", "1.5e-30", 0 },
};

START_TEST(numbers_are_written_as_they_are)
{
	struct figure f;
	char s[FIGURE_BYTES];
	size_t n;

	ck_assert(figure_parse(text_of(formats[_i].text), &f));
	n = figure_format(f, formats[_i].decimals, s);
	ck_assert_uint_eq(n, strlen(formats[_i].out));
	ck_assert_mem_eq(s, formats[_i].out, n);
}
END_TEST

/* ---- sums ---- */

static void add_all(struct moments *m, const char *list)
{
	struct text rest = text_of(list), part;
	struct figure f;

	while (text_split(&rest, ' ', &part)) {
		ck_assert(figure_parse(part, &f));
		moments_add(m, f, 1);
	}
}

/* x <- c(12.5, 3, 3, 7.25, -4, 0, 100, 8.125, 3, 41)
 * mean(x); var(x); sum(x)	R 4.2 */
START_TEST(mean_and_variance_are_those_of_r)
{
	struct moments m = { 0 };
	__int128 sum;
	int decimals;

	add_all(&m, "12.5 3 3 7.25 -4 0 100 8.125 3 41");
	ck_assert_double_eq_tol(moments_mean(&m), 17.3875, 1e-14);
	ck_assert_double_eq_tol(moments_variance(&m), 997.286284722222,
				1e-11);
	ck_assert(moments_sum(&m, &sum, &decimals));
	ck_assert_int_eq(decimals, 3);
	ck_assert(sum == 173875);
	moments_release(&m);
}
END_TEST

/* sd(1e15 + c(1, 2, 3)) is 1: nothing of it is left in sums of doubles */
START_TEST(a_small_spread_far_from_zero_is_kept)
{
	struct moments m = { 0 };

	add_all(&m, "1000000000000001 1000000000000002 1000000000000003");
	ck_assert_double_eq_tol(moments_variance(&m), 1, 1e-12);
	moments_release(&m);
}
END_TEST

START_TEST(equal_values_have_no_spread)
{
	struct moments m = { 0 };

	for (int i = 0; i < 1000; i++)
		add_all(&m, "92233720368547758.07");
	ck_assert_double_eq(moments_variance(&m), 0);
	moments_release(&m);
}
END_TEST

START_TEST(times_are_so_many_rows)
{
	struct moments a = { 0 }, b = { 0 };
	struct figure f = { -INT64_MAX, -2 };

	moments_add(&a, f, 300);
	for (int i = 0; i < 300; i++)
		moments_add(&b, f, 1);
	ck_assert(a.part[0].sum == b.part[0].sum);
	ck_assert(a.part[0].squares == b.part[0].squares);
	ck_assert_uint_eq(a.part[0].squares_high, b.part[0].squares_high);
	moments_release(&a);
	moments_release(&b);
}
END_TEST

START_TEST(parts_join_to_the_whole_in_any_order)
{
	struct moments a = { 0 }, b = { 0 }, c = { 0 }, whole = { 0 };

	add_all(&a, "1.5 2 1e5 0.001");
	add_all(&b, "-7 3.25");
	add_all(&c, "-7 3.25");
	moments_join(&c, &a);
	moments_join(&a, &b);
	add_all(&whole, "1.5 2 1e5 0.001 -7 3.25");
	ck_assert_double_eq(moments_variance(&a), moments_variance(&whole));
	ck_assert_double_eq(moments_variance(&c), moments_variance(&whole));
	ck_assert_double_eq(moments_mean(&c), moments_mean(&whole));
	moments_release(&a);
	moments_release(&b);
	moments_release(&c);
	moments_release(&whole);
}
END_TEST

START_TEST(of_nothing_and_of_one_there_is_no_spread)
{
	struct moments m = { 0 };

	ck_assert(isnan(moments_mean(&m)));
	ck_assert(isnan(moments_variance(&m)));
	add_all(&m, "5");
	ck_assert_double_eq(moments_mean(&m), 5);
	ck_assert(isnan(moments_variance(&m)));
	moments_release(&m);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("figure");
	TCase *t = tcase_create("figure");

	tcase_add_loop_test(t, numbers_are_read_exactly, 0,
			    NELEMS(numbers));
	tcase_add_loop_test(t, what_is_no_number_or_a_code_is_refused, 0,
			    NELEMS(words));
	tcase_add_loop_test(t, numbers_are_compared_exactly, 0,
			    NELEMS(pairs));
	tcase_add_loop_test(t, rounding_is_half_away_from_zero, 0,
			    NELEMS(scales));
	tcase_add_test(t, what_does_not_fit_is_said);
	tcase_add_loop_test(t, numbers_are_written_as_they_are, 0,
			    NELEMS(formats));
	tcase_add_test(t, mean_and_variance_are_those_of_r);
	tcase_add_test(t, a_small_spread_far_from_zero_is_kept);
	tcase_add_test(t, equal_values_have_no_spread);
	tcase_add_test(t, times_are_so_many_rows);
	tcase_add_test(t, parts_join_to_the_whole_in_any_order);
	tcase_add_test(t, of_nothing_and_of_one_there_is_no_spread);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
