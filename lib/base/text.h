/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text: borrowed slices (struct text) and growing buffers (struct buf).
 * Bytes are UTF-8 unless a function says otherwise; a slice may hold NUL.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/ascii.h"

/* A slice of bytes that somebody else owns. Empty: n == 0, p may be NULL. */
struct text {
	const char *p;
	size_t n;
};

#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })

struct text text_of(const char *s);		/* s may be NULL: empty */
int text_cmp(struct text, struct text);		/* bytewise, as memcmp */

/* These are asked of word after word: mostly one byte is the answer. */
static inline bool text_eq(struct text a, struct text b)
{
	return a.n == b.n && (a.n == 0 || (a.p[0] == b.p[0] &&
					   memcmp(a.p, b.p, a.n) == 0));
}

static inline bool text_is(struct text t, const char *s)
{
	return t.n == 0 ? *s == '\0' :
			  t.p[0] == *s &&
				  text_eq(t, (struct text){ s, strlen(s) });
}

/* The same but for the case of ASCII letters; the word is in lower case. */
static inline bool text_is_word(struct text t, struct text word)
{
	if (t.n != word.n)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (ascii_lower(t.p[i]) != word.p[i])
			return false;
	return true;
}

static inline bool text_starts(struct text t, const char *prefix)
{
	size_t n;

	if (t.n == 0 || t.p[0] != *prefix)
		return *prefix == '\0';
	n = strlen(prefix);
	return t.n >= n && memcmp(t.p, prefix, n) == 0;
}

static inline bool text_ends_in(struct text t, struct text suffix)
{
	return t.n >= suffix.n &&
	       text_eq((struct text){ t.p + t.n - suffix.n, suffix.n },
		       suffix);
}

static inline bool text_ends(struct text t, const char *suffix)
{
	return text_ends_in(t, (struct text){ suffix, strlen(suffix) });
}

/* Offset of the first occurrence of `needle`, or SIZE_MAX. */
size_t text_find(struct text, const char *needle);
/* Without ASCII blanks (space, tab, CR, LF) at either end. */
struct text text_trim(struct text);
/* Cuts the part before the first `c` off the front of *rest and returns it;
 * without a `c`, all of *rest. Returns false once *rest was used up. */
bool text_split(struct text *rest, char c, struct text *part);
/* Whether a word is one of a list's parts between `c`. */
bool text_listed(struct text list, char c, struct text word);
/* Cuts the first byte off the front of *rest if it is `c`; else false. */
bool text_take(struct text *rest, char c);

/*
 * A growing buffer. Zero bytes are a valid empty one; buf_release() frees it.
 * p[n] is always a NUL byte once something was added (not counted in n).
 */
struct buf {
	char *p;
	size_t n, cap;
};

void buf_release(struct buf *);
void buf_clear(struct buf *);			/* keeps the memory */
char *buf_room(struct buf *, size_t n);		/* n writable bytes at the end */
void buf_add(struct buf *, const char *p, size_t n);
void buf_addt(struct buf *, struct text);
void buf_adds(struct buf *, const char *s);
void buf_addc(struct buf *, char c);
void buf_addf(struct buf *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *, const char *fmt, va_list)
	__attribute__((format(printf, 2, 0)));
struct text buf_text(const struct buf *);

/* As snprintf(), for floors that know no stdio: writes at most room - 1 bytes
 * and a NUL; returns the bytes that stand there (not those wanted). */
size_t text_putf(char *to, size_t room, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Copies t to `to`, which has room for it, and returns what follows. Most
 * texts are short: no call for them. */
static inline char *text_put(char *to, struct text t)
{
	if (t.n > 16) {
		memcpy(to, t.p, t.n);
	} else if (t.n >= 8) {
		memcpy(to, t.p, 8);
		memcpy(to + t.n - 8, t.p + t.n - 8, 8);
	} else if (t.n >= 4) {
		memcpy(to, t.p, 4);
		memcpy(to + t.n - 4, t.p + t.n - 4, 4);
	} else {
		for (size_t i = 0; i < t.n; i++)
			to[i] = t.p[i];
	}
	return to + t.n;
}

/* Writes v in decimal; returns how many bytes it takes (at most 20). `to` has
 * room for TEXT_U64_BYTES, whatever v: what follows is written over. No NUL. */
#define TEXT_U64_BYTES 20
size_t text_put_u64(char *to, uint64_t v);

#endif
