/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON objects to fields: a fast slicer beside a strict judge. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stream/json_frame.h"
#include "stream/json_in.h"
#include "stream/json_shape.h"

static bool fast_path = true;

void jsonin_use_fast_path(bool on)
{
	fast_path = on;
}

struct jsonin {
	struct group *keys;		/* column numbers by key */
	struct json_value *value;	/* one a column */
	uint64_t *seen;			/* record number that set it last */
	size_t *set;			/* columns that this record has set */
	struct text *before;		/* what stood before each of them */
	size_t nset, cap;
	struct json_shape shape;
	bool shaped;			/* the shape's columns may be set */
	uint64_t record;
	struct arena arena;		/* the judge's decoded values */
	struct buf decoded;		/* those of the fast path */
};

struct jsonin *jsonin_new(void)
{
	struct jsonin *j = mem_zalloc(1, sizeof(*j));

	j->keys = group_new(0, 0, NULL, NULL);
	return j;
}

void jsonin_free(struct jsonin *j)
{
	if (!j)
		return;
	group_free(j->keys);
	arena_release(&j->arena);
	buf_release(&j->decoded);
	free(j->value);
	free(j->seen);
	free(j->set);
	free(j->before);
	jsonshape_release(&j->shape);
	free(j);
}

size_t jsonin_columns(const struct jsonin *j)
{
	return group_count(j->keys);
}

struct text jsonin_key(const struct jsonin *j, size_t column)
{
	return group_key(j->keys, column);
}

void jsonin_add_key(struct jsonin *j, struct text key)
{
	size_t column = group_intern(j->keys, key);

	while (column >= j->cap) {
		size_t cap = j->cap ? j->cap * 2 : 32;

		j->value = mem_resize(j->value, cap, sizeof(*j->value));
		j->seen = mem_resize(j->seen, cap, sizeof(*j->seen));
		j->set = mem_resize(j->set, cap, sizeof(*j->set));
		j->before = mem_resize(j->before, cap, sizeof(*j->before));
		memset(j->value + j->cap, 0,
		       (cap - j->cap) * sizeof(*j->value));
		memset(j->seen + j->cap, 0, (cap - j->cap) * sizeof(*j->seen));
		j->cap = cap;
	}
}

/* A validated string literal, quotes included, as its text; what had escapes
 * is in the arena. */
static struct text decode(struct arena *a, struct text literal)
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

/* ---- the validator ---- */

/* The keys of the objects that are open, outermost first. */
struct keys {
	struct text *item;
	size_t n, cap;
	struct arena arena;
	bool twice;		/* some object had a key twice */
};

struct check {
	const char *p;
	size_t n, at;
	unsigned depth;
	struct keys *keys;	/* NULL: nobody asks */
};

static void skip_blank(struct check *c)
{
	while (c->at < c->n &&
	       (c->p[c->at] == ' ' || c->p[c->at] == '\t' ||
		c->p[c->at] == '\n' || c->p[c->at] == '\r'))
		c->at++;
}

static bool at_char(const struct check *c, char want)
{
	return c->at < c->n && c->p[c->at] == want;
}

static bool eat(struct check *c, char want)
{
	if (!at_char(c, want))
		return false;
	c->at++;
	return true;
}

static bool digits(struct check *c)
{
	size_t from = c->at;

	while (c->at < c->n && c->p[c->at] >= '0' && c->p[c->at] <= '9')
		c->at++;
	return c->at > from;
}

static bool check_number(struct check *c)
{
	eat(c, '-');
	if (!eat(c, '0') && !digits(c))
		return false;
	if (eat(c, '.') && !digits(c))
		return false;
	if (at_char(c, 'e') || at_char(c, 'E')) {
		c->at++;
		if (!eat(c, '+'))
			eat(c, '-');
		return digits(c);
	}
	return true;
}

/* Four hex digits at `at`; -1 when they are not. */
static int hex4(const struct check *c, size_t at)
{
	int v = 0;

	if (at + 4 > c->n)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		char d = c->p[i];

		if (d >= '0' && d <= '9')
			v = v * 16 + (d - '0');
		else if ((d | 32) >= 'a' && (d | 32) <= 'f')
			v = v * 16 + ((d | 32) - 'a') + 10;
		else
			return -1;
	}
	return v;
}

/* After the backslash. */
static bool check_escape(struct check *c)
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
	if (!at_char(c, '\\') || c->at + 1 >= c->n || c->p[c->at + 1] != 'u')
		return false;
	low = hex4(c, c->at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return false;
	c->at += 6;
	return true;
}

static bool check_string(struct check *c)
{
	if (!eat(c, '"'))
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

static bool check_word(struct check *c, const char *word)
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
static void judge_keys(struct keys *k, size_t first)
{
	struct text *item = k->item + first;
	size_t n = k->n - first;

	for (size_t i = 0; n > 1 && i < n; i++)
		item[i] = decode(&k->arena, item[i]);
	if (n > 1)
		qsort(item, n, sizeof(*item), by_text);
	for (size_t i = 1; i < n && !k->twice; i++)
		k->twice = text_eq(item[i - 1], item[i]);
	k->n = first;
}

static bool check_key(struct check *c)
{
	struct keys *k = c->keys;
	size_t from;

	skip_blank(c);
	from = c->at;
	if (!check_string(c))
		return false;
	if (k) {
		k->item = mem_grow(k->item, k->n, &k->cap, sizeof(*k->item));
		k->item[k->n++] = (struct text){ c->p + from, c->at - from };
	}
	skip_blank(c);
	return eat(c, ':');
}

static bool check_value(struct check *c);

static bool check_members(struct check *c, bool object)
{
	char close = object ? '}' : ']';
	size_t first = c->keys ? c->keys->n : 0;

	c->at++;
	skip_blank(c);
	if (eat(c, close))
		return true;
	do {
		if (object && !check_key(c))
			return false;
		if (!check_value(c))
			return false;
	} while (eat(c, ','));
	if (object && c->keys)
		judge_keys(c->keys, first);
	return eat(c, close);
}

static bool check_value(struct check *c)
{
	bool good;

	skip_blank(c);
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
		good = check_string(c);
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
		skip_blank(c);
	return good;
}

size_t json_check(struct text t, enum reason *reason)
{
	struct keys keys = { 0 };
	struct check c = { .p = t.p, .n = t.n, .keys = &keys };
	bool good = check_value(&c);

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

/* ---- one object ---- */

/* A validated nested value without blanks between its tokens. */
static struct text compact(struct jsonin *j, struct text t)
{
	char *to = arena_alloc(&j->arena, t.n);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '"') {
			size_t end = json_string_end(t.p, i + 1, t.n);

			memcpy(to + n, t.p + i, end - i);
			n += end - i;
			i = end - 1;
		} else if (!strchr(" \t\r\n", t.p[i])) {
			to[n++] = t.p[i];
		}
	}
	return (struct text){ to, n };
}

enum put { PUT, PUT_TWICE, PUT_NEW };

/* Stores a value under its key. `guess` is the column after the one before:
 * objects of one file mostly have their keys in one order. */
static enum put put(struct jsonin *j, struct text key, struct json_value v,
		    bool learn, size_t *guess)
{
	size_t column = *guess;

	if (column >= jsonin_columns(j) ||
	    !text_eq(jsonin_key(j, column), key)) {
		column = group_find(j->keys, key);
		if (column == SIZE_MAX) {
			if (!learn)
				return PUT_NEW;
			column = jsonin_columns(j);
			jsonin_add_key(j, key);
		}
	}
	if (j->seen[column] == j->record)
		return PUT_TWICE;
	j->seen[column] = j->record;
	j->set[j->nset++] = column;
	j->value[column] = v;
	*guess = column + 1;
	return PUT;
}

static enum json_kind kind_of(char first)
{
	switch (first) {
	case '"':
		return JSON_STRING;
	case '{':
	case '[':
		return JSON_NESTED;
	case 't':
	case 'f':
		return JSON_BOOL;
	case 'n':
		return JSON_NULL;
	default:
		return JSON_NUMBER;
	}
}

static struct json_value value_of(struct jsonin *j, struct text literal)
{
	struct json_value v = { literal, kind_of(literal.p[0]) };

	if (v.kind == JSON_STRING)
		v.text = decode(&j->arena, literal);
	else if (v.kind == JSON_NESTED)
		v.text = compact(j, literal);
	else if (v.kind == JSON_NULL)
		v.text = (struct text){ 0 };
	return v;
}

static bool fail(struct json_fault *fault, enum put got, struct text key,
		 size_t offset)
{
	fault->reason = got == PUT_NEW ? REASON_NEW_COLUMN : REASON_DUP_KEY;
	fault->key = key;
	fault->offset = offset;
	return false;
}

/* The members of an object that json_check() found valid. */
static bool walk(struct jsonin *j, struct text record, bool learn,
		 struct json_fault *fault)
{
	struct check c = { .p = record.p, .n = record.n };
	size_t guess = 0;

	skip_blank(&c);
	c.at++;
	for (skip_blank(&c); !at_char(&c, '}'); skip_blank(&c)) {
		size_t from = c.at, start;
		struct text key;
		enum put got;

		check_string(&c);
		key = decode(&j->arena,
			     (struct text){ c.p + from, c.at - from });
		skip_blank(&c);
		eat(&c, ':');
		skip_blank(&c);
		start = c.at;
		check_value(&c);
		/* check_value() also took the blanks behind. */
		got = put(j, key,
			  value_of(j, text_trim((struct text){
					      c.p + start, c.at - start })),
			  learn, &guess);
		if (got != PUT)
			return fail(fault, got, key, from);
		eat(&c, ',');
	}
	return true;
}

static bool judged(struct jsonin *j, struct text record, bool learn,
		   struct json_fault *fault)
{
	size_t good = json_check(record, &fault->reason);
	size_t first = 0;

	if (good < record.n || record.n == 0) {
		fault->offset = good;
		return false;
	}
	while (strchr(" \t\r\n", record.p[first]))
		first++;
	if (record.p[first] != '{') {
		fault->reason = REASON_NOT_OBJECT;
		return false;
	}
	return walk(j, record, learn, fault);
}

enum sliced { SLICED, NOT_PLAIN };

/*
 * The fast path: a flat object, no blanks but after : and , no escapes in
 * keys.
 * Anything it does not know is left to the judge, faults included, so that
 * there is one opinion on what is wrong. The shape of what it does know is
 * learned for the records to come.
 */
static enum sliced slice(struct jsonin *j, struct text r)
{
	struct check c = { .p = r.p, .n = r.n };
	size_t guess = 0;

	buf_clear(&j->decoded);
	if (!eat(&c, '{'))
		return NOT_PLAIN;
	do {
		struct text key;
		struct json_value v = { 0 };
		size_t from = c.at, end;

		eat(&c, ' ');
		if (!eat(&c, '"'))
			return NOT_PLAIN;
		end = jsonshape_string(c.p, c.at, c.n);
		if (end == c.n || c.p[end] != '"')
			return NOT_PLAIN;
		key = (struct text){ c.p + c.at, end - c.at };
		c.at = end + 1;
		if (!eat(&c, ':'))
			return NOT_PLAIN;
		eat(&c, ' ');
		/* There may be as many as columns. */
		if (j->nset < j->cap)
			j->before[j->nset] = (struct text){ c.p + from,
							    c.at - from };
		end = jsonshape_value(c.p, c.at, c.n, &v, &j->decoded);
		if (end == c.at)
			return NOT_PLAIN;
		c.at = end;
		if (put(j, key, v, false, &guess) != PUT)
			return NOT_PLAIN;
	} while (eat(&c, ','));
	if (!eat(&c, '}') || c.at < c.n)
		return NOT_PLAIN;
	jsonshape_learn(&j->shape, j->before, j->set, j->nset);
	return SLICED;
}

/* Forgets the record before, at no more cost than it had columns. */
static void forget(struct jsonin *j)
{
	while (j->nset)
		j->value[j->set[--j->nset]] = (struct json_value){ 0 };
	for (size_t i = 0; j->shaped && i < j->shape.n; i++)
		j->value[j->shape.member[i].column] = (struct json_value){ 0 };
	j->shaped = false;
	j->record++;
}

/* A record of the shape of those before. */
static bool cut(struct jsonin *j, struct text record)
{
	if (!j->shaped)
		forget(j);
	j->shaped = true;
	buf_clear(&j->decoded);
	return jsonshape_cut(&j->shape, record, j->value, &j->decoded);
}

bool jsonin_parse(struct jsonin *j, struct text record, bool learn,
		  const struct json_value **values, struct json_fault *fault)
{
	bool good = true;

	*fault = (struct json_fault){ 0 };
	if (j->arena.last)
		arena_release(&j->arena);
	if (learn || !fast_path || !cut(j, record)) {
		forget(j);
		if (learn || !fast_path || slice(j, record) != SLICED) {
			forget(j);
			good = judged(j, record, learn, fault);
		}
	}
	*values = j->value;
	return good;
}

/* ---- what is wrong ---- */

/* A key is the name of a column, but might be anything: what has as many
 * digits as a phone or a VIN is not shown. */
static void show_key(struct buf *to, struct text key)
{
	size_t digits = 0;

	for (size_t i = 0; i < key.n; i++)
		digits += key.p[i] >= '0' && key.p[i] <= '9';
	if (digits > 6) {
		buf_addf(to, "of %zu characters", utf8_count(key));
		return;
	}
	buf_addc(to, '"');
	utf8_show(to, key, 40);
	buf_addc(to, '"');
}

void jsonin_tell(struct buf *to, const struct json_fault *f, struct text record,
		 bool line)
{
	struct buf key = { 0 };

	if (f->reason == REASON_NEW_COLUMN) {
		show_key(&key, f->key);
		buf_addf(to, "the key %s is not in the first object", key.p);
	} else if (f->reason == REASON_DUP_KEY) {
		buf_adds(to, "a key stands twice in one object");
	} else if (f->reason == REASON_NOT_OBJECT) {
		buf_adds(to, "a row is an object {...}");
	} else {
		buf_addf(to, "not valid JSON at column %zu of the row%s",
			 f->offset + 1,
			 line && text_is(record, "{") ?
				 " (one object a line; over several lines "
				 "only inside one array)" :
				 "");
	}
	buf_release(&key);
}
