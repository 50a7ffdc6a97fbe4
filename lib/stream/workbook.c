/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which document it is, and its sheet put in the source's place. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/html_table.h"
#include "stream/workbook.h"
#include "stream/xlsx.h"
#include "stream/xml_sheet.h"

#define NO_COPY "it cannot be copied to a temporary file: %s"

/* ---- .xlsx ---- */

struct xlsx_source {
	struct xlsx book;
	struct xlsx_stream stream;
	struct source *below;
	int fd;			/* of it */
	size_t sheet;
	bool fill;
	bool rests;		/* book and stream are closed for now */
	uint64_t given;		/* bytes so far */
};

static void xlsx_source_rest(void *ctx)
{
	struct xlsx_source *x = ctx;

	xlsx_stream_close(&x->stream);
	xlsx_close(&x->book);
	x->rests = true;
}

static void xlsx_source_close(void *ctx)
{
	struct xlsx_source *x = ctx;

	xlsx_source_rest(x);
	if (x->below)
		source_close(x->below);
	free(x);
}

/* Opens it again and comes to where it was; false: see why. */
static bool wake(struct xlsx_source *x, struct buf *why)
{
	char room[4096];
	uint64_t left = x->given;

	x->rests = false;
	if (!xlsx_open(&x->book, x->fd, why) ||
	    !xlsx_stream_open(&x->stream, &x->book, x->sheet, x->fill)) {
		buf_addt(why, buf_text(&x->stream.why));
		return false;
	}
	while (left) {
		size_t n = left < sizeof(room) ? left : sizeof(room);
		ssize_t got = xlsx_stream_read(&x->stream, room, n);

		if (got <= 0) {
			buf_adds(why, "it has changed while it was read");
			return false;
		}
		left -= (size_t)got;
	}
	return true;
}

static ssize_t xlsx_source_read(void *ctx, struct source *s, char *to,
				size_t n)
{
	struct xlsx_source *x = ctx;
	struct buf why = { 0 };
	ssize_t got;

	if (x->rests && !wake(x, &why)) {
		got = source_refuse(s, why.p);
		buf_release(&why);
		return got;
	}
	got = xlsx_stream_read(&x->stream, to, n);
	if (got < 0)
		return source_refuse(s, x->stream.why.p);
	x->given += (uint64_t)got;
	return got;
}

static void name_sheet(const struct xlsx *x, size_t i, struct buf *say)
{
	buf_adds(say, "sheet \"");
	utf8_show(say, text_of(x->sheet[i].name), 60);
	buf_adds(say, "\"");
}

/* Notes on the sheet that is read and on those that are not. */
static bool tell(struct xlsx *x, size_t chosen, struct buf *say)
{
	struct buf why = { 0 };
	bool good = true;

	name_sheet(x, chosen, say);
	buf_adds(say, " of the workbook is read");
	for (size_t i = 0; i < x->sheets && good; i++) {
		const struct xlsx_listed *l = &x->sheet[i];

		if (i == chosen)
			continue;
		good = xlsx_look(x, i, &why);
		if (!l->rows && !l->hidden)
			continue;
		buf_addc(say, '\n');
		name_sheet(x, i, say);
		buf_addf(say, " %s%s%s; --sheet reads it",
			 l->hidden ? "is hidden" : "",
			 l->hidden && l->rows ? " and " : "",
			 l->rows ? "has rows, too" : "");
	}
	if (!good) {
		buf_clear(say);
		buf_addt(say, buf_text(&why));
	}
	buf_release(&why);
	return good;
}

static bool begin_xlsx(struct xlsx_source *x,
		       const struct workbook_options *o, struct buf *say)
{
	size_t i;

	if (!xlsx_open(&x->book, x->fd, say) ||
	    !xlsx_choose(&x->book, o->sheet, &i, say))
		return false;
	if (!xlsx_stream_open(&x->stream, &x->book, i, o->fill_merged)) {
		buf_addt(say, buf_text(&x->stream.why));
		return false;
	}
	x->sheet = i;
	x->fill = o->fill_merged;
	return !o->tell || tell(&x->book, i, say);
}

static enum workbook_state open_xlsx(struct source **source,
				     const struct workbook_options *o,
				     struct buf *say)
{
	static const struct source_maker maker = { xlsx_source_read,
						   xlsx_source_close,
						   xlsx_source_rest };
	int fd = source_seekable(*source);
	struct xlsx_source *x;

	if (fd < 0) {
		buf_addf(say, NO_COPY, strerror(errno));
		return WORKBOOK_BAD;
	}
	x = mem_zalloc(1, sizeof(*x));
	x->fd = fd;
	if (!begin_xlsx(x, o, say)) {
		xlsx_source_close(x);
		return WORKBOOK_BAD;
	}
	x->below = *source;
	*source = source_made(&maker, x);
	return WORKBOOK_READ;
}

/* ---- HTML and XML ---- */

struct markup_source {
	struct source *below;
	const struct workbook_options *o;
	enum encoding encoding;
	struct decode *decode;
	struct html_table *html;
	struct xml_sheet *xml;
	bool is_xml;
	struct sheet_csv csv;
	size_t at;		/* of csv.out, given out so far */
	struct buf why;
};

static void end_pass(struct markup_source *m)
{
	html_table_free(m->html);
	xml_sheet_free(m->xml);
	decode_free(m->decode);
	m->html = NULL;
	m->xml = NULL;
	m->decode = NULL;
}

/* From the front: the table or sheet of this number, 0: to find it. */
static bool begin_pass(struct markup_source *m, uint32_t only)
{
	end_pass(m);
	sheet_csv_rewind(&m->csv);
	if (!source_rewind(m->below))
		return false;
	m->decode = decode_new(m->encoding);
	if (m->is_xml)
		m->xml = xml_sheet_new(m->below, m->decode, &m->csv,
				       m->o->sheet, only);
	else
		m->html = html_table_new(m->below, m->decode, &m->csv, only);
	return true;
}

static int step(struct markup_source *m)
{
	return m->is_xml ? xml_sheet_step(m->xml) : html_table_step(m->html);
}

/* Reads the first rows for their width. */
static bool measure(struct markup_source *m)
{
	int got = 1;

	while (got > 0 && m->csv.rows < SHEET_SAMPLE) {
		got = step(m);
		m->csv.out.n = 0;
	}
	m->csv.width = m->csv.widest;
	return got >= 0;
}

/* What is wanted has no place in the document. */
static bool none(struct markup_source *m)
{
	if (m->o->sheet)
		buf_adds(&m->why, m->is_xml ?
					  "an XML workbook without a sheet of "
					  "this name or number" :
					  "HTML without a table of this number "
					  "(its tables have no names)");
	else
		buf_adds(&m->why, m->is_xml ?
					  "an XML workbook without a sheet "
					  "that has rows" :
					  "HTML or XML without a table of two "
					  "rows and two columns or more");
	return false;
}

/* The number of the table or sheet; 0 and why, or errno: there is none. */
static bool find(struct markup_source *m, uint32_t *found)
{
	const char *wanted = m->o->sheet;
	char *end;

	*found = 0;
	if (!m->is_xml && wanted) {
		unsigned long n = strtoul(wanted, &end, 10);

		*found = *end || n > UINT32_MAX ? 0 : (uint32_t)n;
		if (!*found)
			return none(m);
	}
	if (!begin_pass(m, *found) || !measure(m))
		return false;
	*found = m->is_xml ? xml_sheet_found(m->xml) :
			     html_table_found(m->html);
	return *found || none(m);
}

/* Looking for a table of HTML gives no rows yet. */
static bool begin_markup(struct markup_source *m, struct buf *say)
{
	uint32_t found;
	bool good = find(m, &found);

	if (good && !m->is_xml && !m->o->sheet)
		good = begin_pass(m, found) && measure(m);
	good = good && begin_pass(m, found);
	if (good && m->o->tell)
		buf_addf(say, "%s %u of %s is read",
			 m->is_xml ? "sheet" : "table", found,
			 m->is_xml ? "the XML workbook" : "the HTML");
	if (!good && m->why.n)
		buf_addt(say, buf_text(&m->why));
	else if (!good)
		buf_adds(say, strerror(errno));
	return good;
}

static void markup_source_close(void *ctx)
{
	struct markup_source *m = ctx;

	end_pass(m);
	sheet_csv_release(&m->csv);
	buf_release(&m->why);
	if (m->below)
		source_close(m->below);
	free(m);
}

static ssize_t markup_source_read(void *ctx, struct source *s, char *to,
				  size_t n)
{
	struct markup_source *m = ctx;
	size_t left = m->csv.out.n - m->at;

	if (left == 0) {
		int got;

		m->csv.out.n = m->at = 0;
		got = step(m);
		if (got < 0 && m->why.n)
			return source_refuse(s, m->why.p);
		if (got <= 0)
			return got;
		left = m->csv.out.n;
	}
	n = n < left ? n : left;
	memcpy(to, m->csv.out.p + m->at, n);
	m->at += n;
	return (ssize_t)n;
}

/* Its root is <Workbook>, maybe with a prefix; in UTF-16 between NULs. */
static bool is_xml_workbook(struct text head)
{
	struct buf plain = { 0 };
	bool found;

	for (size_t i = 0; i < head.n; i++)
		if (head.p[i])
			buf_addc(&plain, head.p[i]);
	found = text_find(buf_text(&plain), "<Workbook") != SIZE_MAX ||
		text_find(buf_text(&plain), ":Workbook") != SIZE_MAX;
	buf_release(&plain);
	return found;
}

static enum workbook_state open_markup(struct source **source,
				       const struct workbook_options *o,
				       struct buf *say)
{
	static const struct source_maker maker = { markup_source_read,
						   markup_source_close, NULL };
	struct markup_source *m = mem_zalloc(1, sizeof(*m));
	bool good = source_seekable(*source) >= 0;

	if (!good)
		buf_addf(say, NO_COPY, strerror(errno));
	m->o = o;
	m->csv.why = &m->why;
	m->csv.fill = o->fill_merged;
	m->is_xml = good && is_xml_workbook(source_peek(*source, 4096));
	m->encoding = o->encoding;
	if (good && m->encoding == DECODE_AUTO)
		m->encoding = markup_encoding(source_peek(*source, 65536));
	m->below = *source;
	if (!good || !begin_markup(m, say)) {
		m->below = NULL;
		markup_source_close(m);
		return WORKBOOK_BAD;
	}
	m->o = NULL;
	*source = source_made(&maker, m);
	return WORKBOOK_READ;
}

/* ---- old containers ---- */

/* The first folder sector of a compound file ([MS-CFB] 2.2, 2.6) is where the
 * names of its streams stand, in UTF-16. */
static bool is_encrypted(struct source *s)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0"
				   "g\0e";
	unsigned char head[512], folder[4096];
	uint64_t sector;
	ssize_t n;
	int fd = source_seekable(s);

	if (fd < 0 || pread(fd, head, sizeof(head), 0) != sizeof(head) ||
	    head[30] < 7 || head[30] > 20)
		return false;
	sector = head[48] | (uint64_t)head[49] << 8 | (uint64_t)head[50] << 16 |
		 (uint64_t)head[51] << 24;
	n = pread(fd, folder, sizeof(folder),
		  (off_t)((sector + 1) << head[30]));
	return n > 0 && memmem(folder, (size_t)n, name, sizeof(name) - 1);
}

enum workbook_state workbook_open(struct source **source,
				  const struct workbook_options *o,
				  struct buf *say)
{
	struct text head = source_peek(*source, 8);

	if (text_starts(head, "PK\x03\x04") || text_starts(head, "PK\x05\x06"))
		return open_xlsx(source, o, say);
	if (text_starts(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		buf_adds(say, is_encrypted(*source) ?
				      "an encrypted Excel workbook; open it in "
				      "Excel and save it without a password" :
				      "an old Excel workbook (.xls, OLE); "
				      "convert it with `libreoffice --headless "
				      "--convert-to xlsx FILE` and read that");
		return WORKBOOK_BAD;
	}
	return source_is_markup(*source) ? open_markup(source, o, say) :
					   WORKBOOK_NONE;
}
