/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranking, tiers and concentration. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/concentration.h"
#include "model/tier.h"

/* n customers named 000, 001, ...; value[i] belongs to the i-th. */
static struct group *names(size_t n)
{
	struct group *g = group_new(0, 0, NULL, NULL);
	char name[24];

	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "%03zu", i);
		group_intern(g, text_of(name));
	}
	return g;
}

static void ranked_of(struct ranked *r, const int64_t *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		r[i] = (struct ranked){ value[i], (uint32_t)i };
}

START_TEST(ranks_fall_by_value_and_ties_rise_by_id)
{
	static const int64_t value[] = { 5,	    INT64_MIN, 7, 5,
					 INT64_MAX, -1,	       0, 5 };
	static const uint32_t order[] = { 4, 2, 0, 3, 7, 6, 5, 1 };
	struct group *g = names(NELEMS(value));
	struct ranked r[NELEMS(value)];

	ranked_of(r, value, NELEMS(value));
	/* Not in the order of ids at first. */
	struct ranked swap = r[0];
	r[0] = r[7];
	r[7] = swap;
	rank_descending(r, NELEMS(value), g);
	for (size_t i = 0; i < NELEMS(value); i++) {
		ck_assert_uint_eq(r[i].who, order[i]);
		ck_assert_int_eq(r[i].value, value[order[i]]);
	}
	group_free(g);
}
END_TEST

/* ceil(n p) reckoned by hand. */
static const struct {
	size_t n, cut[4];
} cuts[] = {
	{ 0, { 0, 0, 0, 0 } },	     { 1, { 1, 1, 1, 1 } },
	{ 2, { 1, 1, 1, 2 } },	     { 5, { 1, 1, 1, 5 } },
	{ 6, { 1, 1, 2, 6 } },	     { 10, { 1, 1, 2, 10 } },
	{ 20, { 1, 1, 4, 20 } },     { 21, { 1, 2, 5, 21 } },
	{ 99, { 1, 5, 20, 99 } },    { 100, { 1, 5, 20, 100 } },
	{ 101, { 2, 6, 21, 101 } },  { 200, { 2, 10, 40, 200 } },
	{ 2357, { 24, 118, 472, 2357 } },
};

START_TEST(pyramid_cuts_at_the_ceiling)
{
	size_t n = cuts[_i].n;

	for (size_t t = 0; t < 4; t++)
		ck_assert_uint_eq(rank_cut(n, tier_pyramid.ppm[t]),
				  cuts[_i].cut[t]);
	for (size_t rank = 1, tier = 0, want = 0; rank <= n; rank++) {
		tier = tier_of(&tier_pyramid, n, rank, tier);
		while (rank > cuts[_i].cut[want])
			want++;
		ck_assert_uint_eq(tier, want);
	}
}
END_TEST

START_TEST(totals_of_tiers_are_the_whole)
{
	enum { N = 250 };
	struct ranked r[N];
	struct tier_total total[TIER_CUTS_MAX];
	size_t customers = 0;
	money_wide value = 0;

	for (size_t i = 0; i < N; i++)
		r[i] = (struct ranked){ (int64_t)(N - i) * 100, (uint32_t)i };
	tier_totals(&tier_pyramid, r, N, total);
	for (size_t t = 0; t < tier_pyramid.n; t++) {
		customers += total[t].customers;
		value += total[t].value;
	}
	ck_assert_uint_eq(customers, N);
	ck_assert(value == concentration_total(r, N));
	/* ceil(2.5) = 3 of them: 250 + 249 + 248 */
	ck_assert_uint_eq(total[0].customers, 3);
	ck_assert(total[0].value == 74700);
}
END_TEST

static const struct {
	const char *cuts, *names, *wrong;
} schemes[] = {
	{ "1,5,20,100", "a,b,c,d", NULL },
	{ "0.5,100", "a,b", NULL },
	{ "12.3456,100", "a,b", NULL },
	{ "100", "all", NULL },
	{ "1,5,20", "a,b,c", "the last cut is not 100" },
	{ "5,1,100", "a,b,c", "the cuts do not ascend" },
	{ "5,5,100", "a,b,c", "the cuts do not ascend" },
	{ "1,100", "a", "there are fewer names than cuts" },
	{ "1,100", "a,b,c", "there are more names than cuts" },
	{ "1,100", "a,", "there are fewer names than cuts" },
	{ "x,100", "a,b", "a cut is a percentage, 0 to 100" },
	{ "-1,100", "a,b", "a cut is a percentage, 0 to 100" },
	{ "1.23456,100", "a,b", "a cut is a percentage, 0 to 100" },
	{ "1.2x,100", "a,b", "a cut is a percentage, 0 to 100" },
	{ "101", "a", "a cut is a percentage, 0 to 100" },
	{ "100.0001", "a", "a cut is a percentage, 0 to 100" },
	{ "", "", "a cut is a percentage, 0 to 100" },
};

START_TEST(cuts_are_read_exactly_or_refused)
{
	struct tier_scheme s;
	const char *wrong =
		tier_parse(&s, schemes[_i].cuts, schemes[_i].names);

	if (schemes[_i].wrong)
		ck_assert_str_eq(wrong, schemes[_i].wrong);
	else
		ck_assert_ptr_null(wrong);
}
END_TEST

START_TEST(a_cut_with_decimals_is_kept_to_the_millionth)
{
	struct tier_scheme s;

	ck_assert_ptr_null(tier_parse(&s, "0.0001,12.34,100", "a,b,c"));
	ck_assert_int_eq(s.ppm[0], 1);
	ck_assert_int_eq(s.ppm[1], 123400);
	ck_assert_int_eq(s.ppm[2], 1000000);
}
END_TEST

/* Figures by the definition, the mean absolute difference over twice the
 * mean: 1,2,3 -> 2/9; 1,1,1 -> 0; 0,0,10 -> 2/3; -1,3 -> 1. */
static const struct {
	int64_t x[4];
	size_t n;
	bool defined;
	double gini;
} ginis[] = {
	{ { 3, 2, 1 }, 3, true, 2.0 / 9 },  { { 1, 1, 1 }, 3, true, 0 },
	{ { 10, 0, 0 }, 3, true, 2.0 / 3 }, { { 3, -1 }, 2, true, 1 },
	{ { 7 }, 1, true, 0 },		    { { 0, 0 }, 2, false, 0 },
	{ { 1, -1 }, 2, false, 0 },	    { { 0 }, 0, false, 0 },
};

START_TEST(gini_is_the_mean_difference_over_twice_the_mean)
{
	struct ranked r[4];
	double g = -1;
	bool defined;

	ranked_of(r, ginis[_i].x, ginis[_i].n);
	defined = concentration_gini(r, ginis[_i].n, &g);
	ck_assert_int_eq(defined, ginis[_i].defined);
	/* One division in long double: nothing but its rounding. */
	if (defined)
		ck_assert_double_eq_tol(g, ginis[_i].gini, 1e-15);
}
END_TEST

START_TEST(gini_agrees_with_pairwise_differences)
{
	enum { N = 60 };
	struct ranked r[N];
	struct group *g = names(N);
	double sum = 0, differences = 0, gini;

	for (size_t i = 0; i < N; i++)
		r[i] = (struct ranked){ (int64_t)((i * 7919) % 1009),
					(uint32_t)i };
	for (size_t i = 0; i < N; i++) {
		sum += (double)r[i].value;
		for (size_t k = 0; k < N; k++)
			differences +=
				fabs((double)(r[i].value - r[k].value));
	}
	rank_descending(r, N, g);
	ck_assert(concentration_gini(r, N, &gini));
	ck_assert_double_eq_tol(gini, differences / (2 * N * sum), 1e-12);
	group_free(g);
}
END_TEST

START_TEST(curve_runs_from_nobody_to_everybody)
{
	static const int64_t value[] = { 40, 30, 20, 10 };
	struct ranked r[4];
	size_t customers[5];
	money_wide held[5];

	ranked_of(r, value, 4);
	concentration_curve(r, 4, 4, customers, held);
	for (size_t k = 0; k <= 4; k++)
		ck_assert_uint_eq(customers[k], k);
	ck_assert(held[0] == 0 && held[1] == 10 && held[2] == 30 &&
		  held[3] == 60 && held[4] == 100);
}
END_TEST

/* n / (n - 1) of the figures above; one customer has no sample form. */
START_TEST(gini_of_a_sample_is_one_when_one_has_everything)
{
	static const int64_t x[] = { 10, 0, 0, 0 };
	struct ranked r[4];
	double g = -1;

	ranked_of(r, x, 4);
	ck_assert(concentration_gini_sample(r, 4, &g));
	ck_assert_double_eq_tol(g, 1, 1e-15);
	ck_assert(!concentration_gini_sample(r, 1, &g));
	ck_assert(!concentration_gini_sample(r + 1, 3, &g));
}
END_TEST

/*
 * By hand, twice the area between diagonal and Lorenz curve over twice that
 * of the triangle and what lies below the axis:
 *	3,-1	curve 0, -1/2, 1: below it 1/4 to the middle, then a triangle
 *		of height 1/2 and base 1/6: 2A = 1/4 + 1/12 = 1/3; G = 1;
 *		1 / (4/3) = 3/4
 *	2,-1,-1	the sum is 0: refused
 *	4,-1,-1	curve -1/2, -1, 1 at 1/3, 2/3, 1: 2A = 1/6 + 1/2 + 1/6 = 5/6,
 *		G = (2*4 - 0 + 2) / (3*2) = 10/6; (5/3) / (11/6) = 10/11
 *	6,2,0	no negative one: G = 2 * 6 / (3 * 8) + 2 * 0 = 1/2
 *	3,0,-1	curve -1/2, -1/2, 1: 2A = 1/6 + 1/3 + 1/18 = 5/9,
 *		G = (2*3 + 2) / 6 = 4/3; (4/3) / (14/9) = 6/7
 *	2,1,-1	curve -1/2, 0, 1: 2A = 1/6 + 1/6 = 1/3, G = 6/6 = 1; 3/4
 */
static const struct {
	int64_t x[3];
	size_t n;
	bool defined;
	double gini;
} normalised[] = {
	{ { 3, -1 }, 2, true, 3.0 / 4 },
	{ { 2, -1, -1 }, 3, false, 0 },
	{ { 4, -1, -1 }, 3, true, 10.0 / 11 },
	{ { 6, 2, 0 }, 3, true, 1.0 / 2 },
	{ { 3, 0, -1 }, 3, true, 6.0 / 7 },
	{ { 2, 1, -1 }, 3, true, 3.0 / 4 },
	{ { 7 }, 1, true, 0 },
};

START_TEST(normalised_gini_stays_below_one)
{
	struct ranked r[3];
	double g = -1;
	bool defined;

	ranked_of(r, normalised[_i].x, normalised[_i].n);
	defined = concentration_gini_normalised(r, normalised[_i].n, &g);
	ck_assert_int_eq(defined, normalised[_i].defined);
	if (defined)
		ck_assert_double_eq_tol(g, normalised[_i].gini, 1e-15);
}
END_TEST

/* The formula as Berrebi and Silber print it, y being shares, ascending, and
 * k the last place up to which they sum up to nothing or less. */
static double berrebi_silber(const struct ranked *r, size_t n, double whole)
{
	double weighted = 0, below = 0, held = 0, sum = 0;
	size_t k = 0;

	for (size_t j = 1; j <= n; j++) {
		double y = (double)r[n - j].value / whole;

		weighted += (double)j * y;
		sum += y;
		if (sum <= 0) {
			k = j;
			below = weighted;
			held = sum;
		}
	}
	return (2 * weighted / (double)n - ((double)n + 1) / (double)n) /
	       (1 + 2 * below / (double)n +
		held / (double)n *
			(held / ((double)r[n - k - 1].value / whole) -
			 (1 + 2 * (double)k)));
}

START_TEST(normalised_gini_is_the_published_formula)
{
	enum { N = 80 };
	struct ranked r[N];
	struct group *g = names(N);
	double gini, plain;

	for (size_t i = 0; i < N; i++)
		r[i] = (struct ranked){ (int64_t)((i * 7919) % 1009) - 150,
					(uint32_t)i };
	rank_descending(r, N, g);
	ck_assert(concentration_signs(r, N).negatives > 5);
	ck_assert(concentration_gini_normalised(r, N, &gini));
	ck_assert(concentration_gini(r, N, &plain));
	ck_assert(gini < plain && gini < 1);
	/* Sums of eighty doubles. */
	ck_assert_double_eq_tol(
		gini,
		berrebi_silber(r, N, (double)concentration_total(r, N)),
		1e-12);
	group_free(g);
}
END_TEST

START_TEST(signs_are_counted)
{
	static const int64_t x[] = { 9, 4, 0, 0, -1, -30 };
	struct concentration_signs s;
	struct ranked r[6];

	ranked_of(r, x, 6);
	s = concentration_signs(r, 6);
	ck_assert_uint_eq(s.negatives, 2);
	ck_assert_uint_eq(s.zeros, 2);
	ck_assert(s.negative == -31);
}
END_TEST

/* The peak, after three of six, is a point of its own. */
START_TEST(whale_curve_has_its_peak)
{
	static const int64_t x[] = { 9, 4, 1, 0, -1, -3 };
	static const size_t at[] = { 0, 3, 6 };
	static const size_t finer[] = { 0, 2, 3, 4, 6 };
	struct ranked r[6];
	size_t customers[8];
	money_wide value[8];

	ranked_of(r, x, 6);
	ck_assert_uint_eq(concentration_whale(r, 6, 2, customers, value), 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(customers[i], at[i]);
	ck_assert(value[0] == 0 && value[1] == 14 && value[2] == 10);
	ck_assert_uint_eq(concentration_whale(r, 6, 3, customers, value), 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_uint_eq(customers[i], finer[i]);
	ck_assert(value[1] == 13 && value[2] == 14 && value[3] == 14);
	/* Nobody is worth anything: no peak but the beginning. */
	ck_assert_uint_eq(concentration_whale(r + 3, 3, 1, customers, value),
			  2);
	ck_assert(customers[1] == 3 && value[1] == -4);
	ck_assert_uint_eq(concentration_whale(r, 0, 4, customers, value), 1);
}
END_TEST

START_TEST(as_many_are_needed_as_hold_the_share)
{
	static const int64_t x[] = { 50, 30, 15, 5 };
	static const struct {
		int64_t ppm;
		size_t needed;
	} want[] = { { 0, 0 },	    { 1, 1 },	    { 500000, 1 },
		     { 500001, 2 }, { 800000, 2 },  { 950000, 3 },
		     { 950001, 4 }, { 1000000, 4 } };
	struct ranked r[4];

	ranked_of(r, x, 4);
	for (size_t i = 0; i < NELEMS(want); i++)
		ck_assert_uint_eq(concentration_needed(r, 4, want[i].ppm),
				  want[i].needed);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("tier");
	TCase *t = tcase_create("tier");
	SRunner *sr = srunner_create(s);

	tcase_add_test(t, ranks_fall_by_value_and_ties_rise_by_id);
	tcase_add_loop_test(t, pyramid_cuts_at_the_ceiling, 0, NELEMS(cuts));
	tcase_add_test(t, totals_of_tiers_are_the_whole);
	tcase_add_loop_test(t, cuts_are_read_exactly_or_refused, 0,
			    NELEMS(schemes));
	tcase_add_test(t, a_cut_with_decimals_is_kept_to_the_millionth);
	tcase_add_loop_test(t, gini_is_the_mean_difference_over_twice_the_mean,
			    0, NELEMS(ginis));
	tcase_add_test(t, gini_agrees_with_pairwise_differences);
	tcase_add_test(t, curve_runs_from_nobody_to_everybody);
	tcase_add_test(t, gini_of_a_sample_is_one_when_one_has_everything);
	tcase_add_loop_test(t, normalised_gini_stays_below_one, 0,
			    NELEMS(normalised));
	tcase_add_test(t, normalised_gini_is_the_published_formula);
	tcase_add_test(t, signs_are_counted);
	tcase_add_test(t, whale_curve_has_its_peak);
	tcase_add_test(t, as_many_are_needed_as_hold_the_share);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
