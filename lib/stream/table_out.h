/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables for people: columns aligned by display width (CJK is two columns
 * wide), numbers to the right; or the same as Markdown.
 */
#ifndef STREAM_TABLE_OUT_H
#define STREAM_TABLE_OUT_H

#include "stream/sink.h"

struct tableout;

/* `right`: the column holds numbers. Names and flags are copied. */
struct tableout *tableout_new(struct sink *, bool markdown,
			      const char *const *name, const bool *right,
			      size_t columns);
void tableout_cell(struct tableout *, struct text);
/* Ends the row. The first rows set the widths; a long table flows on with
 * them. */
void tableout_end(struct tableout *);
/* Writes what is left; the sink stays open. */
void tableout_free(struct tableout *);

#endif
