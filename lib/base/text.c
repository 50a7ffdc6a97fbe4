/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices and growing buffers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/mem.h"
#include "base/text.h"

struct text text_of(const char *s)
{
	return (struct text){ s, s ? strlen(s) : 0 };
}

int text_cmp(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	if (order)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

size_t text_find(struct text t, const char *needle)
{
	const char *at = t.n ? memmem(t.p, t.n, needle, strlen(needle)) : NULL;

	return at ? (size_t)(at - t.p) : SIZE_MAX;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text text_trim(struct text t)
{
	while (t.n && blank(t.p[0]))
		t.p++, t.n--;
	while (t.n && blank(t.p[t.n - 1]))
		t.n--;
	return t;
}

bool text_split(struct text *rest, char c, struct text *part)
{
	const char *at;

	if (!rest->p)
		return false;
	at = rest->n ? memchr(rest->p, c, rest->n) : NULL;
	if (!at) {
		*part = *rest;
		*rest = (struct text){ 0 };
		return true;
	}
	*part = (struct text){ rest->p, (size_t)(at - rest->p) };
	rest->n -= part->n + 1;
	rest->p = at + 1;
	return true;
}

bool text_listed(struct text list, char c, struct text word)
{
	struct text part;

	while (text_split(&list, c, &part))
		if (text_eq(part, word))
			return true;
	return false;
}

bool text_take(struct text *rest, char c)
{
	if (rest->n == 0 || rest->p[0] != c)
		return false;
	rest->p++;
	rest->n--;
	return true;
}

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->p)
		b->p[0] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
	if (b->cap - b->n <= n) {
		size_t cap = b->cap + b->cap / 2 + 64;

		if (cap - b->n <= n)
			cap = b->n + n + 1;
		b->p = mem_resize(b->p, cap, 1);
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_add(struct buf *b, const char *p, size_t n)
{
	char *to = buf_room(b, n);

	if (n)
		memcpy(to, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_addt(struct buf *b, struct text t)
{
	buf_add(b, t.p, t.n);
}

void buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_vaddf(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, args);
	b->n += (size_t)n;
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vaddf(b, fmt, args);
	va_end(args);
}

struct text buf_text(const struct buf *b)
{
	return (struct text){ b->p, b->n };
}

size_t text_putf(char *to, size_t room, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(to, room, fmt, args);
	va_end(args);
	if (n < 0)
		n = 0;
	return (size_t)n < room ? (size_t)n : room - 1;
}

size_t text_put_u64(char *to, uint64_t v)
{
	const uint64_t eight = 100000000;
	uint64_t digits = digits_of((uint32_t)(v % eight));

	if (v >= eight) {
		size_t n = text_put_u64(to, v / eight);

		digits_store(to + n, digits + DIGITS_ZERO);
		return n + 8;
	}
	unsigned zeros = digits_leading(digits, 7);

	digits_store(to, (digits + DIGITS_ZERO) >> 8 * zeros);
	return 8 - zeros;
}
