/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of framing: frame.c walks records with care, frame_plain.c takes
 * stretches of plain ones, frame_lines.c lines.
 */
#ifndef STREAM_FRAME_STATE_H
#define STREAM_FRAME_STATE_H

#include "stream/frame.h"

/* Room kept free before each group of 64 bytes, so that the inner loops need
 * not ask: at most one separator and one record a byte, and some written to no
 * purpose. */
#define FRAME_GROUP 64
#define FRAME_ROOM (FRAME_GROUP + 8)

void frames_grow(struct frames *);

static inline void frames_reserve(struct frames *f)
{
	if (f->cap < f->n + FRAME_ROOM || f->sepcap < f->nsep + FRAME_ROOM)
		frames_grow(f);
}

/* A record of one field, or of none when it is not kept; room is reserved. */
static inline void frames_add(struct frames *f, size_t start, size_t stop,
			      enum reason fault)
{
	f->rec[f->n++] = (struct framed){
		.start = (uint32_t)start,
		.stop = (uint32_t)stop,
		.sep = (uint32_t)f->nsep,
		.fields = stop > start,
		.line = f->lines & 0x1ffffff,
		.fault = (unsigned)fault & 0x1f,
	};
	if (stop > start)
		f->sep[f->nsep++] = (uint32_t)stop;
}

/* Progress through a stretch of plain records. */
struct frame_stretch {
	size_t at;		/* next byte to look at */
	size_t start;		/* of the record under way */
	size_t sep;		/* its first separator */
	/* what was seen of the record under way before `at` */
	uint64_t inside;	/* all ones: an open quote, else 0 */
	uint32_t lines;		/* line ends inside quotes */
	uint32_t quoted;	/* as in struct framed */
};

/* Frames from *s on as long as records are plain; what is left of a record
 * that is not (or not complete) is taken back. `last`: n is the end of all. */
void frame_plain(struct frames *, struct frame_stretch *s, const char *p,
		 size_t n, char delimiter, bool last);

#endif
