/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Framed blocks of one file, in order. With a second thread the next block is
 * read and framed while the caller works on this one; the blocks are the same
 * either way, so no result depends on it.
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

/* Takes the source over. delimiter is for FEED_CSV. */
struct feed *feed_open(struct source *, enum feed_format, char delimiter,
		       bool threaded);
/* The next block, valid until the next call; NULL after the one with end. */
const struct block *feed_next(struct feed *);
void feed_close(struct feed *);

/* For tests: at most so many bytes a read (0: as they come). */
void feed_set_chunk(size_t bytes);

#endif
