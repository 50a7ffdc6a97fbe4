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
	ix->reads_only = params.n == 0;
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
static bool read_at(int fd, void *to, size_t n, uint64_t at)
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
	char kind[CASEINDEX_KIND_BYTES];
	struct stat st;
	size_t n;
	int how = ix->reads_only ? O_RDONLY : O_RDWR;

	ix->ours = false;
	ix->fd = open(ix->path, how | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
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
	n = st.st_size < (off_t)sizeof(kind) ? (size_t)st.st_size :
					       sizeof(kind);
	if (!read_at(ix->fd, kind, n, 0) ||
	    memcmp(kind, CASEINDEX_KIND, n) != 0) {
		caseindex_drop(ix, "is a file of another kind");
		return false;
	}
	ix->ours = true;
	return n == sizeof(kind);
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
		    read_at(ix->fd, h, sizeof(*h), 0) &&
		    memcmp(h->magic, CASEINDEX_MAGIC, sizeof(h->magic)) == 0 &&
		    h->sum == caseindex_head_sum(h) &&
		    h->order == CASEINDEX_ORDER &&
		    (h->params == ix->params || ix->reads_only) &&
		    h->buckets > 0 && h->recent <= CASEINDEX_RECENT_MAX &&
		    h->keys / h->buckets < CASEINDEX_BUCKET_KEYS_MAX &&
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
bool caseindex_read_recent(struct caseindex *ix)
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
	if (!read_at(ix->fd, ix->recent, n * sizeof(*ix->recent),
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

bool caseindex_read_bucket(struct caseindex *ix, uint64_t bucket,
			   struct caseindex_slot *slot, struct text *records)
{
	uint64_t sum;

	if (!read_at(ix->fd, slot, sizeof(*slot),
			   caseindex_slot_at(bucket)) ||
	    slot->bytes < sizeof(sum) || slot->bytes > slot->room ||
	    slot->bytes > CASEINDEX_BUCKET_MAX)
		return false;
	buf_clear(&ix->bucket);
	if (!read_at(ix->fd, buf_room(&ix->bucket, slot->bytes),
			   slot->bytes, slot->at))
		return false;
	*records = (struct text){ ix->bucket.p, slot->bytes - sizeof(sum) };
	memcpy(&sum, ix->bucket.p + records->n, sizeof(sum));
	return sum == caseindex_bucket_sum(ix->head.base, bucket, slot->room,
					   *records);
}

/* Looks for the key in its bucket, and begins its list of recent lines. */
static int find(struct caseindex *ix, struct text key,
		struct caseindex_kept *k)
{
	uint64_t hash = hash_bytes(key.p, key.n);
	struct caseindex_slot slot;
	struct text rest;

	if (!ix->fresh || !caseindex_read_recent(ix) ||
	    !caseindex_read_bucket(ix, hash % ix->head.buckets, &slot, &rest))
		return damaged(ix);
	ix->asked = hash;
	ix->at = ix->first[hash % CASEINDEX_RECENT_MAX];
	while (caseindex_take(&rest, k))
		if (text_eq(k->key, key))
			return 1;
	return 0;
}

int caseindex_find(struct caseindex *ix, struct text key, struct text *value)
{
	struct caseindex_kept k;
	int got = find(ix, key, &k);

	if (got > 0)
		*value = k.value;
	return got;
}

/* The next recent line of the key that was asked for; NULL at the end. */
static const struct caseindex_recent *next_recent(struct caseindex *ix)
{
	const struct caseindex_recent *r;

	while (ix->at > 0) {
		r = &ix->recent[ix->at - 1];
		ix->at = ix->next[ix->at - 1];
		if (r->hash == ix->asked)
			return r;
	}
	return NULL;
}

int caseindex_line(struct caseindex *ix, struct caselog_line *line)
{
	const struct caseindex_recent *r = next_recent(ix);

	if (!r)
		return 0;
	return caselog_line_at(ix->log, r->at, line) ? 1 : damaged(ix);
}

bool caseindex_lines(struct caseindex *ix, struct text key, uint64_t **at,
		     size_t *n)
{
	const struct caseindex_recent *r;
	struct caseindex_kept k;
	size_t cap = 0;
	int got = find(ix, key, &k);

	*at = NULL;
	*n = 0;
	if (got < 0 || (got > 0 && !k.lines.p))
		return false;
	if (got > 0 && !caseindex_get_lines(k.lines, at, n, &cap)) {
		damaged(ix);
		free(*at);
		*at = NULL;
		return false;
	}
	while ((r = next_recent(ix)) != NULL) {
		*at = mem_grow(*at, *n, &cap, sizeof(**at));
		(*at)[(*n)++] = r->at;
	}
	return true;
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
