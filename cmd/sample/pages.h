/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports of crm-sample that are no delimited text: cells as
 * model/sample_sheet.h marks them, made a page or a workbook. */
#ifndef CMD_SAMPLE_PAGES_H
#define CMD_SAMPLE_PAGES_H

#include "base/text.h"

/* A page with one table, as systems give it the suffix .xls: UTF-8 that says
 * it is in gb2312, for whoever encodes it. */
void sample_html(struct text cells, struct buf *to);

/*
 * A workbook (.xlsx) with one sheet: day counts as dates, figures as numbers,
 * SAMPLE_AS_ABOVE merged into the cell above, a row of one cell over all
 * columns. `made_on`: the day that stands in it as the day it was made. Ends
 * the program when it cannot be written.
 */
void sample_workbook(struct text cells, const char *name, int32_t made_on,
		     struct buf *to);

#endif
