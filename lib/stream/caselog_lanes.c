/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blocks of a log, checked by many threads and taken by one. Where anything is
 * not as it should be they stop, and one thread goes on from the last good
 * line: it has the words for it.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/parts.h"
#include "stream/caselog_in.h"
#include "stream/caselog_lanes.h"

#define BLOCK_BYTES (256u << 10)
#define LANES 8
/* Less than this is read sooner than a thread is started. */
#define LONG_BYTES (1 << 20)

/* A line of a block as its lane found it. */
struct found {
	struct caselog_parts parts;
	off_t torn_bytes;	/* set off before it */
	uint64_t torn_lines;
	size_t bytes;
};

struct lane_block {
	char *bytes;
	size_t n, cap;
	bool ready;
	bool last;		/* nothing is read behind it */
	bool bad;		/* a line behind those found is */

	struct found *found;
	char *made;
	size_t lines, found_cap, made_cap;
	off_t torn_bytes;	/* behind the last line found */
	uint64_t torn_lines;
	struct arena arena;
};

struct lanes {
	struct caselog *log;
	const struct caselog_job *job;
	void *ctx;
	unsigned threads;

	pthread_mutex_t lock;	/* of what follows */
	pthread_cond_t change;
	struct lane_block block[2 * LANES];
	unsigned blocks;
	uint64_t claimed, taken;	/* blocks, counted from the start */
	bool ended, stop;
	struct buf carry;		/* bytes read behind the last block */
};

/* ---- a block's bytes ---- */

/* Room for what is carried over and some more. */
static void begin_block(struct lanes *l, struct lane_block *b)
{
	size_t want = l->carry.n + BLOCK_BYTES;

	if (want > b->cap) {
		b->cap = want;
		b->bytes = mem_resize(b->bytes, b->cap, 1);
	}
	if (l->carry.n)
		memcpy(b->bytes, l->carry.p, l->carry.n);
	b->n = l->carry.n;
	buf_clear(&l->carry);
	b->ready = b->last = b->bad = false;
	b->lines = 0;
	b->torn_bytes = 0;
	b->torn_lines = 0;
	if (b->arena.last)
		arena_release(&b->arena);
}

/* Reads behind the bytes of the block; false at the end, or when it cannot. */
static bool read_more(struct lanes *l, struct lane_block *b)
{
	struct caselog *log = l->log;
	off_t left = log->end - log->read_to;
	size_t room = b->cap - b->n;
	ssize_t got;

	if (left <= 0)
		return false;
	if ((off_t)room > left)
		room = (size_t)left;
	do
		got = pread(log->fd, b->bytes + b->n, room, log->read_to);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return false;
	b->n += (size_t)got;
	log->read_to += got;
	return true;
}

/* Bytes up to the end of the last whole line; 0: there is none. */
static size_t whole_lines(const struct lane_block *b, size_t from)
{
	const char *nl = b->n > from ?
				 memrchr(b->bytes + from, '\n', b->n - from) :
				 NULL;

	return nl ? (size_t)(nl - b->bytes) + 1 : 0;
}

/* The next block, the lock being held. */
static void claim(struct lanes *l, struct lane_block *b)
{
	size_t whole = 0, seen = 0;

	begin_block(l, b);
	while (whole == 0) {
		if (b->n == b->cap) {
			b->cap *= 2;
			b->bytes = mem_resize(b->bytes, b->cap, 1);
		}
		if (b->n > CASELOG_LINE_MAX || !read_more(l, b)) {
			b->last = true;
			b->n = 0;
			return;
		}
		whole = whole_lines(b, seen);
		seen = b->n;
	}
	buf_add(&l->carry, b->bytes + whole, b->n - whole);
	b->n = whole;
}

/* ---- a block's lines ---- */

static void *made_of(const struct lanes *l, const struct lane_block *b,
		     size_t i)
{
	return b->made + i * l->job->size;
}

/* Keeps a line whose parts are sound, and makes of it what is wanted. */
static void add_found(const struct lanes *l, struct lane_block *b,
		      const struct caselog_parts *parts, size_t bytes)
{
	struct caselog_line line = { .seq = parts->seq,
				     .members = parts->members };
	size_t i = b->lines++;

	b->found = mem_grow(b->found, i, &b->found_cap, sizeof(*b->found));
	b->made = mem_grow(b->made, i, &b->made_cap, l->job->size);
	b->found[i] = (struct found){ *parts, b->torn_bytes, b->torn_lines,
				      bytes };
	b->torn_bytes = 0;
	b->torn_lines = 0;
	memset(made_of(l, b, i), 0, l->job->size);
	if (line.seq > 1)
		l->job->make(l->ctx, &line, made_of(l, b, i), &b->arena);
}

/* The first line's link is the taker's to check: here only its shape. `at` is
 * where the log would be. */
static bool judge_line(const struct lanes *l, struct lane_block *b,
		       struct caselog *at, struct text line)
{
	struct caselog_parts parts;

	at->skip_bytes = b->torn_bytes;
	if (b->lines == 0 ? !caselog_take_apart(line, &parts) :
			    caselog_judge(at, line, &parts) != NULL)
		return false;
	at->seq = parts.seq;
	memcpy(at->sum, parts.sum.p, CASELOG_SUM);
	add_found(l, b, &parts, line.n + 1);
	return true;
}

static void work_on(const struct lanes *l, struct lane_block *b)
{
	struct caselog at = { .seq = 0 };
	size_t from = 0;

	while (from < b->n && !b->bad) {
		const char *p = b->bytes + from;
		const char *nl = memchr(p, '\n', b->n - from);
		struct text line = { p, (size_t)(nl - p) };

		from += line.n + 1;
		if (text_ends(line, CASELOG_TORN)) {
			b->torn_bytes += (off_t)line.n + 1;
			b->torn_lines++;
		} else {
			b->bad = !judge_line(l, b, &at, line);
		}
	}
}

/* ---- taking ---- */

static void take_line(struct lanes *l, struct lane_block *b, size_t i)
{
	const struct found *f = &b->found[i];
	struct caselog_line out;

	out = (struct caselog_line){ .seq = f->parts.seq,
				     .members = f->parts.members };
	if (out.seq == 1) {
		caselog_check_kind(l->log, &out.members);
		l->job->make(l->ctx, &out, made_of(l, b, i), &b->arena);
	}
	caselog_take_good(l->log, &f->parts, f->bytes);
	out.line = l->log->lines;
	out.at = (uint64_t)l->log->good - f->bytes;
	l->job->take(l->ctx, &out, made_of(l, b, i));
}

/* True when there is more to come. */
static bool take_block(struct lanes *l, struct lane_block *b)
{
	struct caselog *log = l->log;

	for (size_t i = 0; i < b->lines; i++) {
		if (l->job->expect && i % CASELOG_EXPECT == 0)
			l->job->expect(l->ctx, made_of(l, b, i),
				       b->lines - i < CASELOG_EXPECT ?
					       b->lines - i : CASELOG_EXPECT);
		log->skip_bytes += b->found[i].torn_bytes;
		log->skip_lines += b->found[i].torn_lines;
		if (i == 0 && caselog_link(log, &b->found[i].parts))
			return false;
		take_line(l, b, i);
	}
	log->skip_bytes += b->torn_bytes;
	log->skip_lines += b->torn_lines;
	return !b->last && !b->bad;
}

/* ---- threads ---- */

static struct lane_block *block_at(struct lanes *l, uint64_t i)
{
	return &l->block[i % l->blocks];
}

/* Checks one more block, the lock being held; false when there is none. */
static bool check_one(struct lanes *l)
{
	struct lane_block *b;

	if (l->ended || l->claimed == l->taken + l->blocks)
		return false;
	b = block_at(l, l->claimed++);
	claim(l, b);
	l->ended = b->last;
	pthread_mutex_unlock(&l->lock);
	work_on(l, b);
	pthread_mutex_lock(&l->lock);
	b->ready = true;
	pthread_cond_broadcast(&l->change);
	return true;
}

static void take_all(struct lanes *l)
{
	for (bool more = true; more;) {
		struct lane_block *b = block_at(l, l->taken);

		if (l->taken < l->claimed && b->ready) {
			pthread_mutex_unlock(&l->lock);
			more = take_block(l, b);
			pthread_mutex_lock(&l->lock);
			b->ready = false;
			l->taken++;
			pthread_cond_broadcast(&l->change);
		} else if (!check_one(l)) {
			pthread_cond_wait(&l->change, &l->lock);
		}
	}
	l->stop = true;
	pthread_cond_broadcast(&l->change);
}

static void run_lane(void *ctx, unsigned part)
{
	struct lanes *l = ctx;

	pthread_mutex_lock(&l->lock);
	if (part == 0) {
		take_all(l);
	} else {
		while (!l->stop && !l->ended)
			if (!check_one(l) && !l->stop)
				pthread_cond_wait(&l->change, &l->lock);
	}
	pthread_mutex_unlock(&l->lock);
}

static void free_blocks(struct lanes *l)
{
	for (unsigned i = 0; i < l->blocks; i++) {
		free(l->block[i].bytes);
		free(l->block[i].found);
		free(l->block[i].made);
		arena_release(&l->block[i].arena);
	}
	buf_release(&l->carry);
}

static void run_lanes(struct lanes *l)
{
	struct caselog *log = l->log;

	l->blocks = 2 * l->threads;
	buf_add(&l->carry, log->bytes + log->at, log->n - log->at);
	log->at = log->n = 0;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->change, NULL);
	parts_run(l->threads, run_lane, l);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->change);
	free_blocks(l);
}

/* ---- one thread ---- */

static int read_alone(struct caselog *log, const struct caselog_job *job,
		      void *ctx)
{
	void *made = mem_alloc(1, job->size);
	struct arena arena = { 0 };
	struct caselog_line line;
	int got;

	while ((got = caselog_next(log, &line)) > 0) {
		memset(made, 0, job->size);
		job->make(ctx, &line, made, &arena);
		job->take(ctx, &line, made);
		if (arena.last)
			arena_release(&arena);
	}
	free(made);
	return got;
}

int caselog_each(struct caselog *log, unsigned threads,
		 const struct caselog_job *job, void *ctx)
{
	struct lanes l = { .log = log, .job = job, .ctx = ctx,
			   .threads = threads < LANES ? threads : LANES };

	if (l.threads > 1 && !log->fault.why &&
	    log->end - log->read_to >= LONG_BYTES) {
		run_lanes(&l);
		caselog_read_again(log);
	}
	return read_alone(log, job, ctx);
}
