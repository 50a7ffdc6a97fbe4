/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading ahead: blocks of whole records, one being filled, one being used. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/feed.h"
#include "stream/json_frame.h"

#define BLOCK_BYTES (512u << 10)
#define BLOCKS 3

struct feed {
	struct source *source;
	enum feed_format format;
	char delimiter;
	uint64_t line;		/* physical lines before the next block */
	bool finished;		/* the block with `end` was made */
	bool skipping;		/* inside a record that is too long */
	struct json_framer array;
	struct block *before;	/* the last block made: its tail goes on */

	struct block block[BLOCKS];
	/* Blocks made and not yet given back, counted from the start. */
	uint64_t made, taken;
	bool threaded, stop;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
};

static size_t chunk;

void feed_set_chunk(size_t bytes)
{
	chunk = bytes;
}

static void need(struct block *b, size_t room)
{
	if (b->cap - b->n >= room)
		return;
	b->cap = b->n + room;
	b->room = mem_resize(b->room, b->cap, 1);
}

/* Reads on until `want` bytes came in or the source has no more for now.
 * A pipe that delivers a little at a time is not waited for beyond that. */
static bool fill(struct feed *f, struct block *b, size_t want)
{
	ssize_t got;

	need(b, want);
	if (chunk && want > chunk)
		want = chunk;
	got = source_read(f->source, b->room + b->n, want);
	if (got < 0)
		b->error = errno;
	if (got <= 0)
		return false;
	b->n += (size_t)got;
	return true;
}

static size_t frame(struct feed *f, struct block *b, bool last)
{
	frames_clear(&b->frames);
	switch (f->format) {
	case FEED_CSV:
		return frame_csv(&b->frames, b->room, b->n, f->delimiter, last);
	case FEED_LINES:
		return frame_lines(&b->frames, b->room, b->n, last);
	case FEED_ARRAY:
		break;
	}
	return json_frame(&f->array, &b->frames, b->room, b->n, last);
}

/* Drops what is left of a record over the limit, up to its line end. */
static void skip_rest(struct feed *f, struct block *b)
{
	const char *nl = memchr(b->room, '\n', b->n);
	size_t gone = nl ? (size_t)(nl - b->room) + 1 : b->n;

	memmove(b->room, b->room + gone, b->n - gone);
	b->n -= gone;
	if (nl) {
		f->skipping = false;
		f->line++;
	}
}

/* More than ROW_LIMIT bytes and no record's end in sight. */
static size_t too_long(struct feed *f, struct block *b)
{
	size_t used = 0;

	if (f->format == FEED_CSV)
		used = frame_runaway(&b->frames, b->room, b->n);
	if (used)
		return used;
	b->frames.rec = mem_grow(b->frames.rec, b->frames.n, &b->frames.cap,
				 sizeof(*b->frames.rec));
	b->frames.rec[b->frames.n++] =
		(struct framed){ .fault = REASON_TOO_LONG };
	f->skipping = true;
	return b->n;
}

static void carry_over(struct feed *f, struct block *b)
{
	b->n = 0;
	if (f->before && f->before->n > f->before->used) {
		size_t left = f->before->n - f->before->used;

		need(b, left);
		memcpy(b->room, f->before->room + f->before->used, left);
		b->n = left;
	}
	f->before = b;
}

/*
 * Fills one block. The bytes grow by doubling until they hold a record's
 * end, so a long record is framed again only a few times. True: it is the
 * last block.
 */
static bool make(struct feed *f, struct block *b)
{
	bool last;

	carry_over(f, b);
	b->error = 0;
	b->used = 0;
	frames_clear(&b->frames);
	for (;;) {
		size_t want = b->n < BLOCK_BYTES / 2 ? BLOCK_BYTES - b->n : b->n;

		last = !fill(f, b, want);
		if (f->skipping)
			skip_rest(f, b);
		b->first_line = f->line + 1;
		b->used = f->skipping ? b->n : frame(f, b, last);
		if (b->frames.n || last)
			break;
		if (b->n - b->used >= ROW_LIMIT) {
			b->used = too_long(f, b);
			break;
		}
		if (b->used && !f->skipping)
			break;
	}
	f->line += b->frames.lines;
	b->bytes = b->room;
	b->end = last;
	b->fault = last && f->format == FEED_ARRAY && !b->error ?
			   json_frame_end(&f->array) :
			   REASON_NONE;
	b->suspect = b->frames.suspect &&
		     (utf8_bad(b->room, b->used) < b->used ||
		      (b->used && memchr(b->room, '\0', b->used)));
	return last;
}

static void *make_ahead(void *arg)
{
	struct feed *f = arg;
	bool last;

	pthread_mutex_lock(&f->lock);
	while (!f->finished && !f->stop) {
		/* One block stays with the caller, one is being made. */
		if (f->made - f->taken >= BLOCKS - 1) {
			pthread_cond_wait(&f->change, &f->lock);
			continue;
		}
		pthread_mutex_unlock(&f->lock);
		last = make(f, &f->block[f->made % BLOCKS]);
		pthread_mutex_lock(&f->lock);
		f->finished = last;
		f->made++;
		pthread_cond_broadcast(&f->change);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

/* Signals are the main thread's. */
static bool start_thread(struct feed *f)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&f->thread, NULL, make_ahead, f);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return !failed;
}

struct feed *feed_open(struct source *source, enum feed_format format,
		       char delimiter, bool threaded)
{
	struct feed *f = mem_zalloc(1, sizeof(*f));

	f->source = source;
	f->format = format;
	f->delimiter = delimiter;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->change, NULL);
	f->threaded = threaded && start_thread(f);
	return f;
}

static const struct block *next_from_thread(struct feed *f)
{
	const struct block *b = NULL;

	pthread_mutex_lock(&f->lock);
	/* The caller comes back: the block it had may be filled again. */
	while (f->made == f->taken && !f->finished)
		pthread_cond_wait(&f->change, &f->lock);
	if (f->made > f->taken) {
		b = &f->block[f->taken % BLOCKS];
		f->taken++;
		pthread_cond_broadcast(&f->change);
	}
	pthread_mutex_unlock(&f->lock);
	return b;
}

const struct block *feed_next(struct feed *f)
{
	struct block *b;

	if (f->threaded)
		return next_from_thread(f);
	if (f->finished)
		return NULL;
	b = &f->block[f->made % BLOCKS];
	f->finished = make(f, b);
	f->made++;
	return b;
}

void feed_close(struct feed *f)
{
	if (f->threaded) {
		pthread_mutex_lock(&f->lock);
		f->stop = true;
		pthread_cond_broadcast(&f->change);
		pthread_mutex_unlock(&f->lock);
		pthread_join(f->thread, NULL);
	}
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->change);
	for (size_t i = 0; i < BLOCKS; i++) {
		frames_release(&f->block[i].frames);
		free(f->block[i].room);
	}
	source_close(f->source);
	free(f);
}
