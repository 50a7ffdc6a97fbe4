/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stretches of plain records, 64 bytes at a time. */
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "stream/frame_state.h"

static bool vectors = true;

void frame_use_vectors(bool on)
{
	vectors = on;
}

/* Ends the record under way at the line feed `end`, which is separator
 * number `last` already noted. */
static inline void plain_end(struct frames *f, struct frame_stretch *s,
			     const char *p, size_t end, size_t last,
			     uint32_t quoted)
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

/* The plain twin: one byte at a time. Returns false when it stopped at
 * something it cannot do: a quote, a lone carriage return. */
static bool plain_bytes(struct frames *f, struct frame_stretch *s,
			const char *p, size_t n, char delimiter)
{
	frames_reserve(f);
	for (; s->at < n; s->at++) {
		char c = p[s->at];

		if ((s->at & (FRAME_GROUP - 1)) == 0)
			frames_reserve(f);
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
VECTOR static inline void note(struct frames *f, struct frame_stretch *s,
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
	uint64_t inside;	/* from an opening quote on, up to where the
				 * closing one stands */
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
VECTOR static inline struct quotes quotes_of(const struct frame_stretch *s,
					     const char *p,
					     const struct masks *m,
					     char delimiter)
{
	const char *group = p + s->at;
	char next = group[FRAME_GROUP];
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
VECTOR static void note_quoted(struct frames *f, struct frame_stretch *s,
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
VECTOR static bool quoted_group(struct frames *f, struct frame_stretch *s,
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

VECTOR static bool plain_vectors(struct frames *f, struct frame_stretch *s,
				 const char *p, size_t n, char delimiter)
{
	while (s->at + FRAME_GROUP < n) {
		struct masks m = look(p + s->at, delimiter);

		frames_reserve(f);
		f->suspect |= m.odd;
		if (!(m.quote | s->quoted | s->inside) &&
		    !(m.cr & ~(m.nl >> 1)))
			note(f, s, p, m.sep, m.nl);
		else if (s->start < f->by_line ||
			 !quoted_group(f, s, p, &m, delimiter))
			return false;
		s->at += FRAME_GROUP;
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
static bool plain_vectors(struct frames *f, struct frame_stretch *s,
			  const char *p, size_t n, char delimiter)
{
	(void)f, (void)s, (void)p, (void)n, (void)delimiter;
	return true;
}

static bool have_vectors(void)
{
	return false;
}
#endif

void frame_plain(struct frames *f, struct frame_stretch *s, const char *p,
		 size_t n, char delimiter, bool last)
{
	bool done = true;

	if (have_vectors())
		done = plain_vectors(f, s, p, n, delimiter);
	if (done)
		done = plain_bytes(f, s, p, n, delimiter);
	if (done && last && s->start < n) {
		frames_reserve(f);
		f->sep[f->nsep++] = (uint32_t)n;
		plain_end(f, s, p, n, f->nsep - 1, 0);
		s->start = n;
	}
	f->nsep = s->sep;
}
