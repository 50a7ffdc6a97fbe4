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
 * not ask: at most one separator and one record a byte, and some written to no
 * purpose. */
#define GROUP 64
#define ROOM (GROUP + 8)
/* So many bytes without a quote at a time, and so many records and fields in
 * all: an ordinary block hardly has more, and behind a quote left open, where
 * a block grows to the longest record, what is noted of it stays small. */
#define ONCE_BYTES (512u << 10)
#define ONCE_RECORDS (ONCE_BYTES / 4)
#define ONCE_FIELDS (2 * ONCE_BYTES)

_Static_assert(REASON_COUNT <= 32, "struct framed.fault is too small");

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

static __attribute__((noinline)) void grow(struct frames *f)
{
	if (f->cap < f->n + ROOM) {
		f->cap = f->cap * 2 + ROOM;
		f->rec = mem_resize(f->rec, f->cap, sizeof(*f->rec));
	}
	if (f->sepcap < f->nsep + ROOM) {
		f->sepcap = f->sepcap * 2 + ROOM;
		f->sep = mem_resize(f->sep, f->sepcap, sizeof(*f->sep));
	}
}

static inline void reserve(struct frames *f)
{
	if (f->cap < f->n + ROOM || f->sepcap < f->nsep + ROOM)
		grow(f);
}

/* Progress through a stretch of plain records. */
struct plain {
	size_t at;		/* next byte to look at */
	size_t start;		/* of the record under way */
	size_t sep;		/* its first separator */
	/* what was seen of the record under way before `at` */
	uint64_t inside;	/* all ones: an open quote, else 0 */
	uint32_t lines;		/* line ends inside quotes */
	uint32_t quoted;	/* as in struct framed */
};

/* Ends the record under way at the line feed `end`, which is separator
 * number `last` already noted. */
static inline void plain_end(struct frames *f, struct plain *s, const char *p,
			     size_t end, size_t last, uint32_t quoted)
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
			.quoted = quoted & 3,
		};
	f->lines++;
	s->start = end + 1;
	s->sep = last + 1;
}

/* The plain twin: one byte at a time, until a quote, a lone carriage return
 * or `until`. Returns false when it stopped at something it cannot do. */
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
				plain_end(f, s, p, s->at, f->nsep - 1, 0);
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
#define VECTOR __attribute__((target("avx2,bmi,popcnt,pclmul")))

/* What 64 bytes hold, a bit a byte. */
struct masks {
	uint64_t sep, nl, cr, quote;
	bool odd;		/* a NUL, or a byte above 0x7f */
};

VECTOR static inline uint64_t bits(__m256i lo, __m256i hi, char c)
{
	__m256i want = _mm256_set1_epi8(c);
	uint32_t a = (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(lo, want));
	uint32_t b = (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(hi, want));

	return (uint64_t)b << 32 | a;
}

VECTOR static inline struct masks look(const char *p, char delimiter)
{
	__m256i lo = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i hi =
		_mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
	struct masks m;

	m.nl = bits(lo, hi, '\n');
	m.sep = m.nl | bits(lo, hi, delimiter);
	m.cr = bits(lo, hi, '\r');
	m.quote = bits(lo, hi, '"');
	/* Above 0x7f is below 0 where bytes have signs. */
	m.odd = _mm256_movemask_epi8(_mm256_cmpgt_epi8(
		_mm256_set1_epi8(1), _mm256_min_epi8(lo, hi)));
	return m;
}

/* Where each separator of a group stands, eight at a time: what is written
 * too many is written over, and costs less than to know how many there are. */
VECTOR static inline void note_separators(struct frames *f, size_t at,
					  uint64_t sep)
{
	uint32_t *to = f->sep + f->nsep;
	uint32_t *end = to + __builtin_popcountll(sep);

	f->nsep = (size_t)(end - f->sep);
	for (; to < end; to += 8) {
#pragma GCC unroll 8
		for (int i = 0; i < 8; i++) {
			to[i] = (uint32_t)at + (uint32_t)_tzcnt_u64(sep);
			sep &= sep - 1;
		}
	}
}

/* Separators of one group, then the records that end in it. */
VECTOR static inline void note(struct frames *f, struct plain *s,
			       const char *p, uint64_t sep, uint64_t nl)
{
	size_t first = f->nsep;

	note_separators(f, s->at, sep);
	for (uint64_t m = nl; m; m &= m - 1) {
		uint64_t below = (m & -m) - 1;

		plain_end(f, s, p, s->at + (size_t)__builtin_ctzll(m),
			  first + (size_t)__builtin_popcountll(sep & below),
			  0);
	}
}

/* What quotes make of a group. */
struct quotes {
	uint64_t quote;
	uint64_t inside;	/* from an opening quote to before the closing */
	uint64_t doubled;	/* a quote after a quote, inside a field */
	uint64_t lines;		/* line ends inside */
	uint64_t hard;		/* not plain: from the lowest bit on, all of
				 * this is worth nothing */
};

/* Each bit exclusive or'd with all below it, by a product without carries: of
 * the quotes, the bits from an opening one on as far as the closing one. */
VECTOR static inline uint64_t parity(uint64_t bits)
{
	__m128i all = _mm_set1_epi8((char)0xff);
	__m128i product = _mm_clmulepi64_si128(
		_mm_set_epi64x(0, (long long)bits), all, 0);

	return (uint64_t)_mm_cvtsi128_si64(product);
}

/*
 * A quote opens a field only as its first byte, and closes one only as its
 * last: so much is plain. One that opens right after one that closes is a
 * doubled quote inside. The byte after the group is there.
 */
VECTOR static inline struct quotes quotes_of(const struct plain *s,
					     const char *p,
					     const struct masks *m,
					     char delimiter)
{
	const char *group = p + s->at;
	char next = group[GROUP];
	struct quotes q = { .quote = m->quote };
	uint64_t lone_cr =
		m->cr & ~(m->nl >> 1 | (uint64_t)(next == '\n') << 63);
	uint64_t ends = m->sep | m->cr | m->quote;
	bool first = s->at == s->start || group[-1] == delimiter ||
		     group[-1] == '\n';
	bool after = s->at > s->start && group[-1] == '"';
	bool ended = next == delimiter || next == '\n' || next == '\r' ||
		     next == '"';
	uint64_t opens, closes, behind;

	q.inside = parity(m->quote) ^ s->inside;
	opens = m->quote & q.inside;
	closes = m->quote & ~q.inside;
	behind = m->quote << 1 | after;
	q.doubled = opens & behind;
	q.lines = q.inside & (m->nl | lone_cr);
	q.hard = (lone_cr & ~q.inside) |
		 (opens & ~(m->sep << 1 | first | behind)) |
		 (closes & ~(ends >> 1 | (uint64_t)ended << 63));
	return q;
}

/* The same as note() where there are quotes. */
VECTOR static void note_quoted(struct frames *f, struct plain *s,
			       const char *p, const struct masks *m,
			       const struct quotes *q, uint64_t good)
{
	size_t first = f->nsep;
	uint64_t sep = m->sep & ~q->inside & good, rest = good;

	note_separators(f, s->at, sep);
	for (uint64_t nl = m->nl & sep; nl; nl &= nl - 1) {
		uint64_t below = (nl & -nl) - 1, own = below & rest;
		uint32_t quoted = s->quoted | ((q->quote & own) != 0) |
				  2u * ((q->doubled & own) != 0);

		plain_end(f, s, p, s->at + (size_t)__builtin_ctzll(nl),
			  first + (size_t)__builtin_popcountll(sep & below),
			  quoted);
		f->lines += s->lines +
			    (uint32_t)__builtin_popcountll(q->lines & own);
		s->quoted = s->lines = 0;
		rest = good & ~(below << 1 | 1);
	}
	s->quoted |= (uint32_t)((q->quote & rest) != 0) |
		     2u * ((q->doubled & rest) != 0);
	s->lines += (uint32_t)__builtin_popcountll(q->lines & rest);
}

/* A group with quotes, or a lone carriage return. False: it is not plain; what
 * stands before that is noted. */
VECTOR static bool quoted_group(struct frames *f, struct plain *s,
				const char *p, const struct masks *m,
				char delimiter)
{
	struct quotes q = quotes_of(s, p, m, delimiter);
	uint64_t good = q.hard ? (q.hard & -q.hard) - 1 : ~(uint64_t)0;

	if (f->by_row)
		q.lines = 0;
	note_quoted(f, s, p, m, &q, good);
	s->inside = (uint64_t)((int64_t)q.inside >> 63);
	return !q.hard;
}

VECTOR static bool plain_vectors(struct frames *f, struct plain *s,
				 const char *p, size_t n, char delimiter)
{
	while (s->at + GROUP < n) {
		struct masks m = look(p + s->at, delimiter);

		reserve(f);
		f->suspect |= m.odd;
		if (!(m.quote | s->quoted | s->inside) &&
		    !(m.cr & ~(m.nl >> 1)))
			note(f, s, p, m.sep, m.nl);
		else if (s->start < f->by_line ||
			 !quoted_group(f, s, p, &m, delimiter))
			return false;
		s->at += GROUP;
	}
	/* What is left of a record with quotes is walked. */
	return !s->quoted;
}

static bool have_vectors(void)
{
	return vectors && __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("popcnt") &&
	       __builtin_cpu_supports("pclmul");
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
		plain_end(f, s, p, n, f->nsep - 1, 0);
		s->start = n;
	}
	f->nsep = s->sep;
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
		.fault = (unsigned)fault & 0x1f,
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
		struct plain s = { .at = start, .start = start,
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
