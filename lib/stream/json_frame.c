/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the elements of a JSON array. */
#include <string.h>

#include "base/mem.h"
#include "stream/json_frame.h"

size_t json_string_end(const char *p, size_t at, size_t n)
{
	while (at < n) {
		const char *q = memchr(p + at, '"', n - at);
		size_t end, slashes = 0;

		if (!q)
			return n;
		end = (size_t)(q - p);
		while (end - slashes > at && p[end - slashes - 1] == '\\')
			slashes++;
		at = end + 1;
		if (slashes % 2 == 0)
			return at;
	}
	return n;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void add(struct frames *f, size_t start, size_t stop, enum reason fault)
{
	f->rec = mem_grow(f->rec, f->n, &f->cap, sizeof(*f->rec));
	f->sep = mem_grow(f->sep, f->nsep, &f->sepcap, sizeof(*f->sep));
	f->sep[f->nsep] = (uint32_t)stop;
	f->rec[f->n++] = (struct framed){
		.start = (uint32_t)start,
		.stop = (uint32_t)stop,
		.sep = (uint32_t)f->nsep++,
		.fields = 1,
		.line = f->lines & 0x1ffffff,
		.fault = (unsigned)fault & 0x3f,
	};
}

/* One past the element that begins at `at`; n when it does not end here. */
static size_t element_end(const char *p, size_t at, size_t n)
{
	size_t depth = 0;

	for (; at < n; at++) {
		char c = p[at];

		if (c == '"') {
			at = json_string_end(p, at + 1, n) - 1;
			if (at + 1 == n)
				return n;
			if (!depth)
				return at + 1;
		} else if (c == '{' || c == '[') {
			depth++;
		} else if (c == '}' || c == ']') {
			if (!depth)
				return at;
			if (!--depth)
				return at + 1;
		} else if (!depth && (c == ',' || blank(c))) {
			return at;
		}
	}
	return n;
}

static void count_lines(struct frames *f, const char *p, size_t n)
{
	for (const char *end = p + n; (p = memchr(p, '\n', (size_t)(end - p)));
	     p++)
		f->lines++;
}

/* The rest of the line at `at` as a fault; every later line is one too. */
static size_t broken(struct json_framer *j, struct frames *f, const char *p,
		     size_t at, size_t n, bool last)
{
	const char *nl = memchr(p + at, '\n', n - at);
	size_t end = nl ? (size_t)(nl - p) : n;

	if (!nl && !last)
		return at;
	j->state = ARRAY_BROKEN;
	add(f, at, end, REASON_BAD_JSON);
	return end;
}

/* Takes an element; returns `at` when it is not complete. */
static size_t element(struct json_framer *j, struct frames *f, const char *p,
		      size_t at, size_t n, bool last)
{
	size_t end = element_end(p, at, n);

	if (end == n && !last)
		return at;
	if (end == at)
		return broken(j, f, p, at, n, last);
	add(f, at, end, end == n ? REASON_BAD_JSON : REASON_NONE);
	count_lines(f, p + at, end - at);
	j->state = ARRAY_AFTER;
	return end;
}

size_t json_frame(struct json_framer *j, struct frames *f, const char *p,
		  size_t n, bool last)
{
	size_t at = 0, next;

	f->suspect = true;
	while (at < n) {
		char c = p[at];

		if (blank(c)) {
			f->lines += c == '\n';
			at++;
			continue;
		}
		next = at + 1;
		if (j->state == ARRAY_BEFORE && c == '[')
			j->state = ARRAY_FIRST;
		else if (j->state == ARRAY_AFTER && c == ',')
			j->state = ARRAY_ELEMENT;
		else if ((j->state == ARRAY_AFTER || j->state == ARRAY_FIRST) &&
			 c == ']')
			j->state = ARRAY_DONE;
		else if (j->state == ARRAY_FIRST || j->state == ARRAY_ELEMENT)
			next = element(j, f, p, at, n, last);
		else
			next = broken(j, f, p, at, n, last);
		if (next == at)
			break;
		at = next;
	}
	return at;
}

enum reason json_frame_end(const struct json_framer *j)
{
	return j->state == ARRAY_DONE || j->state == ARRAY_BROKEN ?
		       REASON_NONE :
		       REASON_BAD_JSON;
}
