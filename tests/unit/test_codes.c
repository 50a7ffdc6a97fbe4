/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes, the words for them, and those of complaints that ship. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/codes_csv.h"

static const struct code attitude = {
	.kind = { "cause", 5 }, .code = { "attitude", 8 },
	.zh = { "服务态度", 12 }, .en = { "Attitude", 8 }, .severity = 3,
};

START_TEST(every_word_leads_to_the_code)
{
	static const char *const words[] = { "attitude", "ATTITUDE",
					     " attitude\t", "服务态度",
					     "rude", "Rude" };
	struct codes *c = codes_new();

	ck_assert_uint_eq(codes_add(c, &attitude), 0);
	ck_assert(codes_also(c, 0, TEXT("rude")));
	for (size_t i = 0; i < NELEMS(words); i++)
		ck_assert_uint_eq(codes_find(c, TEXT("cause"),
					     text_of(words[i])), 0);
	ck_assert_uint_eq(codes_find(c, TEXT("scene"), TEXT("rude")),
			  CODES_NONE);
	ck_assert_uint_eq(codes_find(c, TEXT("cause"), TEXT("")), CODES_NONE);
	codes_free(c);
}
END_TEST

START_TEST(an_unknown_word_is_kept_as_it_is)
{
	struct codes *c = codes_new();
	char longest[CODES_WORD + 1];
	struct text word = { longest, sizeof(longest) };

	memset(longest, 'x', sizeof(longest));
	codes_add(c, &attitude);
	ck_assert(text_is(codes_of(c, TEXT("cause"), TEXT("天气")), "天气"));
	ck_assert(text_is(codes_name(c, TEXT("cause"), TEXT("天气"), true),
			  "天气"));
	ck_assert(text_eq(codes_of(c, TEXT("cause"), word), word));
	ck_assert(text_is(codes_of(c, TEXT("cause"), TEXT("服务态度")),
			  "attitude"));
	ck_assert(text_is(codes_name(c, TEXT("cause"), TEXT("服务态度"), false),
			  "Attitude"));
	codes_free(c);
}
END_TEST

START_TEST(a_word_has_one_meaning_in_a_kind)
{
	struct code other = attitude;
	struct codes *c = codes_new();

	codes_add(c, &attitude);
	ck_assert_uint_eq(codes_add(c, &attitude), CODES_NONE);
	other.code = TEXT("manner");
	ck_assert_uint_eq(codes_add(c, &other), CODES_NONE);
	other.zh = other.en = TEXT("");
	ck_assert_uint_eq(codes_add(c, &other), 1);
	ck_assert(!codes_also(c, 1, TEXT("服务态度")));
	ck_assert(codes_also(c, 1, TEXT("manner")));
	ck_assert(text_is(codes_name(c, TEXT("cause"), TEXT("manner"), true),
			  "manner"));
	other.kind = TEXT("");
	ck_assert_uint_eq(codes_add(c, &other), CODES_NONE);
	ck_assert_uint_eq(codes_count(c), 2);
	codes_free(c);
}
END_TEST

/* How many codes of a kind the seeds have, and that the scenes are graver one
 * by one. */
START_TEST(the_codes_of_complaints_are_those_of_the_seeds)
{
	static const struct {
		const char *kind;
		size_t n;
	} kinds[] = { { "cause", 4 }, { "category", 5 },
		      { "complainant_type", 4 }, { "scene", 5 } };
	struct codes *c = codes_csv_read(NULL);
	int severity = 0;

	for (size_t k = 0; k < NELEMS(kinds); k++) {
		size_t n = 0;

		for (size_t i = 0; i < codes_count(c); i++) {
			const struct code *code = codes_code(c, i);

			n += text_is(code->kind, kinds[k].kind);
			if (text_is(code->kind, "scene") && k == 0)
				ck_assert_int_eq(code->severity, ++severity);
		}
		ck_assert_uint_eq(n, kinds[k].n);
		ck_assert(codes_has_kind(c, text_of(kinds[k].kind)));
	}
	ck_assert_int_eq(severity, 5);
	ck_assert(!codes_has_kind(c, TEXT("colour")));
	codes_free(c);
}
END_TEST

/* What is not ours is told, and a sub-code stands under a code there is. */
START_TEST(every_code_names_its_source)
{
	struct codes *c = codes_csv_read(NULL);

	for (size_t i = 0; i < codes_count(c); i++) {
		const struct code *code = codes_code(c, i);

		ck_assert_uint_gt(code->source.n, 0);
		ck_assert_uint_gt(code->zh.n, 0);
		ck_assert_uint_gt(code->en.n, 0);
		ck_assert(code->note.n == 0 || code->note_zh.n > 0);
		ck_assert(code->under.n == 0 ||
			  codes_find(c, TEXT("cause"), code->under) !=
				  CODES_NONE);
	}
	codes_free(c);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("codes");
	TCase *t = tcase_create("codes");
	SRunner *r;
	int failed;

	tcase_add_test(t, every_word_leads_to_the_code);
	tcase_add_test(t, an_unknown_word_is_kept_as_it_is);
	tcase_add_test(t, a_word_has_one_meaning_in_a_kind);
	tcase_add_test(t, the_codes_of_complaints_are_those_of_the_seeds);
	tcase_add_test(t, every_code_names_its_source);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
