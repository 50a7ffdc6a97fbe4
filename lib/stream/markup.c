/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags and text out of a window that moves over the decoded bytes. */
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stream/markup.h"

#define STEP 65536
/* No entity is longer; one cut at the window's end is waited for. */
#define ENTITY 32

void markup_begin(struct markup *m, struct source *source,
		  struct decode *decode, struct buf *why)
{
	m->source = source;
	m->decode = decode;
	m->why = why;
	buf_clear(&m->window);
	buf_add(&m->window, "", 0);
	m->at = 0;
	m->end = false;
	m->raw = NULL;
}

void markup_release(struct markup *m)
{
	buf_release(&m->window);
}

/* ---- the window ---- */

static struct text ahead(const struct markup *m)
{
	return (struct text){ m->window.p + m->at, m->window.n - m->at };
}

/* Reads more behind what is there; false at the end and on a failure, which
 * *failed tells. */
static bool more(struct markup *m, bool *failed)
{
	ssize_t got;

	if (m->end)
		return false;
	if (m->at) {
		memmove(m->window.p, m->window.p + m->at,
			m->window.n - m->at);
		m->window.n -= m->at;
		m->at = 0;
	}
	got = decode_read(m->decode, m->source, buf_room(&m->window, STEP),
			  STEP);
	*failed = got < 0;
	m->end = got <= 0;
	if (got > 0)
		m->window.n += (size_t)got;
	return got > 0;
}

/* ---- tags ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Offset of the > that ends the tag at the front, n when it is not there. A >
 * in a quoted value is none. */
static size_t tag_end(struct text t)
{
	char quote = 0;

	for (size_t i = 1; i < t.n; i++) {
		char c = t.p[i];

		if (quote) {
			if (c == quote)
				quote = 0;
		} else if (c == '>') {
			return i;
		} else if ((c == '"' || c == '\'') && t.p[i - 1] == '=') {
			quote = c;
		}
	}
	return t.n;
}

/* A tag whose quote is never closed ends at its first >. */
static size_t loose_end(struct text t)
{
	const char *close = memchr(t.p, '>', t.n);

	return close ? (size_t)(close - t.p) : t.n;
}

static void set_name(struct markup *m, struct text tag)
{
	const char *colon;
	size_t n = 0;

	while (n < tag.n && !is_blank(tag.p[n]) && tag.p[n] != '/' &&
	       tag.p[n] != '>')
		n++;
	m->attributes = (struct text){ tag.p + n, tag.n - n };
	colon = n ? memchr(tag.p, ':', n) : NULL;
	if (colon) {
		n -= (size_t)(colon + 1 - tag.p);
		tag.p = colon + 1;
	}
	if (n >= sizeof(m->name))
		n = sizeof(m->name) - 1;
	for (size_t i = 0; i < n; i++)
		m->name[i] = ascii_lower(tag.p[i]);
	m->name[n] = '\0';
}

static enum token refuse(struct markup *m)
{
	if (m->why->n == 0)
		buf_adds(m->why, "a tag of more than 1 MiB");
	return TOKEN_FAULT;
}

static enum token take_tag(struct markup *m)
{
	bool failed = false, close;
	size_t end;
	struct text t;

	while ((end = tag_end(ahead(m))) == ahead(m).n) {
		if (ahead(m).n > MARKUP_TAG)
			break;
		if (!more(m, &failed))
			break;
	}
	if (failed)
		return TOKEN_FAULT;
	t = ahead(m);
	if (end == t.n)
		end = loose_end(t);
	if (end == t.n && end > MARKUP_TAG)
		return refuse(m);
	close = t.n > 1 && t.p[1] == '/';
	set_name(m, (struct text){ t.p + 1 + close,
				   end > 1 + (size_t)close ?
					   end - 1 - close :
					   0 });
	m->at += end < t.n ? end + 1 : t.n;
	if (!close && (strcmp(m->name, "script") == 0 ||
		       strcmp(m->name, "style") == 0))
		m->raw = strcmp(m->name, "style") == 0 ? "</style" :
							 "</script";
	return close ? TOKEN_CLOSE : TOKEN_OPEN;
}

/* Passes over all up to `what`, and it as well unless `stay`; false at the
 * end. */
static bool skip_to(struct markup *m, const char *what, bool stay,
		    bool *failed)
{
	size_t n = strlen(what);

	do {
		while (m->window.n - m->at >= n) {
			const char *p = m->window.p + m->at;

			if (strncasecmp(p, what, n) == 0) {
				m->at += stay ? 0 : n;
				return true;
			}
			p = memchr(p + 1, what[0], ahead(m).n - 1);
			m->at = p ? (size_t)(p - m->window.p) : m->window.n;
		}
	} while (more(m, failed));
	m->at = m->window.n;
	return false;
}

/* ---- text ---- */

static enum token take_text(struct markup *m)
{
	struct text t = ahead(m);
	const char *tag = memchr(t.p + 1, '<', t.n - 1);
	size_t n = tag ? (size_t)(tag - t.p) : t.n;

	if (!tag && !m->end) {
		const char *amp = memrchr(t.p, '&', t.n);

		/* It may be an entity that goes on. */
		if (amp && amp > t.p && t.p + t.n - amp < ENTITY)
			n = (size_t)(amp - t.p);
	}
	m->text = (struct text){ t.p, n };
	m->at += n;
	return TOKEN_TEXT;
}

/* A comment or a declaration is passed over; false: a failure. */
static bool skip_comment(struct markup *m)
{
	bool failed = false;

	skip_to(m, text_starts(ahead(m), "<!--") ? "-->" : ">", false,
		&failed);
	return !failed;
}

enum token markup_next(struct markup *m)
{
	for (;;) {
		bool failed = false;
		struct text t;

		if (m->raw)
			skip_to(m, m->raw, true, &failed);
		m->raw = NULL;
		/* So that an entity, and what < begins, is there whole. */
		while (ahead(m).n < ENTITY && !failed && more(m, &failed))
			;
		if (failed)
			return TOKEN_FAULT;
		t = ahead(m);
		if (t.n == 0)
			return TOKEN_END;
		if (t.p[0] != '<' || t.n < 2)
			return take_text(m);
		if (ascii_is_letter(t.p[1]) || t.p[1] == '/')
			return take_tag(m);
		if (t.p[1] != '!' && t.p[1] != '?')
			return take_text(m);
		if (!skip_comment(m))
			return TOKEN_FAULT;
	}
}

/* ---- attributes ---- */

static struct text skip_blanks(struct text t)
{
	while (t.n && (is_blank(t.p[0]) || t.p[0] == '/'))
		t.p++, t.n--;
	return t;
}

/* Cuts one value off the front: in quotes, or up to a blank. */
static struct text take_value(struct text *t)
{
	char quote = t->n ? t->p[0] : '\0';
	struct text value;
	size_t n = 0;

	if (quote == '"' || quote == '\'') {
		const char *close;

		t->p++, t->n--;
		close = t->n ? memchr(t->p, quote, t->n) : NULL;
		n = close ? (size_t)(close - t->p) : t->n;
		value = (struct text){ t->p, n };
		n += close != NULL;
	} else {
		while (n < t->n && !is_blank(t->p[n]))
			n++;
		value = (struct text){ t->p, n };
	}
	t->p += n;
	t->n -= n;
	return value;
}

bool markup_attribute(const struct markup *m, const char *name,
		      struct text *value)
{
	struct text t = m->attributes;

	while ((t = skip_blanks(t)).n) {
		struct text key = { t.p, 0 };
		bool given;

		while (key.n < t.n && !is_blank(t.p[key.n]) &&
		       (t.p[key.n] != '=' || key.n == 0))
			key.n++;
		t.p += key.n;
		t.n -= key.n;
		t = skip_blanks(t);
		given = t.n && t.p[0] == '=';
		*value = (struct text){ 0 };
		if (given) {
			t.p++, t.n--;
			t = skip_blanks(t);
			*value = take_value(&t);
		}
		if (key.n == strlen(name) &&
		    strncasecmp(key.p, name, key.n) == 0)
			return true;
	}
	return false;
}

/* ---- entities ---- */

static const struct {
	const char *name;
	uint32_t code;
} entities[] = {
	{ "amp", '&' },	      { "lt", '<' },	    { "gt", '>' },
	{ "quot", '"' },      { "apos", '\'' },     { "nbsp", 0xa0 },
	{ "yen", 0xa5 },      { "cent", 0xa2 },	    { "pound", 0xa3 },
	{ "euro", 0x20ac },   { "copy", 0xa9 },	    { "reg", 0xae },
	{ "trade", 0x2122 },  { "sect", 0xa7 },	    { "deg", 0xb0 },
	{ "plusmn", 0xb1 },   { "middot", 0xb7 },   { "times", 0xd7 },
	{ "divide", 0xf7 },   { "laquo", 0xab },    { "raquo", 0xbb },
	{ "ndash", 0x2013 },  { "mdash", 0x2014 },  { "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },  { "ldquo", 0x201c },  { "rdquo", 0x201d },
	{ "bull", 0x2022 },   { "hellip", 0x2026 }, { "ensp", 0x2002 },
	{ "emsp", 0x2003 },   { "thinsp", 0x2009 }, { "zwnj", 0x200c },
	{ "zwj", 0x200d },
};

/* What stands between & and ;. */
static bool entity(struct text t, uint32_t *code)
{
	bool hex = t.n > 1 && t.p[0] == '#' && (t.p[1] | 32) == 'x';
	size_t i = hex ? 2 : 1;

	for (size_t k = 0; t.n && t.p[0] != '#' && k < NELEMS(entities); k++)
		if (text_is(t, entities[k].name)) {
			*code = entities[k].code;
			return true;
		}
	if (t.n <= i || t.p[0] != '#')
		return false;
	for (*code = 0; i < t.n; i++) {
		char c = t.p[i];
		int digit = ascii_is_digit(c) ? c - '0' :
			    hex && (c | 32) >= 'a' && (c | 32) <= 'f' ?
						   (c | 32) - 'a' + 10 :
						   -1;

		if (digit < 0 || *code > 0x10ffff)
			return false;
		*code = *code * (hex ? 16 : 10) + (uint32_t)digit;
	}
	if (*code == 0 || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code < 0xe000))
		*code = 0xfffd;
	return true;
}

void markup_text(struct buf *b, struct text raw)
{
	while (raw.n) {
		const char *amp = memchr(raw.p, '&', raw.n);
		size_t n = amp ? (size_t)(amp - raw.p) : raw.n, look;
		const char *end;
		uint32_t code;
		char utf8[4];

		buf_add(b, raw.p, n);
		raw.p += n;
		raw.n -= n;
		if (!raw.n)
			break;
		look = raw.n < ENTITY ? raw.n : ENTITY;
		end = memchr(raw.p, ';', look);
		n = 1;
		if (end && entity((struct text){ raw.p + 1,
						 (size_t)(end - raw.p) - 1 },
				  &code)) {
			buf_add(b, utf8, utf8_encode(code, utf8));
			n = (size_t)(end - raw.p) + 1;
		} else {
			buf_addc(b, '&');
		}
		raw.p += n;
		raw.n -= n;
	}
}

/* ---- the encoding ---- */

static const struct {
	const char *name;
	enum encoding encoding;
} charsets[] = {
	{ "gb", DECODE_GB18030 },	   { "x-gbk", DECODE_GB18030 },
	{ "cp936", DECODE_GB18030 },	   { "iso-8859-1", DECODE_LATIN1 },
	{ "windows-1252", DECODE_LATIN1 }, { "latin1", DECODE_LATIN1 },
};

static enum encoding said(struct text head, const char *word)
{
	size_t at = text_find(head, word);

	if (at == SIZE_MAX)
		return DECODE_AUTO;
	at += strlen(word);
	while (at < head.n && (head.p[at] == '"' || head.p[at] == '\'' ||
			       head.p[at] == ' '))
		at++;
	for (size_t i = 0; i < NELEMS(charsets); i++) {
		size_t n = strlen(charsets[i].name);

		if (head.n - at >= n &&
		    strncasecmp(head.p + at, charsets[i].name, n) == 0)
			return charsets[i].encoding;
	}
	return DECODE_AUTO;
}

enum encoding markup_encoding(struct text head)
{
	struct text start = { head.p, head.n < 4096 ? head.n : 4096 };
	enum encoding e = said(start, "charset=");
	size_t beyond = 0;

	if (e == DECODE_AUTO && text_starts(start, "<?xml"))
		e = said(start, "encoding=");
	if (e != DECODE_GB18030)
		return e;
	for (size_t i = 0; i < head.n; i++)
		beyond += (unsigned char)head.p[i] >> 7;
	return beyond >= 16 &&
			       decode_guess(head.p, head.n, false) ==
				       DECODE_UTF8 ?
		       DECODE_AUTO :
		       e;
}
