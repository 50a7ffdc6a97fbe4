/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One JSON array taken apart into its elements, in constant memory. */
#ifndef STREAM_JSON_FRAME_H
#define STREAM_JSON_FRAME_H

#include "stream/frame.h"

/* Where in the array the framer stands; zero bytes: before it. */
struct json_framer {
	enum {
		ARRAY_BEFORE,
		ARRAY_FIRST,	/* after [: an element or ] */
		ARRAY_ELEMENT,	/* after a comma: an element */
		ARRAY_AFTER,	/* after an element: a comma or ] */
		ARRAY_LONG,	/* in an element over ROW_LIMIT, set aside */
		ARRAY_DONE,
		ARRAY_BROKEN	/* every further line is a fault of its own */
	} state;
	size_t depth;		/* ARRAY_LONG: of brackets */
	bool string, escape;	/* ARRAY_LONG: in a string, after a \ */
};

/*
 * Frames the whole elements of p[0..n), each a record of one field; what is
 * not an array's text is a record with the fault `bad-json`, line by line. An
 * element over ROW_LIMIT is one with the fault `too-long`, and not kept.
 * Returns the offset of the first byte not used; `last` as in frame_csv().
 */
size_t json_frame(struct json_framer *, struct frames *, const char *p,
		  size_t n, bool last);
/* At the end of the file: `bad-json` when the array was not closed. */
enum reason json_frame_end(const struct json_framer *);

/* p[at] is the byte after an opening quote: offset after the closing one, or
 * SIZE_MAX when there is none. */
size_t json_string_end(const char *p, size_t at, size_t n);

#endif
