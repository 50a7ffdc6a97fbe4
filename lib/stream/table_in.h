/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of table.h share; for lib/stream/table*.c alone. */
#ifndef STREAM_TABLE_IN_H
#define STREAM_TABLE_IN_H

#include "stream/table.h"

/* The next framed record; false at the end of the file, or where the other
 * readers have taken all there is. */
bool table_advance(struct table *);
/* Finds what is wrong with it. `learn`: keys of JSON are new columns. */
void table_judge(struct table *, bool learn);

#endif
