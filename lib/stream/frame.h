/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Framing: where records end and, in CSV, where fields end.
 *
 * Records that are plain need no state machine: their fields are where the
 * delimiters are, but for those between quotes, found 64 bytes at a time (AVX2
 * where the processor has it; a plain twin elsewhere, which knows no quotes:
 * same results). Plain are records without quotes, and those where each quote
 * begins a field, ends it or is doubled inside it. Any other, or one ended by
 * a lone carriage return, is walked with care, one at a time.
 */
#ifndef STREAM_FRAME_H
#define STREAM_FRAME_H

#include "base/text.h"
#include "stream/reason.h"

/* The longest record, in bytes and in fields; more is a reject `too-long`, or
 * `bad-quote` when it is a quote left open that makes it so long. */
#define ROW_LIMIT (16u << 20)
#define FIELD_LIMIT (1u << 20)

/* One record. Offsets count from the bytes that were framed. */
struct framed {
	uint32_t start;		/* first byte */
	uint32_t stop;		/* one past the last, line end excluded */
	uint32_t sep;		/* its first entry in frames.sep */
	uint32_t fields;
	uint32_t line : 25;	/* physical lines before it in this block */
	uint32_t quoted : 2;	/* 1: a field begins with a quote, none has
				 * doubled ones inside; 3: one has */
	uint32_t fault : 5;	/* enum reason: found while framing */
};

/*
 * The records of a block. Field k of a record ends at sep[rec.sep + k] and
 * begins one byte after the end of the field before it. Blank lines are no
 * records.
 */
struct frames {
	struct framed *rec;
	size_t n, cap;
	uint32_t *sep;
	size_t nsep, sepcap;
	uint32_t lines;		/* physical lines that ended so far */
	/* A record that begins before this offset ends with its line: so far
	 * an open quote was followed in vain, and no byte is walked twice. */
	uint32_t by_line;
	/* Set by the caller: lines are rows of a sheet, and a line feed inside
	 * quotes is none. */
	bool by_row;
	bool suspect;		/* may hold a NUL or a byte above 0x7f */
	bool cut;		/* the last record is too long and its line has
				 * no end here: frame_line_end() finds it */
	bool full;		/* enough for once: more of the bytes may be
				 * whole records */
};

void frames_clear(struct frames *);	/* by_line and by_row stay */
void frames_release(struct frames *);

/*
 * Frames the complete records of p[0..n) and returns the offset of the first
 * byte that belongs to none. `last`: no more bytes follow, so the tail is a
 * record too, and a quote still open is its fault. Stops early, `full`, where
 * what it made of the bytes takes several times their room.
 */
size_t frame_csv(struct frames *, const char *p, size_t n, char delimiter,
		 bool last);
/* The same with lines as records of one field (NDJSON). */
size_t frame_lines(struct frames *, const char *p, size_t n, bool last);

/* Offset of the line end at or after p[at] (a line feed, in CSV a carriage
 * return too), or n when there is none. */
size_t frame_line_end(const char *p, size_t at, size_t n, bool csv);

/* For tests: the plain twin instead of the vector code. */
void frame_use_vectors(bool);

#endif
