/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions and answers as forms write them. */
#include <check.h>

#include "base/mem.h"
#include "canon/answer.h"
#include "canon/header.h"
#include "canon/question.h"

static const struct {
	const char *header, *bare;
} numbers[] = {
	{ "1、满意度", "满意度" },	 { "Q1 推荐意愿", "推荐意愿" },
	{ "Q2.总体满意度？", "总体满意度" }, { "(3) NPS", "nps" },
	{ "第1题：满意度", "满意度" },	 { "12) comments", "comments" },
	{ "Question 4: NPS", "nps" },	 { "4S店评分", "4s店评分" },
	{ "Q1", "q1" },			 { "满意度？", "满意度" },
	{ "360", "360" },		 { "", "" },
};

START_TEST(a_question_has_a_number_only_before_a_sign)
{
	struct buf folded = { 0 };
	struct text bare;

	header_fold(&folded, text_of(numbers[_i].header));
	bare = question_bare(buf_text(&folded));
	ck_assert_msg(text_is(bare, numbers[_i].bare), "%s gives %.*s",
		      numbers[_i].header, (int)bare.n, bare.p ? bare.p : "");
	buf_release(&folded);
}
END_TEST

static const struct {
	const char *header;
	bool asks;
} wordings[] = {
	{ "1、您有多大可能向朋友推荐我们？(0-10)", true },
	{ "您是否愿意向朋友推荐", true },
	{ "愿意把我们推荐给朋友吗", true },
	{ "How likely are you to recommend us?", true },
	{ "Likelihood to Recommend", true },
	{ "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", true },
	{ "Quelle est la probabilité que vous nous recommandiez ?", true },
	{ "您不愿意推荐的原因", false },
	{ "Why would you (not) be likely to recommend us?", false },
	{ "Q1 likely to recommend - Group", false },
	{ "推荐人", false },
	{ "Recommended by", false },
	{ "", false },
};

START_TEST(recommending_is_asked_by_two_words)
{
	struct buf folded = { 0 };

	header_fold(&folded, text_of(wordings[_i].header));
	ck_assert_msg(question_recommends(buf_text(&folded)) ==
			      wordings[_i].asks, "%s", wordings[_i].header);
	buf_release(&folded);
}
END_TEST

static const struct {
	const char *header, *highest;
} scales[] = {
	{ "推荐意愿(0-10分)", "10" },
	{ "服务态度（1～5分）", "5" },
	{ "On a scale of 1 to 7, how easy was it?", "7" },
	{ "得分(0-100)", "100" },
	{ "Q1-5 满意度", "" },
	{ "3-1、满意度", "" },
	{ "2019-2020满意度", "" },
	{ "1-3年的客户", "" },
	{ "11-5", "" },
	{ "1-55", "" },
	{ "满意度", "" },
	{ "", "" },
};

START_TEST(a_header_may_name_its_scale)
{
	struct buf folded = { 0 };
	struct text highest;

	header_fold(&folded, text_of(scales[_i].header));
	highest = question_highest(buf_text(&folded));
	ck_assert_msg(text_is(highest, scales[_i].highest), "%s gives %.*s",
		      scales[_i].header, (int)highest.n,
		      highest.p ? highest.p : "");
	buf_release(&folded);
}
END_TEST

static const struct {
	const char *cell, *figure, *word;
} answers[] = {
	{ "10 - Extremely likely", "10", "" },
	{ "10(非常愿意)", "10", "" },
	{ "0–not at all", "0", "" },
	{ "1.是", "1", "" },
	{ "8-10", "8-10", "" },
	{ "1 - 3 km", "1 - 3 km", "" },
	{ "9", "9", "" },
	{ "9.5", "9.5", "" },
	{ "9.", "9.", "" },
	{ "likely", "likely", "" },
	{ "2024 - late", "2024 - late", "" },
	{ "非常满意", "非常满意", "5" },
	{ "VERY Dissatisfied", "VERY Dissatisfied", "1" },
	{ "very", "very", "" },
	{ "", "", "" },
};

START_TEST(an_answer_is_a_figure_or_a_word)
{
	struct text cell = text_of(answers[_i].cell);

	ck_assert(text_is(answer_figure(cell), answers[_i].figure));
	ck_assert(text_is(answer_word(cell), answers[_i].word));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("question");
	TCase *tc = tcase_create("question");
	SRunner *r;
	int failed;

	tcase_add_loop_test(tc, a_question_has_a_number_only_before_a_sign, 0,
			    (int)NELEMS(numbers));
	tcase_add_loop_test(tc, recommending_is_asked_by_two_words, 0,
			    (int)NELEMS(wordings));
	tcase_add_loop_test(tc, a_header_may_name_its_scale, 0,
			    (int)NELEMS(scales));
	tcase_add_loop_test(tc, an_answer_is_a_figure_or_a_word, 0,
			    (int)NELEMS(answers));
	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
