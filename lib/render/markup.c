/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escaping for HTML, Markdown and JSON. */
#include "render/markup.h"

#include <string.h>

#include "base/utf8.h"

/* What people are shown: nothing that moves the cursor or the reading
 * direction, all of it. */
static struct text shown(struct buf *b, const char *s)
{
	utf8_show(b, text_of(s), SIZE_MAX);
	return buf_text(b);
}

static const char *html_reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void markup_html(struct buf *b, const char *s)
{
	struct buf safe = {0};
	struct text t = shown(&safe, s);

	for (size_t i = 0; i < t.n; i++) {
		const char *reference = html_reference(t.p[i]);
		if (reference)
			buf_adds(b, reference);
		else
			buf_addc(b, t.p[i]);
	}
	buf_release(&safe);
}

void markup_markdown(struct buf *b, const char *s)
{
	struct buf safe = {0};
	struct text t = shown(&safe, s);

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] && strchr("\\`*_[]<>|#~$", t.p[i]))
			buf_addc(b, '\\');
		buf_addc(b, t.p[i]);
	}
	buf_release(&safe);
}

void markup_json(struct buf *b, const char *s)
{
	buf_addc(b, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '"' || c == '\\')
			buf_addf(b, "\\%c", c);
		else if (c == '\n')
			buf_adds(b, "\\n");
		else if (c < 0x20 || c == 0x7f)
			buf_addf(b, "\\u%04x", c);
		else
			buf_addc(b, *s);
	}
	buf_addc(b, '"');
}
