/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A satisfaction index, reckoned by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/indexscore.h"
#include "num/student.h"

static struct indextree *tree;
static struct indexscore *scores;

static void setup(void)
{
	static const struct {
		const char *class, *name;
		int64_t weight;
		double high;
	} leaf[] = {
		{ "desk", "kind", 600000, 5 }, { "desk", "fast", 400000, 5 },
		{ "shop", "fixed", 1000000, 10 },
	};

	tree = indextree_new();
	ck_assert_int_eq(indextree_class(tree, TEXT("shop"), 250000, 90),
			 INDEXTREE_FINE);
	ck_assert_int_eq(indextree_class(tree, TEXT("desk"), 750000, 60),
			 INDEXTREE_FINE);
	for (size_t i = 0; i < NELEMS(leaf); i++) {
		struct indextree_leaf l = {
			.class = text_of(leaf[i].class),
			.name = text_of(leaf[i].name),
			.question = text_of(leaf[i].name),
			.weight = leaf[i].weight, .low = 1,
			.high = leaf[i].high, .target = NAN,
		};

		ck_assert_int_eq(indextree_indicator(tree, &l),
				 INDEXTREE_FINE);
	}
	scores = indexscore_new(tree);
}

static void teardown(void)
{
	indexscore_free(scores);
	indextree_free(tree);
}

static void answer(const char *response, const char *question, double score)
{
	size_t q = indextree_question(tree, text_of(question));

	ck_assert(indextree_on_scale(tree, q, score, 0));
	indexscore_add(scores, text_of(response), q, score);
}

static void near(double got, double wanted)
{
	ck_assert_msg(fabs(got - wanted) < 1e-9, "%.12g, not %.12g", got,
		      wanted);
}

START_TEST(weights_must_be_one)
{
	struct indextree_leaf more = {
		TEXT("desk"), TEXT("more"), TEXT("more"), 1, 1, 5, NAN
	};
	struct text class;

	ck_assert_int_eq(indextree_check(tree, &class), INDEXTREE_FINE);
	ck_assert_int_eq(indextree_indicator(tree, &more), INDEXTREE_FINE);
	ck_assert_int_eq(indextree_check(tree, &class), INDEXTREE_SUM);
	ck_assert(text_is(class, "desk"));
	ck_assert_int_eq(indextree_indicator(tree, &more), INDEXTREE_TWICE);
	more.class = TEXT("none");
	ck_assert_int_eq(indextree_indicator(tree, &more),
			 INDEXTREE_NO_CLASS);
	ck_assert_int_eq(indextree_class(tree, TEXT("desk"), 1, NAN),
			 INDEXTREE_TWICE);
	ck_assert_int_eq(indextree_class(tree, TEXT("new"), 2000000, NAN),
			 INDEXTREE_WEIGHT);
}
END_TEST

START_TEST(scores_roll_up)
{
	struct indexscore_row r;

	/* kind 100, 50 -> 75; fast 0; fixed 100/9 x 8 of 9 */
	answer("a", "kind", 5);
	answer("b", "kind", 3);
	answer("b", "fast", 1);
	answer("a", "fixed", 9);
	indexscore_finish(scores);
	ck_assert_uint_eq(indexscore_rows(scores), 6);
	/* both classes are below: the desk by 15, the shop by 1.1 */
	r = indexscore_row(scores, 0);
	ck_assert(text_is(r.class, "desk") && r.below);
	near(r.score, 0.6 * 75 + 0.4 * 0);
	ck_assert_uint_eq(r.n, 2);
	/* z of a: .6 (100 - 75)/2 = 7.5, of b: .6 (50 - 75)/2 = -7.5 */
	near(r.se, sqrt(2.0 / 1 * (7.5 * 7.5 + 7.5 * 7.5)));
	near(r.high, fmin(r.score + student_t(1, 0.975) * r.se, 100));
	near(r.low, 0);
	r = indexscore_row(scores, 3);
	ck_assert(text_is(r.class, "shop") && r.below);
	near(r.score, 800.0 / 9);
	ck_assert(isnan(r.se));
	r = indexscore_row(scores, 5);
	ck_assert_int_eq(r.level, INDEXSCORE_TOTAL);
	near(r.score, 0.75 * 45 + 0.25 * 800 / 9);
	near(r.se, 0.75 * 15);
	near(r.covered, 1);
}
END_TEST

/* What nobody answered has no part in it. */
START_TEST(missing_answers_scale_the_rest_up)
{
	struct indexscore_row r;
	size_t fast = indextree_question(tree, TEXT("fast"));

	answer("a", "kind", 5);
	answer("b", "kind", 4);
	ck_assert_uint_eq(indextree_question(tree, TEXT("tea")), SIZE_MAX);
	ck_assert(!indextree_on_scale(tree, fast, 6, 0));
	ck_assert(!indextree_on_scale(tree, fast, 4, 10));
	ck_assert(indextree_on_scale(tree, fast, 5, 5));
	indexscore_finish(scores);
	r = indexscore_row(scores, indexscore_rows(scores) - 1);
	near(r.score, 87.5);
	near(r.covered, 0.75 * 0.6);
	/* the only class is not below 60; the unanswered one comes first, as
	 * in the tree */
	r = indexscore_row(scores, 0);
	ck_assert(text_is(r.class, "shop") && isnan(r.score) && !r.below);
	r = indexscore_row(scores, 2);
	ck_assert(text_is(r.class, "desk"));
	near(r.covered, 0.6);
	near(r.score, 87.5);
	/* the error is that of the one indicator */
	near(r.se, indexscore_row(scores, 3).se);
	near(r.se, sqrt(312.5 / 2));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("indextree");
	TCase *tc = tcase_create("indextree");
	SRunner *sr = srunner_create(s);

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, weights_must_be_one);
	tcase_add_test(tc, scores_roll_up);
	tcase_add_test(tc, missing_answers_scale_the_rest_up);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
