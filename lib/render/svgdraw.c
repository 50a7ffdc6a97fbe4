/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces that SVG pictures are put together from. */
#include "render/svgdraw.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "render/markup.h"
#include "render/svg.h"
#include "render/value.h"

#define LINE_HEIGHT 15.0
#define LINES_MAX 3

double svgdraw_y(const struct svgdraw_frame *f, double v)
{
	return f->y1 - (v - f->lo) / (f->hi - f->lo) * (f->y1 - f->y0);
}

/* In thousandths of the size, after Arial, a little wider. */
static int letter_width(uint32_t c)
{
	if (c < 0x80) {
		if (strchr(" .,:;'|!ijlItf()-/[]", (int)c))
			return 340;
		if (strchr("mwMW%@", (int)c))
			return 900;
		if (isupper((int)c))
			return 720;
		return 580;
	}
	char bytes[4];
	struct text t = {bytes, utf8_encode(c, bytes)};
	size_t columns = utf8_width(t);
	return columns > 1 ? 1010 : columns == 1 ? 640 : 0;
}

double svg_text_width(const char *s, double size)
{
	size_t n = strlen(s), used;
	double width = 0;

	for (size_t i = 0; i < n; i += used)
		width += letter_width(utf8_decode(s + i, n - i, &used));
	return width * size / 1000.0;
}

void svgdraw_text(struct buf *b, double x, double y, const char *class,
		  const char *s)
{
	buf_addf(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, class);
	markup_html(b, s);
	buf_adds(b, "</text>\n");
}

void svgdraw_rect(struct buf *b, double x, double y, double w, double h,
		  const char *class)
{
	buf_addf(b,
		 "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		 "class=\"%s\"/>\n",
		 x, y, w, h, class);
}

void svgdraw_line(struct buf *b, double x0, double y0, double x1, double y1,
		  const char *class)
{
	buf_addf(b,
		 "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" "
		 "class=\"%s\"/>\n",
		 x0, y0, x1, y1, class);
}

/* Appends to `words`, which is cleared; valid until the next call with it. */
const char *svgdraw_number(struct buf *words, double v)
{
	buf_clear(words);
	value_short_number(words, v);
	return words->p;
}

const char *svgdraw_percent(struct buf *words, double v, int decimals)
{
	buf_clear(words);
	buf_addf(words, "%.*f%%", decimals, v);
	return words->p;
}

void svgdraw_open(struct buf *b, const struct chart *c, const char *id,
		  double width, double height, const char *class)
{
	buf_addf(b,
		 "<svg class=\"chart %s\" viewBox=\"0 0 %.0f %.0f\" "
		 "role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n",
		 class, width, height, id, id);
	buf_addf(b, "<title id=\"%s-title\">", id);
	markup_html(b, c->title);
	buf_addf(b, "</title>\n<desc id=\"%s-desc\">", id);
	markup_html(b, c->about);
	buf_adds(b, "</desc>\n");
}

/*
 * Labels that are too long for their place: broken into lines no wider than
 * `width`, at blanks where there are any, else between letters.
 */
struct lines {
	struct text line[LINES_MAX];
	size_t n;
	bool cut; /* there was more */
};

static double slice_width(const char *p, size_t n, double size)
{
	struct buf t = {0};

	buf_add(&t, p, n);
	double width = n ? svg_text_width(t.p, size) : 0;
	buf_release(&t);
	return width;
}

/* Bytes of s that fit in the width; at least one character. */
static size_t fitting(const char *s, size_t n, double width, double size)
{
	size_t used, end = 0, blank = 0;

	while (end < n) {
		utf8_decode(s + end, n - end, &used);
		if (end > 0 && slice_width(s, end + used, size) > width)
			break;
		end += used;
		if (end < n && s[end] == ' ')
			blank = end;
	}
	return end < n && blank > 0 ? blank : end;
}

static struct lines break_lines(const char *s, double width, double size,
				size_t max)
{
	struct lines l = {0};
	size_t n = strlen(s);

	while (n > 0 && l.n < max && l.n < NELEMS(l.line)) {
		size_t used = fitting(s, n, width, size);
		l.line[l.n++] = (struct text){s, used};
		s += used;
		n -= used;
		while (n > 0 && *s == ' ') {
			s++;
			n--;
		}
	}
	l.cut = n > 0;
	return l;
}

static void add_lines(struct buf *b, double x, double y, const char *class,
		      const struct lines *l)
{
	struct buf t = {0};

	for (size_t i = 0; i < l->n; i++) {
		buf_clear(&t);
		buf_addt(&t, l->line[i]);
		if (l->cut && i + 1 == l->n)
			buf_adds(&t, "…");
		svgdraw_text(b, x, y + (double)i * LINE_HEIGHT, class, t.p);
	}
	buf_release(&t);
}

/* The widest of the tick labels. */
static double ticks_width(const struct chart_scale *s)
{
	struct buf words = {0};
	double widest = 0;

	for (size_t i = 0; i < s->ticks; i++) {
		double v = s->first + (double)i * s->step;
		double w = svg_text_width(svgdraw_number(&words, v),
					  SVGDRAW_SMALL);
		widest = w > widest ? w : widest;
	}
	buf_release(&words);
	return widest;
}

/* Lines across the plot with their values at the left. */
void svgdraw_grid(struct buf *b, const struct svgdraw_frame *f)
{
	struct buf words = {0};

	for (size_t i = 0; i < f->scale.ticks; i++) {
		double v = f->scale.first + (double)i * f->scale.step;
		if (fabs(v) < f->scale.step / 1e6)
			v = 0;
		double y = svgdraw_y(f, v);
		svgdraw_line(b, f->x0, y, f->x1, y, v == 0 ? "axis" : "grid");
		svgdraw_text(b, f->x0 - 8, y + 4, "tick end",
			     svgdraw_number(&words, v));
	}
	buf_release(&words);
}

/* "2025-10" or "2025Q4": the year, and what of it. */
static bool period_parts(const char *label, int *year, int *part, bool *month)
{
	static const char digits[] = "0123456789";

	if (strspn(label, digits) != 4 || (label[4] != '-' && label[4] != 'Q'))
		return false;
	size_t n = strspn(label + 5, digits);
	*month = label[4] == '-';
	if (n != (*month ? 2U : 1U) || label[5 + n] != '\0')
		return false;
	*year = (label[0] - '0') * 1000 + (label[1] - '0') * 100 +
		(label[2] - '0') * 10 + (label[3] - '0');
	*part = label[5] - '0';
	if (*month)
		*part = *part * 10 + (label[6] - '0');
	return *part >= 1 && *part <= (*month ? 12 : 4);
}

static bool all_periods(const struct chart *c)
{
	int year, part;
	bool month;

	for (size_t i = 0; i < c->n; i++)
		if (!period_parts(c->label[i], &year, &part, &month))
			return false;
	return c->n > 0;
}

static const char *month_name(int month)
{
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};

	return tr(names[month - 1]);
}

double svgdraw_slot(const struct svgdraw_frame *f, size_t n)
{
	return (f->x1 - f->x0) / (double)n;
}

double svgdraw_middle(const struct svgdraw_frame *f, size_t n, size_t i)
{
	return f->x0 + ((double)i + 0.5) * svgdraw_slot(f, n);
}

/* Months over their years, every one, or every second, third... when tight. */
static void add_period_labels(struct buf *b, const struct chart *c,
			      const struct svgdraw_frame *f)
{
	struct buf words = {0};
	size_t each = (size_t)ceil(27.0 / svgdraw_slot(f, c->n));
	int shown_year = 0;

	for (size_t i = 0; i < c->n; i++) {
		int year = 0, part = 0;
		bool month = true;
		double x = svgdraw_middle(f, c->n, i);

		if (!period_parts(c->label[i], &year, &part, &month))
			continue;
		/* counted from the last one back: it is the one in question */
		if ((c->n - 1 - i) % each == 0) {
			buf_clear(&words);
			if (month)
				buf_adds(&words, month_name(part));
			else
				buf_addf(&words, "Q%d", part);
			svgdraw_text(b, x, f->y1 + 17,
				     i == c->highlight ? "tick mid strong"
						       : "tick mid",
				     words.p);
		}
		if (year != shown_year) {
			bool room = shown_year != 0 || c->n < 2 ||
				    part < (month ? 12 : 4);
			if (shown_year != 0)
				svgdraw_line(b, x - svgdraw_slot(f, c->n) / 2,
					     f->y1,
					     x - svgdraw_slot(f, c->n) / 2,
					     f->y1 + 36, "grid");
			buf_clear(&words);
			buf_addf(&words, "%d", year);
			if (room)
				svgdraw_text(
					b, x - svgdraw_slot(f, c->n) / 2 + 4,
					f->y1 + 34, "tick strong", words.p);
			shown_year = year;
		}
	}
	buf_release(&words);
}

static void add_word_labels(struct buf *b, const struct chart *c,
			    const struct svgdraw_frame *f)
{
	double width = svgdraw_slot(f, c->n) - 6;

	for (size_t i = 0; i < c->n; i++) {
		struct lines l =
			break_lines(c->label[i], width,
					     SVGDRAW_SMALL, LINES_MAX);
		add_lines(b, svgdraw_middle(f, c->n, i), f->y1 + 17,
			  i == c->highlight ? "tick mid strong" : "tick mid",
			  &l);
	}
}

double svgdraw_labels_height(const struct chart *c,
			     const struct svgdraw_frame *f)
{
	double width = svgdraw_slot(f, c->n) - 6;
	size_t most = 1;

	if (all_periods(c))
		return 42;
	for (size_t i = 0; i < c->n; i++) {
		struct lines l = break_lines(c->label[i], width,
					     SVGDRAW_SMALL, LINES_MAX);
		most = l.n > most ? l.n : most;
	}
	return 12 + LINE_HEIGHT * (double)most;
}

void svgdraw_labels(struct buf *b, const struct chart *c,
		    const struct svgdraw_frame *f)
{
	if (all_periods(c))
		add_period_labels(b, c, f);
	else
		add_word_labels(b, c, f);
}

/* A square and a name, right-aligned at x; returns where it starts. */
double svgdraw_key(struct buf *b, double x, double y, const char *class,
		   const char *name)
{
	double start = x - svg_text_width(name, SVGDRAW_SMALL) - 18;

	svgdraw_rect(b, start, y - 9, 11, 11, class);
	svgdraw_text(b, start + 16, y, "tick", name);
	return start - 14;
}

struct svgdraw_frame svgdraw_frame(const struct chart *c, double lo, double hi,
				   double bottom)
{
	struct svgdraw_frame f = {
		.y0 = 42, .x1 = SVGDRAW_WIDTH - 12, .y1 = bottom};

	f.scale = chart_scale(lo, hi, 5, c->whole);
	f.lo = f.scale.first;
	f.hi = f.scale.last;
	f.x0 = ticks_width(&f.scale) + 14;
	return f;
}

void svgdraw_axis_name(struct buf *b, const char *name)
{
	if (name)
		svgdraw_text(b, 0, 16, "tick", name);
}
