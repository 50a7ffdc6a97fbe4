/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTML as it streams, cut into tags and text: what is needed of it to find
 * tables, and forgiving as browsers are. Comments, declarations and what
 * stands in script and style are passed over.
 */
#ifndef STREAM_MARKUP_H
#define STREAM_MARKUP_H

#include "stream/decode.h"

#define MARKUP_TAG (1u << 20)	/* bytes of one tag, at most */

enum token {
	TOKEN_TEXT,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_END,
	TOKEN_FAULT		/* errno, or why when it says something */
};

struct markup {
	struct source *source;
	struct decode *decode;
	struct buf *why;
	/* the token, until the next call */
	struct text text;	/* raw: entities stand in it; a part of a run */
	char name[16];		/* of a tag, small letters, cut at 15 */
	struct text attributes;
	/* its own */
	struct buf window;
	size_t at;
	bool end;
	const char *raw;	/* "script": all until its end is none */
};

/* Source and decoder stay the caller's. All zero before. */
void markup_begin(struct markup *, struct source *, struct decode *,
		  struct buf *why);
void markup_release(struct markup *);
enum token markup_next(struct markup *);

/* Value of an attribute of the tag, raw; false: it has none. */
bool markup_attribute(const struct markup *, const char *name,
		      struct text *value);

/* Appends text with its entities resolved; those that are unknown stay. */
void markup_text(struct buf *, struct text raw);

/*
 * The encoding of HTML or XML by what it says itself (charset=, encoding=) in
 * its first bytes. AUTO when it says nothing or UTF-8, when it says something
 * that is unknown here, and when GB18030 is said of what is plainly UTF-8.
 */
enum encoding markup_encoding(struct text head);

#endif
