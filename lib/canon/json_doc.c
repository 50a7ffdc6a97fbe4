/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small JSON documents, by the readers of the streams. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "base/utf8.h"
#include "canon/json_doc.h"
#include "stream/json_frame.h"

#define DOC_MIB_MAX 16

static unsigned long line_of(struct text t, size_t offset)
{
	unsigned long line = 1;

	for (size_t i = 0; i < offset && i < t.n; i++)
		line += t.p[i] == '\n';
	return line;
}

/* Behind the string that begins at p[i]. */
static size_t past_string(struct text t, size_t i)
{
	for (i++; i < t.n && t.p[i] != '"'; i++)
		i += t.p[i] == '\\';
	return i + 1;
}

/* Where the value of the outermost object's member begins; t.n without it.
 * The text is valid JSON. */
static size_t member_at(struct text t, const char *key)
{
	int depth = 0;

	for (size_t i = 0; i < t.n; i++) {
		size_t end;

		depth += t.p[i] == '{' || t.p[i] == '[';
		depth -= t.p[i] == '}' || t.p[i] == ']';
		if (t.p[i] != '"')
			continue;
		end = past_string(t, i);
		if (depth == 1 && end - i - 2 == strlen(key) &&
		    memcmp(t.p + i + 1, key, end - i - 2) == 0) {
			while (end < t.n && strchr(": \t\r\n", t.p[end]))
				end++;
			return end;
		}
		i = end - 1;
	}
	return t.n;
}

/* Where element i of the list that begins at `at` begins, or `at`. */
static size_t element_at(struct text t, size_t at, size_t i)
{
	struct json_framer framer = { 0 };
	struct frames f = { 0 };
	size_t start = at;

	json_frame(&framer, &f, t.p + at, t.n - at, true);
	if (i < f.n)
		start = at + f.rec[i].start;
	frames_release(&f);
	return start;
}

/* The line of what is being read, 0: not known. */
static unsigned long line_now(const struct json_doc *d)
{
	struct text t = buf_text(&d->bytes);
	size_t at = d->member ? member_at(t, d->member) : t.n;

	if (d->line || at >= t.n)
		return d->line;
	if (d->element != SIZE_MAX && t.p[at] == '[')
		at = element_at(t, at, d->element);
	return line_of(t, at);
}

/* "name:17: place: why", or without the line. */
static _Noreturn void end(const struct json_doc *d, const char *place,
			  const char *why)
{
	unsigned long line = line_now(d);

	if (line)
		die("%s:%lu: %s: %s", d->name, line, place, why);
	die("%s: %s: %s", d->name, place, why);
}

void json_doc_refuse(const struct json_doc *d, const char *place,
		     const char *why)
{
	end(d, place, why);
}

void json_doc_fault(const struct json_doc *d, const char *rule,
		    const char *place, const char *fmt, ...)
{
	char why[200];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	if (!d->tell)
		end(d, place, why);
	d->tell(d->ctx, line_now(d), rule, place, why);
}

/* Where a name that the user gave is to be found. */
static char *find(const char *name, const char *kind)
{
	struct buf file = { 0 };
	char *path;

	if (strchr(name, '/') || text_ends(text_of(name), ".json"))
		return mem_strdup(name);
	buf_addf(&file, "%s.json", name);
	path = share_path(file.p);
	buf_release(&file);
	if (access(path, R_OK) < 0)
		die_usage("no %s called %s is shipped; a file's name ends in "
			  ".json", kind, name);
	return path;
}

bool json_doc_shipped(struct text name)
{
	struct buf file = { 0 };
	char *path;
	bool there;

	if (name.n == 0 || name.n > 100 || memchr(name.p, '/', name.n) ||
	    memchr(name.p, '\0', name.n))
		return false;
	buf_addt(&file, name);
	buf_adds(&file, ".json");
	path = share_path(file.p);
	there = access(path, R_OK) == 0;
	buf_release(&file);
	free(path);
	return there;
}

/* Without a BOM; what is not UTF-8 is told and emptied. */
static void check_bytes(struct json_doc *d)
{
	struct text t = buf_text(&d->bytes);
	size_t skip = text_starts(t, "\xef\xbb\xbf") ? 3 : 0;

	if (skip) {
		memmove(d->bytes.p, d->bytes.p + skip, d->bytes.n - skip);
		d->bytes.n -= skip;
	}
	if (utf8_bad(d->bytes.p, d->bytes.n) == d->bytes.n)
		return;
	json_doc_fault(d, "bad-utf8", "the file", "not valid UTF-8");
	buf_clear(&d->bytes);
}

void json_doc_read(struct json_doc *d, const char *name, const char *kind)
{
	char *path = find(name, kind);

	d->name = name;
	d->member = NULL;
	share_read_file(path, DOC_MIB_MAX, &d->bytes);
	free(path);
	check_bytes(d);
}

void json_doc_take(struct json_doc *d, struct text bytes, const char *name)
{
	d->name = name;
	d->member = NULL;
	buf_addt(&d->bytes, bytes);
	check_bytes(d);
}

void json_doc_release(struct json_doc *d)
{
	buf_release(&d->bytes);
}

/* NULL after a fault that was told. */
static struct jsonin *parse(const struct json_doc *d, struct text object,
			    const char *place, const struct json_value **v)
{
	struct jsonin *in = jsonin_new();
	struct json_fault fault;
	struct json_doc at = *d;

	if (jsonin_parse(in, object, true, v, &fault))
		return in;
	/* Only the whole document stands as it was written. */
	if (object.p == d->bytes.p) {
		at.line = line_of(object, fault.offset);
		place = reason_code(fault.reason);
	}
	json_doc_fault(&at, "bad-json", place, "%s",
		       reason_sentence(fault.reason));
	jsonin_free(in);
	return NULL;
}

static const char *shape_of(enum json_kind kind)
{
	static const char *const shape[] = {
		[JSON_STRING] = "a string",
		[JSON_NUMBER] = "a number",
		[JSON_BOOL] = "true or false",
		[JSON_NESTED] = "a list or an object",
	};

	return shape[kind];
}

/* A value of the wrong kind is none. */
static void check_kind(const struct json_doc *d, const char *place,
		       const struct json_key *key, struct json_value *v)
{
	if (v->kind == JSON_ABSENT && key->required)
		json_doc_fault(d, "missing-key", place, "\"%s\" is missing",
			       key->name);
	if (v->kind == JSON_ABSENT || key->kind == JSON_ABSENT ||
	    v->kind == key->kind)
		return;
	json_doc_fault(d, "bad-shape", place, "\"%s\" is not %s", key->name,
		       shape_of(key->kind));
	*v = (struct json_value){ .kind = JSON_ABSENT };
}

void json_doc_object(const struct json_doc *d, struct text object,
		     const char *place, const struct json_key *keys, size_t n,
		     struct json_value *values, struct jsonin **hold)
{
	const struct json_value *v;
	struct jsonin *in = parse(d, object, place, &v);

	memset(values, 0, n * sizeof(*values));
	*hold = in;
	for (size_t c = 0; in && c < jsonin_columns(in); c++) {
		struct text key = jsonin_key(in, c);
		size_t k = 0;

		while (k < n && !text_is(key, keys[k].name))
			k++;
		if (k < n)
			values[k] = v[c];
		else
			json_doc_fault(d, "unknown-key", place,
				       "\"%.*s\" has no meaning here",
				       (int)(key.n < 40 ? key.n : 40), key.p);
	}
	for (size_t k = 0; in && k < n; k++)
		check_kind(d, place, &keys[k], &values[k]);
}

struct jsonin *json_doc_any(const struct json_doc *d, struct text object,
			    const char *place, const struct json_value **values)
{
	return parse(d, object, place, values);
}

void json_doc_line(struct json_doc *d, const char *key, size_t i)
{
	d->member = key;
	d->element = i;
}

void json_doc_list(const struct json_doc *d, struct text list,
		   const char *place, struct json_list *out)
{
	struct json_framer framer = { 0 };
	struct frames f = { 0 };

	*out = (struct json_list){ 0 };
	if (list.n == 0 || list.p[0] != '[') {
		json_doc_fault(d, "bad-shape", place, "not a list");
		return;
	}
	json_frame(&framer, &f, list.p, list.n, true);
	if (f.n > JSON_DOC_LIST) {
		json_doc_fault(d, "too-many", place, "too many elements");
		f.n = 0;
	}
	out->item = mem_alloc(f.n, sizeof(*out->item));
	for (size_t i = 0; i < f.n; i++)
		out->item[out->n++] = (struct text){
			list.p + f.rec[i].start,
			f.rec[i].stop - f.rec[i].start
		};
	frames_release(&f);
}

void json_list_release(struct json_list *list)
{
	free(list->item);
}

struct text json_doc_plain(const struct json_doc *d, struct text item,
			   const char *place)
{
	const char *why = NULL;

	if (item.n < 2 || item.p[0] != '"')
		why = "not a list of strings";
	else if (memchr(item.p, '\\', item.n))
		why = "a string with a backslash";
	if (!why)
		return (struct text){ item.p + 1, item.n - 2 };
	json_doc_fault(d, "bad-shape", place, "%s", why);
	return TEXT("");
}
