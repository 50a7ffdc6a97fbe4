/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers counted score by score: figures, weights, strata, parts. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/score.h"
#include "num/student.h"

static const struct nps_scale ten = { 0, 10, 9, 6 };
static const struct nps_scale five = { 1, 5, 5, 3 };

/* A cell; the caller frees. */
static uint64_t *cell_of(const struct score_shape *s, const int *score,
			 const double *weight, size_t n)
{
	uint64_t *cell = mem_zalloc(score_words(s), sizeof(*cell));

	for (size_t i = 0; i < n; i++)
		score_add(s, cell, score_slot(&s->scale, score[i]),
			  weight ? (uint64_t)llround(weight[i] *
						     SCORE_WEIGHT_ONE) :
				   0);
	return cell;
}

static void assert_near(double got, double want)
{
	ck_assert_double_eq_tol(got, want, 1e-12 * fmax(1, fabs(want)));
}

START_TEST(each_score_has_its_count)
{
	static const int score[] = { 1, 5, 5, 3 };
	struct score_shape s = { five, false };
	uint64_t *cell = cell_of(&s, score, NULL, 4);
	struct score_group g = score_group(&s, cell);

	ck_assert_uint_eq(score_words(&s), 6);
	ck_assert_uint_eq(g.n, 4);
	ck_assert_uint_eq(g.count[0], 1);
	ck_assert_uint_eq(g.count[2], 1);
	ck_assert_uint_eq(g.count[4], 2);
	assert_near(g.share[4], 0.5);
	assert_near(g.effective, 4);
	score_release(&g);
	free(cell);
}
END_TEST

/* x <- rep(1:5, c(2, 1, 5, 9, 3)); mean, sd, t.test; prop.test(12, 20,
 * correct = FALSE) of R 4.2 */
START_TEST(mean_and_top_boxes_are_those_of_r)
{
	static const uint64_t cell[] = { 0, 2, 1, 5, 9, 3 };
	struct score_shape s = { five, false };
	struct score_group g = score_group(&s, cell);
	struct score_mean m = score_mean(&g);
	struct score_top t = score_top(&g, 4);

	assert_near(m.mean, 3.5);
	assert_near(m.sd, 1.14707866935281);
	assert_near(m.se, 0.256494588021288);
	ck_assert_double_eq_tol(m.low, 2.96315065744589, 1e-10);
	ck_assert_double_eq_tol(m.high, 4.03684934255411, 1e-10);
	ck_assert_uint_eq(t.count, 12);
	assert_near(t.share, 0.6);
	assert_near(t.se, sqrt(0.6 * 0.4 / 20));
	ck_assert_double_eq_tol(t.low, 0.386581500762253, 1e-12);
	ck_assert_double_eq_tol(t.high, 0.781193467627183, 1e-12);
	score_release(&g);
}
END_TEST

START_TEST(answers_that_are_all_the_same_leave_doubt)
{
	static const uint64_t cell[] = { 0, 0, 0, 0, 0, 12 };
	struct score_shape s = { five, false };
	struct score_group g = score_group(&s, cell);
	struct score_mean m = score_mean(&g);

	assert_near(m.mean, 5);
	ck_assert(m.sd == 0 && m.se == 0 && m.high == 5);
	ck_assert(m.low > 3.5 && m.low < 4.9);
	score_release(&g);
}
END_TEST

START_TEST(one_answer_has_no_deviation)
{
	static const uint64_t cell[] = { 0, 0, 0, 1, 0, 0 };
	struct score_shape s = { five, false };
	struct score_group g = score_group(&s, cell);
	struct score_mean m = score_mean(&g);

	ck_assert(isnan(m.sd) && isnan(m.se));
	ck_assert(m.mean == 3 && m.low > 1 && m.high < 5);
	score_release(&g);
}
END_TEST

static const int score[] = { 10, 9, 10, 9, 8, 7, 3, 6 };
static const double weight[] = { 2, 2, 2, 0.5, 1, 1, 1.5, 1.5 };

/* In R: W <- sum(w); ne <- W^2 / sum(w^2); p, d of weights;
 * sqrt((p + d - (p - d)^2) / ne); sqrt(sum(w*(s-m)^2)/W * ne/(ne-1)) */
START_TEST(weights_are_reckoned_as_by_hand)
{
	struct score_shape s = { ten, true };
	uint64_t *cell = cell_of(&s, score, weight, NELEMS(score));
	struct score_group g = score_group(&s, cell);
	struct nps_result r = score_nps(&g, NPS_SCORE);
	struct score_mean m = score_mean(&g);

	ck_assert_uint_eq(g.n, 8);
	assert_near(g.effective, 7.05333333333333);
	assert_near(r.nps, 30.434782608695649);
	ck_assert_double_eq_tol(r.se, 32.2471117376786, 1e-10);
	ck_assert(r.ci_low < r.nps && r.nps < r.ci_high);
	ck_assert_double_eq_tol(m.mean, 7.91304347826087, 1e-12);
	ck_assert_double_eq_tol(m.sd, 2.52476718514936, 1e-10);
	score_release(&g);
	free(cell);
}
END_TEST

START_TEST(equal_weights_are_no_weights)
{
	double equal[NELEMS(score)];
	struct score_shape plain = { ten, false }, s = { ten, true };
	uint64_t *a = cell_of(&plain, score, NULL, NELEMS(score)), *b;
	struct score_group g = score_group(&plain, a), h;
	struct nps_result want = score_nps(&g, NPS_SCORE), got;

	for (size_t i = 0; i < NELEMS(score); i++)
		equal[i] = 0.37;
	b = cell_of(&s, score, equal, NELEMS(score));
	h = score_group(&s, b);
	got = score_nps(&h, NPS_SCORE);
	assert_near(h.effective, 8);
	assert_near(got.nps, want.nps);
	assert_near(got.se, want.se);
	ck_assert_double_eq_tol(got.ci_low, want.ci_low, 1e-9);
	ck_assert_double_eq_tol(got.ci_high, want.ci_high, 1e-9);
	score_release(&g);
	score_release(&h);
	free(a);
	free(b);
}
END_TEST

START_TEST(answers_that_weigh_nothing_are_none)
{
	static const double nothing[] = { 0, 0 };
	struct score_shape s = { ten, true };
	uint64_t *cell = cell_of(&s, score, nothing, 2);
	struct score_group g = score_group(&s, cell);

	ck_assert_uint_eq(g.n, 0);
	score_release(&g);
	free(cell);
}
END_TEST

/* Strata of 700 (10, 10, 9, 3) and 300 (0, 8): 0.7 * 50 + 0.3 * -50 = 20;
 * 1 / (0.7^2 / 4 + 0.3^2 / 2) effective answers. */
START_TEST(strata_count_as_in_the_population)
{
	static const int a[] = { 10, 10, 9, 3 }, b[] = { 0, 8 };
	static const double population[] = { 700, 300, 50 };
	struct score_shape s = { ten, false };
	size_t words = score_words(&s);
	uint64_t *cell = mem_zalloc(3 * words, sizeof(*cell));
	struct score_group g;
	struct nps_result r;

	for (size_t i = 0; i < NELEMS(a); i++)
		cell[score_slot(&ten, a[i])]++;
	for (size_t i = 0; i < NELEMS(b); i++)
		cell[words + score_slot(&ten, b[i])]++;
	g = score_stratified(&s, cell, 2, population);
	r = score_nps(&g, NPS_SCORE);
	assert_near(r.nps, 20);
	assert_near(g.effective, 5.97014925373134);
	ck_assert_uint_eq(g.strata_missing, 0);
	ck_assert_uint_eq(r.n, 6);
	score_release(&g);
	/* a stratum without answers is told, and changes nothing else */
	g = score_stratified(&s, cell, 3, population);
	r = score_nps(&g, NPS_SCORE);
	assert_near(r.nps, 20);
	ck_assert_uint_eq(g.strata_missing, 1);
	score_release(&g);
	free(cell);
}
END_TEST

static uint64_t seed = 20261122;

/* Uniform in 0..1 */
static double uniform(void)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (double)(seed >> 11) * 0x1p-53;
}

/* Two strata, of whom other parts answer than there are. */
static const struct {
	double population[2];
	size_t answers[2];
	double p[2], d[2];	/* promoters and detractors of each */
} samples[] = {
	{ { 500, 500 }, { 80, 20 }, { 0.7, 0.5 }, { 0.1, 0.2 } },
	{ { 900, 100 }, { 30, 30 }, { 0.5, 0.3 }, { 0.2, 0.3 } },
	{ { 300, 700 }, { 15, 15 }, { 0.8, 0.4 }, { 0.05, 0.3 } },
	{ { 500, 500 }, { 40, 40 }, { 0.4, 0.4 }, { 0.3, 0.3 } },
};

static void draw(const struct score_shape *s, uint64_t *cell, size_t n,
		 double p, double d)
{
	for (size_t i = 0; i < n; i++) {
		double u = uniform();
		int drawn = u < p ? 10 : u < p + d ? 3 : 8;

		cell[score_slot(&s->scale, drawn)]++;
	}
}

/* With Kish's effective answers the interval is on the safe side: what the
 * strata differ by it takes for chance. 4000 samples have an error of 0.35 %.
 */
START_TEST(intervals_of_strata_hold_the_population)
{
	struct score_shape s = { ten, false };
	size_t words = score_words(&s);
	double whole = samples[_i].population[0] + samples[_i].population[1];
	double truth = 0;
	int held = 0;

	for (size_t h = 0; h < 2; h++)
		truth += 100 * samples[_i].population[h] / whole *
			 (samples[_i].p[h] - samples[_i].d[h]);
	for (int k = 0; k < 4000; k++) {
		uint64_t *cell = mem_zalloc(2 * words, sizeof(*cell));
		struct score_group g;
		struct nps_result r;

		for (size_t h = 0; h < 2; h++)
			draw(&s, cell + h * words, samples[_i].answers[h],
			     samples[_i].p[h], samples[_i].d[h]);
		g = score_stratified(&s, cell, 2, samples[_i].population);
		r = score_nps(&g, NPS_SCORE);
		held += r.ci_low <= truth && truth <= r.ci_high;
		score_release(&g);
		free(cell);
	}
	ck_assert_double_ge(held / 4000.0, 0.94);
	ck_assert_double_le(held / 4000.0, 0.985);
}
END_TEST

/* Very large weights of many answers don't wrap, and parts in any order are
 * the whole to the last bit. */
START_TEST(parts_merge_to_the_whole)
{
	struct score_shape s = { ten, true };
	size_t words = score_words(&s);
	uint64_t *whole = mem_zalloc(words, sizeof(*whole));
	uint64_t *part = mem_zalloc(3 * words, sizeof(*part));
	uint64_t *sum = mem_zalloc(words, sizeof(*sum)), v = 1;

	for (int i = 0; i < 3000; i++) {
		v = v * UINT64_C(6364136223846793005) + 1442695040888963407;
		size_t slot = (v >> 33) % 12;
		uint64_t w = (v >> 4) % (UINT64_C(1000000) * 1000000 + 1);

		score_add(&s, whole, slot, w);
		score_add(&s, part + (v >> 60) % 3 * words, slot, w);
	}
	for (size_t i = 3; i-- > 0;)
		score_merge(&s, sum, part + i * words);
	ck_assert_mem_eq(sum, whole, words * sizeof(*whole));
	free(whole);
	free(part);
	free(sum);
}
END_TEST

/* qt(0.975, ...) of R 4.2 */
static const struct {
	double freedom, t;
} student[] = {
	{ 1, 12.70620473617469 },
	{ 2.5, 3.57465484200369 },
	{ 19, 2.09302405440831 },
	{ 1000, 1.96233908082641 },
};

START_TEST(student_quantiles_are_those_of_r)
{
	ck_assert_double_eq_tol(student_t(student[_i].freedom, 0.975),
				student[_i].t, 1e-9);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("score");
	TCase *t = tcase_create("score");

	tcase_add_test(t, each_score_has_its_count);
	tcase_add_test(t, mean_and_top_boxes_are_those_of_r);
	tcase_add_test(t, answers_that_are_all_the_same_leave_doubt);
	tcase_add_test(t, one_answer_has_no_deviation);
	tcase_add_test(t, weights_are_reckoned_as_by_hand);
	tcase_add_test(t, equal_weights_are_no_weights);
	tcase_add_test(t, answers_that_weigh_nothing_are_none);
	tcase_add_test(t, strata_count_as_in_the_population);
	tcase_add_loop_test(t, intervals_of_strata_hold_the_population, 0,
			    NELEMS(samples));
	tcase_add_test(t, parts_merge_to_the_whole);
	tcase_add_loop_test(t, student_quantiles_are_those_of_r, 0,
			    NELEMS(student));
	suite_add_tcase(s, t);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
