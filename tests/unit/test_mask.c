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

int main(void)
{
	Suite *s = suite_create("mask");
	TCase *tc = tcase_create("mask");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, what_is_personal_is_masked, 0,
			    (int)NELEMS(cases));
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
