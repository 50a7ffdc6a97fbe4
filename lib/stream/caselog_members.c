/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of a line of the log: taken apart, and put together. */
#include <string.h>

#include "stream/caselog.h"
#include "stream/json_out.h"

static bool take_string(struct text *t, struct text *value, bool *escaped)
{
	size_t i = 1;

	*escaped = false;
	if (t->n < 2 || t->p[0] != '"')
		return false;
	for (; i < t->n && t->p[i] != '"'; i++) {
		if (t->p[i] == '\\') {
			*escaped = true;
			i++;
		}
	}
	if (i >= t->n)
		return false;
	*value = (struct text){ t->p + 1, i - 1 };
	t->p += i + 1;
	t->n -= i + 1;
	return true;
}

static bool take_plain(struct text *t, struct text *value)
{
	size_t i = 0;

	while (i < t->n && t->p[i] != ',' && t->p[i] != '"' &&
	       t->p[i] != '{' && t->p[i] != '[')
		i++;
	*value = (struct text){ t->p, i };
	t->p += i;
	t->n -= i;
	return i > 0;
}

bool caselog_member(struct text *rest, struct caselog_member *m)
{
	struct text t = *rest;
	bool escaped;

	if (!take_string(&t, &m->key, &escaped) || !text_take(&t, ':'))
		return false;
	m->escaped = false;
	m->string = t.n > 0 && t.p[0] == '"';
	if (m->string ? !take_string(&t, &m->value, &m->escaped) :
			!take_plain(&t, &m->value))
		return false;
	if (t.n > 0 && (!text_take(&t, ',') || t.n == 0))
		return false;
	*rest = t;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What a backslash begins, as jsonout_string() writes it; its bytes, or 0. */
static size_t take_escape(struct text t, char *c)
{
	static const char names[] = "\"\\nrt", meant[] = "\"\\\n\r\t";
	const char *name = t.n < 2 || !t.p[1] ? NULL : strchr(names, t.p[1]);
	int high, low;

	if (name) {
		*c = meant[name - names];
		return 2;
	}
	if (t.n < 6 || !text_starts(t, "\\u00"))
		return 0;
	high = hex_digit(t.p[4]);
	low = hex_digit(t.p[5]);
	*c = (char)(high * 16 + low);
	return high < 0 || low < 0 ? 0 : 6;
}

bool caselog_unescape(struct buf *to, struct text value)
{
	while (value.n > 0) {
		size_t used = 1;
		char c = value.p[0];

		if (c == '\\')
			used = take_escape(value, &c);
		if (used == 0)
			return false;
		buf_addc(to, c);
		value.p += used;
		value.n -= used;
	}
	return true;
}

static void put_key(struct buf *b, struct text key)
{
	if (b->n)
		buf_addc(b, ',');
	jsonout_string(b, key);
	buf_addc(b, ':');
}

void caselog_put_text(struct buf *b, struct text key, struct text value)
{
	put_key(b, key);
	jsonout_string(b, value);
}

void caselog_put_plain(struct buf *b, struct text key, struct text value)
{
	put_key(b, key);
	buf_addt(b, value);
}
