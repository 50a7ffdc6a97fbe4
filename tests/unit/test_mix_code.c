/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for texts: exact, also between two tables. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/mix_code.h"

static const char *const tricky[] = {
	"0", "00", "1", "01", "10", "T1", "T01", "T10", "1T", "T", "TT",
	"T000000001", "T000000010", "T00000001", "S000000001", "2024-10-03",
	"2024-10-30", "2024:10:03", "2024100303", "R-1/2", "R-12/", "R-1/20",
	/* twelve bytes, thirteen, sixteen, seventeen */
	"T12345678901", "T123456789012", "T12345678901234", "12345678901234",
	"123456789012345", "1234567890123456", "123456789012346",
	"0012345678901234", "T1234567890123456", "T1234567890123457",
	"f47ac10b-58cc-4372-a567-0e02b2c3d479",
	"f47ac10b-58cc-4372-a567-0e02b2c3d478", "no digits in this one",
	"no digits in this two", "\xef\xbc\x91", "\xef\xbc\x92", " 1", "1 ",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2",
};

START_TEST(two_texts_have_two_numbers)
{
	uint64_t first[NELEMS(tricky)];
	struct mix_codes c;

	mix_codes_init(&c);
	for (size_t i = 0; i < NELEMS(tricky); i++)
		first[i] = mix_code(&c, text_of(tricky[i]));
	for (size_t i = 0; i < NELEMS(tricky); i++) {
		ck_assert(first[i] != 0 && first[i] != UINT64_MAX);
		ck_assert(mix_code(&c, text_of(tricky[i])) == first[i]);
		for (size_t k = 0; k < i; k++)
			ck_assert_msg(first[i] != first[k], "%s and %s",
				      tricky[i], tricky[k]);
	}
	mix_codes_release(&c);
}
END_TEST

static uint32_t state;

static uint32_t draw(uint32_t n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

/* Of many shapes: up to 20 bytes of a few letters and digits. */
static struct text draw_text(char *room)
{
	static const char from[] = "AB-/0011223456789";
	size_t n = 1 + draw(20);

	for (size_t i = 0; i < n; i++)
		room[i] = from[draw(sizeof(from) - 1)];
	return (struct text){ room, n };
}

/* Each code belongs to one text and each text to one code, whatever was met
 * before; more shapes than there is room for among them. */
static void check_codes(struct mix_codes *c, struct group *texts,
			struct group *codes, struct text t, uint64_t code)
{
	size_t text = group_intern(texts, t);
	size_t number = group_intern(
		codes, (struct text){ (const char *)&code, sizeof(code) });

	ck_assert_uint_eq(text, number);
	ck_assert(mix_code(c, t) == code);
}

START_TEST(numbers_stay_exact_beyond_all_shapes)
{
	struct group *texts = group_new(0, 0, NULL, NULL);
	struct group *codes = group_new(0, 0, NULL, NULL);
	struct mix_codes c;
	char room[20];

	state = (uint32_t)_i + 1;
	mix_codes_init(&c);
	for (int i = 0; i < 40000; i++) {
		struct text t = draw_text(room);
		check_codes(&c, texts, codes, t, mix_code(&c, t));
	}
	ck_assert_uint_eq(group_count(c.shapes), 4096);
	mix_codes_release(&c);
	group_free(texts);
	group_free(codes);
}
END_TEST

/* What one table called a text, the other one calls it too, once told. */
START_TEST(numbers_are_carried_over)
{
	struct group *texts = group_new(sizeof(uint64_t), 0, NULL, NULL);
	struct mix_codes into, from;
	struct mix_recode r;
	char room[20];

	state = (uint32_t)_i + 100;
	mix_codes_init(&into);
	mix_codes_init(&from);
	for (int i = 0; i < (_i % 2 ? 300 : 20000); i++)
		mix_code(&into, draw_text(room));
	for (int i = 0; i < (_i / 2 % 2 ? 300 : 20000); i++) {
		struct text t = draw_text(room);
		uint64_t *code = group_entry(texts, group_intern(texts, t));
		*code = mix_code(&from, t);
	}
	r = mix_codes_join(&into, &from);
	for (size_t i = 0; i < group_count(texts); i++) {
		const uint64_t *code = group_entry(texts, i);
		ck_assert(mix_recode(&r, *code) ==
			  mix_code(&into, group_key(texts, i)));
	}
	mix_recode_release(&r);
	mix_codes_release(&into);
	mix_codes_release(&from);
	group_free(texts);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mix_code");
	TCase *tc = tcase_create("mix_code");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, two_texts_have_two_numbers);
	tcase_add_loop_test(tc, numbers_stay_exact_beyond_all_shapes, 0, 3);
	tcase_add_loop_test(tc, numbers_are_carried_over, 0, 4);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
