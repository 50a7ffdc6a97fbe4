/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces that SVG pictures are put together from, and the drawers of each
 * kind. Private to svg*.c. Coordinates are pixels of a page 880 wide; looks
 * are classes of the style sheet.
 */
#ifndef RENDER_SVGDRAW_H
#define RENDER_SVGDRAW_H

#include "base/text.h"
#include "render/chart.h"

#define SVGDRAW_WIDTH 880.0
#define SVGDRAW_FONT 12.0
#define SVGDRAW_SMALL 11.0
#define SVGDRAW_COLOURS 6	/* of lines and tiers, in the style sheet */

/* Where the plot lies, and what it shows. */
struct svgdraw_frame {
	double x0, y0, x1, y1;	/* left, top, right, bottom */
	struct chart_scale scale;
	double lo, hi;		/* values at the bottom and at the top */
};

/* A frame of the page's width for values lo..hi, with room for the ticks. */
struct svgdraw_frame svgdraw_frame(const struct chart *, double lo, double hi,
				   double bottom);
double svgdraw_y(const struct svgdraw_frame *, double v);
/* The width is shared by n slots; the middle of slot i. */
double svgdraw_slot(const struct svgdraw_frame *, size_t n);
double svgdraw_middle(const struct svgdraw_frame *, size_t n, size_t i);

void svgdraw_open(struct buf *, const struct chart *, const char *id,
		  double width, double height, const char *class);
void svgdraw_text(struct buf *, double x, double y, const char *class,
		  const char *);
void svgdraw_rect(struct buf *, double x, double y, double w, double h,
		  const char *class);
void svgdraw_line(struct buf *, double x0, double y0, double x1, double y1,
		  const char *class);
void svgdraw_axis_name(struct buf *, const char *);
/* Lines across the plot with their values at the left. */
void svgdraw_grid(struct buf *, const struct svgdraw_frame *);
/* Height of the labels beneath, and the labels: months over their years, or
 * words in lines. */
double svgdraw_labels_height(const struct chart *,
			     const struct svgdraw_frame *);
void svgdraw_labels(struct buf *, const struct chart *,
		    const struct svgdraw_frame *);
/* A square and a name, right-aligned at x; returns where the next may end. */
double svgdraw_key(struct buf *, double x, double y, const char *class,
		   const char *name);

/* Both write over `words` and return it. */
const char *svgdraw_number(struct buf *words, double v);
const char *svgdraw_percent(struct buf *words, double v, int decimals);

void svgdraw_bars(struct buf *, const struct chart *, const char *id);
void svgdraw_pareto(struct buf *, const struct chart *, const char *id);
void svgdraw_lines(struct buf *, const struct chart *, const char *id);
void svgdraw_heat(struct buf *, const struct chart *, const char *id);
void svgdraw_pyramid(struct buf *, const struct chart *, const char *id);
void svgdraw_curve(struct buf *, const struct chart *, const char *id);

#endif
