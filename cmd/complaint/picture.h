/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A graph out, as DOT or SVG: what graph and process --graph share. */
#ifndef CMD_COMPLAINT_PICTURE_H
#define CMD_COMPLAINT_PICTURE_H

#include "render/graph.h"
#include "stream/common.h"

/* Wrong usage when the result is asked for in another form. Before any work. */
void picture_check(const struct common *);
/* So many lines can be drawn: in DOT all, for other programs to cope with. */
size_t picture_most(const struct common *);
/* Writes it to standard output or the file of -o: SVG for -t svg or a file
 * named so, else DOT. */
void picture_write(const struct common *, const struct graph *);

#endif
