/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change of the score in parts: what they are, and that they add up. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/npsmix.h"

static struct nps_counts counts(uint64_t promoters, uint64_t passives,
				uint64_t detractors)
{
	return (struct nps_counts){ promoters, passives, detractors };
}

/* By hand: A scores 50 and B 0 both times; A's share goes from 1/2 to 3/4.
 * The whole from 25 to 37.5; (1/4) (50 - 31.25) and -(1/4) (0 - 31.25). */
START_TEST(other_shares_alone_are_mix)
{
	struct npsmix g[] = {
		{ .before = counts(5, 5, 0), .now = counts(15, 15, 0) },
		{ .before = counts(2, 6, 2), .now = counts(2, 6, 2) },
	};
	int64_t mix, score;

	ck_assert_int_eq(npsmix_split(g, 2, &mix, &score), 125000);
	ck_assert_int_eq(mix, 125000);
	ck_assert_int_eq(score, 0);
	ck_assert_int_eq(g[0].mix, 46875);
	ck_assert_int_eq(g[1].mix, 78125);
	ck_assert_int_eq(g[0].score, 0);
	ck_assert_int_eq(g[1].score, 0);
}
END_TEST

/* Shares stay; A goes from 50 to 100, B from 0 to -20: half of each. */
START_TEST(other_scores_alone_are_score)
{
	struct npsmix g[] = {
		{ .before = counts(5, 5, 0), .now = counts(10, 0, 0) },
		{ .before = counts(2, 6, 2), .now = counts(2, 4, 4) },
	};
	int64_t mix, score;

	ck_assert_int_eq(npsmix_split(g, 2, &mix, &score), 150000);
	ck_assert_int_eq(mix, 0);
	ck_assert_int_eq(score, 150000);
	ck_assert_int_eq(g[0].score, 250000);
	ck_assert_int_eq(g[1].score, -100000);
}
END_TEST

/* C came, with a score of 100: all of it is mix. */
START_TEST(who_came_or_went_is_mix)
{
	struct npsmix g[] = {
		{ .before = counts(5, 5, 0), .now = counts(5, 5, 0) },
		{ .now = counts(10, 0, 0) },
		{ .before = counts(0, 0, 0) },
	};
	int64_t mix, score;

	ck_assert_int_eq(npsmix_split(g, 3, &mix, &score), 250000);
	ck_assert_int_eq(score, 0);
	ck_assert_int_eq(g[1].score, 0);
	ck_assert(g[1].mix > 0);
	ck_assert(g[2].mix == 0 && g[2].score == 0);
}
END_TEST

static uint64_t seed = 7;

static uint64_t draw(uint64_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (seed >> 33) % below;
}

static double points(const struct nps_counts *c)
{
	return 100 * ((double)c->promoters - (double)c->detractors) /
	       (double)(c->promoters + c->passives + c->detractors);
}

START_TEST(parts_add_up_to_the_rounded_change)
{
	for (int k = 0; k < 2000; k++) {
		struct npsmix g[12] = { 0 };
		struct nps_counts before = { 0 }, now = { 0 };
		size_t n = 1 + draw(NELEMS(g));
		int64_t mix, score, change, sum = 0;

		for (size_t i = 0; i < n; i++) {
			g[i].before = counts(draw(90), draw(50), draw(40));
			g[i].now = counts(draw(90), draw(50), draw(40));
			if (i && draw(6) == 0)
				g[i].now = counts(0, 0, 0);
			g[i].before.promoters += !i;
			g[i].now.promoters += !i;
			nps_merge(&before, &g[i].before);
			nps_merge(&now, &g[i].now);
		}
		change = npsmix_split(g, n, &mix, &score);
		for (size_t i = 0; i < n; i++)
			sum += g[i].mix + g[i].score;
		ck_assert_int_eq(sum, change);
		ck_assert_int_eq(mix + score, change);
		ck_assert_int_eq(change,
				 llround(points(&now) * NPSMIX_UNITS) -
					 llround(points(&before) *
						 NPSMIX_UNITS));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("npsmix");
	TCase *t = tcase_create("npsmix");

	tcase_add_test(t, other_shares_alone_are_mix);
	tcase_add_test(t, other_scores_alone_are_score);
	tcase_add_test(t, who_came_or_went_is_mix);
	tcase_add_test(t, parts_add_up_to_the_rounded_change);
	suite_add_tcase(s, t);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
