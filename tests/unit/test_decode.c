/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding: what comes out is UTF-8, whatever the size of the reads. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/decode.h"

/* A file with these bytes, opened; the name is gone at once. */
static struct source *source_of(const char *bytes, size_t n)
{
	char path[] = "/tmp/test_decode.XXXXXX";
	int fd = mkstemp(path);
	struct source *s;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
	close(fd);
	s = source_open(path);
	unlink(path);
	ck_assert_ptr_nonnull(s);
	return s;
}

/* Decodes it all with reads of `step` bytes. */
static struct buf decoded(enum encoding e, const char *bytes, size_t n,
			  size_t step, const char *name)
{
	struct source *s = source_of(bytes, n);
	struct decode *d = decode_new(e);
	struct buf all = { 0 };
	ssize_t got;

	while ((got = decode_read(d, s, buf_room(&all, step), step)) > 0)
		all.n += (size_t)got;
	ck_assert_int_eq(got, 0);
	buf_add(&all, "", 0);
	if (name)
		ck_assert_str_eq(decode_name(d), name);
	decode_free(d);
	source_close(s);
	return all;
}

static void gives(enum encoding e, const char *bytes, size_t n,
		  const char *want, const char *name)
{
	static const size_t steps[] = { 1, 2, 3, 4, 5, 7, 64, 4096, 1 << 20 };

	for (size_t i = 0; i < NELEMS(steps); i++) {
		struct buf all = decoded(e, bytes, n, steps[i], name);

		ck_assert_uint_eq(all.n, strlen(want));
		ck_assert_mem_eq(all.p, want, all.n);
		buf_release(&all);
	}
}

#define BYTES(s) (s), sizeof(s) - 1

START_TEST(utf8_passes_and_its_mark_goes)
{
	gives(DECODE_AUTO, BYTES("\xef\xbb\xbf客户,a\n"), "客户,a\n", "utf-8");
	gives(DECODE_AUTO, BYTES("客户,a\n"), "客户,a\n", "utf-8");
	gives(DECODE_UTF8, BYTES("a,b\n"), "a,b\n", "utf-8");
	gives(DECODE_AUTO, BYTES("a,b\n"), "a,b\n", "ascii");
	gives(DECODE_AUTO, BYTES(""), "", "ascii");
}
END_TEST

START_TEST(gb18030_is_found_and_decoded)
{
	/* iconv -f utf-8 -t gb18030: 客户姓名,手机 and U+20000 (4 bytes) */
	gives(DECODE_AUTO,
	      BYTES("\xbf\xcd\xbb\xa7\xd0\xd5\xc3\xfb,\xca\xd6\xbb\xfa\n"
		    "\x95\x32\x82\x36\n"),
	      "客户姓名,手机\n𠀀\n", "gb18030");
	gives(DECODE_GB18030, BYTES("\xbf\xcd,1\n"), "客,1\n", "gb18030");
}
END_TEST

START_TEST(utf16_of_either_end_is_decoded)
{
	gives(DECODE_AUTO, BYTES("\xff\xfe\xa2\x5b\t\0001\0\n\0"), "客\t1\n",
	      "utf-16le");
	gives(DECODE_AUTO, BYTES("\xfe\xff\x5b\xa2\0\t\0001\0\n"), "客\t1\n",
	      "utf-16be");
	gives(DECODE_UTF16, BYTES("a\0,\0b\0\n\0"), "a,b\n", "utf-16le");
	gives(DECODE_UTF16, BYTES("\0a\0,\0b\0\n"), "a,b\n", "utf-16be");
	gives(DECODE_AUTO, BYTES("\xff\xfe\x40\xd8\x00\xdc\n\0"), "𠀀\n",
	      "utf-16le");
}
END_TEST

START_TEST(latin1_only_when_asked)
{
	gives(DECODE_LATIN1, BYTES("caf\xe9\n"), "café\n", "latin1");
	gives(DECODE_LATIN1, BYTES("\x80\x94 5\x81\n"), "€” 5\x81\n",
	      "latin1");
	gives(DECODE_AUTO, BYTES("caf\xe9\n"), "caf\xe9\n", "utf-8");
}
END_TEST

START_TEST(latin1_is_not_taken_for_chinese)
{
	gives(DECODE_AUTO, BYTES("R\xe9gion,Tr\xe8s bien\n"),
	      "R\xe9gion,Tr\xe8s bien\n", "utf-8");
	gives(DECODE_AUTO, BYTES("cr\xe9\xe9" "e,R\xe9gion,Tr\xe8s bien\n"),
	      "cr\xe9\xe9" "e,R\xe9gion,Tr\xe8s bien\n", "utf-8");
	/* a rare character among others */
	gives(DECODE_AUTO, BYTES("\xd6\xec\xe9\x46\xbb\xf9\n"), "朱镕基\n",
	      "gb18030");
}
END_TEST

START_TEST(malformed_bytes_stay_malformed)
{
	/* the lead byte before a comma, one cut off at the end */
	gives(DECODE_GB18030, BYTES("\xbf\xcd,\xbf,1\n\xbf"),
	      "客,\xbf,1\n\xbf", NULL);
	/* a lone surrogate, an odd byte at the end */
	gives(DECODE_UTF16, BYTES("\xff\xfe\x00\xdc,\0b\0\n"), "\xff,b\xff",
	      NULL);
}
END_TEST

START_TEST(a_bad_byte_in_utf8_does_not_make_it_gb18030)
{
	gives(DECODE_AUTO, BYTES("客户姓名,车牌\xff号\n"),
	      "客户姓名,车牌\xff号\n", "utf-8");
	gives(DECODE_AUTO, BYTES("客户姓名,车牌\xe4\xb8"), "客户姓名,车牌\xe4\xb8",
	      "utf-8");
}
END_TEST

START_TEST(the_encoding_is_found_behind_much_ascii)
{
	struct buf gb = { 0 }, want = { 0 };

	for (int i = 0; i < 20000; i++)
		buf_adds(&gb, "1,2,abc\n");
	buf_addt(&want, buf_text(&gb));
	for (int i = 0; i < 20000; i++) {
		buf_adds(&gb, "\xbf\xcd\xbb\xa7,1\n");
		buf_adds(&want, "客户,1\n");
	}
	for (size_t step = 1; step < 1 << 20; step = step * 5 + 2) {
		struct buf all = decoded(DECODE_AUTO, gb.p, gb.n, step,
					 "gb18030");

		ck_assert_uint_eq(all.n, want.n);
		ck_assert(memcmp(all.p, want.p, want.n) == 0);
		buf_release(&all);
	}
	buf_release(&gb);
	buf_release(&want);
}
END_TEST

START_TEST(a_peek_consumes_nothing)
{
	struct source *s = source_of(BYTES("\xbf\xcd\xbb\xa7,1\n"));
	struct decode *d = decode_new(DECODE_AUTO);
	char rest[64];
	bool whole;
	struct text head = decode_peek(d, s, 1000, &whole);

	ck_assert(text_is(head, "客户,1\n"));
	ck_assert(whole);
	ck_assert_int_eq(decode_read(d, s, rest, 64), 9);
	ck_assert_int_eq(decode_read(d, s, rest, 64), 0);
	decode_free(d);
	source_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decode");
	TCase *tc = tcase_create("decode");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_test(tc, utf8_passes_and_its_mark_goes);
	tcase_add_test(tc, gb18030_is_found_and_decoded);
	tcase_add_test(tc, utf16_of_either_end_is_decoded);
	tcase_add_test(tc, latin1_only_when_asked);
	tcase_add_test(tc, latin1_is_not_taken_for_chinese);
	tcase_add_test(tc, malformed_bytes_stay_malformed);
	tcase_add_test(tc, a_bad_byte_in_utf8_does_not_make_it_gb18030);
	tcase_add_test(tc, the_encoding_is_found_behind_much_ascii);
	tcase_add_test(tc, a_peek_consumes_nothing);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
