/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The durable log: its bytes, and what becomes of it when bytes are changed,
 * cut off or cannot be written. The faults that need processes are in
 * tests/faults.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog.h"

static char folder[4096];
static char path[sizeof(folder) + 8];

/* Also when a test ends the program on purpose. */
static void clean_up(void)
{
	unlink(path);
	rmdir(folder);
}

static void setup(void)
{
	const char *where = getenv("TMPDIR");

	snprintf(folder, sizeof(folder), "%s/test_caselog.XXXXXX",
		 where ? where : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/log", folder);
	atexit(clean_up);
}

/* What reading the whole log finds. */
struct found {
	uint64_t lines;
	int end;		/* 0 or -1 */
	struct caselog_fault fault;
	struct caselog_state state;
	char members[4096];	/* of all short lines, one after the other */
};

static struct found read_on(struct caselog *log)
{
	struct found f = { .lines = 0 };
	struct caselog_line line;
	size_t n = 0;

	while ((f.end = caselog_next(log, &line)) > 0) {
		f.lines++;
		ck_assert_uint_eq(line.seq, f.lines);
		if (line.members.n >= sizeof(f.members) - n)
			continue;
		n += (size_t)snprintf(f.members + n, sizeof(f.members) - n,
				      "%.*s;", (int)line.members.n,
				      line.members.p);
	}
	f.fault = caselog_fault(log);
	f.state = caselog_state(log);
	return f;
}

static struct found read_log(void)
{
	struct caselog *log = caselog_open(path, "test", CASELOG_READ);
	struct found f = read_on(log);

	caselog_close(log);
	return f;
}

/* Opens, catches up and adds each of the members in one commit. */
static bool append(const char *const *members, size_t n)
{
	struct caselog *log = caselog_open(path, "test", CASELOG_WRITE);
	bool good;

	caselog_lock(log);
	ck_assert_int_eq(read_on(log).end, 0);
	for (size_t i = 0; i < n; i++)
		caselog_add(log, text_of(members[i]));
	good = caselog_commit(log);
	caselog_unlock(log);
	caselog_close(log);
	return good;
}

static const char *const three[] = {
	"\"case_id\":\"C1\",\"event\":\"receive\"",
	"\"case_id\":\"C1\",\"note\":\"a \\\"b\\\"\"",
	"\"case_id\":\"C2\",\"amount\":-12.50",
};
#define ALL_THREE                                                       \
	"\"case_id\":\"C1\",\"event\":\"receive\";"                      \
	"\"case_id\":\"C1\",\"note\":\"a \\\"b\\\"\";"                   \
	"\"case_id\":\"C2\",\"amount\":-12.50;"

static struct buf bytes_of_log(void)
{
	struct buf b = { 0 };
	int fd = open(path, O_RDONLY);
	ssize_t n;

	ck_assert_int_ge(fd, 0);
	while ((n = read(fd, buf_room(&b, 4096), 4096)) > 0)
		b.n += (size_t)n;
	close(fd);
	return b;
}

static void put_bytes(const char *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, p, n), (ssize_t)n);
	close(fd);
}

/* Reference: Python's hashlib.blake2b(previous sum in hex + the line up to
 * ,"sum", digest_size=16), the sum before line 1 being 32 zeros. */
START_TEST(the_lines_are_chained_by_blake2b)
{
	static const char want[] =
		"{\"seq\":1,\"log\":\"test/1\",\"case_id\":\"C1\","
		"\"event\":\"receive\","
		"\"sum\":\"c8d0a515ee5122f070927ad493d53777\"}\n"
		"{\"seq\":2,\"case_id\":\"C1\",\"note\":\"a \\\"b\\\"\","
		"\"sum\":\"dec89ec8eee4fa53549eab097b55c8f0\"}\n";
	struct buf b;

	ck_assert(append(three, 2));
	b = bytes_of_log();
	ck_assert_uint_eq(b.n, sizeof(want) - 1);
	ck_assert_mem_eq(b.p, want, b.n);
	buf_release(&b);
}
END_TEST

START_TEST(a_new_log_is_for_its_owner_alone)
{
	struct stat st;

	umask(0);
	ck_assert(append(three, 3));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0600);
}
END_TEST

START_TEST(what_was_committed_is_read_back)
{
	struct found f;

	ck_assert(append(three, 1));
	ck_assert(append(three + 1, 2));
	f = read_log();
	ck_assert_int_eq(f.end, 0);
	ck_assert_str_eq(f.members, ALL_THREE);
	ck_assert_uint_eq(f.state.seq, 3);
	ck_assert_uint_eq(f.state.torn_lines, 0);
	ck_assert_uint_eq(f.state.tail_bytes, 0);
}
END_TEST

START_TEST(a_reader_sees_the_log_as_it_was_opened)
{
	struct caselog *log;

	ck_assert(append(three, 1));
	log = caselog_open(path, "test", CASELOG_READ);
	ck_assert(append(three + 1, 2));
	ck_assert_uint_eq(read_on(log).lines, 1);
	caselog_close(log);
	ck_assert_uint_eq(read_log().lines, 3);
}
END_TEST

START_TEST(a_writer_that_stays_open_sees_what_others_wrote)
{
	struct caselog *log = caselog_open(path, "test", CASELOG_WRITE);
	struct caselog_line line;

	caselog_lock(log);
	ck_assert_int_eq(caselog_next(log, &line), 0);
	ck_assert_uint_eq(caselog_add(log, text_of(three[0])), 1);
	ck_assert(caselog_commit(log));
	caselog_unlock(log);
	ck_assert(append(three + 1, 1));
	caselog_lock(log);
	ck_assert_int_eq(caselog_next(log, &line), 1);
	ck_assert_uint_eq(line.seq, 2);
	ck_assert_uint_eq(line.line, 2);
	ck_assert_int_eq(caselog_next(log, &line), 0);
	ck_assert_uint_eq(caselog_add(log, text_of(three[2])), 3);
	ck_assert(caselog_commit(log));
	caselog_unlock(log);
	caselog_close(log);
	ck_assert_str_eq(read_log().members, ALL_THREE);
}
END_TEST

START_TEST(the_lock_is_taken_again_only_when_nothing_happened)
{
	struct caselog *log = caselog_open(path, "test", CASELOG_WRITE);
	struct caselog *other;
	struct caselog_line line;

	caselog_lock(log);
	ck_assert_int_eq(caselog_next(log, &line), 0);
	caselog_add(log, text_of(three[0]));
	ck_assert(caselog_commit(log));
	caselog_unlock(log);
	ck_assert(caselog_lock_again(log));
	caselog_unlock(log);

	other = caselog_open(path, "test", CASELOG_WRITE);
	caselog_lock(other);
	ck_assert(!caselog_lock_again(log));
	caselog_unlock(other);
	caselog_close(other);
	ck_assert(caselog_lock_again(log));
	caselog_unlock(log);

	ck_assert(append(three + 1, 1));
	ck_assert(!caselog_lock_again(log));
	/* And nobody is kept waiting. */
	ck_assert(append(three + 2, 1));
	caselog_close(log);
}
END_TEST

START_TEST(any_changed_byte_is_noticed)
{
	struct buf b;
	size_t last;

	ck_assert(append(three, 3));
	b = bytes_of_log();
	last = b.n - 1;
	for (size_t i = 0; i < b.n; i++) {
		static const unsigned char flips[] = { 0x01, 0x20, 0x80 };

		for (size_t k = 0; k < NELEMS(flips); k++) {
			struct found f;

			b.p[i] = (char)((unsigned char)b.p[i] ^ flips[k]);
			put_bytes(b.p, b.n);
			f = read_log();
			/* Without its line end the last line is torn. */
			if (i == last)
				ck_assert_uint_gt(f.state.tail_bytes, 0);
			else
				ck_assert_int_eq(f.end, -1);
			ck_assert_uint_lt(f.lines, 3);
			b.p[i] = (char)((unsigned char)b.p[i] ^ flips[k]);
		}
	}
	buf_release(&b);
}
END_TEST

/* The offset at which line `n` (from 0) begins. */
static size_t line_start(const struct buf *b, int n)
{
	const char *p = b->p;

	while (n-- > 0)
		p = strchr(p, '\n') + 1;
	return (size_t)(p - b->p);
}

START_TEST(lines_taken_out_doubled_or_swapped_are_noticed)
{
	struct buf b, to = { 0 };
	size_t one, two;
	struct found f;

	ck_assert(append(three, 3));
	b = bytes_of_log();
	one = line_start(&b, 1);
	two = line_start(&b, 2);

	buf_add(&to, b.p, one);
	buf_add(&to, b.p + two, b.n - two);
	put_bytes(to.p, to.n);
	f = read_log();
	ck_assert_int_eq(f.end, -1);
	ck_assert_uint_eq(f.fault.line, 2);

	buf_clear(&to);
	buf_add(&to, b.p, two);
	buf_add(&to, b.p + one, b.n - one);
	put_bytes(to.p, to.n);
	f = read_log();
	ck_assert_int_eq(f.end, -1);
	ck_assert_uint_eq(f.fault.line, 3);

	buf_clear(&to);
	buf_add(&to, b.p, one);
	buf_add(&to, b.p + two, b.n - two);
	buf_add(&to, b.p + one, two - one);
	put_bytes(to.p, to.n);
	ck_assert_uint_eq(read_log().fault.line, 2);
	buf_release(&to);
	buf_release(&b);
}
END_TEST

START_TEST(foreign_lines_are_noticed_even_when_marked_as_torn)
{
	static const char *const foreign[] = {
		"\n", "hello\n", "{\"seq\":2}\n", "hello#torn\n",
		"{\"seq\":2,\"sum\":\"\"}\n",
	};
	struct buf b;
	size_t one;

	ck_assert(append(three, 3));
	b = bytes_of_log();
	one = line_start(&b, 1);
	for (size_t i = 0; i < NELEMS(foreign); i++) {
		struct buf to = { 0 };
		struct found f;

		buf_add(&to, b.p, one);
		buf_adds(&to, foreign[i]);
		buf_add(&to, b.p + one, b.n - one);
		put_bytes(to.p, to.n);
		f = read_log();
		ck_assert_int_eq(f.end, -1);
		ck_assert_uint_eq(f.lines, 1);
		buf_release(&to);
	}
	buf_release(&b);
}
END_TEST

/* The log cut at every byte: whole lines count, a torn one is told, and
 * after the next append all is in order; cut again within that append, too. */
static void cut_at(const struct buf *whole, size_t cut)
{
	size_t kept = 0, end = 0;
	struct found f;

	for (size_t i = 0; i < cut; i++) {
		if (whole->p[i] == '\n') {
			kept++;
			end = i + 1;
		}
	}
	put_bytes(whole->p, cut);
	f = read_log();
	ck_assert_int_eq(f.end, 0);
	ck_assert_uint_eq(f.lines, kept);
	ck_assert_uint_eq(f.state.tail_bytes, cut - end);
	ck_assert(append(three, 1));
	f = read_log();
	ck_assert_int_eq(f.end, 0);
	ck_assert_uint_eq(f.lines, kept + 1);
	ck_assert_uint_eq(f.state.tail_bytes, 0);
	ck_assert_uint_eq(f.state.torn_lines, cut > end);
}

START_TEST(a_torn_last_line_is_told_and_set_off)
{
	struct buf b;

	ck_assert(append(three, 3));
	b = bytes_of_log();
	for (size_t cut = 0; cut <= b.n; cut++)
		cut_at(&b, cut);
	buf_release(&b);
}
END_TEST

START_TEST(a_setting_off_that_was_torn_itself_is_set_off_in_turn)
{
	struct buf b;
	size_t torn;

	ck_assert(append(three, 3));
	b = bytes_of_log();
	torn = line_start(&b, 2) + 20;
	put_bytes(b.p, torn);
	buf_release(&b);
	ck_assert(append(three + 1, 2));
	b = bytes_of_log();
	for (size_t cut = torn; cut < b.n; cut++) {
		struct found f;

		put_bytes(b.p, cut);
		f = read_log();
		ck_assert_int_eq(f.end, 0);
		ck_assert(append(three, 1));
		f = read_log();
		ck_assert_int_eq(f.end, 0);
		ck_assert_uint_ge(f.lines, 3);
		ck_assert_uint_eq(f.state.tail_bytes, 0);
	}
	buf_release(&b);
}
END_TEST

START_TEST(torn_bytes_stay_where_they_are)
{
	struct buf before, after;

	ck_assert(append(three, 2));
	before = bytes_of_log();
	put_bytes(before.p, before.n - 7);
	ck_assert(append(three, 1));
	after = bytes_of_log();
	ck_assert_mem_eq(after.p, before.p, before.n - 7);
	ck_assert_mem_eq(after.p + before.n - 7, "#torn\n{\"seq\":2,\"torn\":",
			 22);
	buf_release(&before);
	buf_release(&after);
}
END_TEST

START_TEST(a_log_that_cannot_grow_stays_as_it_was)
{
	struct rlimit old, small;
	struct buf before, after;

	ck_assert(append(three, 2));
	before = bytes_of_log();
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	/* Room for a part of the line. */
	small.rlim_cur = before.n + 30;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	errno = 0;
	ck_assert(!append(three, 1));
	ck_assert_int_eq(errno, EFBIG);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
	after = bytes_of_log();
	ck_assert_uint_eq(after.n, before.n);
	ck_assert_mem_eq(after.p, before.p, before.n);
	buf_release(&before);
	buf_release(&after);
}
END_TEST

START_TEST(nothing_added_is_nothing_written)
{
	struct buf b;

	ck_assert(append(three, 0));
	b = bytes_of_log();
	ck_assert_uint_eq(b.n, 0);
	ck_assert_int_eq(read_log().end, 0);
	buf_release(&b);
}
END_TEST

START_TEST(a_log_of_another_kind_is_refused)
{
	struct caselog *log;
	struct caselog_line line;

	ck_assert(append(three, 1));
	log = caselog_open(path, "tes", CASELOG_READ);
	caselog_next(log, &line);
	caselog_close(log);
}
END_TEST

START_TEST(a_device_is_no_log)
{
	caselog_open("/dev/full", "test", CASELOG_WRITE);
}
END_TEST

START_TEST(a_line_longer_than_any_of_ours_is_a_fault)
{
	size_t n = CASELOG_MEMBERS_MAX + 4096;
	char *long_line = mem_alloc(n, 1);
	struct found f;

	memset(long_line, 'x', n);
	put_bytes(long_line, n);
	f = read_log();
	ck_assert_int_eq(f.end, -1);
	ck_assert_uint_eq(f.fault.line, 1);
	free(long_line);
}
END_TEST

START_TEST(lines_of_any_length_are_read_back)
{
	size_t n = CASELOG_MEMBERS_MAX;
	struct buf big = { 0 };
	const char *members;

	caselog_put_plain(&big, TEXT("n"), TEXT("1"));
	buf_adds(&big, ",\"note\":\"");
	while (big.n < n - 1)
		buf_addc(&big, 'x');
	buf_addc(&big, '"');
	members = big.p;
	for (int i = 0; i < 3; i++)
		ck_assert(append(&members, 1));
	ck_assert_uint_eq(read_log().state.seq, 3);
	buf_release(&big);
}
END_TEST

START_TEST(members_come_back_as_they_were_put)
{
	static const char odd[] = "a\"b\\c\n\t\x01\x7f\xe6\x8a\x95\x1f";
	struct text value = { odd, sizeof(odd) - 1 };
	struct buf b = { 0 }, back = { 0 };
	struct caselog_member m;
	struct text rest;

	caselog_put_text(&b, TEXT("x"), value);
	caselog_put_plain(&b, TEXT("n"), TEXT("-1.50"));
	caselog_put_text(&b, TEXT("y"), TEXT(""));
	rest = buf_text(&b);
	ck_assert(caselog_member(&rest, &m));
	ck_assert(text_is(m.key, "x") && m.string && m.escaped);
	ck_assert(caselog_unescape(&back, m.value));
	ck_assert(text_eq(buf_text(&back), value));
	ck_assert(caselog_member(&rest, &m));
	ck_assert(text_is(m.key, "n") && !m.string && !m.escaped);
	ck_assert(text_is(m.value, "-1.50"));
	ck_assert(caselog_member(&rest, &m));
	ck_assert(text_is(m.key, "y") && m.string && m.value.n == 0);
	ck_assert(!caselog_member(&rest, &m));
	ck_assert_uint_eq(rest.n, 0);
	buf_release(&b);
	buf_release(&back);
}
END_TEST

static const char *const no_members[] = {
	"x", "\"x", "\"x\"", "\"x\":", "\"x\":\"y", "\"x\":\"y\\", "\"x\":1,",
	"\"x\":{}", "\"x\":[1]", ",\"x\":1", "\"x\":\"y\"z", "x:1", "\"x\"1",
};

START_TEST(what_is_no_member_is_not_taken)
{
	struct text rest = text_of(no_members[_i]);
	struct caselog_member m;

	ck_assert(!caselog_member(&rest, &m));
	ck_assert_uint_gt(rest.n, 0);
}
END_TEST

static const char *const no_escapes[] = {
	"\\", "\\b", "\\u", "\\u0", "\\u00", "\\u000", "\\u00g0", "\\u0100",
	"\\/",
};

START_TEST(escapes_that_the_log_does_not_use_are_refused)
{
	struct buf b = { 0 };

	ck_assert(!caselog_unescape(&b, text_of(no_escapes[_i])));
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("caselog");
	TCase *t = tcase_create("caselog");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_caselog");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, the_lines_are_chained_by_blake2b);
	tcase_add_test(t, a_new_log_is_for_its_owner_alone);
	tcase_add_test(t, what_was_committed_is_read_back);
	tcase_add_test(t, a_reader_sees_the_log_as_it_was_opened);
	tcase_add_test(t, a_writer_that_stays_open_sees_what_others_wrote);
	tcase_add_test(t,
		       the_lock_is_taken_again_only_when_nothing_happened);
	tcase_add_test(t, any_changed_byte_is_noticed);
	tcase_add_test(t, lines_taken_out_doubled_or_swapped_are_noticed);
	tcase_add_test(t, foreign_lines_are_noticed_even_when_marked_as_torn);
	tcase_add_test(t, a_torn_last_line_is_told_and_set_off);
	tcase_add_test(t,
		       a_setting_off_that_was_torn_itself_is_set_off_in_turn);
	tcase_add_test(t, torn_bytes_stay_where_they_are);
	tcase_add_test(t, a_log_that_cannot_grow_stays_as_it_was);
	tcase_add_test(t, nothing_added_is_nothing_written);
	tcase_add_exit_test(t, a_log_of_another_kind_is_refused, EXIT_BAD);
	tcase_add_exit_test(t, a_device_is_no_log, EXIT_BAD);
	tcase_add_test(t, a_line_longer_than_any_of_ours_is_a_fault);
	tcase_add_test(t, lines_of_any_length_are_read_back);
	tcase_add_test(t, members_come_back_as_they_were_put);
	tcase_add_loop_test(t, what_is_no_member_is_not_taken, 0,
			    NELEMS(no_members));
	tcase_add_loop_test(t, escapes_that_the_log_does_not_use_are_refused,
			    0, NELEMS(no_escapes));
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
