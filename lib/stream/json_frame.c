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
			break;
		end = (size_t)(q - p);
		while (end - slashes > at && p[end - slashes - 1] == '\\')
			slashes++;
		at = end + 1;
		if (slashes % 2 == 0)
			return at;
	}
	return SIZE_MAX;
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
		.fields = stop > start,
		.line = f->lines & 0x1ffffff,
		.fault = (unsigned)fault & 0x1f,
	};
}

/* One past the string whose text goes on at p[at], or SIZE_MAX. */
static size_t string_end(struct json_framer *j, const char *p, size_t at,
			 size_t n)
{
	size_t from = at + (j->escape && at < n);
	size_t end = json_string_end(p, from, n), slashes = 0;

	j->string = end == SIZE_MAX;
	while (j->string && n - slashes > from && p[n - slashes - 1] == '\\')
		slashes++;
	j->escape = j->string && slashes % 2;
	return end;
}

/* One past the element that begins or goes on at p[at], SIZE_MAX when it does
 * not end here: j then tells where it stands. A number or a word ends where
 * something else begins. */
static size_t element_end(struct json_framer *j, const char *p, size_t at,
			  size_t n)
{
	for (; at < n; at++) {
		char c = p[at];

		if (j->string || c == '"') {
			at = string_end(j, p, at + !j->string, n);
			if (at == SIZE_MAX || !j->depth)
				return at;
			at--;
		} else if (c == '{' || c == '[') {
			j->depth++;
		} else if (c == '}' || c == ']') {
			if (!j->depth)
				return at;
			if (!--j->depth)
				return at + 1;
		} else if (!j->depth && (c == ',' || blank(c))) {
			return at;
		}
	}
	return SIZE_MAX;
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
	size_t end = frame_line_end(p, at, n, false);
	bool cut = end == n && !last;

	if (cut && n - at <= ROW_LIMIT)
		return at;
	j->state = ARRAY_BROKEN;
	if (end - at > ROW_LIMIT)
		add(f, at, at, REASON_TOO_LONG);
	else
		add(f, at, end, REASON_BAD_JSON);
	f->cut = cut;
	return end;
}

/* Takes an element; returns `at` when it is not complete. */
static size_t element(struct json_framer *j, struct frames *f, const char *p,
		      size_t at, size_t n, bool last)
{
	struct json_framer inside = { .state = ARRAY_LONG };
	size_t end = element_end(&inside, p, at, n), stop = end;

	if (end == at)
		return broken(j, f, p, at, n, last);
	if (end == SIZE_MAX)
		stop = n;
	if (stop - at > ROW_LIMIT)
		add(f, at, at, REASON_TOO_LONG);
	else if (end != SIZE_MAX)
		add(f, at, end, REASON_NONE);
	else if (last)
		add(f, at, n, REASON_BAD_JSON);
	else
		return at;
	count_lines(f, p + at, stop - at);
	if (end != SIZE_MAX)
		j->state = ARRAY_AFTER;
	else if (last)
		j->state = ARRAY_BROKEN;
	else
		*j = inside;
	return stop;
}

/* Goes on with an element that was set aside already. */
static size_t rest_of_element(struct json_framer *j, struct frames *f,
			      const char *p, size_t at, size_t n)
{
	size_t end = element_end(j, p, at, n);
	size_t stop = end == SIZE_MAX ? n : end;

	count_lines(f, p + at, stop - at);
	if (end != SIZE_MAX)
		j->state = ARRAY_AFTER;
	return stop;
}

static size_t next_token(struct json_framer *j, struct frames *f,
			 const char *p, size_t at, size_t n, bool last)
{
	char c = p[at];

	if (j->state == ARRAY_BEFORE && c == '[')
		j->state = ARRAY_FIRST;
	else if (j->state == ARRAY_AFTER && c == ',')
		j->state = ARRAY_ELEMENT;
	else if ((j->state == ARRAY_AFTER || j->state == ARRAY_FIRST) &&
		 c == ']')
		j->state = ARRAY_DONE;
	else if (j->state == ARRAY_FIRST || j->state == ARRAY_ELEMENT)
		return element(j, f, p, at, n, last);
	else
		return broken(j, f, p, at, n, last);
	return at + 1;
}

size_t json_frame(struct json_framer *j, struct frames *f, const char *p,
		  size_t n, bool last)
{
	size_t at = 0, next;

	f->suspect = true;
	while (at < n && !f->cut) {
		if (j->state == ARRAY_LONG) {
			at = rest_of_element(j, f, p, at, n);
			continue;
		}
		if (blank(p[at])) {
			f->lines += p[at++] == '\n';
			continue;
		}
		next = next_token(j, f, p, at, n, last);
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
