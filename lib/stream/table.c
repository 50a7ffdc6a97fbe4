/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as tables of raw text. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/opt.h"
#include "base/utf8.h"
#include "stream/table.h"

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
	struct source *s;
	const char *foreign;

	if (strcmp(path, "-") == 0 && isatty(STDIN_FILENO))
		die_usage("standard input is a terminal: name a file or pipe "
			  "one in");
	s = source_open(path);
	if (!s || !source_peek(s, 1).p)
		die_errno("%s", path);
	foreign = source_foreign(s);
	if (foreign)
		die("%s: this is %s", path, foreign);
	return s;
}

static void say(struct table *t, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct table *t, const char *fmt, ...)
{
	va_list args;

	buf_clear(&t->message);
	va_start(args, fmt);
	buf_vaddf(&t->message, fmt, args);
	va_end(args);
}

/* Bad records before the first sound object that are kept at most, in number
 * and in bytes; a file that has more is no NDJSON. */
#define EARLY_MAX 1000
#define EARLY_BYTES ROW_LIMIT

static const struct table_early *early(const struct table *t)
{
	return t->early_next && t->early_next <= t->nearly && !t->rec ?
		       &t->early[t->early_next - 1] :
		       NULL;
}

uint64_t table_line(const struct table *t)
{
	if (early(t))
		return early(t)->line;
	return t->block->first_line +
	       (t->rec ? t->rec->line : t->block->frames.lines);
}

struct text table_raw(const struct table *t)
{
	if (early(t))
		return early(t)->raw;
	return t->rec ? (struct text){ t->block->bytes + t->rec->start,
				       t->rec->stop - t->rec->start } :
			(struct text){ 0 };
}

void table_drained(const struct table *t)
{
	if (t->drained)
		t->drained(t->drained_ctx);
}

static void die_unread(const struct table *t)
{
	table_await_turn(t);
	errno = t->block->error;
	die_errno("%s", t->path);
}

static const struct block *next_block(struct table *t)
{
	if (t->shared)
		return feed_take(t->feed, t->reader);
	if (t->run_ahead)
		feed_run_ahead(t->feed);
	t->run_ahead = false;
	return feed_next(t->feed);
}

/* The next framed record; false at the end of the file, or where the other
 * readers have taken all there is. */
static bool advance(struct table *t)
{
	while (!t->block || t->next == t->block->frames.n) {
		table_drained(t);
		if (t->block && t->block->error)
			die_unread(t);
		if (t->block && t->block->end)
			return false;
		t->block = next_block(t);
		t->next = 0;
		if (!t->block)
			return false;
	}
	t->rec = &t->block->frames.rec[t->next++];
	return true;
}

/* Bytes that no record may hold. Only asked in blocks that have some. */
static enum reason bad_bytes(struct table *t)
{
	struct text raw = table_raw(t);
	size_t at;

	if (raw.n && memchr(raw.p, '\0', raw.n)) {
		at = (size_t)((const char *)memchr(raw.p, '\0', raw.n) - raw.p);
		say(t, "a NUL byte at offset %zu of the row", at);
		return REASON_NUL;
	}
	at = utf8_bad(raw.p, raw.n);
	if (at < raw.n) {
		say(t, "not UTF-8 at offset %zu of the row (byte 0x%02x)", at,
		    (unsigned char)raw.p[at]);
		return REASON_BAD_UTF8;
	}
	return REASON_NONE;
}

static enum reason framing_fault(struct table *t)
{
	switch ((enum reason)t->rec->fault) {
	case REASON_TOO_LONG:
		say(t, "more than %u MiB or %u fields; not kept",
		    ROW_LIMIT >> 20, FIELD_LIMIT);
		break;
	case REASON_BAD_QUOTE:
		say(t,
		    "a quoted field is not closed within %u MiB, or text "
		    "follows its closing quote",
		    ROW_LIMIT >> 20);
		break;
	case REASON_BAD_JSON:
		say(t, "not an element of the array, or cut short");
		break;
	default:
		break;
	}
	return (enum reason)t->rec->fault;
}

static enum reason csv_fault(struct table *t)
{
	if (t->rec->fields == t->columns)
		return REASON_NONE;
	say(t, "%u fields under a header of %zu", t->rec->fields, t->columns);
	return REASON_RAGGED;
}

static enum reason json_fault(struct table *t, bool learn)
{
	struct json_fault f;

	if (jsonin_parse(t->jsonin, table_raw(t), learn, &t->json, &f))
		return REASON_NONE;
	buf_clear(&t->message);
	jsonin_tell(&t->message, &f, table_raw(t), t->format == TABLE_NDJSON);
	return f.reason;
}

static void judge(struct table *t, bool learn)
{
	t->fault = REASON_NONE;
	/* Bytes first: the rejects must know what they cannot write as text. */
	if (t->block->suspect)
		t->fault = bad_bytes(t);
	if (!t->fault && t->rec->fault)
		t->fault = framing_fault(t);
	if (t->fault)
		return;
	if (csvin_is_doubtful(t->rec))
		csvin_begin(t->csvin, table_raw(t).n);
	t->fault = t->jsonin ? json_fault(t, learn) : csv_fault(t);
}

/* A bad record from before the first sound object. */
static void give_early(struct table *t)
{
	const struct table_early *e = &t->early[t->early_next++];

	t->rec = NULL;
	t->fault = e->fault;
	say(t, "%s", e->message);
}

static void give_peeked(struct table *t)
{
	t->peeked = false;
	t->early_next = t->nearly + 1;
	t->rec = &t->block->frames.rec[t->next - 1];
	t->fault = REASON_NONE;
}

bool table_next_slow(struct table *t)
{
	if (t->early_next < t->nearly) {
		give_early(t);
		return true;
	}
	if (t->peeked) {
		give_peeked(t);
		return true;
	}
	if (!advance(t)) {
		if (!t->block || !t->block->fault || t->tail_told)
			return false;
		t->tail_told = true;
		t->early_next = t->nearly + 1;
		t->rec = NULL;
		t->fault = t->block->fault;
		say(t, "the array is cut short");
		return true;
	}
	judge(t, false);
	return true;
}

bool table_value_slow(const struct table *t, size_t i, struct text *value)
{
	return csvin_value(t->csvin,
			   csvin_raw(&t->block->frames, t->rec,
				     t->block->bytes, i),
			   value);
}

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
	if (!advance(t))
		die("%s: no header: the file is empty", t->path);
	t->header_line = table_line(t);
	t->columns = t->rec->fields;
	judge(t, false);
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
	       t->early_bytes < EARLY_BYTES && advance(t)) {
		judge(t, true);
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

void table_await_turn(const struct table *t)
{
	if (t->shared)
		feed_await_turn(t->feed, t->reader);
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
