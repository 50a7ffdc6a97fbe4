/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where bytes come from, and what is no text of ours. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/source.h"
#include "tests/unit/child.h"

/* A pipe into which another process writes in steps, now and then late. */
struct piped {
	pid_t writer;
	int fd;
	struct buf path;
};

static void pipe_open(struct piped *p, struct text t, size_t step)
{
	int end[2];

	ck_assert_int_eq(pipe(end), 0);
	p->writer = fork();
	ck_assert_int_ge(p->writer, 0);
	if (p->writer == 0) {
		close(end[0]);
		for (size_t at = 0; at < t.n; at += step) {
			size_t n = t.n - at < step ? t.n - at : step;

			if (at % 16 == 0)
				usleep(300);
			if (write(end[1], t.p + at, n) != (ssize_t)n)
				_exit(1);
		}
		_exit(0);
	}
	close(end[1]);
	/* What is not here yet is no end: EAGAIN is waited out. */
	fcntl(end[0], F_SETFL, O_NONBLOCK);
	p->fd = end[0];
	p->path = (struct buf){ 0 };
	buf_addf(&p->path, "/proc/self/fd/%d", p->fd);
}

static void pipe_close(struct piped *p)
{
	int status;

	close(p->fd);
	waitpid(p->writer, &status, 0);
	buf_release(&p->path);
}

static struct buf read_all(struct source *s)
{
	struct buf all = { 0 };
	ssize_t n;

	while ((n = source_read(s, buf_room(&all, 13), 13)) > 0)
		all.n += (size_t)n;
	ck_assert_int_eq(n, 0);
	buf_add(&all, "", 0);
	return all;
}

/* ---- bytes ---- */

static const struct {
	struct text bytes;
	struct text line;	/* the first that is not blank, with what is
				 * before it */
	int first;
	struct text rest;	/* without a byte-order mark */
} files[] = {
	{ { "", 0 }, { "", 0 }, -1, { "", 0 } },
	{ TEXT("a,b\n1,2\n"), TEXT("a,b\n"), 'a', TEXT("a,b\n1,2\n") },
	{ TEXT("a"), TEXT("a"), 'a', TEXT("a") },
	{ TEXT("\xef\xbb\xbf{\"a\":1}\n{}\n"), TEXT("\xef\xbb\xbf{\"a\":1}\n"),
	  '{', TEXT("{\"a\":1}\n{}\n") },
	{ TEXT("\xef\xbb\xbf"), TEXT("\xef\xbb\xbf"), -1, { "", 0 } },
	{ TEXT("\xef\xbb"), TEXT("\xef\xbb"), 0xef, TEXT("\xef\xbb") },
	{ TEXT(" \r\n\n\t [\n1]\n"), TEXT(" \r\n\n\t [\n"), '[',
	  TEXT(" \r\n\n\t [\n1]\n") },
	{ TEXT("\n\n"), TEXT("\n\n"), -1, TEXT("\n\n") },
	{ TEXT("\0a\n"), TEXT("\0a\n"), 0, TEXT("\0a\n") },
};

START_TEST(peeking_takes_nothing_away_however_bytes_come)
{
	static const size_t steps[] = { 1, 2, 5, 4096 };

	for (size_t i = 0; i < NELEMS(steps); i++) {
		struct piped p;
		struct source *s;
		struct buf rest;
		struct text line;

		pipe_open(&p, files[_i].bytes, steps[i]);
		s = source_open(p.path.p);
		ck_assert_ptr_nonnull(s);
		line = source_first_line(s, 1024);
		ck_assert(text_eq(line, files[_i].line));
		ck_assert_int_eq(source_first_byte(s), files[_i].first);
		ck_assert_uint_eq(source_peek(s, 2).n,
				  files[_i].bytes.n < 2 ? files[_i].bytes.n :
							  2);
		rest = read_all(s);
		ck_assert(text_eq(buf_text(&rest), files[_i].rest));
		buf_release(&rest);
		source_close(s);
		pipe_close(&p);
	}
}
END_TEST

START_TEST(a_long_line_is_peeked_at_in_part)
{
	struct piped p;
	struct source *s;
	struct buf b = { 0 }, rest;

	memset(buf_room(&b, 100000), 'x', 100000);
	b.n = 100000;
	pipe_open(&p, buf_text(&b), 999);
	s = source_open(p.path.p);
	ck_assert_uint_eq(source_first_line(s, 1024).n, 1024);
	ck_assert_uint_eq(source_peek(s, 100000).n, 65536);
	rest = read_all(s);
	ck_assert(text_eq(buf_text(&rest), buf_text(&b)));
	buf_release(&rest);
	buf_release(&b);
	source_close(s);
	pipe_close(&p);
}
END_TEST

static ssize_t shout(void *ctx, struct source *s, char *to, size_t n)
{
	ssize_t got = source_raw_read(s, to, n);

	for (ssize_t i = 0; i < got; i++)
		if (to[i] >= 'a' && to[i] <= 'z')
			to[i] = (char)(to[i] - 'a' + 'A');
	++*(int *)ctx;
	return got;
}

START_TEST(a_decoder_stands_between)
{
	struct piped p;
	struct source *s;
	struct buf rest;
	int calls = 0;

	pipe_open(&p, TEXT("abc,\xef\xbb\xbf\n"), 3);
	s = source_open(p.path.p);
	source_peek(s, 2);
	source_decode(s, shout, &calls);
	rest = read_all(s);
	ck_assert_str_eq(rest.p, "ABC,\xef\xbb\xbf\n");
	ck_assert_int_gt(calls, 0);
	buf_release(&rest);
	source_close(s);
	pipe_close(&p);
}
END_TEST

START_TEST(what_cannot_be_opened_says_why)
{
	char *folder = folder_make(), *none = folder_file(folder, "none");

	ck_assert_ptr_null(source_open(none));
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_ptr_null(source_open(folder));
	ck_assert_int_eq(errno, EISDIR);
	free(none);
	folder_remove(folder);
}
END_TEST

START_TEST(a_read_that_fails_says_so)
{
	/* Nothing is mapped at its start. */
	struct source *s = source_open("/proc/self/mem");
	char room[8];

	ck_assert_ptr_nonnull(s);
	ck_assert_ptr_null(source_peek(s, 1).p);
	ck_assert_int_eq(errno, EIO);
	ck_assert_ptr_null(source_first_line(s, 10).p);
	ck_assert_int_eq(source_first_byte(s), -1);
	ck_assert_int_eq(source_read(s, room, sizeof(room)), -1);
	ck_assert_int_eq(errno, EIO);
	source_close(s);
}
END_TEST

/* ---- what is no text ---- */

static const struct {
	struct text bytes;
	const char *what;	/* NULL: text */
} kinds[] = {
	{ TEXT("PK\x03\x04rest of a workbook"), "xlsx" },
	{ TEXT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\n"), "xls" },
	{ TEXT("\x1f\x8b\x08"), "gzip" },
	{ TEXT("BZh91AY"), "bzip2" },
	{ TEXT("\xfd" "7zXZ\0\0"), "xz" },
	{ TEXT("\x28\xb5\x2f\xfd\n"), "zstd" },
	{ TEXT("%PDF-1.4\n"), "PDF" },
	{ TEXT("MIME-Version: 1.0\n"), "web archive" },
	{ TEXT("\x7f" "ELF\x02"), "program" },
	{ TEXT("\x89PNG\r\n\x1a\n"), "picture" },
	{ TEXT("SQLite format 3\0"), "SQLite" },
	{ TEXT("\xff\xfe" "a\0,\0b\0\n\0"), "UTF-16" },
	{ TEXT("\xfe\xff\0a\0,\0b\0\n"), "UTF-16" },
	{ TEXT("a\0,\0b\0c\0d\0\n\0"), "UTF-16" },
	{ TEXT("\0a\0,\0b\0c\0d\0\n"), "UTF-16" },
	{ TEXT("<html><table>"), "HTML" },
	{ TEXT("\xef\xbb\xbf\r\n <!DOCTYPE html>\n"), "HTML" },
	{ TEXT("\n<table border=1>\n"), "HTML" },
	{ TEXT("<?xml version=\"1.0\"?>\n"), "HTML or XML" },
	{ TEXT("\x01\x02\x00\x03\x04\x05 some bytes"), "binary" },
	{ TEXT("a,b\n1,2\n"), NULL },
	{ TEXT("id,na\0me\n"), NULL },
	{ TEXT("id,\x1b[31m\x07\n"), NULL },
	{ TEXT("{\"a\":\"\x01\x02\x03\"}\n"), NULL },
	{ TEXT("\xe5\xba\x8f\xe5\x8f\xb7,\xe5\xa7\x93\xe5\x90\x8d\n"), NULL },
	{ TEXT("\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\n"), NULL },	/* GB18030 */
	{ TEXT("<5,a\n"), NULL },
	{ TEXT("\n"), NULL },
	{ { "", 0 }, NULL },
};

START_TEST(what_is_no_text_is_named)
{
	for (size_t step = 1; step < 50; step += 7) {
		struct piped p;
		struct source *s;
		const char *what;

		pipe_open(&p, kinds[_i].bytes, step);
		s = source_open(p.path.p);
		what = source_foreign(s);
		if (kinds[_i].what) {
			ck_assert_ptr_nonnull(what);
			ck_assert_ptr_nonnull(strstr(what, kinds[_i].what));
		} else {
			ck_assert_ptr_null(what);
		}
		source_close(s);
		pipe_close(&p);
	}
}
END_TEST

/* Random bytes: their first lines are of any length. */
START_TEST(random_bytes_are_mostly_known_by_a_long_first_line)
{
	uint64_t seed = 99;
	int known = 0;

	for (int round = 0; round < 200; round++) {
		char bytes[600];
		struct piped p;
		struct source *s;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = (char)(seed >> 56);
			if (bytes[i] == '\n')
				bytes[i] = 'n';
		}
		pipe_open(&p, (struct text){ bytes, sizeof(bytes) }, 600);
		s = source_open(p.path.p);
		known += source_foreign(s) != NULL;
		source_close(s);
		pipe_close(&p);
	}
	/* One byte in nine is odd, one in twenty is asked for. */
	ck_assert_int_ge(known, 199);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("source");
	TCase *t = tcase_create("source");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, peeking_takes_nothing_away_however_bytes_come, 0,
			    NELEMS(files));
	tcase_add_test(t, a_long_line_is_peeked_at_in_part);
	tcase_add_test(t, a_decoder_stands_between);
	tcase_add_test(t, what_cannot_be_opened_says_why);
	tcase_add_test(t, a_read_that_fails_says_so);
	tcase_add_loop_test(t, what_is_no_text_is_named, 0, NELEMS(kinds));
	tcase_add_test(t, random_bytes_are_mostly_known_by_a_long_first_line);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
