/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of agreement, kind by kind, and what holds for all of them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/pinyin.h"
#include "model/linkage_compare.h"
#include "model/linkage_words.h"
#include "model/surname.h"
#include "num/rng.h"

static struct pinyin *pinyin;

static void open_table(void)
{
	pinyin = pinyin_new();
}

static void close_table(void)
{
	pinyin_free(pinyin);
}

static uint32_t add(struct linkage_values *v, const char *value)
{
	struct buf sound = { 0 };
	uint32_t number;

	pinyin_name(pinyin, text_of(value), &sound);
	number = linkage_values_add(v, text_of(value), buf_text(&sound));
	buf_release(&sound);
	return number;
}

static const char *level_name(enum linkage_kind kind, const char *a,
			      const char *b)
{
	struct linkage_values *v = linkage_values_new(kind, false);
	uint32_t x = add(v, a), y = add(v, b);
	const char *name;

	linkage_values_finish(v);
	name = linkage_level_name(kind, linkage_compare(v, x, y));
	ck_assert_str_eq(name,
			 linkage_level_name(kind, linkage_compare(v, y, x)));
	linkage_values_free(v);
	return name;
}

static const struct {
	enum linkage_kind kind;
	const char *a, *b, *level;
} levels[] = {
	/* Chinese names */
	{ LINKAGE_NAME, "张伟", "张伟", "exact" },
	{ LINKAGE_NAME, "张伟", "伟张", "other order" },
	{ LINKAGE_NAME, "张晓明", "张明晓", "other order" },
	{ LINKAGE_NAME, "张伟", "章伟", "same sound" },
	{ LINKAGE_NAME, "张伟", "张炜", "same sound" },
	{ LINKAGE_NAME, "張偉", "张伟", "same sound" },
	{ LINKAGE_NAME, "张伟", "zhang wei", "same sound" },
	{ LINKAGE_NAME, "张晓明", "xiaoming zhang", "same sound" },
	{ LINKAGE_NAME, "曾伟", "zeng wei", "same sound" },
	{ LINKAGE_NAME, "张晓明", "张晓朋", "close" },
	{ LINKAGE_NAME, "张晓明", "王晓明", "close" },
	{ LINKAGE_NAME, "欧阳娜娜", "欧阳娜那", "same sound" },
	{ LINKAGE_NAME, "欧阳娜娜", "欧阳娜", "similar" },
	{ LINKAGE_NAME, "欧阳娜娜", "欧娜娜", "similar" },
	{ LINKAGE_NAME, "张晓明", "张明", "similar" },
	{ LINKAGE_NAME, "李林", "李凌", "similar" },
	{ LINKAGE_NAME, "张伟", "张强", "weak" },
	{ LINKAGE_NAME, "欧阳娜", "欧阳锋", "weak" },
	{ LINKAGE_NAME, "王", "王伟", "part" },
	{ LINKAGE_NAME, "王", "李伟", "differ" },
	{ LINKAGE_NAME, "欧阳娜", "欧娟", "differ" },
	{ LINKAGE_NAME, "张伟", "李强", "differ" },
	{ LINKAGE_NAME, "张伟", "john smith", "differ" },
	/* names in letters */
	{ LINKAGE_NAME, "john smith", "smith john", "other order" },
	{ LINKAGE_NAME, "john smith", "jon smith", "close" },
	{ LINKAGE_NAME, "josé garcía", "jose garcía", "close" },
	{ LINKAGE_NAME, "mary ann jones", "maryann jones", "close" },
	{ LINKAGE_NAME, "j smith", "john smith", "similar" },
	{ LINKAGE_NAME, "john a smith", "john smith", "similar" },
	{ LINKAGE_NAME, "maria garcia", "garcia", "part" },
	{ LINKAGE_NAME, "john smith", "mary smith", "weak" },
	{ LINKAGE_NAME, "john smith", "mary jones", "differ" },
	{ LINKAGE_SURNAME, "martha", "marhta", "close" },
	{ LINKAGE_SURNAME, "dwayne", "duane", "similar" },
	{ LINKAGE_SURNAME, "dixon", "dicksonx", "weak" },
	{ LINKAGE_SURNAME, "schmidt", "schmitt", "close" },
	{ LINKAGE_SURNAME, "jones", "johnson", "weak" },
	{ LINKAGE_SURNAME, "massey", "massie", "similar" },
	{ LINKAGE_SURNAME, "garcia lopez", "garcia", "similar" },
	{ LINKAGE_SURNAME, "smith", "miller", "differ" },
	{ LINKAGE_GIVEN, "j", "john", "weak" },
	{ LINKAGE_GIVEN, "晓明", "明晓", "close" },
	{ LINKAGE_GIVEN, "伟", "炜", "close" },
	{ LINKAGE_GIVEN, "娜娜", "娜", "similar" },
	{ LINKAGE_GIVEN, "晓明", "晓红", "weak" },
	{ LINKAGE_PLACE, "深圳市", "深圳", "similar" },
	/* firms */
	{ LINKAGE_FIRM, "深圳华强有限公司", "深圳华强", "same words" },
	{ LINKAGE_FIRM, "acme tools ltd", "acme tools", "same words" },
	{ LINKAGE_FIRM, "acme tools inc", "acme tool", "close" },
	{ LINKAGE_FIRM, "acme tools", "zenith motors", "differ" },
	/* dates */
	{ LINKAGE_DATE, "1980-03-04", "1980-04-03", "one edit" },
	{ LINKAGE_DATE, "1980-03-04", "1980-03-14", "one edit" },
	{ LINKAGE_DATE, "1980-03-04", "1908-03-04", "one edit" },
	{ LINKAGE_DATE, "1980-03-04", "1991-03-04", "two parts" },
	{ LINKAGE_DATE, "1980-03-31", "1980-04-28", "two parts" },
	{ LINKAGE_DATE, "1979-12-20", "1980-01-11", "two parts" },
	{ LINKAGE_DATE, "1980-03-04", "1980-11-27", "same year" },
	{ LINKAGE_DATE, "1980-03-04", "1971-11-27", "differ" },
	{ LINKAGE_DATE, "1980-02-30", "1980-02-20", "one edit" },
	{ LINKAGE_DATE, "1980", "1980-02-20", "same year" },
	{ LINKAGE_DATE, "spring", "sprng", "one edit" },
	{ LINKAGE_DATE, "spring", "1980-02-20", "differ" },
	/* numbers of things */
	{ LINKAGE_PHONE, "13812345678", "13812345679", "one edit" },
	{ LINKAGE_PHONE, "13812345678", "13812345687", "one edit" },
	{ LINKAGE_PHONE, "075583212345", "83212345", "last digits" },
	{ LINKAGE_PHONE, "8613812345678", "13812345678", "last digits" },
	{ LINKAGE_PHONE, "13812345678", "13912345778", "two edits" },
	{ LINKAGE_PHONE, "13812345678", "15987654321", "differ" },
	{ LINKAGE_IDNUM, "110101198003074477", "110101800307447",
	  "one edit" },
	{ LINKAGE_IDNUM, "6988048", "6988049", "one edit" },
	{ LINKAGE_IDNUM, "6988048", "6898049", "two edits" },
	{ LINKAGE_IDNUM, "6988048", "1234567", "differ" },
	{ LINKAGE_VIN, "lsvaa4187e2184847", "xxxxx4187e2184847",
	  "last eight" },
	{ LINKAGE_VIN, "lsvaa4187e2184847", "lsvaa4187e2184947",
	  "one edit" },
	{ LINKAGE_VIN, "lsvaa4187e2184847", "lsvaa4187e2994847", "differ" },
	{ LINKAGE_PLATE, "粤b12345", "粤b12346", "one edit" },
	{ LINKAGE_PLATE, "粤b12345", "粤a98765", "differ" },
	{ LINKAGE_POSTCODE, "4011", "4012", "one edit" },
	{ LINKAGE_POSTCODE, "4011", "4099", "same region" },
	{ LINKAGE_POSTCODE, "4011", "2750", "differ" },
	{ LINKAGE_NUMBER, "12", "13", "one edit" },
	{ LINKAGE_NUMBER, "12", "345", "differ" },
	{ LINKAGE_GENDER, "f", "m", "differ" },
	{ LINKAGE_CATEGORY, "red", "blue", "differ" },
	/* e-mail */
	{ LINKAGE_EMAIL, "hannah88@powers.com", "hanah88@powers.com",
	  "two edits" },
	{ LINKAGE_EMAIL, "hannah88@powers.com", "hannah91@powers.com",
	  "similar" },
	{ LINKAGE_EMAIL, "hannah12@powers.com", "hannah21@powers.com",
	  "two edits" },
	{ LINKAGE_EMAIL, "hannah88@powers.com", "hannah8@powers.com",
	  "two edits" },
	{ LINKAGE_EMAIL, "408812345@qq.com", "408812845@qq.com", "two edits" },
	{ LINKAGE_EMAIL, "hannah88@powers.com", "hannah88@gmail.com",
	  "same local part" },
	{ LINKAGE_EMAIL, "hannah88@powers.com", "peter@xyz.org", "differ" },
	{ LINKAGE_EMAIL, "ab@qq.com", "cd@qq.com", "similar" },
	/* addresses and texts */
	{ LINKAGE_ADDRESS, "12 main street", "12 main st", "nearly equal" },
	{ LINKAGE_ADDRESS, "pridham street", "pridhamstreet",
	  "nearly equal" },
	{ LINKAGE_ADDRESS, "12 main street", "14 main street",
	  "some words" },
	{ LINKAGE_ADDRESS, "5th avenue", "6th avenue", "some words" },
	{ LINKAGE_ADDRESS, "main street", "elm road", "differ" },
	{ LINKAGE_ADDRESS, "南山区科技园路12号3栋501",
	  "南山区科技园路12号3栋501室", "nearly equal" },
	{ LINKAGE_ADDRESS, "南山区科技园路12号", "南山区科技园路13号",
	  "half the words" },
	{ LINKAGE_ADDRESS, "南山区科技园路", "福田区华强北路", "differ" },
	{ LINKAGE_TEXT, "rocky ii the return", "rocky iii the return",
	  "half the words" },
	{ LINKAGE_TEXT, "red leather sofa", "red lether sofa",
	  "nearly equal" },
};

START_TEST(levels_are_as_the_tables_say)
{
	ck_assert_str_eq(level_name(levels[_i].kind, levels[_i].a,
				    levels[_i].b), levels[_i].level);
}
END_TEST

START_TEST(every_kind_has_levels_that_add_up)
{
	enum linkage_kind kind = (enum linkage_kind)_i;
	unsigned n = linkage_level_count(kind);
	double sum = 0;

	if (kind == LINKAGE_SOUND) {
		ck_assert_uint_eq(n, 0);
		return;
	}
	ck_assert_uint_ge(n, 2);
	ck_assert_uint_le(n, LINKAGE_LEVELS_MAX);
	ck_assert_str_eq(linkage_level_name(kind, 0), "exact");
	ck_assert_str_eq(linkage_level_name(kind, n - 1), "differ");
	for (unsigned i = 0; i < n; i++) {
		ck_assert(linkage_level_prior(kind)[i] > 0);
		sum += linkage_level_prior(kind)[i];
	}
	ck_assert(sum > 1 - 1e-9 && sum < 1 + 1e-9);
}
END_TEST

/* ---- sets ---- */

START_TEST(the_best_pair_of_two_sets_counts)
{
	struct linkage_values *v = linkage_values_new(LINKAGE_PHONE, true);
	uint32_t a = add(v, "13812345678\n13900000001");
	uint32_t b = add(v, "15987654321\n13900000001");
	uint32_t c = add(v, "13900000002");
	uint32_t d = add(v, "15611112222\n15633334444");

	linkage_values_finish(v);
	ck_assert_uint_eq(linkage_compare(v, a, b), 0);
	ck_assert_str_eq(linkage_level_name(LINKAGE_PHONE,
					    linkage_compare(v, c, a)),
			 "one edit");
	ck_assert_uint_eq(linkage_compare(v, a, d), 4);
	ck_assert_uint_eq(linkage_values_part(v, d, 2), LINKAGE_EMPTY);
	ck_assert(text_is(linkage_values_text(linkage_values_parts(v),
					      linkage_values_part(v, d, 1)),
			  "15633334444"));
	linkage_values_free(v);
}
END_TEST

START_TEST(an_empty_cell_has_no_value)
{
	struct linkage_values *v = linkage_values_new(LINKAGE_GIVEN, false);

	ck_assert_uint_eq(add(v, ""), LINKAGE_EMPTY);
	ck_assert_uint_eq(add(v, "a"), 0);
	ck_assert_uint_eq(add(v, "a"), 0);
	ck_assert_uint_eq(add(v, "b"), 1);
	ck_assert_uint_eq(linkage_values_count(v), 2);
	linkage_values_finish(v);
	linkage_values_free(v);
}
END_TEST

START_TEST(the_rarest_shared_word_is_told)
{
	struct linkage_values *v = linkage_values_new(LINKAGE_ADDRESS, false);
	uint32_t a = add(v, "1 elm st"), b = add(v, "2 elm street");
	uint32_t c = add(v, "3 main st"), d = add(v, "nowhere");

	linkage_values_finish(v);
	ck_assert_uint_eq(linkage_shared_frequency(v, a, b), 2);
	ck_assert_uint_eq(linkage_shared_frequency(v, a, c), 3);
	ck_assert_uint_eq(linkage_shared_frequency(v, a, d), 0);
	linkage_values_free(v);
}
END_TEST

/* Every pair of the tables that fold words: found, so the table is sorted. */
START_TEST(words_of_streets_are_folded)
{
	static const char *const same[][2] = {
		{ "apartment", "apt" }, { "av", "avenue" },
		{ "boulevard", "blvd" }, { "building", "bldg" },
		{ "circle", "cir" }, { "circuit", "cct" }, { "close", "cl" },
		{ "court", "ct" }, { "crescent", "cresent" },
		{ "drive", "dr" }, { "east", "e" }, { "esplanade", "esp" },
		{ "floor", "fl" }, { "gardens", "gdns" }, { "grove", "gr" },
		{ "heights", "hts" }, { "highway", "hwy" }, { "lane", "ln" },
		{ "mount", "mt" }, { "north", "n" }, { "northeast", "ne" },
		{ "northwest", "nw" }, { "parade", "pde" },
		{ "parkway", "pkwy" }, { "place", "pl" }, { "plaza", "plz" },
		{ "road", "rd" }, { "room", "rm" }, { "saint", "st" },
		{ "south", "s" }, { "southeast", "se" },
		{ "southwest", "sw" }, { "square", "sq" }, { "str", "st" },
		{ "street", "st" }, { "suite", "ste" }, { "terr", "tce" },
		{ "terrace", "tce" }, { "village", "vlg" }, { "west", "w" },
	};
	struct linkage_words *w = linkage_words_new(LINKAGE_ADDRESS);

	linkage_words_add(w, text_of(same[_i][0]));
	linkage_words_add(w, text_of(same[_i][1]));
	linkage_words_finish(w);
	ck_assert(linkage_words_alike(w, 0, 1).cosine > .999);
	linkage_words_free(w);
}
END_TEST

START_TEST(forms_of_firms_are_left_out)
{
	static const char *const forms[] = {
		"ag", "and", "bv", "co", "company", "corp", "corporation",
		"gmbh", "inc", "incorporated", "kg", "limited", "llc", "llp",
		"ltd", "nv", "plc", "pte", "pty", "sa", "srl", "the",
	};
	struct linkage_words *w = linkage_words_new(LINKAGE_FIRM);
	const uint32_t *word;

	linkage_words_add(w, text_of(forms[_i]));
	linkage_words_finish(w);
	ck_assert_uint_eq(linkage_words_of(w, 0, &word), 0);
	linkage_words_free(w);
}
END_TEST

/* ---- surnames ---- */

static unsigned surname_of(const char *name)
{
	struct text t = text_of(name);
	uint32_t code[8];
	size_t n = 0, used;

	for (size_t i = 0; i < t.n; i += used)
		code[n++] = utf8_decode(t.p + i, t.n - i, &used);
	return surname_signs(code, n);
}

START_TEST(compound_surnames_are_known)
{
	static const char *const two[] = { "欧阳娜", "歐陽娜娜", "诸葛亮",
					   "司马光", "尉迟恭", "令狐冲",
					   "万俟卨", "上官婉儿", "长孙无忌" };

	for (size_t i = 0; i < NELEMS(two); i++)
		ck_assert_uint_eq(surname_of(two[i]), 2);
	ck_assert_uint_eq(surname_of("欧阳"), 1);
	ck_assert_uint_eq(surname_of("张晓明"), 1);
	ck_assert_uint_eq(surname_of("张"), 1);
	ck_assert_uint_eq(surname_of(""), 0);
}
END_TEST

/* ---- what holds for all ---- */

/* A few words of letters, digits and ideographs; short alphabets, so that
 * values are near each other. */
static void draw(struct rng *rng, char to[80])
{
	static const char *const sign[] = { "a", "b", "c", "ab", "1", "2",
					    "12", " ", " ", "张", "伟", "章",
					    "欧", "阳", "@", "-", "é", "19" };
	size_t n = 1 + rng_below(rng, 12), at = 0;

	for (size_t i = 0; i < n; i++) {
		const char *s = sign[rng_below(rng, NELEMS(sign))];

		memcpy(to + at, s, strlen(s));
		at += strlen(s);
	}
	to[at] = '\0';
}

#define DRAWN 120

START_TEST(comparing_is_symmetric_and_does_not_depend_on_order)
{
	enum linkage_kind kind = (enum linkage_kind)_i;
	struct linkage_values *v = linkage_values_new(kind, false);
	struct linkage_values *w = linkage_values_new(kind, false);
	static char text[DRAWN][80];
	uint32_t x[DRAWN], y[DRAWN];
	unsigned last = linkage_level_count(kind) - 1;
	struct rng rng;

	if (kind == LINKAGE_SOUND)
		goto done;
	rng_init(&rng, 7, (uint64_t)kind);
	for (size_t i = 0; i < DRAWN; i++) {
		draw(&rng, text[i]);
		x[i] = add(v, text[i]);
	}
	for (size_t i = DRAWN; i-- > 0;)
		y[i] = add(w, text[i]);
	linkage_values_finish(v);
	linkage_values_finish(w);
	for (size_t i = 0; i < DRAWN; i++)
		for (size_t j = 0; j < DRAWN; j++) {
			unsigned level = linkage_compare(v, x[i], x[j]);

			ck_assert_uint_le(level, last);
			ck_assert_int_eq(level == 0, x[i] == x[j]);
			ck_assert_uint_eq(level,
					  linkage_compare(v, x[j], x[i]));
			ck_assert_uint_eq(level,
					  linkage_compare(w, y[i], y[j]));
		}
done:
	linkage_values_free(v);
	linkage_values_free(w);
}
END_TEST

static void measure_tests(TCase *c)
{
	tcase_add_loop_test(c, levels_are_as_the_tables_say, 0,
			    NELEMS(levels));
	tcase_add_loop_test(c, every_kind_has_levels_that_add_up, 0,
			    LINKAGE_KINDS);
	tcase_add_loop_test(
		c, comparing_is_symmetric_and_does_not_depend_on_order, 0,
		LINKAGE_KINDS);
}

int main(void)
{
	Suite *s = suite_create("linkage_compare");
	TCase *c = tcase_create("linkage_compare");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(c, open_table, close_table);
	measure_tests(c);
	tcase_add_test(c, the_best_pair_of_two_sets_counts);
	tcase_add_test(c, an_empty_cell_has_no_value);
	tcase_add_test(c, the_rarest_shared_word_is_told);
	tcase_add_loop_test(c, words_of_streets_are_folded, 0, 40);
	tcase_add_loop_test(c, forms_of_firms_are_left_out, 0, 22);
	tcase_add_test(c, compound_surnames_are_known);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
