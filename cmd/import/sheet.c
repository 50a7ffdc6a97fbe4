/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file opened: as it was for a map, or anew; its header and its plan. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/import/sheet_head.h"

/* As many as a spreadsheet has. */
#define COLUMNS_MAX 16384

static void set_width(struct sheet *s, size_t columns)
{
	if (columns > COLUMNS_MAX)
		die("%s: a header of %zu columns; %d are the most", s->path,
		    columns, COLUMNS_MAX);
	s->columns = columns;
	s->header = mem_zalloc(columns, sizeof(*s->header));
}

/* --header a,b,c: the file has none. */
static void given_header(struct sheet *s, const char *names)
{
	struct text rest = text_of(names), name;
	size_t n = 1;

	for (const char *p = names; *p; p++)
		n += *p == ',';
	set_width(s, n);
	for (size_t i = 0; i < n && text_split(&rest, ',', &name); i++)
		s->header[i] = text_trim(name);
	s->raw_header = text_of(names);
}

static void check_header(const struct sheet *s)
{
	struct text raw = s->raw_header;
	const char *encoding = decode_name(s->decode);

	if (utf8_bad(raw.p, raw.n) < raw.n && strcmp(encoding, "utf-8") != 0)
		die("%s:%llu: the header is not valid in the encoding %s; "
		    "another --encoding, or none, may fit",
		    s->path, (unsigned long long)s->header_line, encoding);
	if (utf8_bad(raw.p, raw.n) < raw.n)
		die("%s:%llu: the header is not valid UTF-8; name the "
		    "encoding with --encoding gb18030, utf-16 or latin1",
		    s->path, (unsigned long long)s->header_line);
	if (raw.n && memchr(raw.p, '\0', raw.n))
		die("%s:%llu: the header holds a NUL byte", s->path,
		    (unsigned long long)s->header_line);
}

static void take_header(struct sheet *s, const struct import *run,
			const struct layout *l)
{
	size_t top = l->two_level ? l->row - 1 : l->row;

	set_width(s, layout_width(&s->grid, l));
	layout_names(run->aliases, &s->grid, l, s->header);
	s->levels = 1 + l->two_level;
	s->header_line = s->grid.line[l->row];
	s->header_from = s->grid.line[top];
	s->raw_header.p = s->grid.raw[top].p;
	s->raw_header.n = (size_t)(s->grid.raw[l->row].p +
				   s->grid.raw[l->row].n - s->raw_header.p);
	s->first_sample = l->row + 1;
	check_header(s);
}

/* The keys are the header, and no line of the file is. */
static void json_header(struct sheet *s, const struct import *run)
{
	struct layout first = { 0 };

	s->levels = 1;
	if (s->grid.rows == 0)
		return;
	take_header(s, run, &first);
	s->raw_header = (struct text){ 0 };
	s->header_line = s->header_from = 0;
}

static void found_header(struct sheet *s, const struct import *run)
{
	struct layout l = { 0 };

	if (!layout_find(run->aliases, &s->grid, &l))
		die("%s: no header: the file is empty", s->path);
	take_header(s, run, &l);
	/* A delimiter at the end of every line: a column that is none. */
	if (s->columns > 1 && s->header[s->columns - 1].n == 0 &&
	    run->o->common.verbose)
		warn("%s: the last column has no name", s->path);
}

/* ---- opening ---- */

/* A pipe gives its bytes once. */
static bool opens_again(const struct sheet *s)
{
	struct stat st;

	return strcmp(s->path, "-") != 0 && stat(s->path, &st) == 0 &&
	       S_ISREG(st.st_mode);
}

static bool is_read_as(const struct sheet *s, const struct mapped *m)
{
	return (!m->encoding_name ||
		strcmp(m->encoding_name, decode_name(s->decode)) == 0) &&
	       (!m->delimiter || m->delimiter == s->delimiter);
}

/* What is not said on the command line is as the map has it. */
static struct sheet_way way_of(const struct mapped *m,
			 const struct import_options *o)
{
	struct sheet_way way = { (enum encoding)o->encoding,
				 o->delimiter_byte };

	if (way.encoding == DECODE_AUTO)
		way.encoding = m->encoding;
	if (!way.delimiter)
		way.delimiter = m->delimiter;
	return way;
}

/*
 * Opens the file as it would be without a map. Is its header then another
 * than the map's, or was it read in another encoding, it is opened as each
 * of the map's exports was; is it still another, the encoding has changed
 * (which is no harm) or the columns have.
 */
static const struct mapped *open_by_map(struct sheet *s,
					const struct import *run,
					struct sheet_way first,
					struct layout *l)
{
	const struct maps *maps = &run->maps;
	const struct mapped *m;

	sheet_open_in(s, run, first);
	m = maps_find(maps, run->aliases, &s->grid, l);
	if ((m && is_read_as(s, m)) || !opens_again(s))
		return m;
	for (size_t i = 0; i < maps->n; i++) {
		const struct mapped *export = &maps->export[i];

		sheet_close_again(s);
		sheet_open_in(s, run, way_of(export, run->o));
		m = maps_find(maps, run->aliases, &s->grid, l);
		if (m && is_read_as(s, m))
			return m;
	}
	sheet_close_again(s);
	first = (struct sheet_way){ (enum encoding)run->o->encoding,
			      run->o->delimiter_byte };
	sheet_open_in(s, run, first);
	return maps_find(maps, run->aliases, &s->grid, l);
}

static void names_of(struct sheet *s, const struct mapped *m)
{
	set_width(s, m->columns);
	for (size_t i = 0; i < m->columns; i++)
		s->header[i] = m->column[i].header;
}

/* Takes over what the map has settled, or tells how the columns differ. */
static void fit(struct sheet *s, const struct import *run)
{
	const struct mapped *unlike;

	s->mapped = maps_named(&run->maps, s->header, s->columns, &unlike);
	s->changed = !s->mapped;
	if (s->changed) {
		maps_tell(&run->maps, s->path, s->header, s->columns);
		return;
	}
	s->given = mapped_columns(s->mapped, s->header, s->columns);
	if (!run->o->dates)
		reading_dates(s->mapped->dates, &s->project.rules);
}

static void open_sheet(struct sheet *s, const struct import *run)
{
	const struct import_options *o = run->o;
	struct sheet_way first = { (enum encoding)o->encoding,
				   o->delimiter_byte };
	const struct mapped *m = NULL;
	struct layout l;

	if (run->maps.n == 1)
		first = way_of(&run->maps.export[0], o);
	if (run->maps.n == 0 || o->header)
		sheet_open_in(s, run, first);
	else
		m = open_by_map(s, run, first, &l);
	source_decode(s->source, decode_read, s->decode);
	if (s->json) {
		json_header(s, run);
		if (run->maps.n && s->columns)
			fit(s, run);
		return;
	}
	if (o->header && s->grid.rows == 0)
		die("%s: the file is empty: no row under the header", s->path);
	if (o->header)
		given_header(s, o->header);
	else if (m && m->levels)
		take_header(s, run, &l);
	else if (m)
		names_of(s, m);
	else
		found_header(s, run);
	if (run->maps.n)
		fit(s, run);
}

void sheet_open(struct sheet *s, const char *path, const struct import *run)
{
	const char *slash;

	*s = (struct sheet){ .path = path, .project = run->o->project };
	/* A name is bytes, a stream is text. */
	if (utf8_bad(path, strlen(path)) < strlen(path))
		utf8_show(&s->shown, text_of(path), 1000);
	else
		buf_adds(&s->shown, path);
	slash = strrchr(s->shown.p, '/');
	s->name = slash ? slash + 1 : s->shown.p;
	open_sheet(s, run);
	/* Of many workbooks only the one that is read holds its texts. */
	if (run->sheets > 1)
		source_rest(s->source);
	if (run->o->common.verbose && s->json)
		warn("%s: %s, %zu keys in the first object", path,
		     s->format == TABLE_JSON ? "a list of JSON objects" :
					       "a JSON object a line",
		     s->columns);
	else if (run->o->common.verbose && s->by_row)
		warn("%s: header in row %llu", path,
		     (unsigned long long)s->header_line);
	else if (run->o->common.verbose)
		warn("%s: encoding %s, delimiter %s, header on line %llu",
		     path, decode_name(s->decode),
		     s->delimiter == '\t' ? "tab" :
		     s->delimiter == ','  ? "," :
		     s->delimiter == ';'  ? ";" :
					    "|",
		     (unsigned long long)s->header_line);
}

/* The kind that --kind or a map gives; EXPORT_COMMON: by the headers. */
static enum export given_kind(const struct sheet *s,
			      const struct import_options *o)
{
	if (o->kind)
		return (enum export)(o->kind - 1);
	return s->mapped ? s->mapped->kind : EXPORT_COMMON;
}

void sheet_plan(struct sheet *s, struct import *run,
		const struct schema *schema, int points[EXPORT_KINDS])
{
	const struct plan_file file = {
		.kind = given_kind(s, run->o),
		.header = s->header,
		.columns = s->columns,
		.grid = &s->grid,
		.first_sample = s->first_sample,
		.given = s->given,
		.stream = s->mapped && !run->o->kind ? s->mapped->stream : NULL,
	};

	plan_make(&s->plan, run->aliases, schema, &file, &s->project.rules,
		  &run->extras, points);
	s->kind = s->plan.canonical ? schema->name : export_name(s->plan.kind);
	s->column = mem_alloc(s->columns, sizeof(*s->column));
	for (size_t i = 0; i < s->columns; i++) {
		const struct plan_column *c = &s->plan.column[i];

		s->column[i] = (struct sheet_column){
			c->match, c->as, c->twin, plan_settled(&s->plan, i)
		};
		if (c->match.field != FIELD_NONE)
			s->column[i].as =
				text_of(field_all[c->match.field].name);
	}
}

void sheet_close(struct sheet *s)
{
	/* The feed has closed the source, where there was one. */
	if (!s->fed)
		source_close(s->source);
	plan_release(&s->plan);
	decode_free(s->decode);
	sheet_uncut(s);
	free(s->header);
	free(s->given);
	free(s->column);
	buf_release(&s->shown);
}
