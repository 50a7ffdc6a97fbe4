/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number plates. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/plate.h"

static const struct {
	const char *cell;
	enum plate_kind kind;
	const char *plate;
} cases[] = {
	{ "粤B12345", PLATE_FUEL, "粤B12345" },
	{ "粤B·12345", PLATE_FUEL, "粤B12345" },
	{ "粤B-12345", PLATE_FUEL, "粤B12345" },
	{ "粤 B 12345", PLATE_FUEL, "粤B12345" },
	{ "粤b1a3z5", PLATE_FUEL, "粤B1A3Z5" },
	{ "粤Ｂ１２３４５", PLATE_FUEL, "粤B12345" },
	{ "粤BD12345", PLATE_ENERGY, "粤BD12345" },
	{ "粤BDF1234", PLATE_ENERGY, "粤BDF1234" },
	{ "粤B12345D", PLATE_ENERGY, "粤B12345D" },
	{ "粤BZ12345", PLATE_ODD, "粤BZ12345" },
	{ "粤BO2345", PLATE_ODD, "粤BO2345" },
	{ "粤B1234学", PLATE_SPECIAL, "粤B1234学" },
	{ "粤Z1234港", PLATE_SPECIAL, "粤Z1234港" },
	{ "使014578", PLATE_SPECIAL, "使014578" },
	{ "224578使", PLATE_SPECIAL, "224578使" },
	{ "沪A0023领", PLATE_SPECIAL, "沪A0023领" },
	{ "粤B1234使", PLATE_ODD, "粤B1234使" },
	{ "临123456", PLATE_TEMPORARY, "临123456" },
	{ "粤B-临1234", PLATE_TEMPORARY, "粤B临1234" },
	{ "粤B***45", PLATE_ODD, "粤B***45" },
	{ "B12345", PLATE_ODD, "B12345" },
	{ "粤", PLATE_ODD, "粤" },
	{ "无牌", PLATE_NONE, "" },
	{ "未上牌", PLATE_NONE, "" },
	{ "新车", PLATE_NONE, "" },
	{ "", PLATE_NONE, "" },
};

START_TEST(a_cell_is_read_so)
{
	char room[64], to[64], again[64];
	struct text plate, second;
	struct text key = clean_key(text_of(cases[_i].cell), room);
	enum plate_kind kind = plate_read(key, to, &plate);

	ck_assert_msg(kind == cases[_i].kind, "%s is of kind %d",
		      cases[_i].cell, kind);
	ck_assert_msg(text_is(plate, cases[_i].plate), "%s gives %.*s",
		      cases[_i].cell, (int)plate.n, plate.p);
	ck_assert_int_eq(plate_read(plate, again, &second), kind);
	ck_assert(text_eq(second, plate));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("plate");
	TCase *tc = tcase_create("plate");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_cell_is_read_so, 0, NELEMS(cases));
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
