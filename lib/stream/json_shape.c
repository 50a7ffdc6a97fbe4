/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting flat objects by the shape of those before. */
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stream/json_shape.h"

void jsonshape_release(struct json_shape *s)
{
	free(s->member);
	buf_release(&s->text);
	*s = (struct json_shape){ 0 };
}

void jsonshape_learn(struct json_shape *s, const struct text *before,
		     const size_t *column, size_t n)
{
	const char *p;

	if (n < s->n || n > JSON_SHAPE_MEMBERS)
		return;
	buf_clear(&s->text);
	for (size_t i = 0; i < n; i++)
		buf_addt(&s->text, before[i]);
	p = s->text.p;
	for (s->n = 0; s->n < n; s->n++) {
		s->member = mem_grow(s->member, s->n, &s->cap,
				     sizeof(*s->member));
		s->member[s->n] = (struct json_member){
			{ p, before[s->n].n }, column[s->n]
		};
		p += before[s->n].n;
	}
}

/* ---- values ---- */

/* The rest of a string, a byte at a time. */
static size_t string_bytes(const char *p, size_t at, size_t n)
{
	while (at < n && p[at] != '"' && p[at] != '\\' &&
	       (unsigned char)p[at] >= 0x20)
		at++;
	return at;
}

static size_t digits_end(const char *p, size_t at, size_t n)
{
	while (at < n && ascii_is_digit(p[at]))
		at++;
	return at;
}

/* One past a number, its sign before `at`; `at` when it is none. */
static size_t number_bytes(const char *p, size_t at, size_t n)
{
	size_t end = digits_end(p, at, n), from;

	if (end == at || (p[at] == '0' && end > at + 1))
		return at;
	if (end < n && p[end] == '.') {
		from = end + 1;
		end = digits_end(p, from, n);
		if (end == from)
			return at;
	}
	if (end < n && (p[end] | 32) == 'e') {
		from = end + 1;
		from += from < n && (p[from] == '+' || p[from] == '-');
		end = digits_end(p, from, n);
		if (end == from)
			return at;
	}
	return end;
}

#if defined(__SSE2__)
enum { LANE = 16 };

static inline __m128i lane(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline unsigned which(__m128i bytes)
{
	return (unsigned)_mm_movemask_epi8(bytes);
}

static inline __m128i all(char c)
{
	return _mm_set1_epi8(c);
}

static inline size_t string_end(const char *p, size_t at, size_t n)
{
	for (; at + LANE <= n; at += LANE) {
		__m128i b = lane(p + at);
		__m128i control = _mm_cmpeq_epi8(_mm_min_epu8(b, all(0x1f)),
						 b);
		__m128i escape = _mm_cmpeq_epi8(b, all('\\'));
		__m128i quote = _mm_cmpeq_epi8(b, all('"'));
		unsigned stop = which(_mm_or_si128(
			quote, _mm_or_si128(control, escape)));

		if (stop)
			return at + (unsigned)__builtin_ctz(stop);
	}
	return string_bytes(p, at, n);
}

/* Where a number ends cannot be foreseen: no branch for each byte. */
static size_t number_end(const char *p, size_t at, size_t n)
{
	__m128i b, above;
	unsigned digits, points, len;

	if (at + LANE > n)
		return number_bytes(p, at, n);
	b = lane(p + at);
	above = _mm_sub_epi8(b, all('0'));
	digits = which(_mm_cmpeq_epi8(_mm_min_epu8(above, all(9)), above));
	points = which(_mm_cmpeq_epi8(b, all('.')));
	/* A bit above all: the number may not end here. */
	len = (unsigned)__builtin_ctz(~(digits | points));
	points &= (1u << len) - 1;
	/* Long, or with an exponent. */
	if (len == LANE || (p[at + len] | 32) == 'e')
		return number_bytes(p, at, n);
	/* A digit first and last, a point at most, no 0 before a digit. */
	if (!(digits & 1) || !(digits >> (len - 1) & 1) ||
	    (points & (points - 1)) || (p[at] == '0' && (digits & 2)))
		return at;
	return at + len;
}
#else
static size_t string_end(const char *p, size_t at, size_t n)
{
	return string_bytes(p, at, n);
}

static size_t number_end(const char *p, size_t at, size_t n)
{
	return number_bytes(p, at, n);
}
#endif

size_t jsonshape_string(const char *p, size_t at, size_t n)
{
	return string_end(p, at, n);
}

/* ---- escapes ---- */

/* Four hex digits at p[at]; UINT32_MAX when they are not. */
static uint32_t hex4(const char *p, size_t at, size_t n)
{
	/* one more than the digit, 0: it is none */
	static const unsigned char digit[256] = {
		['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,
		['5'] = 6,  ['6'] = 7,	['7'] = 8,  ['8'] = 9,	['9'] = 10,
		['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15,
		['f'] = 16, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14,
		['E'] = 15, ['F'] = 16,
	};
	uint32_t v = 0;
	bool all = true;

	if (n - at < 4)
		return UINT32_MAX;
	for (size_t i = at; i < at + 4; i++) {
		uint32_t d = digit[(unsigned char)p[i]];

		all = all & (d != 0);
		v = v << 4 | ((d - 1) & 0xf);
	}
	return all ? v : UINT32_MAX;
}

/* The character of the \u at p[at]; the offset behind it, or n: it is none
 * that a text may hold. */
static size_t unicode_escape(const char *p, size_t at, size_t n, uint32_t *code)
{
	uint32_t low;

	*code = hex4(p, at + 2, n);
	at += 6;
	if (*code == 0 || *code == UINT32_MAX ||
	    (*code >= 0xdc00 && *code <= 0xdfff))
		return n;
	if (*code < 0xd800 || *code > 0xdbff)
		return at;
	if (n - at < 6 || p[at] != '\\' || p[at + 1] != 'u')
		return n;
	low = hex4(p, at + 2, n);
	if (low < 0xdc00 || low > 0xdfff)
		return n;
	*code = 0x10000 + ((*code & 0x3ff) << 10 | (low & 0x3ff));
	return at + 6;
}

/* Puts what the backslash at p[at] and what follows it stand for; the offset
 * behind, or n. */
static size_t escape(const char *p, size_t at, size_t n, struct buf *to)
{
	static const char names[] = "\"\\/bfnrt";
	static const char meant[] = "\"\\/\b\f\n\r\t";
	const char *name;
	uint32_t code;

	if (n - at < 2)
		return n;
	if (p[at + 1] == 'u') {
		at = unicode_escape(p, at, n, &code);
		if (at < n)
			to->n += utf8_encode(code, to->p + to->n);
		return at;
	}
	name = memchr(names, p[at + 1], sizeof(names) - 1);
	if (!name)
		return n;
	to->p[to->n++] = meant[name - names];
	return at + 2;
}

/* A string whose text begins at p[at] and has a backslash at p[stop]: the
 * offset of its closing quote, or n. */
static __attribute__((noinline)) size_t
escaped_string(const char *p, size_t at, size_t stop, size_t n,
	       struct json_value *v, struct buf *decoded)
{
	size_t start;

	/* Texts are no longer than what stands for them: one room does for
	 * all strings of a record, and those handed out stay. */
	if (!decoded->n)
		buf_room(decoded, n);
	start = decoded->n;
	while (stop < n && p[stop] == '\\') {
		memcpy(decoded->p + decoded->n, p + at, stop - at);
		decoded->n += stop - at;
		at = escape(p, stop, n, decoded);
		stop = string_end(p, at, n);
	}
	if (stop == n || p[stop] != '"')
		return n;
	memcpy(decoded->p + decoded->n, p + at, stop - at);
	decoded->n += stop - at;
	v->text = (struct text){ decoded->p + start, decoded->n - start };
	return stop;
}

/* ---- any value ---- */

static bool is_word(const char *p, size_t at, size_t n, const char *word)
{
	size_t len = strlen(word);

	return n - at >= len && memcmp(p + at, word, len) == 0;
}

/* One past a plain value, or `at`. */
static size_t word_end(const char *p, size_t at, size_t n,
		       struct json_value *v)
{
	static const struct {
		const char *word;
		enum json_kind kind;
	} words[] = { { "null", JSON_NULL },
		      { "true", JSON_BOOL },
		      { "false", JSON_BOOL } };

	for (size_t i = 0; i < NELEMS(words); i++) {
		size_t len = strlen(words[i].word);

		if (!is_word(p, at, n, words[i].word))
			continue;
		*v = (struct json_value){ .kind = words[i].kind };
		if (v->kind == JSON_BOOL)
			v->text = (struct text){ p + at, len };
		return at + len;
	}
	return at;
}

/* One past the value at p[at], at < n, or `at` when it is not plain. */
static inline size_t value_end(const char *p, size_t at, size_t n,
			       struct json_value *v, struct buf *decoded)
{
	size_t digits, end;

	if (p[at] == '"') {
		end = string_end(p, at + 1, n);
		v->text = (struct text){ p + at + 1, end - at - 1 };
		v->kind = JSON_STRING;
		if (end < n && p[end] == '\\')
			end = escaped_string(p, at + 1, end, n, v, decoded);
		return end < n && p[end] == '"' ? end + 1 : at;
	}
	digits = at + (p[at] == '-');
	if (digits == n || !ascii_is_digit(p[digits]))
		return word_end(p, at, n, v);
	end = number_end(p, digits, n);
	v->text = (struct text){ p + at, end - at };
	v->kind = JSON_NUMBER;
	return end > digits ? end : at;
}

size_t jsonshape_value(const char *p, size_t at, size_t n,
		       struct json_value *v, struct buf *decoded)
{
	return at < n ? value_end(p, at, n, v, decoded) : at;
}

/* ---- members ---- */

static inline uint32_t load4(const char *p)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return v;
}

static inline uint64_t load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, 8);
	return v;
}

/* Whether n bytes are the same: nearly always, and mostly 4 to 16 of them. */
static inline bool same(const char *a, const char *b, size_t n)
{
	if (n - 8 <= 16 - 8)
		return ((load8(a) ^ load8(b)) |
			(load8(a + n - 8) ^ load8(b + n - 8))) == 0;
	if (n - 4 < 8 - 4)
		return ((load4(a) ^ load4(b)) |
			(load4(a + n - 4) ^ load4(b + n - 4))) == 0;
	return memcmp(a, b, n) == 0;
}

bool jsonshape_cut(const struct json_shape *s, struct text record,
		   struct json_value *value, struct buf *decoded)
{
	const char *p = record.p;
	size_t at = 0, n = record.n;

	if (!s->n || !n || p[0] != '{')
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct json_member *m = &s->member[i];
		size_t from = at + 1 + m->before.n;

		/* p[at] is the { or a comma, or it was the last value. */
		if (from >= n || !same(p + at + 1, m->before.p, m->before.n)) {
			value[m->column] = (struct json_value){ 0 };
			continue;
		}
		at = value_end(p, from, n, &value[m->column], decoded);
		if (at == from || at == n)
			return false;
		if (p[at] == '}' && at + 1 == n) {
			while (++i < s->n)
				value[s->member[i].column] =
					(struct json_value){ 0 };
			return true;
		}
		if (p[at] != ',')
			return false;
	}
	return false;
}
