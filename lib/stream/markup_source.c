/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passes over the document: to find the table, its width, its rows. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/html_table.h"
#include "stream/markup_source.h"
#include "stream/xml_sheet.h"

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
	*found =
		m->is_xml ? xml_sheet_found(m->xml) : html_table_found(m->html);
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

enum workbook_state markup_source_open(struct source **source,
				       const struct workbook_options *o,
				       struct buf *say)
{
	static const struct source_maker maker = { markup_source_read,
						   markup_source_close, NULL };
	struct markup_source *m = mem_zalloc(1, sizeof(*m));
	bool good = source_seekable(*source) >= 0;

	if (!good)
		buf_addf(say, WORKBOOK_NO_COPY, strerror(errno));
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
