/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places. Each rank in turn is set as near as may be to where its neighbours
 * want it, its order and its distances kept: least squares, which sets of
 * vertices pushed together solve exactly (pool adjacent violators). Parts of
 * long edges pull eight times as hard as they do at their ends, and so become
 * straight.
 */
#include <math.h>
#include <stdlib.h>

#include "render/graph_in.h"

#define ROUNDS 12		/* downwards and upwards */
#define ROUNDS_BOTH 60		/* looking both ways */
#define PORT_STEP 18.0		/* between lines that meet at a node */
#define PORT_EDGE 14.0		/* from a node's corner */
#define GAP 19.0		/* between ranks, at least: an arrow and more */
#define GAP_MORE 42.0		/* and so much more for lines that run aside */
#define GAP_SLOPE 0.14

/* ---- where lines meet nodes ---- */

static const struct graph_vertex *far_end(const struct graph_net *net,
					  uint32_t link, bool above)
{
	const struct graph_link *l = &net->link[link];

	return &net->vertex[above ? l->top : l->bottom];
}

/* The links on one side of a vertex, from the left. */
static void sort_links(const struct graph_net *net, uint32_t *link, size_t n,
		       bool above)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t l = link[i];
		size_t k = i;

		for (; k > 0 && far_end(net, link[k - 1], above)->pos >
					far_end(net, l, above)->pos;
		     k--)
			link[k] = link[k - 1];
		link[k] = l;
	}
}

/* Sets of what is pushed together: the first, their weight, their place. */
struct pool {
	size_t first;
	double weight, at;
};

/* One more, and those before it that it pushes. */
static size_t push(struct pool *pool, size_t pools, struct pool next)
{
	pool[pools++] = next;
	while (pools > 1 && pool[pools - 2].at >= pool[pools - 1].at) {
		struct pool *a = &pool[pools - 2];
		const struct pool *b = &pool[pools - 1];

		a->at = (a->at * a->weight + b->at * b->weight) /
			(a->weight + b->weight);
		a->weight += b->weight;
		pools--;
	}
	return pools;
}

/* Each as near as may be above or below the place that its line comes from. */
static void meet(struct graph_net *net, size_t node, uint32_t *link, size_t n,
		 bool above, struct pool *pool)
{
	double half = net->plan->node[node].w / 2 - PORT_EDGE;
	double step, first, last;
	size_t pools = 0, k = 0;

	half = half > 0 ? half : 0;
	step = n > 1 ? fmin(PORT_STEP, 2 * half / (double)(n - 1)) : 0;
	sort_links(net, link, n, above);
	for (size_t i = 0; i < n; i++)
		pools = push(pool, pools, (struct pool){
			i, 1, far_end(net, link[i], above)->x -
				      net->vertex[node].x - (double)i * step });
	for (size_t i = 0; i < n; i++) {
		double *dx = above ? &net->link[link[i]].bottom_dx :
				     &net->link[link[i]].top_dx;

		if (k + 1 < pools && pool[k + 1].first == i)
			k++;
		first = (double)i * step - half;
		last = half - (double)(n - 1 - i) * step;
		*dx = pool[k].at + (double)i * step;
		*dx = fmin(fmax(*dx, first), last);
	}
}

static void meet_all(struct graph_net *net, struct pool *pool)
{
	for (size_t i = 0; i < net->g->nodes; i++) {
		const struct graph_vertex *v = &net->vertex[i];

		meet(net, i, &net->up[v->first_up], v->ups, true, pool);
		meet(net, i, &net->down[v->first_down], v->downs, false, pool);
	}
}

/* ---- across ---- */

struct wish {
	double at, weight;
};

static void add_wishes(const struct graph_net *net,
		       const struct graph_vertex *v, bool above,
		       struct wish *w)
{
	uint32_t n = above ? v->ups : v->downs;

	for (uint32_t k = 0; k < n; k++) {
		const struct graph_link *l =
			&net->link[above ? net->up[v->first_up + k] :
					   net->down[v->first_down + k]];
		double at = above ? net->vertex[l->top].x + l->top_dx -
					    l->bottom_dx :
				    net->vertex[l->bottom].x + l->bottom_dx -
					    l->top_dx;

		w->at += l->weight * at;
		w->weight += l->weight;
	}
}

/* Where a vertex would be best. */
static struct wish wish_of(const struct graph_net *net,
			   const struct graph_vertex *v, bool up, bool down)
{
	struct wish w = { 0, 0 };

	if (up)
		add_wishes(net, v, true, &w);
	if (down)
		add_wishes(net, v, false, &w);
	if (w.weight > 0)
		w.at /= w.weight;
	else
		w = (struct wish){ v->x, 0.01 };
	return w;
}

static void place_row(struct graph_net *net, size_t r, bool up, bool down,
		      struct pool *pool)
{
	const uint32_t *row = net->row[r];
	size_t n = net->row_n[r], pools = 0, k = 0;
	double offset = 0;

	for (size_t i = 0; i < n; i++) {
		const struct graph_vertex *v = &net->vertex[row[i]];
		struct wish w = wish_of(net, v, up, down);

		if (i > 0)
			offset += net->vertex[row[i - 1]].right + v->left;
		pools = push(pool, pools,
			     (struct pool){ i, w.weight, w.at - offset });
	}
	offset = 0;
	for (size_t i = 0; i < n; i++) {
		struct graph_vertex *v = &net->vertex[row[i]];

		if (i > 0)
			offset += net->vertex[row[i - 1]].right + v->left;
		if (k + 1 < pools && pool[k + 1].first == i)
			k++;
		v->x = pool[k].at + offset;
	}
}

static void pack(struct graph_net *net)
{
	for (size_t r = 0; r < net->ranks; r++) {
		double x = 0;

		for (size_t i = 0; i < net->row_n[r]; i++) {
			struct graph_vertex *v = &net->vertex[net->row[r][i]];

			v->x = x + v->left;
			x = v->x + v->right;
		}
	}
}

/* ---- long edges straight ---- */

/* The place in the next rank that goes on from this one, or GRAPH_NONE. */
static uint32_t next_place(const struct graph_net *net, uint32_t i)
{
	const struct graph_vertex *v = &net->vertex[i];

	for (uint32_t k = 0; k < v->downs; k++) {
		uint32_t to = net->link[net->down[v->first_down + k]].bottom;

		if (!net->vertex[to].real)
			return to;
	}
	return GRAPH_NONE;
}

static bool goes_on(const struct graph_net *net, uint32_t i)
{
	const struct graph_vertex *v = &net->vertex[i];

	for (uint32_t k = 0; k < v->ups; k++)
		if (!net->vertex[net->link[net->up[v->first_up + k]].top].real)
			return true;
	return false;
}

/* How far a vertex may go without touching those beside it. */
static void room_of(const struct graph_net *net, uint32_t i, double *lo,
		    double *hi)
{
	const struct graph_vertex *v = &net->vertex[i];
	const uint32_t *row = net->row[v->rank];

	*lo = -INFINITY;
	*hi = INFINITY;
	if (v->pos > 0) {
		const struct graph_vertex *l = &net->vertex[row[v->pos - 1]];

		*lo = l->x + l->right + v->left;
	}
	if (v->pos + 1 < net->row_n[v->rank]) {
		const struct graph_vertex *r = &net->vertex[row[v->pos + 1]];

		*hi = r->x - r->left - v->right;
	}
}

/* As many of a line's places as can stand upright over each other do; from
 * the first to the one given back, which begins the next upright part. */
static uint32_t stand_up(struct graph_net *net, uint32_t first)
{
	double lo = -INFINITY, hi = INFINITY, sum = 0, at;
	uint32_t i = first, end;
	size_t n = 0;

	for (; i != GRAPH_NONE; i = next_place(net, i)) {
		double l, h;

		room_of(net, i, &l, &h);
		if (n > 0 && fmax(l, lo) > fmin(h, hi))
			break;
		lo = fmax(l, lo);
		hi = fmin(h, hi);
		sum += net->vertex[i].x;
		n++;
	}
	end = i;
	at = fmin(fmax(sum / (double)n, lo), hi);
	for (i = first; i != end; i = next_place(net, i))
		net->vertex[i].x = at;
	return end;
}

static void straighten(struct graph_net *net)
{
	for (uint32_t i = (uint32_t)net->g->nodes; i < net->vertices; i++) {
		uint32_t at = i;

		if (goes_on(net, i))
			continue;
		while (at != GRAPH_NONE)
			at = stand_up(net, at);
	}
}

static void place_across(struct graph_net *net)
{
	struct pool *pool = mem_alloc(
		net->vertices > net->links ? net->vertices : net->links,
		sizeof(*pool));

	pack(net);
	for (int i = 0; i < ROUNDS; i++) {
		for (size_t r = 1; r < net->ranks; r++)
			place_row(net, r, true, false, pool);
		for (size_t r = net->ranks; r-- > 1;)
			place_row(net, r - 1, false, true, pool);
	}
	for (int i = 0; i < ROUNDS_BOTH; i++) {
		for (size_t r = 0; r < net->ranks; r++)
			place_row(net, i % 2 ? net->ranks - 1 - r : r, true,
				  true, pool);
		meet_all(net, pool);
	}
	straighten(net);
	straighten(net);
	meet_all(net, pool);
	free(pool);
}

/* ---- down ---- */

/* Lines that run far aside want room. */
static double gap_below(const struct graph_net *net, size_t r)
{
	double aside = 0;

	for (size_t i = 0; i < net->row_n[r]; i++) {
		const struct graph_vertex *v = &net->vertex[net->row[r][i]];

		for (uint32_t k = 0; k < v->downs; k++) {
			const struct graph_link *l =
				&net->link[net->down[v->first_down + k]];

			aside = fmax(aside,
				     fabs(v->x + l->top_dx - l->bottom_dx -
					  net->vertex[l->bottom].x));
		}
	}
	return GAP + fmin(GAP_MORE, GAP_SLOPE * aside);
}

static void place_down(struct graph_net *net)
{
	double y = 0;

	net->row_y = mem_zalloc((size_t)net->ranks + 1, sizeof(*net->row_y));
	net->row_h = mem_zalloc((size_t)net->ranks + 1, sizeof(*net->row_h));
	for (size_t r = 0; r < net->ranks; r++) {
		for (size_t i = 0; i < net->row_n[r]; i++)
			net->row_h[r] =
				fmax(net->row_h[r],
				     net->vertex[net->row[r][i]].height);
		net->row_y[r] = y;
		y += net->row_h[r];
		if (r + 1 < net->ranks)
			y += gap_below(net, r);
	}
	net->plan->h = y;
}

/* The leftmost vertex's room begins at 0. */
static void shift(struct graph_net *net)
{
	double left = INFINITY, right = -INFINITY;

	for (size_t i = 0; i < net->vertices; i++) {
		const struct graph_vertex *v = &net->vertex[i];

		left = fmin(left, v->x - v->left);
		right = fmax(right, v->x + v->right);
	}
	for (size_t i = 0; i < net->vertices; i++)
		net->vertex[i].x = round((net->vertex[i].x - left) * 10) / 10;
	net->plan->w = net->vertices ? right - left : 0;
}

void graph_place(struct graph_net *net)
{
	place_across(net);
	shift(net);
	place_down(net);
}
