/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape of flat JSON objects: the text before each value, that is a key
 * between its quotes, the colon, and what blanks there are. The objects of one
 * file mostly have the same keys in the same order, some left out; such a one
 * is cut by comparing what stands before the values, and keys are not looked
 * up. The same record in any other spelling is of another shape.
 */
#ifndef STREAM_JSON_SHAPE_H
#define STREAM_JSON_SHAPE_H

#include "base/text.h"
#include "stream/json_in.h"

struct json_member {
	struct text before;	/* of the value, from behind the { or comma */
	size_t column;
};

/* Zero bytes are a valid one, that nothing is of. */
struct json_shape {
	struct json_member *member;
	size_t n, cap;
	struct buf text;	/* what `before` points to */
};

void jsonshape_release(struct json_shape *);

/* What has more members is not learned: it is cut in no less time than it
 * takes to go through all of them, and a record may have only one. */
#define JSON_SHAPE_MEMBERS 256

/* Learns the shape of a record whose value in column[i] stands behind
 * before[i], i < n; no column twice. One of fewer members is not worth it. */
void jsonshape_learn(struct json_shape *, const struct text *before,
		     const size_t *column, size_t n);

/*
 * Cuts a record of this shape: sets the values of all its columns, absent ones
 * too. False: it is not, or holds what is not plain: a nested value, a fault;
 * what was set then is worth nothing. Strings that have escapes stand in
 * `decoded`, which is empty before each record.
 */
bool jsonshape_cut(const struct json_shape *, struct text record,
		   struct json_value *value, struct buf *decoded);

/* One value alone, at p[at] of a record of n bytes: the offset behind it, or
 * `at` when it is not plain. */
size_t jsonshape_value(const char *p, size_t at, size_t n,
		       struct json_value *value, struct buf *decoded);

/* p[at] is the byte after an opening quote: the offset of the first quote,
 * backslash or control byte from there on, or n. */
size_t jsonshape_string(const char *p, size_t at, size_t n);

#endif
