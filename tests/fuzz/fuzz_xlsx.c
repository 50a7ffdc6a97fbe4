/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks. First byte: bit 0 fill merged cells, bit 1 tell of other sheets,
 * bit 2: what follows is an archive as it is. Else it is a workbook's parts,
 * each ended by a byte 0xFF, the last being the sheet, before it the texts,
 * the styles, the relations and the workbook; those not given are plain ones.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/workbook_check.h"
#include "tests/unit/stored_zip.h"

#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/" \
	     "relationships/"

static const struct {
	const char *name, *plain;
} parts[] = {
	{ "xl/workbook.xml",
	  "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"r1\"/>"
	  "<sheet name=\"b\" state=\"hidden\" r:id=\"r1\"/></sheets>"
	  "</workbook>" },
	{ "xl/_rels/workbook.xml.rels",
	  "<Relationships>"
	  "<Relationship Id=\"r1\" Type=\"" TYPE "worksheet\" "
	  "Target=\"/xl/sheet.xml\"/>"
	  "<Relationship Id=\"r2\" Type=\"" TYPE "styles\" "
	  "Target=\"styles.xml\"/>"
	  "<Relationship Id=\"r3\" Type=\"" TYPE "sharedStrings\" "
	  "Target=\"./x/../strings.xml\"/>"
	  "</Relationships>" },
	{ "xl/styles.xml",
	  "<styleSheet><numFmts><numFmt numFmtId=\"164\" "
	  "formatCode=\"[h]:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
	  "<xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"
	  "<xf numFmtId=\"20\"/></cellXfs></styleSheet>" },
	{ "xl/strings.xml",
	  "<sst><si><t>a</t></si><si><r><t>b,</t></r><r><t>\"c</t></r>"
	  "<rPh><t>x</t></rPh></si></sst>" },
	{ "xl/sheet.xml", "<worksheet/>" },
};

static void check_parts(struct text t, const struct workbook_options *o)
{
	struct text given[NELEMS(parts)], part;
	struct stored_zip z = { 0 };
	size_t n = 0;

	while (n < NELEMS(parts) && text_split(&t, '\xff', &part))
		given[n++] = part;
	for (size_t i = 0; i < NELEMS(parts); i++) {
		size_t left = NELEMS(parts) - i;

		stored_add(&z, parts[i].name,
			   left <= n ? given[n - left] :
				       text_of(parts[i].plain));
	}
	stored_end(&z);
	check_workbook(buf_text(&z.bytes), o);
	buf_release(&z.bytes);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct workbook_options o = { 0 };
	struct text t = { (const char *)data + 1, size - 1 };

	if (size < 2)
		return 0;
	o.fill_merged = data[0] & 1;
	o.tell = data[0] & 2;
	if (data[0] & 4)
		check_workbook(t, &o);
	else
		check_parts(t, &o);
	return 0;
}
