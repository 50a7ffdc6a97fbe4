/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The net: a vertex for every node, and for every rank that an edge passes. */
#include <stdlib.h>
#include <string.h>

#include "render/graph_in.h"

#define NODE_WIDTH 150.0	/* of its words, at most */
#define LABEL_WIDTH 130.0
#define NODE_GAP 15.0		/* on either side */
#define PLACE_GAP 8.0		/* round a line */
#define LOOP_WIDTH 34.0
#define DOT_SIZE 16.0

/* A line that several edges share: what of it there is already. */
struct trunk {
	uint32_t edge;		/* the first of them */
	uint32_t *vertex;	/* by rank, GRAPH_NONE: not yet */
	bool *linked;		/* to the next rank */
};

struct build {
	struct graph_net *net;
	struct trunk **trunk;	/* of each edge */
	double *crowd;		/* width of the labels of a rank */
};

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* ---- nodes ---- */

static void size_node(struct graph_net *net, size_t i)
{
	const struct graph_node *n = &net->g->node[i];
	struct graph_box *box = &net->plan->node[i];
	struct graph_words *w = &net->plan->words[i];

	if (n->shape == GRAPH_BEGIN || n->shape == GRAPH_END) {
		box->w = box->h = DOT_SIZE;
		return;
	}
	*w = graph_words(&net->plan->arena, n->label, n->sub, NODE_WIDTH);
	box->w = w->w + 26;
	box->h = w->h + 14;
	if (box->w < 64)
		box->w = 64;
}

static void add_nodes(struct graph_net *net)
{
	for (size_t i = 0; i < net->g->nodes; i++) {
		struct graph_box *box = &net->plan->node[i];

		size_node(net, i);
		net->vertex[i] = (struct graph_vertex){
			.rank = 2 * net->node_rank[i], .real = true,
			.left = box->w / 2 + NODE_GAP,
			.right = box->w / 2 + NODE_GAP, .height = box->h,
		};
	}
	net->vertices = net->g->nodes;
}

/* Room for a loop and its label at the right of its node. */
static void add_loop(struct graph_net *net, size_t e)
{
	struct graph_vertex *v = &net->vertex[net->g->edge[e].from];
	const struct graph_words *w = &net->plan->edge[e].words;

	v->right += LOOP_WIDTH + w->w;
	if (v->height < w->h)
		v->height = w->h;
}

/* ---- edges ---- */

static uint32_t add_place(struct graph_net *net, uint32_t rank)
{
	net->vertex = mem_grow(net->vertex, net->vertices, &net->vertex_cap,
			       sizeof(*net->vertex));
	net->vertex[net->vertices] = (struct graph_vertex){
		.rank = rank, .left = PLACE_GAP, .right = PLACE_GAP
	};
	return (uint32_t)net->vertices++;
}

static void add_link(struct graph_net *net, uint32_t top, uint32_t bottom,
		     double weight)
{
	bool ends = net->vertex[top].real || net->vertex[bottom].real;

	net->link = mem_grow(net->link, net->links, &net->link_cap,
			     sizeof(*net->link));
	net->link[net->links++] = (struct graph_link){
		.top = top, .bottom = bottom,
		.weight = (ends ? 1 : 8) * (0.3 + 3 * weight)
	};
}

static struct trunk *trunk_of(struct build *b, size_t e)
{
	const struct graph *g = b->net->g;
	struct graph_net *net = b->net;
	struct trunk *t;

	for (size_t i = 0; i < e && g->edge[e].joins; i++)
		if (g->edge[i].joins && b->trunk[i] &&
		    g->edge[i].to == g->edge[e].to &&
		    net->plan->edge[i].back == net->plan->edge[e].back &&
		    same(g->edge[i].label, g->edge[e].label))
			return b->trunk[i];
	t = arena_alloc(&net->arena, sizeof(*t));
	*t = (struct trunk){ .edge = (uint32_t)e };
	t->vertex = arena_alloc(&net->arena,
				2 * net->ranks * sizeof(*t->vertex));
	t->linked = arena_alloc(&net->arena, 2 * net->ranks);
	for (size_t r = 0; r < 2 * net->ranks; r++) {
		t->vertex[r] = GRAPH_NONE;
		t->linked[r] = false;
	}
	return t;
}

static uint32_t apart(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

/* The rank for a label between two nodes' ranks: the one with the most room,
 * of these the one nearest to the middle. */
static uint32_t label_rank(const struct build *b, uint32_t first, uint32_t last)
{
	uint32_t best = first + 1, middle = (first + last) / 2;

	for (uint32_t r = first + 1; r < last; r += 2)
		if (b->crowd[r] < b->crowd[best] ||
		    (b->crowd[r] <= b->crowd[best] &&
		     apart(r, middle) < apart(best, middle)))
			best = r;
	return best;
}

/* A label's place: the line runs through its middle. */
static void put_label(struct build *b, size_t e, uint32_t rank)
{
	struct graph_net *net = b->net;
	const struct graph_words *w = &net->plan->edge[e].words;
	uint32_t v = b->trunk[e]->vertex[rank];

	net->chain[e].label = v;
	net->plan->edge[e].labelled = w->n > 0 || w->sub.n > 0;
	if (!net->plan->edge[e].labelled)
		return;
	net->vertex[v].left = net->vertex[v].right = w->w / 2 + PLACE_GAP;
	net->vertex[v].height = w->h + 4;
	b->crowd[rank] += w->w + 2 * PLACE_GAP;
}

/* The vertex of an edge at a rank, and the link to it from the one above. */
static uint32_t pass(struct build *b, size_t e, uint32_t above, uint32_t rank,
		     uint32_t end)
{
	struct graph_net *net = b->net;
	struct trunk *t = b->trunk[e];
	double weight = net->g->edge[e].weight;
	bool trunk_above = !net->vertex[above].real;
	bool is_end = net->vertex[end].rank == rank;
	bool shared;
	uint32_t v;

	if (!is_end && t->vertex[rank] == GRAPH_NONE)
		t->vertex[rank] = add_place(net, rank);
	v = is_end ? end : t->vertex[rank];
	/* what leads to the node that all lead to, and on the way there */
	shared = net->plan->edge[e].back ? !is_end : trunk_above;
	if (!shared || !t->linked[rank - 1])
		add_link(net, above, v, weight);
	if (shared)
		t->linked[rank - 1] = true;
	return v;
}

static void add_chain(struct build *b, size_t e)
{
	struct graph_net *net = b->net;
	const struct graph_edge *x = &net->g->edge[e];
	bool back = net->plan->edge[e].back;
	uint32_t top = back ? x->to : x->from, bottom = back ? x->from : x->to;
	uint32_t first = net->vertex[top].rank;
	uint32_t last = net->vertex[bottom].rank;
	struct graph_chain *c = &net->chain[e];

	c->vertex = arena_alloc(&net->arena,
				(last - first + 1) * sizeof(*c->vertex));
	c->vertex[c->n++] = top;
	for (uint32_t r = first + 1; r <= last; r++) {
		uint32_t v = pass(b, e, c->vertex[c->n - 1], r, bottom);

		c->vertex[c->n++] = v;
	}
	if (b->trunk[e]->edge != e)
		return;
	if (x->joins)
		put_label(b, e, back ? first + 1 : last - 1);
	else
		put_label(b, e, label_rank(b, first, last));
}

/* ---- who lies beside whom ---- */

static void index_links(struct graph_net *net)
{
	uint32_t up = 0, down = 0;

	for (size_t i = 0; i < net->links; i++) {
		net->vertex[net->link[i].top].downs++;
		net->vertex[net->link[i].bottom].ups++;
	}
	for (size_t i = 0; i < net->vertices; i++) {
		struct graph_vertex *v = &net->vertex[i];

		v->first_up = up;
		v->first_down = down;
		up += v->ups;
		down += v->downs;
		v->ups = v->downs = 0;
	}
	net->up = mem_alloc(net->links, sizeof(*net->up));
	net->down = mem_alloc(net->links, sizeof(*net->down));
	for (uint32_t i = 0; i < net->links; i++) {
		struct graph_vertex *t = &net->vertex[net->link[i].top];
		struct graph_vertex *b = &net->vertex[net->link[i].bottom];

		net->down[t->first_down + t->downs++] = i;
		net->up[b->first_up + b->ups++] = i;
	}
}

static void visit(struct graph_net *net, bool *seen, uint32_t *stack,
		  uint32_t from)
{
	size_t n = 0;

	if (!seen[from])
		stack[n++] = from;
	seen[from] = true;
	while (n > 0) {
		uint32_t i = stack[--n];
		struct graph_vertex *v = &net->vertex[i];

		v->pos = net->row_n[v->rank];
		net->row[v->rank][net->row_n[v->rank]++] = i;
		for (uint32_t k = v->downs; k-- > 0;) {
			uint32_t to =
				net->link[net->down[v->first_down + k]].bottom;

			if (!seen[to])
				stack[n++] = to;
			seen[to] = true;
		}
	}
}

/* Every rank's vertices as they are met from above, one branch after the
 * other. */
static void fill_rows(struct graph_net *net)
{
	uint32_t *stack = mem_alloc(net->vertices, sizeof(*stack));
	bool *seen = mem_zalloc(net->vertices, sizeof(*seen));

	for (size_t i = 0; i < net->vertices; i++)
		net->row_n[net->vertex[i].rank]++;
	for (size_t r = 0; r < net->ranks; r++) {
		net->row[r] = arena_alloc(&net->arena,
					  net->row_n[r] * sizeof(uint32_t));
		net->row_n[r] = 0;
	}
	for (uint32_t i = 0; i < net->vertices; i++)
		if (net->vertex[i].ups == 0)
			visit(net, seen, stack, i);
	free(stack);
	free(seen);
}

void graph_build(struct graph_net *net)
{
	const struct graph *g = net->g;
	size_t rows = 2 * (size_t)net->ranks;
	struct build b = {
		.net = net,
		.trunk = mem_zalloc(g->edges, sizeof(*b.trunk)),
		.crowd = mem_zalloc(rows, sizeof(*b.crowd)),
	};

	net->vertex = mem_zalloc(g->nodes, sizeof(*net->vertex));
	net->vertex_cap = g->nodes;
	net->chain = mem_zalloc(g->edges, sizeof(*net->chain));
	add_nodes(net);
	for (size_t e = 0; e < g->edges; e++) {
		const struct graph_edge *x = &g->edge[e];

		net->plan->edge[e].words = graph_words(
			&net->plan->arena, x->label, x->sub, LABEL_WIDTH);
		if (x->from == x->to) {
			net->plan->edge[e].labelled = true;
			add_loop(net, e);
			continue;
		}
		b.trunk[e] = trunk_of(&b, e);
		add_chain(&b, e);
	}
	net->ranks = net->ranks ? 2 * net->ranks - 1 : 0;
	net->row = mem_zalloc(rows, sizeof(*net->row));
	net->row_n = mem_zalloc(rows, sizeof(*net->row_n));
	index_links(net);
	fill_rows(net);
	free(b.trunk);
	free(b.crowd);
}
