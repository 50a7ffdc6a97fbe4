/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telephone numbers: one form for each, nothing repaired. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/phone.h"

static const struct {
	const char *cell;
	enum phone_kind kind;
	const char *first;
	const char *others;	/* joined by / */
} cases[] = {
	{ "13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "138-0013-8000", PHONE_MOBILE, "13800138000", "" },
	{ "138 0013 8000", PHONE_MOBILE, "13800138000", "" },
	{ "+86 13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "+86-138-0013-8000", PHONE_MOBILE, "13800138000", "" },
	{ "(+86)13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "0086 13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "8613800138000", PHONE_MOBILE, "13800138000", "" },
	{ "１３８００１３８０００", PHONE_MOBILE, "13800138000", "" },
	{ "'13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "=\"13800138000\"", PHONE_MOBILE, "13800138000", "" },
	{ "13800138000\t", PHONE_MOBILE, "13800138000", "" },
	{ "13800138000.0", PHONE_MOBILE, "13800138000", "" },
	{ "0755-12345678", PHONE_LANDLINE, "0755-12345678", "" },
	{ "075512345678", PHONE_BAD, "075512345678", "" },
	{ "0755—82345678", PHONE_LANDLINE, "0755-82345678", "" },
	{ "138·0013·8000", PHONE_MOBILE, "13800138000", "" },
	{ "13800138000或13900139000", PHONE_MOBILE, "13800138000",
	  "13900139000" },
	{ "13800138000/138001390", PHONE_MOBILE, "13800138000", "138001390" },
	{ "138001380/13800138000/x", PHONE_MOBILE, "13800138000",
	  "138001380/x" },
	{ "a/b", PHONE_BAD, "a/b", "" },
	{ "13800138000 13900139000/0755-82345678", PHONE_MOBILE, "13800138000",
	  "13900139000/0755-82345678" },
	{ "+80", PHONE_BAD, "+80", "" },
	{ "无/13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "0/0755-82345678", PHONE_LANDLINE, "0755-82345678", "" },
	{ "13800138000 138001390", PHONE_BAD, "13800138000 138001390", "" },
	{ "0755-82345678", PHONE_LANDLINE, "0755-82345678", "" },
	{ "075582345678", PHONE_LANDLINE, "0755-82345678", "" },
	{ "（0755）8234 5678", PHONE_LANDLINE, "0755-82345678", "" },
	{ "010-82345678", PHONE_LANDLINE, "010-82345678", "" },
	{ "02182345678", PHONE_LANDLINE, "021-82345678", "" },
	{ "0451-8234567", PHONE_LANDLINE, "0451-8234567", "" },
	{ "0755-82345678-801", PHONE_LANDLINE, "0755-82345678-801", "" },
	{ "0755-82345678转801", PHONE_LANDLINE, "0755-82345678-801", "" },
	{ "+86 755 82345678", PHONE_LANDLINE, "0755-82345678", "" },
	{ "13800138000/13900139000", PHONE_MOBILE, "13800138000",
	  "13900139000" },
	{ "13800138000；0755-82345678", PHONE_MOBILE, "13800138000",
	  "0755-82345678" },
	{ "0755-82345678、13800138000", PHONE_MOBILE, "13800138000",
	  "0755-82345678" },
	{ "13800138000 13900139000", PHONE_MOBILE, "13800138000",
	  "13900139000" },
	{ "13800138000/13800138000", PHONE_MOBILE, "13800138000", "" },
	{ "138****8000", PHONE_MASKED, "138****8000", "" },
	{ "138xxxx8000", PHONE_MASKED, "138xxxx8000", "" },
	{ "1.38001E+10", PHONE_DESTROYED, "1.38001E+10", "" },
	{ "1.38E+10", PHONE_DESTROYED, "1.38E+10", "" },
	{ "82345678", PHONE_LOCAL, "82345678", "" },
	{ "400-123-4567", PHONE_SERVICE, "400-123-4567", "" },
	{ "+852 91234567", PHONE_FOREIGN, "+852 91234567", "" },
	{ "1380013800", PHONE_BAD, "1380013800", "" },
	{ "138001380001", PHONE_BAD, "138001380001", "" },
	{ "013800138000", PHONE_BAD, "013800138000", "" },
	{ "12800138000", PHONE_BAD, "12800138000", "" },
	{ "abc", PHONE_BAD, "abc", "" },
	{ "13800138000a", PHONE_BAD, "13800138000a", "" },
};

static size_t read_cell(const char *cell, char *room, char *to,
			struct phone phones[PHONE_MAX])
{
	return phone_read_all(clean_code(text_of(cell), room), to, phones);
}

START_TEST(a_cell_is_read_so)
{
	char room[64], to[PHONE_MAX * PHONE_BYTES], others[80] = "";
	struct phone phones[PHONE_MAX];
	size_t n = read_cell(cases[_i].cell, room, to, phones), at = 0;

	ck_assert_uint_ge(n, 1);
	ck_assert_msg(phones[0].kind == cases[_i].kind, "%s is of kind %d",
		      cases[_i].cell, phones[0].kind);
	ck_assert(text_is(phones[0].text, cases[_i].first));
	for (size_t i = 1; i < n; i++) {
		if (at)
			others[at++] = '/';
		memcpy(others + at, phones[i].text.p, phones[i].text.n);
		at += phones[i].text.n;
	}
	ck_assert_str_eq(others, cases[_i].others);
}
END_TEST

START_TEST(what_was_read_is_read_again_the_same)
{
	char room[64], to[PHONE_MAX * PHONE_BYTES], again[64];
	struct phone phones[PHONE_MAX], second;

	read_cell(cases[_i].cell, room, to, phones);
	second = phone_read(phones[0].text, again);
	ck_assert_int_eq(second.kind, phones[0].kind);
	ck_assert(text_eq(second.text, phones[0].text));
}
END_TEST

START_TEST(an_empty_cell_has_no_number)
{
	struct phone phones[PHONE_MAX];
	char to[PHONE_MAX * PHONE_BYTES];

	ck_assert_uint_eq(phone_read_all(TEXT(""), to, phones), 0);
	ck_assert_uint_eq(phone_read_all(TEXT("  "), to, phones), 0);
}
END_TEST

START_TEST(too_many_numbers_are_none)
{
	struct phone phones[PHONE_MAX];
	char to[PHONE_MAX * PHONE_BYTES];
	struct text t = TEXT("13800138000/13800138001/13800138002/"
			     "13800138003/13800138004");

	ck_assert_uint_eq(phone_read_all(t, to, phones), 1);
	ck_assert_int_eq(phones[0].kind, PHONE_BAD);
	ck_assert(text_eq(phones[0].text, t));
}
END_TEST

START_TEST(only_mobiles_link_and_no_filler)
{
	char to[PHONE_BYTES];

	ck_assert(phone_links(phone_read(TEXT("13800138000"), to)));
	ck_assert(!phone_links(phone_read(TEXT("13800000000"), to)));
	ck_assert(!phone_links(phone_read(TEXT("13888888888"), to)));
	ck_assert(!phone_links(phone_read(TEXT("0755-82345678"), to)));
	ck_assert(!phone_links(phone_read(TEXT("138****8000"), to)));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("phone");
	TCase *tc = tcase_create("phone");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_cell_is_read_so, 0, NELEMS(cases));
	tcase_add_loop_test(tc, what_was_read_is_read_again_the_same, 0,
			    NELEMS(cases));
	tcase_add_test(tc, an_empty_cell_has_no_number);
	tcase_add_test(tc, too_many_numbers_are_none);
	tcase_add_test(tc, only_mobiles_link_and_no_filler);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
