/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One sheet of an XML workbook of Excel 2002 and 2003 (SpreadsheetML) as CSV:
 * Worksheet, Row, Cell, Data, as Microsoft's "XML Spreadsheet Reference" has
 * them. Numbers, dates and the rest come out as those of .xlsx.
 */
#ifndef STREAM_XML_SHEET_H
#define STREAM_XML_SHEET_H

#include "stream/decode.h"
#include "stream/sheet_csv.h"

struct xml_sheet;

/* Source and decoder, at the front, stay the caller's. `wanted`: name of the
 * sheet, else its number from 1; NULL: the first that has a row with a
 * value. `only`: its number, when that is known; else 0. */
struct xml_sheet *xml_sheet_new(struct source *, struct decode *,
				struct sheet_csv *, const char *wanted,
				uint32_t only);
void xml_sheet_free(struct xml_sheet *);
/* Reads on until csv->out has grown: 1; 0 at the end, -1 on a fault: csv->why,
 * or errno when that is empty. */
int xml_sheet_step(struct xml_sheet *);
/* Number of the sheet that was wanted or found; 0: there is none. */
uint32_t xml_sheet_found(const struct xml_sheet *);

#endif
