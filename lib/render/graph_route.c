/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan: boxes, lines, and where labels stand. */

#include "render/graph_in.h"

#define LOOP_OUT 34.0		/* how far the curve's handles stand off */
#define LOOP_HALF 9.0
#define LOOP_LABEL 31.0

/* A line under way. */
struct pen {
	struct graph_point *at;
	size_t n;
};

static void move(struct pen *p, double x, double y)
{
	p->at[p->n++] = (struct graph_point){ x, y };
}

static struct graph_point here(const struct pen *p)
{
	return p->at[p->n - 1];
}

/* Straight, as a curve whose handles lie on it. */
static void straight(struct pen *p, double x, double y)
{
	struct graph_point a = here(p);

	move(p, a.x + (x - a.x) / 3, a.y + (y - a.y) / 3);
	move(p, a.x + (x - a.x) / 3 * 2, a.y + (y - a.y) / 3 * 2);
	move(p, x, y);
}

/* Leaves and arrives upright. */
static void swing(struct pen *p, double x, double y)
{
	struct graph_point a = here(p);
	double half = (a.y + y) / 2;

	move(p, a.x, half);
	move(p, x, half);
	move(p, x, y);
}

static void place_nodes(struct graph_net *net)
{
	for (size_t i = 0; i < net->g->nodes; i++) {
		const struct graph_vertex *v = &net->vertex[i];
		struct graph_box *b = &net->plan->node[i];

		b->x = v->x - b->w / 2;
		b->y = net->row_y[v->rank] + (net->row_h[v->rank] - b->h) / 2;
	}
}

static void place_label(struct graph_net *net, size_t e)
{
	struct graph_line *l = &net->plan->edge[e];
	const struct graph_vertex *v = &net->vertex[net->chain[e].label];

	l->label = (struct graph_box){
		v->x - l->words.w / 2,
		net->row_y[v->rank] + (net->row_h[v->rank] - l->words.h) / 2,
		l->words.w, l->words.h
	};
}

static const struct graph_link *link_between(const struct graph_net *net,
					     uint32_t top, uint32_t bottom)
{
	const struct graph_vertex *v = &net->vertex[bottom];

	for (uint32_t k = 0; k < v->ups; k++)
		if (net->link[net->up[v->first_up + k]].top == top)
			return &net->link[net->up[v->first_up + k]];
	return NULL;
}

static double low(const struct graph_net *net, const struct graph_vertex *v)
{
	return net->row_y[v->rank] + net->row_h[v->rank];
}

/* From the lower border of the upper node to the upper border of the lower. */
static void draw_down(const struct graph_net *net, const struct graph_chain *c,
		      struct pen *pen)
{
	const struct graph_box *top = &net->plan->node[c->vertex[0]];
	const struct graph_box *bottom =
		&net->plan->node[c->vertex[c->n - 1]];
	const struct graph_vertex *v = &net->vertex[c->vertex[0]];
	const struct graph_link *l =
		link_between(net, c->vertex[0], c->vertex[1]);
	double y = top->y + top->h;

	move(pen, v->x + l->top_dx, y);
	y = y + GRAPH_ARROW > low(net, v) ? y + GRAPH_ARROW : low(net, v);
	straight(pen, v->x + l->top_dx, y);
	for (size_t i = 1; i + 1 < c->n; i++) {
		v = &net->vertex[c->vertex[i]];
		swing(pen, v->x, net->row_y[v->rank]);
		straight(pen, v->x, low(net, v));
	}
	l = link_between(net, c->vertex[c->n - 2], c->vertex[c->n - 1]);
	v = &net->vertex[c->vertex[c->n - 1]];
	y = bottom->y - GRAPH_ARROW;
	swing(pen, v->x + l->bottom_dx,
	      y < net->row_y[v->rank] ? y : net->row_y[v->rank]);
	straight(pen, v->x + l->bottom_dx, bottom->y);
}

static void turn(struct graph_point *at, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct graph_point p = at[i];

		at[i] = at[n - 1 - i];
		at[n - 1 - i] = p;
	}
}

/* At the right of its node. */
static void draw_loop(struct graph_net *net, size_t e, struct pen *pen)
{
	const struct graph_box *b = &net->plan->node[net->g->edge[e].from];
	struct graph_line *l = &net->plan->edge[e];
	double x = b->x + b->w, y = b->y + b->h / 2;
	double half = b->h / 3 < LOOP_HALF ? b->h / 3 : LOOP_HALF;

	move(pen, x, y - half);
	straight(pen, x + GRAPH_ARROW, y - half);
	move(pen, x + LOOP_OUT, y - half - 3);
	move(pen, x + LOOP_OUT, y + half + 3);
	move(pen, x + GRAPH_ARROW, y + half);
	straight(pen, x, y + half);
	l->label = (struct graph_box){ x + LOOP_LABEL, y - l->words.h / 2,
				       l->words.w, l->words.h };
}

void graph_route(struct graph_net *net)
{
	place_nodes(net);
	for (size_t e = 0; e < net->g->edges; e++) {
		const struct graph_chain *c = &net->chain[e];
		struct graph_line *l = &net->plan->edge[e];
		size_t curves = c->n ? 2 * c->n - 1 : 3;
		struct pen pen = { 0 };

		l->at = arena_alloc(&net->plan->arena,
				    (3 * curves + 1) * sizeof(*l->at));
		pen.at = l->at;
		if (c->n == 0) {
			draw_loop(net, e, &pen);
		} else {
			draw_down(net, c, &pen);
			place_label(net, e);
		}
		l->n = pen.n;
		if (l->back)
			turn(l->at, l->n);
	}
}
