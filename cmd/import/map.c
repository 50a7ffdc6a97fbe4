/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps read, and the export that a file is found among them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/share.h"
#include "base/utf8.h"
#include "canon/json_doc.h"
#include "cmd/import/map.h"

/* ---- reading ---- */

static struct text keep(struct maps *m, struct text t)
{
	return (struct text){ arena_strdup(&m->hold, t.p, t.n), t.n };
}

/* "crm-import map 1" and what it lists; absent in a map by hand. */
static bool is_saved(struct text object, const char *path)
{
	struct jsonin *json = jsonin_new();
	const struct json_value *values;
	struct json_fault fault;
	bool saved = false;

	if (!jsonin_parse(json, object, true, &values, &fault))
		die("%s: not a JSON object of headers and names (%s at byte "
		    "%zu)",
		    path, reason_code(fault.reason), fault.offset + 1);
	for (size_t i = 0; i < jsonin_columns(json); i++)
		saved |= text_is(jsonin_key(json, i), "exports") &&
			 values[i].kind == JSON_NESTED;
	jsonin_free(json);
	return saved;
}

static void read_by_hand(struct aliases *a, struct text object,
			 const char *path)
{
	struct jsonin *json = jsonin_new();
	const struct json_value *values;
	struct json_fault fault;

	jsonin_parse(json, object, true, &values, &fault);
	for (size_t i = 0; i < jsonin_columns(json); i++) {
		if (values[i].kind != JSON_STRING)
			die("%s: the name of a column is text", path);
		aliases_say(a, jsonin_key(json, i), values[i].text,
			    HEADER_MAP);
	}
	jsonin_free(json);
}

/* ---- a saved one ---- */

static void set_kind(struct mapped *e, const struct json_doc *d,
		     struct text kind)
{
	e->kind = EXPORT_COMMON;
	e->stream = kind.n ? schema_find(kind) : NULL;
	if (e->stream || kind.n == 0 || text_is(kind, "table"))
		return;
	for (int k = 0; k < EXPORT_KINDS; k++)
		if (text_is(kind, export_name((enum export)k)))
			e->kind = (enum export)k;
	if (e->kind == EXPORT_COMMON)
		json_doc_refuse(d, "kind", "no kind of export is called so");
}

/* As decode_name() has it; what was all ASCII may be anything next time. */
static void set_encoding(struct mapped *e, const struct json_doc *d,
			 struct text name)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} encodings[] = {
		{ "utf-8", DECODE_UTF8 },
		{ "gb18030", DECODE_GB18030 },
		{ "utf-16", DECODE_UTF16 },
		{ "utf-16le", DECODE_UTF16 },
		{ "utf-16be", DECODE_UTF16 },
		{ "latin1", DECODE_LATIN1 },
	};

	e->encoding = DECODE_AUTO;
	if (name.n == 0 || text_is(name, "ascii") || text_is(name, "auto"))
		return;
	for (size_t i = 0; i < NELEMS(encodings); i++)
		if (text_is(name, encodings[i].name)) {
			e->encoding = encodings[i].encoding;
			e->encoding_name = encodings[i].name;
			return;
		}
	json_doc_refuse(d, "encoding", "no such encoding is read");
}

static unsigned levels_in(const struct json_doc *d, const struct json_value *v)
{
	int64_t n = 1;

	if (v->kind != JSON_ABSENT &&
	    (!number_int(v->text, &n) || n < 0 || n > 2))
		json_doc_refuse(d, "header_levels", "not 0, 1 or 2");
	return (unsigned)n;
}

static enum plan_holds holds_in(const struct json_doc *d, struct text word)
{
	for (int h = 0; h < PLAN_HOLDS; h++)
		if (text_is(word, plan_holds_name((enum plan_holds)h)))
			return (enum plan_holds)h;
	json_doc_refuse(d, "holds", "no column holds what is called so");
}

static void add_column(struct maps *m, const struct json_doc *d,
		       struct mapped *e, struct text object)
{
	enum { HEADER, NAME, HOLDS };
	static const struct json_key keys[] = {
		[HEADER] = { "header", JSON_STRING, true },
		[NAME] = { "name", JSON_STRING, true },
		[HOLDS] = { "holds", JSON_STRING, false },
	};
	struct json_value v[NELEMS(keys)];
	struct mapped_column *c = &e->column[e->columns++];
	struct jsonin *hold;

	json_doc_object(d, object, "columns", keys, NELEMS(keys), v, &hold);
	c->header = keep(m, v[HEADER].text);
	c->given.name = keep(m, v[NAME].text);
	c->given.holds = holds_in(d, v[HOLDS].text);
	jsonin_free(hold);
}

/* A header, and how many such stood before it. */
static void place_key(struct group *seen, struct text header, struct buf *key)
{
	uint32_t *n;

	buf_clear(key);
	header_fold(key, header);
	buf_addc(key, '\x1f');
	n = group_entry(seen, group_intern(seen, buf_text(key)));
	buf_addf(key, "%u", (*n)++);
}

static void index_columns(struct mapped *e)
{
	struct group *seen = group_new(sizeof(uint32_t), 0, NULL, NULL);
	struct buf key = { 0 };

	e->place = group_new(sizeof(uint32_t), 0, NULL, NULL);
	for (size_t i = 0; i < e->columns; i++) {
		uint32_t *at;

		place_key(seen, e->column[i].header, &key);
		at = group_entry(e->place,
				 group_intern(e->place, buf_text(&key)));
		*at = (uint32_t)i;
	}
	group_free(seen);
	buf_release(&key);
}

static void check_dates(const struct json_doc *d, struct text dates)
{
	struct reading_rules unused = { 0 };

	if (dates.n && !reading_dates(dates, &unused))
		json_doc_refuse(d, "dates", "not ymd, dmy, mdy or serial");
}

static void add_export(struct maps *m, const struct json_doc *d,
		       struct text object)
{
	enum { FILE_, KIND, ENCODING, DELIMITER, DATES, LINE, LEVELS, COLUMNS };
	static const struct json_key keys[] = {
		[FILE_] = { "file", JSON_STRING, false },
		[KIND] = { "kind", JSON_STRING, false },
		[ENCODING] = { "encoding", JSON_STRING, false },
		[DELIMITER] = { "delimiter", JSON_STRING, false },
		[DATES] = { "dates", JSON_STRING, false },
		[LINE] = { "header_line", JSON_NUMBER, false },
		[LEVELS] = { "header_levels", JSON_NUMBER, false },
		[COLUMNS] = { "columns", JSON_NESTED, true },
	};
	struct json_value v[NELEMS(keys)];
	struct json_list columns;
	struct jsonin *hold;
	struct mapped *e;

	json_doc_object(d, object, "exports", keys, NELEMS(keys), v, &hold);
	m->export = mem_grow(m->export, m->n, &m->cap, sizeof(*m->export));
	e = &m->export[m->n++];
	*e = (struct mapped){ .dates = keep(m, v[DATES].text) };
	set_kind(e, d, v[KIND].text);
	set_encoding(e, d, v[ENCODING].text);
	check_dates(d, e->dates);
	if (v[DELIMITER].text.n > 1)
		json_doc_refuse(d, "delimiter", "more than one byte");
	e->delimiter = v[DELIMITER].text.n ? v[DELIMITER].text.p[0] : '\0';
	e->levels = levels_in(d, &v[LEVELS]);
	json_doc_list(d, v[COLUMNS].text, "columns", &columns);
	e->column = mem_zalloc(columns.n, sizeof(*e->column));
	for (size_t i = 0; i < columns.n; i++)
		add_column(m, d, e, columns.item[i]);
	index_columns(e);
	json_list_release(&columns);
	jsonin_free(hold);
}

static void read_saved(struct maps *m, const struct json_doc *d,
		       struct text object)
{
	enum { FORMAT, EXPORTS };
	static const struct json_key keys[] = {
		[FORMAT] = { "format", JSON_STRING, true },
		[EXPORTS] = { "exports", JSON_NESTED, true },
	};
	struct json_value v[NELEMS(keys)];
	struct json_list exports;
	struct jsonin *hold;

	json_doc_object(d, object, "the map", keys, NELEMS(keys), v, &hold);
	if (!text_is(v[FORMAT].text, "crm-import map 1"))
		json_doc_refuse(d, "format", "this program reads "
					     "\"crm-import map 1\"");
	json_doc_list(d, v[EXPORTS].text, "exports", &exports);
	for (size_t i = 0; i < exports.n; i++)
		add_export(m, d, exports.item[i]);
	json_list_release(&exports);
	jsonin_free(hold);
}

void maps_read(struct maps *m, struct aliases *a, const char *path)
{
	struct json_doc d = { .name = path };
	struct text object;

	share_read_file(path, MAPS_MIB, &d.bytes);
	object = buf_text(&d.bytes);
	if (text_starts(object, "\xef\xbb\xbf"))
		object.p += 3, object.n -= 3;
	object = text_trim(object);
	if (utf8_bad(object.p, object.n) < object.n)
		die("%s: not valid UTF-8", path);
	m->path = path;
	if (is_saved(object, path))
		read_saved(m, &d, object);
	else
		read_by_hand(a, object, path);
	json_doc_release(&d);
}

void maps_release(struct maps *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->export[i].column);
		group_free(m->export[i].place);
	}
	free(m->export);
	arena_release(&m->hold);
}

/* ---- which export is it? ---- */

/* Columns that the file shares with the export; place[i], unless NULL, is
 * the export's column for the file's column i, SIZE_MAX for a new one. */
static size_t shared(const struct mapped *e, const struct text *name, size_t n,
		     size_t *place)
{
	struct group *seen = group_new(sizeof(uint32_t), 0, NULL, NULL);
	struct buf key = { 0 };
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		size_t at;

		place_key(seen, name[i], &key);
		at = group_find(e->place, buf_text(&key));
		found += at != SIZE_MAX;
		if (!place)
			continue;
		place[i] = SIZE_MAX;
		if (at != SIZE_MAX)
			place[i] = *(uint32_t *)group_entry(e->place, at);
	}
	group_free(seen);
	buf_release(&key);
	return found;
}

const struct mapped *maps_named(const struct maps *m, const struct text *name,
				size_t n, const struct mapped **unlike)
{
	const struct mapped *same = NULL;
	size_t best = 0;

	*unlike = NULL;
	for (size_t i = 0; i < m->n && !same; i++) {
		const struct mapped *e = &m->export[i];
		size_t k = shared(e, name, n, NULL);

		if (k == n && n == e->columns)
			same = e;
		if (k > best) {
			best = k;
			*unlike = e;
		}
	}
	return same;
}

static bool has_width(const struct maps *m, size_t n, unsigned levels)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->export[i].columns == n && m->export[i].levels == levels)
			return true;
	return false;
}

/* Does the header of an export stand in this row (and the one above)? */
static const struct mapped *in_row(const struct maps *m,
				   const struct aliases *a, struct grid *g,
				   struct layout *l)
{
	size_t n = layout_width(g, l);
	const struct mapped *found = NULL, *unlike;
	struct text *name;

	if (!has_width(m, n, 1 + l->two_level))
		return NULL;
	name = mem_alloc(n, sizeof(*name));
	layout_names(a, g, l, name);
	found = maps_named(m, name, n, &unlike);
	free(name);
	return found && found->levels == 1u + l->two_level ? found : NULL;
}

/* An export without a header is known by its width alone. */
static const struct mapped *by_width(const struct maps *m,
				     const struct aliases *a,
				     const struct grid *g)
{
	struct layout l = { 0 };

	if (!layout_find(a, g, &l) || l.known)
		return NULL;
	for (size_t i = 0; i < m->n; i++)
		if (m->export[i].levels == 0 &&
		    m->export[i].columns == g->width[l.row])
			return &m->export[i];
	return NULL;
}

const struct mapped *maps_find(const struct maps *m, const struct aliases *a,
			       struct grid *g, struct layout *l)
{
	const struct mapped *found;

	for (size_t row = 0; row < g->rows; row++) {
		*l = (struct layout){ .row = row };
		found = in_row(m, a, g, l);
		l->two_level = !found && row > 0;
		if (l->two_level)
			found = in_row(m, a, g, l);
		if (found)
			return found;
	}
	return by_width(m, a, g);
}

struct plan_given *mapped_columns(const struct mapped *e,
				  const struct text *name, size_t n)
{
	struct plan_given *given = mem_zalloc(n, sizeof(*given));
	size_t *place = mem_alloc(n, sizeof(*place));

	shared(e, name, n, place);
	for (size_t i = 0; i < n; i++)
		if (place[i] != SIZE_MAX)
			given[i] = e->column[place[i]].given;
	free(place);
	return given;
}

static void tell(const char *path, struct text header, const char *what,
		 const char *map)
{
	struct buf name = { 0 };

	utf8_show(&name, header, 60);
	warn("%s: the column \"%s\" is %s %s", path, name.p ? name.p : "",
	     what, map);
	buf_release(&name);
}

void maps_tell(const struct maps *m, const char *path, const struct text *name,
	       size_t n)
{
	const struct mapped *e;
	size_t *place;
	bool *there;

	maps_named(m, name, n, &e);
	if (!e) {
		warn("%s: none of its columns is in %s", path, m->path);
		return;
	}
	place = mem_alloc(n, sizeof(*place));
	there = mem_zalloc(e->columns, sizeof(*there));
	shared(e, name, n, place);
	for (size_t i = 0; i < n; i++) {
		if (place[i] == SIZE_MAX)
			tell(path, name[i], "new, not in", m->path);
		else
			there[place[i]] = true;
	}
	for (size_t i = 0; i < e->columns; i++)
		if (!there[i])
			tell(path, e->column[i].header, "gone, but in",
			     m->path);
	free(place);
	free(there);
}
