/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, titles, firms, and cells made plain. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/person.h"

static const struct {
	const char *cell, *name;
	char gender;
	bool firm, links;
} names[] = {
	{ "王伟", "王伟", 0, false, true },
	{ "王伟 ", "王伟", 0, false, true },
	{ "\u3000王伟\u3000", "王伟", 0, false, true },
	{ "王\u200b伟", "王伟", 0, false, true },
	{ "王伟先生", "王伟", 'M', false, true },
	{ "欧阳娜娜女士", "欧阳娜娜", 'F', false, true },
	{ "王先生", "王先生", 'M', false, false },
	{ "张女士", "张女士", 'F', false, false },
	{ "欧阳先生", "欧阳先生", 'M', false, false },
	{ "欧阳修先生", "欧阳修", 'M', false, true },
	{ "王总", "王总", 0, false, false },
	{ "司徒姐", "司徒姐", 'F', false, false },
	{ "李经理", "李经理", 0, false, false },
	{ "李娜经理", "李娜", 0, false, true },
	{ "李娜小姐老师", "李娜", 'F', false, true },
	{ "王文哥", "王文哥", 0, false, true },
	{ "张师傅", "张师傅", 0, false, false },
	{ "先生", "先生", 0, false, false },
	{ "测试", "测试", 0, false, false },
	{ "王*", "王*", 0, false, false },
	{ "王", "王", 0, false, false },
	{ "(公司)深圳市某某有限公司", "深圳市某某有限公司", 0, true, true },
	{ "（公司）深圳市某某有限公司", "深圳市某某有限公司", 0, true, true },
	{ "深圳市某某（集团）有限公司", "深圳市某某（集团）有限公司", 0, true,
	  true },
	{ "Ｊｏｈｎ  Smith", "John Smith", 0, false, true },
};

START_TEST(a_name_is_read_so)
{
	char room[128];
	struct person p =
		person_read(clean_words(text_of(names[_i].cell), room));

	ck_assert_msg(text_is(p.name, names[_i].name), "%s gives %.*s",
		      names[_i].cell, (int)p.name.n, p.name.p);
	ck_assert_int_eq(p.gender, names[_i].gender);
	ck_assert_int_eq(p.firm, names[_i].firm);
	ck_assert_int_eq(person_links(&p), names[_i].links);
	ck_assert(text_eq(person_read(p.name).name, p.name));
}
END_TEST

START_TEST(words_of_forms_have_one_meaning)
{
	ck_assert_int_eq(person_gender(TEXT("男")), 'M');
	ck_assert_int_eq(person_gender(TEXT("女士")), 'F');
	ck_assert_int_eq(person_gender(TEXT("Male")), 'M');
	ck_assert_int_eq(person_gender(TEXT("f")), 'F');
	ck_assert_int_eq(person_gender(TEXT("保密")), 0);
	ck_assert_int_eq(person_gender(TEXT("x")), -1);
	ck_assert_str_eq(person_party(TEXT("个人")), "person");
	ck_assert_str_eq(person_party(TEXT("公司")), "organisation");
	ck_assert_str_eq(person_party(TEXT("供应商")), "supplier");
	ck_assert_str_eq(person_party(TEXT("社会中介")), "agency");
	ck_assert_str_eq(person_party(TEXT("最终消费者")), "end-user");
	ck_assert_str_eq(person_party(TEXT("竞争者")), "competitor");
	ck_assert_str_eq(person_party(TEXT("内部员工")), "employee");
	ck_assert_ptr_null(person_party(TEXT("外星人")));
	ck_assert_str_eq(person_yes_no(TEXT("是")), "yes");
	ck_assert_str_eq(person_yes_no(TEXT("N")), "no");
	ck_assert_ptr_null(person_yes_no(TEXT("也许")));
}
END_TEST

START_TEST(an_address_has_one_at_and_a_domain)
{
	ck_assert(person_is_email(TEXT("a@b.cn")));
	ck_assert(!person_is_email(TEXT("a@b")));
	ck_assert(!person_is_email(TEXT("a b@c.cn")));
	ck_assert(!person_is_email(TEXT("a@b@c.cn")));
	ck_assert(!person_is_email(TEXT("@c.cn")));
	ck_assert(!person_is_email(TEXT("a@.cn")));
	ck_assert(!person_is_email(TEXT("")));
}
END_TEST

static const struct {
	const char *cell;
	const char *text, *words, *code, *key;
} cells[] = {
	{ "abc", "abc", "abc", "abc", "ABC" },
	{ " a b ", "a b", "a b", "a b", "AB" },
	{ "'0012", "0012", "0012", "0012", "0012" },
	{ "=\"0012\"", "0012", "0012", "0012", "0012" },
	{ "Ａ（１）", "Ａ（１）", "A（1）", "A(1)", "A(1)" },
	{ "a\u3000\u3000b", "a\u3000\u3000b", "a b", "a b", "AB" },
	{ "\u00a0x\u00a0", "x", "x", "x", "X" },
	{ "￥5", "￥5", "￥5", "¥5", "¥5" },
	{ "＇5", "＇5", "＇5", "5", "5" },
	{ "a\tb\n", "a\tb", "a b", "a b", "AB" },
	{ "", "", "", "", "" },
	{ "\u3000", "", "", "", "" },
	{ "'", "", "", "", "" },
};

START_TEST(a_cell_is_made_plain_so)
{
	const char *cell = cells[_i].cell;
	char to[64], again[64];
	struct text t;

	ck_assert(text_is(clean_text(text_of(cell)), cells[_i].text));
	ck_assert(text_is(clean_words(text_of(cell), to), cells[_i].words));
	t = clean_code(text_of(cell), to);
	ck_assert(text_is(t, cells[_i].code));
	ck_assert(text_eq(clean_code(t, again), t));
	t = clean_key(text_of(cell), to);
	ck_assert(text_is(t, cells[_i].key));
	ck_assert(text_eq(clean_key(t, again), t));
}
END_TEST

START_TEST(words_for_nothing_are_known)
{
	static const char *const nulls[] = { "",     "无",   "暂无", "-",
					     "--",   "/",    "空",   "NULL",
					     "null", "None", "N/A",  "未知",
					     "待定", "不详" };
	static const char *const things[] = { "0", "王", "99999999", "无锡",
					      "NA", "a" };

	for (size_t i = 0; i < NELEMS(nulls); i++)
		ck_assert_msg(clean_is_null(text_of(nulls[i])), "%s", nulls[i]);
	for (size_t i = 0; i < NELEMS(things); i++)
		ck_assert_msg(!clean_is_null(text_of(things[i])), "%s",
			      things[i]);
	ck_assert(clean_is_null_code(TEXT("0")));
	ck_assert(clean_is_null_code(TEXT("000000")));
	ck_assert(clean_is_null_code(TEXT("99999999")));
	ck_assert(!clean_is_null_code(TEXT("9")));
	ck_assert(!clean_is_null_code(TEXT("0755")));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("person");
	TCase *tc = tcase_create("person");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_name_is_read_so, 0, NELEMS(names));
	tcase_add_test(tc, words_of_forms_have_one_meaning);
	tcase_add_test(tc, an_address_has_one_at_and_a_domain);
	tcase_add_loop_test(tc, a_cell_is_made_plain_so, 0, NELEMS(cells));
	tcase_add_test(tc, words_for_nothing_are_known);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
