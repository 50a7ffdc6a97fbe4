/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading ahead: blocks of whole records, one being filled, one being used. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/parts.h"
#include "base/utf8.h"
#include "stream/feed.h"
#include "stream/json_frame.h"

#define BLOCK_BYTES (512u << 10)
#define BLOCKS 3

#define IDLE UINT64_MAX

/* One of several. The block that was made last is not written over while the
 * next one is made, for its tail goes on there: so each has two. */
struct reader {
	_Alignas(MEM_APART) struct block block[2];
	unsigned at;
	uint64_t number;	/* of the block it has, or IDLE */
};

struct feed {
	struct source *source;
	enum feed_format format;
	char delimiter;
	uint64_t line;		/* physical lines before the next block */
	uint32_t by_line;	/* of the frames, from the next block's start */
	bool ended;		/* the source has no more */
	bool full;		/* the next block has records without reading */
	bool finished;		/* the block with `end` was made */
	bool skipping;		/* inside a record that is too long */
	struct json_framer array;
	struct block *before;	/* the last block made: its tail goes on */

	struct block block[BLOCKS];
	/* Blocks made and not yet given back, counted from the start. */
	uint64_t made, taken;
	bool may_thread, threaded, stop;
	pthread_t thread;

	struct reader *reader;
	unsigned readers, waiting;	/* for their turn */
	pthread_mutex_t making;		/* one block at a time */

	/* of all other that threads share; `change` is told of it */
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

	/* Little may come at a time: not more room for each. */
	if (b->cap - b->n < want / 4 + 1)
		need(b, want);
	if (want > b->cap - b->n)
		want = b->cap - b->n;
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
	b->frames.by_line = f->by_line;
	b->frames.by_row = source_counts_rows(f->source);
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

/* Drops what is left of a line over the limit, and its end. A carriage return
 * that is the last byte waits for what follows it. */
static void skip_rest(struct feed *f, struct block *b, bool last)
{
	size_t gone = frame_line_end(b->room, 0, b->n, f->format == FEED_CSV);
	bool cr = gone < b->n && b->room[gone] == '\r';

	if (gone < b->n && (!cr || gone + 1 < b->n || last)) {
		gone++;
		if (cr && gone < b->n && b->room[gone] == '\n')
			gone++;
		f->skipping = false;
		f->line++;
	}
	memmove(b->room, b->room + gone, b->n - gone);
	b->n -= gone;
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

/* How much to read next: as much again, and no further than a record may
 * reach, for what is over the limit is always set aside. */
static size_t more_bytes(const struct block *b)
{
	if (b->n < BLOCK_BYTES / 2)
		return BLOCK_BYTES - b->n;
	return b->n < ROW_LIMIT / 2 ? b->n : ROW_LIMIT + 2 - b->n;
}

/* A long record is framed again when the bytes have doubled, so only a few
 * times, however little comes in one read; a line when its end is there. */
static bool is_worth_framing(const struct feed *f, const struct block *b,
			     size_t tried, bool last)
{
	if (last || tried < BLOCK_BYTES / 8 || b->n / 2 >= tried ||
	    b->n >= ROW_LIMIT + 2)
		return true;
	return f->format == FEED_LINES &&
	       memchr(b->room + tried, '\n', b->n - tried);
}

/* Reads until a record is whole, or sees that none comes. Gives whether this
 * was all. A read that failed is no end of the file: what it left incomplete
 * is no record. */
static bool read_and_frame(struct feed *f, struct block *b)
{
	size_t tried = 0;

	do {
		if (!f->full)
			f->ended = !fill(f, b, more_bytes(b));
		f->full = false;
		if (f->skipping)
			skip_rest(f, b, f->ended);
		b->first_line = f->line + 1;
		if (f->skipping || !is_worth_framing(f, b, tried, f->ended))
			continue;
		b->used = frame(f, b, f->ended && !b->error);
		f->full = b->frames.full && !b->error;
		tried = b->n;
	} while (!b->used && !f->ended);
	return f->ended && !f->full;
}

/* Fills one block. True: it is the last block. */
static bool make(struct feed *f, struct block *b)
{
	bool last;

	carry_over(f, b);
	b->error = 0;
	b->used = 0;
	frames_clear(&b->frames);
	last = read_and_frame(f, b);
	f->skipping = f->skipping || b->frames.cut;
	f->line += b->frames.lines;
	f->by_line = b->frames.by_line > b->used ?
			     b->frames.by_line - (uint32_t)b->used :
			     0;
	b->bytes = b->room;
	b->end = last;
	b->fault = last && f->format == FEED_ARRAY && !b->error ?
			   json_frame_end(&f->array) :
			   REASON_NONE;
	return last;
}

/* Needs no other block, so several may be looked at at once. */
static void look_at_bytes(struct block *b)
{
	b->suspect = b->frames.suspect &&
		     (utf8_bad(b->room, b->used) < b->used ||
		      (b->used && memchr(b->room, '\0', b->used)));
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
		look_at_bytes(&f->block[f->made % BLOCKS]);
		pthread_mutex_lock(&f->lock);
		f->finished = last;
		f->made++;
		pthread_cond_broadcast(&f->change);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

struct feed *feed_open(struct source *source, enum feed_format format,
		       char delimiter, bool threaded)
{
	struct feed *f = mem_zalloc(1, sizeof(*f));

	f->source = source;
	f->format = format;
	f->delimiter = delimiter;
	pthread_mutex_init(&f->lock, NULL);
	pthread_mutex_init(&f->making, NULL);
	pthread_cond_init(&f->change, NULL);
	f->may_thread = threaded;
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

	if (f->may_thread && f->made && !f->finished) {
		f->may_thread = false;
		f->threaded = parts_start(&f->thread, make_ahead, f);
	}
	if (f->threaded)
		return next_from_thread(f);
	if (f->finished)
		return NULL;
	b = &f->block[f->made % BLOCKS];
	f->finished = make(f, b);
	look_at_bytes(b);
	f->taken = ++f->made;
	return b;
}

void feed_run_ahead(struct feed *f)
{
	f->may_thread = !f->threaded;
}

/* ---- several readers ---- */

void feed_share(struct feed *f, unsigned n)
{
	if (f->threaded)
		bug("a feed that runs ahead is shared");
	f->may_thread = false;
	f->reader = mem_apart(n, sizeof(*f->reader));
	f->readers = n;
	f->reader[0].number = f->made ? f->made - 1 : IDLE;
	for (unsigned i = 1; i < n; i++)
		f->reader[i].number = IDLE;
}

/* Nobody who waits for a turn waits for bytes to come. */
static void set_number(struct feed *f, unsigned reader, uint64_t number)
{
	pthread_mutex_lock(&f->lock);
	f->reader[reader].number = number;
	if (f->waiting)
		pthread_cond_broadcast(&f->change);
	pthread_mutex_unlock(&f->lock);
}

const struct block *feed_take(struct feed *f, unsigned reader)
{
	struct reader *r = &f->reader[reader];
	struct block *b = NULL;

	set_number(f, reader, IDLE);
	pthread_mutex_lock(&f->making);
	if (!f->finished) {
		set_number(f, reader, f->made);
		r->at = !r->at;
		b = &r->block[r->at];
		f->finished = make(f, b);
		f->made++;
	}
	pthread_mutex_unlock(&f->making);
	if (b)
		look_at_bytes(b);
	return b;
}

static bool has_turn(const struct feed *f, unsigned reader)
{
	for (unsigned i = 0; i < f->readers; i++)
		if (f->reader[i].number < f->reader[reader].number)
			return false;
	return true;
}

void feed_await_turn(struct feed *f, unsigned reader)
{
	if (!f->reader)
		return;
	pthread_mutex_lock(&f->lock);
	f->waiting++;
	while (!has_turn(f, reader))
		pthread_cond_wait(&f->change, &f->lock);
	f->waiting--;
	pthread_mutex_unlock(&f->lock);
}

static void block_release(struct block *b)
{
	frames_release(&b->frames);
	free(b->room);
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
	pthread_mutex_destroy(&f->making);
	pthread_cond_destroy(&f->change);
	for (size_t i = 0; i < BLOCKS; i++)
		block_release(&f->block[i]);
	for (unsigned i = 0; i < f->readers; i++)
		for (size_t k = 0; k < 2; k++)
			block_release(&f->reader[i].block[k]);
	free(f->reader);
	source_close(f->source);
	free(f);
}
