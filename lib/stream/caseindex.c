/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index beside a log: looked at, asked, and brought up to date. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/caseindex_in.h"

struct caseindex *caseindex_new(struct caselog *log, const char *log_path,
				struct text params)
{
	struct caseindex *ix = mem_zalloc(1, sizeof(*ix));
	struct buf path = { 0 };

	buf_addf(&path, "%s.index", log_path);
	ix->path = path.p;
	ix->log = log;
	ix->params = hash_bytes(params.p, params.n);
	ix->fd = -1;
	return ix;
}

static void close_file(struct caseindex *ix)
{
	if (ix->fd >= 0)
		close(ix->fd);
	ix->fd = -1;
	ix->fresh = false;
	ix->recent_read = false;
	ix->adds = 0;
}

void caseindex_free(struct caseindex *ix)
{
	if (ix == NULL)
		return;
	close_file(ix);
	free(ix->recent);
	free(ix->first);
	free(ix->next);
	free(ix->added);
	buf_release(&ix->bucket);
	free(ix->path);
	free(ix);
}

void caseindex_drop(struct caseindex *ix, const char *trouble)
{
	close_file(ix);
	ix->trouble = trouble;
}

const char *caseindex_trouble(const struct caseindex *ix)
{
	return ix->trouble;
}

bool caseindex_fresh(const struct caseindex *ix)
{
	return ix->fresh;
}

/* All n bytes at an offset; false when they are not there. */
static bool get(int fd, void *to, size_t n, uint64_t at)
{
	char *p = to;

	while (n > 0) {
		ssize_t got = pread(fd, p, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
		at += (uint64_t)got;
	}
	return true;
}

bool caseindex_put(int fd, const void *from, size_t n, uint64_t at)
{
	const char *p = from;

	while (n > 0) {
		ssize_t put = pwrite(fd, p, n, (off_t)at);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		p += put;
		n -= (size_t)put;
		at += (uint64_t)put;
	}
	return true;
}

/* ---- is it there, and the log's? ---- */

/* An index that somebody else could have put there is not believed: its
 * owner must be one who may write the log. */
static bool is_trusted(const struct stat *index, const char *log_path)
{
	struct stat log;

	if (stat(log_path, &log) < 0)
		return false;
	/* Nor one that more people may write than the log. */
	if (index->st_mode & (S_IWGRP | S_IWOTH) & ~log.st_mode)
		return false;
	return index->st_uid == geteuid() || index->st_uid == log.st_uid ||
	       (log.st_mode & S_IWGRP && index->st_gid == log.st_gid);
}

/*
 * Opens the file, if it may be one of ours: it begins like one, or, cut short
 * by a crash, like the beginning of one. Nothing else is ever written over.
 */
static bool open_ours(struct caseindex *ix)
{
	char magic[CASEINDEX_MAGIC_BYTES];
	struct stat st;
	size_t n;

	ix->ours = false;
	ix->fd = open(ix->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (ix->fd < 0) {
		ix->ours = errno == ENOENT;
		if (!ix->ours)
			caseindex_drop(ix, "cannot be opened");
		return false;
	}
	if (fstat(ix->fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		caseindex_drop(ix, "is no regular file");
		return false;
	}
	n = st.st_size < (off_t)sizeof(magic) ? (size_t)st.st_size :
						sizeof(magic);
	if (!get(ix->fd, magic, n, 0) ||
	    memcmp(magic, CASEINDEX_MAGIC, n) != 0) {
		caseindex_drop(ix, "is a file of another kind");
		return false;
	}
	ix->ours = true;
	return n == sizeof(magic);
}

bool caseindex_open(struct caseindex *ix)
{
	struct caseindex_head *h = &ix->head;
	struct stat st;

	close_file(ix);
	if (!open_ours(ix))
		return false;
	ix->fresh = !ix->bad && fstat(ix->fd, &st) == 0 &&
		    is_trusted(&st, caselog_path(ix->log)) &&
		    get(ix->fd, h, sizeof(*h), 0) &&
		    h->sum == caseindex_head_sum(h) &&
		    h->order == CASEINDEX_ORDER && h->params == ix->params &&
		    h->buckets > 0 && h->recent <= CASEINDEX_RECENT_MAX &&
		    caselog_is_at(ix->log, &h->mark);
	return ix->fresh;
}

bool caseindex_jump(struct caseindex *ix)
{
	return ix->fresh && caselog_jump(ix->log, &ix->head.mark);
}

/* ---- asking ---- */

void caseindex_spoil(struct caseindex *ix)
{
	ix->bad = true;
	caseindex_drop(ix, "is damaged");
}

static int damaged(struct caseindex *ix)
{
	caseindex_spoil(ix);
	return -1;
}

/* The lines since the base, and lists of those with the same hash. */
static bool read_recent(struct caseindex *ix)
{
	size_t n = ix->head.recent;
	uint64_t sum = ix->head.base;

	if (ix->recent_read)
		return true;
	if (ix->recent == NULL) {
		ix->recent = mem_alloc(CASEINDEX_RECENT_MAX,
				       sizeof(*ix->recent));
		ix->next = mem_alloc(CASEINDEX_RECENT_MAX, sizeof(*ix->next));
		ix->first = mem_alloc(CASEINDEX_RECENT_MAX,
				      sizeof(*ix->first));
	}
	if (!get(ix->fd, ix->recent, n * sizeof(*ix->recent),
		 CASEINDEX_RECENT_AT))
		return false;
	memset(ix->first, 0, CASEINDEX_RECENT_MAX * sizeof(*ix->first));
	for (size_t i = 0; i < n; i++)
		sum = caseindex_recent_sum(sum, &ix->recent[i]);
	for (size_t i = n; i > 0; i--) {
		uint32_t *first = &ix->first[ix->recent[i - 1].hash %
					     CASEINDEX_RECENT_MAX];

		ix->next[i - 1] = *first;
		*first = (uint32_t)i;
	}
	ix->recent_read = sum == ix->head.recent_sum;
	return ix->recent_read;
}

/* The bucket, checked, without its sum. */
static bool read_bucket(struct caseindex *ix, uint64_t bucket,
			struct text *records)
{
	uint64_t span[2], sum;
	size_t n;

	if (!get(ix->fd, span, sizeof(span),
		 CASEINDEX_DIRECTORY_AT + bucket * sizeof(*span)) ||
	    span[1] < span[0] || span[1] - span[0] < sizeof(sum) ||
	    span[1] - span[0] > CASEINDEX_BUCKET_MAX)
		return false;
	n = span[1] - span[0];
	buf_clear(&ix->bucket);
	if (!get(ix->fd, buf_room(&ix->bucket, n), n, span[0]))
		return false;
	*records = (struct text){ ix->bucket.p, n - sizeof(sum) };
	memcpy(&sum, ix->bucket.p + records->n, sizeof(sum));
	return sum == caseindex_bucket_sum(ix->head.base, bucket, *records);
}

/* Takes the next record off; false at the end. */
static bool take_record(struct text *rest, struct text *key,
			struct text *value)
{
	struct caseindex_record r;

	if (rest->n < sizeof(r))
		return false;
	memcpy(&r, rest->p, sizeof(r));
	if (rest->n - sizeof(r) < (uint64_t)r.key_bytes + r.value_bytes)
		return false;
	*key = (struct text){ rest->p + sizeof(r), r.key_bytes };
	*value = (struct text){ key->p + key->n, r.value_bytes };
	rest->n -= (size_t)(value->p + value->n - rest->p);
	rest->p = value->p + value->n;
	return true;
}

int caseindex_find(struct caseindex *ix, struct text key, struct text *value)
{
	uint64_t hash = hash_bytes(key.p, key.n);
	struct text rest, one;

	if (!ix->fresh || !read_recent(ix) ||
	    !read_bucket(ix, hash % ix->head.buckets, &rest))
		return damaged(ix);
	ix->asked = hash;
	ix->at = ix->first[hash % CASEINDEX_RECENT_MAX];
	while (take_record(&rest, &one, value))
		if (text_eq(one, key))
			return 1;
	return 0;
}

int caseindex_line(struct caseindex *ix, struct caselog_line *line)
{
	const struct caseindex_recent *r;

	while (ix->at > 0) {
		r = &ix->recent[ix->at - 1];
		ix->at = ix->next[ix->at - 1];
		if (r->hash == ix->asked)
			return caselog_line_at(ix->log, r->at, line) ?
				       1 : damaged(ix);
	}
	return 0;
}

/* ---- after an append ---- */

void caseindex_added(struct caseindex *ix, struct text key)
{
	if (!ix->fresh)
		return;
	ix->added = mem_grow(ix->added, ix->adds, &ix->add_cap,
			     sizeof(*ix->added));
	ix->added[ix->adds++] = (struct caseindex_recent){
		.hash = hash_bytes(key.p, key.n),
		.at = caselog_added_at(ix->log),
	};
}

void caseindex_commit(struct caseindex *ix)
{
	struct caseindex_head *h = &ix->head;
	size_t n = ix->adds;

	if (!ix->fresh || n == 0)
		return;
	ix->fresh = h->recent + n <= CASEINDEX_RECENT_MAX;
	if (!ix->fresh)
		return;
	for (size_t i = 0; i < n; i++)
		h->recent_sum = caseindex_recent_sum(h->recent_sum,
						     &ix->added[i]);
	/* The head comes last: a writer that is killed in between leaves an
	 * index that is not the log's any more, and no wrong one. */
	if (!caselog_mark(ix->log, &h->mark) ||
	    !caseindex_put(ix->fd, ix->added, n * sizeof(*ix->added),
			   CASEINDEX_RECENT_AT +
				   h->recent * sizeof(*ix->added))) {
		caseindex_drop(ix, "cannot be written");
		return;
	}
	h->recent += n;
	h->sum = caseindex_head_sum(h);
	if (!caseindex_put(ix->fd, h, sizeof(*h), 0))
		caseindex_drop(ix, "cannot be written");
	ix->adds = 0;
	ix->recent_read = false;
}
