/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines with their intervals. */
#include "render/svgdraw.h"

#include <math.h>

#include "render/svg.h"
#include "render/value.h"

/* ---- lines ---- */

/* The interval as a band beneath a run of values that all have one. */
static void add_band(struct buf *b, const struct chart *c,
		     const struct svgdraw_frame *f, const struct series *s,
		     size_t first, size_t end)
{
	if (end - first < 2)
		return;
	buf_adds(b, "<polygon class=\"band\" points=\"");
	for (size_t i = first; i < end; i++)
		buf_addf(b, "%.1f,%.1f ", svgdraw_middle(f, c->n, i),
			 svgdraw_y(f, s->high[i]));
	for (size_t i = end; i-- > first;)
		buf_addf(b, "%.1f,%.1f ", svgdraw_middle(f, c->n, i),
			 svgdraw_y(f, s->low[i]));
	b->n--;
	buf_adds(b, "\"/>\n");
}

static void add_run(struct buf *b, const struct chart *c,
		    const struct svgdraw_frame *f, const struct series *s,
		    size_t first, size_t end, size_t colour)
{
	if (end - first < 2)
		return;
	buf_addf(b, "<polyline class=\"line line%zu\" points=\"", colour);
	for (size_t i = first; i < end; i++)
		buf_addf(b, "%.1f,%.1f ", svgdraw_middle(f, c->n, i),
			 svgdraw_y(f, s->value[i]));
	b->n--;
	buf_adds(b, "\"/>\n");
}

/* Walks the runs of known values; a gap in the data is a gap in the line. */
static void add_runs(struct buf *b, const struct chart *c,
		     const struct svgdraw_frame *f, const struct series *s,
		     size_t colour)
{
	for (size_t i = 0; i < s->n;) {
		size_t first = i;
		while (i < s->n && !isnan(s->value[i]))
			i++;
		if (s->low && s->high)
			add_band(b, c, f, s, first, i);
		add_run(b, c, f, s, first, i, colour);
		if (i == first)
			i++;
	}
}

static void add_whisker(struct buf *b, const struct svgdraw_frame *f, double x,
			double low, double high)
{
	svgdraw_line(b, x, svgdraw_y(f, low), x, svgdraw_y(f, high), "whisker");
	svgdraw_line(b, x - 4, svgdraw_y(f, low), x + 4, svgdraw_y(f, low),
		     "whisker");
	svgdraw_line(b, x - 4, svgdraw_y(f, high), x + 4, svgdraw_y(f, high),
		     "whisker");
}

/*
 * Where the figure of a point stands so that the line does not run through
 * it: over the point, on the side where the line comes from below; beneath it
 * where the line rises on both sides.
 */
static void add_point_value(struct buf *b, const struct svgdraw_frame *f,
			    const struct series *s, size_t i, double x,
			    bool now)
{
	double v = s->value[i], y = svgdraw_y(f, v);
	double before = i > 0 ? s->value[i - 1] : (double)NAN;
	double after = i + 1 < s->n ? s->value[i + 1] : (double)NAN;
	struct buf words = {0}, class = {0};
	bool rises = after > v, fell = before > v;
	bool left = rises && !fell && i > 0;

	value_show(&words, value_score(v));
	bool below = rises && !left;
	if (x + 7 + svg_text_width(words.p, SVGDRAW_SMALL) > SVGDRAW_WIDTH) {
		left = true;
		below = fell;
	}
	buf_addf(&class, "value halo%s%s", left ? " end" : "",
		 now ? " strong" : "");
	svgdraw_text(b, left ? x - 7 : x + 7, below ? y + 15 : y - 6,
		     class.p, words.p);
	buf_release(&words);
	buf_release(&class);
}

static void add_points(struct buf *b, const struct chart *c,
		       const struct svgdraw_frame *f, size_t which)
{
	const struct series *s = &c->series[which];

	for (size_t i = 0; i < s->n; i++) {
		double x = svgdraw_middle(f, c->n, i);
		bool now = i == c->highlight;
		if (isnan(s->value[i]))
			continue;
		if (s->low && s->high)
			add_whisker(b, f, x, s->low[i], s->high[i]);
		buf_addf(b,
			 "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" "
			 "class=\"dot dot%zu%s\"/>\n",
			 x, svgdraw_y(f, s->value[i]), now ? "5.5" : "3.5",
			 which % SVGDRAW_COLOURS, now ? " now" : "");
		if (c->nseries == 1 && (now || svgdraw_slot(f, c->n) > 44))
			add_point_value(b, f, s, i, x, now);
	}
}

void svgdraw_lines(struct buf *b, const struct chart *c, const char *id)
{
	double lo, hi;

	if (!chart_range(c, &lo, &hi))
		return;
	struct svgdraw_frame f = svgdraw_frame(c, lo, hi, 276);
	if (c->floor < c->ceiling) {
		f.lo = fmax(f.lo, c->floor);
		f.hi = fmin(f.hi, c->ceiling);
	}
	svgdraw_open(b, c, id, SVGDRAW_WIDTH,
		     f.y1 + svgdraw_labels_height(c, &f), "lines");
	svgdraw_axis_name(b, c->axis);
	svgdraw_grid(b, &f);
	double x = f.x1;
	for (size_t i = c->nseries; i-- > 0 && c->nseries > 1;) {
		struct buf class = {0};
		buf_addf(&class, "key%zu", i % SVGDRAW_COLOURS);
		x = svgdraw_key(b, x, 16, class.p, c->series[i].name);
		buf_release(&class);
	}
	for (size_t i = 0; i < c->nseries; i++)
		add_runs(b, c, &f, &c->series[i], i % SVGDRAW_COLOURS);
	for (size_t i = 0; i < c->nseries; i++)
		add_points(b, c, &f, i);
	svgdraw_labels(b, c, &f);
	buf_adds(b, "</svg>\n");
}
