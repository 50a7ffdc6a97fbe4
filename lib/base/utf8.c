/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: validity, width, text for people, text for comparing. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_vector.h"

#define REPLACEMENT 0xFFFD

/* Length of the run of ASCII at the start, sixteen bytes at a time. */
static size_t ascii_run(const char *p, size_t n)
{
	size_t i = 0;
	uint64_t v[2];

	for (; i + sizeof(v) <= n; i += sizeof(v)) {
		memcpy(v, p + i, sizeof(v));
		if (((v[0] | v[1]) & 0x8080808080808080) != 0)
			break;
	}
	while (i < n && (p[i] & 0x80) == 0)
		i++;
	return i;
}

/*
 * Unicode 15, table 3-7, by first byte: how many bytes there are, and between
 * what the second one lies (all later ones are 80..BF). The bounds of the
 * second byte are what keeps overlong forms, surrogates and too large values
 * out.
 */
static const struct lead {
	unsigned char from, to;		/* first byte */
	unsigned char length;
	unsigned char low, high;	/* second byte */
} leads[] = {
	{ 0x00, 0x7F, 1, 0x00, 0x00 }, { 0xC2, 0xDF, 2, 0x80, 0xBF },
	{ 0xE0, 0xE0, 3, 0xA0, 0xBF }, { 0xE1, 0xEC, 3, 0x80, 0xBF },
	{ 0xED, 0xED, 3, 0x80, 0x9F }, { 0xEE, 0xEF, 3, 0x80, 0xBF },
	{ 0xF0, 0xF0, 4, 0x90, 0xBF }, { 0xF1, 0xF3, 4, 0x80, 0xBF },
	{ 0xF4, 0xF4, 4, 0x80, 0x8F },
};

/* Bytes of the well-formed sequence at p[0..n), n > 0; 0: there is none. */
static size_t sequence(const char *p, size_t n)
{
	unsigned char first = (unsigned char)p[0];
	size_t i = 0;

	if (first < 0x80)
		return 1;
	/* Chinese text is nearly all of this kind. */
	if (first >= 0xE1 && first <= 0xEC)
		return n >= 3 && (p[1] & 0xC0) == 0x80 &&
		       (p[2] & 0xC0) == 0x80 ? 3 : 0;
	while (i < NELEMS(leads) && first > leads[i].to)
		i++;
	if (i == NELEMS(leads) || first < leads[i].from ||
	    n < leads[i].length || (unsigned char)p[1] < leads[i].low ||
	    (unsigned char)p[1] > leads[i].high)
		return 0;
	for (size_t k = 2; k < leads[i].length; k++) {
		if ((p[k] & 0xC0) != 0x80)
			return 0;
	}
	return leads[i].length;
}

/* Shorter text is as quickly read byte by byte. */
#define VECTOR_FROM 64

size_t utf8_bad(const char *p, size_t n)
{
	if (n >= VECTOR_FROM && utf8_vector_valid(p, n))
		return n;
	for (size_t i = 0; i < n;) {
		if ((p[i] & 0x80) == 0) {
			i += ascii_run(p + i, n - i);
			continue;
		}
		size_t length = sequence(p + i, n - i);

		if (length == 0)
			return i;
		i += length;
	}
	return n;
}

uint32_t utf8_decode(const char *p, size_t n, size_t *len)
{
	static const unsigned char mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	size_t length = sequence(p, n);

	if (length == 0) {
		*len = 1;
		return REPLACEMENT;
	}
	uint32_t code = (unsigned char)p[0] & mask[length];

	for (size_t i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)p[i] & 0x3F);
	*len = length;
	return code;
}

size_t utf8_encode(uint32_t code, char to[4])
{
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF)
		return utf8_encode(REPLACEMENT, to);
	for (size_t i = n; i-- > 1; code >>= 6)
		to[i] = (char)(0x80 | (code & 0x3F));
	to[0] = (char)(lead[n] | code);
	return n;
}

static size_t code_width(uint32_t code)
{
	if (code < 0x80)
		return code >= 0x20 && code < 0x7F;
	/* Rare hanzi are added every year; their planes are wide as a whole
	 * (UAX #11, 4), also where utf8proc does not know them yet. */
	if (code >= 0x20000 && code <= 0x3FFFD)
		return 2;
	return (size_t)utf8proc_charwidth((utf8proc_int32_t)code);
}

size_t utf8_width(struct text t)
{
	size_t width = 0, length;

	for (; t.n > 0; t.p += length, t.n -= length)
		width += code_width(utf8_decode(t.p, t.n, &length));
	return width;
}

size_t utf8_count(struct text t)
{
	size_t count = 0, length;

	for (; t.n > 0; t.p += length, t.n -= length, count++)
		utf8_decode(t.p, t.n, &length);
	return count;
}

/* What would act on a terminal, or not be seen: controls, formats (bidi
 * overrides, zero-width), line and paragraph separators. */
static bool is_unseen(uint32_t code)
{
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

/* One code point (or malformed byte) as people see it; gives its columns. */
static size_t show_one(struct buf *to, const char *p, size_t length,
		       uint32_t code)
{
	unsigned char first = (unsigned char)p[0];
	size_t before = to->n;

	if (first < 0x20 || first == 0x7F ||
	    (code == REPLACEMENT && length == 1))
		buf_addf(to, "\\x%02x", first);
	else if (code >= 0x80 && is_unseen(code))
		buf_addf(to, code < 0x10000 ? "\\u%04x" : "\\U%08x",
			 (unsigned)code);
	else {
		buf_add(to, p, length);
		return code_width(code);
	}
	return to->n - before;
}

void utf8_show(struct buf *to, struct text t, size_t max)
{
	size_t columns = 0, codes = 0, length;
	size_t fits = to->n;	/* what leaves a column for the ellipsis */

	buf_adds(to, "");	/* a string also where there is no text */
	for (; t.n > 0; t.p += length, t.n -= length) {
		uint32_t code = utf8_decode(t.p, t.n, &length);

		columns += show_one(to, t.p, length, code);
		if (columns < max)
			fits = to->n;
		/* A heap of combining marks has no width, but an end. */
		if (columns > max || ++codes > 4 * max) {
			to->n = fits;
			if (max > 0)
				buf_adds(to, "…");
			else if (to->p)
				to->p[to->n] = '\0';
			return;
		}
	}
}

#define NFKC                                                                   \
	(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE)

/* The code points of t in NFKC's decomposition, without the zero-width ones;
 * the caller frees. */
static utf8proc_int32_t *decompose(struct text t, utf8proc_option_t options,
				   size_t *n)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)t.p;
	utf8proc_ssize_t need =
		utf8proc_decompose(p, (utf8proc_ssize_t)t.n, NULL, 0, options);

	*n = need < 0 ? 0 : (size_t)need;
	utf8proc_int32_t *code = mem_alloc(*n, sizeof(*code));

	utf8proc_decompose(p, (utf8proc_ssize_t)t.n, code, need, options);
	need = utf8proc_normalize_utf32(code, (utf8proc_ssize_t)*n, options);
	*n = need < 0 ? 0 : (size_t)need;
	return code;
}

static bool is_blank(utf8proc_int32_t code)
{
	utf8proc_category_t c = utf8proc_category(code);

	return c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL ||
	       c == UTF8PROC_CATEGORY_ZP || code == 0x85;
}

static void fold_valid(struct buf *to, struct text t,
		       utf8proc_option_t options)
{
	size_t n;
	utf8proc_int32_t *code = decompose(t, options, &n);

	for (size_t i = 0; i < n; i++) {
		char s[4];

		if (code[i] >= 0x80 && is_blank(code[i]))
			buf_addc(to, ' ');
		else
			buf_add(to, s, utf8_encode((uint32_t)code[i], s));
	}
	free(code);
}

/*
 * Bytes up to the end of a run of 30 combining marks, or all. Marks are put
 * in order by sorting each run, slow on a long one; no language has runs
 * longer than that (UAX #15, section 13), so they are cut there.
 */
static size_t stream_safe(struct text t)
{
	size_t run = 0, i = 0, length;

	while (i < t.n && run < 30) {
		uint32_t code = utf8_decode(t.p + i, t.n - i, &length);

		if (utf8proc_get_property((utf8proc_int32_t)code)
			    ->combining_class != 0)
			run++;
		else
			run = 0;
		i += length;
	}
	return i;
}

/* The same text with U+FFFD for each malformed byte */
static void make_valid(struct buf *to, struct text t)
{
	size_t length;

	for (; t.n > 0; t.p += length, t.n -= length) {
		char s[4];
		uint32_t code = utf8_decode(t.p, t.n, &length);

		buf_add(to, s, utf8_encode(code, s));
	}
}

static void fold(struct buf *to, struct text t, utf8proc_option_t options)
{
	struct buf clean = { 0 };

	if (utf8_bad(t.p, t.n) < t.n) {
		make_valid(&clean, t);
		t = buf_text(&clean);
	}
	while (t.n > 0) {
		struct text part = { t.p, stream_safe(t) };

		fold_valid(to, part, options);
		t.p += part.n;
		t.n -= part.n;
	}
	buf_release(&clean);
}

void utf8_fold(struct buf *to, struct text t)
{
	if (ascii_run(t.p, t.n) == t.n)
		buf_addt(to, t);
	else
		fold(to, t, NFKC);
}

void utf8_plain(struct buf *to, struct text t)
{
	size_t at = to->n;

	if (ascii_run(t.p, t.n) != t.n) {
		fold(to, t, NFKC | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
		return;
	}
	buf_addt(to, t);
	for (; at < to->n; at++)
		to->p[at] = ascii_lower(to->p[at]);
}
