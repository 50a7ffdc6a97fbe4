/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log read by several threads is the log read by one: the same lines in the
 * same order, the same end, and the same complaint where it is damaged, on
 * whichever side of a block that is.
 */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "stream/caselog_lanes.h"

/* Some 5 MiB: twenty blocks. */
#define LINES 12000u

static char folder[4096];
static char path[sizeof(folder) + 8];
static struct buf whole;

static void clean_up(void)
{
	unlink(path);
	rmdir(folder);
}

static void write_bytes(const char *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	while (n > 0) {
		ssize_t wrote = write(fd, p, n);

		ck_assert_int_gt(wrote, 0);
		p += wrote;
		n -= (size_t)wrote;
	}
	close(fd);
}

/* Members of 50 to 350 bytes; one in a thousand is longer than a block. */
static void add_line(struct caselog *log, uint32_t i)
{
	struct buf b = { 0 };
	size_t n = hash_mix(i, HASH_SALT_A) % 300;

	if (i % 1000 == 777)
		n = 300000;
	buf_addf(&b, "\"n\":\"%u\",\"more\":\"", i);
	memset(buf_room(&b, n), 'a' + (int)(i % 26), n);
	b.n += n;
	buf_addc(&b, '"');
	caselog_add(log, buf_text(&b));
	buf_release(&b);
}

static void read_file(struct buf *b)
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	ck_assert_int_ge(fd, 0);
	while ((n = read(fd, buf_room(b, 1 << 20), 1 << 20)) > 0)
		b->n += (size_t)n;
	close(fd);
}

/* Commits of some lines; now and then a writer was killed before. */
static void make_log(void)
{
	struct caselog_line line;
	uint32_t i = 0;

	while (i < LINES) {
		struct caselog *log = caselog_open(path, "test",
						   CASELOG_WRITE);

		caselog_lock(log);
		while (caselog_next(log, &line) > 0)
			continue;
		for (uint32_t end = i + LINES / 8; i < end; i++)
			add_line(log, i);
		ck_assert(caselog_commit(log));
		caselog_unlock(log);
		caselog_close(log);
		read_file(&whole);
		if (i < LINES)
			write_bytes(whole.p, whole.n - i % 13);
		buf_clear(&whole);
	}
	read_file(&whole);
}

static void setup(void)
{
	const char *where = getenv("TMPDIR");

	snprintf(folder, sizeof(folder), "%s/test_lanes.XXXXXX",
		 where ? where : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/log", folder);
	atexit(clean_up);
	make_log();
}

static void teardown(void)
{
	buf_release(&whole);
	clean_up();
}

/* What has become of a line, and of all of them. */
struct made {
	uint64_t hash;
	const char *copy;
};

struct seen {
	uint64_t lines, hash, wrong;
	struct caselog_fault fault;
	struct caselog_state state;
	int end;
};

static uint64_t hash_line(const struct caselog_line *line)
{
	return hash_mix(hash_bytes(line->members.p, line->members.n),
			line->seq ^ HASH_SALT_B);
}

static void make(void *ctx, const struct caselog_line *line, void *made,
		 struct arena *arena)
{
	struct made *m = made;

	(void)ctx;
	m->hash += hash_line(line);
	m->copy = arena_strdup(arena, line->members.p, 8);
}

static void take(void *ctx, const struct caselog_line *line, void *made)
{
	const struct made *m = made;
	struct seen *s = ctx;

	s->lines++;
	s->wrong += line->seq != s->lines || m->hash != hash_line(line) ||
		    memcmp(m->copy, line->members.p, 8) != 0;
	s->hash = hash_mix(s->hash ^ m->hash, line->line + HASH_SALT_A);
}

static struct seen see(unsigned threads)
{
	static const struct caselog_job job = { sizeof(struct made), make,
						take };
	struct caselog *log = caselog_open(path, "test", CASELOG_READ);
	struct caselog_line line;
	struct seen s = { .lines = 0 };

	s.end = caselog_each(log, threads, &job, &s);
	s.fault = caselog_fault(log);
	s.state = caselog_state(log);
	/* It stays at its end. */
	ck_assert_int_eq(caselog_next(log, &line), s.end);
	caselog_close(log);
	return s;
}

static void check_same(void)
{
	struct seen one = see(1);

	ck_assert_uint_eq(one.wrong, 0);
	for (unsigned threads = 2; threads <= 5; threads++) {
		struct seen s = see(threads);

		ck_assert_uint_eq(s.wrong, 0);
		ck_assert_uint_eq(s.lines, one.lines);
		ck_assert_uint_eq(s.hash, one.hash);
		ck_assert_int_eq(s.end, one.end);
		ck_assert_uint_eq(s.fault.line, one.fault.line);
		ck_assert_pstr_eq(s.fault.why, one.fault.why);
		ck_assert_uint_eq(s.state.seq, one.state.seq);
		ck_assert_uint_eq(s.state.torn_lines, one.state.torn_lines);
		ck_assert_uint_eq(s.state.tail_bytes, one.state.tail_bytes);
		ck_assert_uint_eq(s.state.tail_line, one.state.tail_line);
		ck_assert_mem_eq(s.state.sum, one.state.sum, CASELOG_SUM);
	}
}

START_TEST(a_whole_log_is_the_same_for_any_number_of_threads)
{
	struct seen s = see(1);

	ck_assert_int_eq(s.end, 0);
	ck_assert_uint_gt(s.lines, LINES - 10);
	ck_assert_uint_gt(s.state.torn_lines, 2);
	check_same();
}
END_TEST

START_TEST(a_torn_tail_is_the_same)
{
	for (size_t cut = 1; cut < 400000; cut = cut * 3 + 1) {
		write_bytes(whole.p, whole.n - cut);
		check_same();
	}
}
END_TEST

/* One byte changed, at many places, on both sides of every block's edge. */
START_TEST(a_damaged_line_is_named_the_same)
{
	for (size_t at = 5; at < whole.n; at += whole.n / 25 + 4099) {
		char was = whole.p[at];

		whole.p[at] = was == 'x' ? 'y' : 'x';
		write_bytes(whole.p, whole.n);
		whole.p[at] = was;
		ck_assert_int_eq(see(1).end, -1);
		check_same();
	}
}
END_TEST

START_TEST(a_line_taken_out_or_put_in_twice_is_named_the_same)
{
	struct buf b = { 0 };

	for (size_t from = whole.n / 9; from < whole.n; from += whole.n / 9) {
		const char *start = memchr(whole.p + from, '\n',
					   whole.n - from);
		const char *end;

		if (!start || start + 1 == whole.p + whole.n)
			break;
		end = memchr(start + 1, '\n', whole.n - (size_t)(start + 1 -
								whole.p));
		buf_clear(&b);
		buf_add(&b, whole.p, (size_t)(start - whole.p));
		buf_add(&b, end, (size_t)(whole.p + whole.n - end));
		write_bytes(b.p, b.n);
		check_same();
		buf_clear(&b);
		buf_add(&b, whole.p, (size_t)(end - whole.p));
		buf_add(&b, start, (size_t)(whole.p + whole.n - start));
		write_bytes(b.p, b.n);
		check_same();
	}
	buf_release(&b);
}
END_TEST

START_TEST(a_line_longer_than_any_is_named_the_same)
{
	struct buf b = { 0 };
	size_t half = whole.n / 2;

	buf_add(&b, whole.p, half);
	memset(buf_room(&b, 3u << 20), 'z', 3u << 20);
	b.n += 3u << 20;
	buf_add(&b, whole.p + half, whole.n - half);
	write_bytes(b.p, b.n);
	ck_assert_int_eq(see(1).end, -1);
	check_same();
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("caselog_lanes");
	TCase *tc = tcase_create("all");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 300);
	tcase_add_test(tc,
		       a_whole_log_is_the_same_for_any_number_of_threads);
	tcase_add_test(tc, a_torn_tail_is_the_same);
	tcase_add_test(tc, a_damaged_line_is_named_the_same);
	tcase_add_test(tc, a_line_taken_out_or_put_in_twice_is_named_the_same);
	tcase_add_test(tc, a_line_longer_than_any_is_named_the_same);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
