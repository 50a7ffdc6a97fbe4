/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table of an HTML document as CSV: what many systems write under the name
 * of .xls. A row of the table is a row of the sheet.
 *
 * Values are as they are shown, but for a number that was cut (1.38E+10, ####),
 * which Excel has whole beside it (x:num="13800138000").
 *
 * <br> and the ends of paragraphs are line breaks in the cell, other blanks
 * are one blank. colspan leaves empty cells, rowspan takes its place in the
 * rows below; with `fill` both repeat the value. A table inside a cell is
 * text of that cell, its cells apart by a blank; it counts as a table of its
 * own when the document's tables are numbered or looked through.
 */
#ifndef STREAM_HTML_TABLE_H
#define STREAM_HTML_TABLE_H

#include "stream/markup.h"
#include "stream/sheet_csv.h"

struct html_table;

/* Source and decoder, at the front, stay the caller's. `wanted`: number of
 * the table from 1 in the order in which they open; 0: find the first that
 * has two rows of two cells or more. */
struct html_table *html_table_new(struct source *, struct decode *,
				  struct sheet_csv *, uint32_t wanted);
void html_table_free(struct html_table *);
/* Reads on until csv->out has grown: 1; 0 at the end, -1 on a fault: csv->why,
 * or errno when that is empty. With wanted 0 nothing is put out. */
int html_table_step(struct html_table *);
/* Number of the table that was wanted or found; 0: there is none. */
uint32_t html_table_found(const struct html_table *);

#endif
