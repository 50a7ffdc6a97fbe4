/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks, HTML and XML as sources of CSV, from parts given by hand. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "base/mem.h"
#include "stream/workbook.h"
#include "tests/unit/stored_zip.h"

/* ---- what comes out ---- */

struct outcome {
	enum workbook_state state;
	struct buf csv;		/* up to a fault */
	struct buf say;		/* notes, or the fault */
};

static int file_of(struct text bytes)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
	return fd;
}

static void read_csv(struct source *s, struct outcome *o)
{
	ssize_t got;

	while ((got = source_read(s, buf_room(&o->csv, 100), 100)) > 0)
		o->csv.n += (size_t)got;
	buf_add(&o->csv, "", 0);
	if (got >= 0)
		return;
	o->state = WORKBOOK_BAD;
	buf_clear(&o->say);
	buf_adds(&o->say, source_why(s));
}

/* The same with little reads, and a rest between any two. */
static void reads_alike_with_rests(struct source *s, struct text csv)
{
	char room[8];
	ssize_t got;

	while ((got = source_read(s, room, sizeof(room))) > 0) {
		ck_assert_uint_le((size_t)got, csv.n);
		ck_assert_mem_eq(room, csv.p, (size_t)got);
		csv.p += got;
		csv.n -= (size_t)got;
		source_rest(s);
	}
	ck_assert_int_eq(got, 0);
	ck_assert_uint_eq(csv.n, 0);
}

static struct outcome outcome_of(struct text bytes,
				 const struct workbook_options *options)
{
	struct outcome o = { 0 };
	int fd = file_of(bytes);
	char path[64];
	struct source *s;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	s = source_open(path);
	ck_assert_ptr_nonnull(s);
	o.state = workbook_open(&s, options, &o.say);
	if (o.state == WORKBOOK_READ)
		read_csv(s, &o);
	source_close(s);
	close(fd);
	return o;
}

static void outcome_release(struct outcome *o)
{
	buf_release(&o->csv);
	buf_release(&o->say);
}

static void gives(struct text bytes, const struct workbook_options *options,
		  const char *csv)
{
	struct outcome o = outcome_of(bytes, options);

	ck_assert_msg(o.state == WORKBOOK_READ, "state %d: %s", o.state,
		      o.say.p);
	ck_assert_str_eq(o.csv.p, csv);
	outcome_release(&o);
}

static void refuses(struct text bytes, const struct workbook_options *options,
		    const char *why)
{
	struct outcome o = outcome_of(bytes, options);

	ck_assert_int_eq(o.state, WORKBOOK_BAD);
	ck_assert_msg(o.say.n && strstr(o.say.p, why), "said: %s",
		      o.say.n ? o.say.p : "nothing");
	outcome_release(&o);
}

static const struct workbook_options plain = { 0 };
static const struct workbook_options filled = { .fill_merged = true };

/* ---- workbooks ---- */

#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/" \
	     "relationships/"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships/"

struct parts {
	const char *book, *relations, *styles, *strings, *sheet, *other;
};

static const struct parts usual = {
	"<workbook xmlns:r=\"" TYPE "\"><sheets>"
	"<sheet name=\"one\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
	"</workbook>",
	"<Relationships>"
	"<Relationship Id=\"rId1\" Type=\"" TYPE "worksheet\" "
	"Target=\"worksheets/sheet1.xml\"/>"
	"<Relationship Id=\"rId4\" Type=\"" TYPE "worksheet\" "
	"Target=\"worksheets/sheet2.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" TYPE "styles\" "
	"Target=\"styles.xml\"/>"
	"<Relationship Id=\"rId3\" Type=\"" TYPE "sharedStrings\" "
	"Target=\"sharedStrings.xml\"/></Relationships>",
	"<styleSheet><numFmts><numFmt numFmtId=\"164\" "
	"formatCode=\"yyyy/m/d h:mm\"/></numFmts><cellStyleXfs>"
	"<xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
	"<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
	"<sst><si><t>姓名</t></si><si><r><rPr><b/></rPr><t>a, </t></r><r>"
	"<t xml:space=\"preserve\">\"b\" </t></r><rPh sb=\"0\" eb=\"1\">"
	"<t>X</t></rPh><phoneticPr fontId=\"1\"/></si><si><t>l1_x000D_\nl2"
	"</t></si><si/></sst>",
	"<worksheet/>",
	"<worksheet/>",
};

static struct buf book_of(const struct parts *p)
{
	struct stored_zip z = { 0 };

	stored_add(&z, "[Content_Types].xml", TEXT("<Types/>"));
	if (p->book)
		stored_add(&z, "xl/workbook.xml", text_of(p->book));
	if (p->relations)
		stored_add(&z, "xl/_rels/workbook.xml.rels",
			   text_of(p->relations));
	if (p->styles)
		stored_add(&z, "xl/styles.xml", text_of(p->styles));
	if (p->strings)
		stored_add(&z, "xl/sharedStrings.xml", text_of(p->strings));
	stored_add(&z, "xl/worksheets/sheet1.xml", text_of(p->sheet));
	if (p->other)
		stored_add(&z, "xl/worksheets/sheet2.xml", text_of(p->other));
	stored_end(&z);
	return z.bytes;
}

static void book_gives(const struct parts *p,
		       const struct workbook_options *options, const char *csv)
{
	struct buf b = book_of(p);

	gives(buf_text(&b), options, csv);
	buf_release(&b);
}

static void book_refused(const struct parts *p,
			 const struct workbook_options *options,
			 const char *why)
{
	struct buf b = book_of(p);

	refuses(buf_text(&b), options, why);
	buf_release(&b);
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static const struct {
	const char *sheet, *csv;
} sheets[] = {
	/* texts, joined and quoted */
	{ SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
		"<c r=\"B1\" t=\"s\"><v>1</v></c>"
		"<c r=\"C1\" t=\"s\"><v>2</v></c>"
		"<c r=\"D1\" t=\"s\"><v>3</v></c></row>"),
	  "姓名,\"a, \"\"b\"\" \",\"l1\r\nl2\"\n" },
	/* numbers, dates, truth, errors, formulas, texts in place */
	{ SHEET("<row r=\"1\"><c r=\"A1\"><v>0.30000000000000004</v></c>"
		"<c r=\"B1\" s=\"1\"><v>45000</v></c>"
		"<c r=\"C1\" s=\"2\" t=\"n\"><v>45000.4375</v></c>"
		"<c r=\"D1\" t=\"b\"><v>1</v></c>"
		"<c r=\"E1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
		"<c r=\"F1\" t=\"str\" s=\"1\"><f>A1&amp;B1</f><v>x,y</v></c>"
		"<c r=\"G1\" t=\"inlineStr\"><is><r><t>in</t></r><r><t> "
		"line</t></r><rPh><t>no</t></rPh></is></c>"
		"<c r=\"H1\" t=\"d\" s=\"1\"><v>2024-03-05T00:00:00</v></c>"
		"<c r=\"I1\" s=\"99\"><v>1.38E+10</v></c></row>"),
	  "0.3,2023-03-15,2023-03-15 10:30:00,TRUE,#DIV/0!,\"x,y\",in line,"
	  "2024-03-05,13800000000\n" },
	/* row and cell numbers missing; rows without values; a gap */
	{ SHEET("<row><c><v>1</v></c><c><v>2</v></c><c r=\"E1\"><v>3</v></c>"
		"<c><v>4</v></c></row><row r=\"4\"><c r=\"B4\"><v>5</v></c>"
		"</row><row r=\"5\"><c r=\"A5\" s=\"1\"/><c r=\"B5\"/></row>"
		"<row><c><v>6</v></c></row>"),
	  "1,2,,,3,4\n\n\n,5,,,,\n\n6,,,,,\n" },
	/* a prefix, the strict family, comments, extensions, white space */
	{ "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/"
	  "main\"><!-- <row/> --><x:dimension ref=\"A1\"/><x:sheetData>\n "
	  "<x:row x:r=\"1\">\n  <x:c r=\"$a$1\">\n  <x:v>1</x:v>\n "
	  "<x:extLst><x:ext><x:v>9</x:v></x:ext></x:extLst></x:c></x:row>"
	  "</x:sheetData><x:extLst><x:row/></x:extLst></x:worksheet>",
	  "1\n" },
	/* CDATA and XML's own entities */
	{ SHEET("<row><c t=\"str\"><v><![CDATA[<a>]]>&amp;&#x4e00;</v></c>"
		"</row>"),
	  "<a>&一\n" },
	/* _xHHHH_: a character, a pair of units, half a pair, the escape of
	 * an escape, none */
	{ SHEET("<row><c t=\"str\"><v>a_x0009_b_xD83D__xDE00__xD83D_c_x005F_"
		"x000A_ _x00_ _xZZZZ_</v></c></row>"),
	  "a\tb😀_xD83D_c_x000A_ _x00_ _xZZZZ_\n" },
	/* formulas whose result is empty, and that have none */
	{ SHEET("<row><c t=\"str\"><f>A1</f><v></v></c><c><f>A1</f></c>"
		"<c><f>A1</f><v/></c><c><f>A1</f><v>0</v></c></row>"),
	  ",#FORMULA?,#FORMULA?,0\n" },
	/* no rows at all */
	{ SHEET(""), "" },
	{ "<worksheet><sheetData/></worksheet>", "" },
	{ "<worksheet/>", "" },
};

START_TEST(cells_come_out_as_a_spreadsheet_shows_them)
{
	struct parts p = usual;

	p.sheet = sheets[_i].sheet;
	book_gives(&p, &plain, sheets[_i].csv);
}
END_TEST

/* Only the 1,000th row is wide: all are so. Only the 1,001st: it alone. */
START_TEST(the_first_rows_tell_the_width)
{
	for (int wide = 999; wide < 1001; wide++) {
		struct buf sheet = { 0 }, csv = { 0 };
		struct parts p = usual;

		buf_adds(&sheet, "<worksheet><sheetData>");
		for (int i = 0; i < 1002; i++) {
			buf_adds(&sheet, "<row><c><v>1</v></c>");
			if (i == wide)
				buf_adds(&sheet, "<c r=\"C1\"><v>2</v></c>");
			buf_adds(&sheet, "</row>");
			buf_adds(&csv, i == wide    ? "1,,2\n" :
				       wide == 999 ? "1,,\n" :
						     "1\n");
		}
		buf_adds(&sheet, "</sheetData></worksheet>");
		p.sheet = sheet.p;
		book_gives(&p, &plain, csv.p);
		buf_release(&sheet);
		buf_release(&csv);
	}
}
END_TEST

START_TEST(days_are_counted_as_the_workbook_says)
{
	struct parts p = usual;

	p.sheet = SHEET("<row><c s=\"1\"><v>43538</v></c></row>");
	book_gives(&p, &plain, "2019-03-14\n");
	p.book = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet "
		 "name=\"a\" r:id=\"rId1\" xmlns:r=\"r\"/></sheets></workbook>";
	book_gives(&p, &plain, "2023-03-15\n");
}
END_TEST

START_TEST(a_source_that_rests_goes_on_where_it_was)
{
	static const char csv[] = "姓名,1,2\n\n\n姓名,,3\n";
	struct parts p = usual;
	struct buf b, say = { 0 };
	char path[64];
	struct source *s;
	int fd;

	p.sheet = SHEET("<row><c t=\"s\"><v>0</v></c><c><v>1</v></c><c><v>2</v>"
			"</c></row><row r=\"4\"><c t=\"s\"><v>0</v></c>"
			"<c r=\"C4\"><v>3</v></c></row>");
	b = book_of(&p);
	fd = file_of(buf_text(&b));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	s = source_open(path);
	ck_assert_int_eq(workbook_open(&s, &plain, &say), WORKBOOK_READ);
	reads_alike_with_rests(s, TEXT(csv));
	source_close(s);
	close(fd);
	buf_release(&say);
	buf_release(&b);
}
END_TEST

#define TWO_SHEETS(state)                                                     \
	"<workbook><sheets><sheet name=\"客户\" state=\"" state "\" "         \
	"r:id=\"rId1\" xmlns:r=\"r\"/><sheet name=\"2024\" r:id=\"rId4\" "    \
	"xmlns:r=\"r\"/></sheets></workbook>"

START_TEST(a_sheet_is_chosen)
{
	struct parts p = usual;
	struct workbook_options o = { 0 };

	p.book = TWO_SHEETS("visible");
	p.sheet = SHEET("<row><c t=\"s\"><v>0</v></c></row>");
	p.other = SHEET("<row><c><v>2</v></c></row>");
	book_gives(&p, &o, "姓名\n");
	o.sheet = "2024";
	book_gives(&p, &o, "2\n");
	o.sheet = "2";
	book_gives(&p, &o, "2\n");
	o.sheet = "客户";
	book_gives(&p, &o, "姓名\n");
	o.sheet = "3";
	book_refused(&p, &o, "there are \"客户\", \"2024\"");
	o.sheet = NULL;
	p.book = TWO_SHEETS("veryHidden");
	book_gives(&p, &o, "2\n");
	/* The first has no row with a value. */
	p.book = TWO_SHEETS("visible");
	p.sheet = SHEET("<row><c s=\"1\"/></row>");
	book_gives(&p, &o, "2\n");
}
END_TEST

START_TEST(other_sheets_are_told_of)
{
	const struct workbook_options o = { .tell = true };
	struct parts p = usual;
	struct outcome got;
	struct buf b;

	p.book = TWO_SHEETS("hidden");
	p.sheet = SHEET("<row><c><v>1</v></c></row>");
	p.other = SHEET("<row><c><v>2</v></c></row>");
	b = book_of(&p);
	got = outcome_of(buf_text(&b), &o);
	ck_assert_str_eq(got.say.p,
			 "sheet \"2024\" of the workbook is read\nsheet "
			 "\"客户\" is hidden and has rows, too; --sheet reads "
			 "it");
	outcome_release(&got);
	buf_release(&b);
}
END_TEST

#define MERGED(rows, ranges)                                              \
	"<worksheet><sheetData>" rows "</sheetData><mergeCells>" ranges   \
	"</mergeCells></worksheet>"

static const struct {
	const char *sheet, *without, *with;
} merged[] = {
	/* right and down, over a row that is not there */
	{ MERGED("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
		 "<c r=\"B1\"/></row><row r=\"3\"><c r=\"C3\"><v>3</v></c>"
		 "</row>",
		 "<mergeCell ref=\"A1:B3\"/>"),
	  "\"a, \"\"b\"\" \",,\n\n,,3\n",
	  "\"a, \"\"b\"\" \",\"a, \"\"b\"\" \",\n"
	  "\"a, \"\"b\"\" \",\"a, \"\"b\"\" \",\n"
	  "\"a, \"\"b\"\" \",\"a, \"\"b\"\" \",3\n" },
	/* a header of two levels, ranges in any order */
	{ MERGED("<row><c><v>1</v></c><c><v>2</v></c><c/></row>"
		 "<row><c/><c><v>3</v></c><c><v>4</v></c></row>",
		 "<mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A1:A2\"/>"),
	  "1,2,\n,3,4\n", "1,2,2\n1,3,4\n" },
	/* one below the other, and one without a value */
	{ MERGED("<row><c><v>1</v></c></row><row/><row><c><v>2</v></c></row>"
		 "<row/><row><c r=\"B5\"><v>9</v></c></row>",
		 "<mergeCell ref=\"A1:A2\"/><mergeCell ref=\"A3:A4\"/>"
		 "<mergeCell ref=\"A5:A6\"/>"),
	  "1,\n\n2,\n\n,9\n", "1,\n1,\n2,\n2,\n,9\n" },
	/* a value under the cover of a range stays */
	{ MERGED("<row><c><v>1</v></c><c><v>7</v></c><c/></row>",
		 "<mergeCell ref=\"A1:C1\"/>"),
	  "1,7\n", "1,7,1\n" },
};

START_TEST(merged_cells_are_filled_on_request)
{
	struct parts p = usual;

	p.sheet = merged[_i].sheet;
	book_gives(&p, &plain, merged[_i].without);
	book_gives(&p, &filled, merged[_i].with);
}
END_TEST

START_TEST(parts_are_found_by_their_relations)
{
	static const char *const targets[] = {
		"worksheets/sheet1.xml",
		"/xl/worksheets/sheet1.xml",
		"./worksheets/../worksheets/sheet1.xml",
		"../../../xl/worksheets/sheet1.xml",
		"WORKSHEETS/Sheet1.xml",
	};
	struct parts p = usual;

	p.sheet = SHEET("<row><c t=\"str\"><v>x</v></c></row>");
	p.styles = p.strings = NULL;
	for (size_t i = 0; i < NELEMS(targets); i++) {
		struct buf r = { 0 };

		buf_addf(&r,
			 "<Relationships><Relationship Target=\"%s\" "
			 "Id=\"rId1\" Type=\"" STRICT "worksheet\"/>"
			 "</Relationships>",
			 targets[i]);
		p.relations = r.p;
		book_gives(&p, &plain, "x\n");
		buf_release(&r);
	}
}
END_TEST

/* ---- a workbook and its CSV ---- */

static uint32_t random_below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

static const struct {
	const char *xml, *csv;
} samples[] = {
	{ "><v>12.5</v></c>", "12.5" },
	{ " s=\"1\"><v>45000</v></c>", "2023-03-15" },
	{ " t=\"s\"><v>0</v></c>", "姓名" },
	{ " t=\"s\"><v>1</v></c>", "\"a, \"\"b\"\" \"" },
	{ " t=\"s\"><v>2</v></c>", "\"l1\r\nl2\"" },
	{ " t=\"inlineStr\"><is><t>x\ny</t></is></c>", "\"x\ny\"" },
	{ "/>", "" },
	{ NULL, "" },		/* not there */
};

/* One row in both spellings, `width` cells wide, the last one filled. */
static void put_random_row(uint64_t *seed, unsigned row, unsigned width,
			   bool named, struct buf *xml, struct buf *csv)
{
	buf_addf(xml, "<row r=\"%u\">", row);
	for (unsigned i = 0; i < width; i++) {
		size_t k = i + 1 == width ?
				   0 :
				   random_below(seed, NELEMS(samples));

		if (samples[k].xml) {
			buf_adds(xml, "<c");
			/* Without its name a cell is the next one. */
			if (named)
				buf_addf(xml, " r=\"%c%u\"", 'A' + i, row);
			buf_adds(xml, samples[k].xml);
		} else if (!named) {
			buf_adds(xml, "<c/>");
		}
		buf_addf(csv, "%s%s", i ? "," : "", samples[k].csv);
	}
	buf_adds(xml, "</row>");
	buf_addc(csv, '\n');
}

START_TEST(a_workbook_gives_what_its_csv_holds)
{
	uint64_t seed = (uint64_t)_i + 1;

	for (int round = 0; round < 50; round++) {
		struct buf xml = { 0 }, csv = { 0 };
		unsigned width = 1 + random_below(&seed, 9), row = 0;
		bool named = random_below(&seed, 2);
		struct parts p = usual;

		buf_adds(&xml, "<worksheet><sheetData>");
		for (uint32_t n = random_below(&seed, 40); n; n--) {
			for (row++; random_below(&seed, 5) == 0; row++)
				buf_addc(&csv, '\n');
			put_random_row(&seed, row, width, named, &xml, &csv);
		}
		buf_adds(&xml, "</sheetData></worksheet>");
		buf_adds(&csv, "");
		p.sheet = xml.p;
		book_gives(&p, &plain, csv.p);
		book_gives(&p, &filled, csv.p);
		buf_release(&xml);
		buf_release(&csv);
	}
}
END_TEST

/* ---- what is refused ---- */

static const struct {
	const char *sheet, *why;
} bad_sheets[] = {
	{ "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>",
	  "a document type declaration" },
	{ "<worksheet><sheetData><row>", "not well-formed XML" },
	{ "<worksheet><sheetData></row>", "not well-formed XML" },
	{ SHEET("<row><c t=\"s\"><v>4</v></c></row>"),
	  "cell A1 names a text that the workbook does not hold" },
	{ SHEET("<row><c t=\"s\"><v>-1</v></c></row>"),
	  "cell A1 names a text of the workbook by no number" },
	{ SHEET("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v>"
		"</c></row>"),
	  "row 2: a cell that is not right of the one before it" },
	{ SHEET("<row r=\"2\"/><row r=\"2\"/>"), "row 2: after it comes" },
	{ SHEET("<row r=\"7\"/><row r=\"-2\"/>"), "row 7: after it comes" },
	{ SHEET("<row r=\"1048577\"/>"), "beyond the 1048576th" },
	{ SHEET("<row r=\"99999999999999999999\"/>"), "beyond the 1048576th" },
	{ SHEET("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>"),
	  "cell XFE3 lies beyond column XFD" },
	{ SHEET("<row><c r=\"AAAAAAAAAAAA3\"><v>1</v></c></row>"),
	  "lies beyond column XFD" },
	{ SHEET("<row><c r=\"12\"><v>1</v></c></row>"), "has no place" },
};

START_TEST(a_bad_sheet_is_refused_with_a_sentence)
{
	struct parts p = usual;

	p.sheet = bad_sheets[_i].sheet;
	book_refused(&p, &plain, bad_sheets[_i].why);
}
END_TEST

static const struct {
	const char *ranges, *why;
} bad_ranges[] = {
	{ "<mergeCell ref=\"A1:B2\"/><mergeCell ref=\"B2:C3\"/>",
	  "row 2: merged cells that overlap" },
	{ "<mergeCell ref=\"A1\"/>", "not understood" },
	{ "<mergeCell/>", "not understood" },
	{ "<mergeCell ref=\"B1:A1\"/>", "not understood" },
	{ "<mergeCell ref=\"A2:A1\"/>", "not understood" },
	{ "<mergeCell ref=\"A1:XFE1\"/>", "not understood" },
	{ "<mergeCell ref=\"A1:A1048577\"/>", "not understood" },
};

START_TEST(bad_ranges_are_refused_when_they_are_asked_for)
{
	struct parts p = usual;
	struct buf sheet = { 0 };

	buf_addf(&sheet, MERGED("<row><c><v>1</v></c></row><row/>", "%s"),
		 bad_ranges[_i].ranges);
	p.sheet = sheet.p;
	book_gives(&p, &plain, "1\n\n");
	book_refused(&p, &filled, bad_ranges[_i].why);
	buf_release(&sheet);
}
END_TEST

START_TEST(bad_parts_are_refused_with_a_sentence)
{
	struct parts p = usual;

	p.book = NULL;
	book_refused(&p, &plain, "a zip archive without a workbook");
	p = usual;
	p.relations = NULL;
	book_refused(&p, &plain, ".xml.rels in the workbook is missing");
	p = usual;
	p.relations = "<Relationships/>";
	book_refused(&p, &plain, "a workbook without a sheet of cells");
	p = usual;
	p.strings = "<sst><si><t>a";
	book_refused(&p, &plain, "not well-formed XML");
	p = usual;
	p.styles = "<!DOCTYPE a><styleSheet/>";
	book_refused(&p, &plain, "a document type declaration");
	p = usual;
	p.book = TWO_SHEETS("visible");
	p.sheet = SHEET("");
	p.other = NULL;
	book_refused(&p, &plain, "sheet2.xml in the workbook is missing");
}
END_TEST

/* A tag may have a MiB; a million elements in each other may be no more than
 * 256 deep. */
START_TEST(swollen_xml_is_refused)
{
	struct buf deep = { 0 }, wide = { 0 };
	struct parts p = usual;

	for (int i = 0; i < 1000000; i++)
		buf_adds(&deep, "<a>");
	p.sheet = deep.p;
	book_refused(&p, &plain, "more than 256 deep");
	buf_adds(&wide, "<worksheet a=\"");
	for (int i = 0; i < 200000; i++)
		buf_adds(&wide, "0123456789");
	buf_adds(&wide, "\"/>");
	p.sheet = wide.p;
	book_refused(&p, &plain, "a tag of more than 1 MiB");
	buf_release(&deep);
	buf_release(&wide);
}
END_TEST

/* A text of 1 MiB, 17 times in a row. */
START_TEST(a_row_over_the_limit_is_refused)
{
	struct buf text = { 0 }, sheet = { 0 };
	struct parts p = usual;

	buf_adds(&text, "<sst><si><t>");
	for (int i = 0; i < 1 << 17; i++)
		buf_adds(&text, "01234567");
	buf_adds(&text, "</t></si></sst>");
	buf_adds(&sheet, "<worksheet><sheetData><row>");
	for (int i = 0; i < 17; i++)
		buf_adds(&sheet, "<c t=\"s\"><v>0</v></c>");
	buf_adds(&sheet, "</row></sheetData></worksheet>");
	p.strings = text.p;
	p.sheet = sheet.p;
	book_refused(&p, &plain, "row 1: longer than the 16 MiB");
	buf_release(&text);
	buf_release(&sheet);
}
END_TEST

/* A value of 1 MiB over rows that are not there, and over many that are. */
START_TEST(merged_cells_do_not_swell_without_end)
{
	struct buf text = { 0 }, sheet = { 0 };
	struct parts p = usual;

	buf_adds(&text, "<sst><si><t>");
	for (int i = 0; i < 1 << 17; i++)
		buf_adds(&text, "01234567");
	buf_adds(&text, "</t></si></sst>");
	buf_adds(&sheet, "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c>"
			 "</row><row r=\"1048576\"/></sheetData><mergeCells>"
			 "<mergeCell ref=\"A1:A1048576\"/></mergeCells>"
			 "</worksheet>");
	p.strings = text.p;
	p.sheet = sheet.p;
	book_refused(&p, &filled, "repeat their values to more than 64 MiB");
	buf_clear(&sheet);
	buf_adds(&sheet, "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c>"
			 "</row>");
	for (int i = 0; i < 2000; i++)
		buf_adds(&sheet, "<row/>");
	buf_adds(&sheet, "</sheetData><mergeCells><mergeCell "
			 "ref=\"A1:A1048576\"/></mergeCells></worksheet>");
	p.sheet = sheet.p;
	book_refused(&p, &filled, "repeats its texts to more than 100 times");
	buf_clear(&sheet);
	buf_addf(&sheet, "<table><tr><td rowspan=9999>%.*s<td>a",
		 (int)(text.n - 12), text.p + 12);
	for (int i = 0; i < 2000; i++)
		buf_adds(&sheet, "<tr><td>a<td>b");
	refuses(buf_text(&sheet), &filled,
		"repeat their values to more than 1 GiB");
	buf_release(&text);
	buf_release(&sheet);
}
END_TEST

/* 80 MiB of blanks in 80 KiB. */
START_TEST(what_unpacks_to_much_more_is_refused)
{
	char path[] = "/tmp/test_workbook.XXXXXX";
	size_t n = 80u << 20;
	char *blanks = mem_alloc(n, 1);
	struct buf book, bomb = { 0 };
	zip_t *z;
	ssize_t got;
	int fd;

	memset(blanks, ' ', n);
	memcpy(blanks, "<a>", 3);
	memcpy(blanks + n - 4, "</a>", 4);
	book = book_of(&usual);
	fd = mkstemp(path);
	ck_assert_int_eq(write(fd, book.p, book.n), (ssize_t)book.n);
	close(fd);
	z = zip_open(path, 0, NULL);
	ck_assert_ptr_nonnull(z);
	ck_assert_int_ge(zip_file_add(z, "xl/worksheets/sheet1.xml",
				      zip_source_buffer(z, blanks, n, 0),
				      ZIP_FL_OVERWRITE),
			 0);
	ck_assert_int_eq(zip_close(z), 0);
	fd = open(path, O_RDONLY);
	unlink(path);
	while ((got = read(fd, buf_room(&bomb, 4096), 4096)) > 0)
		bomb.n += (size_t)got;
	close(fd);
	ck_assert_uint_lt(bomb.n, 1u << 20);
	refuses(buf_text(&bomb), &plain, "more than 400 times");
	buf_release(&bomb);
	buf_release(&book);
	free(blanks);
}
END_TEST

/* Cut at every byte, or with one byte changed: a sentence, or the sheet. */
START_TEST(damaged_archives_are_refused)
{
	struct parts p = usual;
	struct buf b;

	p.sheet = SHEET("<row><c t=\"s\"><v>0</v></c></row>");
	b = book_of(&p);
	for (size_t n = 4; n < b.n; n++) {
		struct outcome o =
			outcome_of((struct text){ b.p, n }, &plain);

		ck_assert_int_eq(o.state, WORKBOOK_BAD);
		ck_assert_uint_gt(o.say.n, 0);
		outcome_release(&o);
	}
	for (size_t at = 4; at < b.n; at++) {
		struct outcome o;

		b.p[at] ^= 0x55;
		o = outcome_of(buf_text(&b), &plain);
		b.p[at] ^= 0x55;
		ck_assert_int_ne(o.state, WORKBOOK_NONE);
		if (o.state == WORKBOOK_READ)
			ck_assert_str_eq(o.csv.p, "姓名\n");
		outcome_release(&o);
	}
	buf_release(&b);
}
END_TEST

/* Its list of files, by its end, is longer than 16 MiB. */
START_TEST(a_long_list_of_files_is_refused)
{
	struct buf b = book_of(&usual);

	memcpy(b.p + b.n - 10, "\x01\0\0\x01", 4);
	refuses(buf_text(&b), &plain, "takes more than 16 MiB");
	buf_release(&b);
}
END_TEST

/* A million elements, each with a long name of its own: more than the limit
 * whichever way Expat keeps them. */
START_TEST(many_names_take_no_memory_without_end)
{
	struct buf sheet = { 0 };
	struct parts p = usual;

	buf_adds(&sheet, "<worksheet>");
	for (int i = 0; i < 1200000; i++)
		buf_addf(&sheet, "<a%0*d/>", 60, i);
	buf_adds(&sheet, "</worksheet>");
	p.sheet = sheet.p;
	book_refused(&p, &plain, "takes too much memory");
	buf_release(&sheet);
}
END_TEST

static const struct {
	const char *part, *why;
} others[] = {
	{ "xl/workbook.bin", ".xlsb" },
	{ "content.xml", "OpenDocument" },
	{ "word/document.xml", "a Word document" },
	{ "readme.txt", "a zip archive without a workbook" },
};

START_TEST(other_archives_are_told_apart)
{
	struct stored_zip z = { 0 };

	stored_add(&z, others[_i].part, TEXT("x"));
	stored_end(&z);
	refuses(buf_text(&z.bytes), &plain, others[_i].why);
	buf_release(&z.bytes);
}
END_TEST

/* Through a pipe it is copied to a file that has no name any more. */
START_TEST(a_workbook_comes_through_a_pipe_too)
{
	struct parts p = usual;
	struct buf b, say = { 0 }, csv = { 0 };
	struct source *s;
	char path[64], room[64];
	int end[2];
	ssize_t n;

	p.sheet = SHEET("<row><c><v>1</v></c></row>");
	b = book_of(&p);
	ck_assert_int_eq(pipe(end), 0);
	ck_assert_int_eq(write(end[1], b.p, b.n), (ssize_t)b.n);
	close(end[1]);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", end[0]);
	s = source_open(path);
	close(end[0]);
	ck_assert_int_eq(workbook_open(&s, &plain, &say), WORKBOOK_READ);
	while ((n = source_read(s, room, sizeof(room))) > 0)
		buf_add(&csv, room, (size_t)n);
	ck_assert_str_eq(csv.p, "1\n");
	source_close(s);
	buf_release(&csv);
	buf_release(&say);
	buf_release(&b);
}
END_TEST

/* An OLE container: 512 bytes of head, then its first folder sector. */
START_TEST(old_containers_are_told_apart)
{
	char file[1536] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	static const char name[] = "EncryptedPackage";

	file[30] = 9;		/* sectors of 2^9 bytes */
	file[48] = 1;		/* the folder is the second one */
	refuses((struct text){ file, sizeof(file) }, &plain,
		"an old Excel workbook");
	for (size_t i = 0; i < sizeof(name); i++)
		file[1024 + 128 + 2 * i] = name[i];
	refuses((struct text){ file, sizeof(file) }, &plain, "encrypted");
	refuses((struct text){ file, 20 }, &plain, "an old Excel workbook");
}
END_TEST

/* ---- HTML ---- */

static const struct {
	const char *html, *csv, *filled;
} pages[] = {
	{ "<html><body><h1>x</h1><table><tr><td>no</td></tr></table><table>"
	  "<tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
	  "<table><tr><td>3<td>4<tr><td>5<td>6</table>",
	  "a,b\n1,2\n", NULL },
	/* ends left out, odd case, attributes in all forms */
	{ "<TABLE border><TR CLASS='a>b'><TD x=\"<td>\">1<Td\n>2<tr><td>3<td>4",
	  "1,2\n3,4\n", NULL },
	/* blanks, entities, lines */
	{ "<table><tr><td> a \n b </td><td>&lt;1&gt;&nbsp;&amp;amp;</td></tr>"
	  "<tr><td>x<br>y<br/> z<p>p</p></td><td>&#20013;&#x6587; &bad; & "
	  "&nbsp;</td></tr></table>",
	  "a b,<1>\xc2\xa0&amp;\n\"x\ny\nz\np\",中文 &bad; &\n", NULL },
	/* a row without cells counts; one of empty cells is blank */
	{ "<table><tr></tr><tr><td>a<td>b</tr><tr><td>&nbsp;<td></tr><tr>"
	  "<td>c<td>d</table>",
	  "\na,b\n\nc,d\n", NULL },
	/* spans */
	{ "<table><tr><td colspan=2>a</td><td rowspan=\"2\">b</td></tr><tr>"
	  "<td>c</td><td>d</td></tr><tr><td>e<td>f<td>g</table>",
	  "a,,b\nc,d,\ne,f,g\n", "a,a,b\nc,d,b\ne,f,g\n" },
	/* overlapping spans, spans that are no number */
	{ "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e<tr>"
	  "<td colspan=x rowspan=0>f<td>g</table>",
	  "a,b,c\nd,,e\nf,g,\n", NULL },
	/* a table in a cell */
	{ "<table><tr><td>a<table><tr><td>1</td></tr><tr><td>2</td></tr>"
	  "</table>z</td><td>b</td></tr><tr><td>c<td>d</table>",
	  "a 1 2 z,b\nc,d\n", NULL },
	/* a page laid out by a table: the one in it has the rows */
	{ "<table><tr><td><table><tr><td>a<td>b<tr><td>1<td>2</table></td>"
	  "<td>menu</td></tr><tr><td>x<td>y</table>",
	  "a,b\n1,2\n", NULL },
	/* comments, scripts, declarations */
	{ "<!DOCTYPE html><!-- <table><tr><td>1<td>2<tr><td>3<td>4</table> -->"
	  "<script>'<table><tr><td>1<td>2<tr><td>3<td>4</table>'</script>"
	  "<style>td > p {}</style><table><thead><tr><td>a<![if x]><td>b"
	  "<!-- > --></thead><tbody><tr><td>c<td>d</table>",
	  "a,b\nc,d\n", NULL },
	/* numbers that Excel shows cut and has whole beside */
	{ "<table><tr><td x:num=\"13800138000\">1.38E+10<td x:num='45356'>"
	  "2024/3/5<td x:num=\"1.5\"> ### <td x:num>7<td>1E+5</table>"
	  "<table><tr><td x:num=\"13800138000\">1.38E+10<td x:num='45356'>"
	  "2024/3/5<tr><td x:num=\"1.5\"> ### <td x:num>7<tr><td>1E+5<td "
	  "x:num=2>Elf</table>",
	  "13800138000,2024/3/5\n1.5,7\n1E+5,Elf\n", NULL },
	/* what is no tag, and a quote that is never closed */
	{ "<table><tr><td>1 < 2<td>a<tr><td title=\"x>b<td>c</table>",
	  "1 < 2,a\nb,c\n", NULL },
};

START_TEST(a_table_of_html_is_read)
{
	struct text t = text_of(pages[_i].html);

	gives(t, &plain, pages[_i].csv);
	if (pages[_i].filled)
		gives(t, &filled, pages[_i].filled);
}
END_TEST

START_TEST(html_says_its_encoding)
{
	static const char utf8[] =
		"<html><meta charset=utf-8><table><tr><td>客户<td>b<tr><td>c"
		"<td>d</table>";
	static const char lies[] =
		"<html><meta charset=gb2312><table><tr><td>客户姓名手机"
		"<td>b<tr><td>c<td>d</table>";
	static const char gbk[] =
		"<html><meta content=\"text/html; charset=GBK\"><table><tr>"
		"<td>\xbf\xcd\xbb\xa7<td>b<tr><td>c<td>d</table>";
	static const char latin[] =
		"<html><meta charset=\"iso-8859-1\"><table><tr><td>\xe9t\xe9"
		"<td>b<tr><td>c<td>d</table>";
	static const char wide[] =
		"\xff\xfe<\0t\0a\0b\0l\0e\0>\0<\0t\0r\0>\0<\0t\0d\0>\0a\0<\0"
		"t\0d\0>\0\x2d\x4e<\0t\0r\0>\0<\0t\0d\0>\0c\0<\0t\0d\0>\0d";

	gives(TEXT(utf8), &plain, "客户,b\nc,d\n");
	gives(TEXT(lies), &plain, "客户姓名手机,b\nc,d\n");
	gives(TEXT(gbk), &plain, "客户,b\nc,d\n");
	gives(TEXT(latin), &plain, "été,b\nc,d\n");
	gives((struct text){ wide, sizeof(wide) }, &plain, "a,中\nc,d\n");
}
END_TEST

START_TEST(tables_have_numbers)
{
	struct workbook_options o = { .sheet = "1" };
	struct text t = TEXT("<table><tr><td>1</td></tr></table><table><tr>"
			     "<td>2<table><tr><td>3</table></table>");

	gives(t, &o, "1\n");
	o.sheet = "2";
	gives(t, &o, "2 3\n");
	o.sheet = "3";
	gives(t, &o, "3\n");
	o.sheet = "4";
	refuses(t, &o, "HTML without a table of this number");
	o.sheet = "x";
	refuses(t, &o, "HTML without a table of this number");
	refuses(t, &plain, "without a table of two rows");
}
END_TEST

START_TEST(text_is_no_workbook)
{
	static const char *const texts[] = { "a,b\n1,2\n", "<5,6\n", "",
					     "P", "PK,1\n", "{\"a\":1}\n" };

	for (size_t i = 0; i < NELEMS(texts); i++) {
		struct outcome o = outcome_of(text_of(texts[i]), &plain);

		ck_assert_int_eq(o.state, WORKBOOK_NONE);
		outcome_release(&o);
	}
}
END_TEST

START_TEST(html_that_swells_is_refused)
{
	struct buf b = { 0 };

	for (int i = 0; i < 100; i++)
		buf_adds(&b, "<table><tr><td>");
	refuses(buf_text(&b), &plain, "more than 64 deep");
	buf_clear(&b);
	buf_adds(&b, "<table x=\"");
	for (int i = 0; i < 200000; i++)
		buf_adds(&b, "0123456789");
	refuses(buf_text(&b), &plain, "a tag of more than 1 MiB");
	buf_release(&b);
}
END_TEST

/* ---- XML workbooks ---- */

#define XML "<?xml version=\"1.0\"?><Workbook>"
#define DATA(type, value) \
	"<Cell><Data ss:Type=\"" type "\">" value "</Data></Cell>"

static const char xml_book[] =
	XML "<Worksheet ss:Name=\"empty\"><Table><Row ss:Index=\"3\"><Cell/>"
	    "</Row></Table></Worksheet><Worksheet ss:Name=\"客户\"><Table>"
	    "<Column/><Row><Cell ss:MergeAcross=\"1\" ss:MergeDown=\"1\"><Data "
	    "ss:Type=\"String\">a<B>b</B>, &#10;c</Data><Comment><Data>no"
	    "</Data></Comment></Cell>" DATA("Number", "0.30000000000000004")
	    "</Row><Row ss:Index=\"4\" ss:Span=\"1\"><Cell ss:Index=\"2\">"
	    "<Data ss:Type=\"DateTime\">2024-03-05T00:00:00.000</Data></Cell>"
	    DATA("Boolean", "0") "</Row><Row>" DATA("Error", "#N/A")
	    DATA("DateTime", "2024-03-05T10:20:30.000") "</Row></Table>"
	    "</Worksheet></Workbook>";

START_TEST(an_xml_workbook_is_read)
{
	struct workbook_options o = { 0 };

	gives(TEXT(xml_book), &plain,
	      "\"ab, \nc\",,0.3\n\n\n,2024-03-05,FALSE\n\n"
	      "#N/A,2024-03-05 10:20:30,\n");
	gives(TEXT(xml_book), &filled,
	      "\"ab, \nc\",\"ab, \nc\",0.3\n\"ab, \nc\",\"ab, \nc\",\n\n"
	      ",2024-03-05,FALSE\n\n#N/A,2024-03-05 10:20:30,\n");
	o.sheet = "1";
	gives(TEXT(xml_book), &o, "\n\n\n");
	o.sheet = "客户";
	gives(TEXT(xml_book), &o,
	      "\"ab, \nc\",,0.3\n\n\n,2024-03-05,FALSE\n\n"
	      "#N/A,2024-03-05 10:20:30,\n");
	o.sheet = "other";
	refuses(TEXT(xml_book), &o, "a sheet of this name or number");
}
END_TEST

START_TEST(bad_xml_workbooks_are_refused)
{
	refuses(TEXT("<?xml version=\"1.0\"?><!DOCTYPE a><Workbook/>"),
		&plain, "a document type declaration");
	refuses(TEXT(XML "</Workbook>"), &plain,
		"an XML workbook without a sheet that has rows");
	refuses(TEXT(XML "<Worksheet><Table><Row>"), &plain,
		"not well-formed");
	refuses(TEXT(XML "<Worksheet><Table><Row ss:Index=\"2\"/><Row "
			 "ss:Index=\"1\"/></Table></Worksheet></Workbook>"),
		&plain, "row 2: after it comes");
	refuses(TEXT("<?xml version=\"1.0\"?><other/>"), &plain,
		"without a table of two rows");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("workbook");
	TCase *t = tcase_create("workbook");
	SRunner *r;
	int failed;

	/* Some write a GiB. */
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, cells_come_out_as_a_spreadsheet_shows_them, 0,
			    NELEMS(sheets));
	tcase_add_test(t, the_first_rows_tell_the_width);
	tcase_add_test(t, a_source_that_rests_goes_on_where_it_was);
	tcase_add_test(t, days_are_counted_as_the_workbook_says);
	tcase_add_test(t, a_sheet_is_chosen);
	tcase_add_test(t, other_sheets_are_told_of);
	tcase_add_loop_test(t, merged_cells_are_filled_on_request, 0,
			    NELEMS(merged));
	tcase_add_test(t, parts_are_found_by_their_relations);
	tcase_add_loop_test(t, a_bad_sheet_is_refused_with_a_sentence, 0,
			    NELEMS(bad_sheets));
	tcase_add_loop_test(t, bad_ranges_are_refused_when_they_are_asked_for,
			    0, NELEMS(bad_ranges));
	tcase_add_test(t, bad_parts_are_refused_with_a_sentence);
	tcase_add_test(t, swollen_xml_is_refused);
	tcase_add_test(t, a_row_over_the_limit_is_refused);
	tcase_add_test(t, a_long_list_of_files_is_refused);
	tcase_add_test(t, many_names_take_no_memory_without_end);
	tcase_add_test(t, merged_cells_do_not_swell_without_end);
	tcase_add_test(t, what_unpacks_to_much_more_is_refused);
	tcase_add_test(t, damaged_archives_are_refused);
	tcase_add_loop_test(t, a_workbook_gives_what_its_csv_holds, 0, 8);
	tcase_add_loop_test(t, other_archives_are_told_apart, 0,
			    NELEMS(others));
	tcase_add_test(t, a_workbook_comes_through_a_pipe_too);
	tcase_add_test(t, old_containers_are_told_apart);
	tcase_add_loop_test(t, a_table_of_html_is_read, 0, NELEMS(pages));
	tcase_add_test(t, html_says_its_encoding);
	tcase_add_test(t, tables_have_numbers);
	tcase_add_test(t, text_is_no_workbook);
	tcase_add_test(t, html_that_swells_is_refused);
	tcase_add_test(t, an_xml_workbook_is_read);
	tcase_add_test(t, bad_xml_workbooks_are_refused);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
