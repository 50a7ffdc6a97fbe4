/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the ends of records and fields: with care, one record at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/frame_state.h"

/* So many bytes without a quote at a time, and so many records and fields in
 * all: an ordinary block hardly has more, and behind a quote left open, where
 * a block grows to the longest record, what is noted of it stays small. */
#define ONCE_BYTES (512u << 10)
#define ONCE_RECORDS (ONCE_BYTES / 4)
#define ONCE_FIELDS (2 * ONCE_BYTES)

_Static_assert(REASON_COUNT <= 32, "struct framed.fault is too small");

void frames_clear(struct frames *f)
{
	f->n = 0;
	f->nsep = 0;
	f->lines = 0;
	f->suspect = false;
	f->cut = false;
	f->full = false;
}

void frames_release(struct frames *f)
{
	free(f->rec);
	free(f->sep);
	*f = (struct frames){ 0 };
}

void frames_grow(struct frames *f)
{
	if (f->cap < f->n + FRAME_ROOM) {
		f->cap = f->cap * 2 + FRAME_ROOM;
		f->rec = mem_resize(f->rec, f->cap, sizeof(*f->rec));
	}
	if (f->sepcap < f->nsep + FRAME_ROOM) {
		f->sepcap = f->sepcap * 2 + FRAME_ROOM;
		f->sep = mem_resize(f->sep, f->sepcap, sizeof(*f->sep));
	}
}

/* One record walked byte by byte. */
struct walk {
	const char *p;
	size_t n, at;
	char delimiter;
	bool last, by_row;
	unsigned quoted;	/* as in struct framed */
	enum reason fault;
	uint32_t lines;
};

enum walked { WALKED, CUT };

static uint32_t count_lines(const char *p, size_t n)
{
	uint32_t lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n' ||
			 (p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n'));
	return lines;
}

/* From the byte after an opening quote to the one after the closing quote. */
static enum walked walk_quoted(struct walk *w)
{
	size_t open = w->at;

	for (;;) {
		const char *q = memchr(w->p + w->at, '"', w->n - w->at);

		if (!q) {
			if (!w->last)
				return CUT;
			w->fault = REASON_BAD_QUOTE;
			w->at = w->n;
			break;
		}
		w->at = (size_t)(q - w->p) + 1;
		if (w->at == w->n && !w->last)
			return CUT;
		if (w->at == w->n || w->p[w->at] != '"')
			break;
		w->at++;
		w->quoted |= 2;
	}
	if (!w->by_row)
		w->lines += count_lines(w->p + open, w->at - open);
	return WALKED;
}

static bool ends_field(const struct walk *w)
{
	char c = w->p[w->at];

	return c == w->delimiter || c == '\n' || c == '\r';
}

static enum walked walk_field(struct walk *w)
{
	if (w->at < w->n && w->p[w->at] == '"') {
		w->quoted |= 1;
		w->at++;
		if (walk_quoted(w) == CUT)
			return CUT;
		if (w->at < w->n && !ends_field(w))
			w->fault = REASON_BAD_QUOTE;
	}
	while (w->at < w->n && !ends_field(w))
		w->at++;
	return w->at == w->n && !w->last ? CUT : WALKED;
}

/* A line end at w->at, or the end of everything; CUT when a carriage return
 * is the last byte seen and a line feed may yet follow it. */
static enum walked walk_line_end(struct walk *w)
{
	if (w->at == w->n)
		return WALKED;
	if (w->p[w->at] == '\r') {
		if (w->at + 1 == w->n && !w->last)
			return CUT;
		if (w->at + 1 < w->n && w->p[w->at + 1] == '\n')
			w->at++;
	}
	w->at++;
	w->lines++;
	return WALKED;
}

size_t frame_line_end(const char *p, size_t at, size_t n, bool csv)
{
	const char *nl = memchr(p + at, '\n', n - at);
	size_t end = nl ? (size_t)(nl - p) : n;
	const char *cr = csv ? memchr(p + at, '\r', end - at) : NULL;

	return cr ? (size_t)(cr - p) : end;
}

/*
 * A record over a limit, reached at `limit`: its first line is set aside and
 * reading goes on at the next, line by line as far as ROW_LIMIT reaches. It
 * is a quote left open that makes a record longer than its first line.
 */
static size_t set_aside(struct frames *f, struct walk *w, size_t start,
			size_t limit)
{
	size_t end = frame_line_end(w->p, start, w->n, true);
	bool quote = end <= limit && end < w->n;

	frames_reserve(f);
	frames_add(f, start, quote ? end : start,
		  quote ? REASON_BAD_QUOTE : REASON_TOO_LONG);
	f->by_line = (uint32_t)start + ROW_LIMIT;
	f->suspect = true;
	w->at = end;
	w->lines = 0;
	if (end == w->n || walk_line_end(w) == CUT) {
		f->cut = !w->last;
		return w->at;
	}
	f->lines += w->lines;
	return w->at;
}

/* One record's fields from w->at on. A record that begins before by_line is
 * only looked for up to the end of its line. */
static enum walked walk_record(struct frames *f, struct walk *w)
{
	struct walk whole = *w;
	size_t sep = f->nsep;
	enum walked got;

	if (w->at < f->by_line) {
		w->n = frame_line_end(w->p, w->at, w->n, true);
		if (w->n == whole.n && !whole.last)
			return CUT;
		w->last = true;
	}
	for (;;) {
		got = walk_field(w);
		if (got == CUT)
			break;
		frames_reserve(f);
		f->sep[f->nsep++] = (uint32_t)w->at;
		if (w->at == w->n || w->p[w->at] != w->delimiter ||
		    f->nsep - sep > FIELD_LIMIT)
			break;
		w->at++;
	}
	w->n = whole.n;
	w->last = whole.last;
	return got;
}

/* Frames one record at `start`; returns the offset after it, or `start` when
 * it is not complete. */
static size_t frame_careful(struct frames *f, const char *p, size_t start,
			    size_t n, char delimiter, bool last)
{
	/* No further than a record and its line end may reach, so that what
	 * is over the limit does not depend on how much is here. */
	bool far = n - start >= ROW_LIMIT + 2;
	struct walk w = { .p = p, .n = far ? start + ROW_LIMIT + 2 : n,
			  .at = start, .last = last && !far,
			  .by_row = f->by_row, .delimiter = delimiter };
	size_t sep = f->nsep, fields, stop;
	enum walked got = walk_record(f, &w);

	fields = f->nsep - sep;
	stop = w.at;
	if (got == WALKED)
		got = walk_line_end(&w);
	if (fields > FIELD_LIMIT || (got == CUT && far) ||
	    (got == WALKED && stop - start > ROW_LIMIT)) {
		f->nsep = sep;
		w.n = n;
		w.last = last;
		return set_aside(f, &w, start,
				 fields > FIELD_LIMIT ?
					 f->sep[sep + FIELD_LIMIT - 1] :
					 start + ROW_LIMIT);
	}
	if (got == CUT || stop == start)
		f->nsep = sep;
	if (got == CUT)
		return start;
	if (stop > start)
		f->rec[f->n++] = (struct framed){
			.start = (uint32_t)start,
			.stop = (uint32_t)stop,
			.sep = (uint32_t)sep,
			.fields = (uint32_t)fields,
			.line = f->lines & 0x1ffffff,
			.quoted = w.quoted & 3,
			.fault = (unsigned)w.fault & 0x1f,
		};
	f->lines += w.lines;
	f->suspect = true;
	return w.at;
}

/* Records without a quote that are over a limit; few blocks can hold one. */
static void judge_length(struct frames *f, size_t from, size_t n)
{
	for (size_t i = from; n > FIELD_LIMIT && i < f->n; i++) {
		struct framed *r = &f->rec[i];

		if (r->stop - r->start <= ROW_LIMIT &&
		    r->fields <= FIELD_LIMIT)
			continue;
		r->fault = REASON_TOO_LONG;
		r->stop = r->start;
		r->fields = 0;
	}
}

size_t frame_csv(struct frames *f, const char *p, size_t n, char delimiter,
		 bool last)
{
	size_t start = 0;

	while (start < n && !f->cut) {
		struct frame_stretch s = { .at = start, .start = start,
				   .sep = f->nsep };
		size_t next, from = f->n;
		size_t some = n - start > ONCE_BYTES ? start + ONCE_BYTES : n;

		f->full = f->n >= ONCE_RECORDS || f->nsep >= ONCE_FIELDS;
		if (f->full)
			break;
		frame_plain(f, &s, p, some, delimiter, last && some == n);
		judge_length(f, from, n);
		start = s.start;
		if (start == some)
			continue;
		next = frame_careful(f, p, start, n, delimiter, last);
		if (next == start)
			break;
		start = next;
	}
	return start;
}
