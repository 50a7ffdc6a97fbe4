/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An Excel workbook (.xlsx, .xlsm; ECMA-376 and ISO 29500, transitional and
 * strict): which sheets it has, and one of them as CSV.
 */
#ifndef STREAM_XLSX_H
#define STREAM_XLSX_H

#include "stream/xlsx_sheet.h"

struct xlsx_listed {
	char *name;
	char *part;		/* in the archive */
	bool hidden;
	bool rows;		/* it has one with a value; xlsx_look() asks */
};

#define XLSX_SHEETS 4096	/* in one workbook, at most */

struct xlsx {
	struct zip_archive *zip;
	struct xlsx_book book;
	struct xlsx_listed *sheet;
	size_t sheets;
	char *strings_part, *styles_part;
};

/* Reads what the workbook says of itself and its styles; false: see why. The
 * file stays the caller's and open. */
bool xlsx_open(struct xlsx *, int fd, struct buf *why);
void xlsx_close(struct xlsx *);

/* Finds out whether sheet i has rows with values; false: see why. */
bool xlsx_look(struct xlsx *, size_t i, struct buf *why);
/*
 * Which sheet is meant: by its name, else by its number from 1; NULL: the
 * first visible one that has rows, else the first visible one. False: why.
 */
bool xlsx_choose(struct xlsx *, const char *wanted, size_t *i,
		 struct buf *why);

/* A sheet as it streams. */
struct xlsx_stream {
	struct xlsx *book;
	struct xlsx_ranges ranges;
	struct sheet_csv csv;
	struct xlsx_sheet *sheet;
	size_t i;
	struct buf why;
	size_t at;		/* of csv.out, given out so far */
};

/* Reads the texts, finds the sheet's width; false: see why in it. The book
 * must outlive it. */
bool xlsx_stream_open(struct xlsx_stream *, struct xlsx *, size_t i,
		      bool fill_merged);
void xlsx_stream_close(struct xlsx_stream *);
/* Up to n bytes of CSV, 0 at the end, -1: see why in it. */
ssize_t xlsx_stream_read(struct xlsx_stream *, char *to, size_t n);

#endif
