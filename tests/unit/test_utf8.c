/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: validity, width, text for people and for comparing. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_vector.h"

#define GOOD SIZE_MAX

static const struct {
	const char *bytes;
	size_t bad;	/* GOOD: none */
} sequences[] = {
	{ "", GOOD },
	{ "plain", GOOD },
	{ "王小明", GOOD },
	{ "caf\xc3\xa9", GOOD },
	{ "\xc2\x80", GOOD },		/* U+0080 */
	{ "\xdf\xbf", GOOD },		/* U+07FF */
	{ "\xe0\xa0\x80", GOOD },	/* U+0800 */
	{ "\xed\x9f\xbf", GOOD },	/* U+D7FF */
	{ "\xee\x80\x80", GOOD },	/* U+E000 */
	{ "\xef\xbf\xbf", GOOD },	/* U+FFFF */
	{ "\xf0\x90\x80\x80", GOOD },	/* U+10000 */
	{ "\xf4\x8f\xbf\xbf", GOOD },	/* U+10FFFF */
	{ "\x80", 0 },			/* stray bytes */
	{ "\xbf", 0 },
	{ "a\xff", 1 },
	{ "a\xfe", 1 },
	{ "ab\xc0\x80", 2 },		/* overlong */
	{ "ab\xc1\xbf", 2 },
	{ "\xe0\x9f\xbf", 0 },
	{ "\xf0\x8f\xbf\xbf", 0 },
	{ "王\xed\xa0\x80", 3 },	/* surrogates */
	{ "王\xed\xbf\xbf", 3 },
	{ "\xf4\x90\x80\x80", 0 },	/* above U+10FFFF */
	{ "\xf5\x80\x80\x80", 0 },
	{ "\xf8\x88\x80\x80\x80", 0 },
	{ "\xc3", 0 },			/* cut */
	{ "x\xe7\x8e", 1 },
	{ "x\xe7", 1 },
	{ "\xf0\x9f\x98", 0 },
	{ "\xc3(", 0 },			/* a byte of another kind inside */
	{ "\xe7(\x8b", 0 },
	{ "\xe7\x8e(", 0 },
	{ "\xf0\x9f(\x80", 0 },
	{ "\xf0\x9f\x98(", 0 },
	{ "sixteen bytes or so of plain text\xff", 33 },
	{ "\xcd\xf5\xd0\xa1\xc3\xf7", 0 },	/* 王小明 in GBK */
};

START_TEST(malformed_bytes_are_found)
{
	struct text t = text_of(sequences[_i].bytes);
	size_t bad = sequences[_i].bad == GOOD ? t.n : sequences[_i].bad;

	ck_assert_uint_eq(utf8_bad(t.p, t.n), bad);
}
END_TEST

START_TEST(malformed_bytes_are_found_at_every_offset)
{
	/* Memory of the exact size: nothing past the end may be read. */
	for (size_t n = 1; n < 70; n++) {
		for (size_t at = 0; at < n; at++) {
			char *s = mem_alloc(n, 1);

			memset(s, 'a', n);
			ck_assert_uint_eq(utf8_bad(s, n), n);
			s[at] = '\x80';
			ck_assert_uint_eq(utf8_bad(s, n), at);
			s[at] = '\xe7';
			ck_assert_uint_eq(utf8_bad(s, n), at);
			free(s);
		}
	}
}
END_TEST

START_TEST(every_code_point_comes_back_from_its_bytes)
{
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char s[4];
		size_t length = 0, n = utf8_encode(code, s);
		bool surrogate = code >= 0xD800 && code <= 0xDFFF;
		uint32_t want = surrogate ? 0xFFFD : code;

		if (utf8_bad(s, n) != n || utf8_decode(s, n, &length) != want ||
		    length != n)
			ck_abort_msg("U+%04X", (unsigned)code);
	}
}
END_TEST

/* By decoding: a malformed byte is U+FFFD of one byte. */
static bool well_formed(const char *p, size_t n)
{
	for (size_t i = 0, len; i < n; i += len)
		if (utf8_decode(p + i, n - i, &len) == 0xFFFD && len == 1)
			return false;
	return true;
}

/* Mostly whole characters, now and then a byte that breaks one. */
static size_t scramble(char *p, size_t n, uint32_t *x)
{
	static const uint32_t codes[] = { 'a', 'z', 0x7F, 0x80, 0x7FF, 0x800,
					  0x4E2D, 0xD7FF, 0xE000, 0xFFFF,
					  0x10000, 0x10FFFF };
	static const unsigned char bad[] = { 0x80, 0xBF, 0xC0, 0xC1, 0xE0,
					     0xED, 0xF0, 0xF4, 0xF5, 0xFF };
	size_t at = 0;

	while (at + 4 <= n) {
		*x = *x * 1664525 + 1013904223;
		if (*x >> 24 < 2)
			p[at++] = (char)bad[(*x >> 8) % NELEMS(bad)];
		else
			at += utf8_encode(codes[(*x >> 12) % NELEMS(codes)],
					  p + at);
	}
	/* Sometimes cut inside the last character. */
	return at - (*x >> 20 & 1);
}

START_TEST(vectors_agree_with_decoding)
{
	bool able = utf8_vector_valid("", 0);
	uint32_t x = (uint32_t)_i + 1;
	int valid = 0;

	for (int round = 0; round < 20000; round++) {
		char text[300];
		size_t n = scramble(text, 4 + x % 290, &x);
		bool good = well_formed(text, n);

		ck_assert_int_eq(utf8_vector_valid(text, n), able && good);
		ck_assert_int_eq(utf8_bad(text, n) == n, good);
		valid += good;
	}
	/* Both kinds were met. */
	ck_assert_int_gt(valid, 1000);
	ck_assert_int_lt(valid, 19000);
}
END_TEST

START_TEST(three_bytes_are_well_formed_as_often_as_unicode_says)
{
	/* U+0800..U+FFFF without the surrogates is what three bytes hold when
	 * the first is not ASCII and starts a sequence of three. */
	unsigned count = 0;

	for (unsigned i = 0; i < 1u << 24; i++) {
		char s[3] = { (char)(i >> 16), (char)(i >> 8), (char)i };
		size_t length;

		if ((i >> 20) != 0xE)
			continue;
		if (utf8_bad(s, 3) == 3) {
			count++;
			utf8_decode(s, 3, &length);
			ck_assert_uint_eq(length, 3);
		}
	}
	ck_assert_uint_eq(count, 0x10000 - 0x800 - 0x800);
}
END_TEST

START_TEST(malformed_bytes_are_decoded_one_by_one)
{
	size_t length;

	ck_assert_uint_eq(utf8_decode("\xe7\x8e", 2, &length), 0xFFFD);
	ck_assert_uint_eq(length, 1);
	ck_assert_uint_eq(utf8_count(TEXT("a\xe7\x8e王")), 4);
	ck_assert_uint_eq(utf8_count((struct text){ NULL, 0 }), 0);
	ck_assert_uint_eq(utf8_encode(0x110000, (char[4]){ 0 }), 3);
}
END_TEST

static const struct {
	const char *text;
	size_t columns;
} widths[] = {
	{ "", 0 },
	{ "abc", 3 },
	{ "王小明", 6 },
	{ "ＡＢ", 4 },
	{ "粤B12345", 8 },
	{ "e\xcc\x81", 1 },		/* combining acute */
	{ "\x1b[31m", 4 },
	{ "\t\n\x7f", 0 },
	{ "a\xe2\x80\x8b" "b", 2 },	/* zero-width space */
	{ "\xf0\x9f\x98\x80", 2 },	/* an emoji */
	{ "\xf0\xa0\x80\x80", 2 },	/* U+20000, extension B */
	{ "\xf0\xae\xaf\xb0", 2 },	/* U+2EBF0, of Unicode 15.1 */
	{ "…", 1 },
	{ "\xff", 1 },
};

START_TEST(width_counts_terminal_columns)
{
	ck_assert_uint_eq(utf8_width(text_of(widths[_i].text)),
			  widths[_i].columns);
}
END_TEST

static const struct {
	const char *text;
	size_t max;
	const char *shown;
} shows[] = {
	{ "", 10, "" },
	{ "plain", 10, "plain" },
	{ "王小明", 6, "王小明" },
	{ "王小明", 5, "王小…" },
	{ "王小明", 4, "王…" },
	{ "王小明", 1, "…" },
	{ "王小明", 0, "" },
	{ "abcdef", 6, "abcdef" },
	{ "abcdefg", 6, "abcde…" },
	{ "a\x1b[31m", 20, "a\\x1b[31m" },
	{ "\a\r\n\t\x7f", 40, "\\x07\\x0d\\x0a\\x09\\x7f" },
	{ "\xc2\x9b" "31m", 20, "\\u009b31m" },		/* C1 CSI */
	{ "\xe2\x80\xaetxt", 20, "\\u202etxt" },	/* bidi override */
	{ "\xe2\x81\xa6x", 20, "\\u2066x" },		/* bidi isolate */
	{ "a\xe2\x80\x8b" "b", 20, "a\\u200bb" },	/* zero-width */
	{ "\xef\xbb\xbfx", 20, "\\ufeffx" },
	{ "\xf3\xa0\x80\xa1", 20, "\\U000e0021" },	/* tag */
	{ "\xe2\x80\xa8", 20, "\\u2028" },
	{ "a\xff\xe7\x8e", 20, "a\\xff\\xe7\\x8e" },
	{ "\xef\xbf\xbd", 20, "\xef\xbf\xbd" },	/* a written U+FFFD is data */
	{ "ab\x1b", 5, "ab…" },	/* an escape is never cut in two */
	{ "e\xcc\x81", 1, "e\xcc\x81" },
};

START_TEST(people_are_shown_harmless_text)
{
	struct buf b = { 0 };

	utf8_show(&b, text_of(shows[_i].text), shows[_i].max);
	ck_assert_msg(text_is(buf_text(&b), shows[_i].shown), "%s",
		      b.p ? b.p : "");
	ck_assert_uint_le(utf8_width(buf_text(&b)), shows[_i].max);
	buf_release(&b);
}
END_TEST

START_TEST(a_nul_is_shown)
{
	struct buf b = { 0 };

	buf_adds(&b, "x: ");
	utf8_show(&b, (struct text){ "a\0b", 3 }, 20);
	ck_assert_str_eq(b.p, "x: a\\x00b");
	buf_release(&b);
}
END_TEST

START_TEST(a_heap_of_marks_is_cut)
{
	struct buf heap = { 0 }, b = { 0 };

	buf_adds(&heap, "e");
	for (int i = 0; i < 10000; i++)
		buf_adds(&heap, "\xcc\x81");
	utf8_show(&b, buf_text(&heap), 10);
	ck_assert_uint_lt(b.n, 100);
	ck_assert(text_ends(buf_text(&b), "…"));
	buf_release(&heap);
	buf_release(&b);
}
END_TEST

static const struct {
	const char *text, *folded;
} folds[] = {
	{ "", "" },
	{ "Plain  Text\t", "Plain  Text\t" },
	{ "王小明", "王小明" },
	{ "ＡＢＣ１２３－", "ABC123-" },
	{ "王\xe3\x80\x80明", "王 明" },		/* U+3000 */
	{ "王\xc2\xa0明", "王 明" },			/* U+00A0 */
	{ "王\xe2\x80\x82明", "王 明" },		/* U+2002 */
	{ "王\xe1\x9a\x80明", "王 明" },		/* U+1680 */
	{ "王\xe2\x80\xa8明", "王 明" },		/* U+2028 */
	{ "王\xc2\x85明", "王 明" },			/* U+0085 */
	{ "王\xe2\x80\x8b明", "王明" },		/* U+200B */
	{ "王\xe2\x80\x8d明", "王明" },		/* U+200D */
	{ "\xef\xbb\xbf王明", "王明" },		/* U+FEFF */
	{ "王\xe2\x80\xae明", "王明" },		/* U+202E */
	{ "cafe\xcc\x81", "caf\xc3\xa9" },
	{ "㈱①ﬁ", "(株)1fi" },
	{ "ｶﾞ", "ガ" },
	{ "\xe1\x84\x80\xe1\x85\xa1", "가" },
	/* marks in either order: the same (UAX #15, figure 5) */
	{ "d\xcc\xa3\xcc\x87", "\xe1\xb8\x8d\xcc\x87" },
	{ "d\xcc\x87\xcc\xa3", "\xe1\xb8\x8d\xcc\x87" },
	{ "王\xff明", "王\xef\xbf\xbd明" },
};

START_TEST(folded_text_compares)
{
	struct buf b = { 0 }, again = { 0 };

	utf8_fold(&b, text_of(folds[_i].text));
	ck_assert_msg(text_is(buf_text(&b), folds[_i].folded), "%s",
		      b.p ? b.p : "");
	utf8_fold(&again, buf_text(&b));
	ck_assert(text_eq(buf_text(&b), buf_text(&again)));
	buf_release(&b);
	buf_release(&again);
}
END_TEST

static const struct {
	const char *text, *plain;
} plains[] = {
	{ "", "" },
	{ "Smith", "smith" },
	{ "K\u00dcHN", "kuhn" },
	{ "Kuh\u0308n", "kuhn" },
	{ "Stra\u00dfe", "strasse" },
	{ "\uff21\uff22\uff11", "ab1" },
	{ "\u738b\u3000\u4f1f", "\u738b \u4f1f" },
	{ "\u738b\u200b\u4f1f", "\u738b\u4f1f" },
};

START_TEST(plain_text_has_neither_case_nor_marks)
{
	struct buf b = { 0 }, again = { 0 };

	utf8_plain(&b, text_of(plains[_i].text));
	ck_assert_msg(text_is(buf_text(&b), plains[_i].plain), "%s gives %s",
		      plains[_i].text, b.p);
	utf8_plain(&again, buf_text(&b));
	ck_assert(text_eq(buf_text(&again), buf_text(&b)));
	buf_release(&b);
	buf_release(&again);
}
END_TEST

START_TEST(a_heap_of_marks_is_folded_in_linear_time)
{
	/* As one run, these would take minutes to sort. */
	struct buf heap = { 0 }, b = { 0 };

	for (int i = 0; i < 500000; i++)
		buf_adds(&heap, i % 2 ? "\xcc\x81" : "\xcc\xa7");
	utf8_fold(&b, buf_text(&heap));
	ck_assert_uint_eq(utf8_count(buf_text(&b)), 500000);
	buf_release(&heap);
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("utf8");
	TCase *t = tcase_create("utf8");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, malformed_bytes_are_found, 0, NELEMS(sequences));
	tcase_add_test(t, malformed_bytes_are_found_at_every_offset);
	tcase_add_test(t, every_code_point_comes_back_from_its_bytes);
	tcase_add_loop_test(t, vectors_agree_with_decoding, 0, 4);
	tcase_add_test(t, three_bytes_are_well_formed_as_often_as_unicode_says);
	tcase_add_test(t, malformed_bytes_are_decoded_one_by_one);
	tcase_add_loop_test(t, width_counts_terminal_columns, 0,
			    NELEMS(widths));
	tcase_add_loop_test(t, people_are_shown_harmless_text, 0,
			    NELEMS(shows));
	tcase_add_test(t, a_nul_is_shown);
	tcase_add_loop_test(t, plain_text_has_neither_case_nor_marks, 0,
			    NELEMS(plains));
	tcase_add_test(t, a_heap_of_marks_is_cut);
	tcase_add_loop_test(t, folded_text_compares, 0, NELEMS(folds));
	tcase_add_loop_test(t, plain_text_has_neither_case_nor_marks, 0,
			    NELEMS(plains));
	tcase_add_test(t, a_heap_of_marks_is_folded_in_linear_time);
	suite_add_tcase(s, t);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
