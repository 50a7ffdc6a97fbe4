/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A graph drawn. The file stands alone: looks are attributes. */
#include <math.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "render/graph_in.h"
#include "render/markup.h"
#include "render/svg.h"

#define INK "#1c2733"
#define SOFT "#5b6875"
#define LINE "#54687a"
#define BACK "#d55e00"		/* Okabe and Ito's vermilion */
#define BORDER "#33648f"
#define MARGIN 28.0
#define TITLE 17.0
#define KEY_STEP 26.0

static void add_text(struct buf *b, struct text t)
{
	struct buf line = { 0 };

	buf_addt(&line, t);
	markup_html(b, line.n ? line.p : "");
	buf_release(&line);
}

/* One line of text, by its middle. */
static void add_line(struct buf *b, double x, double y, double size,
		     const char *colour, const char *anchor, struct text t)
{
	buf_addf(b, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%g\" fill=\"%s\" "
		    "text-anchor=\"%s\">",
		 x, y + size * 0.35, size, colour, anchor);
	add_text(b, t);
	buf_adds(b, "</text>\n");
}

/* Words in the middle of a box. */
static void add_words(struct buf *b, const struct graph_words *w, double x,
		      double top, const char *colour)
{
	for (size_t i = 0; i < w->n; i++)
		add_line(b, x, top + GRAPH_LINE * ((double)i + 0.5),
			 GRAPH_FONT, colour, "middle", w->line[i]);
	if (w->sub.n)
		add_line(b, x,
			 top + GRAPH_LINE * (double)w->n + GRAPH_SMALL_LINE / 2,
			 GRAPH_SMALL, SOFT, "middle", w->sub);
}

/* ---- nodes ---- */

static void add_rect(struct buf *b, struct graph_box x, const char *fill,
		     const char *more)
{
	buf_addf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		    "height=\"%.1f\" rx=\"7\" fill=\"%s\" stroke=\"" BORDER
		    "\" stroke-width=\"1.4\"%s/>\n",
		 x.x, x.y, x.w, x.h, fill, more);
}

static void add_dot(struct buf *b, struct graph_box x, bool ring)
{
	double cx = x.x + x.w / 2, cy = x.y + x.h / 2;

	buf_addf(b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" "
		    "stroke=\"" INK "\" stroke-width=\"1.6\"/>\n",
		 cx, cy, x.w / 2 - 0.8, ring ? "#fff" : INK);
	if (ring)
		buf_addf(b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.2\" "
			    "fill=\"" INK "\"/>\n", cx, cy);
}

static unsigned shade(int white, int dark, double weight)
{
	return (unsigned)lround(white + (dark - white) * weight);
}

static void add_node(struct buf *b, const struct graph_node *n,
		     struct graph_box x, const struct graph_words *w)
{
	double pale = n->weight > 1 ? 1 : n->weight;
	struct graph_box inner = { x.x + 3, x.y + 3, x.w - 6, x.h - 6 };
	char fill[8];

	if (n->shape == GRAPH_BEGIN || n->shape == GRAPH_END) {
		add_dot(b, x, n->shape == GRAPH_END);
		return;
	}
	text_putf(fill, sizeof(fill), "#%02x%02x%02x", shade(250, 158, pale),
		  shade(252, 200, pale), shade(254, 228, pale));
	add_rect(b, x, fill,
		 n->shape == GRAPH_PAUSED ? " stroke-dasharray=\"6 4\"" : "");
	if (n->shape == GRAPH_CLOSED)
		add_rect(b, inner, "none", "");
	add_words(b, w, x.x + x.w / 2, x.y + (x.h - w->h) / 2, INK);
}

/* ---- edges ---- */

static double width_of(const struct graph_edge *e)
{
	return 1.3 + 5.2 * (e->weight > 1 ? 1 : e->weight);
}

/* The head: its tip at the last point, along the last, straight curve. */
static struct graph_point add_head(struct buf *b, const struct graph_line *l,
				   double width, const char *colour)
{
	struct graph_point tip = l->at[l->n - 1], from = l->at[l->n - 4];
	double dx = tip.x - from.x, dy = tip.y - from.y;
	double length = sqrt(dx * dx + dy * dy), half = 3.6 + width * 0.55;
	struct graph_point foot;

	dx /= length;
	dy /= length;
	foot = (struct graph_point){ tip.x - dx * GRAPH_ARROW,
				     tip.y - dy * GRAPH_ARROW };
	buf_addf(b, "<path d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fZ\" "
		    "fill=\"%s\"/>\n",
		 tip.x, tip.y, foot.x - dy * half, foot.y + dx * half,
		 foot.x + dy * half, foot.y - dx * half, colour);
	return foot;
}

static bool is_straight(const struct graph_point *at)
{
	return fabs(at[0].x - at[3].x) < 0.05 && fabs(at[0].x - at[1].x) < 0.05;
}

static void add_curve(struct buf *b, const struct graph_point *at)
{
	if (is_straight(at))
		buf_addf(b, "V%.1f", at[3].y);
	else
		buf_addf(b, "C%.1f %.1f %.1f %.1f %.1f %.1f", at[1].x, at[1].y,
			 at[2].x, at[2].y, at[3].x, at[3].y);
}

static void add_path(struct buf *b, const struct graph_edge *e,
		     const struct graph_line *l)
{
	const char *colour = l->back ? BACK : LINE;
	double width = width_of(e);
	struct graph_point foot = add_head(b, l, width, colour);

	buf_addf(b, "<path d=\"M%.1f %.1f", l->at[0].x, l->at[0].y);
	for (size_t i = 0; i + 4 < l->n; i += 3)
		add_curve(b, l->at + i);
	buf_addf(b, "L%.1f %.1f\" fill=\"none\" stroke=\"%s\" "
		    "stroke-width=\"%.1f\" stroke-linejoin=\"round\"/>\n",
		 foot.x, foot.y, colour, width);
}

static void add_label(struct buf *b, const struct graph_line *l)
{
	struct graph_box x = l->label;

	if (!l->labelled)
		return;
	buf_addf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		    "height=\"%.1f\" rx=\"3\" fill=\"#fff\" "
		    "fill-opacity=\"0.9\"/>\n",
		 x.x - 2, x.y - 1, x.w + 4, x.h + 2);
	add_words(b, &l->words, x.x + x.w / 2, x.y, l->back ? "#a84700" : INK);
}

/* ---- round the picture ---- */

struct key {
	const char *name;
	enum graph_shape shape;
	bool back;
};

static bool occurs(const struct graph *g, const struct graph_plan *p,
		   const struct key *k)
{
	for (size_t i = 0; !k->back && i < g->nodes; i++)
		if (g->node[i].shape == k->shape)
			return true;
	for (size_t i = 0; k->back && i < g->edges; i++)
		if (p->edge[i].back)
			return true;
	return false;
}

static void add_key(struct buf *b, const struct key *k, double x, double y)
{
	struct graph_box box = { x, y - 8, 26, 16 };
	const struct graph_node node = { .shape = k->shape };
	const struct graph_words none = { 0 };

	if (k->back)
		buf_addf(b, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"" BACK
			    "\" stroke-width=\"2.4\"/>\n", x, y, x + 26);
	else
		add_node(b, &node, box, &none);
	add_line(b, x + 34, y, GRAPH_SMALL + 1, SOFT, "start",
		 text_of(k->name));
}

/* What the shapes mean, as far as they occur; returns the height. */
static double add_keys(struct buf *b, const struct graph *g,
		       const struct graph_plan *p, double x, double y)
{
	const struct key keys[] = {
		{ tr("the case rests"), GRAPH_CLOSED, false },
		{ tr("the clock stands still"), GRAPH_PAUSED, false },
		{ tr("leads back"), GRAPH_STATE, true },
	};
	double height = 0;

	for (size_t i = 0; i < NELEMS(keys); i++) {
		if (!occurs(g, p, &keys[i]))
			continue;
		add_key(b, &keys[i], x, y + height + KEY_STEP / 2);
		height += KEY_STEP;
	}
	return height;
}

/* Lines beneath the picture; returns how high, and how wide in *width. */
static double add_note(struct buf *b, const char *note, double x, double y,
		       double *width)
{
	struct text rest = text_of(note), line;
	double height = 0;

	while (rest.n > 0 && text_split(&rest, '\n', &line)) {
		struct buf shown = { 0 };
		double w;

		utf8_show(&shown, line, 200);
		w = shown.n ? svg_text_width(shown.p, GRAPH_SMALL + 1) : 0;
		*width = fmax(*width, w);
		add_line(b, x, y + height + 9, GRAPH_SMALL + 1, SOFT, "start",
			 buf_text(&shown));
		height += 18;
		buf_release(&shown);
	}
	return height;
}

static void add_edges(struct buf *b, const struct graph *g,
		      const struct graph_plan *p)
{
	for (size_t e = 0; e < g->edges; e++)
		add_path(b, &g->edge[e], &p->edge[e]);
	for (size_t e = 0; e < g->edges; e++)
		add_label(b, &p->edge[e]);
}

static void add_open(struct buf *b, const struct graph *g, double w, double h)
{
	buf_addf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
		    "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
		    "role=\"img\" aria-labelledby=\"title desc\" "
		    "font-family=\"Inter,Segoe UI,Helvetica Neue,Arial,"
		    "Noto Sans,Noto Sans CJK SC,Source Han Sans SC,"
		    "PingFang SC,Microsoft YaHei,sans-serif\">\n",
		 w, h, w, h);
	buf_adds(b, "<title id=\"title\">");
	markup_html(b, g->title);
	buf_adds(b, "</title>\n<desc id=\"desc\">");
	markup_html(b, g->about);
	buf_addf(b, "</desc>\n<rect width=\"%.0f\" height=\"%.0f\" "
		    "fill=\"#fff\"/>\n", w, h);
}

void graph_svg(struct buf *b, const struct graph *g)
{
	struct graph_plan p;
	struct buf body = { 0 }, title = { 0 };
	double top = MARGIN + 34, width, y;

	graph_lay_out(g, &p);
	utf8_show(&title, text_of(g->title), 100);
	width = title.n ? svg_text_width(title.p, TITLE) : 0;
	add_line(&body, MARGIN, MARGIN + 6, TITLE, "#12324f", "start",
		 buf_text(&title));
	y = top + p.h + 26;
	y += add_keys(&body, g, &p, MARGIN, y);
	y += add_note(&body, g->note, MARGIN, y, &width);
	width = fmax(width, p.w) + 2 * MARGIN;
	buf_addf(&body, "<g transform=\"translate(%.1f %.1f)\">\n",
		 (width - p.w) / 2, top);
	add_edges(&body, g, &p);
	for (size_t i = 0; i < g->nodes; i++)
		add_node(&body, &g->node[i], p.node[i], &p.words[i]);
	buf_adds(&body, "</g>\n");
	add_open(b, g, ceil(width), ceil(y + MARGIN - 10));
	buf_addt(b, buf_text(&body));
	buf_adds(b, "</svg>\n");
	buf_release(&title);
	buf_release(&body);
	graph_plan_release(&p);
}
