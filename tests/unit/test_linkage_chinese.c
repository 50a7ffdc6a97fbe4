/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What knowing Chinese names is worth: the same records are linked with the
 * readings of names and without, and with names taken for mere text. Names are
 * misspelled as clerks do it: another character of the same sound, characters
 * in another order, one left out, one mistaken.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/pinyin.h"
#include "model/linkage.h"
#include "num/rng.h"

#define PEOPLE 700

struct record {
	char name[32], born[12];
	uint32_t person;
};

static struct record record[3 * PEOPLE];
static uint32_t records;
static struct pinyin *pinyin;

static const char *const surnames[] = {
	"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周",
	"徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗",
	"欧阳", "章", "吕", "单", "曾", "上官",
};

static const char *const signs[] = {
	"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋",
	"勇", "艳", "杰", "娟", "涛", "明", "超", "秀", "霞", "平",
	"刚", "桂", "英", "华", "玉", "萍", "红", "国", "建", "文",
	"晓", "小", "志", "海", "燕", "鹏", "飞", "宇", "浩", "雪",
};

/* The next ideograph of the same sound, from a place that the draw says. */
static uint32_t homophone(struct rng *rng, uint32_t code)
{
	const char *sound = pinyin_sign(pinyin, code);
	uint32_t from = 0x4E00 + (uint32_t)rng_below(rng, 0x5000);

	for (uint32_t i = 0; i < 0x5200; i++) {
		uint32_t c = 0x4E00 + (from - 0x4E00 + i) % 0x5200;

		if (c != code && strcmp(pinyin_sign(pinyin, c), sound) == 0)
			return c;
	}
	return code;
}

static size_t decode(const char *name, uint32_t code[8])
{
	struct text t = text_of(name);
	size_t n = 0, used;

	for (size_t i = 0; i < t.n; i += used)
		code[n++] = utf8_decode(t.p + i, t.n - i, &used);
	return n;
}

static void misspell(struct rng *rng, char name[32])
{
	uint32_t code[8], was;
	size_t n = decode(name, code), at = rng_below(rng, n), used = 0;

	switch (rng_below(rng, 5)) {
	case 0:
	case 1:
		code[at] = homophone(rng, code[at]);
		break;
	case 2:
		was = code[0];
		memmove(code, code + 1, (n - 1) * sizeof(*code));
		code[n - 1] = was;
		break;
	case 3:
		n -= n > 2;
		break;
	default:
		decode(signs[rng_below(rng, NELEMS(signs))], &code[n - 1]);
	}
	for (size_t i = 0; i < n; i++)
		used += utf8_encode(code[i], name + used);
	name[used] = '\0';
}

static void draw_person(struct rng *rng, uint32_t person)
{
	struct record first = { .person = person };
	uint64_t copies = rng_below(rng, 3);

	strcpy(first.name, surnames[rng_below(rng, NELEMS(surnames))]);
	for (uint64_t k = 1 + (rng_below(rng, 3) > 0); k > 0; k--)
		strcat(first.name, signs[rng_below(rng, NELEMS(signs))]);
	text_putf(first.born, sizeof(first.born), "%d-%02d-%02d",
		  (int)rng_between(rng, 1960, 1999),
		  (int)rng_between(rng, 1, 12), (int)rng_between(rng, 1, 28));
	record[records++] = first;
	for (; copies > 0; copies--) {
		struct record *copy = &record[records++];

		*copy = first;
		if (rng_chance(rng, 500000))
			misspell(rng, copy->name);
		if (rng_chance(rng, 150000))
			copy->born[0] = '\0';
		else if (rng_chance(rng, 60000))
			copy->born[9] = (char)('0' + rng_below(rng, 10));
	}
}

static void draw(void)
{
	struct rng rng;

	pinyin = pinyin_new();
	rng_init(&rng, 20, 25);
	records = 0;
	for (uint32_t p = 0; p < PEOPLE; p++)
		draw_person(&rng, p);
}

static void forget(void)
{
	pinyin_free(pinyin);
}

/* F1 over pairs of the clusters found. */
static double f1(const struct linkage *l)
{
	size_t found = 0, there = 0, right = 0;

	for (uint32_t a = 0; a < records; a++)
		for (uint32_t b = a + 1; b < records; b++) {
			bool same = record[a].person == record[b].person;
			bool one = linkage_cluster(l, a) ==
				   linkage_cluster(l, b);

			there += same;
			found += one;
			right += same && one;
		}
	return 2.0 * (double)right / (double)(found + there);
}

static double linked(enum linkage_kind kind, bool readings)
{
	struct linkage_column column[] = {
		{ .name = "name", .kind = kind,
		  .sound = readings ? 2 : LINKAGE_NONE },
		{ .name = "born", .kind = LINKAGE_DATE,
		  .sound = LINKAGE_NONE },
		{ .name = "sound", .kind = LINKAGE_SOUND,
		  .sound = LINKAGE_NONE },
	};
	struct linkage_options o = LINKAGE_DEFAULTS;
	struct linkage *l = linkage_new(column, readings ? 3 : 2, &o);
	struct buf sound = { 0 };
	double f;

	for (uint32_t i = 0; i < records; i++) {
		struct text cell[3];

		buf_clear(&sound);
		pinyin_name(pinyin, text_of(record[i].name), &sound);
		cell[0] = text_of(record[i].name);
		cell[1] = text_of(record[i].born);
		cell[2] = buf_text(&sound);
		linkage_add(l, cell);
	}
	ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
	f = f1(l);
	buf_release(&sound);
	linkage_free(l);
	return f;
}

START_TEST(readings_and_signs_of_names_help)
{
	double read = linked(LINKAGE_NAME, true);
	double unread = linked(LINKAGE_NAME, false);
	double text = linked(LINKAGE_TEXT, false);

	ck_assert_msg(read > 0.9, "with readings: F1 %f", read);
	ck_assert_msg(read > unread + 0.02, "without: F1 %f, with: %f", unread,
		      read);
	ck_assert_msg(read > text + 0.05, "as text: F1 %f, with: %f", text,
		      read);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage_chinese");
	TCase *c = tcase_create("linkage_chinese");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(c, draw, forget);
	tcase_add_test(c, readings_and_signs_of_names_help);
	tcase_set_timeout(c, 60);
	suite_add_tcase(s, c);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
