/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base of an index, written anew: beside the old one, then in its place. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/caseindex_in.h"

#define WRITE_BYTES (1u << 20)
/* What the disk must have left when the index is there, for the log. */
#define SPARE_BYTES (64u << 20)

struct base {
	int fd;
	bool failed;
	struct buf bytes;	/* from offset `at` on, not written yet */
	uint64_t at;
	struct caseindex_head head;
	struct caseindex_slot *directory;	/* first how many keys */
	uint64_t *hash;		/* of each key */
	uint32_t *order;	/* the keys by bucket */
};

/* Like the log in who may read and write it. */
static void like_log(int fd, const struct stat *log)
{
	struct stat st;

	if (fstat(fd, &st) == 0 &&
	    (st.st_uid != log->st_uid || st.st_gid != log->st_gid) &&
	    fchown(fd, log->st_uid, log->st_gid) < 0 &&
	    fchown(fd, (uid_t)-1, log->st_gid) < 0)
		return;
	fchmod(fd, log->st_mode & 0666);
}

/* A leftover of a writer that was killed goes; another's file stays, and is
 * in the way. */
static int open_new(const char *path)
{
	int how = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
	int fd = open(path, how, 0600);
	char kind[CASEINDEX_KIND_BYTES];
	struct stat st;
	ssize_t n;

	if (fd >= 0 || errno != EEXIST)
		return fd;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return -1;
	n = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ?
		    read(fd, kind, sizeof(kind)) : -1;
	close(fd);
	if (n < 0 || memcmp(kind, CASEINDEX_KIND, (size_t)n) != 0 ||
	    unlink(path) < 0)
		return -1;
	return open(path, how, 0600);
}

static void write_out(struct base *b)
{
	if (!b->failed)
		b->failed = !caseindex_put(b->fd, b->bytes.p, b->bytes.n,
					   b->at);
	b->at += b->bytes.n;
	buf_clear(&b->bytes);
}

bool caseindex_has_room(int fd, uint64_t bytes)
{
	struct statvfs s;

	return fstatvfs(fd, &s) == 0 &&
	       (uint64_t)s.f_bavail * s.f_frsize > bytes + SPARE_BYTES;
}

/* Which key is in which bucket: counted, then put in order. */
static void sort_keys(struct base *b, const struct caseindex_source *source)
{
	uint64_t buckets = b->head.buckets, sum = 0;

	b->directory = mem_zalloc(buckets, sizeof(*b->directory));
	b->hash = mem_alloc(source->n, sizeof(*b->hash));
	b->order = mem_alloc(source->n, sizeof(*b->order));
	for (size_t i = 0; i < source->n; i++) {
		struct text key = source->key(source->ctx, i);

		b->hash[i] = hash_bytes(key.p, key.n);
		b->directory[b->hash[i] % buckets].at++;
	}
	for (size_t i = 0; i < buckets; i++) {
		uint64_t n = b->directory[i].at;

		b->directory[i].at = sum;
		sum += n;
	}
	for (size_t i = 0; i < source->n; i++)
		b->order[b->directory[b->hash[i] % buckets].at++] = (uint32_t)i;
}

static void put_record(struct base *b, const struct caseindex_source *source,
		       size_t i)
{
	size_t begin = caseindex_begin(&b->bytes, source->key(source->ctx, i));
	size_t n = SIZE_MAX, lines = SIZE_MAX;
	const uint64_t *at = NULL;

	source->value(source->ctx, i, &b->bytes);
	if (source->lines)
		at = source->lines(source->ctx, i, &n);
	if (n <= CASEINDEX_LINES_MAX) {
		lines = b->bytes.n;
		caseindex_put_lines(&b->bytes, 0, at, n);
	}
	caseindex_ended(&b->bytes, begin, lines);
}

/* Ends a bucket that begins there, and says where it is. */
static void end_bucket(struct base *b, uint64_t bucket, size_t start)
{
	struct caseindex_slot *slot = &b->directory[bucket];
	struct text records = { b->bytes.p ? b->bytes.p + start : "",
				b->bytes.n - start };
	uint64_t sum;
	uint32_t room = (uint32_t)(records.n + sizeof(sum));

	b->failed |= records.n + sizeof(sum) > CASEINDEX_BUCKET_MAX;
	*slot = (struct caseindex_slot){ b->at + start, room, room };
	sum = caseindex_bucket_sum(b->head.base, bucket, room, records);
	buf_add(&b->bytes, (const char *)&sum, sizeof(sum));
}

/* Bucket by bucket; where each begins goes into the directory. */
static void put_buckets(struct base *b, const struct caseindex_source *source)
{
	size_t i = 0;

	for (uint64_t k = 0; k < b->head.buckets; k++) {
		size_t start = b->bytes.n;

		for (; i < b->directory[k].at; i++)
			put_record(b, source, b->order[i]);
		end_bucket(b, k, start);
		if (b->bytes.n > WRITE_BYTES)
			write_out(b);
	}
	write_out(b);
	b->head.end = b->at;
}

/* First of all what tells a leftover to be ours; then room for the lines to
 * come, which is taken now: later the disk may be full. */
static void put_recent(struct base *b)
{
	size_t n = CASEINDEX_RECENT_MAX * sizeof(struct caseindex_recent);

	if (!b->failed)
		b->failed = !caseindex_put(b->fd, b->head.magic,
					   sizeof(b->head.magic), 0);
	memset(buf_room(&b->bytes, n), 0, n);
	b->bytes.n = n;
	b->at = CASEINDEX_RECENT_AT;
	write_out(b);
}

static void write_base(struct base *b, const struct caseindex_source *source)
{
	struct caseindex_head *h = &b->head;
	size_t bytes = h->buckets * sizeof(*b->directory);

	sort_keys(b, source);
	put_recent(b);
	b->at = CASEINDEX_DIRECTORY_AT + bytes;
	put_buckets(b, source);
	h->sum = caseindex_head_sum(h);
	if (!b->failed)
		b->failed = !caseindex_put(b->fd, b->directory, bytes,
					   CASEINDEX_DIRECTORY_AT) ||
			    !caseindex_put(b->fd, h, sizeof(*h), 0);
	free(b->directory);
	free(b->hash);
	free(b->order);
	buf_release(&b->bytes);
}

static void set_head(struct caseindex *ix, struct caseindex_head *h, size_t n)
{
	memcpy(h->magic, CASEINDEX_MAGIC, sizeof(h->magic));
	h->order = CASEINDEX_ORDER;
	h->params = ix->params;
	h->keys = n;
	h->buckets = n / CASEINDEX_BUCKET_KEYS + 1;
	h->base = hash_bytes((const char *)&h->mark, sizeof(h->mark));
	h->recent_sum = h->base;
}

/* The new file, whole and in its place; else NULL or why not. */
static const char *make(struct caseindex *ix, struct base *b, const char *path,
			const struct caseindex_source *source)
{
	struct stat log;

	b->fd = open_new(path);
	if (b->fd < 0)
		return "cannot be made";
	if (stat(caselog_path(ix->log), &log) < 0)
		b->failed = true;
	else
		like_log(b->fd, &log);
	if (!b->failed && !caseindex_has_room(b->fd, b->head.mark.file.size)) {
		close(b->fd);
		unlink(path);
		return "is not made: the disk is nearly full";
	}
	write_base(b, source);
	if (close(b->fd) < 0 || b->failed || rename(path, ix->path) < 0) {
		unlink(path);
		return "cannot be written";
	}
	return NULL;
}

void caseindex_write(struct caseindex *ix,
		     const struct caseindex_source *source)
{
	struct base b = { .failed = false };
	struct buf path = { 0 };
	sigset_t all, before;
	const char *trouble;

	if (!caselog_mark(ix->log, &b.head.mark) ||
	    b.head.mark.file.size < CASEINDEX_LOG_MIN)
		return;
	if (ix->fd < 0)
		caseindex_open(ix);
	if (!ix->ours || source->n > UINT32_MAX)
		return;
	set_head(ix, &b.head, source->n);
	buf_addf(&path, "%s.new", ix->path);
	/* A signal to end waits these milliseconds: nothing is left behind. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	trouble = make(ix, &b, path.p, source);
	sigprocmask(SIG_SETMASK, &before, NULL);
	buf_release(&path);
	if (trouble) {
		caseindex_drop(ix, trouble);
		return;
	}
	ix->bad = false;
	caseindex_open(ix);
}
