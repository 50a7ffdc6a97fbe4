/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One buffer of texts, one array of their ends. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stream/sheet_csv.h"
#include "stream/xlsx_part.h"
#include "stream/xlsx_strings.h"

struct reader {
	struct xlsx_strings *to;
	struct buf text;	/* of the item under way */
	struct buf *why;
	bool item, wanted;	/* inside si; inside a t of it */
	unsigned phonetic;	/* inside rPh */
};

static void on_start(void *ctx, const char *name, const char **attributes)
{
	struct reader *r = ctx;

	(void)attributes;
	if (strcmp(name, "si") == 0) {
		r->item = true;
		r->phonetic = 0;
		buf_clear(&r->text);
	} else if (strcmp(name, "rPh") == 0) {
		r->phonetic++;
	} else if (strcmp(name, "t") == 0) {
		r->wanted = r->item && !r->phonetic;
	}
}

static void refuse(struct reader *r, const char *what)
{
	if (r->why->n == 0)
		buf_adds(r->why, what);
}

static void add(struct reader *r)
{
	struct xlsx_strings *s = r->to;
	struct text t;

	t.n = r->text.n ? xlsx_unescape(r->text.p, r->text.n) : 0;
	t.p = r->text.p;
	if (s->bytes.n + 2 * t.n + 2 + s->n * sizeof(*s->end) >
	    XLSX_STRINGS_BYTES) {
		refuse(r, "the texts of the workbook take more than 2 GiB");
		return;
	}
	sheet_csv_quote(&s->bytes, t);
	s->end = mem_grow(s->end, s->n, &s->cap, sizeof(*s->end));
	s->end[s->n++] = s->bytes.n;
}

static void on_end(void *ctx, const char *name)
{
	struct reader *r = ctx;

	if (strcmp(name, "t") == 0) {
		r->wanted = false;
	} else if (strcmp(name, "rPh") == 0) {
		r->phonetic -= r->phonetic > 0;
	} else if (strcmp(name, "si") == 0 && r->item) {
		r->item = false;
		add(r);
	}
}

static void on_text(void *ctx, const char *p, int n)
{
	struct reader *r = ctx;

	if (!r->wanted)
		return;
	if (r->text.n + (size_t)n > XLSX_TEXT_BYTES) {
		refuse(r, "a text of the workbook takes more than 8 MiB");
		return;
	}
	buf_add(&r->text, p, (size_t)n);
}

bool xlsx_strings_read(struct xlsx_strings *s, struct zip_part *zip,
		       struct buf *why)
{
	static const struct xml_handlers handlers = { on_start, on_end,
						      on_text };
	struct reader r = { .to = s, .why = why };
	bool good = xlsx_part_parse(zip, &handlers, &r, why);

	buf_release(&r.text);
	return good;
}

void xlsx_strings_release(struct xlsx_strings *s)
{
	buf_release(&s->bytes);
	free(s->end);
	*s = (struct xlsx_strings){ 0 };
}

/* ---- _xHHHH_ ---- */

#define ESCAPE 7

/* The unit at p, -1: none is there. */
static int unit(const char *p, size_t n)
{
	int v = 0;

	if (n < ESCAPE || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		char c = p[i];
		int digit = ascii_is_digit(c) ? c - '0' :
			    c >= 'a' && c <= 'f' ? c - 'a' + 10 :
			    c >= 'A' && c <= 'F' ? c - 'A' + 10 :
						   -1;

		if (digit < 0)
			return -1;
		v = v * 16 + digit;
	}
	return v;
}

static bool is_low(int v)
{
	return v >= 0xdc00 && v < 0xe000;
}

/* Reads one escape at p into *code; gives its bytes, 0 when none is there. */
static size_t escape(const char *p, size_t n, uint32_t *code)
{
	int first = unit(p, n), second;

	if (first < 0 || is_low(first))
		return 0;
	*code = (uint32_t)first;
	if (first < 0xd800 || first >= 0xe000)
		return ESCAPE;
	second = n > ESCAPE ? unit(p + ESCAPE, n - ESCAPE) : -1;
	if (!is_low(second))
		return 0;
	*code = 0x10000 + ((uint32_t)(first - 0xd800) << 10) +
		(uint32_t)(second - 0xdc00);
	return 2 * (size_t)ESCAPE;
}

size_t xlsx_unescape(char *p, size_t n)
{
	char *at = memchr(p, '_', n), *to = at;
	const char *end = p + n;

	if (!at)
		return n;
	while (at < end) {
		uint32_t code;
		size_t used = *at == '_' ?
				      escape(at, (size_t)(end - at), &code) :
				      0;

		if (used) {
			to += utf8_encode(code, to);
			at += used;
		} else {
			*to++ = *at++;
		}
	}
	return (size_t)(to - p);
}
