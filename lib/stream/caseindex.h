/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An index beside a durable log (caselog.h): what the log amounts to, by key,
 * and where the key's lines are, so that whoever asks for one key reads a few
 * pages instead of the whole log. It is a cache. LOG.index may be deleted at
 * any time, is never trusted further than it was checked, and its failing
 * never fails an append: every answer here may be "no", and then the log is
 * read.
 *
 * It serves every kind of log. A key is any bytes (a case, a customer), its
 * value what the caller made of all the key's events, as bytes; `params` says
 * all else that such a value depends on (a version, a workflow's content), and
 * with other params the index is stale. crm-caselog(5) describes the file.
 *
 * A writer does all under the log's exclusive lock:
 *
 *	caselog_lock(log);
 *	if (caseindex_open(ix) && caseindex_jump(ix)) {
 *		caseindex_find(ix, key, &value);	for each key that is
 *		while (caseindex_line(ix, &line) > 0)	asked for: the value
 *			...				in the base, then the
 *	} else {					lines since
 *		while (caselog_next(log, &line) > 0)
 *			...
 *	}
 *	caselog_add(log, members);
 *	caseindex_added(ix, key);		after each
 *	caselog_commit(log);
 *	if (caseindex_full(ix))
 *		caseindex_merge(ix, source);	with the keys that changed
 *	caseindex_commit(ix);
 *	if (everything is known && !caseindex_fresh(ix))
 *		caseindex_write(ix, source);
 *	caselog_unlock(log);
 *
 * A balance that must not become negative is checked like the state of a
 * case: between the lock and the commit.
 *
 * A reader asks where the lines of a key are, and reads them without a lock:
 *
 *	caselog_share(log);
 *	good = caseindex_open(ix) && caseindex_lines(ix, key, &at, &n) &&
 *	       caseindex_jump(ix);
 *	caselog_unlock(log);
 *	while (good && i < n)
 *		good = caselog_line_at(log, at[i++], &line);
 */
#ifndef STREAM_CASEINDEX_H
#define STREAM_CASEINDEX_H

#include "stream/caselog.h"

/* A log smaller than this is read in no time, and gets no index. */
#define CASEINDEX_LOG_MIN (256u << 10)

struct caseindex;

/* The log is borrowed; nothing is opened yet. A reader, who asks for no values,
 * gives an empty text for the params, and writes nothing. */
struct caseindex *caseindex_new(struct caselog *, const char *log_path,
				struct text params);
void caseindex_free(struct caseindex *);

/* Looks for the index and at its head. True when it is the log's as the log
 * is now; the answer holds until the lock is given up. */
bool caseindex_open(struct caseindex *);
bool caseindex_fresh(const struct caseindex *);
/* Goes to the log's end without reading it. */
bool caseindex_jump(struct caseindex *);

/*
 * What is known of a key. 1: *value, until the next call, is its value as the
 * base has it; 0: the base has no such key; -1: the index is damaged, and not
 * fresh any more. Then caseindex_line() gives, in their order, the lines since
 * that may be of this key, for the caller to look: 1, 0 at the end, or -1.
 */
int caseindex_find(struct caseindex *, struct text key, struct text *value);
int caseindex_line(struct caseindex *, struct caselog_line *);

/* A key's lines, in their order; the caller frees *at. The key may not be
 * theirs: it is looked at like those of caseindex_line(). False when that is
 * not known, or the index is damaged. */
bool caseindex_lines(struct caseindex *, struct text key, uint64_t **at,
		     size_t *n);

/* The caller can make nothing of what it was given: damaged as well. */
void caseindex_spoil(struct caseindex *);

/* Notes whose the event is that was just added to the log. */
void caseindex_added(struct caseindex *, struct text key);
/* After the log's commit. The index is not fresh any more when it is full, or
 * cannot be written. */
void caseindex_commit(struct caseindex *);

/*
 * Whether the lines since the base, those just added among them, are more
 * than the index has room for. Between the log's commit and the index's; then
 * their keys, all of them and each once, may be brought into the base.
 */
bool caseindex_full(const struct caseindex *);
/* How many such lines there are, and the i-th of them; false when it is not
 * there any more. */
size_t caseindex_waiting(const struct caseindex *);
bool caseindex_waits(struct caseindex *, size_t i, struct caselog_line *);

/* All keys and their values, in an order that need not mean anything. */
struct caseindex_source {
	size_t n;
	struct text (*key)(void *ctx, size_t i);
	void (*value)(void *ctx, size_t i, struct buf *);
	/* Where the key's lines are, in their order, valid until the next
	 * call. NULL: not known, and so for caseindex_merge(). */
	const uint64_t *(*lines)(void *ctx, size_t i, size_t *n);
	void *ctx;
};

/* Keys with more lines than this have no list of them. */
#define CASEINDEX_LINES_MAX 65536

/* Writes a new base, all events of the log being known and none waiting. Is
 * left when the log is small, or the disk nearly full. */
void caseindex_write(struct caseindex *, const struct caseindex_source *);
/* Brings the keys of the waiting lines into the base, with their values as
 * they are now. What that costs depends on how many they are, and not on how
 * many keys there are. */
void caseindex_merge(struct caseindex *, const struct caseindex_source *);

/* Why the index could not be used or written, for -v; NULL: no reason. */
const char *caseindex_trouble(const struct caseindex *);

#endif
