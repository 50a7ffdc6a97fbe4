/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats that a workbook defines, and which style has which. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/xlsx_part.h"
#include "stream/xlsx_styles.h"

struct format {
	uint32_t id;
	enum xlsx_shown shown;
};

struct reader {
	struct format *format;
	size_t formats, format_cap;
	uint32_t *style;	/* its format's number */
	size_t styles, style_cap;
	struct buf *why;
	bool cells;		/* inside cellXfs */
};

static uint32_t number(const char *s)
{
	return s ? (uint32_t)strtoul(s, NULL, 10) : 0;
}

static void on_start(void *ctx, const char *name, const char **a)
{
	struct reader *r = ctx;

	if (r->formats + r->styles >= XLSX_STYLES) {
		if (r->why->n == 0)
			buf_adds(r->why, "the workbook has more than 1048576 "
					 "styles");
	} else if (strcmp(name, "cellXfs") == 0) {
		r->cells = true;
	} else if (strcmp(name, "xf") == 0 && r->cells) {
		r->style = mem_grow(r->style, r->styles, &r->style_cap,
				    sizeof(*r->style));
		r->style[r->styles++] = number(xml_attribute(a, "numFmtId"));
	} else if (strcmp(name, "numFmt") == 0) {
		struct text code = text_of(xml_attribute(a, "formatCode"));

		r->format = mem_grow(r->format, r->formats, &r->format_cap,
				     sizeof(*r->format));
		r->format[r->formats++] =
			(struct format){ number(xml_attribute(a, "numFmtId")),
					 xlsx_shown_code(code) };
	}
}

static void on_end(void *ctx, const char *name)
{
	struct reader *r = ctx;

	if (strcmp(name, "cellXfs") == 0)
		r->cells = false;
}

static void on_text(void *ctx, const char *p, int n)
{
	(void)ctx, (void)p, (void)n;
}

static int by_id(const void *a, const void *b)
{
	const struct format *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static enum xlsx_shown shown_by(const struct reader *r, uint32_t id)
{
	struct format key = { .id = id };
	const struct format *f =
		r->formats ? bsearch(&key, r->format, r->formats, sizeof(key),
				     by_id) :
			     NULL;

	return f ? f->shown : xlsx_shown_builtin(id);
}

bool xlsx_styles_read(struct xlsx_styles *s, struct zip_part *zip,
		      struct buf *why)
{
	static const struct xml_handlers handlers = { on_start, on_end,
						      on_text };
	struct reader r = { .why = why };
	bool good = xlsx_part_parse(zip, &handlers, &r, why);

	if (r.formats)
		qsort(r.format, r.formats, sizeof(*r.format), by_id);
	s->n = r.styles;
	s->shown = mem_alloc(r.styles, 1);
	for (size_t i = 0; i < r.styles; i++)
		s->shown[i] = (uint8_t)shown_by(&r, r.style[i]);
	free(r.format);
	free(r.style);
	return good;
}

void xlsx_styles_release(struct xlsx_styles *s)
{
	free(s->shown);
	*s = (struct xlsx_styles){ 0 };
}
