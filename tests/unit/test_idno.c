/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of identity documents. */
#include <check.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/idno.h"

static const struct {
	const char *cell;
	enum idno_kind kind;
	const char *birth;
	char gender;
} cases[] = {
	/* GB 11643-1999, the two examples of its annex */
	{ "11010519491231002X", IDNO_PERSON, "1949-12-31", 'F' },
	{ "440524188001010014", IDNO_PERSON, "1880-01-01", 'M' },
	{ "11010519491231002x", IDNO_PERSON, "1949-12-31", 'F' },
	{ "110105 19491231 002X", IDNO_PERSON, "1949-12-31", 'F' },
	{ "１１０１０５１９４９１２３１００２Ｘ", IDNO_PERSON, "1949-12-31",
	  'F' },
	{ "'11010519491231002X", IDNO_PERSON, "1949-12-31", 'F' },
	{ "110105194912310021", IDNO_CHECK, NULL, 0 },
	{ "11010519490231002X", IDNO_DATE, NULL, 0 },
	{ "110105491231002", IDNO_OLD, "1949-12-31", 'F' },
	/* GB 32100-2015: the Ministry of Finance's code, published */
	{ "91350100M000100Y43", IDNO_FIRM, NULL, 0 },
	{ "91350100M000100Y44", IDNO_CHECK, NULL, 0 },
	{ "9135O100M000100Y43", IDNO_OTHER, NULL, 0 },
	/* GS 15-2006: a check digit over 14 */
	{ "110108000000016", IDNO_OTHER, NULL, 0 },
	{ "110108000000017", IDNO_DATE, NULL, 0 },
	{ "11010519491231002", IDNO_LENGTH, NULL, 0 },
	{ "1101051949123100299", IDNO_LENGTH, NULL, 0 },
	{ "1101**********002X", IDNO_MASKED, NULL, 0 },
	{ "1.10105E+17", IDNO_DESTROYED, NULL, 0 },
	{ "E12345678", IDNO_OTHER, NULL, 0 },
	{ "", IDNO_NONE, NULL, 0 },
};

START_TEST(a_cell_is_read_so)
{
	char room[64], day[DAY_BYTES + 1] = "";
	struct idno id = idno_read(clean_key(text_of(cases[_i].cell), room));

	ck_assert_msg(id.kind == cases[_i].kind, "%s is of kind %d",
		      cases[_i].cell, id.kind);
	ck_assert_int_eq(id.gender, cases[_i].gender);
	if (!cases[_i].birth) {
		ck_assert_int_eq(id.birth, DAY_NONE);
		return;
	}
	day_format(id.birth, day);
	ck_assert_str_eq(day, cases[_i].birth);
}
END_TEST

START_TEST(every_single_wrong_digit_is_found)
{
	/* MOD 11-2 finds every single substitution */
	char no[] = "440524188001010014";

	for (size_t i = 0; i < 18; i++)
		for (char c = '0'; c <= '9'; c++) {
			char was = no[i];

			no[i] = c;
			ck_assert_int_eq(idno_read(text_of(no)).kind ==
						 IDNO_PERSON,
					 c == was);
			no[i] = was;
		}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("idno");
	TCase *tc = tcase_create("idno");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_cell_is_read_so, 0, NELEMS(cases));
	tcase_add_test(tc, every_single_wrong_digit_is_found);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
