/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file opened: its encoding, delimiter, header, and what it is not. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "cmd/import/import.h"

#define HEAD_BYTES 65536
#define SAMPLE_ROWS 200
/* As many as a spreadsheet has. */
#define COLUMNS_MAX 16384

static bool is_utf16(struct text head)
{
	return text_starts(head, "\xff\xfe") || text_starts(head, "\xfe\xff");
}

static void open_source(struct sheet *s, const struct import_options *o)
{
	const char *foreign;
	struct text head;

	if (strcmp(s->path, "-") == 0 && isatty(STDIN_FILENO))
		die_usage("standard input is a terminal: name a file or pipe "
			  "one in");
	s->source = source_open(s->path);
	if (!s->source)
		die_errno("%s", s->path);
	head = source_peek(s->source, 4);
	if (!head.p)
		die_errno("%s", s->path);
	if (o->encoding == DECODE_UTF16 ||
	    (o->encoding == DECODE_AUTO && is_utf16(head)))
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

/* Reads the head and cuts it, more of it when records are long. */
static void fill_grid(struct sheet *s, const struct import *run)
{
	const struct import_options *o = run->o;
	uint64_t from = (uint64_t)o->skip + 1;
	size_t want = HEAD_BYTES;
	struct text head;
	bool whole;

	for (;; want *= 4) {
		head = decode_peek(s->decode, s->source, want, &whole);
		if (!head.p && !whole)
			die_errno("%s", s->path);
		s->delimiter = o->delimiter_byte;
		if (sep_line(head, &s->delimiter)) {
			if (from == 1)
				from = 2;
		} else if (!s->delimiter) {
			s->delimiter = layout_delimiter(run->aliases, head,
							whole, from);
		}
		grid_fill(&s->grid, head, whole, s->delimiter, from,
			  SAMPLE_ROWS);
		if (whole || s->grid.rows > LAYOUT_ROWS ||
		    want > 2 * (size_t)ROW_LIMIT)
			return;
		grid_release(&s->grid);
	}
}

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

	if (utf8_bad(raw.p, raw.n) < raw.n)
		die("%s:%llu: the header is not valid UTF-8; name the "
		    "encoding with --encoding gb18030, utf-16 or latin1",
		    s->path, (unsigned long long)s->header_line);
	if (memchr(raw.p, '\0', raw.n))
		die("%s:%llu: the header holds a NUL byte", s->path,
		    (unsigned long long)s->header_line);
}

static void found_header(struct sheet *s, const struct import *run)
{
	struct layout l = { 0 };
	size_t top;

	if (!layout_find(run->aliases, &s->grid, &l))
		die("%s: no header: the file is empty", s->path);
	set_width(s, layout_width(&s->grid, &l));
	for (size_t i = 0; i < s->columns; i++)
		s->header[i] = layout_name(&s->grid, &l, i);
	top = l.two_level ? l.row - 1 : l.row;
	s->header_line = s->grid.line[l.row];
	s->header_from = s->grid.line[top];
	s->raw_header.p = s->grid.raw[top].p;
	s->raw_header.n = (size_t)(s->grid.raw[l.row].p +
				   s->grid.raw[l.row].n - s->raw_header.p);
	s->first_sample = l.row + 1;
	check_header(s);
	/* A delimiter at the end of every line: a column that is none. */
	if (s->columns > 1 && s->header[s->columns - 1].n == 0 &&
	    run->o->common.verbose)
		warn("%s: the last column has no name", s->path);
}

void sheet_open(struct sheet *s, const char *path, const struct import *run)
{
	const char *slash = strrchr(path, '/');

	*s = (struct sheet){ .path = path };
	s->name = slash ? slash + 1 : path;
	open_source(s, run->o);
	s->decode = decode_new((enum encoding)run->o->encoding);
	fill_grid(s, run);
	source_decode(s->source, decode_read, s->decode);
	if (run->o->header) {
		if (s->grid.rows == 0)
			die("%s: the file is empty: no row under the header",
			    path);
		given_header(s, run->o->header);
	} else {
		found_header(s, run);
	}
	if (run->o->common.verbose)
		warn("%s: encoding %s, delimiter %s, header on line %llu",
		     path, decode_name(s->decode),
		     s->delimiter == '\t' ? "tab" :
		     s->delimiter == ','  ? "," :
		     s->delimiter == ';'  ? ";" :
					    "|",
		     (unsigned long long)s->header_line);
}

void sheet_close(struct sheet *s)
{
	/* The source belongs to the feed, which has closed it. */
	decode_free(s->decode);
	grid_release(&s->grid);
	free(s->header);
}
