/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blanks, guards and widths. Most cells are plain ASCII and pass untouched. */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"

#define YEN 0xA5		/* ¥ */
#define YEN_WIDE 0xFFE5		/* ￥ */
#define IDEOGRAPHIC_SPACE 0x3000

static bool is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202F || c == 0x205F ||
	       c == IDEOGRAPHIC_SPACE;
}

/* Signs without width that make equal words differ, and control bytes. */
static bool is_nothing(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
	       (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static size_t blank_at_start(struct text t)
{
	size_t len;
	uint32_t c;

	if (t.n == 0)
		return 0;
	c = utf8_decode(t.p, t.n, &len);
	return is_blank(c) || c == 0xFEFF || c == 0x200B ? len : 0;
}

static size_t blank_at_end(struct text t)
{
	size_t at = t.n, len;
	uint32_t c;

	if (t.n == 0)
		return 0;
	do
		at--;
	while (at && t.n - at < 4 && ((unsigned char)t.p[at] & 0xC0) == 0x80);
	c = utf8_decode(t.p + at, t.n - at, &len);
	return is_blank(c) || c == 0xFEFF || c == 0x200B ? t.n - at : 0;
}

/* Every blank beyond ASCII begins with one of C2 E1 E2 E3 EF, and so does
 * every sign without width and every full-width one. */
static bool may_be_odd(unsigned char lead)
{
	return lead == 0xC2 || (lead >= 0xE1 && lead <= 0xE3) || lead == 0xEF;
}

/* Most cells begin and end with something that cannot be a blank. */
static bool ends_are_plain(struct text t)
{
	unsigned char first = (unsigned char)t.p[0];
	unsigned char last = (unsigned char)t.p[t.n - 1];

	if (first <= ' ' || may_be_odd(first) || last <= ' ')
		return false;
	if (last < 0x80)
		return true;
	return t.n >= 3 && !may_be_odd((unsigned char)t.p[t.n - 2]) &&
	       !may_be_odd((unsigned char)t.p[t.n - 3]);
}

static struct text trim(struct text t)
{
	size_t n;

	if (t.n && ends_are_plain(t))
		return t;
	while ((n = blank_at_start(t)) > 0)
		t.p += n, t.n -= n;
	while ((n = blank_at_end(t)) > 0)
		t.n -= n;
	return t;
}

/* A guard is the apostrophe that forces text, or ="..." around it. */
static bool unguard(struct text *t)
{
	if (t->n >= 3 && t->p[0] == '=' && t->p[1] == '"' &&
	    t->p[t->n - 1] == '"' && !memchr(t->p + 2, '"', t->n - 3)) {
		t->p += 2;
		t->n -= 3;
		return true;
	}
	if (t->n >= 1 && t->p[0] == '\'') {
		t->p++;
		t->n--;
		return true;
	}
	return false;
}

struct text clean_text(struct text t)
{
	if (t.n == 0)
		return t;
	t = trim(t);
	while (unguard(&t))
		t = trim(t);
	return t;
}

enum width {
	WORDS,		/* letters and digits only */
	CODE		/* all of the full-width block */
};

static uint32_t narrow(uint32_t c, enum width width)
{
	uint32_t ascii;

	if (width == CODE && c == YEN_WIDE)
		return YEN;
	if (c < 0xFF01 || c > 0xFF5E)
		return c;
	ascii = c - 0xFF01 + '!';
	if (width == CODE || (ascii >= '0' && ascii <= '9') ||
	    (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z'))
		return ascii;
	return c;
}

/* True when fold() would change nothing: single spaces, no odd signs. */
static bool is_plain(struct text t)
{
	unsigned char before = 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c < ' ' || c == 0x7F || (c == ' ' && before == ' ') ||
		    (c >= 0xC0 && may_be_odd(c)))
			return false;
		before = c;
	}
	return true;
}

bool clean_are_plain(struct text t)
{
	return t.n == 0 || (t.p[0] != ' ' && t.p[t.n - 1] != ' ' &&
			    is_plain(t));
}

static struct text fold(struct text t, char *to, enum width width)
{
	size_t n = 0;
	bool gap = false;

	for (size_t i = 0, len; i < t.n; i += len) {
		uint32_t c = utf8_decode(t.p + i, t.n - i, &len);

		if (is_blank(c)) {
			gap = n > 0;
			continue;
		}
		if (is_nothing(c))
			continue;
		if (gap)
			to[n++] = ' ';
		gap = false;
		n += utf8_encode(narrow(c, width), to + n);
	}
	return (struct text){ to, n };
}

/* Folding may bring a guard to light (a full-width apostrophe): again, until
 * nothing changes, so that a second cleaning finds nothing to do. */
static struct text fold_all(struct text raw, char *to, enum width width)
{
	struct text t = clean_text(raw);

	if (t.n == 0 || (t.p[t.n - 1] != ' ' && is_plain(t)))
		return t;
	t = fold(t, to, width);
	return clean_text(t);
}

struct text clean_words(struct text raw, char *to)
{
	return fold_all(raw, to, WORDS);
}

struct text clean_code(struct text raw, char *to)
{
	return fold_all(raw, to, CODE);
}

struct text clean_key(struct text raw, char *to)
{
	struct text t = clean_code(raw, to);
	size_t n = 0, i = 0;

	while (i < t.n && t.p[i] != ' ' && !ascii_is_lower(t.p[i]))
		i++;
	if (i == t.n)
		return t;
	memmove(to, t.p, i);
	for (n = i; i < t.n; i++) {
		char c = t.p[i];

		if (c == ' ')
			continue;
		to[n++] = ascii_upper(c);
	}
	/* = "x" is a guard once its blank has gone */
	return clean_text((struct text){ to, n });
}

static const struct text null_words[] = {
	TEXT("-"),	TEXT("--"),   TEXT("---"),    TEXT("/"),
	TEXT("//"),	TEXT("\\"),   TEXT("\\n"),    TEXT("—"),
	TEXT("——"),	TEXT("无"),   TEXT("暂无"),   TEXT("空"),
	TEXT("未知"),	TEXT("待定"), TEXT("不详"),   TEXT("未填"),
	TEXT("未填写"), TEXT("null"), TEXT("none"),   TEXT("nil"),
	TEXT("n/a"),	TEXT("#n/a"), TEXT("(null)"), TEXT("n／a"),
	TEXT("／"),	TEXT("－"),   TEXT("－－"),   TEXT("未提供"),
	TEXT("未登记"), TEXT("未录入"), TEXT("不明"), TEXT("不清楚"),
	TEXT("不适用"), TEXT("(空)"), TEXT("(跳过)"), TEXT("（空）"),
};

/* The first bytes of the words above. */
static bool may_be_null(unsigned char first)
{
	return first >= 0x80 || first == '-' || first == '/' || first == '\\' ||
	       first == 'n' || first == 'N' || first == '#' || first == '(';
}

bool clean_is_null(struct text t)
{
	if (t.n == 0)
		return true;
	if (t.n > 9 || !may_be_null((unsigned char)t.p[0]))
		return false;
	for (size_t i = 0; i < NELEMS(null_words); i++)
		if (text_is_word(t, null_words[i]))
			return true;
	return false;
}

bool clean_is_null_code(struct text t)
{
	if (clean_is_null(t))
		return true;
	if (t.p[0] != '0' && (t.p[0] != '9' || t.n < 8))
		return false;
	for (size_t i = 1; i < t.n; i++)
		if (t.p[i] != t.p[0])
			return false;
	return true;
}
