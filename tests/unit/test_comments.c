/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of comments, by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/comments.h"

static void code(struct comments *c, const char *name, const char *words,
		 const char *except, enum comments_fault wanted)
{
	ck_assert_int_eq(comments_code(c, text_of(name), text_of(words),
				       text_of(except)),
			 wanted);
}

/* Is a comment found by these words? */
static bool found(const char *words, const char *except, const char *comment)
{
	struct comments *c = comments_new();
	struct comments_count *n;
	bool yes;

	code(c, "x", words, except, COMMENTS_FINE);
	comments_add(c, 0, TEXT("R"), text_of(comment), NAN);
	n = comments_finish(c, 1);
	yes = n[0].responses == 1;
	ck_assert_uint_eq(n[0].responses + n[1].responses, 1);
	ck_assert_uint_eq(n[2].responses, 1);
	free(n);
	comments_free(c);
	return yes;
}

START_TEST(words_are_found_as_they_stand)
{
	static const struct {
		const char *words, *except, *comment;
		bool found;
	} cases[] = {
		{ "late", "", "Too LATE!", true },
		{ "late", "", "the plate is lost", false },
		{ "late", "", "later", false },
		{ "late*", "", "later", true },
		{ "late", "", "plate, and late", true },
		{ "late", "", "late", true },
		{ "late", "", "", false },
		{ "a1", "", "a12", false },
		{ "贵", "", "太贵了", true },
		{ "贵", "不贵|宝贵", "不贵", false },
		{ "贵", "不贵|宝贵", "宝贵意见,但贵", true },
		{ "贵", "不贵", "不贵不贵", false },
		{ "等|wait*", "", "waited", true },
		{ "wifi慢", "", "wifi慢", true },
		{ "=无|=no", "", " 无 ", true },
		{ "=无|=no", "", "无语", false },
		{ "=无|=no", "", "NO", true },
		{ "expensive", "not expensive", "not expensive", false },
		{ "expensive", "not expensive", "expensive, not cheap", true },
	};

	ck_assert_msg(found(cases[_i].words, cases[_i].except,
			    cases[_i].comment) == cases[_i].found,
		      "%s in %s", cases[_i].words, cases[_i].comment);
}
END_TEST

START_TEST(a_response_counts_once_a_code)
{
	struct comments *c = comments_new();
	struct comments_count *n;

	code(c, "wait", "wait*", "", COMMENTS_FINE);
	code(c, "price", "price", "", COMMENTS_FINE);
	comments_add(c, 1, TEXT("R"), TEXT("waited, and waited"), 2);
	comments_add(c, 1, TEXT("R"), TEXT("the wait and the price"), 5);
	comments_add(c, 1, TEXT("S"), TEXT("wait"), NAN);
	comments_add(c, 1, TEXT("T"), TEXT("fine"), 10);
	n = comments_finish(c, 2);
	ck_assert_uint_eq(n[3].responses, 0);
	/* group 1: wait, price, uncoded, all */
	ck_assert_uint_eq(n[4].responses, 2);
	ck_assert_uint_eq(n[4].score.n, 1);
	ck_assert_double_eq(pairs_mean_x(&n[4].score), 3.5);
	ck_assert_uint_eq(n[5].responses, 1);
	ck_assert_uint_eq(n[6].responses, 1);
	ck_assert_double_eq(pairs_mean_x(&n[6].score), 10);
	ck_assert_uint_eq(n[7].responses, 3);
	ck_assert_double_eq(pairs_mean_x(&n[7].score), 6.75);
	free(n);
	comments_free(c);
}
END_TEST

START_TEST(what_is_no_code_is_refused)
{
	struct comments *c = comments_new();
	char name[] = "codeAA";

	code(c, "a", "x", "", COMMENTS_FINE);
	code(c, "a", "y", "", COMMENTS_TWICE);
	code(c, "all", "y", "", COMMENTS_RESERVED);
	code(c, "uncoded", "y", "", COMMENTS_RESERVED);
	for (int i = 1; i < COMMENTS_CODES; i++) {
		name[4] = (char)('A' + i / 16);
		name[5] = (char)('A' + i % 16);
		code(c, name, "y", "", COMMENTS_FINE);
	}
	code(c, "b", "y", "", COMMENTS_TOO_MANY);
	ck_assert_uint_eq(comments_codes(c), COMMENTS_CODES);
	comments_free(c);
	c = comments_new();
	code(c, "a", "", "", COMMENTS_WORDLESS);
	code(c, "b", "x||y", "", COMMENTS_WORDLESS);
	code(c, "c", "*", "", COMMENTS_WORDLESS);
	code(c, "d", "x", "y|", COMMENTS_WORDLESS);
	comments_free(c);
}
END_TEST

START_TEST(the_last_code_has_its_bit)
{
	struct comments *c = comments_new();
	struct comments_count *n;
	char name[] = "wordAA";

	for (int i = 0; i < COMMENTS_CODES; i++) {
		name[4] = (char)('A' + i / 16);
		name[5] = (char)('A' + i % 16);
		code(c, name, name, "", COMMENTS_FINE);
	}
	comments_add(c, 0, TEXT("R"), TEXT("wordPP wordEA"), NAN);
	n = comments_finish(c, 1);
	for (size_t i = 0; i < COMMENTS_CODES; i++)
		ck_assert_uint_eq(n[i].responses, i == 64 || i == 255);
	free(n);
	comments_free(c);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("comments");
	TCase *c = tcase_create("comments");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(c, words_are_found_as_they_stand, 0, 19);
	tcase_add_test(c, a_response_counts_once_a_code);
	tcase_add_test(c, what_is_no_code_is_refused);
	tcase_add_test(c, the_last_code_has_its_bit);
	suite_add_tcase(suite, c);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
