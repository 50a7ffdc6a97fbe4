/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in the durable log: gone to without reading what is before them. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "stream/caselog_in.h"

/* A line is mostly shorter than this. */
#define PEEK_BYTES 512
/* What ends a line: its sum, and these. */
#define LINE_END "\"}\n"
#define END_BYTES (CASELOG_SUM + sizeof(LINE_END) - 1)

static int64_t nanoseconds(struct timespec t)
{
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static struct caselog_file file_now(const struct caselog *log)
{
	struct stat st;

	if (fstat(log->fd, &st) < 0)
		die_errno("%s", log->path);
	return (struct caselog_file){
		.device = st.st_dev, .inode = st.st_ino,
		.size = (uint64_t)st.st_size,
		.modified_ns = nanoseconds(st.st_mtim),
		.changed_ns = nanoseconds(st.st_ctim),
	};
}

bool caselog_has_bytes(const struct caselog *log, uint64_t bytes)
{
	return (uint64_t)log->end >= bytes;
}

bool caselog_mark(const struct caselog *log, struct caselog_mark *m)
{
	/* Cleared, since it is compared and summed by its bytes. */
	memset(m, 0, sizeof(*m));
	m->file = file_now(log);
	m->seq = log->seq;
	m->lines = log->lines;
	m->torn_lines = log->torn_lines;
	memcpy(m->sum, log->sum, sizeof(m->sum));
	return log->locked && log->at_end && log->whole == 0 && log->seq > 0 &&
	       m->file.size == (uint64_t)log->good;
}

/* Reads n bytes at an offset below the end; false when they are not there. */
static bool read_at(const struct caselog *log, char *to, size_t n, off_t at)
{
	while (n > 0) {
		ssize_t got = pread(log->fd, to, n, at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			die_errno("%s", log->path);
		if (got == 0)
			return false;
		to += got;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

/* The sum of the good line that ends at `end`; false when none does. */
static bool sum_before(const struct caselog *log, off_t end,
		       char sum[CASELOG_SUM])
{
	char last[END_BYTES];

	if (end == 0) {
		caselog_no_sum(sum);
		return true;
	}
	if (end < (off_t)END_BYTES ||
	    !read_at(log, last, END_BYTES, end - (off_t)END_BYTES))
		return false;
	memcpy(sum, last, CASELOG_SUM);
	return memcmp(last + CASELOG_SUM, LINE_END,
		      sizeof(LINE_END) - 1) == 0;
}

/* A clock that shows whole seconds only would hide a change. */
static bool is_fine(const struct caselog_file *f)
{
	return f->modified_ns % 1000000000 != 0 ||
	       f->changed_ns % 1000000000 != 0;
}

bool caselog_is_at(const struct caselog *log, const struct caselog_mark *m)
{
	struct caselog_file now = file_now(log);
	char sum[CASELOG_SUM];

	return log->locked &&
	       memcmp(&now, &m->file, sizeof(now)) == 0 && is_fine(&now) &&
	       sum_before(log, (off_t)now.size, sum) &&
	       memcmp(sum, m->sum, CASELOG_SUM) == 0;
}

bool caselog_jump(struct caselog *log, const struct caselog_mark *m)
{
	if (!log->locked || log->whole > 0)
		bug("caselog_jump: no lock, or events that wait");
	if (!caselog_is_at(log, m))
		return false;
	log->good = (off_t)m->file.size;
	log->seq = m->seq;
	log->lines = m->lines;
	log->torn_lines = m->torn_lines;
	memcpy(log->sum, m->sum, CASELOG_SUM);
	caselog_read_again(log);
	log->at_end = true;
	return true;
}

void caselog_rewind(struct caselog *log)
{
	if (log->whole > 0)
		bug("caselog_rewind: events that wait");
	log->good = 0;
	log->seq = log->lines = log->torn_lines = 0;
	caselog_no_sum(log->sum);
	caselog_read_again(log);
}

uint64_t caselog_added_at(const struct caselog *log)
{
	return (uint64_t)log->end + log->added_at;
}

/* The line that begins at an offset, into log->line; false when none ends. */
static bool read_line(struct caselog *log, off_t at, struct text *line)
{
	struct buf *b = &log->line;
	size_t want = PEEK_BYTES;

	buf_clear(b);
	while (at < log->end && b->n < CASELOG_LINE_MAX) {
		const char *nl;
		size_t seen = b->n;

		if ((off_t)want > log->end - at)
			want = (size_t)(log->end - at);
		if (!read_at(log, buf_room(b, want), want, at))
			return false;
		b->n += want;
		at += (off_t)want;
		nl = memchr(b->p + seen, '\n', want);
		if (nl) {
			*line = (struct text){ b->p, (size_t)(nl - b->p) };
			return true;
		}
		want = b->n;
	}
	return false;
}

bool caselog_line_at(struct caselog *log, uint64_t at,
		     struct caselog_line *out)
{
	struct caselog_parts p;
	char before[CASELOG_SUM], sum[CASELOG_SUM];
	struct text line;

	if (at >= (uint64_t)log->end || !read_line(log, (off_t)at, &line) ||
	    !caselog_take_apart(line, &p) || p.torn > at ||
	    !sum_before(log, (off_t)(at - p.torn), before))
		return false;
	caselog_chain(before, p.body, sum);
	*out = (struct caselog_line){ p.seq, 0, at, p.members };
	return memcmp(sum, p.sum.p, CASELOG_SUM) == 0;
}
