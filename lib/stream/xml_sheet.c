/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and cells of SpreadsheetML, decoded first, then parsed as UTF-8. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "stream/xlsx_value.h"
#include "stream/xml.h"
#include "stream/xml_sheet.h"

#define STEP 65536
#define ENOUGH (256u << 10)
#define CELL_BYTES (8u << 20)

enum place { TOP, SHEET, ROW, CELL, DATA };

struct xml_sheet {
	struct source *source;
	struct decode *decode;
	struct sheet_csv *csv;
	struct xml *xml;
	const char *wanted;
	uint32_t only;
	uint32_t number;	/* of the sheet under way */
	uint32_t found;
	bool this_one;		/* the sheet under way is wanted */
	bool ended, done;
	enum place place;
	unsigned skip;		/* elements open that are passed over */
	/* the row and the cell under way */
	uint64_t row, rows_spanned;
	uint64_t column, next_column;
	char type;		/* first letter of ss:Type */
	struct buf text, quoted;
};

static void must(struct xml_sheet *s, bool good)
{
	if (!good)
		xml_stop(s->xml);
}

/* A positive number, at most 2^32; `none` when the attribute is missing or is
 * something else. */
static uint64_t number(const char **a, const char *name, uint64_t none)
{
	const char *s = xml_attribute(a, name);
	uint64_t n = 0;

	if (!s || !*s)
		return none;
	for (; ascii_is_digit(*s) && n <= UINT32_MAX; s++)
		n = n * 10 + (uint64_t)(*s - '0');
	return *s && n <= UINT32_MAX ? none : n;
}

/* ---- elements ---- */

static bool is_wanted(const struct xml_sheet *s, const char *name)
{
	char *end;

	if (s->only || !s->wanted)
		return !s->only || s->number == s->only;
	return (name && strcmp(name, s->wanted) == 0) ||
	       (strtoul(s->wanted, &end, 10) == s->number && !*end);
}

static void begin_sheet(struct xml_sheet *s, const char **a)
{
	s->number++;
	s->this_one = !s->found && is_wanted(s, xml_attribute(a, "Name"));
	if (s->this_one && (s->wanted || s->only))
		s->found = s->number;
	s->row = s->rows_spanned = 0;
}

static void begin_row(struct xml_sheet *s, const char **a)
{
	s->row = number(a, "Index", s->row + s->rows_spanned + 1);
	s->rows_spanned = number(a, "Span", 0);
	s->next_column = 1;
	if (s->this_one)
		must(s, sheet_csv_row(s->csv, s->row));
}

/* Columns far beyond the last are told from there. */
static uint32_t at_column(const struct xml_sheet *s)
{
	return s->column > SHEET_COLUMNS ? SHEET_COLUMNS :
					   (uint32_t)(s->column - 1);
}

static void begin_cell(struct xml_sheet *s, const char **a)
{
	uint64_t right = number(a, "MergeAcross", 0);
	uint64_t down = number(a, "MergeDown", 0);

	s->column = number(a, "Index", s->next_column);
	if (s->column == 0)
		s->column = 1;
	s->next_column = s->column + right + 1;
	s->type = 'S';
	buf_clear(&s->text);
	if (s->this_one && s->csv->fill && (right || down))
		must(s, sheet_csv_merge(s->csv, at_column(s),
					right < SHEET_COLUMNS ?
						(uint32_t)right + 1 :
						SHEET_COLUMNS,
					down + 1));
}

static bool is(const char *name, const char *word)
{
	return strcmp(name, word) == 0;
}

static void on_start(void *ctx, const char *name, const char **a)
{
	struct xml_sheet *s = ctx;
	const char *type;

	if (s->skip) {
		s->skip++;
		return;
	}
	switch (s->place) {
	case TOP:
		if (is(name, "Worksheet")) {
			s->place = SHEET;
			begin_sheet(s, a);
		}
		return;
	case SHEET:
		/* Rows stand in a Table. */
		if (is(name, "Table"))
			return;
		if (!is(name, "Row"))
			break;
		s->place = ROW;
		begin_row(s, a);
		return;
	case ROW:
		if (!is(name, "Cell"))
			break;
		s->place = CELL;
		begin_cell(s, a);
		return;
	case CELL:
		if (!is(name, "Data"))
			break;
		s->place = DATA;
		type = xml_attribute(a, "Type");
		s->type = type ? type[0] : 'S';
		return;
	case DATA:
		/* Fonts and the like: their text counts. */
		s->skip = 1;
		return;
	}
	s->skip = 1;
}

static void put_cell(struct xml_sheet *s)
{
	char value[XLSX_VALUE_BYTES];
	struct text t = buf_text(&s->text);

	if (s->type == 'B' && t.n)
		t = t.p[0] == '1' ? TEXT("TRUE") : TEXT("FALSE");
	if (s->type == 'D' && t.n)
		t.n = xlsx_iso_date(s->text.p, t.n, XLSX_DAY);
	if (s->type == 'N' && t.n < sizeof(value)) {
		t.n = xlsx_value(t, XLSX_NUMBER, false, value);
		t.p = value;
	}
	buf_clear(&s->quoted);
	sheet_csv_quote(&s->quoted, t);
	must(s, sheet_csv_cell(s->csv, at_column(s), buf_text(&s->quoted)));
}

static void end_row(struct xml_sheet *s)
{
	must(s, sheet_csv_end(s->csv));
	if (s->csv->rows && !s->found)
		s->found = s->number;
	if (s->csv->out.n >= ENOUGH)
		xml_pause(s->xml);
}

/* A sheet without a value was not the one: the next may be. */
static void end_sheet(struct xml_sheet *s)
{
	if (s->this_one && !s->found)
		sheet_csv_rewind(s->csv);
	s->done = s->done || (s->this_one && s->found);
	s->this_one = false;
}

static void on_end(void *ctx, const char *name)
{
	struct xml_sheet *s = ctx;

	if (s->skip) {
		s->skip--;
		return;
	}
	switch (s->place) {
	case TOP:
		return;
	case SHEET:
		if (is(name, "Table"))
			return;
		s->place = TOP;
		end_sheet(s);
		return;
	case ROW:
		s->place = SHEET;
		if (s->this_one)
			end_row(s);
		return;
	case CELL:
		s->place = ROW;
		if (s->this_one)
			put_cell(s);
		return;
	case DATA:
		s->place = CELL;
		return;
	}
}

static void on_text(void *ctx, const char *p, int n)
{
	struct xml_sheet *s = ctx;

	if (s->place != DATA || !s->this_one)
		return;
	if (s->text.n + (size_t)n > CELL_BYTES) {
		if (s->csv->why->n == 0)
			buf_addf(s->csv->why,
				 "row %llu: a cell of more than 8 MiB",
				 (unsigned long long)s->row);
		xml_stop(s->xml);
		return;
	}
	buf_add(&s->text, p, (size_t)n);
}

/* ---- reading ---- */

struct xml_sheet *xml_sheet_new(struct source *source, struct decode *decode,
				struct sheet_csv *csv, const char *wanted,
				uint32_t only)
{
	static const struct xml_handlers handlers = { on_start, on_end,
						      on_text };
	struct xml_sheet *s = mem_zalloc(1, sizeof(*s));

	s->source = source;
	s->decode = decode;
	s->csv = csv;
	s->wanted = wanted;
	s->only = only;
	s->xml = xml_new(&handlers, s, csv->why, "UTF-8");
	return s;
}

void xml_sheet_free(struct xml_sheet *s)
{
	if (!s)
		return;
	xml_free(s->xml);
	buf_release(&s->text);
	buf_release(&s->quoted);
	free(s);
}

uint32_t xml_sheet_found(const struct xml_sheet *s)
{
	return s->found;
}

static bool parse(struct xml_sheet *s)
{
	ssize_t got;
	char *room;

	if (xml_is_paused(s->xml))
		return xml_resume(s->xml);
	room = xml_room(s->xml, STEP);
	got = room ? decode_read(s->decode, s->source, room, STEP) : -1;
	if (got < 0)
		return false;
	s->ended = got == 0;
	return xml_parse(s->xml, (size_t)got, s->ended);
}

int xml_sheet_step(struct xml_sheet *s)
{
	size_t before = s->csv->out.n;

	/* What comes behind the sheet is not asked for. */
	while (s->csv->out.n <= before && !s->done &&
	       (!s->ended || xml_is_paused(s->xml)))
		if (!parse(s) || s->csv->why->n)
			return -1;
	return s->csv->out.n > before;
}
