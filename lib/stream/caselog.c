/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The durable log: chained lines, one lock, one write, one fdatasync. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_in.h"
#include "stream/sink.h"

/* How long a reader tries to find no writer at work, in milliseconds. */
#define SETTLE_TRIES 100

/* Opening */

/*
 * A log begins with {"seq":, or was torn before that. What is damaged further
 * on is a damaged log, and no stream.
 */
static bool begins_as_log(const char *bytes, size_t n)
{
	static const char start[] = "{\"seq\":", torn[] = "#torn\n";
	size_t at = 0;

	while (at < n && at < sizeof(start) - 1 && bytes[at] == start[at])
		at++;
	return at == n || at == sizeof(start) - 1 ||
	       (n - at >= sizeof(torn) - 1 &&
		memcmp(bytes + at, torn, sizeof(torn) - 1) == 0);
}

/*
 * What cannot be read twice is not opened either: a writer waits at a FIFO
 * for its reader, and would be broken off when this one goes.
 */
bool caselog_is(const char *path)
{
	struct stat st;
	char bytes[16];
	ssize_t n;
	int fd;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	n = pread(fd, bytes, sizeof(bytes), 0);
	close(fd);
	return n >= 0 && begins_as_log(bytes, (size_t)n);
}

static void open_file(struct caselog *log)
{
	int how = O_CLOEXEC | O_NONBLOCK;
	struct stat st;

	how |= log->mode == CASELOG_WRITE ? O_RDWR | O_CREAT | O_APPEND :
					    O_RDONLY;
	log->fd = open(log->path, how, 0600);
	if (log->fd < 0 || fstat(log->fd, &st) < 0)
		die_errno("%s", log->path);
	if (!S_ISREG(st.st_mode))
		die("%s: not a regular file, so not a log", log->path);
}

/* F_RDLCK, F_WRLCK or F_UNLCK on the whole file, owned by this opening. */
static int lock_file(const struct caselog *log, short type, bool wait)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };
	int status;

	do
		status = fcntl(log->fd, wait ? F_OFD_SETLKW : F_OFD_SETLK,
			       &lock);
	while (status < 0 && errno == EINTR);
	return status;
}

static off_t file_size(const struct caselog *log)
{
	struct stat st;

	if (fstat(log->fd, &st) < 0)
		die_errno("%s", log->path);
	return st.st_size;
}

/* Finds a moment when no writer is at work, and holds it; one that is at work
 * for too long is not waited for. */
static bool settle(const struct caselog *log)
{
	for (int i = 0; i < SETTLE_TRIES; i++) {
		if (lock_file(log, F_RDLCK, false) == 0)
			return true;
		if (errno != EAGAIN && errno != EACCES)
			break;
		poll(NULL, 0, 1);
	}
	return false;
}

/*
 * Takes the size for reading at a moment when no writer is at work, so that
 * what is below it never changes again. Without such a moment the tail may be
 * a line that is just being written.
 */
static void take_snapshot(struct caselog *log)
{
	log->settled = settle(log);
	log->end = file_size(log);
	lock_file(log, F_UNLCK, false);
}

struct caselog *caselog_open(const char *path, const char *kind,
			     enum caselog_mode mode)
{
	struct caselog *log = mem_zalloc(1, sizeof(*log));

	if (sodium_init() < 0)
		die("libsodium does not start");
	log->path = mem_strdup(path);
	log->kind = kind;
	log->mode = mode;
	caselog_no_sum(log->sum);
	open_file(log);
	if (mode == CASELOG_READ)
		take_snapshot(log);
	else
		/* A limit of file size shall be an error, not a signal. */
		signal(SIGXFSZ, SIG_IGN);
	return log;
}

void caselog_close(struct caselog *log)
{
	if (log == NULL)
		return;
	close(log->fd);
	buf_release(&log->pending);
	buf_release(&log->line);
	free(log->bytes);
	free(log->path);
	free(log);
}

const char *caselog_path(const struct caselog *log)
{
	return log->path;
}

/* Writing */

/* Whether the path still names the file that is open. */
static bool in_place(const struct caselog *log)
{
	struct stat ours, now;

	if (fstat(log->fd, &ours) < 0)
		die_errno("%s", log->path);
	return stat(log->path, &now) == 0 && ours.st_dev == now.st_dev &&
	       ours.st_ino == now.st_ino;
}

void caselog_lock(struct caselog *log)
{
	if (lock_file(log, F_WRLCK, true) < 0)
		die_errno("%s: cannot lock", log->path);
	/* Moved away between the opening and the lock: take the new one. */
	while (!in_place(log)) {
		if (log->good > 0)
			die("%s: was moved or removed while in use", log->path);
		close(log->fd);
		open_file(log);
		if (lock_file(log, F_WRLCK, true) < 0)
			die_errno("%s: cannot lock", log->path);
	}
	log->locked = true;
	log->end = file_size(log);
	if (log->end < log->good)
		die("%s: became shorter while in use", log->path);
	caselog_read_again(log);
}

bool caselog_share(struct caselog *log)
{
	off_t size;

	log->locked = settle(log);
	if (!log->locked)
		return false;
	log->settled = true;
	size = file_size(log);
	if (size > log->end)
		log->end = size;
	return true;
}

bool caselog_lock_again(struct caselog *log)
{
	struct stat st;

	if (!log->at_end || log->whole > 0 ||
	    lock_file(log, F_WRLCK, false) < 0)
		return false;
	log->locked = fstat(log->fd, &st) == 0 && st.st_size == log->good;
	if (!log->locked)
		lock_file(log, F_UNLCK, false);
	return log->locked;
}

void caselog_unlock(struct caselog *log)
{
	log->locked = false;
	if (lock_file(log, F_UNLCK, false) < 0)
		die_errno("%s: cannot unlock", log->path);
}

/* Ends a torn last line, marked; the first event owns its bytes. */
static void set_off(struct caselog *log, uint64_t *torn)
{
	if (log->open_bytes > 0) {
		buf_adds(&log->pending, CASELOG_TORN "\n");
		log->skip_lines++;
	}
	*torn = (uint64_t)(log->skip_bytes + log->open_bytes) +
		log->pending.n;
}

uint64_t caselog_add(struct caselog *log, struct text members)
{
	struct buf *b = &log->pending;
	uint64_t torn = 0;
	char sum[CASELOG_SUM];
	size_t start;

	if (!log->locked || !log->at_end || members.n > CASELOG_MEMBERS_MAX)
		bug("caselog_add: no lock, not at the end, or too long");
	if (b->n == 0)
		set_off(log, &torn);
	start = log->added_at = b->n;
	buf_addf(b, "{\"seq\":%llu", (unsigned long long)log->seq + 1);
	if (torn)
		buf_addf(b, ",\"torn\":%llu", (unsigned long long)torn);
	if (log->seq == 0)
		buf_addf(b, ",\"log\":\"%s/1\"", log->kind);
	buf_addc(b, ',');
	buf_addt(b, members);
	caselog_chain(log->sum, (struct text){ b->p + start, b->n - start },
		      sum);
	buf_adds(b, CASELOG_SUM_KEY);
	buf_add(b, sum, sizeof(sum));
	buf_adds(b, "\"}\n");
	memcpy(log->sum, sum, sizeof(sum));
	log->whole = b->n;
	log->events++;
	return ++log->seq;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t wrote = write(fd, p, n);

		if (wrote < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (wrote > 0) {
			p += wrote;
			n -= (size_t)wrote;
		}
	}
	return true;
}

/* The name of a log that was just made must be on disk before its lines. */
static bool sync_folder(const char *path)
{
	char *real = realpath(path, NULL);
	char *slash;
	bool synced;

	if (!real)
		return false;
	slash = strrchr(real, '/');
	slash[slash == real] = '\0';
	synced = sink_sync_folder(real);
	free(real);
	return synced;
}

static void cut_back(const struct caselog *log)
{
	int cause = errno, status;

	do
		status = ftruncate(log->fd, log->end);
	while (status < 0 && errno == EINTR);
	if (status < 0)
		warn_errno("%s: cannot be cut back to %lld bytes", log->path,
			   (long long)log->end);
	errno = cause;
}

bool caselog_commit(struct caselog *log)
{
	if (log->whole == 0)
		return true;
	if (log->end == 0 && !sync_folder(log->path))
		return false;
	if (!write_all(log->fd, log->pending.p, log->whole) ||
	    fdatasync(log->fd) < 0) {
		cut_back(log);
		return false;
	}
	log->end += (off_t)log->whole;
	log->good = log->end;
	log->lines += log->skip_lines + log->events;
	log->torn_lines += log->skip_lines;
	log->skip_lines = 0;
	log->skip_bytes = log->open_bytes = 0;
	buf_clear(&log->pending);
	log->whole = 0;
	log->events = 0;
	return true;
}
