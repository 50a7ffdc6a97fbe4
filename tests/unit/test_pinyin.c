/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of names: customary ones, those of surnames, and none. */
#include <check.h>

#include "base/mem.h"
#include "canon/pinyin.h"

static struct pinyin *pinyin;

static void open_table(void)
{
	pinyin = pinyin_new();
}

static void close_table(void)
{
	pinyin_free(pinyin);
}

static const struct {
	const char *name, *reading;	/* NULL: none */
} names[] = {
	{ "张伟", "zhang wei" },     { "章伟", "zhang wei" },
	{ "張偉", "zhang wei" },     { "吕布", "lv bu" },
	{ "曾国", "zeng guo" },	     { "国曾", "guo ceng" },
	{ "单田芳", "shan tian fang" }, { "尉迟恭", "yu chi gong" },
	{ "长孙无忌", "zhang sun wu ji" }, { "长青", "chang qing" },
	{ "欧阳娜娜", "ou yang na na" }, { "尉", "yu" },
	{ "买买提·艾力", "mai mai ti ai li" }, { "王 喆", "wang zhe" },
	{ "Zhang Wei", NULL },	     { "王A", NULL },
	{ "", NULL },		     { " ", NULL },
	{ "王\xff", NULL },
};

START_TEST(names_are_read_with_the_surname_first)
{
	struct buf b = { 0 };
	bool good;

	buf_adds(&b, "=");
	good = pinyin_name(pinyin, text_of(names[_i].name), &b);
	ck_assert_int_eq(good, names[_i].reading != NULL);
	ck_assert_str_eq(b.p + 1, good ? names[_i].reading : "");
	buf_release(&b);
}
END_TEST

/* One reading for all but a few of the 20,992 code points; syllables of one
 * to six small letters. */
START_TEST(nearly_every_ideograph_has_a_syllable)
{
	size_t known = 0;

	for (uint32_t c = 0x4DFF; c <= 0xA000; c++) {
		const char *s = pinyin_sign(pinyin, c);
		size_t n = 0;

		while (s[n] >= 'a' && s[n] <= 'z')
			n++;
		ck_assert_uint_le(n, 6);
		ck_assert_int_eq(s[n], '\0');
		known += n > 0;
	}
	ck_assert_uint_eq(known, 20901);
	ck_assert_str_eq(pinyin_sign(pinyin, 'a'), "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("pinyin");
	TCase *c = tcase_create("pinyin");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(c, open_table, close_table);
	tcase_add_loop_test(c, names_are_read_with_the_surname_first, 0,
			    NELEMS(names));
	tcase_add_test(c, nearly_every_ideograph_has_a_syllable);
	suite_add_tcase(s, c);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
