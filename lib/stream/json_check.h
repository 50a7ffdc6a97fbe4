/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strict validity of JSON (RFC 8259 and stricter: no key twice in one object,
 * no \u0000, no lone surrogate, at most JSON_DEPTH levels), and the steps over
 * it that readers of validated text take too: on valid text none of them
 * fails. The caller has checked the bytes to be UTF-8.
 */
#ifndef STREAM_JSON_CHECK_H
#define STREAM_JSON_CHECK_H

#include "base/mem.h"
#include "base/text.h"
#include "stream/reason.h"

#define JSON_DEPTH 64

/* The offset of the first fault, or text.n when it is valid. *reason is
 * bad-json, dup-key or none. */
size_t json_check(struct text, enum reason *reason);

/* A place in a text. */
struct json_cursor {
	const char *p;
	size_t n, at;
	unsigned depth;
	struct json_keys *keys;	/* NULL: nobody asks whether one is twice */
};

static inline void json_skip_blank(struct json_cursor *c)
{
	while (c->at < c->n &&
	       (c->p[c->at] == ' ' || c->p[c->at] == '\t' ||
		c->p[c->at] == '\n' || c->p[c->at] == '\r'))
		c->at++;
}

static inline bool json_at(const struct json_cursor *c, char want)
{
	return c->at < c->n && c->p[c->at] == want;
}

static inline bool json_eat(struct json_cursor *c, char want)
{
	if (!json_at(c, want))
		return false;
	c->at++;
	return true;
}

/* Steps over a string literal. */
bool json_check_string(struct json_cursor *);
/* Steps over a value and the blanks around it. */
bool json_check_value(struct json_cursor *);

/* A validated string literal, quotes included, as its text; what had escapes
 * is in the arena. */
struct text json_decode(struct arena *, struct text literal);

#endif
