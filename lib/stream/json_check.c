/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge of JSON: RFC 8259 to the letter, by recursive descent. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "stream/json_check.h"

/* The keys of the objects that are open, outermost first. */
struct json_keys {
	struct text *item;
	size_t n, cap;
	struct arena arena;
	bool twice;		/* some object had a key twice */
};

struct text json_decode(struct arena *a, struct text literal)
{
	struct text inner = { literal.p + 1, literal.n - 2 };
	cJSON *s;
	struct text out;

	if (!memchr(inner.p, '\\', inner.n))
		return inner;
	s = mem_need(cJSON_ParseWithLength(literal.p, literal.n));
	out.n = strlen(s->valuestring);
	out.p = arena_copy(a, s->valuestring, out.n);
	cJSON_Delete(s);
	return out;
}

static bool digits(struct json_cursor *c)
{
	size_t from = c->at;

	while (c->at < c->n && ascii_is_digit(c->p[c->at]))
		c->at++;
	return c->at > from;
}

static bool check_number(struct json_cursor *c)
{
	json_eat(c, '-');
	if (!json_eat(c, '0') && !digits(c))
		return false;
	if (json_eat(c, '.') && !digits(c))
		return false;
	if (json_at(c, 'e') || json_at(c, 'E')) {
		c->at++;
		if (!json_eat(c, '+'))
			json_eat(c, '-');
		return digits(c);
	}
	return true;
}

/* Four hex digits at `at`; -1 when they are not. */
static int hex4(const struct json_cursor *c, size_t at)
{
	int v = 0;

	if (at + 4 > c->n)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		char d = c->p[i];

		if (ascii_is_digit(d))
			v = v * 16 + (d - '0');
		else if ((d | 32) >= 'a' && (d | 32) <= 'f')
			v = v * 16 + ((d | 32) - 'a') + 10;
		else
			return -1;
	}
	return v;
}

/* After the backslash. */
static bool check_escape(struct json_cursor *c)
{
	int unit, low;

	if (c->at == c->n)
		return false;
	if (c->p[c->at] != 'u') {
		if (!c->p[c->at] || !strchr("\"\\/bfnrt", c->p[c->at]))
			return false;
		c->at++;
		return true;
	}
	unit = hex4(c, c->at + 1);
	if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
		return false;
	c->at += 5;
	if (unit < 0xd800 || unit > 0xdbff)
		return true;
	if (!json_at(c, '\\') || c->at + 1 >= c->n || c->p[c->at + 1] != 'u')
		return false;
	low = hex4(c, c->at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return false;
	c->at += 6;
	return true;
}

bool json_check_string(struct json_cursor *c)
{
	if (!json_eat(c, '"'))
		return false;
	while (c->at < c->n) {
		unsigned char b = (unsigned char)c->p[c->at];

		if (b < 0x20)
			return false;
		c->at++;
		if (b == '"')
			return true;
		if (b == '\\' && !check_escape(c))
			return false;
	}
	return false;
}

static bool check_word(struct json_cursor *c, const char *word)
{
	size_t n = strlen(word);

	if (c->n - c->at < n || memcmp(c->p + c->at, word, n) != 0)
		return false;
	c->at += n;
	return true;
}

static int by_text(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

/* An object ends: were any of its keys, from number `first` on, the same? */
static void judge_keys(struct json_keys *k, size_t first)
{
	struct text *item = k->item + first;
	size_t n = k->n - first;

	for (size_t i = 0; n > 1 && i < n; i++)
		item[i] = json_decode(&k->arena, item[i]);
	if (n > 1)
		qsort(item, n, sizeof(*item), by_text);
	for (size_t i = 1; i < n && !k->twice; i++)
		k->twice = text_eq(item[i - 1], item[i]);
	k->n = first;
}

static bool check_key(struct json_cursor *c)
{
	struct json_keys *k = c->keys;
	size_t from;

	json_skip_blank(c);
	from = c->at;
	if (!json_check_string(c))
		return false;
	if (k) {
		k->item = mem_grow(k->item, k->n, &k->cap, sizeof(*k->item));
		k->item[k->n++] = (struct text){ c->p + from, c->at - from };
	}
	json_skip_blank(c);
	return json_eat(c, ':');
}

static bool check_members(struct json_cursor *c, bool object)
{
	char close = object ? '}' : ']';
	size_t first = c->keys ? c->keys->n : 0;

	c->at++;
	json_skip_blank(c);
	if (json_eat(c, close))
		return true;
	do {
		if (object && !check_key(c))
			return false;
		if (!json_check_value(c))
			return false;
	} while (json_eat(c, ','));
	if (object && c->keys)
		judge_keys(c->keys, first);
	return json_eat(c, close);
}

bool json_check_value(struct json_cursor *c)
{
	bool good;

	json_skip_blank(c);
	if (c->at == c->n)
		return false;
	switch (c->p[c->at]) {
	case '{':
	case '[':
		if (c->depth == JSON_DEPTH)
			return false;
		c->depth++;
		good = check_members(c, c->p[c->at] == '{');
		c->depth--;
		break;
	case '"':
		good = json_check_string(c);
		break;
	case 't':
		good = check_word(c, "true");
		break;
	case 'f':
		good = check_word(c, "false");
		break;
	case 'n':
		good = check_word(c, "null");
		break;
	default:
		good = check_number(c);
	}
	if (good)
		json_skip_blank(c);
	return good;
}

size_t json_check(struct text t, enum reason *reason)
{
	struct json_keys keys = { 0 };
	struct json_cursor c = { .p = t.p, .n = t.n, .keys = &keys };
	bool good = json_check_value(&c);

	free(keys.item);
	arena_release(&keys.arena);
	*reason = REASON_BAD_JSON;
	if (!good)
		return c.at < t.n ? c.at : t.n ? t.n - 1 : 0;
	if (c.at < t.n)
		return c.at;
	*reason = keys.twice ? REASON_DUP_KEY : REASON_NONE;
	return keys.twice ? 0 : t.n;
}
