/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture described as data, to be drawn as SVG (svg.h) or as text
 * (textchart.h). Sizes are doubles in the axis' own unit (yuan, customers,
 * points, percent); NAN is a value that there is none of, and is not drawn.
 *
 *	kind		labels			series
 *	BARS		one per bar		[0] the bars
 *	LINE		one per point		lines, with low and high if known
 *	HEAT		one per column		one per row; percent
 *	PYRAMID		tiers, top first	[0] customers, [1] percent of the
 *						customers, [2] percent of value
 *	CURVE		none			[0] x and value, both percent
 *	PARETO		one per cause, the	[0] counts
 *			most frequent first
 */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

#include <stdbool.h>
#include <stddef.h>

enum chart_kind {
	CHART_BARS,
	CHART_LINE,
	CHART_HEAT,
	CHART_PYRAMID,
	CHART_CURVE,
	CHART_PARETO
};

struct series {
	const char *name;
	double *value;		/* one per label; points of a curve */
	double *low, *high;	/* interval, or NULL */
	double *x;		/* CURVE */
	size_t n;
};

/* A point of a curve that is pointed out. */
struct chart_mark {
	double x, y;
	const char *text;
};

#define CHART_MARKS 3
#define CHART_NONE ((size_t)-1)

struct chart {
	enum chart_kind kind;
	const char *title;
	const char *about;	/* what the picture shows, for those who hear
				 * it read (<desc>) */
	const char *axis;	/* unit of the values: "¥", "customers" */
	const char *across;	/* what runs along the other axis */
	const char *const *label;
	size_t n;		/* labels */
	struct series *series;
	size_t nseries;
	bool whole;		/* values are counts: no ticks in between */
	double floor, ceiling;	/* LINE: the scale never goes beyond; both 0:
				 * no limit */
	size_t highlight;	/* the period in question, or CHART_NONE */
	size_t compare;		/* what to hold it against, or CHART_NONE */
	const char *highlight_name, *compare_name; /* for the legend */
	struct chart_mark mark[CHART_MARKS];
	size_t nmarks;
};

/*
 * Round ticks for an axis that shows lo..hi (lo <= hi, finite): the step is
 * 1, 2 or 5 times a power of ten and about `want` steps cover the range. Zero
 * is a tick whenever it lies inside. Steps are >= 1 when `whole`.
 */
struct chart_scale {
	double first, last, step; /* first <= lo, last >= hi */
	size_t ticks;		  /* first + i * step, i < ticks */
};
struct chart_scale chart_scale(double lo, double hi, int want, bool whole);

/* Smallest and largest value of all series, their intervals included; false
 * when there is no value at all. */
bool chart_range(const struct chart *, double *lo, double *hi);

#endif
