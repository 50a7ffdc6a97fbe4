/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short cuts of reading give what the judge gives. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/memo.h"

#define KINDS (FIELD_YESNO + 1)

/* Cells on both sides of what is seen at once to be canonical. */
static const char *const cells[] = {
	"A1", "a", "n", "N", "nil", "none", "null", "NULL", "noon", "x/y",
	"0", "00", "000", "00000000", "0123", "9", "99999999", "1", "8a",
	"12345678", "123456789", "C0000001", "T000000001", "abcdefgh",
	"abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq", "a b", "ab ",
	" ab", "ab\t", "'ab", "=\"ab\"", "abcdefg h", "abcdefgh i",
	"abcdefgh\xe3\x80\x80", "abcdefg\x7f", "abcdefgh\x7f", "a\x01", "ab\xef\xbc\xa1",
	"A100 \xe5\xb8\xb8\xe8\xa7\x84\xe4\xbf\x9d\xe5\x85\xbb",
	"2024-02-29", "2023-02-29", "2024-13-01", "2024-00-10", "2024/03/05",
	"20240305", "1999-12-31", "1900-01-01", "9999-12-31", "2024-3-5",
	"2024-03-05 10:00", "0000-00-00", "45000", "12.50", "-12.50", "012.50",
	"0.50", "12.5", "12.500", ".50", "-", "--", "-.50", "12", "-12", "-0",
	"1234567890123456", "123456789012345", "123456789012345.00",
	"1,234.50", "1e5", "12.a0", "12.0a", "1.2.3", "yes", "no", "Y", "F",
	"M", "5", "-5", "11", "13800138000", "LSVAM4187C2184847",
	"lsvam4187c2184847",
};

static void same(const struct reading *a, const struct reading *b)
{
	ck_assert(text_eq(a->text, b->text));
	ck_assert(text_eq(a->more, b->more));
	ck_assert_int_eq(a->gender, b->gender);
	ck_assert_int_eq(a->firm, b->firm);
	ck_assert_int_eq(a->birth, b->birth);
	ck_assert_int_eq(a->likert, b->likert);
	if (a->text.n == 0)
		return;
	ck_assert_int_eq(a->when.day, b->when.day);
	ck_assert_int_eq(a->when.second, b->when.second);
}

static void check_cell(struct text raw, const struct reading_column *c,
		       const struct reading_rules *rules, struct memo *memo)
{
	char want_room[READING_ROOM(32)], room[READING_ROOM(32)];
	struct reading want, got;
	enum reason bad = reading_judge(raw, c, rules, want_room, &want);

	ck_assert_int_eq(reading_take(raw, c, rules, room, &got), bad);
	if (!bad)
		same(&got, &want);
	/* the second time from what was kept */
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(memo_take(memo, raw, c, rules, room, &got),
				 bad);
		if (!bad)
			same(&got, &want);
	}
}

START_TEST(a_cell_seen_at_once_is_what_the_judge_reads)
{
	static const struct text na[] = { TEXT("A1"), TEXT("12.50") };
	struct reading_rules rules = { .zone_minutes = 480 };
	struct reading_column c = { .kind = (enum field_kind)_i };

	for (int more = 0; more < 4; more++) {
		struct memo *memo = memo_new();

		rules.na = na;
		rules.nna = more & 1 ? NELEMS(na) : 0;
		c.in_wan = more & 2;
		for (size_t i = 0; i < NELEMS(cells); i++)
			check_cell(text_of(cells[i]), &c, &rules, memo);
		memo_free(memo);
	}
}
END_TEST

/* Every pair of bytes at every place, around the words of eight. */
START_TEST(what_is_settled_is_not_cleaned)
{
	size_t settled = 0;

	for (unsigned pair = 0; pair < 65536; pair++) {
		char bytes[20], room[20];
		struct text t = { bytes, 2 + pair % 17 };

		snprintf(bytes, sizeof(bytes), "abcdefghijklmnopqrs");
		bytes[pair % t.n] = (char)(pair >> 8);
		bytes[(pair + 1) % t.n] = (char)pair;
		if (!clean_is_settled(t))
			continue;
		settled++;
		ck_assert(text_eq(clean_text(t), t));
		ck_assert(text_eq(clean_words(t, room), t));
		ck_assert(text_eq(clean_code(t, room), t));
		ck_assert(!clean_is_null(t));
		ck_assert(!clean_is_null_code(t));
	}
	ck_assert_uint_gt(settled, 5000);
}
END_TEST

/* So many that places are taken over again and again. */
START_TEST(a_memo_forgets_but_never_mistakes)
{
	struct reading_rules rules = { .zone_minutes = 480 };
	struct reading_column c = { .kind = FIELD_WORD };
	struct memo *memo = memo_new();

	for (unsigned i = 0; i < 20000; i++) {
		char cell[32];
		int n = snprintf(cell, sizeof(cell), "%u \xe4\xb8\xad%u",
				 i * 2654435761u % (i & 1 ? 40 : 4000), i % 3);

		check_cell((struct text){ cell, (size_t)n }, &c, &rules,
			   memo);
	}
	memo_free(memo);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reading");
	TCase *tc = tcase_create("reading");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, a_cell_seen_at_once_is_what_the_judge_reads, 0,
			    KINDS);
	tcase_add_test(tc, what_is_settled_is_not_cleaned);
	tcase_add_test(tc, a_memo_forgets_but_never_mistakes);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
