/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures made of letters. */
#include "render/textchart.h"

#include <math.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "render/value.h"

#define LABEL_MAX 26
#define BAR	  40 /* columns of the longest bar */

static void add_blanks(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_addc(b, ' ');
}

void textchart_cell(struct buf *b, struct text t, size_t width, bool right)
{
	struct buf shown = {0};

	utf8_show(&shown, t, width);
	size_t columns = utf8_width(buf_text(&shown));
	size_t fill = columns < width ? width - columns : 0;
	if (right)
		add_blanks(b, fill);
	buf_addt(b, buf_text(&shown));
	if (!right)
		add_blanks(b, fill);
	buf_release(&shown);
}

static void add_name(struct buf *b, const char *name)
{
	buf_adds(b, "  ");
	utf8_show(b, text_of(name), 70);
	buf_addc(b, '\n');
}

static void end_line(struct buf *b)
{
	while (b->n > 0 && b->p[b->n - 1] == ' ')
		b->n--;
	buf_addc(b, '\n');
}

/* A bar to an eighth of a column; anything above nothing can be seen. */
static void add_bar(struct buf *b, double part, size_t columns)
{
	static const char *const eighths[] = {"",  "▏", "▎", "▍",
					      "▌", "▋", "▊", "▉"};
	double size = fmin(fmax(part, 0), 1) * (double)columns * 8.0;
	size_t n = (size_t)lround(size);

	if (n == 0 && part > 0)
		n = 1;
	for (size_t i = 0; i < n / 8; i++)
		buf_adds(b, "█");
	buf_adds(b, eighths[n % 8]);
}

static size_t labels_width(const char *const *label, size_t n)
{
	size_t widest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t w = utf8_width(text_of(label[i]));
		widest = w > widest ? w : widest;
	}
	return widest < LABEL_MAX ? widest : LABEL_MAX;
}

static void add_number(struct buf *b, double v, size_t width)
{
	struct buf words = {0};

	value_short_number(&words, v);
	textchart_cell(b, buf_text(&words), width, true);
	buf_release(&words);
}

static void add_percent(struct buf *b, double v, size_t width)
{
	struct buf words = {0};

	if (isnan(v))
		buf_adds(&words, "");
	else
		buf_addf(&words, "%.1f%%", v);
	textchart_cell(b, buf_text(&words), width, true);
	buf_release(&words);
}

static void add_bars(struct buf *b, const struct chart *c)
{
	size_t width = labels_width(c->label, c->n);
	double lo, hi;

	if (!chart_range(c, &lo, &hi))
		return;
	double most = fmax(hi, 0);
	for (size_t i = 0; i < c->n; i++) {
		double v = c->series[0].value[i];
		buf_adds(b, i == c->highlight ? "> " : "  ");
		textchart_cell(b, text_of(c->label[i]), width, false);
		if (isnan(v)) {
			buf_adds(b, "          –");
		} else {
			add_number(b, v, 11);
			buf_adds(b, "  ");
			add_bar(b, most > 0 ? v / most : 0, BAR - 8);
		}
		end_line(b);
	}
}

static double sum_of(const struct series *s)
{
	double sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->value[i];
	return sum;
}

static void add_pareto(struct buf *b, const struct chart *c)
{
	size_t width = labels_width(c->label, c->n);
	double total = sum_of(&c->series[0]), sum = 0;
	double most = c->n ? c->series[0].value[0] : 0;

	for (size_t i = 0; i < c->n; i++) {
		double v = c->series[0].value[i];
		sum += v;
		buf_adds(b, "  ");
		textchart_cell(b, text_of(c->label[i]), width, false);
		add_number(b, v, 9);
		add_percent(b, total > 0 ? 100.0 * sum / total : 0, 8);
		buf_adds(b, "  ");
		add_bar(b, most > 0 ? v / most : 0, BAR - 14);
		end_line(b);
	}
}

/* Column of a value on a scale of `columns`. */
static size_t place(double v, double lo, double hi, size_t columns)
{
	double at = (v - lo) / (hi - lo) * (double)(columns - 1);

	return (size_t)lround(fmin(fmax(at, 0), (double)(columns - 1)));
}

static void add_interval(struct buf *b, const struct series *s, size_t i,
			 double lo, double hi)
{
	size_t columns = BAR - 8;
	size_t at = place(s->value[i], lo, hi, columns);
	size_t from = s->low ? place(s->low[i], lo, hi, columns) : at;
	size_t to = s->high ? place(s->high[i], lo, hi, columns) : at;

	for (size_t k = 0; k < columns; k++)
		if (k == at)
			buf_adds(b, "●");
		else if (k == from)
			buf_adds(b, "├");
		else if (k == to)
			buf_adds(b, "┤");
		else
			buf_adds(b, k > from && k < to ? "─" : " ");
}

static void add_score(struct buf *b, double v)
{
	struct buf words = {0};

	value_show(&words, value_score(v));
	textchart_cell(b, buf_text(&words), 9, true);
	buf_release(&words);
}

static void add_line_rows(struct buf *b, const struct chart *c,
			  const struct series *s, double lo, double hi)
{
	size_t width = labels_width(c->label, c->n);

	for (size_t i = 0; i < s->n; i++) {
		buf_adds(b, i == c->highlight ? "> " : "  ");
		textchart_cell(b, text_of(c->label[i]), width, false);
		if (isnan(s->value[i])) {
			buf_adds(b, "        –");
			end_line(b);
			continue;
		}
		add_score(b, s->value[i]);
		if (s->low && s->high)
			buf_addf(b, " [%6.1f, %6.1f]", s->low[i], s->high[i]);
		buf_adds(b, "  ");
		add_interval(b, s, i, lo, hi);
		end_line(b);
	}
}

static void add_lines(struct buf *b, const struct chart *c)
{
	double lo, hi;

	if (!chart_range(c, &lo, &hi))
		return;
	for (size_t i = 0; i < c->nseries; i++) {
		if (c->nseries > 1)
			add_name(b, c->series[i].name);
		add_line_rows(b, c, &c->series[i], lo, hi > lo ? hi : lo + 1.0);
	}
}

#define HEAT_ROOM 78	/* columns of the terminal */
#define HEAT_CELL 7

/* The names of the rows, or their common name over them. */
static size_t heat_names(const struct chart *c)
{
	size_t widest = utf8_width(text_of(c->axis ? c->axis : ""));

	for (size_t s = 0; s < c->nseries; s++) {
		size_t w = utf8_width(text_of(c->series[s].name));
		widest = w > widest ? w : widest;
	}
	return widest < LABEL_MAX ? widest : LABEL_MAX;
}

static void add_heat(struct buf *b, const struct chart *c)
{
	size_t names = heat_names(c);
	size_t room = (HEAT_ROOM - names) / HEAT_CELL;
	size_t columns = c->n < room ? c->n : room;

	textchart_cell(b, text_of(c->axis ? c->axis : ""), names, false);
	for (size_t i = 0; i < columns; i++)
		textchart_cell(b, text_of(c->label[i]), HEAT_CELL, true);
	end_line(b);
	for (size_t s = 0; s < c->nseries; s++) {
		const struct series *row = &c->series[s];
		textchart_cell(b, text_of(row->name), names, false);
		for (size_t i = 0; i < row->n && i < columns; i++)
			add_percent(b, row->value[i], HEAT_CELL);
		end_line(b);
	}
	if (columns < c->n)
		buf_addf(b, tr("(the first %zu of %zu columns)\n"), columns,
			 c->n);
}

static void add_share_bar(struct buf *b, double pct)
{
	struct buf bar = {0};

	add_percent(b, pct, 7);
	buf_addc(b, ' ');
	if (!isnan(pct))
		add_bar(&bar, pct / 100.0, 12);
	textchart_cell(b, buf_text(&bar), 13, false);
	buf_release(&bar);
}

/* Of each tier: how many, and its bars of customers and of value. */
static void add_pyramid(struct buf *b, const struct chart *c)
{
	size_t width = labels_width(c->label, c->n);

	if (c->nseries < 3)
		return;
	textchart_cell(b, TEXT(""), width + 11, false);
	textchart_cell(b, text_of(c->series[0].name), 21, false);
	textchart_cell(b, text_of(c->series[2].name), 20, false);
	end_line(b);
	for (size_t i = 0; i < c->n; i++) {
		struct buf words = {0};
		value_show(&words, value_count((int64_t)c->series[0].value[i]));
		textchart_cell(b, text_of(c->label[i]), width, false);
		textchart_cell(b, buf_text(&words), 10, true);
		add_share_bar(b, c->series[1].value[i]);
		add_share_bar(b, c->series[2].value[i]);
		end_line(b);
		buf_release(&words);
	}
}

/* The curve at every tenth of the customers, between points by a line. */
static double curve_at(const struct series *s, double x)
{
	for (size_t i = 1; i < s->n; i++)
		if (x <= s->x[i]) {
			double w = s->x[i] - s->x[i - 1];
			double t = w > 0 ? (x - s->x[i - 1]) / w : 1;
			return s->value[i - 1] +
			       t * (s->value[i] - s->value[i - 1]);
		}
	return s->n ? s->value[s->n - 1] : (double)NAN;
}

static void add_curve(struct buf *b, const struct chart *c)
{
	for (int x = 10; x <= 100; x += 10) {
		double y = curve_at(&c->series[0], x);
		buf_addf(b, "  %3d%%", x);
		add_percent(b, y, 8);
		buf_adds(b, "  ");
		add_bar(b, y / 100.0, BAR);
		end_line(b);
	}
	for (size_t i = 0; i < c->nmarks; i++)
		add_name(b, c->mark[i].text);
}

void textchart_add(struct buf *b, const struct chart *c)
{
	static void (*const add[])(struct buf *, const struct chart *) = {
		[CHART_BARS] = add_bars,   [CHART_LINE] = add_lines,
		[CHART_HEAT] = add_heat,   [CHART_PYRAMID] = add_pyramid,
		[CHART_CURVE] = add_curve, [CHART_PARETO] = add_pareto,
	};

	if (c->nseries > 0)
		add[c->kind](b, c);
}
