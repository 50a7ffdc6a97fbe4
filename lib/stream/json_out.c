/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON strings and numbers. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "stream/json_out.h"

static const char *escape(unsigned char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

void jsonout_string(struct buf *b, struct text t)
{
	size_t done = 0;

	buf_addc(b, '"');
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(b, t.p + done, i - done);
		done = i + 1;
		if (escape(c))
			buf_adds(b, escape(c));
		else
			buf_addf(b, "\\u%04x", c);
	}
	buf_add(b, t.p + done, t.n - done);
	buf_addc(b, '"');
}

void jsonout_number(struct buf *b, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(v))
		buf_add(b, s, number_format(v, s));
	else
		buf_adds(b, "null");
}
