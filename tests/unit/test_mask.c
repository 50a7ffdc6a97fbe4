/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Personal data as reports show it. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/mask.h"

static const struct {
	void (*mask)(struct buf *, struct text);
	const char *whole, *masked;
} cases[] = {
	{ mask_name, "王小明", "王*" },
	{ mask_name, "欧阳修", "欧*" },
	{ mask_name, "Geraldine", "G*" },
	/* one letter is the whole name */
	{ mask_name, "王", "*" },
	{ mask_name, "", "" },
	{ mask_phone, "13800138000", "138****8000" },
	{ mask_phone, "8264678", "****" },
	{ mask_phone, "82646781", "826****6781" },
	{ mask_vin, "LSVAU2180N2183294", "LSV**********3294" },
	{ mask_plate, "粤B12345", "粤B***45" },
	{ mask_plate, "粤BD12345", "粤B***45" },
	{ mask_idno, "440524188001010014", "440524********0014" },
};

START_TEST(what_is_personal_is_masked)
{
	struct buf b = { 0 };

	cases[_i].mask(&b, text_of(cases[_i].whole));
	buf_addc(&b, '\0');
	ck_assert_str_eq(b.p, cases[_i].masked);
	buf_release(&b);
}
END_TEST

/* As samples of a field's column show it; no field: of an unknown one. */
static const struct {
	const char *field, *whole, *shown;
} samples[] = {
	{ "name", "王小明", "王*" },
	{ "phone", "13800138000", "138****8000" },
	{ "vin", "LSVAU2180N2183294", "LSV**********3294" },
	{ "plate_no", "粤BD12345", "粤B***45" },
	{ "id_no", "440524188001010014", "440524********0014" },
	{ "email", "wang@example.com", "w***@example.com" },
	{ "birth_date", "1988年1月2日", "1988*****" },
	{ "birth_date", "1988-01-02", "1988-**-**" },
	{ "service_advisor", "张三", "张*" },
	{ "address", "天河路1号", "天****" },
	{ "settlement_date", "2024年3月5日", "2024年3月5日" },
	{ "amount", "1,234.50元", "1,234.50元" },
	{ "settlement_no", "JS0001", "JS0001" },
	{ "brand", "大众", "大众" },
	{ "settlement_date", "2024-02-30", "2024-02-30" },
	{ "amount", "1.2.3", "1.2.3" },
	{ "amount", "138 0013 8000 1", "1** **** **** *" },
	/* a number or a name that a wrong map put there */
	{ "settlement_no", "13800138000", "1**********" },
	{ "brand", "LSVAU2180N2183294", "L****************" },
	{ "amount", "王小明", "王**" },
	{ "gender", "王小明", "王**" },
	{ NULL, "王小明 13800138000", "王** ***********" },
	{ NULL, "2024-03-05", "2***-**-**" },
	{ NULL, "a\x1b[1mb", "a\\x1b[***" },
	{ NULL, "", "" },
};

START_TEST(a_sample_shows_no_person)
{
	struct buf b = { 0 };
	size_t field = samples[_i].field ? field_of(samples[_i].field) :
					   FIELD_NONE;

	mask_field(&b, field, text_of(samples[_i].whole));
	buf_addc(&b, '\0');
	ck_assert_str_eq(b.p, samples[_i].shown);
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mask");
	TCase *tc = tcase_create("mask");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, what_is_personal_is_masked, 0,
			    (int)NELEMS(cases));
	tcase_add_loop_test(tc, a_sample_shows_no_person, 0,
			    (int)NELEMS(samples));
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
