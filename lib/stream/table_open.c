/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table opened: its format, its header; and readers that share one. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/opt.h"
#include "stream/table_in.h"

static const char formats[] = "csv|tsv|ndjson|json";

/* By the first byte that is not blank. */
static enum table_format sniff(struct source *s)
{
	switch (source_first_byte(s)) {
	case '{':
		return TABLE_NDJSON;
	case '[':
		return TABLE_JSON;
	default:
		return TABLE_CSV;
	}
}

static enum table_format format_of(struct source *s, const char *format)
{
	int i;

	if (!format)
		return sniff(s);
	i = opt_choice(formats, text_of(format));
	if (i < 0)
		die_usage("--from: \"%s\" is not one of %s", format, formats);
	return (enum table_format)i;
}

static struct source *open_source(const char *path)
{
	struct source *s = source_need(path);
	const char *foreign = source_foreign(s);

	if (foreign)
		die("%s: this is %s", path, foreign);
	return s;
}

/* Bad records before the first sound object that are kept at most, in number
 * and in bytes; a file that has more is no NDJSON. */
#define EARLY_MAX 1000
#define EARLY_BYTES ROW_LIMIT

/* A header of one column that holds another delimiter was read by the wrong
 * one. */
static void check_delimiter(const struct table *t)
{
	static const struct {
		char c;
		const char *name;
	} others[] = { { ';', "';'" }, { '\t', "tab" }, { '|', "'|'" },
		       { ',', "','" } };

	for (size_t i = 0; i < NELEMS(others); i++)
		if (t->columns == 1 && others[i].c != t->delimiter &&
		    memchr(t->name[0].p, others[i].c, t->name[0].n))
			die("%s: the header is one column that holds %s: read "
			    "it with %s, or clean it with crm-import table",
			    t->path, others[i].name,
			    others[i].c == '\t' ? "--from tsv" :
			    others[i].c == ',' ?
						  "--from csv" :
						  "crm-import table "
						  "--delimiter");
}

/* A line that tells a spreadsheet the delimiter: "sep=;". */
static void check_sep_line(const struct table *t)
{
	const struct text *h = &t->header;

	if (h->n <= 5 && text_starts(*h, "sep="))
		die("%s: the line \"sep=\" before the header is for a "
		    "spreadsheet; `crm-import table` reads such a file",
		    t->path);
}

static void read_csv_header(struct table *t)
{
	if (!table_advance(t))
		die("%s: no header: the file is empty", t->path);
	t->header_line = table_line(t);
	t->columns = t->rec->fields;
	table_judge(t, false);
	if (t->fault)
		die("%s:%llu: the header cannot be read: %s%s", t->path,
		    (unsigned long long)t->header_line, t->message.p,
		    t->fault == REASON_BAD_UTF8 ?
			    "; `crm-import table` reads other encodings" :
			    "");
	t->header.n = table_raw(t).n;
	t->header.p = arena_copy(&t->names, table_raw(t).p, t->header.n);
	check_sep_line(t);
	t->name = mem_alloc(t->columns, sizeof(*t->name));
	for (size_t i = 0; i < t->columns; i++) {
		struct text name = { 0 };

		if (!table_value(t, i, &name))
			die("%s: the header's quoting is wrong", t->path);
		t->name[i].p = arena_copy(&t->names, name.p, name.n);
		t->name[i].n = name.n;
	}
	check_delimiter(t);
}

static void keep_early(struct table *t)
{
	struct text raw = table_raw(t);

	t->early = mem_grow(t->early, t->nearly, &t->early_cap,
			    sizeof(*t->early));
	t->early[t->nearly++] = (struct table_early){
		.line = table_line(t),
		.fault = t->fault,
		.message = arena_strdup(&t->names, t->message.p, t->message.n),
		.raw = { arena_copy(&t->names, raw.p, raw.n), raw.n },
	};
	t->early_bytes += raw.n;
}

/* The keys of the first sound object. */
static void read_json_header(struct table *t, const struct text *keys,
			     size_t n)
{
	for (size_t i = 0; i < n; i++)
		jsonin_add_key(t->jsonin, keys[i]);
	while (!t->peeked && t->nearly < EARLY_MAX &&
	       t->early_bytes < EARLY_BYTES && table_advance(t)) {
		table_judge(t, true);
		if (t->fault)
			keep_early(t);
		else
			t->peeked = true;
	}
	t->columns = jsonin_columns(t->jsonin);
	t->name = mem_alloc(t->columns, sizeof(*t->name));
	for (size_t i = 0; i < t->columns; i++) {
		struct text name = jsonin_key(t->jsonin, i);

		t->name[i].p = arena_copy(&t->names, name.p, name.n);
		t->name[i].n = name.n;
	}
}

void table_open(struct table *t, const char *path, const char *format,
		bool threaded, const struct text *keys, size_t n)
{
	static const enum feed_format feeds[] = {
		[TABLE_CSV] = FEED_CSV,
		[TABLE_TSV] = FEED_CSV,
		[TABLE_NDJSON] = FEED_LINES,
		[TABLE_JSON] = FEED_ARRAY,
	};
	struct source *s = open_source(path);

	*t = (struct table){ .path = path, .drained = t->drained,
			     .drained_ctx = t->drained_ctx };
	t->format = format_of(s, format);
	t->delimiter = t->format == TABLE_TSV ? '\t' : ',';
	t->feed = feed_open(s, feeds[t->format], t->delimiter, false);
	if (t->format == TABLE_CSV || t->format == TABLE_TSV) {
		t->csvin = csvin_new(t->delimiter);
		read_csv_header(t);
	} else {
		t->jsonin = jsonin_new();
		read_json_header(t, keys, n);
	}
	t->run_ahead = threaded;
}

void table_close(struct table *t)
{
	feed_close(t->feed);
	csvin_free(t->csvin);
	jsonin_free(t->jsonin);
	arena_release(&t->names);
	buf_release(&t->message);
	free(t->early);
	free(t->name);
}

void table_share(struct table *t, unsigned n)
{
	feed_share(t->feed, n);
	t->shared = true;
}

void table_fork(struct table *reader, const struct table *t, unsigned number)
{
	*reader = (struct table){
		.path = t->path,
		.format = t->format,
		.delimiter = t->delimiter,
		.name = t->name,
		.columns = t->columns,
		.header = t->header,
		.header_line = t->header_line,
		.feed = t->feed,
		.shared = true,
		.reader = number,
	};
	if (t->csvin)
		reader->csvin = csvin_new(t->delimiter);
	if (!t->jsonin)
		return;
	reader->jsonin = jsonin_new();
	for (size_t i = 0; i < t->columns; i++)
		jsonin_add_key(reader->jsonin, t->name[i]);
}

void table_close_fork(struct table *t)
{
	csvin_free(t->csvin);
	jsonin_free(t->jsonin);
	buf_release(&t->message);
}

size_t table_find(const struct table *t, struct text name, bool *twice)
{
	size_t found = SIZE_MAX;

	*twice = false;
	for (size_t i = 0; i < t->columns; i++) {
		if (!text_eq(t->name[i], name))
			continue;
		*twice = found != SIZE_MAX;
		if (*twice)
			break;
		found = i;
	}
	return found;
}
