/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices, growing buffers, arenas. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

START_TEST(texts_are_compared_by_bytes)
{
	ck_assert(text_eq(TEXT("a\0b"), TEXT("a\0b")));
	ck_assert(!text_eq(TEXT("a\0b"), TEXT("a\0c")));
	ck_assert(!text_eq(TEXT("a"), TEXT("a\0")));
	ck_assert(text_eq(text_of(NULL), TEXT("")));
	ck_assert(text_is(TEXT("abc"), "abc"));
	ck_assert(!text_is(TEXT("abc"), "ab"));
	ck_assert(!text_is(TEXT("a\0"), "a"));
}
END_TEST

START_TEST(order_is_that_of_unsigned_bytes_and_a_prefix_comes_first)
{
	static const struct text in_order[] = {
		{ NULL, 0 },	TEXT("\0"),   TEXT("\0\0"),   TEXT("A"),
		TEXT("A\0"),	TEXT("AA"),   TEXT("B"),      TEXT("a"),
		TEXT("\x7f"),	TEXT("\x80"), TEXT("\xc3\xa9"), TEXT("\xff"),
	};

	for (size_t i = 0; i < NELEMS(in_order); i++)
		for (size_t k = 0; k < NELEMS(in_order); k++) {
			int o = text_cmp(in_order[i], in_order[k]);

			ck_assert_int_eq((o > 0) - (o < 0),
					 (i > k) - (i < k));
		}
}
END_TEST

START_TEST(starts_and_ends_are_found)
{
	ck_assert(text_starts(TEXT("abc"), "ab"));
	ck_assert(text_starts(TEXT("abc"), ""));
	ck_assert(!text_starts(TEXT("ab"), "abc"));
	ck_assert(text_starts(text_of(NULL), ""));
	ck_assert(text_ends(TEXT("abc"), "bc"));
	ck_assert(text_ends(TEXT("abc"), ""));
	ck_assert(!text_ends(TEXT("bc"), "abc"));
	ck_assert_uint_eq(text_find(TEXT("abcabc"), "ca"), 2);
	ck_assert_uint_eq(text_find(TEXT("a\0bc"), "bc"), 2);
	ck_assert_uint_eq(text_find(TEXT("abc"), "x"), SIZE_MAX);
	ck_assert_uint_eq(text_find(TEXT("ab"), "abc"), SIZE_MAX);
	ck_assert_uint_eq(text_find(text_of(NULL), "a"), SIZE_MAX);
}
END_TEST

START_TEST(ascii_blanks_are_trimmed_and_no_others)
{
	ck_assert(text_is(text_trim(TEXT(" \t\r\na b\n\r\t ")), "a b"));
	ck_assert(text_is(text_trim(TEXT(" \t\r\n")), ""));
	ck_assert(text_is(text_trim(text_of(NULL)), ""));
	/* vertical tab, form feed, U+3000 */
	ck_assert(text_is(text_trim(TEXT("\va\f")), "\va\f"));
	ck_assert(text_is(text_trim(TEXT("\xe3\x80\x80")), "\xe3\x80\x80"));
}
END_TEST

static void splits(struct text t, const char *want)
{
	struct buf got = { 0 };
	struct text part;

	buf_adds(&got, "");
	while (text_split(&t, ',', &part)) {
		buf_addt(&got, part);
		buf_addc(&got, ';');
	}
	ck_assert_str_eq(got.p, want);
	buf_release(&got);
}

/* An empty word is one only where a part is empty. */
START_TEST(a_word_is_listed_or_not)
{
	ck_assert(text_listed(TEXT("a,bc"), ',', TEXT("a")));
	ck_assert(text_listed(TEXT("a,bc"), ',', TEXT("bc")));
	ck_assert(!text_listed(TEXT("a,bc"), ',', TEXT("b")));
	ck_assert(!text_listed(TEXT("a,bc"), ',', TEXT("a,bc")));
	ck_assert(!text_listed(TEXT("a,bc"), ',', TEXT("")));
	ck_assert(text_listed(TEXT("a,,bc"), ',', TEXT("")));
}
END_TEST

START_TEST(every_part_is_given_once)
{
	splits(TEXT("a,b,c"), "a;b;c;");
	splits(TEXT("a"), "a;");
	splits(TEXT(""), ";");
	splits(TEXT(","), ";;");
	splits(TEXT("a,,b,"), "a;;b;;");
	splits(text_of(NULL), "");
}
END_TEST

START_TEST(a_buffer_grows_and_stays_terminated)
{
	struct buf b = { 0 };
	char big[5000];

	memset(big, 'x', sizeof(big));
	buf_add(&b, NULL, 0);
	ck_assert_str_eq(b.p, "");
	for (size_t n = 0; n < 300; n++) {
		buf_addc(&b, (char)('a' + n % 26));
		ck_assert_uint_eq(b.n, n + 1);
		ck_assert_uint_eq(strlen(b.p), n + 1);
	}
	buf_add(&b, big, sizeof(big));
	ck_assert_uint_eq(strlen(b.p), 5300);
	buf_addf(&b, "%.5s-%d", big, 42);
	ck_assert_str_eq(b.p + 5300, "xxxxx-42");
	buf_clear(&b);
	ck_assert_str_eq(b.p, "");
	buf_addt(&b, TEXT("a\0b"));
	ck_assert_uint_eq(b.n, 3);
	ck_assert(text_eq(buf_text(&b), TEXT("a\0b")));
	buf_release(&b);
	ck_assert_ptr_null(b.p);
	buf_clear(&b);
}
END_TEST

/* As many bytes as were asked for may be written, and the NUL after them. */
START_TEST(room_is_there_and_does_not_move_until_it_is_used_up)
{
	for (size_t n = 0; n < 500; n++) {
		struct buf b = { 0 };
		char *room = buf_room(&b, n);

		memset(room, 'y', n);
		ck_assert_ptr_eq(buf_room(&b, n), room);
		b.n += n;
		buf_add(&b, "", 0);
		ck_assert_ptr_eq(b.p, room);
		ck_assert_uint_eq(strlen(b.p), n);
		buf_release(&b);
	}
}
END_TEST

START_TEST(numbers_are_put_in_decimal)
{
	static const uint64_t some[] = { 0, 1, 9, 10, 11, 99, 100, 101, 999,
					 1000, 65535, 4294967295u,
					 9999999999u, 10000000000u,
					 UINT64_MAX };

	for (size_t i = 0; i < NELEMS(some); i++) {
		char got[21] = "", want[32];
		size_t n = text_put_u64(got, some[i]);

		ck_assert_uint_le(n, 20);
		snprintf(want, sizeof(want), "%llu",
			 (unsigned long long)some[i]);
		got[n] = '\0';
		ck_assert_str_eq(got, want);
	}
}
END_TEST

/* ---- arenas ---- */

START_TEST(arena_blocks_are_apart_and_aligned)
{
	struct arena a = { 0 };
	struct {
		char *p;
		size_t n;
	} given[3000];
	uint64_t seed = 12345;

	for (size_t i = 0; i < NELEMS(given); i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		given[i].n = (seed >> 33) % (i % 500 == 0 ? 200000 : 60);
		if (i % 3 == 0) {
			given[i].p = arena_alloc(&a, given[i].n);
			ck_assert_uint_eq((uintptr_t)given[i].p % 8, 0);
		} else {
			struct buf b = { 0 };

			memset(buf_room(&b, given[i].n), 'z', given[i].n);
			given[i].p = i % 3 == 1 ?
					     arena_copy(&a, b.p, given[i].n) :
					     arena_strdup(&a, b.p, given[i].n);
			buf_release(&b);
		}
		memset(given[i].p, (int)(i % 251), given[i].n);
	}
	for (size_t i = 0; i < NELEMS(given); i++)
		for (size_t k = 0; k < given[i].n; k++)
			ck_assert_uint_eq((unsigned char)given[i].p[k],
					  i % 251);
	arena_release(&a);
	ck_assert_ptr_null(a.last);
	ck_assert_str_eq(arena_strdup(&a, "again", 5), "again");
	arena_release(&a);
}
END_TEST

START_TEST(pages_grow_and_are_zero)
{
	char *p = mem_pages(NULL, 0, 100);
	size_t old = 100;

	p[99] = 'x';
	for (size_t bytes = 5000; bytes < 40u << 20; bytes = bytes * 5) {
		p = mem_pages(p, old, bytes);
		ck_assert_int_eq(p[99], 'x');
		ck_assert_int_eq(p[bytes - 1], 0);
		ck_assert_int_eq(p[old + (bytes - old) / 2], 0);
		old = bytes;
	}
	mem_pages_free(p, old);
	mem_pages_free(NULL, 0);
}
END_TEST

START_TEST(arrays_grow_by_half)
{
	int *p = NULL;
	size_t cap = 0;

	for (size_t i = 0; i < 10000; i++) {
		p = mem_grow(p, i, &cap, sizeof(*p));
		ck_assert_uint_gt(cap, i);
		p[i] = (int)i;
	}
	for (size_t i = 0; i < 10000; i++)
		ck_assert_int_eq(p[i], (int)i);
	free(p);
}
END_TEST

START_TEST(a_product_that_overflows_ends_the_program)
{
	if (_i == 0)
		free(mem_alloc(SIZE_MAX / 2, 3));
	else if (_i == 1)
		free(mem_zalloc(SIZE_MAX, SIZE_MAX));
	else
		free(mem_resize(NULL, SIZE_MAX / 8, 9));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("text");
	TCase *t = tcase_create("text");
	SRunner *r;
	int failed;

	tcase_add_test(t, texts_are_compared_by_bytes);
	tcase_add_test(
		t, order_is_that_of_unsigned_bytes_and_a_prefix_comes_first);
	tcase_add_test(t, starts_and_ends_are_found);
	tcase_add_test(t, ascii_blanks_are_trimmed_and_no_others);
	tcase_add_test(t, every_part_is_given_once);
	tcase_add_test(t, a_word_is_listed_or_not);
	tcase_add_test(t, a_buffer_grows_and_stays_terminated);
	tcase_add_test(t,
		       room_is_there_and_does_not_move_until_it_is_used_up);
	tcase_add_test(t, numbers_are_put_in_decimal);
	tcase_add_test(t, arena_blocks_are_apart_and_aligned);
	tcase_add_test(t, pages_grow_and_are_zero);
	tcase_add_test(t, arrays_grow_by_half);
	tcase_add_loop_exit_test(t, a_product_that_overflows_ends_the_program,
				 1, 0, 3);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
