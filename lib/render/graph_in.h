/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The layered net that a graph is laid out by: its nodes and the places in
 * which edges pass ranks. Private to graph*.c. Nodes have even ranks, and odd
 * ones are for labels.
 */
#ifndef RENDER_GRAPH_IN_H
#define RENDER_GRAPH_IN_H

#include "render/graph.h"

#define GRAPH_NONE UINT32_MAX
#define GRAPH_FONT 13.0
#define GRAPH_SMALL 11.0
#define GRAPH_LINE 16.0		/* height of a line of text */
#define GRAPH_SMALL_LINE 14.0

/* A node, or a place in which an edge passes a rank. Vertex i < nodes is node
 * i. */
struct graph_vertex {
	uint32_t rank, pos;		/* pos: in its rank, from the left */
	bool real;			/* a node */
	double left, right, height;	/* room round x */
	double x;
	uint32_t first_up, ups, first_down, downs; /* slices of up[], down[] */
};

/* From a vertex to one of the next rank. */
struct graph_link {
	uint32_t top, bottom;
	double weight;
	double top_dx, bottom_dx;	/* where it meets them, from x */
};

struct graph_chain {
	uint32_t *vertex;	/* from the upper end to the lower */
	size_t n;		/* 0: a loop */
	uint32_t label;		/* vertex that has the label's place */
};

struct graph_net {
	const struct graph *g;
	struct graph_plan *plan;
	struct graph_vertex *vertex;
	size_t vertices, vertex_cap;
	struct graph_link *link;
	size_t links, link_cap;
	uint32_t *up, *down;	/* links by their bottom, by their top */
	struct graph_chain *chain;	/* one an edge */
	uint32_t *node_rank;		/* of nodes, from 0 */
	uint32_t ranks;
	uint32_t **row;			/* vertices of a rank, from the left */
	uint32_t *row_n;
	double *row_y, *row_h;		/* top and height of the ranks */
	struct arena arena;
};

/* The words of a label, no line wider than that many pixels. */
struct graph_words graph_words(struct arena *, const char *label,
			       const char *sub, double width);

/* The edges of each node: edge[first[i]] .. edge[first[i + 1] - 1]. */
struct graph_beside {
	size_t *first;		/* both are the caller's to free */
	uint32_t *edge;
};

struct graph_beside graph_beside(const struct graph *);

/* What an edge weighs: a line that is hardly used is a line still. */
double graph_edge_weight(const struct graph_edge *);

/* The nodes in an order in which edges to an earlier one lead back, and
 * GRAPH_NONE behind them; pos[i] is the place of node i. */
void graph_in_progress(const struct graph *, const struct graph_beside *,
		       uint32_t *order, uint32_t *pos);

/* Each one step, in this order. */
void graph_rank(struct graph_net *);	/* node_rank, and which edges go back */
void graph_build(struct graph_net *);	/* vertices, links, chains, rows */
void graph_untangle(struct graph_net *); /* the order within the rows */
void graph_place(struct graph_net *);	/* x, then the rows' y */
void graph_route(struct graph_net *);	/* boxes and lines of the plan */

#endif
