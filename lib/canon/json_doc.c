/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small JSON documents, by the readers of the streams. */
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

void json_doc_refuse(const struct json_doc *d, const char *place,
		     const char *why)
{
	die("%s: %s: %s", d->name, place, why);
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

void json_doc_read(struct json_doc *d, const char *name, const char *kind)
{
	char *path = find(name, kind);
	size_t skip;

	*d = (struct json_doc){ .name = name };
	share_read_file(path, DOC_MIB_MAX, &d->bytes);
	free(path);
	skip = text_starts(buf_text(&d->bytes), "\xef\xbb\xbf") ? 3 : 0;
	memmove(d->bytes.p, d->bytes.p + skip, d->bytes.n - skip);
	d->bytes.n -= skip;
	if (utf8_bad(d->bytes.p, d->bytes.n) < d->bytes.n)
		json_doc_refuse(d, "the file", "not valid UTF-8");
}

void json_doc_release(struct json_doc *d)
{
	buf_release(&d->bytes);
}

static unsigned long line_of(struct text t, size_t offset)
{
	unsigned long line = 1;

	for (size_t i = 0; i < offset && i < t.n; i++)
		line += t.p[i] == '\n';
	return line;
}

static struct jsonin *parse(const struct json_doc *d, struct text object,
			    const char *place, const struct json_value **v)
{
	struct jsonin *in = jsonin_new();
	struct json_fault fault;

	if (jsonin_parse(in, object, true, v, &fault))
		return in;
	/* Only the whole document stands as it was written. */
	if (object.p == d->bytes.p)
		die("%s:%lu: %s: %s", d->name, line_of(object, fault.offset),
		    reason_code(fault.reason), reason_sentence(fault.reason));
	json_doc_refuse(d, place, reason_sentence(fault.reason));
}

static void check_kind(const struct json_doc *d, const char *place,
		       const struct json_key *key, const struct json_value *v)
{
	static const char *const shape[] = {
		[JSON_STRING] = "a string",
		[JSON_NUMBER] = "a number",
		[JSON_BOOL] = "true or false",
		[JSON_NESTED] = "a list or an object",
	};

	if (v->kind == JSON_ABSENT && key->required)
		die("%s: %s: \"%s\" is missing", d->name, place, key->name);
	if (v->kind != JSON_ABSENT && key->kind != JSON_ABSENT &&
	    v->kind != key->kind)
		die("%s: %s: \"%s\" is not %s", d->name, place, key->name,
		    shape[key->kind]);
}

void json_doc_object(const struct json_doc *d, struct text object,
		     const char *place, const struct json_key *keys, size_t n,
		     struct json_value *values, struct jsonin **hold)
{
	const struct json_value *v;
	struct jsonin *in = parse(d, object, place, &v);

	memset(values, 0, n * sizeof(*values));
	for (size_t c = 0; c < jsonin_columns(in); c++) {
		struct text key = jsonin_key(in, c);
		size_t k = 0;

		while (k < n && !text_is(key, keys[k].name))
			k++;
		if (k == n)
			die("%s: %s: \"%.*s\" has no meaning here", d->name,
			    place, (int)(key.n < 40 ? key.n : 40), key.p);
		values[k] = v[c];
	}
	for (size_t k = 0; k < n; k++)
		check_kind(d, place, &keys[k], &values[k]);
	*hold = in;
}

void json_doc_list(const struct json_doc *d, struct text list,
		   const char *place, struct json_list *out)
{
	struct json_framer framer = { 0 };
	struct frames f = { 0 };

	*out = (struct json_list){ 0 };
	if (list.n == 0 || list.p[0] != '[')
		json_doc_refuse(d, place, "not a list");
	json_frame(&framer, &f, list.p, list.n, true);
	if (f.n > JSON_DOC_LIST)
		json_doc_refuse(d, place, "too many elements");
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
	if (item.n < 2 || item.p[0] != '"')
		json_doc_refuse(d, place, "not a list of strings");
	if (memchr(item.p, '\\', item.n))
		json_doc_refuse(d, place, "a string with a backslash");
	return (struct text){ item.p + 1, item.n - 2 };
}
