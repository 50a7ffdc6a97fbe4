/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading files and pipes, and knowing what is not a table of text. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/source.h"

#define PEEK_BYTES 65536
#define BOM "\xef\xbb\xbf"

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
		if (!blank && line.n >= 3 && memcmp(s->head, BOM, 3) == 0)
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
		    text_starts(source_peek(s, 3), BOM))
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
		if (text_starts(head, BOM))
			s->head_at = 3;
	}
	return source_raw_read(s, to, n);
}

struct magic {
	const char *bytes;
	size_t n;
	const char *what;
};

static const struct magic magics[] = {
	{ "PK\x03\x04", 4,
	  "an Excel workbook (.xlsx) or another zip archive; read a workbook "
	  "with `crm-import table FILE`" },
	{ "PK\x05\x06", 4, "an empty zip archive" },
	{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
	  "an old Excel workbook (.xls, OLE); convert it with "
	  "`libreoffice --headless --convert-to xlsx FILE` and read it with "
	  "`crm-import table FILE`" },
	{ "ID;P", 4,
	  "a SYLK sheet; convert it with `libreoffice --headless "
	  "--convert-to xlsx FILE` and read it with `crm-import table FILE`" },
	{ "\x1f\x8b", 2, "a gzip archive; unpack it with `gzip -dc FILE`" },
	{ "BZh", 3, "a bzip2 archive; unpack it with `bzip2 -dc FILE`" },
	{ "\xfd"
	  "7zXZ",
	  5, "an xz archive; unpack it with `xz -dc FILE`" },
	{ "\x28\xb5\x2f\xfd", 4,
	  "a zstd archive; unpack it with `zstd -dc FILE`" },
	{ "%PDF-", 5, "a PDF document" },
	{ "MIME-Version:", 13,
	  "a web archive (.mht); open it in Excel and save it as .xlsx" },
	{ "\x7f"
	  "ELF",
	  4, "a program" },
	{ "\x89PNG", 4, "a picture" },
	{ "\xff\xd8\xff", 3, "a picture" },
	{ "SQLite format 3", 15, "an SQLite database" },
	{ "\xff\xfe", 2,
	  "UTF-16 text; read it with `crm-import table --encoding utf-16 FILE`, "
	  "or convert it with `iconv -f UTF-16 -t UTF-8`" },
	{ "\xfe\xff", 2,
	  "UTF-16 text; read it with `crm-import table --encoding utf-16 FILE`, "
	  "or convert it with `iconv -f UTF-16 -t UTF-8`" },
};

static bool is_markup(struct text t)
{
	static const char *const begin[] = { "<!doctype", "<!--", "<?xml",
					     "<html", "<head", "<meta",
					     "<style", "<body", "<div",
					     "<table", "<xml", "<workbook" };

	if (text_starts(t, BOM))
		t.p += 3, t.n -= 3;
	t = text_trim(t);
	for (size_t i = 0; i < NELEMS(begin); i++)
		if (t.n > strlen(begin[i]) &&
		    strncasecmp(t.p, begin[i], strlen(begin[i])) == 0)
			return true;
	return false;
}

/* In UTF-16 every other byte is a NUL: they are left out. */
bool source_is_markup(struct source *s)
{
	struct text head = source_first_line(s, 1024);
	char plain[1024];
	size_t n = 0;

	if (text_starts(head, "\xff\xfe") || text_starts(head, "\xfe\xff"))
		head.p += 2, head.n -= 2;
	for (size_t i = 0; i < head.n; i++)
		if (head.p[i])
			plain[n++] = head.p[i];
	return is_markup((struct text){ plain, n });
}

/* Every other byte NUL near the start: UTF-16 that lost its mark. */
static bool is_bare_utf16(struct text t)
{
	size_t even = 0, odd = 0, n = t.n < 64 ? t.n : 64;

	for (size_t i = 0; i + 1 < n; i += 2) {
		even += t.p[i] == '\0';
		odd += t.p[i + 1] == '\0';
	}
	return n >= 8 && (even > n / 4 || odd > n / 4) &&
	       (even == 0 || odd == 0);
}

/* Control bytes that no text has so many of: rows with one are data, or with
 * a NUL rejects, but a file that is full of them is no table. One byte in
 * nine is such a one where bytes are random. */
static bool is_binary(struct text t)
{
	size_t odd = 0, n = t.n < 512 ? t.n : 512;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		odd += c < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
		       c != 0x1b;
	}
	return odd >= 4 && odd * 20 > n;
}

const char *source_foreign(struct source *s)
{
	struct text head = source_first_line(s, 1024);

	if (head.n == 0)
		return NULL;
	for (size_t i = 0; i < NELEMS(magics); i++)
		if (head.n >= magics[i].n &&
		    memcmp(head.p, magics[i].bytes, magics[i].n) == 0)
			return magics[i].what;
	if (is_markup(head))
		return "an HTML or XML document; read a table in it with "
		       "`crm-import table FILE`";
	if (is_bare_utf16(head))
		return "UTF-16 text without a byte-order mark; convert it with "
		       "`iconv -f UTF-16LE -t UTF-8`";
	if (is_binary(head))
		return "binary data";
	return NULL;
}
