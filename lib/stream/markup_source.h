/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of HTML, or a sheet of SpreadsheetML, as a source of CSV. */
#ifndef STREAM_MARKUP_SOURCE_H
#define STREAM_MARKUP_SOURCE_H

#include "stream/workbook.h"

/*
 * Puts the source of the sheet in the place of *source, which it then owns.
 * READ or BAD, as workbook_open() has it.
 */
enum workbook_state markup_source_open(struct source **,
				       const struct workbook_options *,
				       struct buf *say);

#endif
