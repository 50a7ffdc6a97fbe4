/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the ends of records and fields. */
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/mem.h"
#include "stream/frame.h"

/* Room kept free before each group of 64 bytes, so that the inner loops need
 * not ask: at most one separator and one record a byte. */
#define GROUP 64
/* So many bytes without a quote at a time, and so many records and fields in
 * all: an ordinary block hardly has more, and behind a quote left open, where
 * a block grows to the longest record, what is noted of it stays small. */
#define ONCE_BYTES (512u << 10)
#define ONCE_RECORDS (ONCE_BYTES / 4)
#define ONCE_FIELDS (2 * ONCE_BYTES)

static bool vectors = true;

void frame_use_vectors(bool on)
{
	vectors = on;
}

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

static void reserve(struct frames *f)
{
	if (f->cap < f->n + GROUP) {
		f->cap = f->cap * 2 + GROUP;
		f->rec = mem_resize(f->rec, f->cap, sizeof(*f->rec));
	}
	if (f->sepcap < f->nsep + GROUP) {
		f->sepcap = f->sepcap * 2 + GROUP;
		f->sep = mem_resize(f->sep, f->sepcap, sizeof(*f->sep));
	}
}

/* Progress through a stretch without quotes. */
struct plain {
	size_t at;		/* next byte to look at */
	size_t start;		/* of the record under way */
	size_t sep;		/* its first separator */
};

/* Ends the record under way at the line feed `end`, which is separator
 * number `last` already noted. */
static inline void plain_end(struct frames *f, struct plain *s, const char *p,
			     size_t end, size_t last)
{
	size_t stop = end - (end > s->start && p[end - 1] == '\r');

	f->sep[last] = (uint32_t)stop;
	if (stop > s->start)
		f->rec[f->n++] = (struct framed){
			.start = (uint32_t)s->start,
			.stop = (uint32_t)stop,
			.sep = (uint32_t)s->sep,
			.fields = (uint32_t)(last + 1 - s->sep),
			.line = f->lines & 0x1ffffff,
		};
	f->lines++;
	s->start = end + 1;
	s->sep = last + 1;
}

/* The plain twin: one byte at a time, until a quote, a lone carriage return
 * or `n`. Returns false when it stopped at something it cannot do. */
static bool plain_bytes(struct frames *f, struct plain *s, const char *p,
			size_t n, char delimiter, size_t until)
{
	reserve(f);
	for (; s->at < until; s->at++) {
		char c = p[s->at];

		if ((s->at & (GROUP - 1)) == 0)
			reserve(f);
		if (c == delimiter || c == '\n') {
			f->sep[f->nsep++] = (uint32_t)s->at;
			if (c == '\n')
				plain_end(f, s, p, s->at, f->nsep - 1);
		} else if (c == '"' ||
			   (c == '\r' &&
			    (s->at + 1 == n || p[s->at + 1] != '\n'))) {
			return false;
		} else if (c == '\0' || (c & 0x80)) {
			f->suspect = true;
		}
	}
	return true;
}

#if defined(__x86_64__)
struct masks {
	uint64_t sep, nl, hard, odd;
};

__attribute__((target("avx2"))) static inline uint64_t
bits(__m256i lo, __m256i hi, char c)
{
	__m256i want = _mm256_set1_epi8(c);
	uint32_t a = (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(lo, want));
	uint32_t b = (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(hi, want));

	return (uint64_t)b << 32 | a;
}

__attribute__((target("avx2"))) static inline struct masks
look(const char *p, char delimiter, bool next_is_lf)
{
	__m256i lo = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i hi =
		_mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
	struct masks m;
	uint64_t cr = bits(lo, hi, '\r');

	m.nl = bits(lo, hi, '\n');
	m.sep = m.nl | bits(lo, hi, delimiter);
	/* A carriage return is harmless only before a line feed. */
	m.hard = bits(lo, hi, '"') |
		 (cr & ~(m.nl >> 1 | (uint64_t)next_is_lf << 63));
	m.odd = bits(lo, hi, '\0') |
		(uint32_t)_mm256_movemask_epi8(lo) |
		(uint64_t)(uint32_t)_mm256_movemask_epi8(hi) << 32;
	return m;
}

/* Separators of one group, then the records that end in it. */
__attribute__((target("avx2,bmi,popcnt"))) static inline void
note(struct frames *f, struct plain *s, const char *p, uint64_t sep,
     uint64_t nl)
{
	uint32_t *to = f->sep + f->nsep;
	size_t first = f->nsep;
	uint32_t at = (uint32_t)s->at;

	f->nsep += (size_t)__builtin_popcountll(sep);
	for (uint64_t m = sep; m; m &= m - 1)
		*to++ = at + (uint32_t)__builtin_ctzll(m);
	for (uint64_t m = nl; m; m &= m - 1) {
		uint64_t below = (m & -m) - 1;

		plain_end(f, s, p, s->at + (size_t)__builtin_ctzll(m),
			  first + (size_t)__builtin_popcountll(sep & below));
	}
}

__attribute__((target("avx2,bmi,popcnt"))) static bool
plain_vectors(struct frames *f, struct plain *s, const char *p, size_t n,
	      char delimiter)
{
	while (s->at + GROUP < n) {
		struct masks m = look(p + s->at, delimiter,
				      p[s->at + GROUP] == '\n');

		if (m.hard) {
			/* The bytes before it are still plain. */
			size_t until = s->at + (size_t)__builtin_ctzll(m.hard);

			return plain_bytes(f, s, p, n, delimiter, until) &&
			       false;
		}
		reserve(f);
		note(f, s, p, m.sep, m.nl);
		f->suspect |= m.odd != 0;
		s->at += GROUP;
	}
	return true;
}

static bool have_vectors(void)
{
	return vectors && __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("popcnt");
}
#else
static bool plain_vectors(struct frames *f, struct plain *s, const char *p,
			  size_t n, char delimiter)
{
	(void)f, (void)s, (void)p, (void)n, (void)delimiter;
	return true;
}

static bool have_vectors(void)
{
	return false;
}
#endif

/* Frames from *s on as long as records are plain; what is left of a record
 * that is not (or not complete) is taken back. */
static void frame_plain(struct frames *f, struct plain *s, const char *p,
			size_t n, char delimiter, bool last)
{
	bool done = true;

	if (have_vectors())
		done = plain_vectors(f, s, p, n, delimiter);
	if (done)
		done = plain_bytes(f, s, p, n, delimiter, n);
	if (done && last && s->start < n) {
		reserve(f);
		f->sep[f->nsep++] = (uint32_t)n;
		plain_end(f, s, p, n, f->nsep - 1);
		s->start = n;
	}
	f->nsep = s->sep;
}

/* One record walked byte by byte. */
struct walk {
	const char *p;
	size_t n, at;
	char delimiter;
	bool last, quoted, by_row;
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
		w->quoted = true;
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

/* A record of one field, or of none when it is not kept. */
static void add_whole(struct frames *f, size_t start, size_t stop,
		      enum reason fault)
{
	reserve(f);
	f->rec[f->n++] = (struct framed){
		.start = (uint32_t)start,
		.stop = (uint32_t)stop,
		.sep = (uint32_t)f->nsep,
		.fields = stop > start,
		.line = f->lines & 0x1ffffff,
		.fault = (unsigned)fault & 0x3f,
	};
	if (stop > start)
		f->sep[f->nsep++] = (uint32_t)stop;
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

	add_whole(f, start, quote ? end : start,
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
		reserve(f);
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
			.quoted = w.quoted,
			.fault = (unsigned)w.fault & 0x3f,
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
	struct plain s = { .sep = f->nsep };

	while (s.start < n && !f->cut) {
		size_t next, from = f->n;
		size_t some = n - s.start > ONCE_BYTES ? s.start + ONCE_BYTES :
							 n;

		f->full = f->n >= ONCE_RECORDS || f->nsep >= ONCE_FIELDS;
		if (f->full)
			break;
		s.at = s.start;
		s.sep = f->nsep;
		frame_plain(f, &s, p, some, delimiter, last && some == n);
		judge_length(f, from, n);
		if (s.start == some)
			continue;
		next = frame_careful(f, p, s.start, n, delimiter, last);
		if (next == s.start)
			break;
		s.start = next;
	}
	return s.start;
}

static bool is_blank(const char *p, size_t n)
{
	while (n && (p[n - 1] == ' ' || p[n - 1] == '\t' || p[n - 1] == '\r'))
		n--;
	return n == 0;
}

size_t frame_lines(struct frames *f, const char *p, size_t n, bool last)
{
	size_t at = 0;

	f->suspect = true;
	while (at < n) {
		size_t end = frame_line_end(p, at, n, false), stop = end;
		bool cut = end == n && !last;

		if (cut && n - at < ROW_LIMIT + 2)
			break;
		if (stop > at && p[stop - 1] == '\r')
			stop--;
		if (cut || stop - at > ROW_LIMIT)
			add_whole(f, at, at, REASON_TOO_LONG);
		else if (!is_blank(p + at, stop - at))
			add_whole(f, at, stop, REASON_NONE);
		f->cut = cut;
		f->lines += !cut;
		at = end < n ? end + 1 : n;
	}
	return at;
}
