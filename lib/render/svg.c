/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures as SVG: each kind has its drawer. */
#include "render/svg.h"

#include "render/svgdraw.h"

void svg_chart(struct buf *b, const struct chart *c, const char *id)
{
	static void (*const draw[])(struct buf *, const struct chart *,
				    const char *) = {
		[CHART_BARS] = svgdraw_bars,
		[CHART_LINE] = svgdraw_lines,
		[CHART_HEAT] = svgdraw_heat,
		[CHART_PYRAMID] = svgdraw_pyramid,
		[CHART_CURVE] = svgdraw_curve,
		[CHART_PARETO] = svgdraw_pareto,
	};

	draw[c->kind](b, c, id);
}
