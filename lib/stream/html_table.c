/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables by their tags; ends that were left out are guessed as HTML has it. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "stream/html_table.h"
#include "stream/xlsx_value.h"

#define DEPTH 64		/* of tables in tables */
#define COLSPAN 1000		/* as HTML has it */
#define ROWSPAN 65534
#define CELL_BYTES (8u << 20)
#define ENOUGH (256u << 10)

/* A table that is open. */
struct level {
	uint32_t number;
	uint32_t cells;		/* in the row under way */
	uint32_t full;		/* rows of two cells or more */
};

struct html_table {
	struct markup markup;
	struct sheet_csv *csv;
	uint32_t wanted, found;
	uint32_t tables;
	struct level level[DEPTH];
	unsigned depth;
	unsigned inside;	/* depth of the wanted table; 0: not in it */
	bool row, cell, done;
	uint32_t column;
	struct buf text, quoted;
	char number[XLSX_VALUE_BYTES];	/* of x:num, which Excel writes */
	size_t number_n;
	bool blank;		/* one is to come before the next word */
};

struct html_table *html_table_new(struct source *source,
				  struct decode *decode,
				  struct sheet_csv *csv, uint32_t wanted)
{
	struct html_table *h = mem_zalloc(1, sizeof(*h));

	h->csv = csv;
	h->wanted = wanted;
	markup_begin(&h->markup, source, decode, csv->why);
	return h;
}

void html_table_free(struct html_table *h)
{
	if (!h)
		return;
	markup_release(&h->markup);
	buf_release(&h->text);
	buf_release(&h->quoted);
	free(h);
}

uint32_t html_table_found(const struct html_table *h)
{
	return h->found;
}

/* ---- looking through ---- */

static void count_row(struct html_table *h)
{
	struct level *l = &h->level[h->depth - 1];

	l->full += l->cells > 1;
	l->cells = 0;
	if (!h->wanted && !h->found && l->full > 1)
		h->found = l->number;
}

/* ---- cells ---- */

static struct text trimmed(struct text t)
{
	t = text_trim(t);
	/* Cells that would be empty often hold a blank that is none. */
	while (text_starts(t, "\xc2\xa0") || text_starts(t, " "))
		t.n -= t.p[0] == ' ' ? 1 : 2, t.p += t.p[0] == ' ' ? 1 : 2;
	while (text_ends(t, "\xc2\xa0") || text_ends(t, " "))
		t.n -= t.p[t.n - 1] == ' ' ? 1 : 2;
	return t;
}

/* 1.38E+10, or #### where the column was too narrow: digits are missing. */
static bool is_cut_number(struct text t)
{
	size_t e = 0;

	while (e < t.n && t.p[e] == '#')
		e++;
	if (e && e == t.n)
		return true;
	for (e = 0; e < t.n && t.p[e] && strchr("0123456789.-", t.p[e]); e++)
		;
	return e && e + 2 < t.n && t.p[e] == 'E' &&
	       (t.p[e + 1] == '+' || t.p[e + 1] == '-');
}

static bool end_cell(struct html_table *h)
{
	struct text t = trimmed(buf_text(&h->text));

	if (!h->cell)
		return true;
	h->cell = false;
	if (h->number_n && is_cut_number(t))
		t = (struct text){ h->number, h->number_n };
	buf_clear(&h->quoted);
	sheet_csv_quote(&h->quoted, t);
	return sheet_csv_cell(h->csv, h->column, buf_text(&h->quoted));
}

static bool end_row(struct html_table *h)
{
	if (!h->row)
		return true;
	h->row = false;
	if (!end_cell(h))
		return false;
	return sheet_csv_end(h->csv);
}

static bool begin_row(struct html_table *h)
{
	if (!end_row(h))
		return false;
	h->row = true;
	h->column = UINT32_MAX;
	return sheet_csv_row(h->csv, (uint64_t)h->csv->row + 1);
}

static uint32_t span(const struct html_table *h, const char *name,
		     uint32_t most)
{
	struct text t;
	uint32_t n = 0;

	if (!markup_attribute(&h->markup, name, &t))
		return 1;
	for (size_t i = 0; i < t.n && ascii_is_digit(t.p[i]); i++)
		if (n <= most)
			n = n * 10 + (uint32_t)(t.p[i] - '0');
	return n == 0 ? 1 : n < most ? n : most;
}

static void take_number(struct html_table *h)
{
	struct text t;

	h->number_n = 0;
	if (markup_attribute(&h->markup, "x:num", &t))
		h->number_n = xlsx_value(t, XLSX_NUMBER, false, h->number);
}

/* The next cell stands in the first column that none from above takes. */
static bool begin_cell(struct html_table *h)
{
	uint32_t columns = span(h, "colspan", COLSPAN), free = 1;
	uint32_t rows = span(h, "rowspan", ROWSPAN);

	if ((!h->row && !begin_row(h)) || !end_cell(h))
		return false;
	h->column = sheet_csv_free(h->csv, h->column + 1);
	h->cell = true;
	h->blank = false;
	take_number(h);
	buf_clear(&h->text);
	/* Where cells would overlap the one from above stays. */
	while (free < columns && h->column + free < SHEET_COLUMNS &&
	       sheet_csv_free(h->csv, h->column + free) == h->column + free)
		free++;
	if ((free == 1 && rows == 1) || h->column >= SHEET_COLUMNS)
		return true;
	return sheet_csv_merge(h->csv, h->column, free, rows);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks become one, and none at the ends of a line. */
static void add_words(struct html_table *h, struct text t)
{
	size_t i = 0;

	while (i < t.n) {
		size_t from;

		for (; i < t.n && is_blank(t.p[i]); i++)
			h->blank = true;
		for (from = i; i < t.n && !is_blank(t.p[i]); i++)
			;
		if (i == from)
			return;
		if (h->blank && h->text.n &&
		    h->text.p[h->text.n - 1] != '\n')
			buf_addc(&h->text, ' ');
		h->blank = false;
		buf_add(&h->text, t.p + from, i - from);
	}
}

static bool add_text(struct html_table *h, struct text raw)
{
	if (h->text.n + raw.n > CELL_BYTES) {
		if (h->csv->why->n == 0)
			buf_addf(h->csv->why,
				 "row %u: a cell of more than 8 MiB",
				 h->csv->row);
		return false;
	}
	buf_clear(&h->quoted);
	markup_text(&h->quoted, raw);
	add_words(h, buf_text(&h->quoted));
	return true;
}

static void add_line(struct html_table *h)
{
	if (h->cell && h->text.n + 1 < CELL_BYTES)
		buf_addc(&h->text, '\n');
	h->blank = false;
}

/* ---- tags ---- */

static bool is(const struct html_table *h, const char *name)
{
	return strcmp(h->markup.name, name) == 0;
}

static bool is_cell(const struct html_table *h)
{
	return is(h, "td") || is(h, "th");
}

/* Begins a line, unless the cell is at the beginning of one. */
static bool is_block(const struct html_table *h)
{
	return is(h, "p") || is(h, "div") || is(h, "li");
}

static bool open_table(struct html_table *h)
{
	if (h->depth == DEPTH) {
		if (h->csv->why->n == 0)
			buf_adds(h->csv->why,
				 "tables in tables, more than 64 deep");
		return false;
	}
	h->level[h->depth++] = (struct level){ .number = ++h->tables };
	if (h->wanted && h->tables == h->wanted) {
		h->inside = h->depth;
		h->found = h->wanted;
	}
	return true;
}

static bool close_table(struct html_table *h)
{
	bool good = true;

	if (h->depth == 0)
		return true;
	count_row(h);
	if (h->inside == h->depth) {
		good = end_row(h);
		h->done = true;
	}
	h->depth--;
	h->blank = true;
	return good;
}

/* A tag of the wanted table, or of a cell in it. */
static bool open_within(struct html_table *h)
{
	if (h->depth > h->inside) {
		/* Text of the cell: rows and cells are apart by a blank. */
		h->blank |= is_cell(h) || is(h, "tr");
		return true;
	}
	if (is(h, "tr"))
		return begin_row(h);
	if (is_cell(h))
		return begin_cell(h);
	if (is(h, "br") ||
	    (is_block(h) && h->text.n && h->text.p[h->text.n - 1] != '\n'))
		add_line(h);
	return true;
}

static bool on_open(struct html_table *h)
{
	if (is(h, "table"))
		return open_table(h);
	if (h->depth && is(h, "tr"))
		count_row(h);
	if (h->depth && is_cell(h))
		h->level[h->depth - 1].cells++;
	return !h->inside || open_within(h);
}

static bool on_close(struct html_table *h)
{
	if (is(h, "table"))
		return close_table(h);
	if (!h->inside || h->depth > h->inside)
		return true;
	if (is(h, "tr"))
		return end_row(h);
	return !is_cell(h) || end_cell(h);
}

/* False: a fault, which `why` or errno tells. */
static bool take(struct html_table *h, enum token token)
{
	switch (token) {
	case TOKEN_TEXT:
		return !h->cell || add_text(h, h->markup.text);
	case TOKEN_OPEN:
		return on_open(h);
	case TOKEN_CLOSE:
		return on_close(h);
	case TOKEN_END:
		while (h->depth)
			if (!close_table(h))
				return false;
		h->done = true;
		return true;
	case TOKEN_FAULT:
		break;
	}
	return false;
}

int html_table_step(struct html_table *h)
{
	size_t before = h->csv->out.n;

	while (!h->done && h->csv->out.n < before + ENOUGH &&
	       (h->wanted || !h->found))
		if (!take(h, markup_next(&h->markup)))
			return -1;
	return h->csv->out.n > before;
}
