/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peaks and ends, by hand. */
#include <check.h>
#include <stdlib.h>

#include "model/journey.h"

struct step {
	const char *who, *where;
	int64_t at, score;
};

/* On 1..5, all of group 0. */
static struct journeys_group figures(const struct step *step, size_t n)
{
	struct journeys *j = journeys_new(1, 5);
	struct journeys_group *all, g;

	for (size_t i = 0; i < n; i++)
		journeys_add(j, 0, text_of(step[i].who), step[i].at,
			     text_of(step[i].where), step[i].score);
	all = journeys_finish(j, 1);
	g = all[0];
	free(all);
	journeys_free(j);
	return g;
}

static void are(const struct journeys_group *g, double peak, double end,
		double mean)
{
	ck_assert_double_eq_tol(pairs_mean_x(&g->peak_end), peak, 1e-4);
	ck_assert_double_eq_tol(pairs_mean_y(&g->peak_end), end, 1e-4);
	ck_assert_double_eq_tol(pairs_mean_x(&g->score_mean), (peak + end) / 2,
				1e-4);
	ck_assert_double_eq_tol(pairs_mean_y(&g->score_mean), mean, 1e-4);
}

START_TEST(the_end_is_the_latest_whatever_the_order)
{
	const struct step steps[] = {
		{ "A", "handover", 3, 4 },
		{ "A", "booking", 1, 3 },
		{ "A", "waiting", 2, 1 },
	};
	struct journeys_group g = figures(steps, 3);

	ck_assert_uint_eq(g.score_mean.n, 1);
	ck_assert_uint_eq(g.moments, 3);
	are(&g, 1, 4, 8.0 / 3);
}
END_TEST

START_TEST(of_equal_deviations_the_lower_is_the_peak)
{
	const struct step up[] = { { "A", "x", 1, 1 }, { "A", "y", 2, 5 },
				   { "A", "z", 3, 3 } };
	const struct step down[] = { { "A", "x", 1, 5 }, { "A", "y", 2, 1 },
				     { "A", "z", 3, 3 } };
	struct journeys_group g = figures(up, 3), h = figures(down, 3);

	are(&g, 1, 3, 3);
	are(&h, 1, 3, 3);
}
END_TEST

START_TEST(of_ends_at_one_time_the_lower_counts)
{
	const struct step one[] = { { "A", "x", 1, 4 }, { "A", "y", 2, 5 },
				    { "A", "z", 2, 2 } };
	const struct step other[] = { { "A", "z", 2, 2 }, { "A", "y", 2, 5 },
				      { "A", "x", 1, 4 } };
	const struct step third[] = { { "A", "a", 2, 2 }, { "A", "b", 2, 5 },
				      { "A", "x", 1, 1 } };
	struct journeys_group g = figures(one, 3), h = figures(other, 3);
	struct journeys_group k = figures(third, 3);

	are(&g, 5, 2, 11.0 / 3);
	are(&h, 5, 2, 11.0 / 3);
	are(&k, 1, 2, 8.0 / 3);
}
END_TEST

START_TEST(answers_at_one_moment_are_their_mean)
{
	const struct step steps[] = { { "A", "x", 1, 5 }, { "A", "x", 1, 2 },
				      { "A", "x", 2, 3 } };
	struct journeys_group g = figures(steps, 3);

	ck_assert_uint_eq(g.moments, 2);
	are(&g, 3.5, 3, 3.25);
}
END_TEST

START_TEST(one_moment_is_no_journey)
{
	const struct step steps[] = { { "A", "x", 1, 5 }, { "B", "x", 1, 4 },
				      { "B", "y", 0, 4 } };
	struct journeys_group g = figures(steps, 3);

	ck_assert_uint_eq(g.single, 1);
	ck_assert_uint_eq(g.score_mean.n, 1);
	are(&g, 4, 4, 4);
}
END_TEST

START_TEST(groups_keep_apart)
{
	struct journeys *j = journeys_new(0, 10);
	struct journeys_group *all;

	journeys_add(j, 1, TEXT("A"), 1, TEXT("x"), 0);
	journeys_add(j, 1, TEXT("A"), 2, TEXT("y"), 6);
	journeys_add(j, 0, TEXT("A"), 3, TEXT("z"), 9);
	all = journeys_finish(j, 3);
	ck_assert_uint_eq(all[0].single, 1);
	are(&all[1], 0, 6, 3);
	ck_assert_uint_eq(all[2].score_mean.n + all[2].single, 0);
	free(all);
	journeys_free(j);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("journey");
	TCase *c = tcase_create("journey");
	SRunner *runner;
	int failed;

	tcase_add_test(c, the_end_is_the_latest_whatever_the_order);
	tcase_add_test(c, of_equal_deviations_the_lower_is_the_peak);
	tcase_add_test(c, of_ends_at_one_time_the_lower_counts);
	tcase_add_test(c, answers_at_one_moment_are_their_mean);
	tcase_add_test(c, one_moment_is_no_journey);
	tcase_add_test(c, groups_keep_apart);
	suite_add_tcase(suite, c);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
