/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars, and bars with the line of their sum: the Pareto chart. */
#include "render/svgdraw.h"

#include <math.h>

#include "base/msg.h"
#include "render/svg.h"
#include "render/value.h"

/* ---- bars ---- */

static const char *bar_class(const struct chart *c, size_t i)
{
	if (i == c->highlight)
		return "bar now";
	return i == c->compare ? "bar then" : "bar";
}

/* All values when they fit over their bars, else the one in question. */
static bool values_fit(const struct chart *c, double width)
{
	struct buf words = {0};
	bool fit = true;

	for (size_t i = 0; i < c->n && fit; i++) {
		double v = c->series[0].value[i];
		fit = isnan(v) || svg_text_width(svgdraw_number(&words, v),
						 SVGDRAW_SMALL) <= width - 3;
	}
	buf_release(&words);
	return fit;
}

static void add_bar(struct buf *b, const struct chart *c,
		    const struct svgdraw_frame *f, size_t i, bool labelled)
{
	double v = c->series[0].value[i];
	double wide = fmin(svgdraw_slot(f, c->n) * 0.72, 64);
	double x = svgdraw_middle(f, c->n, i);
	double top = svgdraw_y(f, fmax(v, 0)),
	       bottom = svgdraw_y(f, fmin(v, 0));
	/* the line of a Pareto chart begins on the first bar */
	double gap = c->kind == CHART_PARETO ? 9 : 6;
	struct buf words = {0};

	if (isnan(v))
		return;
	svgdraw_rect(b, x - wide / 2, top, wide, bottom - top, bar_class(c, i));
	if (labelled || i == c->highlight || i == c->compare)
		svgdraw_text(b, x, v < 0 ? bottom + 13 : top - gap,
			     i == c->highlight ? "value mid strong"
					       : "value mid",
			     svgdraw_number(&words, v));
	buf_release(&words);
}

static void bars_legend(struct buf *b, const struct chart *c, double right)
{
	double x = right;

	if (c->highlight != CHART_NONE && c->highlight_name)
		x = svgdraw_key(b, x, 16, "bar now", c->highlight_name);
	if (c->compare != CHART_NONE && c->compare_name)
		svgdraw_key(b, x, 16, "bar then", c->compare_name);
}

void svgdraw_bars(struct buf *b, const struct chart *c, const char *id)
{
	double lo, hi;

	if (!chart_range(c, &lo, &hi))
		return;
	/* a bar begins at nothing */
	struct svgdraw_frame f =
		svgdraw_frame(c, fmin(lo, 0), fmax(hi, 0), 276);
	svgdraw_open(b, c, id, SVGDRAW_WIDTH,
		     f.y1 + svgdraw_labels_height(c, &f), "bars");
	svgdraw_axis_name(b, c->axis);
	bars_legend(b, c, f.x1);
	svgdraw_grid(b, &f);
	bool labelled = values_fit(c, svgdraw_slot(&f, c->n));
	for (size_t i = 0; i < c->n; i++)
		add_bar(b, c, &f, i, labelled);
	svgdraw_labels(b, c, &f);
	buf_adds(b, "</svg>\n");
}

/* ---- Pareto ---- */

static double sum_of(const struct series *s)
{
	double sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->value[i];
	return sum;
}

/* The right-hand axis: a percentage of all, its ends at the frame's. */
static void add_percent_axis(struct buf *b, const struct svgdraw_frame *f)
{
	struct buf words = {0};

	for (int pct = 0; pct <= 100; pct += 20) {
		double y = f->y1 - (f->y1 - f->y0) * pct / 100.0;
		svgdraw_line(b, f->x0, y, f->x1, y, pct ? "grid" : "axis");
		svgdraw_text(b, f->x1 + 8, y + 4, "tick",
			     svgdraw_percent(&words, pct, 0));
	}
	buf_release(&words);
}

static void add_cumulative(struct buf *b, const struct chart *c,
			   const struct svgdraw_frame *f, double total)
{
	const struct series *s = &c->series[0];
	struct buf dots = {0}, words = {0};
	double sum = 0;

	buf_adds(b, "<polyline class=\"line line1\" points=\"");
	for (size_t i = 0; i < s->n; i++) {
		sum += s->value[i];
		double x = svgdraw_middle(f, c->n, i), y = svgdraw_y(f, sum);
		buf_addf(b, "%s%.1f,%.1f", i ? " " : "", x, y);
		buf_addf(&dots,
			 "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" "
			 "class=\"dot dot1\"/>\n",
			 x, y);
		/* not where the count of the bar stands */
		if (svgdraw_y(f, s->value[i]) - y > 14)
			svgdraw_text(&dots, x, y - 8, "value mid halo",
				     svgdraw_percent(&words,
						     100.0 * sum / total, 0));
	}
	buf_adds(b, "\"/>\n");
	buf_addt(b, buf_text(&dots));
	buf_release(&dots);
	buf_release(&words);
}

void svgdraw_pareto(struct buf *b, const struct chart *c, const char *id)
{
	double total = c->nseries ? sum_of(&c->series[0]) : 0;

	if (!(total > 0))
		return;
	struct svgdraw_frame f = svgdraw_frame(c, 0, total, 276);
	f.hi = total; /* so that both axes end together */
	f.x1 -= 40;
	f.y0 += 14; /* the last point of the line has its figure */
	svgdraw_open(b, c, id, SVGDRAW_WIDTH,
		     f.y1 + svgdraw_labels_height(c, &f), "pareto");
	svgdraw_axis_name(b, c->axis);
	svgdraw_key(
		b,
		svgdraw_key(b, f.x1 + 40, 16, "key1", tr("cumulative share")),
		16, "bar", c->series[0].name);
	add_percent_axis(b, &f);
	struct buf words = {0};
	for (size_t i = 0; i < f.scale.ticks; i++) {
		double v = f.scale.first + (double)i * f.scale.step;
		if (v <= total * 1.000001)
			svgdraw_text(b, f.x0 - 8, svgdraw_y(&f, v) + 4,
				     "tick end", svgdraw_number(&words, v));
	}
	buf_release(&words);
	for (size_t i = 0; i < c->n; i++)
		add_bar(b, c, &f, i, true);
	add_cumulative(b, c, &f, total);
	svgdraw_labels(b, c, &f);
	buf_adds(b, "</svg>\n");
}
