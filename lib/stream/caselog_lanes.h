/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A durable log read by all cores. The sum of a line is over the sum before
 * it, which stands in the file, so that lines can be checked in any order as
 * long as every link is: each lane takes the next block of whole lines, checks
 * the links within it and makes of each line what the caller wants; the
 * calling thread checks the link to the block before and takes the lines, in
 * their order. What comes out does not depend on how many lanes there are.
 */
#ifndef STREAM_CASELOG_LANES_H
#define STREAM_CASELOG_LANES_H

#include "base/mem.h"
#include "stream/caselog.h"

struct caselog_job {
	/* What is made of a line, in bytes; zeroed before. */
	size_t size;
	/* Called by any thread, in any order, for lines of which it is not yet
	 * known that they belong to the log: it may read what ctx points to,
	 * and must not end the program. What it makes may point into the line
	 * and into the arena, which last until the line was taken. */
	void (*make)(void *ctx, const struct caselog_line *, void *made,
		     struct arena *);
	/* Called by the caller's thread, line after line. The physical line's
	 * number is known only here. */
	void (*take)(void *ctx, const struct caselog_line *, void *made);
	/* NULL, or called by the caller's thread before lines are taken, with
	 * what was made of the next n (`size` bytes apart; at most
	 * CASELOG_EXPECT): a chance to wait for the memory of all at once.
	 * Not all that are announced need come. */
	void (*expect)(void *ctx, const void *made, size_t n);
};

#define CASELOG_EXPECT 64

/*
 * Reads on to the end of the log by so many threads at most; few are enough
 * for what is short. 0 and -1 as caselog_next(), instead of which it may be
 * called, and which may be called after it.
 */
int caselog_each(struct caselog *, unsigned threads, const struct caselog_job *,
		 void *ctx);

#endif
