/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Framed blocks of one file, in order. With a second thread the next block is
 * read and framed while the caller works on this one; the blocks are the same
 * either way, so no result depends on it. Or several readers take turns: each
 * reads and frames its next block itself, one at a time.
 */
#ifndef STREAM_FEED_H
#define STREAM_FEED_H

#include "stream/frame.h"
#include "stream/source.h"

enum feed_format { FEED_CSV, FEED_LINES, FEED_ARRAY };

struct block {
	const char *bytes;
	struct frames frames;
	uint64_t first_line;	/* physical, 1-based, of the block's start */
	bool suspect;		/* some record holds a NUL or bad UTF-8 */
	int error;		/* errno of a failed read after these records */
	bool end;		/* nothing follows */
	enum reason fault;	/* of the file's end: an array cut short */
	/* the feed's own */
	char *room;
	size_t cap, n, used;
};

struct feed;

/* Takes the source over. delimiter is for FEED_CSV. `threaded`: a second
 * thread begins with the second block, for short files need none. */
struct feed *feed_open(struct source *, enum feed_format, char delimiter,
		       bool threaded);
/* The next block, valid until the next call; NULL after the one with end. */
const struct block *feed_next(struct feed *);
/* Threaded from here on, as far as more than one block is read. */
void feed_run_ahead(struct feed *);

/*
 * Several readers, 0 .. n-1, from here on; no second thread may be at work.
 * The block that feed_next() gave out last is that of reader 0. A reader may
 * be a thread; each calls feed_take() in place of feed_next(), and its block
 * is valid until it does so again.
 */
void feed_share(struct feed *, unsigned n);
const struct block *feed_take(struct feed *, unsigned reader);
/* Waits until the others are done with all blocks before this reader's. */
void feed_await_turn(struct feed *, unsigned reader);
void feed_close(struct feed *);

/* For tests: at most so many bytes a read (0: as they come). */
void feed_set_chunk(size_t bytes);

#endif
