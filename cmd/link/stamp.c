/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --stamp DIR: each file is read a second time and written with the ids: in
 * customer_id what the record is called now, in linked_from (a last column)
 * what it was called before. All other cells stay byte for byte as they are.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/csv_out.h"
#include "stream/json_out.h"
#include "stream/sink.h"
#include "stream/table.h"

#include "cmd/link/stream.h"

#define NONE SIZE_MAX

struct stamp {
	const struct common *common;
	char *const *files;
	size_t n;
	char **to;		/* paths */
	struct sink **sink;
};

/* ---- places ---- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* A pipe cannot be read twice. */
static void check_file(const char *path)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		die_usage("--stamp reads each file twice: standard input must "
			  "be a file with a name");
	if (stat(path, &st) < 0)
		die_errno("%s", path);
	if (!S_ISREG(st.st_mode))
		die_usage("%s: --stamp reads each file twice: not a pipe or "
			  "device", path);
}

static char *place(const char *dir, const char *file)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s/%s", dir, base_name(file));
	return b.p;
}

static void check_places(const struct stamp *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->n; k++) {
			if (is_same(s->to[i], s->files[k]))
				die_usage("--stamp: %s would replace a file "
					  "that is read; take another folder",
					  s->to[i]);
			if (k < i && strcmp(s->to[i], s->to[k]) == 0)
				die_usage("--stamp: two files are called %s; "
					  "stamp them one after the other",
					  base_name(s->to[i]));
		}
}

static void check_options(const struct common *c)
{
	if (c->wheres.n || c->since != DAY_NONE || c->until != DAY_NONE ||
	    c->period)
		die_usage("--stamp writes files whole: no --where and no "
			  "period");
}

struct stamp *stamp_open(const struct link_options *o, const char *dir,
			 char *const *files, size_t nfiles)
{
	struct stamp *s = mem_zalloc(1, sizeof(*s));

	check_options(&o->common);
	if (!nfiles)
		check_file("-");
	s->common = &o->common;
	s->files = files;
	s->n = nfiles;
	s->to = mem_alloc(nfiles, sizeof(*s->to));
	s->sink = mem_alloc(nfiles, sizeof(struct sink *));
	for (size_t i = 0; i < nfiles; i++) {
		check_file(files[i]);
		s->to[i] = place(dir, files[i]);
	}
	check_places(s);
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		die_errno("%s", dir);
	return s;
}

/* ---- one file ---- */

struct copy {
	struct table table;
	struct stream_columns at;
	const struct link_run *run;
	struct sink *out;
	struct buf line;
	uint64_t rows;
};

static struct text header_of(const struct common *c, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = c->cols.n; i-- > 0;)
		if (strncmp(c->cols.item[i], name, n) == 0 &&
		    c->cols.item[i][n] == '=')
			return text_of(c->cols.item[i] + n + 1);
	return text_of(name);
}

static size_t find(const struct copy *c, const struct common *common,
		   const char *name)
{
	bool twice;

	return table_find(&c->table, header_of(common, name), &twice);
}

static struct text value(const struct copy *c, size_t column)
{
	struct text t = { NULL, 0 };

	if (column != NONE)
		table_value(&c->table, column, &t);
	return t;
}

/* The id of whom the row is about; empty: nobody known. */
static struct text id_of_row(const struct copy *c)
{
	struct stream_row row = stream_row_of(
		value(c, c->at.customer_id), value(c, c->at.lead_id),
		value(c, c->at.linked_from), c->at.linked_from != NONE);
	uint32_t record;

	if (!row.name.n)
		return (struct text){ NULL, 0 };
	record = link_find(c->run, text_of(people_source_name(row.source)),
			   row.name);
	/* The file changed while it was read. */
	if (record == UINT32_MAX)
		die("%s:%llu: this record was not there when the file was "
		    "read first", c->table.path,
		    (unsigned long long)table_line(&c->table));
	return link_id(c->run, record);
}

static void put_csv_row(struct copy *c, struct text id)
{
	const struct table *t = &c->table;
	const char delimiter = t->delimiter;

	for (size_t i = 0; i < t->columns; i++) {
		struct text raw = csvin_raw(&t->block->frames, t->rec,
					    t->block->bytes, i);

		if (i)
			sink_put(c->out, &delimiter, 1);
		if (i == c->at.customer_id)
			csvout_cell(c->out, id, delimiter);
		else
			sink_put(c->out, raw.p, raw.n);
	}
	if (c->at.customer_id == NONE) {
		sink_put(c->out, &delimiter, 1);
		csvout_cell(c->out, id, delimiter);
	}
	if (c->at.linked_from == NONE) {
		sink_put(c->out, &delimiter, 1);
		csvout_cell(c->out, value(c, c->at.customer_id), delimiter);
	}
	sink_puts(c->out, "\n");
}

static void put_csv_header(struct copy *c)
{
	const struct table *t = &c->table;

	sink_put(c->out, t->header.p, t->header.n);
	if (c->at.customer_id == NONE) {
		sink_put(c->out, &t->delimiter, 1);
		sink_puts(c->out, "customer_id");
	}
	if (c->at.linked_from == NONE) {
		sink_put(c->out, &t->delimiter, 1);
		sink_puts(c->out, "linked_from");
	}
	sink_puts(c->out, "\n");
}

static void put_member(struct buf *b, struct text key)
{
	buf_addc(b, b->n > 1 ? ',' : '{');
	jsonout_string(b, key);
	buf_addc(b, ':');
}

static void put_string(struct buf *b, struct text t)
{
	if (t.n)
		jsonout_string(b, t);
	else
		buf_adds(b, "null");
}

static void put_value(struct buf *b, const struct json_value *v)
{
	if (v->kind == JSON_STRING)
		jsonout_string(b, v->text);
	else if (v->kind == JSON_NULL)
		buf_adds(b, "null");
	else
		buf_addt(b, v->text);
}

static bool is_there(const struct copy *c, size_t column)
{
	return column != NONE && c->table.json[column].kind != JSON_ABSENT;
}

static void put_json_row(struct copy *c, struct text id)
{
	const struct table *t = &c->table;
	struct buf *b = &c->line;

	buf_clear(b);
	for (size_t i = 0; i < t->columns; i++) {
		if (!is_there(c, i))
			continue;
		put_member(b, t->name[i]);
		if (i == c->at.customer_id)
			put_string(b, id);
		else
			put_value(b, &t->json[i]);
	}
	if (!is_there(c, c->at.customer_id)) {
		put_member(b, TEXT("customer_id"));
		put_string(b, id);
	}
	if (!is_there(c, c->at.linked_from)) {
		put_member(b, TEXT("linked_from"));
		put_string(b, value(c, c->at.customer_id));
	}
	buf_addc(b, '}');
	if (t->format == TABLE_JSON)
		sink_puts(c->out, c->rows ? ",\n" : "[\n");
	sink_put(c->out, b->p, b->n);
	if (t->format == TABLE_NDJSON)
		sink_puts(c->out, "\n");
}

static bool is_json(const struct table *t)
{
	return t->format == TABLE_NDJSON || t->format == TABLE_JSON;
}

static void copy_file(struct stamp *s, size_t i, const struct link_run *r)
{
	struct copy c = { .run = r };

	table_open(&c.table, s->files[i], s->common->from, false, NULL, 0);
	c.at.customer_id = find(&c, s->common, "customer_id");
	c.at.lead_id = find(&c, s->common, "lead_id");
	c.at.linked_from = find(&c, s->common, "linked_from");
	c.out = s->sink[i] = sink_open(s->to[i], SINK_PERSONAL);
	if (!is_json(&c.table))
		put_csv_header(&c);
	while (table_next(&c.table)) {
		/* Such rows were set aside when the file was read first. */
		if (c.table.fault)
			continue;
		if (is_json(&c.table))
			put_json_row(&c, id_of_row(&c));
		else
			put_csv_row(&c, id_of_row(&c));
		c.rows++;
	}
	if (c.table.format == TABLE_JSON)
		sink_puts(c.out, c.rows ? "\n]\n" : "[]\n");
	table_close(&c.table);
	buf_release(&c.line);
}

void stamp_write(struct stamp *s, const struct link_run *r)
{
	for (size_t i = 0; i < s->n; i++)
		copy_file(s, i, r);
}

void stamp_close(struct stamp *s)
{
	for (size_t i = 0; i < s->n; i++) {
		sink_close(s->sink[i]);
		free(s->to[i]);
	}
	free(s->to);
	free(s->sink);
	free(s);
}
