/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV cells out: quotes only where needed (RFC 4180). */
#ifndef STREAM_CSV_OUT_H
#define STREAM_CSV_OUT_H

#include "base/text.h"
#include "stream/sink.h"

/* Whether the text needs quotes under this delimiter. */
bool csvout_needs_quotes(struct text, char delimiter);
/* Writes one cell with quotes, needed or not. */
void csvout_quoted(struct sink *, struct text);
/* Writes one cell, without a delimiter. */
void csvout_cell(struct sink *, struct text, char delimiter);
/* The next cell of a row, the delimiter before it unless it is the first.
 * `bare`: it is known to need no quotes. */
void csvout_next(struct sink *, struct text, char delimiter, bool first,
		 bool bare);
void csvout_end(struct sink *);		/* of the row */
/* Writes a whole row, its line end too: the same bytes as cell by cell. */
void csvout_row(struct sink *, const struct text *cell, size_t n,
		char delimiter);
/* One cell for a spreadsheet: what would be taken for a formula gets an
 * apostrophe before it. */
void csvout_spreadsheet_cell(struct sink *, struct text, char delimiter);

#endif
