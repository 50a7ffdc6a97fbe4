/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures for a terminal or a letter: bars of block letters and figures, at
 * most 78 columns wide whatever the script of the labels. Ends with a newline.
 */
#ifndef RENDER_TEXTCHART_H
#define RENDER_TEXTCHART_H

#include "base/text.h"
#include "render/chart.h"

void textchart_add(struct buf *, const struct chart *);

/* A cell of `width` columns: text cut or filled up with blanks at its right
 * (at its left when `right`). */
void textchart_cell(struct buf *, struct text, size_t width, bool right);

#endif
