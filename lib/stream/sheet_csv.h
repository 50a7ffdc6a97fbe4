/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of a sheet, cell by cell, made CSV: one record a row, the row
 * numbers as line numbers, so a row without a value is a blank line. Every
 * other row has as many fields as the sheet is wide, which its reader finds
 * out in the first rows (SHEET_SAMPLE) before it begins anew; a later row that
 * is wider stays so.
 *
 * Merged cells, spans and rows of them: the value fills them when asked for.
 * All limits on what a small file may swell to are held here.
 */
#ifndef STREAM_SHEET_CSV_H
#define STREAM_SHEET_CSV_H

#include "base/text.h"

#define SHEET_COLUMNS 16384	/* of Excel since 2007 */
#define SHEET_ROWS 1048576
#define SHEET_SAMPLE 1000	/* rows with a value that tell the width */
#define SHEET_PADDING (1u << 30) /* empty fields in one sheet, at most */
#define SHEET_FILLING (1u << 30) /* bytes of values repeated, at most */
#define SHEET_HELD (64u << 20)	 /* bytes of values to be repeated at a time */

struct sheet_span;

struct sheet_csv {
	struct buf *why;	/* the caller's: what is wrong, for people */
	bool fill;		/* values over merged cells */
	uint32_t width;		/* fields of a row, at least */
	/* out; the reader may take from it at any time and empty it */
	struct buf out;
	uint32_t row;		/* under way, 1-based; 0: none yet */
	uint32_t widest;	/* fields of the widest of SHEET_SAMPLE rows */
	uint32_t rows;		/* that have a value */
	/* its own */
	uint32_t column;	/* the next one of the row */
	uint32_t fields;	/* written in it */
	uint32_t bytes;		/* written in it */
	uint64_t padding, filling, held;
	struct sheet_span *span; /* one a column, once there are some */
	uint32_t spans;		/* columns that may have one */
};

/* Zero bytes, with `why`, are a sheet before its first row. */
void sheet_csv_release(struct sheet_csv *);
/* Before the first row again; `width`, `fill` and `why` stay. */
void sheet_csv_rewind(struct sheet_csv *);

/* Each gives false when the file cannot be gone on with, and says why. */

/* Begins a row (1-based); a greater one than the last. */
bool sheet_csv_row(struct sheet_csv *, uint64_t row);
/* The next cell, at a column (0-based) not before sheet_csv's `column`, as it
 * stands in CSV (sheet_csv_quote()). */
bool sheet_csv_cell(struct sheet_csv *, uint32_t column, struct text csv);
bool sheet_csv_end(struct sheet_csv *);

/*
 * Cells of `columns` x `rows` from the one at `column` in this row on are one
 * (columns, rows >= 1); called before that cell is put. They take their
 * place: sheet_csv_free() passes over them in this and later rows.
 */
bool sheet_csv_merge(struct sheet_csv *, uint32_t column, uint32_t columns,
		     uint64_t rows);
/* The first column at or after `column` that no merged cell takes. */
uint32_t sheet_csv_free(const struct sheet_csv *, uint32_t column);

/* A value as a field: in quotes when it must be. Appends. */
void sheet_csv_quote(struct buf *, struct text value);
/* "AB" of column 27, NUL-terminated. */
void sheet_csv_letters(uint32_t column, char to[4]);

#endif
