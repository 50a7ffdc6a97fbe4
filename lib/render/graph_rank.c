/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranks of nodes. */
#include <stdlib.h>

#include "render/graph_in.h"

#define BALANCE_ROUNDS 8

double graph_edge_weight(const struct graph_edge *e)
{
	return 0.01 + e->weight;
}

struct span {
	uint32_t low, high;	/* ranks that a node may have */
	double up, down;	/* weight of its edges */
};

/* The upper and the lower end of an edge. */
static uint32_t upper(const struct graph_net *net, size_t e)
{
	const struct graph_edge *x = &net->g->edge[e];

	return net->plan->edge[e].back ? x->to : x->from;
}

static uint32_t lower(const struct graph_net *net, size_t e)
{
	const struct graph_edge *x = &net->g->edge[e];

	return net->plan->edge[e].back ? x->from : x->to;
}

/* Every node as high as its edges from above allow. */
static void longest_paths(struct graph_net *net, const struct graph_beside *b,
			  const uint32_t *order)
{
	for (size_t i = 0; i < net->g->nodes; i++) {
		uint32_t node = order[i];

		for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
			uint32_t top = upper(net, b->edge[k]);

			if (top != node && lower(net, b->edge[k]) == node &&
			    net->node_rank[top] >= net->node_rank[node])
				net->node_rank[node] = net->node_rank[top] + 1;
		}
	}
}

static struct span span_of(const struct graph_net *net,
			   const struct graph_beside *b, uint32_t node)
{
	struct span s = { .high = GRAPH_NONE };

	for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
		size_t e = b->edge[k];
		uint32_t top = upper(net, e), bottom = lower(net, e);

		if (top == bottom)
			continue;
		if (top == node) {
			s.down += graph_edge_weight(&net->g->edge[e]);
			if (net->node_rank[bottom] - 1 < s.high)
				s.high = net->node_rank[bottom] - 1;
		} else {
			s.up += graph_edge_weight(&net->g->edge[e]);
			if (net->node_rank[top] + 1 > s.low)
				s.low = net->node_rank[top] + 1;
		}
	}
	return s;
}

/* Nodes drawn towards the side on which they have more weight. */
static void balance(struct graph_net *net, const struct graph_beside *b,
		    const uint32_t *order)
{
	bool moved = true;

	for (int round = 0; moved && round < BALANCE_ROUNDS; round++) {
		moved = false;
		for (size_t i = net->g->nodes; i-- > 0;) {
			struct span s = span_of(net, b, order[i]);
			uint32_t *rank = &net->node_rank[order[i]];
			uint32_t to = s.down > s.up ? s.high :
				      s.up > s.down ? s.low : *rank;

			moved |= to != *rank;
			*rank = to;
		}
	}
}

/* Of all nodes that are not ends. */
static uint32_t last_rank(const struct graph_net *net)
{
	uint32_t last = 0;

	for (size_t i = 0; i < net->g->nodes; i++)
		if (net->g->node[i].shape != GRAPH_END &&
		    net->node_rank[i] > last)
			last = net->node_rank[i];
	return last;
}

/* Ends go to the very bottom; ranks that nobody has are taken out. */
static void close_up(struct graph_net *net)
{
	uint32_t last = last_rank(net) + 1, n = 0;
	uint32_t *number = mem_zalloc((size_t)last + 1, sizeof(*number));

	for (size_t i = 0; i < net->g->nodes; i++) {
		if (net->g->node[i].shape == GRAPH_END)
			net->node_rank[i] = last;
		number[net->node_rank[i]] = 1;
	}
	for (uint32_t r = 0; r <= last; r++) {
		uint32_t used = number[r];

		number[r] = n;
		n += used;
	}
	for (size_t i = 0; i < net->g->nodes; i++)
		net->node_rank[i] = number[net->node_rank[i]];
	net->ranks = n;
	free(number);
}

void graph_rank(struct graph_net *net)
{
	const struct graph *g = net->g;
	struct graph_beside b = graph_beside(g);
	uint32_t *order = mem_alloc(g->nodes + 1, sizeof(*order));
	uint32_t *pos = mem_alloc(g->nodes, sizeof(*pos));

	graph_in_progress(g, &b, order, pos);
	for (size_t e = 0; e < g->edges; e++)
		net->plan->edge[e].back =
			pos[g->edge[e].from] > pos[g->edge[e].to];
	longest_paths(net, &b, order);
	balance(net, &b, order);
	close_up(net);
	free(order);
	free(pos);
	free(b.first);
	free(b.edge);
}
