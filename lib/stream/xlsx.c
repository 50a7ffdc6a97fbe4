/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the package's relations to the sheet that is asked for. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/xlsx.h"

/* ---- relations ---- */

struct relation {
	char *id, *type, *target;
};

struct relations {
	struct relation *of;
	size_t n, cap;
	struct buf *why;
};

#define RELATIONS 65536

static void on_relation(void *ctx, const char *name, const char **a)
{
	struct relations *r = ctx;
	const char *id = xml_attribute(a, "Id");
	const char *type = xml_attribute(a, "Type");
	const char *target = xml_attribute(a, "Target");
	const char *mode = xml_attribute(a, "TargetMode");

	if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
	    (mode && strcmp(mode, "External") == 0))
		return;
	if (r->n == RELATIONS) {
		if (r->why->n == 0)
			buf_adds(r->why, "the workbook has more than 65536 "
					 "relations");
		return;
	}
	r->of = mem_grow(r->of, r->n, &r->cap, sizeof(*r->of));
	r->of[r->n++] = (struct relation){ mem_strdup(id), mem_strdup(type),
					   mem_strdup(target) };
}

static void no_end(void *ctx, const char *name)
{
	(void)ctx, (void)name;
}

static void no_text(void *ctx, const char *p, int n)
{
	(void)ctx, (void)p, (void)n;
}

static void relations_free(struct relations *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->of[i].id);
		free(r->of[i].type);
		free(r->of[i].target);
	}
	free(r->of);
}

/* The last step of a type's address, which is the same in both families. */
static bool is_type(const struct relation *r, const char *what)
{
	const char *slash = strrchr(r->type, '/');

	return strcmp(slash ? slash + 1 : r->type, what) == 0;
}

/* "xl/workbook.xml" -> "xl/_rels/workbook.xml.rels"; "" -> "_rels/.rels". */
static char *relations_of(const char *part)
{
	const char *slash = strrchr(part, '/');
	size_t folder = slash ? (size_t)(slash - part) + 1 : 0;
	struct buf b = { 0 };

	buf_add(&b, part, folder);
	buf_adds(&b, "_rels/");
	buf_adds(&b, part + folder);
	buf_adds(&b, ".rels");
	return b.p;
}

/* Goes one folder up; at the top it stays there. */
static void go_up(struct buf *b)
{
	while (b->n && b->p[b->n - 1] == '/')
		b->n--;
	while (b->n && b->p[b->n - 1] != '/')
		b->n--;
}

/* A target as the archive's name of it, seen from `part`. */
static char *resolve(const char *part, const char *target)
{
	const char *slash = strrchr(part, '/');
	struct text rest = text_of(target), step;
	struct buf b = { 0 };

	buf_add(&b, part, slash ? (size_t)(slash - part) + 1 : 0);
	if (rest.n && (rest.p[0] == '/' || rest.p[0] == '\\'))
		b.n = 0;
	while (rest.n && text_split(&rest, '/', &step)) {
		if (text_is(step, ".."))
			go_up(&b);
		else if (step.n && !text_is(step, "."))
			buf_addf(&b, "%.*s/", (int)step.n, step.p);
	}
	if (b.n && b.p[b.n - 1] == '/')
		b.n--;
	buf_add(&b, "", 0);
	return b.p;
}

static bool read_relations(struct relations *r, struct zip_archive *zip,
			   const char *part)
{
	static const struct xml_handlers handlers = { on_relation, no_end,
						      no_text };
	char *name = relations_of(part);
	bool good = xlsx_part_parse(zip_part_open(zip, name, r->why),
				    &handlers, r, r->why);

	free(name);
	return good;
}

/* ---- the workbook's part ---- */

struct book_reader {
	struct xlsx *x;
	const struct relations *relations;
	const char *part;
	struct buf *why;
	size_t cap;
};

static const struct relation *by_id(const struct relations *r, const char *id)
{
	for (size_t i = 0; id && i < r->n; i++)
		if (strcmp(r->of[i].id, id) == 0)
			return &r->of[i];
	return NULL;
}

static void add_sheet(struct book_reader *r, const char **a)
{
	const struct relation *to = by_id(r->relations, xml_attribute(a, "id"));
	const char *name = xml_attribute(a, "name");
	const char *state = xml_attribute(a, "state");
	struct xlsx *x = r->x;

	/* Charts and dialogs are sheets without cells. */
	if (!to || !is_type(to, "worksheet"))
		return;
	if (x->sheets == XLSX_SHEETS) {
		if (r->why->n == 0)
			buf_adds(r->why, "the workbook has more than 4096 "
					 "sheets");
		return;
	}
	x->sheet = mem_grow(x->sheet, x->sheets, &r->cap, sizeof(*x->sheet));
	x->sheet[x->sheets++] = (struct xlsx_listed){
		.name = mem_strdup(name ? name : ""),
		.part = resolve(r->part, to->target),
		.hidden = state && strcasecmp(state, "visible") != 0,
	};
}

static void on_book(void *ctx, const char *name, const char **a)
{
	struct book_reader *r = ctx;

	if (strcmp(name, "sheet") == 0)
		add_sheet(r, a);
	else if (strcmp(name, "workbookPr") == 0)
		r->x->book.from_1904 =
			xml_is_true(xml_attribute(a, "date1904"));
}

static char *part_of_type(const struct relations *r, const char *part,
			  const char *type)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_type(&r->of[i], type))
			return resolve(part, r->of[i].target);
	return NULL;
}

static bool read_book(struct xlsx *x, const char *part, struct buf *why)
{
	static const struct xml_handlers handlers = { on_book, no_end,
						      no_text };
	struct relations relations = { .why = why };
	struct book_reader r = { x, &relations, part, why, 0 };
	bool good = read_relations(&relations, x->zip, part) &&
		    xlsx_part_parse(zip_part_open(x->zip, part, why),
				    &handlers, &r, why);

	if (good) {
		x->strings_part =
			part_of_type(&relations, part, "sharedStrings");
		x->styles_part = part_of_type(&relations, part, "styles");
	}
	relations_free(&relations);
	if (good && x->sheets == 0) {
		buf_adds(why, "a workbook without a sheet of cells");
		return false;
	}
	return good;
}

/* ---- opening ---- */

/* What other documents have in their archives. */
static const struct {
	const char *part, *what;
} others[] = {
	{ "xl/workbook.bin",
	  "an Excel binary workbook (.xlsb); convert it with `libreoffice "
	  "--headless --convert-to xlsx FILE`" },
	{ "content.xml",
	  "an OpenDocument file (.ods is one); convert it with `libreoffice "
	  "--headless --convert-to xlsx FILE`" },
	{ "word/document.xml", "a Word document" },
	{ "ppt/presentation.xml", "a PowerPoint presentation" },
};

static bool find_book(struct xlsx *x, char **part, struct buf *why)
{
	struct relations top = { .why = why };

	for (size_t i = 0; i < NELEMS(others); i++)
		if (zip_archive_has(x->zip, others[i].part)) {
			buf_adds(why, others[i].what);
			return false;
		}
	if (!zip_archive_has(x->zip, "_rels/.rels")) {
		*part = mem_strdup("xl/workbook.xml");
	} else if (read_relations(&top, x->zip, "")) {
		*part = part_of_type(&top, "", "officeDocument");
	}
	relations_free(&top);
	if (why->n == 0 && (!*part || !zip_archive_has(x->zip, *part)))
		buf_adds(why, "a zip archive without a workbook; unpack it and "
			      "name the files in it");
	return why->n == 0;
}

bool xlsx_open(struct xlsx *x, int fd, struct buf *why)
{
	char *part = NULL;
	bool good;

	*x = (struct xlsx){ 0 };
	x->zip = zip_archive_open(fd, why);
	good = x->zip && find_book(x, &part, why) && read_book(x, part, why);
	free(part);
	if (good && x->styles_part && zip_archive_has(x->zip, x->styles_part))
		good = xlsx_styles_read(
			&x->book.styles,
			zip_part_open(x->zip, x->styles_part, why), why);
	return good;
}

void xlsx_close(struct xlsx *x)
{
	for (size_t i = 0; i < x->sheets; i++) {
		free(x->sheet[i].name);
		free(x->sheet[i].part);
	}
	free(x->sheet);
	free(x->strings_part);
	free(x->styles_part);
	xlsx_strings_release(&x->book.strings);
	xlsx_styles_release(&x->book.styles);
	zip_archive_close(x->zip);
	*x = (struct xlsx){ 0 };
}

/* ---- choosing ---- */

bool xlsx_look(struct xlsx *x, size_t i, struct buf *why)
{
	struct sheet_csv csv = { .why = why };
	struct xlsx_book blind = { .styles = x->book.styles,
				   .no_strings = true };
	struct xlsx_sheet *s = xlsx_sheet_new(
		&blind, zip_part_open(x->zip, x->sheet[i].part, why), NULL,
		&csv);
	int got;

	do {
		got = xlsx_sheet_step(s);
		csv.out.n = 0;
	} while (got > 0 && csv.rows == 0);
	x->sheet[i].rows = csv.rows > 0;
	xlsx_sheet_free(s);
	sheet_csv_release(&csv);
	return got >= 0;
}

static bool by_name(const struct xlsx *x, const char *wanted, size_t *i)
{
	char *end;
	unsigned long n;

	for (*i = 0; *i < x->sheets; ++*i)
		if (strcmp(x->sheet[*i].name, wanted) == 0)
			return true;
	n = strtoul(wanted, &end, 10);
	if (*end || n < 1 || n > x->sheets)
		return false;
	*i = n - 1;
	return true;
}

static void say_names(const struct xlsx *x, struct buf *why)
{
	buf_adds(why, "no sheet is called so; there are");
	for (size_t i = 0; i < x->sheets && i < 20; i++) {
		buf_adds(why, i ? ", \"" : " \"");
		utf8_show(why, text_of(x->sheet[i].name), 40);
		buf_addc(why, '"');
	}
}

bool xlsx_choose(struct xlsx *x, const char *wanted, size_t *i,
		 struct buf *why)
{
	size_t first = SIZE_MAX;

	if (wanted) {
		if (by_name(x, wanted, i))
			return true;
		say_names(x, why);
		return false;
	}
	for (*i = 0; *i < x->sheets; ++*i) {
		if (x->sheet[*i].hidden)
			continue;
		if (first == SIZE_MAX)
			first = *i;
		if (!xlsx_look(x, *i, why))
			return false;
		if (x->sheet[*i].rows)
			return true;
	}
	*i = first == SIZE_MAX ? 0 : first;
	return true;
}

/* ---- one sheet ---- */

static bool begin(struct xlsx_stream *s)
{
	const struct xlsx *x = s->book;
	struct zip_part *part = zip_part_open(s->book->zip,
					      x->sheet[s->i].part, &s->why);

	xlsx_sheet_free(s->sheet);
	s->sheet = xlsx_sheet_new(&x->book, part,
				  s->ranges.n ? &s->ranges : NULL, &s->csv);
	return part != NULL;
}

/* How wide the first rows are. */
static bool measure(struct xlsx_stream *s)
{
	int got = 1;

	while (got > 0 && s->csv.rows < SHEET_SAMPLE) {
		got = xlsx_sheet_step(s->sheet);
		s->csv.out.n = 0;
	}
	s->csv.width = s->csv.widest;
	sheet_csv_rewind(&s->csv);
	return got >= 0;
}

bool xlsx_stream_open(struct xlsx_stream *s, struct xlsx *x, size_t i,
		      bool fill_merged)
{
	struct xlsx_strings *strings = &x->book.strings;

	*s = (struct xlsx_stream){ .book = x, .i = i };
	s->csv.why = &s->why;
	s->csv.fill = fill_merged;
	if (strings->n == 0 && x->strings_part &&
	    zip_archive_has(x->zip, x->strings_part) &&
	    !xlsx_strings_read(strings,
			       zip_part_open(x->zip, x->strings_part, &s->why),
			       &s->why))
		return false;
	if (fill_merged &&
	    !xlsx_ranges_read(&s->ranges,
			      zip_part_open(x->zip, x->sheet[i].part, &s->why),
			      &s->why))
		return false;
	return begin(s) && measure(s) && begin(s);
}

void xlsx_stream_close(struct xlsx_stream *s)
{
	xlsx_sheet_free(s->sheet);
	xlsx_ranges_release(&s->ranges);
	sheet_csv_release(&s->csv);
	buf_release(&s->why);
	*s = (struct xlsx_stream){ 0 };
}

ssize_t xlsx_stream_read(struct xlsx_stream *s, char *to, size_t n)
{
	size_t left = s->csv.out.n - s->at;

	if (left == 0) {
		int got;

		s->csv.out.n = s->at = 0;
		got = xlsx_sheet_step(s->sheet);
		if (got <= 0)
			return got;
		left = s->csv.out.n;
	}
	n = n < left ? n : left;
	memcpy(to, s->csv.out.p + s->at, n);
	s->at += n;
	return (ssize_t)n;
}
