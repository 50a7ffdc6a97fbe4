/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON objects to fields: a fast slicer beside a strict judge. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stream/json_check.h"
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
		v.text = json_decode(&j->arena, literal);
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
	struct json_cursor c = { .p = record.p, .n = record.n };
	size_t guess = 0;

	json_skip_blank(&c);
	c.at++;
	for (json_skip_blank(&c); !json_at(&c, '}'); json_skip_blank(&c)) {
		size_t from = c.at, start;
		struct text key;
		enum put got;

		json_check_string(&c);
		key = json_decode(&j->arena,
			     (struct text){ c.p + from, c.at - from });
		json_skip_blank(&c);
		json_eat(&c, ':');
		json_skip_blank(&c);
		start = c.at;
		json_check_value(&c);
		/* json_check_value() also took the blanks behind. */
		got = put(j, key,
			  value_of(j, text_trim((struct text){
					      c.p + start, c.at - start })),
			  learn, &guess);
		if (got != PUT)
			return fail(fault, got, key, from);
		json_eat(&c, ',');
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
	struct json_cursor c = { .p = r.p, .n = r.n };
	size_t guess = 0;

	buf_clear(&j->decoded);
	if (!json_eat(&c, '{'))
		return NOT_PLAIN;
	do {
		struct text key;
		struct json_value v = { 0 };
		size_t from = c.at, end;

		json_eat(&c, ' ');
		if (!json_eat(&c, '"'))
			return NOT_PLAIN;
		end = jsonshape_string(c.p, c.at, c.n);
		if (end == c.n || c.p[end] != '"')
			return NOT_PLAIN;
		key = (struct text){ c.p + c.at, end - c.at };
		c.at = end + 1;
		if (!json_eat(&c, ':'))
			return NOT_PLAIN;
		json_eat(&c, ' ');
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
	} while (json_eat(&c, ','));
	if (!json_eat(&c, '}') || c.at < c.n)
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
		digits += ascii_is_digit(key.p[i]);
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
