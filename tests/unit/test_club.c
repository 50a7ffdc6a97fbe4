/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of a programme: by hand, and against a walk over every day. */
#include <check.h>
#include <stdlib.h>

#include "model/club.h"
#include "num/rng.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const int64_t points[] = { 0, 300, 1000, 5000 };
static const struct club_rule yearly = { points, N(points), 12, 1 };

static int32_t on(int year, int month, int day)
{
	return day_of((struct civil){ year, month, day });
}

static void check_level(const struct club_move *move, size_t n, int32_t day,
			size_t level, int32_t since, int32_t review_on)
{
	struct club_standing s = club_stand(&yearly, move, n, day);

	ck_assert_uint_eq(s.level, level);
	ck_assert_int_eq(s.since, since);
	ck_assert_int_eq(s.review_on, review_on);
}

START_TEST(nobody_falls_below_the_lowest_level)
{
	const struct club_move m[] = { { 299, on(2024, 1, 10) } };
	struct club_standing s = club_stand(&yearly, m, 0, on(2024, 1, 1));

	ck_assert_int_eq(s.qualifying, 0);
	check_level(m, 0, on(2024, 1, 1), 0, DAY_NONE, DAY_NONE);
	check_level(m, 1, on(2030, 1, 1), 0, DAY_NONE, DAY_NONE);
}
END_TEST

START_TEST(a_level_is_reached_at_once_and_lost_at_its_review)
{
	const struct club_move m[] = { { 400, on(2024, 1, 10) } };
	struct club_standing s;

	check_level(m, 1, on(2024, 1, 9), 0, DAY_NONE, DAY_NONE);
	check_level(m, 1, on(2024, 1, 10), 1, on(2024, 1, 10),
		    on(2025, 1, 10));
	s = club_stand(&yearly, m, 1, on(2025, 1, 9));
	ck_assert_uint_eq(s.level, 1);
	ck_assert_int_eq(s.qualifying, 400);
	ck_assert_int_eq(s.held, 0);
	ck_assert_uint_eq(s.then, 0);
	check_level(m, 1, on(2025, 1, 10), 0, on(2025, 1, 10), DAY_NONE);
}
END_TEST

START_TEST(points_of_the_months_before_a_review_keep_the_level)
{
	const struct club_move m[] = { { 300, on(2024, 2, 1) },
				       { 300, on(2024, 6, 1) } };
	struct club_standing s = club_stand(&yearly, m, 2, on(2024, 6, 1));

	ck_assert_int_eq(s.qualifying, 600);
	ck_assert_int_eq(s.held, 300);
	ck_assert_uint_eq(s.then, 1);
	check_level(m, 2, on(2025, 2, 1), 1, on(2024, 2, 1), on(2026, 2, 1));
	check_level(m, 2, on(2026, 2, 1), 0, on(2026, 2, 1), DAY_NONE);
}
END_TEST

START_TEST(a_review_takes_one_level_or_as_many_as_are_said)
{
	const struct club_move m[] = { { 6000, on(2024, 1, 10) } };
	const struct club_rule two = { points, N(points), 12, 2 };

	check_level(m, 1, on(2024, 12, 31), 3, on(2024, 1, 10),
		    on(2025, 1, 10));
	check_level(m, 1, on(2025, 12, 31), 2, on(2025, 1, 10),
		    on(2026, 1, 10));
	check_level(m, 1, on(2026, 12, 31), 1, on(2026, 1, 10),
		    on(2027, 1, 10));
	check_level(m, 1, on(2027, 12, 31), 0, on(2027, 1, 10), DAY_NONE);
	ck_assert_uint_eq(club_stand(&two, m, 1, on(2025, 12, 31)).level, 1);
	ck_assert_uint_eq(club_stand(&two, m, 1, on(2026, 12, 31)).level, 0);
}
END_TEST

START_TEST(what_is_reversed_on_its_day_never_counted)
{
	const struct club_move same[] = { { 400, on(2024, 1, 10) },
					  { -400, on(2024, 1, 10) } };
	const struct club_move later[] = { { 400, on(2024, 1, 10) },
					   { -400, on(2024, 1, 11) } };

	check_level(same, 2, on(2024, 1, 10), 0, DAY_NONE, DAY_NONE);
	check_level(later, 2, on(2024, 1, 11), 1, on(2024, 1, 10),
		    on(2025, 1, 10));
	/* It counts on its own day: at the review only the reversal does. */
	ck_assert_int_eq(club_stand(&yearly, later, 2, on(2024, 12, 1)).held,
			 -400);
}
END_TEST

START_TEST(reviews_end_with_the_calendar)
{
	const struct club_move m[] = { { 6000, DAY_MAX - 400 } };

	/* A review after a year; on the last day the last one. */
	check_level(m, 1, DAY_MAX - 1, 2, day_add_months(DAY_MAX - 400, 12),
		    DAY_MAX);
	check_level(m, 1, DAY_MAX, 1, DAY_MAX, DAY_NONE);
}
END_TEST

/* ---- day by day ---- */

static int64_t naive_sum(const struct club_move *m, size_t n, int32_t day,
			 int months)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		if (m[i].day <= day && m[i].day > day_add_months(day, -months))
			sum += m[i].points;
	return sum;
}

static size_t naive_worth(const struct club_rule *r, int64_t sum)
{
	for (size_t k = r->levels; k-- > 1;)
		if (sum >= r->points[k])
			return k;
	return 0;
}

static bool has_move(const struct club_move *m, size_t n, int32_t day)
{
	for (size_t i = 0; i < n; i++)
		if (m[i].day == day)
			return true;
	return false;
}

static void walk(const struct club_rule *r, const struct club_move *m,
		 size_t n, int32_t from, int32_t to)
{
	size_t level = 0, down;
	int32_t review = DAY_NONE;

	for (int32_t day = from; day <= to; day++) {
		struct club_standing s = club_stand(r, m, n, day);
		int64_t sum = naive_sum(m, n, day, r->months);
		size_t due = naive_worth(r, sum);

		if (due > level && has_move(m, n, day)) {
			level = due;
			review = day_add_months(day, r->months);
		} else if (review == day) {
			down = level > due ? level - due : 0;
			level -= down > r->fall ? r->fall : down;
			review = level ? day_add_months(day, r->months) :
					 DAY_NONE;
		}
		ck_assert_uint_eq(s.level, level);
		ck_assert_int_eq(s.review_on, review);
		ck_assert_int_eq(s.qualifying, sum);
	}
}

START_TEST(as_a_walk_over_every_day)
{
	struct club_rule r = { points, N(points), 0, 0 };
	struct club_move m[40];
	int32_t day = on(2024, 1, 31);
	struct rng rng;

	rng_init(&rng, (uint64_t)_i, 0);
	r.months = 1 + (int)rng_below(&rng, 14);
	r.fall = 1 + (size_t)rng_below(&rng, 3);
	for (size_t i = 0; i < N(m); i++) {
		day += (int32_t)rng_below(&rng, 60);
		m[i] = (struct club_move){
			(int64_t)rng_below(&rng, 1500) - 300, day
		};
	}
	walk(&r, m, N(m), on(2024, 1, 1), day + 900);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("club");
	TCase *tc = tcase_create("club");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, nobody_falls_below_the_lowest_level);
	tcase_add_test(tc, a_level_is_reached_at_once_and_lost_at_its_review);
	tcase_add_test(tc, points_of_the_months_before_a_review_keep_the_level);
	tcase_add_test(tc, a_review_takes_one_level_or_as_many_as_are_said);
	tcase_add_test(tc, what_is_reversed_on_its_day_never_counted);
	tcase_add_test(tc, reviews_end_with_the_calendar);
	tcase_add_loop_test(tc, as_a_walk_over_every_day, 0, 20);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
