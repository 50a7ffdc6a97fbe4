/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures as inline SVG: no script, no outside address, colours that people
 * who see few colours can tell apart, <title> and <desc> for those who see
 * none. Looks (fonts, colours) stand in the style sheet of the page
 * (style.h); only places and sizes are drawn here.
 */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include "base/text.h"
#include "render/chart.h"

/* `id` makes the ids of <title> and <desc> unique in the page. */
void svg_chart(struct buf *, const struct chart *, const char *id);

/* Width of a line of text in a sans-serif face of that size, on the safe side:
 * wider than the widest of the faces in the style sheet. */
double svg_text_width(const char *, double size);

#endif
