/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that appear whole or not at all, whatever ends the program. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "stream/sink.h"
#include "tests/unit/child.h"

static char *folder, *path;

static void set_up(void)
{
	folder = folder_make();
	path = folder_file(folder, "out.csv");
}

static void tear_down(void)
{
	free(path);
	folder_remove(folder);
}

/* Names in the folder, the test's own files apart. */
static void holds_only(const char *names)
{
	struct buf command = { 0 };

	buf_addf(&command, "[ \"$(cd '%s' && ls -A | tr '\\n' ' ')\" = '%s' ]",
		 folder, names);
	ck_assert_int_eq(system(command.p), 0);
	buf_release(&command);
}

static void has(const char *file, const char *want)
{
	struct buf got = file_read(file);

	ck_assert_ptr_nonnull(got.p);
	ck_assert_str_eq(got.p, want);
	buf_release(&got);
}

static mode_t mode_of(const char *file)
{
	struct stat st;

	ck_assert_int_eq(stat(file, &st), 0);
	return st.st_mode & 07777;
}

static void write_new(void *mode)
{
	struct sink *s = sink_open(path, *(enum sink_mode *)mode);

	sink_puts(s, "new\n");
	sink_close(s);
}

static void writes(enum sink_mode mode)
{
	struct child c = { 0 };

	child_run(&c, write_new, &mode);
	ck_assert_str_eq(c.err.p, "");
	ck_assert_int_eq(c.status, 0);
	child_release(&c);
}

/* ---- where it stands ---- */

START_TEST(a_new_file_has_the_usual_mode)
{
	mode_t mask = umask(027);

	writes(SINK_PLAIN);
	umask(mask);
	has(path, "new\n");
	ck_assert_int_eq(mode_of(path), 0640);
	holds_only("out.csv ");
}
END_TEST

START_TEST(an_old_file_keeps_its_mode)
{
	file_write(path, TEXT("old\n"));
	chmod(path, 0604);
	writes(SINK_PLAIN);
	has(path, "new\n");
	ck_assert_int_eq(mode_of(path), 0604);
	holds_only("out.csv ");
}
END_TEST

START_TEST(private_files_are_private)
{
	file_write(path, TEXT("old\n"));
	chmod(path, 0644);
	writes(SINK_PRIVATE);
	ck_assert_int_eq(mode_of(path), 0600);
	unlink(path);
	writes(SINK_REJECTS);
	ck_assert_int_eq(mode_of(path), 0600);
}
END_TEST

START_TEST(personal_files_are_private_until_opened_to_others)
{
	writes(SINK_PERSONAL);
	ck_assert_int_eq(mode_of(path), 0600);
	chmod(path, 0640);
	writes(SINK_PERSONAL);
	ck_assert_int_eq(mode_of(path), 0640);
}
END_TEST

/* What reads the old file goes on reading it. */
START_TEST(an_old_file_is_replaced_not_changed)
{
	int fd;
	char old[8] = "";

	file_write(path, TEXT("old\n"));
	fd = open(path, O_RDONLY);
	writes(SINK_PLAIN);
	ck_assert_int_eq(read(fd, old, sizeof(old)), 4);
	ck_assert_str_eq(old, "old\n");
	close(fd);
}
END_TEST

START_TEST(a_symbolic_link_is_followed)
{
	char *sub = folder_file(folder, "sub");
	char *first = folder_file(folder, "first");
	char *target = folder_file(folder, "sub/target.csv");
	char *link = path;

	/* first -> out.csv -> sub/target.csv, the last not there yet */
	ck_assert_int_eq(mkdir(sub, 0755), 0);
	ck_assert_int_eq(symlink("sub/target.csv", link), 0);
	ck_assert_int_eq(symlink(link, first), 0);
	path = first;
	writes(SINK_PLAIN);
	has(target, "new\n");
	file_write(target, TEXT("old\n"));
	writes(SINK_PLAIN);
	has(target, "new\n");
	holds_only("first out.csv sub ");
	path = link;
	free(first);
	free(sub);
	free(target);
}
END_TEST

static void fails(void (*fn)(void *), void *ctx, const char *message)
{
	struct child c = { 0 };

	child_run(&c, fn, ctx);
	ck_assert_int_eq(c.status, EXIT_BAD);
	ck_assert_str_eq(c.err.p, message);
	child_release(&c);
}

static char *said(const char *cause)
{
	struct buf b = { 0 };

	buf_addf(&b, "crmutils: %s: %s\n", path, cause);
	return b.p;
}

START_TEST(a_link_to_itself_is_an_error)
{
	enum sink_mode mode = SINK_PLAIN;
	char *message = said(strerror(ELOOP));

	ck_assert_int_eq(symlink("out.csv", path), 0);
	fails(write_new, &mode, message);
	free(message);
}
END_TEST

START_TEST(a_folder_is_an_error)
{
	enum sink_mode mode = SINK_PLAIN;
	char *message = said(strerror(EISDIR));

	ck_assert_int_eq(mkdir(path, 0755), 0);
	fails(write_new, &mode, message);
	free(message);
	holds_only("out.csv ");
}
END_TEST

START_TEST(a_folder_that_is_missing_is_an_error)
{
	enum sink_mode mode = SINK_PLAIN;
	char *message;

	free(path);
	path = folder_file(folder, "none/out.csv");
	message = said(strerror(ENOENT));
	fails(write_new, &mode, message);
	free(message);
}
END_TEST

START_TEST(a_fifo_is_written_in_place)
{
	char got[8] = "";
	int fd;

	ck_assert_int_eq(mkfifo(path, 0600), 0);
	fd = open(path, O_RDWR);
	writes(SINK_PLAIN);
	ck_assert_int_eq(read(fd, got, sizeof(got)), 4);
	ck_assert_str_eq(got, "new\n");
	close(fd);
	holds_only("out.csv ");
}
END_TEST

START_TEST(a_full_device_is_an_error)
{
	static const enum sink_mode modes[] = { SINK_PLAIN, SINK_PRIVATE,
						SINK_REJECTS };

	free(path);
	path = mem_strdup("/dev/full");
	for (size_t i = 0; i < NELEMS(modes); i++) {
		enum sink_mode mode = modes[i];

		fails(write_new, &mode,
		      "crmutils: /dev/full: No space left on device\n");
	}
}
END_TEST

/* ---- bytes ---- */

static const char *byte_of(size_t i)
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz\n";

	return &letters[i % (sizeof(letters) - 1)];
}

enum { MANY = 3000000 };

/* By one byte, by many, by more than the buffer holds. */
static void write_many(void *unused)
{
	struct sink *s = sink_open(path, SINK_PLAIN);
	struct buf b = { 0 };
	size_t at = 0;

	(void)unused;
	for (; at < 600000; at++)
		sink_put(s, byte_of(at), 1);
	for (size_t size = 1; at < MANY; size = size * 3 + 1) {
		buf_clear(&b);
		for (; b.n < size && at < MANY; at++)
			buf_addc(&b, *byte_of(at));
		if (size % 2) {
			sink_put(s, b.p, b.n);
		} else {
			memcpy(sink_room(s, 2 * b.n), b.p, b.n);
			sink_wrote(s, b.n);
		}
	}
	buf_release(&b);
	sink_close(s);
}

static void is_many(const char *p, size_t n)
{
	ck_assert_uint_eq(n, MANY);
	for (size_t i = 0; i < n; i++)
		if (p[i] != *byte_of(i))
			ck_abort_msg("byte %zu is another", i);
}

START_TEST(every_byte_is_written_once)
{
	struct child c = { 0 };
	FILE *f;
	char *got = mem_alloc(MANY + 1, 1);

	child_run(&c, write_many, NULL);
	ck_assert_int_eq(c.status, 0);
	f = fopen(path, "rb");
	ck_assert_ptr_nonnull(f);
	is_many(got, fread(got, 1, MANY + 1, f));
	fclose(f);
	free(got);
	child_release(&c);
}
END_TEST

/* A pipe that takes little at a time, and says EAGAIN in between. */
static void write_to_slow_pipe(void *unused)
{
	int end[2];
	char *got = mem_alloc(MANY + 1, 1);
	size_t n = 0;
	ssize_t now;
	int status;

	if (pipe(end) < 0)
		exit(9);
	if (fork() == 0) {
		struct buf name = { 0 };

		close(end[0]);
		fcntl(end[1], F_SETFL, O_NONBLOCK);
		buf_addf(&name, "/dev/fd/%d", end[1]);
		free(path);
		free(got);
		path = name.p;
		write_many(unused);
		exit(0);
	}
	close(end[1]);
	while ((now = read(end[0], got + n, 5003)) > 0)
		n += (size_t)now;
	if (wait(&status) < 0 || status || n != MANY)
		exit(8);
	for (size_t i = 0; i < n; i++)
		if (got[i] != *byte_of(i))
			exit(7);
	free(got);
}

START_TEST(a_pipe_that_is_not_ready_is_waited_for)
{
	struct child c = { 0 };

	child_run(&c, write_to_slow_pipe, NULL);
	ck_assert_str_eq(c.err.p, "");
	ck_assert_int_eq(c.status, 0);
	child_release(&c);
}
END_TEST

static void write_out(void *unused)
{
	struct sink *s = sink_open(NULL, SINK_PLAIN);

	(void)unused;
	sink_puts(s, "one\n");
	sink_flush(s);
	sink_puts(s, "two\n");
	sink_close(s);
	s = sink_open("-", SINK_PLAIN);
	sink_puts(s, "three\n");
	sink_close(s);
}

START_TEST(standard_output_is_written_and_stays_open)
{
	struct child c = { 0 };

	child_run(&c, write_out, NULL);
	ck_assert_int_eq(c.status, 0);
	ck_assert_str_eq(c.out.p, "one\ntwo\nthree\n");
	child_release(&c);
}
END_TEST

static void write_nothing_to_closed(void *unused)
{
	(void)unused;
	close(STDOUT_FILENO);
	sink_close(sink_open(NULL, SINK_PLAIN));
}

START_TEST(standard_output_that_is_closed_is_an_error)
{
	fails(write_nothing_to_closed, NULL,
	      "crmutils: standard output: Bad file descriptor\n");
}
END_TEST

/* ---- early ends ---- */

static void both_and_die(void *unused)
{
	struct sink *s = sink_open(path, SINK_PLAIN);
	char *rejects = folder_file(folder, "rejects.csv");
	struct sink *r = sink_open(rejects, SINK_REJECTS);

	(void)unused;
	sink_puts(s, "half\n");
	sink_flush(s);
	sink_puts(r, "bad row\n");
	die("no");
}

START_TEST(a_run_that_fails_leaves_the_old_file_and_the_rejects)
{
	char *rejects = folder_file(folder, "rejects.csv");

	file_write(path, TEXT("old\n"));
	fails(both_and_die, NULL, "crmutils: no\n");
	has(path, "old\n");
	has(rejects, "bad row\n");
	holds_only("out.csv rejects.csv ");
	unlink(path);
	fails(both_and_die, NULL, "crmutils: no\n");
	holds_only("rejects.csv ");
	free(rejects);
}
END_TEST

static void both_and_no_memory(void *unused)
{
	struct sink *s = sink_open(path, SINK_PLAIN);
	char *rejects = folder_file(folder, "rejects.csv");
	struct sink *r = sink_open(rejects, SINK_REJECTS);

	(void)unused;
	sink_puts(s, "half\n");
	sink_puts(r, "bad row\n");
	mem_need(NULL);
}

START_TEST(a_run_without_memory_leaves_them_too)
{
	char *rejects = folder_file(folder, "rejects.csv");

	file_write(path, TEXT("old\n"));
	fails(both_and_no_memory, NULL, "crmutils: out of memory\n");
	has(path, "old\n");
	has(rejects, "bad row\n");
	holds_only("out.csv rejects.csv ");
	free(rejects);
}
END_TEST

static void reject_in_place_and_die(void *where)
{
	struct sink *r = sink_open(where, SINK_REJECTS);

	sink_puts(r, "bad row\n");
	die("no");
}

START_TEST(rejects_that_go_elsewhere_are_written_too)
{
	static const char *const places[] = { "-", "/dev/stdout", "/dev/fd/1" };

	for (size_t i = 0; i < NELEMS(places); i++) {
		struct child c = { 0 };
		char place[16];

		strcpy(place, places[i]);
		child_run(&c, reject_in_place_and_die, place);
		ck_assert_int_eq(c.status, EXIT_BAD);
		ck_assert_str_eq(c.out.p, "bad row\n");
		ck_assert_str_eq(c.err.p, "crmutils: no\n");
		child_release(&c);
	}
}
END_TEST

static void both_and_signal(void *number)
{
	/* under nohup it would be left out, as it should be */
	signal(*(int *)number, SIG_DFL);
	struct sink *s = sink_open(path, SINK_PLAIN);

	sink_puts(s, "half\n");
	sink_flush(s);
	raise(*(int *)number);
}

START_TEST(a_signal_leaves_the_old_file_and_ends_by_itself)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGPIPE };

	file_write(path, TEXT("old\n"));
	for (size_t i = 0; i < NELEMS(numbers); i++) {
		struct child c = { 0 };
		int number = numbers[i];

		child_run(&c, both_and_signal, &number);
		ck_assert_int_eq(c.status, 128 + number);
		ck_assert_str_eq(c.err.p, "");
		has(path, "old\n");
		holds_only("out.csv ");
		child_release(&c);
	}
}
END_TEST

/* Writes to a pipe that nobody reads, with rejects and a file under way. */
static void write_to_nobody(void *ignored)
{
	char *rejects = folder_file(folder, "rejects.csv");
	struct sink *r, *s, *out;
	int end[2];

	if (*(bool *)ignored)
		signal(SIGPIPE, SIG_IGN);
	if (pipe(end) < 0 || dup2(end[1], STDOUT_FILENO) < 0)
		exit(9);
	close(end[0]);
	close(end[1]);
	r = sink_open(rejects, SINK_REJECTS);
	s = sink_open(path, SINK_PLAIN);
	out = sink_open(NULL, SINK_PLAIN);
	sink_puts(r, "bad row\n");
	sink_puts(s, "half\n");
	sink_puts(out, "row\n");
	sink_close(out);
}

START_TEST(a_reader_that_is_gone_ends_the_run_in_silence)
{
	char *rejects = folder_file(folder, "rejects.csv");

	file_write(path, TEXT("old\n"));
	for (int i = 0; i < 2; i++) {
		struct child c = { 0 };
		bool ignored = i;

		child_run(&c, write_to_nobody, &ignored);
		ck_assert_int_eq(c.status, ignored ? EXIT_BAD : 128 + SIGPIPE);
		ck_assert_str_eq(c.err.p, "");
		has(path, "old\n");
		has(rejects, "bad row\n");
		holds_only("out.csv rejects.csv ");
		unlink(rejects);
		child_release(&c);
	}
	free(rejects);
}
END_TEST

/* The old file's folder turns into something that takes no rename. */
static void lose_the_folder(void *unused)
{
	struct sink *s = sink_open(path, SINK_PLAIN);
	struct buf command = { 0 };

	(void)unused;
	sink_puts(s, "new\n");
	buf_addf(&command, "rm -rf '%s/sub'", folder);
	if (system(command.p))
		exit(9);
	sink_close(s);
}

START_TEST(a_rename_that_fails_is_an_error)
{
	char *sub = folder_file(folder, "sub"), *message;

	ck_assert_int_eq(mkdir(sub, 0755), 0);
	free(path);
	path = folder_file(folder, "sub/out.csv");
	message = said(strerror(ENOENT));
	fails(lose_the_folder, NULL, message);
	holds_only("");
	free(message);
	free(sub);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sink");
	TCase *t = tcase_create("sink");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, a_new_file_has_the_usual_mode);
	tcase_add_test(t, an_old_file_keeps_its_mode);
	tcase_add_test(t, private_files_are_private);
	tcase_add_test(t, personal_files_are_private_until_opened_to_others);
	tcase_add_test(t, an_old_file_is_replaced_not_changed);
	tcase_add_test(t, a_symbolic_link_is_followed);
	tcase_add_test(t, a_link_to_itself_is_an_error);
	tcase_add_test(t, a_folder_is_an_error);
	tcase_add_test(t, a_folder_that_is_missing_is_an_error);
	tcase_add_test(t, a_fifo_is_written_in_place);
	tcase_add_test(t, a_full_device_is_an_error);
	tcase_add_test(t, every_byte_is_written_once);
	tcase_add_test(t, a_pipe_that_is_not_ready_is_waited_for);
	tcase_add_test(t, standard_output_is_written_and_stays_open);
	tcase_add_test(t, standard_output_that_is_closed_is_an_error);
	tcase_add_test(t, a_run_that_fails_leaves_the_old_file_and_the_rejects);
	tcase_add_test(t, a_run_without_memory_leaves_them_too);
	tcase_add_test(t, rejects_that_go_elsewhere_are_written_too);
	tcase_add_test(t, a_signal_leaves_the_old_file_and_ends_by_itself);
	tcase_add_test(t, a_reader_that_is_gone_ends_the_run_in_silence);
	tcase_add_test(t, a_rename_that_fails_is_an_error);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
