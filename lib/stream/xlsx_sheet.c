/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sheetData: rows of cells of values, by the place in which the parser is.
 * Elements that are none of ours (formulas, extensions) are passed over with
 * all that is in them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "stream/xlsx_sheet.h"

/* So much CSV is made before the caller gets it. */
#define ENOUGH (256u << 10)
/* CSV of one sheet, beyond so much at most so many times its XML. */
#define SWELL_FREE (1ull << 30)
#define SWELL 100

enum place { TOP, DATA, ROW, CELL, VALUE, INLINE, RUN, TEXT_OF_CELL };

/* Of a cell's t attribute. */
enum type { NUMBER, SHARED, INLINE_TEXT, FORMULA_TEXT, TRUTH, ERROR, ISO_DATE };

struct xlsx_sheet {
	const struct xlsx_book *book;
	const struct xlsx_ranges *ranges;
	size_t range;		/* the next one to come */
	struct sheet_csv *csv;
	struct xlsx_part part;
	uint64_t read, made;	/* bytes of XML, about; of CSV */
	enum place place;
	bool in_run;		/* the text is that of a run */
	unsigned skip;		/* elements open that are passed over */
	bool done;		/* sheetData has ended */
	/* the cell under way */
	uint32_t column;
	enum type type;
	enum xlsx_shown shown;
	bool formula;
	struct buf text, quoted;
};

static void fail(struct xlsx_sheet *s, const char *what)
{
	struct buf *why = s->csv->why;
	char letters[4];

	if (why->n == 0) {
		sheet_csv_letters(s->column, letters);
		buf_addf(why, "cell %s%u %s", letters, s->csv->row, what);
	}
	xml_stop(s->part.xml);
}

/* The CSV's own faults stop the parser too. */
static void must(struct xlsx_sheet *s, bool good)
{
	if (!good)
		xml_stop(s->part.xml);
}

/* ---- places ---- */

/* A row's number: digits, and no more of them than matter. */
static uint64_t row_number(const char *s)
{
	uint64_t r = 0;

	for (; ascii_is_digit(*s) && r <= SHEET_ROWS; s++)
		r = r * 10 + (uint64_t)(*s - '0');
	return *s && r <= SHEET_ROWS ? 0 : r;
}

/* ---- merged cells ---- */

/* Those that begin in this row, or in rows before it that are not there. */
static bool begin_ranges(struct xlsx_sheet *s)
{
	uint32_t row = s->csv->row;

	if (!s->ranges)
		return true;
	for (; s->range < s->ranges->n; s->range++) {
		const struct xlsx_range *r = &s->ranges->range[s->range];

		if (r->row > row)
			return true;
		if (r->last_row < row || r->row < row)
			continue;
		if (!sheet_csv_merge(s->csv, r->column,
				     (uint32_t)(r->last_column - r->column) + 1,
				     (uint64_t)r->last_row - r->row + 1))
			return false;
	}
	return true;
}

/* ---- cells ---- */

static enum type type_of(const char *t)
{
	switch (t[0]) {
	case 's':
		return t[1] ? FORMULA_TEXT : SHARED;
	case 'i':
		return INLINE_TEXT;
	case 'b':
		return TRUTH;
	case 'e':
		return ERROR;
	case 'd':
		return ISO_DATE;
	default:
		return NUMBER;
	}
}

static void begin_row(struct xlsx_sheet *s, const char **a)
{
	uint64_t row = (uint64_t)s->csv->row + 1;

	for (; *a; a += 2)
		if (a[0][0] == 'r' && a[0][1] == '\0')
			row = row_number(a[1]);
	s->column = UINT32_MAX;
	must(s, sheet_csv_row(s->csv, row) && begin_ranges(s));
}

static void begin_cell(struct xlsx_sheet *s, const char **a)
{
	uint64_t row;
	const char *rest;

	s->column++;
	s->type = NUMBER;
	s->shown = XLSX_NUMBER;
	s->formula = false;
	buf_clear(&s->text);
	for (; *a; a += 2) {
		const char *name = a[0], *value = a[1];

		if (name[0] == '\0' || name[1] != '\0')
			continue;
		if (name[0] == 'r') {
			if (!xlsx_reference(value, &rest, &s->column, &row)) {
				s->column = 0;
				fail(s, "or one near it has no place that is "
					"understood");
				return;
			}
		} else if (name[0] == 't') {
			s->type = type_of(value);
		} else if (name[0] == 's') {
			size_t style = (size_t)row_number(value);

			if (style < s->book->styles.n)
				s->shown = (enum xlsx_shown)
						   s->book->styles.shown[style];
		}
	}
}

static void put_shared(struct xlsx_sheet *s)
{
	struct text t = text_trim(buf_text(&s->text));
	uint64_t i = 0;

	for (size_t k = 0; k < t.n && i < UINT32_MAX; k++) {
		if (!ascii_is_digit(t.p[k])) {
			fail(s, "names a text of the workbook by no number");
			return;
		}
		i = i * 10 + (uint64_t)(t.p[k] - '0');
	}
	if (s->book->no_strings) {
		must(s, sheet_csv_cell(s->csv, s->column, TEXT("?")));
		return;
	}
	if (i >= s->book->strings.n) {
		fail(s, "names a text that the workbook does not hold");
		return;
	}
	must(s, sheet_csv_cell(s->csv, s->column,
			       xlsx_string(&s->book->strings, i)));
}

static void put_text(struct xlsx_sheet *s, struct text t)
{
	buf_clear(&s->quoted);
	sheet_csv_quote(&s->quoted, t);
	must(s, sheet_csv_cell(s->csv, s->column, buf_text(&s->quoted)));
}

static void put_number(struct xlsx_sheet *s)
{
	char to[XLSX_VALUE_BYTES];
	size_t n = xlsx_value(buf_text(&s->text), s->shown, s->book->from_1904,
			      to);

	if (n < sizeof(to))
		must(s,
		     sheet_csv_cell(s->csv, s->column, (struct text){ to, n }));
	else
		put_text(s, buf_text(&s->text));
}

static void put_cell(struct xlsx_sheet *s)
{
	struct buf *b = &s->text;

	if (s->column >= SHEET_COLUMNS) {
		s->column = SHEET_COLUMNS;
		fail(s, "lies beyond column XFD, the last that a sheet has");
		return;
	}
	if (b->n == 0) {
		/* Nobody has reckoned it yet: no figure, and not nothing. */
		bool open = s->formula && s->type == NUMBER;

		must(s, sheet_csv_cell(s->csv, s->column,
				       open ? TEXT("#FORMULA?") :
					      (struct text){ 0 }));
		return;
	}
	switch (s->type) {
	case NUMBER:
		put_number(s);
		return;
	case SHARED:
		put_shared(s);
		return;
	case TRUTH:
		put_text(s, b->p[0] == '1' || b->p[0] == 't' ? TEXT("TRUE") :
							       TEXT("FALSE"));
		return;
	case ISO_DATE:
		b->n = xlsx_iso_date(b->p, b->n, s->shown);
		break;
	case INLINE_TEXT:
	case FORMULA_TEXT:
		b->n = xlsx_unescape(b->p, b->n);
		break;
	case ERROR:
		break;
	}
	put_text(s, buf_text(b));
}

static void end_row(struct xlsx_sheet *s)
{
	must(s, sheet_csv_end(s->csv));
	if (s->csv->out.n >= ENOUGH)
		xml_pause(s->part.xml);
}

/* ---- elements ---- */

static bool is(const char *name, const char *word)
{
	return strcmp(name, word) == 0;
}

static void on_start(void *ctx, const char *name, const char **a)
{
	struct xlsx_sheet *s = ctx;

	if (s->skip) {
		s->skip++;
		return;
	}
	switch (s->place) {
	case TOP:
		if (is(name, "sheetData"))
			s->place = DATA;
		return;
	case DATA:
		if (!is(name, "row"))
			break;
		s->place = ROW;
		begin_row(s, a);
		return;
	case ROW:
		if (name[0] != 'c' || name[1] != '\0')
			break;
		s->place = CELL;
		begin_cell(s, a);
		return;
	case CELL:
		if (name[0] == 'v' && name[1] == '\0')
			s->place = VALUE;
		else if (is(name, "is"))
			s->place = INLINE;
		else {
			s->formula |= name[0] == 'f' && name[1] == '\0';
			break;
		}
		return;
	case INLINE:
	case RUN:
		if (s->place == INLINE && is(name, "r")) {
			s->place = RUN;
			return;
		}
		if (!is(name, "t"))
			break;
		s->in_run = s->place == RUN;
		s->place = TEXT_OF_CELL;
		return;
	case VALUE:
	case TEXT_OF_CELL:
		break;
	}
	s->skip = 1;
}

static void on_end(void *ctx, const char *name)
{
	struct xlsx_sheet *s = ctx;

	(void)name;
	if (s->skip) {
		s->skip--;
		return;
	}
	switch (s->place) {
	case TOP:
		return;
	case DATA:
		s->place = TOP;
		s->done = true;
		return;
	case ROW:
		s->place = DATA;
		end_row(s);
		return;
	case CELL:
		s->place = ROW;
		put_cell(s);
		return;
	case VALUE:
	case INLINE:
		s->place = CELL;
		return;
	case RUN:
		s->place = INLINE;
		return;
	case TEXT_OF_CELL:
		s->place = s->in_run ? RUN : INLINE;
		return;
	}
}

static void on_text(void *ctx, const char *p, int n)
{
	struct xlsx_sheet *s = ctx;

	if (s->skip || (s->place != VALUE && s->place != TEXT_OF_CELL))
		return;
	if (s->text.n + (size_t)n > XLSX_TEXT_BYTES) {
		fail(s, "takes more than 8 MiB");
		return;
	}
	buf_add(&s->text, p, (size_t)n);
}

/* ---- reading ---- */

struct xlsx_sheet *xlsx_sheet_new(const struct xlsx_book *book,
				  struct zip_part *zip,
				  const struct xlsx_ranges *ranges,
				  struct sheet_csv *csv)
{
	static const struct xml_handlers handlers = { on_start, on_end,
						      on_text };
	struct xlsx_sheet *s = mem_zalloc(1, sizeof(*s));

	s->book = book;
	s->ranges = ranges;
	s->csv = csv;
	xlsx_part_open(&s->part, zip, &handlers, s, csv->why);
	return s;
}

void xlsx_sheet_free(struct xlsx_sheet *s)
{
	if (!s)
		return;
	xlsx_part_close(&s->part);
	buf_release(&s->text);
	buf_release(&s->quoted);
	free(s);
}

/* Few texts named often make much of little. */
static bool swells(const struct xlsx_sheet *s)
{
	return s->made > SWELL_FREE && s->made / SWELL > s->read;
}

int xlsx_sheet_step(struct xlsx_sheet *s)
{
	size_t before = s->csv->out.n;

	while (s->csv->out.n == before) {
		bool paused = xml_is_paused(s->part.xml);

		if (s->part.ended && !paused)
			break;
		/* Behind the rows nothing is asked for but that it is whole. */
		if (!(s->done && !paused ? xlsx_part_drain(&s->part) :
					   xlsx_part_step(&s->part)))
			return -1;
		if (!paused)
			s->read += XLSX_STEP;
	}
	s->made += s->csv->out.n - before;
	if (swells(s)) {
		if (s->csv->why->n == 0)
			buf_adds(s->csv->why, "the sheet repeats its texts to "
					      "more than 100 times its size");
		return -1;
	}
	return s->csv->out.n > before;
}
