/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines since the base, brought into it: only their keys' buckets. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/caseindex_in.h"

/* A key that changed, and where its lines begin among those that wait. */
struct changed {
	uint64_t bucket, hash;
	size_t i;		/* in the source */
	bool done;
};

struct merge {
	struct caseindex *ix;
	const struct caseindex_source *source;
	struct caseindex_recent *line;	/* those that wait, by hash */
	size_t lines;
	struct changed *key;		/* by bucket */
	struct buf bytes;		/* of a bucket */
	uint64_t *at;			/* of a record's lines */
	size_t cap;
};

bool caseindex_full(const struct caseindex *ix)
{
	return ix->fresh && ix->head.recent + ix->adds > CASEINDEX_RECENT_MAX;
}

size_t caseindex_waiting(const struct caseindex *ix)
{
	return ix->head.recent + ix->adds;
}

static const struct caseindex_recent *waiting_at(const struct caseindex *ix,
						 size_t i)
{
	return i < ix->head.recent ? &ix->recent[i] :
				     &ix->added[i - ix->head.recent];
}

bool caseindex_waits(struct caseindex *ix, size_t i,
		     struct caselog_line *line)
{
	return ix->fresh && caseindex_read_recent(ix) &&
	       caselog_line_at(ix->log, waiting_at(ix, i)->at, line);
}

/* ---- what changed ---- */

static int by_hash(const void *a, const void *b)
{
	const struct caseindex_recent *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static int by_bucket(const void *a, const void *b)
{
	const struct changed *x = a, *y = b;

	if (x->bucket != y->bucket)
		return x->bucket < y->bucket ? -1 : 1;
	return (x->i > y->i) - (x->i < y->i);
}

static void sort_lines(struct merge *m)
{
	m->lines = caseindex_waiting(m->ix);
	m->line = mem_alloc(m->lines, sizeof(*m->line));
	for (size_t i = 0; i < m->lines; i++)
		m->line[i] = *waiting_at(m->ix, i);
	qsort(m->line, m->lines, sizeof(*m->line), by_hash);
}

static void sort_keys(struct merge *m)
{
	const struct caseindex_source *s = m->source;

	m->key = mem_alloc(s->n, sizeof(*m->key));
	for (size_t i = 0; i < s->n; i++) {
		struct text key = s->key(s->ctx, i);
		uint64_t hash = hash_bytes(key.p, key.n);

		m->key[i] = (struct changed){ hash % m->ix->head.buckets, hash,
					      i, false };
	}
	qsort(m->key, s->n, sizeof(*m->key), by_bucket);
}

/* The first waiting line of a hash. */
static size_t first_line(const struct merge *m, uint64_t hash)
{
	size_t low = 0, high = m->lines;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->line[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- a bucket ---- */

/* Appends the list as it was, and the lines that wait; false when it is not
 * known, or becomes too long. */
static bool put_lines(struct merge *m, uint64_t hash, struct text old)
{
	size_t n = 0, before;

	if (old.n > 0 && !caseindex_get_lines(old, &m->at, &n, &m->cap))
		return false;
	before = n;
	for (size_t i = first_line(m, hash);
	     i < m->lines && m->line[i].hash == hash; i++) {
		if (n == CASEINDEX_LINES_MAX)
			return false;
		m->at = mem_grow(m->at, n, &m->cap, sizeof(*m->at));
		m->at[n++] = m->line[i].at;
	}
	buf_addt(&m->bytes, old);
	if (n > before)
		caseindex_put_lines(&m->bytes, before ? m->at[before - 1] : 0,
				    m->at + before, n - before);
	return true;
}

/* A changed key's record; `old` NULL: it is a new one. */
static void put_changed(struct merge *m, const struct changed *c,
			const struct caseindex_kept *old)
{
	const struct caseindex_source *s = m->source;
	size_t begin = caseindex_begin(&m->bytes, s->key(s->ctx, c->i));
	size_t lines;
	bool known;

	s->value(s->ctx, c->i, &m->bytes);
	lines = m->bytes.n;
	known = (!old || old->lines.p) &&
		put_lines(m, c->hash, old ? old->lines : (struct text){ 0 });
	caseindex_ended(&m->bytes, begin, known ? lines : SIZE_MAX);
}

/* The number of a key among those of the bucket, or n. */
static size_t find_changed(const struct merge *m, const struct changed *c,
			   size_t n, struct text key)
{
	const struct caseindex_source *s = m->source;
	size_t i = 0;

	while (i < n && !text_eq(s->key(s->ctx, c[i].i), key))
		i++;
	return i;
}

/* All records of a bucket of which n keys changed. */
static void put_records(struct merge *m, struct changed *c, size_t n,
			struct text rest)
{
	struct caseindex_kept old;
	const char *from = rest.p;

	buf_clear(&m->bytes);
	for (; caseindex_take(&rest, &old); from = rest.p) {
		size_t i = find_changed(m, c, n, old.key);

		if (i == n) {
			buf_add(&m->bytes, from, (size_t)(rest.p - from));
		} else {
			put_changed(m, &c[i], &old);
			c[i].done = true;
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (c[i].done)
			continue;
		put_changed(m, &c[i], NULL);
		m->ix->head.keys++;
	}
}

/* Writes the bucket where it was, if there is room, else behind the last. */
static bool put_bucket(struct merge *m, uint64_t bucket,
		       struct caseindex_slot slot)
{
	struct caseindex_head *h = &m->ix->head;
	size_t bytes = m->bytes.n + sizeof(uint64_t);
	int fd = m->ix->fd;
	uint64_t sum;

	if (bytes > CASEINDEX_BUCKET_MAX)
		return false;
	if (bytes > slot.room) {
		slot.at = h->end;
		slot.room = (uint32_t)(2 * bytes);
		h->end += slot.room;
	}
	slot.bytes = (uint32_t)bytes;
	sum = caseindex_bucket_sum(h->base, bucket, slot.room,
				   buf_text(&m->bytes));
	buf_add(&m->bytes, (const char *)&sum, sizeof(sum));
	return caseindex_put(fd, m->bytes.p, m->bytes.n, slot.at) &&
	       caseindex_put(fd, &slot, sizeof(slot),
			     caseindex_slot_at(bucket));
}

/* The n keys of one bucket. */
static bool merge_bucket(struct merge *m, struct changed *c, size_t n)
{
	struct caseindex_slot slot;
	struct text records;

	if (!caseindex_read_bucket(m->ix, c->bucket, &slot, &records))
		return false;
	put_records(m, c, n, records);
	return put_bucket(m, c->bucket, slot);
}

/* ---- all of them ---- */

static bool merge_all(struct merge *m)
{
	size_t i = 0, n = m->source->n;

	while (i < n) {
		size_t k = i + 1;

		while (k < n && m->key[k].bucket == m->key[i].bucket)
			k++;
		if (!merge_bucket(m, &m->key[i], k - i))
			return false;
		i = k;
	}
	return fdatasync(m->ix->fd) == 0;
}

static bool put_head(struct caseindex *ix)
{
	struct caseindex_head *h = &ix->head;

	h->recent = 0;
	h->recent_sum = h->base;
	if (!caselog_mark(ix->log, &h->mark))
		return false;
	h->sum = caseindex_head_sum(h);
	return caseindex_put(ix->fd, h, sizeof(*h), 0);
}

void caseindex_merge(struct caseindex *ix,
		     const struct caseindex_source *source)
{
	struct merge m = { .ix = ix, .source = source };

	if (!ix->fresh)
		return;
	if (!caseindex_has_room(ix->fd, 0)) {
		caseindex_drop(ix, "is not kept: the disk is nearly full");
		return;
	}
	if (!caseindex_read_recent(ix)) {
		caseindex_spoil(ix);
		return;
	}
	sort_lines(&m);
	sort_keys(&m);
	if (!merge_all(&m) || !put_head(ix))
		caseindex_drop(ix, "cannot be written");
	ix->adds = 0;
	ix->recent_read = false;
	free(m.line);
	free(m.key);
	free(m.at);
	buf_release(&m.bytes);
}
