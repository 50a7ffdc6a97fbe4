/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents that hold tables, as sources of CSV: Excel workbooks (.xlsx), and
 * what goes by the name of .xls but is HTML or XML. One record a row of the
 * sheet; line numbers are its row numbers (of an HTML table: the number of
 * the row in it).
 */
#ifndef STREAM_WORKBOOK_H
#define STREAM_WORKBOOK_H

#include "stream/decode.h"
#include "stream/source.h"

struct workbook_options {
	const char *sheet;	/* name or number; NULL: find one */
	bool fill_merged;	/* merged cells: their value in each */
	enum encoding encoding;	/* of HTML and XML; AUTO: as they say */
	bool tell;		/* what was found, what else is there */
};

enum workbook_state {
	WORKBOOK_NONE,		/* a file of another kind, not read from */
	WORKBOOK_READ,		/* *source is the sheet now */
	WORKBOOK_BAD		/* `say` tells why; *source is as it was, but
				 * for how far it is read */
};

#define WORKBOOK_NO_COPY "it cannot be copied to a temporary file: %s"

/*
 * Looks whether *source is one, and puts the sheet's source in its place,
 * which owns the old one. `say` gets the reason, without the file's name, or
 * with `tell` notes, one a line.
 */
enum workbook_state workbook_open(struct source **,
				  const struct workbook_options *,
				  struct buf *say);

#endif
