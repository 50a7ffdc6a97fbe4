/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output that is checked to the last byte, and files that appear whole. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "stream/sink.h"

#define SINK_BYTES (256 * 1024)
#define SINKS_MAX 32
/* Behind the temporary name: the earlier file's second one. */
#define OLD ".old"

struct sink {
	int fd;
	enum sink_mode mode;
	char *path;		/* where it shall stand; NULL: in place */
	char *folder;		/* of the path */
	char *temp;		/* where it grows until then */
	char *backup;		/* second name of the earlier file meanwhile */
	const char *name;	/* for messages */
	char *bytes;
	size_t n, cap;
	bool held;		/* a part: nothing is written out */
};

/* The files not yet in their place, and rejects wherever they go, for those
 * who end the program early. */
static struct sink *open_sinks[SINKS_MAX];

static void forget(const struct sink *s)
{
	for (size_t i = 0; i < SINKS_MAX; i++)
		if (open_sinks[i] == s)
			open_sinks[i] = NULL;
}

/* Only unlink() and what else may be called in a signal handler. */
static void on_signal(int number)
{
	for (size_t i = 0; i < SINKS_MAX; i++)
		if (open_sinks[i] && open_sinks[i]->temp) {
			unlink(open_sinks[i]->temp);
			unlink(open_sinks[i]->backup);
		}
	signal(number, SIG_DFL);
	raise(number);
}

static bool write_out(struct sink *s)
{
	size_t done = 0;

	while (done < s->n) {
		ssize_t n = write(s->fd, s->bytes + done, s->n - done);

		if (n >= 0) {
			done += (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd p = { s->fd, POLLOUT, 0 };

			poll(&p, 1, -1);
		} else if (errno != EINTR) {
			return false;
		}
	}
	s->n = 0;
	return true;
}

bool sink_sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status;

	if (fd < 0)
		return false;
	status = fsync(fd);
	/* Some file systems cannot sync a folder; what is in it stands. */
	if (status < 0 && errno == EINVAL)
		status = 0;
	close(fd);
	return status == 0;
}

static mode_t final_mode(const struct sink *s)
{
	struct stat old;
	mode_t mask;

	if (s->mode == SINK_PRIVATE || s->mode == SINK_REJECTS)
		return 0600;
	if (stat(s->path, &old) == 0)
		return old.st_mode & 07777;
	if (s->mode == SINK_PERSONAL)
		return 0600;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* The file gets its name. An earlier one keeps a second name until then, so
 * that it can be put back when the folder cannot be made durable. */
static bool name_it(const struct sink *s)
{
	bool kept = link(s->path, s->backup) == 0;
	bool is_new = !kept && errno == ENOENT, named;
	int cause;

	named = rename(s->temp, s->path) == 0;
	if (named && sink_sync_folder(s->folder)) {
		if (kept)
			unlink(s->backup);
		return true;
	}
	cause = errno;
	if (named && is_new)
		unlink(s->path);
	else if (named && kept)
		rename(s->backup, s->path);
	else if (kept)
		unlink(s->backup);
	errno = cause;
	return false;
}

/* Standard output stays open for who comes after; closing a copy of it tells
 * of what a file system only tells then. */
static bool close_fd(int fd)
{
	if (fd == STDOUT_FILENO)
		fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	return fd >= 0 && close(fd) == 0;
}

/* Everything written and, for a file, renamed into its place. Allocates
 * nothing: also called when there is no memory left, or by a signal. */
static bool put_in_place(struct sink *s)
{
	int fd = s->fd;

	if (!write_out(s))
		return false;
	if (!s->temp)
		return close_fd(fd);
	if (fchmod(fd, final_mode(s)) < 0 || fsync(fd) < 0)
		return false;
	s->fd = -1;
	return close(fd) == 0 && name_it(s);
}

/* Another thread may end the program (no memory) while this one makes a file:
 * the end waits until it is noted, and no file is made after it. */
static _Atomic bool opening, ended;

static void begin_opening(void)
{
	atomic_store(&opening, true);
	if (!atomic_load(&ended))
		return;
	atomic_store(&opening, false);
	for (;;)
		pause();
}

/* What is left when the program ends early: rejects stay, the rest goes. */
static void at_exit(void)
{
	atomic_store(&ended, true);
	while (atomic_load(&opening))
		sched_yield();
	for (size_t i = 0; i < SINKS_MAX; i++) {
		struct sink *s = open_sinks[i];

		if (s && s->temp && s->mode != SINK_REJECTS)
			unlink(s->temp);
	}
	for (size_t i = 0; i < SINKS_MAX; i++) {
		struct sink *s = open_sinks[i];

		if (s && s->mode == SINK_REJECTS && !put_in_place(s) &&
		    s->temp)
			unlink(s->temp);
	}
}

/* A reader that is gone: as at any early end, and then as usual. */
static void on_pipe(int number)
{
	at_exit();
	signal(number, SIG_DFL);
	raise(number);
}

static void watch_the_end(void)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGPIPE };
	static bool watched;

	if (watched)
		return;
	watched = true;
	atexit(at_exit);
	for (size_t i = 0; i < NELEMS(numbers); i++) {
		struct sigaction act = { .sa_handler = on_signal }, old;

		sigaction(numbers[i], NULL, &old);
		if (old.sa_handler == SIG_IGN)
			continue;
		if (numbers[i] == SIGPIPE)
			act.sa_handler = on_pipe;
		for (size_t k = 0; k < NELEMS(numbers); k++)
			sigaddset(&act.sa_mask, numbers[k]);
		sigaction(numbers[i], &act, NULL);
	}
}

/* The file behind symbolic links, also one that is not there yet. */
static char *resolve(const char *path)
{
	char target[PATH_MAX];
	char *now = mem_strdup(path);

	for (int hops = 0; hops < 40; hops++) {
		ssize_t n = readlink(now, target, sizeof(target) - 1);
		char *slash = strrchr(now, '/');
		struct buf next = { 0 };

		if (n < 0)
			return now;
		if (target[0] != '/' && slash)
			buf_add(&next, now, (size_t)(slash - now) + 1);
		buf_add(&next, target, (size_t)n);
		free(now);
		now = next.p;
	}
	errno = ELOOP;
	die_errno("%s", path);
}

static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf folder = { 0 };

	if (!slash)
		return mem_strdup(".");
	buf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
	return folder.p;
}

static struct sink **free_slot(void)
{
	for (size_t i = 0; i < SINKS_MAX; i++)
		if (!open_sinks[i])
			return &open_sinks[i];
	bug("more than %d files are open for writing", SINKS_MAX);
}

static void open_temp(struct sink *s)
{
	struct buf temp = { 0 };
	const char *slash = strrchr(s->path, '/');
	size_t folder = slash ? (size_t)(slash - s->path) + 1 : 0;
	struct sink **slot = free_slot();
	sigset_t all, before;

	buf_add(&temp, s->path, folder);
	buf_addf(&temp, ".%.200s.XXXXXX", s->path + folder);
	s->backup = mem_alloc(temp.n + sizeof(OLD), 1);
	/* A signal between making the file and noting it would leave it. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	begin_opening();
	s->fd = mkostemp(temp.p, O_CLOEXEC);
	if (s->fd >= 0) {
		s->temp = temp.p;
		memcpy(s->backup, temp.p, temp.n);
		memcpy(s->backup + temp.n, OLD, sizeof(OLD));
		*slot = s;
	}
	atomic_store(&opening, false);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (s->fd < 0)
		die_errno("%s", s->path);
}

/* /dev/stdout and its kin are open files, not names: what they lead to may be
 * a file that somebody else is writing. */
static int open_file_of(const char *path)
{
	struct text t = text_of(path);
	int64_t fd;

	if (text_is(t, "/dev/stdout"))
		return STDOUT_FILENO;
	if (text_is(t, "/dev/stderr"))
		return STDERR_FILENO;
	if (text_starts(t, "/dev/fd/") &&
	    number_int(text_of(path + strlen("/dev/fd/")), &fd) && fd >= 0 &&
	    fd <= INT_MAX)
		return (int)fd;
	return -1;
}

static void open_path(struct sink *s, const char *path)
{
	struct stat old;
	int fd = open_file_of(path);

	if (fd >= 0) {
		s->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (s->fd < 0)
			die_errno("%s", path);
		return;
	}
	s->path = resolve(path);
	if (stat(s->path, &old) == 0 && !S_ISREG(old.st_mode)) {
		s->fd = open(s->path, O_WRONLY | O_CLOEXEC);
		if (s->fd < 0)
			die_errno("%s", path);
		return;
	}
	s->folder = folder_of(s->path);
	open_temp(s);
}

struct sink *sink_open(const char *path, enum sink_mode mode)
{
	struct sink *s = mem_zalloc(1, sizeof(*s));

	watch_the_end();
	s->mode = mode;
	s->cap = SINK_BYTES;
	s->bytes = mem_alloc(s->cap, 1);
	if (!path || strcmp(path, "-") == 0) {
		s->fd = STDOUT_FILENO;
		s->name = "standard output";
	} else {
		s->name = path;
		open_path(s, path);
	}
	if (mode == SINK_REJECTS && !s->temp)
		*free_slot() = s;
	return s;
}

static _Noreturn void failed(struct sink *s)
{
	int cause = errno;

	if (s->temp)
		unlink(s->temp);
	forget(s);
	/* Whoever closed the pipe does not want to hear of it. */
	if (cause == EPIPE)
		msg_end(EXIT_BAD, NULL, 0);
	errno = cause;
	die_errno("%s", s->name);
}

void sink_flush(struct sink *s)
{
	if (!s->held && !write_out(s))
		failed(s);
}

static void make_room(struct sink *s, size_t n)
{
	sink_flush(s);
	if (s->cap - s->n >= n)
		return;
	s->cap = s->held ? s->cap + s->cap / 2 + n : n;
	s->bytes = mem_resize(s->bytes, s->cap, 1);
}

char *sink_room(struct sink *s, size_t n)
{
	if (s->cap - s->n < n)
		make_room(s, n);
	return s->bytes + s->n;
}

struct sink *sink_part(void)
{
	struct sink *s = mem_apart(1, sizeof(*s));

	s->fd = -1;
	s->held = true;
	s->cap = SINK_BYTES;
	s->bytes = mem_alloc(s->cap, 1);
	return s;
}

/* Without a copy: the buffers change hands. */
void sink_put_part(struct sink *to, struct sink *part)
{
	char *bytes = to->bytes;
	size_t cap = to->cap;

	sink_flush(to);
	to->bytes = part->bytes;
	to->cap = part->cap;
	to->n = part->n;
	part->bytes = bytes;
	part->cap = cap;
	part->n = 0;
	sink_flush(to);
}

void sink_drop(struct sink *part)
{
	free(part->bytes);
	free(part);
}

void sink_wrote(struct sink *s, size_t n)
{
	s->n += n;
}

void sink_put(struct sink *s, const char *p, size_t n)
{
	if (n) {
		memcpy(sink_room(s, n), p, n);
		s->n += n;
	}
}

void sink_puts(struct sink *s, const char *text)
{
	sink_put(s, text, strlen(text));
}

void sink_close(struct sink *s)
{
	if (!put_in_place(s))
		failed(s);
	forget(s);
	free(s->path);
	free(s->folder);
	free(s->temp);
	free(s->backup);
	free(s->bytes);
	free(s);
}
