/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histories of customers from rows in any order. */
#include <check.h>
#include <stdlib.h>
#include <stdio.h>

#include "base/mem.h"
#include "model/summary.h"

struct line {
	const char *who;
	int32_t day;
	int64_t fen;
	bool refund;
};

static struct summary *summary_of(const struct line *l, size_t n, int32_t end)
{
	struct summary *s = summary_new(end);

	for (size_t i = 0; i < n; i++)
		summary_add(s, text_of(l[i].who), l[i].day, l[i].fen,
			    l[i].refund);
	ck_assert(summary_finish(s));
	return s;
}

START_TEST(one_day_counts_once_and_its_money_is_summed)
{
	static const struct line l[] = {
		{ "a", 10, 100, false }, { "a", 10, 50, false },
		{ "a", 17, 30, false },	 { "a", 17, 40, false },
		{ "b", 12, 5, false },
	};
	struct summary *s = summary_of(l, NELEMS(l), INT32_MAX);
	struct summary_row a = summary_row(s, 0), b = summary_row(s, 1);

	ck_assert_uint_eq(summary_count(s), 2);
	ck_assert_uint_eq(summary_days(s), 3);
	ck_assert(text_is(a.customer, "a"));
	ck_assert_uint_eq(a.frequency, 1);
	ck_assert_int_eq(a.last - a.first, 7);
	ck_assert_int_eq(a.repeat_fen, 70);
	ck_assert_uint_eq(b.frequency, 0);
	ck_assert_int_eq(b.repeat_fen, 0);
	summary_free(s);
}
END_TEST

START_TEST(days_are_kept_once_each_and_in_order)
{
	static const struct line l[] = {
		{ "b", 12, 5, false }, { "a", 17, 100, false },
		{ "a", 10, 50, false }, { "a", 17, 30, false },
		{ "a", 30, 40, false }, { "a", 11, -5, true },
		{ "late", 25, 1, false },
	};
	struct summary *s = summary_new(20), *other = summary_new(20);
	size_t n;

	summary_keep_days(s);
	for (size_t i = 0; i < NELEMS(l); i++)
		summary_add(i % 2 ? s : other, text_of(l[i].who), l[i].day,
			    l[i].fen, l[i].refund);
	summary_join(s, other);
	ck_assert(summary_finish(s));
	ck_assert_uint_eq(summary_count(s), 2);
	const int32_t *day = summary_purchase_days(s, 0, &n);

	ck_assert_uint_eq(n, 3);
	ck_assert(day[0] == 10 && day[1] == 17 && day[2] == 30);
	day = summary_purchase_days(s, 1, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(day[0], 12);
	summary_free(s);
}
END_TEST

START_TEST(calibration_ends_on_its_last_day)
{
	static const struct line l[] = {
		{ "a", 1, 10, false }, { "a", 5, 20, false },
		{ "a", 6, 30, false }, { "a", 9, 40, false },
		{ "late", 6, 7, false },
	};
	struct summary *s = summary_of(l, NELEMS(l), 5);
	struct summary_row a = summary_row(s, 0);

	ck_assert_uint_eq(summary_count(s), 1);
	ck_assert_uint_eq(a.frequency, 1);
	ck_assert_int_eq(a.last, 5);
	ck_assert_int_eq(a.repeat_fen, 20);
	ck_assert_uint_eq(a.holdout_frequency, 2);
	ck_assert_int_eq(a.holdout_fen, 70);
	summary_free(s);
}
END_TEST

START_TEST(money_given_back_is_no_purchase)
{
	static const struct line l[] = {
		{ "a", 1, 100, false }, { "a", 3, -20, true },
		{ "a", 8, 50, false },	{ "a", 1, -5, true },
		{ "only", 4, -9, true },
	};
	struct summary *s = summary_of(l, NELEMS(l), INT32_MAX);
	struct summary_row a = summary_row(s, 0);

	ck_assert_uint_eq(summary_count(s), 1);
	ck_assert_uint_eq(a.frequency, 1);
	ck_assert_int_eq(a.repeat_fen, 30);
	summary_free(s);
}
END_TEST

START_TEST(sums_beyond_64_bits_are_refused)
{
	struct summary *s = summary_new(INT32_MAX);

	summary_add(s, TEXT("a"), 1, INT64_MAX, false);
	summary_add(s, TEXT("a"), 2, 1, false);
	ck_assert(!summary_finish(s));
	summary_free(s);
}
END_TEST

/* A few hundred rows of some customers over some days, from a fixed seed. */
enum { ROWS = 400 };

static void make_rows(struct line *l, char id[][4])
{
	uint32_t x = 12345;

	for (size_t i = 0; i < ROWS; i++) {
		x = x * 1664525 + 1013904223;
		snprintf(id[i], 4, "c%02u", (x >> 8) % 23);
		l[i] = (struct line){ id[i], (int32_t)((x >> 16) % 60),
				      (int64_t)((x >> 4) % 1000),
				      (x >> 28) == 0 };
	}
}

static void shuffle(struct line *l, uint32_t x)
{
	for (size_t i = ROWS - 1; i > 0; i--) {
		x = x * 1664525 + 1013904223;
		size_t k = (x >> 8) % (i + 1);
		struct line was = l[i];

		l[i] = l[k];
		l[k] = was;
	}
}

static bool same(const struct summary_row *a, const struct summary_row *b)
{
	return text_eq(a->customer, b->customer) && a->first == b->first &&
	       a->last == b->last && a->frequency == b->frequency &&
	       a->repeat_fen == b->repeat_fen &&
	       a->holdout_frequency == b->holdout_frequency &&
	       a->holdout_fen == b->holdout_fen;
}

START_TEST(the_order_of_rows_does_not_matter)
{
	static char id[ROWS][4];
	struct line l[ROWS];
	struct summary *one, *other;

	make_rows(l, id);
	one = summary_of(l, ROWS, 40);
	shuffle(l, (uint32_t)_i + 1);
	other = summary_of(l, ROWS, 40);
	ck_assert_uint_eq(summary_count(one), summary_count(other));
	ck_assert_uint_eq(summary_days(one), summary_days(other));
	for (size_t i = 0; i < summary_count(one); i++) {
		struct summary_row a = summary_row(one, i);
		struct summary_row b = summary_row(other, i);

		ck_assert(same(&a, &b));
	}
	summary_free(one);
	summary_free(other);
}
END_TEST

/* Distinct purchase days of a customer, the slow way. */
static uint32_t naive_days(const struct line *l, struct text who)
{
	bool seen[60] = { false };
	uint32_t days = 0;

	for (size_t i = 0; i < ROWS; i++) {
		if (l[i].refund || !text_is(who, l[i].who) || seen[l[i].day])
			continue;
		seen[l[i].day] = true;
		days++;
	}
	return days;
}

START_TEST(days_are_counted_as_the_slow_way_does)
{
	static char id[ROWS][4];
	struct line l[ROWS];
	struct summary *s;

	make_rows(l, id);
	s = summary_of(l, ROWS, INT32_MAX);
	for (size_t i = 0; i < summary_count(s); i++) {
		struct summary_row r = summary_row(s, i);

		ck_assert_uint_eq(r.frequency + 1, naive_days(l, r.customer));
	}
	summary_free(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("summary");
	TCase *t = tcase_create("summary");
	SRunner *sr = srunner_create(s);

	tcase_add_test(t, one_day_counts_once_and_its_money_is_summed);
	tcase_add_test(t, days_are_kept_once_each_and_in_order);
	tcase_add_test(t, calibration_ends_on_its_last_day);
	tcase_add_test(t, money_given_back_is_no_purchase);
	tcase_add_test(t, sums_beyond_64_bits_are_refused);
	tcase_add_loop_test(t, the_order_of_rows_does_not_matter, 0, 20);
	tcase_add_test(t, days_are_counted_as_the_slow_way_does);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
