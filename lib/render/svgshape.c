/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pyramid of customers and the curve of Lorenz. */
#include "render/svgdraw.h"

#include <math.h>

#include "render/svg.h"
#include "render/value.h"

/* ---- pyramid ---- */

#define PYRAMID_BAND 56.0
#define PYRAMID_TOP  40.0

/* One tier: a slice of the triangle, and beside it what it brings in. */
static void add_tier(struct buf *b, const struct chart *c, size_t i,
		     double left, double most)
{
	double half = 150, middle = left + half;
	double y0 = PYRAMID_TOP + (double)i * PYRAMID_BAND;
	double y1 = y0 + PYRAMID_BAND - 4;
	double height = PYRAMID_BAND * (double)c->n;
	double a = (y0 - PYRAMID_TOP) / height * half;
	double z = (y1 - PYRAMID_TOP) / height * half;
	double bar = middle + half + 40, room = SVGDRAW_WIDTH - bar - 64;
	double worth = c->series[2].value[i];
	struct buf words = {0};

	buf_addf(b,
		 "<polygon class=\"tier tier%zu\" points=\"%.1f,%.1f "
		 "%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>\n",
		 i % SVGDRAW_COLOURS, middle - a, y0, middle + a, y0,
		 middle + z, y1, middle - z, y1);
	svgdraw_line(b, left - 18, (y0 + y1) / 2, middle - (a + z) / 2 - 4,
		     (y0 + y1) / 2, "leader");
	svgdraw_text(b, left - 24, y0 + 22, "label end strong", c->label[i]);
	value_show(&words, value_count((int64_t)c->series[0].value[i]));
	buf_adds(&words, " · ");
	buf_addf(&words, "%.1f%%", c->series[1].value[i]);
	svgdraw_text(b, left - 24, y0 + 39, "tick end", words.p);
	if (!isnan(worth)) {
		double w = most > 0 ? fmax(worth, 0) / most * room : 0;
		buf_addf(b,
			 "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
			 "height=\"%.1f\" class=\"tier tier%zu\"/>\n",
			 bar, y0 + 8, fmax(w, 1), y1 - y0 - 16,
			 i % SVGDRAW_COLOURS);
		svgdraw_text(b, bar + fmax(w, 1) + 8, (y0 + y1) / 2 + 5,
			     "label strong", svgdraw_percent(&words, worth, 1));
	}
	buf_release(&words);
}

void svgdraw_pyramid(struct buf *b, const struct chart *c, const char *id)
{
	double left = 150, most = 0;

	if (c->nseries < 3)
		return;
	for (size_t i = 0; i < c->n; i++) {
		left = fmax(left,
			    svg_text_width(c->label[i], SVGDRAW_FONT) + 40);
		most = fmax(most, c->series[2].value[i]);
	}
	svgdraw_open(b, c, id, SVGDRAW_WIDTH,
		     PYRAMID_TOP + PYRAMID_BAND * (double)c->n + 4, "pyramid");
	svgdraw_text(b, left + 150, 20, "tick mid", c->series[0].name);
	svgdraw_text(b, left + 340, 20, "tick", c->series[2].name);
	for (size_t i = 0; i < c->n; i++)
		add_tier(b, c, i, left, most);
	buf_adds(b, "</svg>\n");
}

/* ---- curve ---- */

static double curve_x(const struct svgdraw_frame *f, double pct)
{
	return f->x0 + pct / 100.0 * (f->x1 - f->x0);
}

static void add_curve(struct buf *b, const struct svgdraw_frame *f,
		      const struct series *s, bool closed)
{
	buf_addf(b, "<%s class=\"%s\" points=\"",
		 closed ? "polygon" : "polyline",
		 closed ? "band" : "line line0");
	for (size_t i = 0; i < s->n; i++)
		buf_addf(b, "%s%.1f,%.1f", i ? " " : "", curve_x(f, s->x[i]),
			 svgdraw_y(f, s->value[i]));
	buf_adds(b, "\"/>\n");
}

static void add_mark(struct buf *b, const struct svgdraw_frame *f,
		     const struct chart_mark *m)
{
	double x = curve_x(f, m->x), y = svgdraw_y(f, m->y);

	svgdraw_line(b, x, y, x, svgdraw_y(f, 0), "leader");
	svgdraw_line(b, f->x0, y, x, y, "leader");
	buf_addf(b,
		 "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" "
		 "class=\"dot dot1\"/>\n",
		 x, y);
	svgdraw_text(b, x - 10, y - 8, "label end halo strong", m->text);
}

static void add_square_grid(struct buf *b, const struct svgdraw_frame *f)
{
	struct buf words = {0};

	for (int pct = 0; pct <= 100; pct += 20) {
		double x = curve_x(f, pct);
		svgdraw_line(b, x, f->y0, x, f->y1, "grid");
		svgdraw_text(b, x, f->y1 + 17, "tick mid",
			     svgdraw_percent(&words, pct, 0));
	}
	for (size_t i = 0; i < f->scale.ticks; i++) {
		double v = f->scale.first + (double)i * f->scale.step;
		svgdraw_line(b, f->x0, svgdraw_y(f, v), f->x1, svgdraw_y(f, v),
			     v == 0 ? "axis" : "grid");
		svgdraw_text(b, f->x0 - 8, svgdraw_y(f, v) + 4, "tick end",
			     svgdraw_percent(&words, v, 0));
	}
	buf_release(&words);
}

void svgdraw_curve(struct buf *b, const struct chart *c, const char *id)
{
	struct svgdraw_frame f = {.x0 = 52, .y0 = 36, .x1 = 552, .y1 = 416};
	double lo, hi;

	if (!chart_range(c, &lo, &hi) || !c->series[0].x)
		return;
	f.scale = chart_scale(fmin(lo, 0), 100, 5, false);
	f.lo = f.scale.first;
	f.hi = f.scale.last;
	svgdraw_open(b, c, id, 580, 462, "curve");
	svgdraw_text(b, 0, 16, "tick", c->axis);
	add_square_grid(b, &f);
	add_curve(b, &f, &c->series[0], true);
	svgdraw_line(b, f.x0, svgdraw_y(&f, 0), f.x1, svgdraw_y(&f, 100),
		     "even");
	add_curve(b, &f, &c->series[0], false);
	for (size_t i = 0; i < c->nmarks; i++)
		add_mark(b, &f, &c->mark[i]);
	svgdraw_text(b, (f.x0 + f.x1) / 2, f.y1 + 38, "tick mid", c->across);
	buf_adds(b, "</svg>\n");
}
