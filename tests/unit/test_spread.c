/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles by rank, the grid, the count of what differs, effect sizes. */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "num/effect.h"
#include "num/cellgrid.h"
#include "num/hll.h"

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

/* x <- c(12.5, 3, 3, 7.25, -4, 0, 100, 8.125, 3, 41)
 * for (t in c(1, 7)) quantile(x, c(0,.05,.1,.25,.3,.5,.75,.9,1), type=t) */
static const struct {
	int64_t ppm;
	double type1, type7;
} quantiles[] = {
	{ 0, -4, -4 },	      { 50000, -4, -2.2 }, { 100000, -4, -0.4 },
	{ 250000, 3, 3 },     { 300000, 3, 3 },	   { 500000, 3, 5.125 },
	{ 750000, 12.5, 11.40625 }, { 900000, 41, 46.9 },
	{ 1000000, 100, 100 },
};

START_TEST(quantiles_are_those_of_r)
{
	struct step s[10];
	size_t n = read_steps("12.5 3 3 7.25 -4 0 100 8.125 3 41", s);
	uint64_t total = steps_total(s, n);

	ck_assert_uint_eq(n, 8);
	ck_assert_uint_eq(total, 10);
	ck_assert_double_eq(figure_real(steps_quantile(
				    s, n, total, quantiles[_i].ppm, false)),
			    quantiles[_i].type1);
	ck_assert_double_eq_tol(figure_real(steps_quantile(
					s, n, total, quantiles[_i].ppm, true)),
				quantiles[_i].type7, 1e-14);
}
END_TEST

START_TEST(of_a_single_value_every_quantile_is_it)
{
	struct step s[1];

	read_steps("7.5", s);
	for (int64_t ppm = 0; ppm <= STEPS_ONE; ppm += 50000) {
		ck_assert_int_eq(steps_quantile(s, 1, 1, ppm, false).m, 75);
		ck_assert_int_eq(steps_quantile(s, 1, 1, ppm, true).m, 75);
	}
}
END_TEST

/* ---- the grid ---- */

static const double reals[] = { 1,	1.0019,	  1.002,  3.14159, 0.01,
				99.99,	1e-300,	  1e300,  12345.67, 7e-5,
				1e9,	1023,	  1024,	  2047 };

START_TEST(a_cell_holds_its_number)
{
	double low, high;

	for (int sign = -1; sign <= 1; sign += 2) {
		double x = sign * reals[_i];

		cellgrid_ends(cellgrid_cell(x), &low, &high);
		ck_assert(fabs(low) <= reals[_i] && reals[_i] < fabs(high));
		ck_assert(fabs(high) - fabs(low) <=
			  2 * CELLGRID_ERROR * fabs(low));
	}
}
END_TEST

START_TEST(cells_ascend_with_their_numbers)
{
	static const double x[] = { -1e300, -5, -4.99, -1e-9, 0,
				    1e-9,   4.99, 5,	1e300 };

	for (size_t i = 1; i < NELEMS(x); i++)
		ck_assert_int_lt(cellgrid_cell(x[i - 1]), cellgrid_cell(x[i]));
	ck_assert_int_eq(cellgrid_cell(0), 0);
	ck_assert_int_eq(cellgrid_cell(-0.0), 0);
}
END_TEST

START_TEST(whole_numbers_below_1024_have_cells_of_their_own)
{
	for (int i = 1; i <= 1024; i++)
		ck_assert_int_gt(cellgrid_cell(i), cellgrid_cell(i - 1));
}
END_TEST

START_TEST(joined_grids_are_the_grid_of_all)
{
	struct cellgrid *a = cellgrid_new(), *b = cellgrid_new();
	int32_t cell = CELLGRID_FIRST;
	uint64_t count, cells = 0, all = 0;

	for (int i = -2000; i < 2000; i++)
		cellgrid_add(i % 3 ? a : b, cellgrid_cell(i * 1.7), 2);
	cellgrid_add(b, 2932896, 5);	/* 9999-12-31 */
	cellgrid_join(a, b);
	for (; cellgrid_next(a, &cell, &count); cell++) {
		cells++;
		all += count;
	}
	ck_assert_uint_eq(all, 8005);
	ck_assert_int_eq(cell, 2932896 + 1);
	ck_assert_uint_gt(cells, 1000);
	cellgrid_free(a);
	cellgrid_free(b);
}
END_TEST

/* ---- distinct ---- */

static const uint32_t sizes[] = { 0, 1, 10, 1000, 65536, 160000, 200000,
				  1000000 };

static uint64_t hash_of(uint32_t i)
{
	uint64_t word[2] = { i, 0 };

	return hash_words(word, 4);
}

/* Three standard errors; each value twice, and in two sketches that are
 * joined. */
START_TEST(the_estimate_is_as_near_as_it_says)
{
	struct hll *a = mem_zalloc(2, sizeof(*a)), *b = a + 1;
	double n = sizes[_i], off = 3 * HLL_ERROR * n;

	for (uint32_t i = 0; i < sizes[_i]; i++) {
		hll_add(i % 2 ? a : b, hash_of(i));
		hll_add(a, hash_of(i));
	}
	hll_join(b, a);
	ck_assert_double_eq_tol(hll_estimate(b), n, off + 0.01);
	free(a);
}
END_TEST

/* Hashes of the first register only, with ever more zeros behind. */
START_TEST(ranks_are_the_zeros_before_the_first_one)
{
	struct hll *h = mem_zalloc(1, sizeof(*h));

	hll_add(h, UINT64_MAX >> HLL_BITS);
	ck_assert_uint_eq(h->rank[0], 1);
	hll_add(h, 1);
	ck_assert_uint_eq(h->rank[0], 64 - HLL_BITS);
	hll_add(h, 0);
	ck_assert_uint_eq(h->rank[0], 64 - HLL_BITS + 1);
	hll_add(h, UINT64_MAX);
	ck_assert_uint_eq(h->rank[HLL_REGISTERS - 1], 1);
	free(h);
}
END_TEST

/* ---- effects ---- */

static struct effect_group group(double n, double mean, double variance)
{
	return (struct effect_group){ n, mean, variance };
}

/*
 * a <- c(5,7,8,9,6,7,10,4); b <- c(3,4,6,5,2,7,4); m <- 8 + 7 - 2
 * d <- (mean(a)-mean(b)) / sqrt((7*var(a)+6*var(b))/m)
 * g <- d * exp(lgamma(m/2)-log(sqrt(m/2))-lgamma((m-1)/2))
 * sqrt(15/56 + g^2/30); (mean(a)-mean(b))/sqrt((var(a)+var(b))/2)
 * mean(sign(outer(a, b, "-")))
 */
START_TEST(two_groups_differ_as_r_has_it)
{
	struct effect_group a = group(8, 7, 4);
	struct effect_group b = group(7, 31.0 / 7,
				      (155 - 31.0 * 31 / 7) / 6);
	struct step sa[8], sb[7];
	size_t na = read_steps("5 7 8 9 6 7 10 4", sa);
	size_t nb = read_steps("3 4 6 5 2 7 4", sb);
	double error;

	ck_assert_double_eq_tol(effect_cohens_d(a, b), 1.3712611504951,
				1e-12);
	ck_assert_double_eq_tol(effect_hedges_g(a, b, &error),
				1.2903327009402, 1e-12);
	ck_assert_double_eq_tol(error, 0.568643789052219, 1e-12);
	ck_assert_double_eq_tol(effect_smd(a, b), 1.37918549944475, 1e-12);
	ck_assert_double_eq_tol(effect_cliffs_delta(sa, na, sb, nb),
				0.678571428571429, 1e-14);
	ck_assert_double_eq_tol(effect_cliffs_delta(sb, nb, sa, na),
				-0.678571428571429, 1e-14);
}
END_TEST

/* f <- anova(lm(count ~ spray, InsectSprays)); f[1,2] / sum(f[,2]) */
START_TEST(eta_squared_of_insect_sprays)
{
	const struct effect_group g[] = {
		group(12, 14.5, 22.2727272727273),
		group(12, 15.3333333333333, 18.2424242424242),
		group(12, 2.08333333333333, 3.90151515151515),
		group(0, NAN, NAN),
		group(12, 4.91666666666667, 6.26515151515152),
		group(12, 3.5, 3),
		group(12, 16.6666666666667, 38.6060606060606),
	};

	ck_assert_double_eq_tol(effect_eta_squared(g, NELEMS(g)),
				0.724439015562794, 1e-12);
}
END_TEST

/* tt <- margin.table(HairEyeColor, c(1, 2)), by Bergsma's formula; without
 * the correction it is 0.279044623342658. */
START_TEST(cramers_v_of_hair_and_eyes)
{
	const uint64_t tt[] = { 68,  20, 15, 5,	 0, 119, 84, 54, 29, 0,
				26,  17, 14, 14, 0, 7,	 94, 10, 16, 0 };

	ck_assert_double_eq_tol(effect_cramers_v(tt, 4, 5),
				0.270483152912316, 1e-12);
}
END_TEST

START_TEST(words_that_are_spread_alike_have_no_effect)
{
	const uint64_t even[] = { 10, 20, 30, 60 }, one[] = { 3, 4 };

	ck_assert_double_eq(effect_cramers_v(even, 2, 2), 0);
	ck_assert(isnan(effect_cramers_v(one, 1, 2)));
	ck_assert(isnan(effect_cramers_v(one, 2, 1)));
}
END_TEST

START_TEST(without_spread_or_rows_there_is_no_effect)
{
	double error;

	ck_assert(isnan(effect_cohens_d(group(5, 1, 0), group(5, 2, 0))));
	ck_assert(isnan(effect_hedges_g(group(1, 1, NAN), group(5, 2, 1),
					&error)));
	ck_assert(isnan(effect_smd(group(1, 1, NAN), group(5, 2, 1))));
	ck_assert(isnan(effect_eta_squared(NULL, 0)));
	ck_assert(isnan(effect_cliffs_delta(NULL, 0, NULL, 0)));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("spread");
	TCase *t = tcase_create("spread");

	gsl_set_error_handler_off();

	tcase_add_loop_test(t, quantiles_are_those_of_r, 0,
			    NELEMS(quantiles));
	tcase_add_test(t, of_a_single_value_every_quantile_is_it);
	tcase_add_loop_test(t, a_cell_holds_its_number, 0,
			    NELEMS(reals));
	tcase_add_test(t, cells_ascend_with_their_numbers);
	tcase_add_test(t, whole_numbers_below_1024_have_cells_of_their_own);
	tcase_add_test(t, joined_grids_are_the_grid_of_all);
	tcase_add_loop_test(t, the_estimate_is_as_near_as_it_says, 0,
			    NELEMS(sizes));
	tcase_add_test(t, ranks_are_the_zeros_before_the_first_one);
	tcase_add_test(t, two_groups_differ_as_r_has_it);
	tcase_add_test(t, eta_squared_of_insect_sprays);
	tcase_add_test(t, cramers_v_of_hair_and_eyes);
	tcase_add_test(t, words_that_are_spread_alike_have_no_effect);
	tcase_add_test(t, without_spread_or_rows_there_is_no_effect);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
