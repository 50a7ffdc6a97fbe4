/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Graphs of states and of steps between them, as DOT for other programs or
 * laid out and drawn as SVG.
 *
 * The layout is that of layers from top to bottom (K. Sugiyama, S. Tagawa, M.
 * Toda, "Methods for visual understanding of hierarchical system structures",
 * IEEE Trans. SMC 11 (1981) 109-125): edges that lead back are turned for the
 * time being; nodes are ranked; an edge passes each rank between its ends in a
 * place of its own, one of which is its label's; the order within ranks is
 * chosen for few crossings, the places for straight lines. So no label lies
 * on a node, and no line runs through one. The same graph gives the same
 * bytes.
 */
#ifndef RENDER_GRAPH_H
#define RENDER_GRAPH_H

#include "base/mem.h"
#include "base/text.h"

enum graph_shape {
	GRAPH_STATE,		/* a box */
	GRAPH_CLOSED,		/* with a double border */
	GRAPH_PAUSED,		/* with a dashed border */
	GRAPH_BEGIN,		/* a dot, without words */
	GRAPH_END		/* a dot in a ring, without words */
};

/* All texts are borrowed. */
struct graph_node {
	const char *id;		/* in DOT; unique */
	const char *label;
	const char *sub;	/* a small line beneath, or NULL */
	enum graph_shape shape;
	double weight;		/* 0..1: how dark its ground is */
};

struct graph_edge {
	uint32_t from, to;	/* numbers of nodes; equal: a loop */
	const char *label;	/* one or more lines, or NULL */
	const char *sub;	/* a small line beneath, or NULL */
	double weight;		/* 0..1: how wide */
	bool joins;		/* may run in one line with others that lead to
				 * the same node and are labelled the same */
};

struct graph {
	const char *id, *title;
	const char *about;	/* what it shows, for those who hear it read */
	const char *note;	/* lines beneath the picture, or NULL */
	const struct graph_node *node;
	size_t nodes;
	const struct graph_edge *edge;	/* of a pair of nodes at most one */
	size_t edges;
	/* The nodes stand in the order of progress: an edge to an earlier one
	 * leads back. Else an order is looked for in which as little weight as
	 * may be leads back. */
	bool in_order;
};

void graph_dot(struct buf *, const struct graph *);
/* A whole file: no script, no style sheet, no outside address. */
void graph_svg(struct buf *, const struct graph *);

/* ---- the layout; y grows downwards ---- */

#define GRAPH_ARROW 9.0		/* length of an arrow's head, pixels */

struct graph_point {
	double x, y;
};

struct graph_box {
	double x, y, w, h;	/* left, top */
};

/* Lines of text, cut to a width. */
struct graph_words {
	struct text *line;
	size_t n;
	double w, h;		/* with the small line */
	struct text sub;
};

/* Cubic curves end to end, from the border of one node to that of another:
 * n = 3k + 1 points. The first and the last curve are straight. */
struct graph_line {
	struct graph_point *at;
	size_t n;
	bool back;		/* leads back */
	bool labelled;		/* false: another of the joint line has it */
	struct graph_words words;
	struct graph_box label;
};

struct graph_plan {
	double w, h;
	struct graph_box *node;
	struct graph_words *words;	/* of the nodes */
	struct graph_line *edge;
	struct arena arena;		/* owns all of it */
};

void graph_lay_out(const struct graph *, struct graph_plan *);
void graph_plan_release(struct graph_plan *);

#endif
