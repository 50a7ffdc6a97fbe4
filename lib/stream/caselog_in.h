/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the durable log share, and nobody else sees. */
#ifndef STREAM_CASELOG_IN_H
#define STREAM_CASELOG_IN_H

#include <sys/types.h>

#include "stream/caselog.h"

/* Members, and what stands round them. */
#define CASELOG_LINE_MAX (CASELOG_MEMBERS_MAX + 256)
#define CASELOG_TORN "#torn"
#define CASELOG_SUM_KEY ",\"sum\":\""

struct caselog {
	char *path;
	const char *kind;
	int fd;
	enum caselog_mode mode;
	bool locked;
	bool settled;		/* no writer was at work when `end` was taken */
	bool at_end;
	off_t end;		/* bytes that may be read */

	/* The last good line ends at offset `good`, physical line `lines`. */
	off_t good;
	uint64_t lines, seq, torn_lines;
	char sum[CASELOG_SUM];
	/* Lines after it that were set off, not yet owned by a good one. */
	off_t skip_bytes;
	uint64_t skip_lines;
	off_t open_bytes;	/* and a last line without an end */
	struct caselog_fault fault;

	char *bytes;		/* bytes[at..n) is read and not yet used */
	size_t at, n, cap;
	off_t read_to;		/* offset of bytes[n] */

	struct buf pending;
	size_t whole;		/* bytes of pending that are whole lines */
	size_t added_at;	/* of them before the last event */
	size_t events;

	struct buf line;	/* of caselog_line_at() */
};

/* The parts of a line; false when it is not built like one. */
struct caselog_parts {
	uint64_t seq, torn;
	struct text body;	/* what the sum is over */
	struct text members, sum;
};

bool caselog_take_apart(struct text line, struct caselog_parts *);
/* The sum over the sum before and the line's bytes, in hex. */
void caselog_chain(const char before[CASELOG_SUM], struct text body,
		   char sum[CASELOG_SUM]);
/* What stands before line 1. */
void caselog_no_sum(char sum[CASELOG_SUM]);
/* Whether a line follows the last good one and what was set off after that:
 * NULL, or what is wrong with it. */
const char *caselog_link(const struct caselog *, const struct caselog_parts *);
/* The same, and the line's parts. */
const char *caselog_judge(const struct caselog *, struct text line,
			  struct caselog_parts *);
/* It is the last good one now, with so many bytes. */
void caselog_take_good(struct caselog *, const struct caselog_parts *,
		       size_t bytes);
/* Line 1 says of what kind the log is: dies when it is of another, else cuts
 * that off its members. Before caselog_take_good(). */
void caselog_check_kind(const struct caselog *, struct text *members);
/* What follows the last good line is read again. */
void caselog_read_again(struct caselog *);

#endif
