/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who mistyped a word meant the nearest one, if any is near. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"

static struct text meant(const char *word)
{
	static const char *const words[] = {
		"by", "fit", "lost", "last", "scheme", "summary",
		"summary-by-tier"
	};
	struct near n;

	near_begin(&n, text_of(word));
	for (size_t i = 0; i < NELEMS(words); i++)
		near_try(&n, text_of(words[i]));
	return n.best;
}

static const struct {
	const char *word, *meant;
} cases[] = {
	{ "sumary", "summary" },	/* too few */
	{ "summmary", "summary" },	/* too many */
	{ "scheem", "scheme" },		/* changed about */
	{ "sheem", NULL },		/* two slips in five bytes */
	{ "fti", "fit" },
	{ "bye", "by" },
	{ "yb", NULL },			/* of two bytes none may be wrong */
	{ "lxst", "lost" },		/* equally near: the first */
	{ "lost", "lost" },
	{ "", NULL },
	{ "summary-by-tire", "summary-by-tier" },
	{ "summary-by-fur", NULL },	/* three slips */
	{ "a-word-that-is-as-long-as-no-name-of-anything", NULL },
};

START_TEST(the_nearest_word_is_found)
{
	struct text got = meant(cases[_i].word);

	ck_assert(text_eq(got, text_of(cases[_i].meant)));
	ck_assert_int_eq(got.p != NULL, cases[_i].meant != NULL);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("near");
	TCase *t = tcase_create("all");

	tcase_add_loop_test(t, the_nearest_word_is_found, 0, NELEMS(cases));
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
