/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One sheet of a workbook, read as it streams: its rows as CSV. What it holds
 * at a time is one row, however long the sheet is, and the ranges of merged
 * cells when these are to be filled.
 *
 * Formulas come as their last result. One that was never reckoned (some
 * programs write the formula alone) is #FORMULA?, so that it is not taken for
 * an empty cell.
 */
#ifndef STREAM_XLSX_SHEET_H
#define STREAM_XLSX_SHEET_H

#include "stream/sheet_csv.h"
#include "stream/xlsx_part.h"
#include "stream/xlsx_ranges.h"
#include "stream/xlsx_strings.h"
#include "stream/xlsx_styles.h"

/* What all sheets of a workbook share. */
struct xlsx_book {
	struct xlsx_strings strings;
	struct xlsx_styles styles;
	bool from_1904;
	bool no_strings;	/* they were not read: each counts as "?" */
};

struct xlsx_sheet;

/* Takes the part over. The CSV goes to `csv`; ranges: NULL, or to be filled. */
struct xlsx_sheet *xlsx_sheet_new(const struct xlsx_book *, struct zip_part *,
				  const struct xlsx_ranges *,
				  struct sheet_csv *csv);
void xlsx_sheet_free(struct xlsx_sheet *);
/*
 * Reads on until some rows have come to csv->out (or none are left). Gives 1,
 * 0 at the end, -1 on a fault: see csv->why.
 */
int xlsx_sheet_step(struct xlsx_sheet *);

#endif
