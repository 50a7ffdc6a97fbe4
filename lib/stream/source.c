/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and pipes read, their first bytes looked at before. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/source.h"

#define PEEK_BYTES 65536

struct source {
	int fd;			/* -1: bytes are made by the maker */
	const struct source_maker *maker;
	void *made;
	char *why;		/* what its reader found wrong */
	source_reader *decode;
	void *ctx;
	char *head;		/* bytes peeked at, given out first */
	size_t head_n, head_at;
	bool bom_checked;
};

struct source *source_open(const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct source *s;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (!standard)
			close(fd);
		errno = EISDIR;
		return NULL;
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	s = mem_zalloc(1, sizeof(*s));
	s->fd = fd;
	return s;
}

struct source *source_need(const char *path)
{
	struct source *s;

	if (strcmp(path, "-") == 0 && isatty(STDIN_FILENO))
		die_usage("standard input is a terminal: name a file or pipe "
			  "one in");
	s = source_open(path);
	if (!s || !source_peek(s, 1).p)
		die_errno("%s", path);
	return s;
}

struct source *source_made(const struct source_maker *maker, void *ctx)
{
	struct source *s = mem_zalloc(1, sizeof(*s));

	s->fd = -1;
	s->maker = maker;
	s->made = ctx;
	return s;
}

bool source_counts_rows(const struct source *s)
{
	return s->maker != NULL;
}

void source_rest(struct source *s)
{
	if (s->maker && s->maker->rest)
		s->maker->rest(s->made);
}

ssize_t source_refuse(struct source *s, const char *why)
{
	free(s->why);
	s->why = mem_strdup(why);
	errno = EBADMSG;
	return -1;
}

const char *source_why(const struct source *s)
{
	return s->why;
}

void source_die(const struct source *s, const char *path, int error)
{
	if (s->why)
		die("%s: %s", path, s->why);
	errno = error;
	die_errno("%s", path);
}

void source_close(struct source *s)
{
	if (s->maker)
		s->maker->close(s->made);
	else if (s->fd != STDIN_FILENO)
		close(s->fd);
	free(s->why);
	free(s->head);
	free(s);
}

static ssize_t read_some(int fd, char *to, size_t n)
{
	for (;;) {
		ssize_t got = read(fd, to, n);

		if (got >= 0)
			return got;
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd p = { fd, POLLIN, 0 };

			poll(&p, 1, -1);
		} else if (errno != EINTR) {
			return -1;
		}
	}
}

static ssize_t read_below(struct source *s, char *to, size_t n)
{
	return s->maker ? s->maker->read(s->made, s, to, n) :
			  read_some(s->fd, to, n);
}

/* ---- reading at any place ---- */

static int open_spool(void)
{
	const char *folder = getenv("TMPDIR");
	struct buf path = { 0 };
	int fd;

	buf_addf(&path, "%s/crm-spool-XXXXXX",
		 folder && *folder ? folder : "/tmp");
	fd = mkostemp(path.p, O_CLOEXEC);
	if (fd >= 0)
		unlink(path.p);
	buf_release(&path);
	return fd;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t got = write(fd, p, n);

		if (got < 0 && errno != EINTR)
			return false;
		if (got > 0) {
			p += got;
			n -= (size_t)got;
		}
	}
	return true;
}

/* Copies what is left of the source; a failure leaves errno. */
static bool copy_to(struct source *s, int fd)
{
	char *room = mem_alloc(PEEK_BYTES, 1);
	ssize_t got;
	bool good;

	do {
		got = source_raw_read(s, room, PEEK_BYTES);
		good = got >= 0 && write_all(fd, room, (size_t)got);
	} while (good && got);
	free(room);
	return good;
}

/* A file, and none that somebody has read a part of before us. */
static bool is_seekable(const struct source *s)
{
	struct stat st;

	return fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode) &&
	       lseek(s->fd, 0, SEEK_CUR) == (off_t)s->head_n;
}

int source_seekable(struct source *s)
{
	if (!is_seekable(s)) {
		int fd = open_spool();

		if (fd < 0 || !copy_to(s, fd)) {
			int error = errno;

			if (fd >= 0)
				close(fd);
			errno = error;
			return -1;
		}
		if (s->fd != STDIN_FILENO)
			close(s->fd);
		s->fd = fd;
	}
	return source_rewind(s) ? s->fd : -1;
}

bool source_rewind(struct source *s)
{
	s->head_n = s->head_at = 0;
	return lseek(s->fd, 0, SEEK_SET) == 0;
}

/* Reads once more into the head; false at the end, when it is full, or on a
 * failure, which *failed tells. */
static bool more_head(struct source *s, bool *failed)
{
	ssize_t got;

	if (!s->head)
		s->head = mem_alloc(PEEK_BYTES, 1);
	if (s->head_n == PEEK_BYTES)
		return false;
	got = read_below(s, s->head + s->head_n, PEEK_BYTES - s->head_n);
	if (got < 0)
		*failed = true;
	else
		s->head_n += (size_t)got;
	return got > 0;
}

struct text source_peek(struct source *s, size_t n)
{
	bool failed = false;

	while (s->head_n < n && more_head(s, &failed))
		;
	if (failed || !s->head)
		return (struct text){ 0 };
	return (struct text){ s->head, s->head_n < n ? s->head_n : n };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text source_first_line(struct source *s, size_t n)
{
	struct text line;
	const char *nl;
	size_t blank = 0;
	bool failed = false;

	do {
		line.n = s->head_n < n ? s->head_n : n;
		if (!blank && line.n >= 3 && memcmp(s->head, SOURCE_BOM, 3) == 0)
			blank = 3;
		while (blank < line.n && is_blank(s->head[blank]))
			blank++;
		nl = blank < line.n ? memchr(s->head + blank, '\n',
					     line.n - blank) : NULL;
	} while (!nl && line.n < n && more_head(s, &failed));
	if (failed || !s->head)
		return (struct text){ 0 };
	line.p = s->head;
	if (nl)
		line.n = (size_t)(nl - s->head) + 1;
	return line;
}

int source_first_byte(struct source *s)
{
	for (size_t at = 0; at < PEEK_BYTES; at++) {
		struct text head = source_peek(s, at + 1);

		if (head.n <= at)
			break;
		if (at == 0 && (unsigned char)head.p[0] == 0xef &&
		    text_starts(source_peek(s, 3), SOURCE_BOM))
			at = 2;
		else if (!is_blank(head.p[at]))
			return (unsigned char)head.p[at];
	}
	return -1;
}

ssize_t source_raw_read(struct source *s, char *to, size_t n)
{
	size_t left = s->head_n - s->head_at;

	if (!left)
		return read_below(s, to, n);
	if (n > left)
		n = left;
	memcpy(to, s->head + s->head_at, n);
	s->head_at += n;
	return (ssize_t)n;
}

void source_decode(struct source *s, source_reader *decode, void *ctx)
{
	s->decode = decode;
	s->ctx = ctx;
}

ssize_t source_read(struct source *s, char *to, size_t n)
{
	if (s->decode)
		return s->decode(s->ctx, s, to, n);
	if (!s->bom_checked) {
		struct text head = source_peek(s, 3);

		if (!head.p)
			return -1;
		s->bom_checked = true;
		if (text_starts(head, SOURCE_BOM))
			s->head_at = 3;
	}
	return source_raw_read(s, to, n);
}
