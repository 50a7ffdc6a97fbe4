/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels in lines. */
#include <string.h>

#include "base/utf8.h"
#include "render/graph_in.h"
#include "render/svg.h"

#define COLUMNS_MAX 120		/* of a label, in all */
#define LINES_MAX 6

static double width_of(struct text t, double size)
{
	struct buf b = { 0 };
	double w;

	buf_addt(&b, t);
	w = b.n ? svg_text_width(b.p, size) : 0;
	buf_release(&b);
	return w;
}

/* After these a line may be broken. */
static bool is_joint(char c)
{
	return c == ' ' || c == '/' || c == '_' || c == '-';
}

/* No line begins with one of these. */
static bool closes(struct text letter)
{
	static const char closers[] = "，。、；：！？）】》」』”’…％"
				      ",.;:!?)]}%";

	return memmem(closers, sizeof(closers) - 1, letter.p, letter.n);
}

/* Bytes of the text that go on one line: to a joint, if there is one that
 * fits, else as many letters as fit, at least one. */
static size_t fitting(struct text t, double width)
{
	size_t end = 0, joint = 0, last = 0, used;

	while (end < t.n) {
		utf8_decode(t.p + end, t.n - end, &used);
		if (end > 0 && width_of((struct text){ t.p, end + used },
					GRAPH_FONT) > width) {
			if (joint)
				return joint;
			return last && closes((struct text){ t.p + end,
							     used }) ?
				       last : end;
		}
		last = end;
		end += used;
		if (is_joint(t.p[end - 1]))
			joint = end;
	}
	return end;
}

static struct text shown(struct arena *arena, struct text t, const char *more)
{
	struct buf b = { 0 };
	char *kept;

	utf8_show(&b, t, COLUMNS_MAX);
	buf_adds(&b, more);
	kept = arena_strdup(arena, b.n ? b.p : "", b.n);
	t = (struct text){ kept, b.n };
	buf_release(&b);
	return t;
}

static void add_line(struct graph_words *w, struct text t)
{
	double width = width_of(t, GRAPH_FONT);

	w->line[w->n++] = t;
	w->h += GRAPH_LINE;
	if (width > w->w)
		w->w = width;
}

/* One line of the label as it is given, broken where it is too long. */
static void break_line(struct graph_words *w, struct arena *arena,
		       struct text t, double width)
{
	t = shown(arena, t, "");
	while (t.n > 0 && w->n < LINES_MAX) {
		size_t n = fitting(t, width);
		struct text line = text_trim((struct text){ t.p, n });

		t.p += n;
		t.n -= n;
		if (w->n == LINES_MAX - 1 && t.n > 0)
			line = shown(arena, line, "…");
		add_line(w, line);
	}
}

struct graph_words graph_words(struct arena *arena, const char *label,
			       const char *sub, double width)
{
	struct graph_words w = {
		.line = arena_alloc(arena, LINES_MAX * sizeof(*w.line))
	};
	struct text rest = text_of(label), line;

	while (rest.n > 0 && text_split(&rest, '\n', &line))
		break_line(&w, arena, line, width);
	if (sub) {
		double small;

		w.sub = shown(arena, text_of(sub), "");
		small = width_of(w.sub, GRAPH_SMALL);
		w.h += GRAPH_SMALL_LINE;
		if (small > w.w)
			w.w = small;
	}
	return w;
}
