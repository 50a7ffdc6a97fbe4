/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heat map. */
#include "render/svgdraw.h"

#include <math.h>

#include "base/mem.h"
#include "render/svg.h"
#include "render/value.h"

/* ---- heat map ---- */

struct colour {
	double r, g, b;
};

/* From next to nothing to much, one hue, ever darker. */
static const struct colour heat_ramp[] = {
	{242, 246, 250},
	{168, 205, 230},
	{63, 134, 190},
	{8, 62, 120},
};

static struct colour heat_colour(double t)
{
	const size_t last = NELEMS(heat_ramp) - 1;
	double at = t * (double)last;
	size_t i = (size_t)at;

	if (i >= last)
		return heat_ramp[last];
	const struct colour *c = &heat_ramp[i];
	double w = at - (double)i;
	return (struct colour){c[0].r + w * (c[1].r - c[0].r),
			       c[0].g + w * (c[1].g - c[0].g),
			       c[0].b + w * (c[1].b - c[0].b)};
}

/* A cohort is whole when it begins: the scale is that of what comes after. */
static double heat_most(const struct chart *c)
{
	double most = 0;

	for (size_t s = 0; s < c->nseries; s++)
		for (size_t i = 1; i < c->series[s].n; i++)
			most = fmax(most, c->series[s].value[i]);
	return most > 0 ? most : 100;
}

static void add_cell(struct buf *b, double x, double y, double w, double h,
		     double v, double most)
{
	double t = fmin(fmax(v / most, 0), 1);
	struct colour c = heat_colour(t);
	struct buf words = {0};

	buf_addf(b,
		 "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		 "fill=\"#%02x%02x%02x\"/>\n",
		 x, y, w - 2, h - 2, (unsigned)lround(c.r),
		 (unsigned)lround(c.g), (unsigned)lround(c.b));
	svgdraw_text(b, x + w / 2 - 1, y + h / 2 + 3,
		     t > 0.55 ? "value mid light" : "value mid",
		     svgdraw_percent(&words, v, v > 99.95 || v == 0 ? 0 : 1));
	buf_release(&words);
}

/* Of the rows, and of what stands over them. */
static double names_width(const struct chart *c)
{
	double widest = c->axis ? svg_text_width(c->axis, SVGDRAW_SMALL) : 0;

	for (size_t s = 0; s < c->nseries; s++)
		widest = fmax(widest, svg_text_width(c->series[s].name,
						     SVGDRAW_SMALL));
	return widest;
}

static void heat_legend(struct buf *b, double x, double y, double most)
{
	struct buf words = {0};
	double w = 22;

	svgdraw_text(b, x, y + 10, "tick", "0%");
	x += 24;
	for (int i = 0; i < 6; i++) {
		struct colour c = heat_colour(i / 5.0);
		buf_addf(b,
			 "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
			 "height=\"11\" fill=\"#%02x%02x%02x\"/>\n",
			 x + i * w, y, w, (unsigned)lround(c.r),
			 (unsigned)lround(c.g), (unsigned)lround(c.b));
	}
	buf_adds(&words, "≥ ");
	buf_addf(&words, "%.1f%%", most);
	svgdraw_text(b, x + 6 * w + 6, y + 10, "tick", words.p);
	buf_release(&words);
}

void svgdraw_heat(struct buf *b, const struct chart *c, const char *id)
{
	double left = names_width(c) + 16, top = 44, h = 26;
	double w = fmin((SVGDRAW_WIDTH - left) / (double)(c->n ? c->n : 1), 72);
	double most = heat_most(c);

	if (c->n == 0 || c->nseries == 0)
		return;
	double bottom = top + h * (double)c->nseries;
	svgdraw_open(b, c, id, SVGDRAW_WIDTH, bottom + 30, "heat");
	svgdraw_text(b, left, 14, "tick", c->across);
	svgdraw_text(b, 0, top - 8, "tick", c->axis);
	for (size_t i = 0; i < c->n; i++)
		svgdraw_text(b, left + ((double)i + 0.5) * w - 1, top - 8,
			     "tick mid", c->label[i]);
	for (size_t s = 0; s < c->nseries; s++) {
		double y = top + (double)s * h;
		svgdraw_text(b, left - 10, y + h / 2 + 3, "tick end",
			     c->series[s].name);
		for (size_t i = 0; i < c->series[s].n && i < c->n; i++)
			if (!isnan(c->series[s].value[i]))
				add_cell(b, left + (double)i * w, y, w, h,
					 c->series[s].value[i], most);
	}
	heat_legend(b, left, bottom + 10, most);
	buf_adds(b, "</svg>\n");
}
