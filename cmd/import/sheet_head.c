/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a file: its encoding, format, delimiter, and what it is not. */
#include <errno.h>
#include <string.h>

#include "base/msg.h"
#include "cmd/import/sheet_head.h"
#include "stream/workbook.h"

#define HEAD_BYTES 65536
#define SAMPLE_ROWS 200

static bool is_utf16(struct text head)
{
	return text_starts(head, "\xff\xfe") || text_starts(head, "\xfe\xff");
}

/* A workbook, or a table of HTML or XML: its rows take the file's place. */
static void open_workbook(struct sheet *s, const struct import_options *o,
			  enum encoding encoding)
{
	const struct workbook_options w = {
		.sheet = o->sheet,
		.fill_merged = o->fill_merged,
		.encoding = encoding,
		.tell = o->common.verbose && !s->by_row,
	};
	struct buf say = { 0 };
	struct text notes, note;

	switch (workbook_open(&s->source, &w, &say)) {
	case WORKBOOK_NONE:
		break;
	case WORKBOOK_BAD:
		die("%s: %s", s->path, say.p);
	case WORKBOOK_READ:
		notes = buf_text(&say);
		while (notes.n && text_split(&notes, '\n', &note))
			warn("%s: %.*s", s->path, (int)note.n, note.p);
		s->by_row = true;
		break;
	}
	buf_release(&say);
}

static void open_source(struct sheet *s, const struct import_options *o,
			enum encoding encoding)
{
	const char *foreign;
	struct text head;

	s->source = source_need(s->path);
	head = source_peek(s->source, 4);
	if (!head.p)
		die_errno("%s", s->path);
	open_workbook(s, o, encoding);
	if (s->by_row)
		return;
	if (encoding == DECODE_UTF16 ||
	    (encoding == DECODE_AUTO && is_utf16(head)))
		return;
	foreign = source_foreign(s->source);
	if (foreign)
		die("%s: this is %s", s->path, foreign);
}

/* sep=; on the first line names the delimiter, as spreadsheets want it. */
static bool sep_line(struct text head, char *delimiter)
{
	size_t end;

	if (!head.p || head.n < 6 ||
	    (!text_starts(head, "sep=") && !text_starts(head, "SEP=") &&
	     !text_starts(head, "\"sep=")))
		return false;
	if (head.p[0] == '"')
		head.p++, head.n--;
	*delimiter = head.p[4];
	end = 5 + (head.p[5] == '"');
	return end < head.n && (head.p[end] == '\n' || head.p[end] == '\r');
}

/* An object begins, or a list of objects. */
static enum table_format sniff(struct text head)
{
	struct text t = text_trim(head);

	if (t.n && t.p[0] == '{')
		return TABLE_NDJSON;
	if (t.n == 0 || t.p[0] != '[')
		return TABLE_CSV;
	t = text_trim((struct text){ t.p + 1, t.n - 1 });
	return t.n && (t.p[0] == '{' || t.p[0] == ']') ? TABLE_JSON : TABLE_CSV;
}

static enum table_format format_of(const struct import_options *o,
				   struct text head)
{
	const char *from = o->common.from;

	if (from && strcmp(from, "ndjson") == 0)
		return TABLE_NDJSON;
	if (from && strcmp(from, "json") == 0)
		return TABLE_JSON;
	return from || o->delimiter_byte || o->header ? TABLE_CSV : sniff(head);
}

/* Keys that --col names are columns from the start. */
static struct jsonin *json_of(const struct import_options *o)
{
	struct jsonin *json = jsonin_new();

	for (size_t i = 0; i < o->common.cols.n; i++) {
		const char *sign = strchr(o->common.cols.item[i], '=');

		jsonin_add_key(json, text_of(sign + 1));
	}
	return json;
}

/* Cuts the head of a file: its first records. */
static void cut(struct sheet *s, const struct import *run, struct text head,
		bool whole, char delimiter)
{
	uint64_t from = (uint64_t)run->o->skip + 1;

	s->format = s->by_row ? TABLE_CSV : format_of(run->o, head);
	if (s->format != TABLE_CSV) {
		s->json = json_of(run->o);
		grid_fill_json(&s->grid, s->json, head, whole,
			       s->format == TABLE_JSON, SAMPLE_ROWS);
		return;
	}
	s->delimiter = delimiter;
	if (!s->by_row && sep_line(head, &s->delimiter)) {
		if (from == 1)
			from = 2;
	} else if (!s->delimiter) {
		s->delimiter =
			layout_delimiter(run->aliases, head, whole, from);
	}
	s->grid.by_row = s->by_row;
	grid_fill(&s->grid, head, whole, s->delimiter, from, SAMPLE_ROWS);
}

void sheet_uncut(struct sheet *s)
{
	grid_release(&s->grid);
	jsonin_free(s->json);
	s->json = NULL;
}

/* Reads the head and cuts it, more of it when records are long. */
static void fill_grid(struct sheet *s, const struct import *run, char delimiter)
{
	size_t want = HEAD_BYTES;
	struct text head;
	bool whole;

	for (;; want *= 4) {
		head = decode_peek(s->decode, s->source, want, &whole);
		if (!head.p && !whole)
			source_die(s->source, s->path, errno);
		cut(s, run, head, whole, delimiter);
		if (whole || s->grid.rows > LAYOUT_ROWS ||
		    want > 2 * (size_t)ROW_LIMIT)
			return;
		sheet_uncut(s);
	}
}

void sheet_open_in(struct sheet *s, const struct import *run,
		   struct sheet_way way)
{
	open_source(s, run->o, way.encoding);
	if (s->by_row)
		way = (struct sheet_way){ DECODE_UTF8, ',' };
	s->decode = decode_new(way.encoding);
	fill_grid(s, run, way.delimiter);
}

void sheet_close_again(struct sheet *s)
{
	source_close(s->source);
	decode_free(s->decode);
	sheet_uncut(s);
}
